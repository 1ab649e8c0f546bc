"""A brand in ten numbers: what a marketer reads off Instagram, LinkedIn or web analytics.

The numbers become parameters by arithmetic that is exact where feeds are met at once and nothing
but what is told weighs; what is left (people who are reached twice, chance) is small.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, NamedTuple

from ...sim.errors import InputError, hint
from .written import DELAY, FRIENDS, FRIENDS_FROM, ROOM, Line, digits, network, noticing, text

WEEKS: Final = 4
HOURS: Final = 6.0
_TICKS_A_WEEK: Final = 28
# Four days for the echo of the last post.
_ECHO: Final = 16
# Where more of the reach comes over friends, they have so many in common that it falls short.
_EARNED: Final = 0.3
_WEEKS_A_MONTH: Final = 365.25 / 7.0 / 12.0
# More people take their time; beyond, one stands for several.
MOST: Final = 100_000
_SPREAD: Final = 10


class Question(NamedTuple):
    """What is asked: the figure's name, the question, and where it is found."""

    name: str
    ask: str
    where: str


QUESTIONS: Final = (
    Question("followers", "Followers", "the head of your profile"),
    Question("posts", "Posts a week", "count those of the last four weeks"),
    Question("reach", "Followers whom a post reaches, on average", "Insights: accounts reached"),
    Question("likes", "Likes or reactions of a post", "below the post"),
    Question("comments", "Comments on a post", "below the post"),
    Question("shares", "Shares or reposts of a post", "Insights: shares"),
    Question("clicks", "Clicks on the link of a post", "Insights, or sessions from social"),
    Question("conversions", "Orders or registrations a month from these clicks", "web analytics"),
    Question("value", "What one of them brings, in money", "revenue by order"),
    Question("new_followers", "New followers a month", "Insights: followers"),
)


@dataclass(frozen=True)
class TenNumbers:
    """A brand in ten numbers; what nobody knows is None, and keeps its default.

    Attributes
    ----------
    followers
        How many follow it.
    posts
        Posts a week.
    reach, likes, comments, shares, clicks
        Of a post, on average: followers and friends of those who shared that it reached, and what
        they did.
    conversions, new_followers
        A month: transactions that came of the clicks, and followers won.
    value
        What a transaction brings, in money.
    friends
        How many hear a person, on average; no tool shows it.

    Raises
    ------
    InputError
        If a number is below 0 or none, or they contradict each other.
    """

    followers: float
    posts: float | None = None
    reach: float | None = None
    likes: float | None = None
    comments: float | None = None
    shares: float | None = None
    clicks: float | None = None
    conversions: float | None = None
    value: float | None = None
    new_followers: float | None = None
    friends: float = FRIENDS

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if value is None and each.name != "followers":
                continue
            number = isinstance(value, int | float) and not isinstance(value, bool)
            least = 1.0 if each.name in ("followers", "friends") else 0.0
            if not number or not math.isfinite(value) or not least <= value <= 1e12:
                raise InputError(
                    f"{each.name} = {value!r} is not allowed; give a number from {least:g} on."
                )
        for name in ("likes", "comments", "shares", "clicks"):
            value = getattr(self, name)
            if value is None:
                continue
            if self.reach is None:
                raise InputError(f"{name} = {value:g} of a post say nothing without its reach.")
            if value > self.reach:
                raise InputError(
                    f"{name} = {value:g} of a post are more than its reach of {self.reach:g}; "
                    "give both of one post, on average."
                )
        if self.posts is not None and not 0.0 < self.posts <= 7 * 24:
            raise InputError(f"posts = {self.posts:g} a week is not allowed; give up to 168.")
        if self.reach is not None and self.noticed > 1.0:
            raise InputError(
                f"reach = {self.reach:g} of a post is more than it comes to "
                f"({self.followers:g} followers, {self.shares or 0:g} shares with "
                f"{self.friends:g} friends each); give the followers among those it reaches."
            )
        if self.conversions and self.clicks is None:
            raise InputError("conversions say nothing without the clicks of a post; give both.")
        clicked = (self.clicks or 0.0) * self.month
        if self.conversions is not None and self.conversions > clicked:
            raise InputError(
                f"conversions = {self.conversions:g} a month are more than the {clicked:,.0f} "
                "clicks on its posts; give those that came of these clicks."
            )

    @property
    def month(self) -> float:
        """Posts a month; two a week where nobody knows."""
        return (2.0 if self.posts is None else self.posts) * _WEEKS_A_MONTH

    @property
    def noticed(self) -> float:
        """The chance to notice a post that arrives: see `noticing`."""
        return noticing(self.followers, self.reach or 0.0, self.shares or 0.0, self.friends)

    @property
    def scale(self) -> int:
        """How many followers one of the simulated ones stands for."""
        return max(math.ceil(self.followers * _SPREAD / MOST), 1)

    @property
    def people(self) -> int:
        """How many people are simulated: ten for each follower, or more for the friends' sake."""
        fans = self.followers / self.scale
        return max(round(_SPREAD * fans), round(ROOM * self.friends))


def brand(told: Mapping[str, Any]) -> TenNumbers:
    """A brand of figures by their names.

    Raises
    ------
    InputError
        If a name is none of the ten, or as `TenNumbers`.

    Examples
    --------
    >>> brand({"followers": 1200, "reach": 190}).month
    8.696428571428571
    """
    known = [each.name for each in fields(TenNumbers)]
    for name in told:
        if name not in known:
            ten = ", ".join(each.name for each in QUESTIONS)
            meant = hint(name, known, f"they are {ten}.")
            raise InputError(f"{name!r} is none of the ten numbers; {meant}")
    if "followers" not in told:
        raise InputError("how many followers there are is needed; give followers.")
    return TenNumbers(**told)


def parameters(told: TenNumbers) -> list[Line]:
    r"""What ten numbers say of parameters.

    With F followers, a post's reach N, its likes L, comments C, shares S and clicks K, and m people
    who hear one, all of a post and on average:

    - a post comes into the feeds of the F followers and of the m friends of each of S who shared,
      of whom N notice it: ``attention`` is about N / (F + S m), the chance to notice where feeds
      are met at once and hold nothing else; `noticing` has it with friends of friends;
    - each who notices it decides alike: ``share.base`` = S / N for all roles, ``interact.like`` =
      L / N, ``interact.comment`` = C / N, ``transact.click`` = K / N;
    - of those who click, V posts a month, so many a month buy: ``transact.convert`` =
      conversions / (K V), and each brings ``transact.price`` = value;
    - strangers alone can become followers: those who noticed over a friend, (N - F attention)
      (1 - f) of a post where a part f of all people follow, and shared or clicked:
      ``interact.follow`` = new followers / (V (N - F attention) (1 - f) (S + K) / N). Where that
      is above 1, most new followers do not come of these posts, and it is left out.

    Parameters
    ----------
    told
        The numbers; what is None says nothing, and its parameter keeps its default.

    Returns
    -------
    list of Line
        Path, value and formula of each.

    Examples
    --------
    >>> told = TenNumbers(1200, posts=3, reach=200, likes=24, shares=2, clicks=3)
    >>> {line.path: round(line.value, 4) for line in parameters(told) if line.path[0] in "ait"}
    {'attention': 0.142, 'interact.like': 0.12, 'transact.click': 0.015}

    References
    ----------
    Goel, Watts & Goldstein 2012, for R of shares; the rest is arithmetic.
    """
    lines = []
    reach, shares, friends = told.reach, told.shares, told.friends
    if reach:
        formula = f"reach {reach:g} / {told.followers:g} followers"
        if shares:
            formula = (
                f"reach {reach:g} of {told.followers:g} followers and the {friends:g} friends of "
                f"each of {shares:g} who share"
            )
        lines.append(Line("attention", digits(told.noticed), formula))
        if shares is not None:
            why = f"{shares:g} shares / reach {reach:g}; assumed alike for all"
            lines += [
                Line(f"share.base.{role}", digits(shares / reach), why)
                for role in ("stranger", "fan", "advocate")
            ]
        for path, name in (
            ("interact.like", "likes"), ("interact.comment", "comments"),
            ("transact.click", "clicks"),
        ):  # fmt: skip
            value = getattr(told, name)
            if value is not None:
                lines.append(
                    Line(path, digits(value / reach), f"{value:g} {name} / reach {reach:g}")
                )
    if told.conversions is not None and told.clicks:
        clicked = told.clicks * told.month
        why = f"{told.conversions:g} conversions / {clicked:.4g} clicks a month"
        lines.append(Line("transact.convert", digits(told.conversions / clicked), why))
    if told.value is not None:
        lines.append(Line("transact.price", float(told.value), "what a conversion brings, as told"))
    if told.new_followers and _follow(told) is not None:
        why = f"{told.new_followers:g} new followers a month / strangers who share or click"
        lines.append(Line("interact.follow", digits(_follow(told) or 0.0), why))
    return lines


def _follow(told: TenNumbers) -> float | None:
    """The chance to follow, where strangers who share or click are enough for it."""
    if not told.reach or not told.shares or told.new_followers is None:
        return None
    later = 1.0 - told.followers * told.noticed / told.reach
    strangers = 1.0 - told.followers / told.scale / told.people
    acted = later * strangers * (told.shares + (told.clicks or 0.0)) * told.month
    return told.new_followers / acted if told.new_followers <= acted else None


def scenario_text(told: TenNumbers, name: str) -> str:
    """The scenario file of a brand in ten numbers: four weeks of its posts.

    Examples
    --------
    >>> "[share.base]" in scenario_text(TenNumbers(900, reach=150, shares=1), "mine")
    True
    """
    a_week = 2.0 if told.posts is None else told.posts
    count = max(round(a_week * WEEKS), 1)
    hours = HOURS if a_week <= _TICKS_A_WEEK else 1.0
    week = round(7 * 24 / hours)
    ticks = [round(k * week * WEEKS / count) for k in range(count)]
    posts = [{"type": "post", "tick": tick} for tick in ticks]
    echo = round(_ECHO * HOURS / hours)
    fans = round(told.followers / told.scale)
    several = f"; one person here stands for {told.scale}" if told.scale > 1 else ""
    calendar = f"{count} posts in {WEEKS} weeks"
    calendar += ": two a week, assumed" if told.posts is None else f", {a_week:g} a week as told"
    lines = [
        Line("name", name, "what it is called"),
        Line("hours_per_tick", hours, "how finely the clock is read; little depends on it"),
        Line("horizon", week * WEEKS + echo, f"{WEEKS} weeks, and four days for the echo"),
        Line("content", posts, calendar),
        *parameters(told),
        Line("people.fans", float(fans), f"{told.followers:g} followers, as told{several}"),
        *network(told.people, told.friends, FRIENDS_FROM),
        Line("content_types.post.fidelity", 1.0, "who clicked and was counted had got there"),
        DELAY,
    ]  # fmt: skip
    head = [
        "Your brand in ten numbers: each line says from which of them it is, and how.",
        "",
        f"  wom check {name}.toml    is it valid, and what does it need?",
        f"  wom run {name}.toml      run it",
        "",
        *_rewarded(told, name),
    ]
    return text(head, lines, notes(told))


def _rewarded(told: TenNumbers, name: str) -> list[str]:
    """How a reward is added, which no profile shows, and what a sale leaves, where it has a price.

    Both numbers stand for one's own: of a price a tenth, and .4 that is left of it.
    """
    reward = digits(told.value / 10.0) if told.value else 5.0
    what = f"With a reward of {reward:g} for whoever brings a conversion"
    typed = (
        f"  wom run {name}.toml --set incentives.reward={reward!r} --set incentives.paid=conversion"
    )
    if not told.value:
        return [f"{what}:", "", typed]
    whole = f"{what}, of whose price .4 is left when the goods are paid:"
    return [whole, "", f"{typed} --set transact.margin=0.4"]


def notes(told: TenNumbers) -> list[str]:
    """What is not told, and what does not follow."""
    foot = []
    if told.scale > 1:
        foot.append(
            f"A person here stands for {told.scale} of yours: multiply counts by {told.scale}."
        )
    earned = 1.0 - told.followers * told.noticed / told.reach if told.reach else 0.0
    if earned > _EARNED:
        foot.append(
            f"{earned:.0%} of the reach is told to come over friends of those who share. They have "
            "friends in common, whom a post reaches once: a run reaches fewer than told."
        )
    unknown = [q.name for q in QUESTIONS if getattr(told, q.name) is None]
    if unknown:
        foot.append(f"Not told, and left at the default: {', '.join(unknown)}.")
    if told.new_followers and _follow(told) is None:
        foot.append(
            f"interact.follow is left at the default: {told.new_followers:g} new followers a "
            "month are more than the strangers whom these posts move, or nobody shares."
        )
    return foot
