"""A short scenario whose calendar, spend and rates are those of a table of days or weeks."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...sim.errors import InputError
from ...sim.parameters.formats import SOCIAL
from .observed import Observed
from .written import DELAY, FRIENDS, FRIENDS_FROM, ROOM, Line, digits, network, noticing, text

Column = NDArray[np.float64]
_REACH: Final = 0.16
# Blocks in which an ad runs evenly.
_WEEK: Final = 7
# Where all views would have been bought, so many are taken to have come by themselves.
_ORGANIC: Final = 0.1
_AUDIENCE: Final = 0.5
_MOST_POSTS: Final = 500
_MOST_PEOPLE: Final = 200_000
_CURRENCY: Final = re.compile(r"[€$£]|\b(?:EUR|USD|GBP|CHF)\b")


class Said(NamedTuple):
    """A number that the data say, and from where."""

    value: float
    why: str


class _Read:
    """What the data say, number by number."""

    def __init__(self, seen: Observed) -> None:
        self.seen = seen
        self.every: dict[str, Column] = {**seen.series, **seen.given}

    def rows(self, mask: NDArray[np.bool_] | None = None) -> str:
        """Which rows, in words."""
        last = self.seen.rows - 1
        span = f"{self.seen.when(0)} to {self.seen.when(last)}"
        if mask is None or bool(mask.all()):
            return f"{self.seen.rows} rows, {span}"
        return f"{int(mask.sum())} of {self.seen.rows} rows, {span}"

    def name(self, key: str) -> str:
        """What the column of a key is called."""
        return repr(self.seen.columns.get(key, key))

    def known(self, *keys: str) -> NDArray[np.bool_]:
        """Where all of these are known."""
        every = [~np.isnan(self.every[key]) for key in keys]
        found: NDArray[np.bool_] = np.logical_and.reduce(every)
        return found

    def ratio(self, part: str, whole: str) -> Said | None:
        """One sum by another, over the rows where both are known."""
        if part not in self.every or whole not in self.every:
            return None
        both = self.known(part, whole)
        below = float(self.every[whole][both].sum())
        if below <= 0.0:
            return None
        above = float(self.every[part][both].sum())
        why = f"{self.name(part)} {above:,g} / {self.name(whole)} {below:,g}, {self.rows(both)}"
        return Said(above / below, why)

    def rate(self, name: str) -> Said | None:
        """A rate known from elsewhere."""
        if name not in self.seen.rates:
            return None
        return Said(self.seen.rates[name], f"{name} = {self.seen.rates[name]:g}, as told beside")

    def first(self, *found: Said | None) -> Said | None:
        """The first that there is, and can be a chance."""
        return next((each for each in found if each is not None and each.value <= 1.0), None)


def campaign_text(seen: Observed, name: str) -> str:
    """The scenario file of what was measured, with a comment at each number that says from where.

    What counts say by themselves is taken as it is: a chance is a sum of what happened by a sum of
    those to whom it could, over the rows where both are known. Views are the tool's impressions,
    which are what a campaign here calls noticing; where there are none its reach. What was bought
    is taken off the views by a cost per thousand, before what came by itself is compared with the
    followers: see `noticing`.

    Parameters
    ----------
    seen
        What was measured: a table of days or weeks, with rates beside it if there are any.
    name
        What the scenario is called.

    Raises
    ------
    InputError
        If there is no table, or nobody saw anything in it.
    """
    if not seen.rows:
        raise InputError(f"{seen.source}: there is no table of days or weeks, of which to begin")
    read = _Read(seen)
    views = next((key for key in ("noticed", "reach") if key in read.every), None)
    if views is None:
        raise InputError(
            f"{seen.source}: no column counts impressions or reach, and nothing else is a part of "
            "anything; give one (columns: noticed)"
        )
    total = float(np.nansum(read.every[views]))
    if total <= 0.0:
        raise InputError(f"{seen.source}: column {read.name(views)} is 0 throughout; give another")
    hours = 6.0 if seen.hours <= 24.0 else 24.0
    per_row = round(seen.hours / hours)
    posts, calendar = _calendar(read, per_row)
    own, bought, cost = _bought(read, total)
    fans = _fans(read, own / len(posts))
    friends = read.rate("friends") or read.rate("network.mean") or Said(FRIENDS, FRIENDS_FROM)
    shared = float(
        sum(np.nansum(read.every.get(key, np.zeros(1))) for key in ("shares", "reshares"))
    )
    share = shared / total
    reach = own / len(posts)
    attention = _attention(read, fans.value, reach, share * reach, friends.value, views)
    people = min(max(round(10 * fans.value), round(ROOM * friends.value)), _MOST_PEOPLE)
    if fans.value > people / 2:
        raise InputError(
            f"{seen.source}: {fans.value:,.0f} followers are more than a network here has room for "
            f"({_MOST_PEOPLE // 2:,}); give a part of it, such as a country, or use the ten numbers"
        )
    lines = [
        Line("name", name, "what it is called"),
        *_labels(read),
        Line("hours_per_tick", hours, f"{per_row} ticks a row of {seen.hours:g} hours"),
        Line("horizon", seen.rows * per_row, read.rows()),
        Line("content", [{"type": "post", "tick": tick} for tick in posts], calendar),
        Line("attention", digits(min(attention.value, 1.0)), attention.why),
        Line("people.fans", float(round(fans.value)), fans.why),
        *_shares(read, views, shared, total),
        *_chances(read, views),
        *_ads(read, bought, cost, views, people, per_row),
        *network(people, friends.value, friends.why),
        Line("content_types.post.fidelity", 1.0, "who clicked and was counted had got there"),
        DELAY,
    ]
    head = [
        f"What {seen.source} says: each line says from which column and rows it is, or that it is",
        "assumed. What does not stand here keeps its default.",
        "",
        f"  wom check {name}.toml    is it valid, and what does it need?",
        f"  wom run {name}.toml      run it",
    ]
    return text(head, lines, [*(f"Read: {each}" for each in (*seen.notes, *seen.doubts))])


def _labels(read: _Read) -> list[Line]:
    """The first day, and the currency that heads of columns name, if they name one."""
    seen = read.seen
    found: dict[str, str] = {}
    for key in ("revenue", *(each for each in read.every if each.startswith("spend"))):
        head = seen.columns.get(key, "")
        found |= dict.fromkeys(_CURRENCY.findall(head.upper()), head)
    lines = []
    if seen.start is not None:
        lines.append(Line("start", seen.start.isoformat(), "the first row"))
    if len(found) == 1:
        [(currency, head)] = found.items()
        lines.append(Line("currency", currency, f"the head of column {head!r}"))
    return lines


def _calendar(read: _Read, per_row: int) -> tuple[list[int], str]:
    """The ticks of the posts, and where they are from."""
    if "posts" in read.seen.given:
        counts = read.seen.given["posts"]
        if float(counts.max()) > _MOST_POSTS:
            raise InputError(
                f"{read.seen.source}: column {read.name('posts')} has {float(counts.max()):,.0f} "
                f"posts in a row ({read.seen.when(int(counts.argmax()))}), and {_MOST_POSTS:,} are "
                "more than anybody publishes; name the right column (columns: posts)"
            )
        ticks = [
            row * per_row + (place * per_row) // int(count)
            for row, count in enumerate(counts.tolist())
            for place in range(int(count))
        ]
        if ticks:
            return ticks, f"column {read.name('posts')}, {read.rows()}"
        told = f"column {read.name('posts')} names none: one at the beginning"
        return [0], told
    step = per_row * 2 if read.seen.hours <= 24.0 else max(per_row // 3, 1)
    ticks = list(range(0, read.seen.rows * per_row, step))
    return ticks, "no column says when posts were published: every other day, assumed"


def _bought(read: _Read, total: float) -> tuple[float, float, Said]:
    """Views that came by themselves, those that were bought, and the cost of a thousand."""
    spent = [each for key, each in read.every.items() if key.startswith("spend")]
    spend = float(sum(np.nansum(each) for each in spent))
    if spend <= 0.0:
        return total, 0.0, Said(SOCIAL, "")
    bought = spend / SOCIAL * 1000.0
    if bought <= (1.0 - _ORGANIC) * total:
        return total - bought, bought, Said(SOCIAL, f"trade press: social {SOCIAL:g}; assumed")
    bought = (1.0 - _ORGANIC) * total
    why = (
        f"{spend:,.2f} spent / {bought:,.0f} views: at {SOCIAL:g} it would be more than all, so "
        "that nine in ten are taken as bought; assumed"
    )
    return total - bought, bought, Said(spend / bought * 1000.0, why)


def _fans(read: _Read, reach: float) -> Said:
    if "fans" in read.seen.levels:
        known = read.seen.levels["fans"]
        known = known[~np.isnan(known)]
        if known.size:
            return Said(float(known[0]), f"column {read.name('fans')}, the first row known")
    told = read.rate("fans")
    if told is not None:
        return told
    why = f"{reach:,.0f} views a post / .16 of fans who notice one (Facebook 2012); assumed"
    return Said(max(reach / _REACH, 1.0), why)


def _attention(
    read: _Read, fans: float, reach: float, shares: float, friends: float, views: str
) -> Said:
    told = read.rate("reach_rate")
    if told is not None:
        return told
    chance = noticing(fans, reach, shares, friends)
    why = f"{reach:,.4g} views of a post, not bought ({read.name(views)}), of {fans:,.0f} fans"
    if shares:
        why += f" and the {friends:g} friends of {shares:.3g} who share"
    if chance > 1.0:
        why += f": {chance:.3g} times what comes to them, and so 1; the rest comes from elsewhere"
    return Said(chance, why)


def _shares(read: _Read, views: str, shared: float, total: float) -> list[Line]:
    told = read.rate("share_rate")
    keys = [key for key in ("shares", "reshares") if key in read.every]
    if keys and shared <= total:
        names = " + ".join(read.name(key) for key in keys)
        told = Said(shared / total, f"{names} {shared:,g} / {read.name(views)} {total:,g}")
    if told is None:
        return []
    why = f"{told.why}; assumed alike for all"
    return [
        Line(f"share.base.{role}", digits(told.value), why)
        for role in ("stranger", "fan", "advocate")
    ]


def _clicked(read: _Read, views: str) -> Said | None:
    """Of those who saw, who clicked."""
    return read.first(read.ratio("clicks", views), read.rate("click_rate"))


def _chances(read: _Read, views: str) -> list[Line]:
    """What counts say by themselves: of those who saw, clicked and bought."""
    lines = []
    for path, told in (
        ("interact.like", read.first(read.ratio("likes", views), read.rate("like_rate"))),
        ("interact.comment", read.first(read.ratio("comments", views), read.rate("comment_rate"))),
        ("transact.click", _clicked(read, views)),
    ):
        if told is not None:
            lines.append(Line(path, digits(told.value), told.why))
    told = read.first(
        read.ratio("conversions", "clicks"), read.ratio("conversions", "visits"),
        read.rate("conversion_rate"),
    )  # fmt: skip
    if told is not None:
        lines.append(Line("transact.convert", digits(told.value), told.why))
    worth = read.ratio("revenue", "conversions")
    if worth is not None:
        lines.append(Line("transact.price", digits(worth.value), worth.why))
    return lines


def _ads(
    read: _Read, bought: float, cost: Said, views: str, people: int, per_row: int
) -> list[Line]:
    """What was spent, as ads that run evenly for a week at most."""
    spent = {key: each for key, each in read.every.items() if key.startswith("spend")}
    if not bought:
        return []
    ads: list[dict[str, Any]] = []
    heads = _AUDIENCE * people
    block = _WEEK if read.seen.hours <= 24.0 else 1
    # A view that a tool counts is one that was noticed, and as likely a click as any other.
    clicked = _clicked(read, views)
    answered = {} if clicked is None else {"response": digits(clicked.value)}
    for key, values in spent.items():
        name = key.removeprefix("spend").strip("_") or "media"
        for start in range(0, values.size, block):
            part = np.nan_to_num(values[start : start + block])
            days = np.flatnonzero(part > 0.0)
            if not days.size:
                continue
            money, first, last = float(part.sum()), int(days[0]), int(days[-1])
            ads.append(
                {
                    "name": f"{name}_{len(ads) + 1}",
                    "type": "post",
                    "tick": (start + first) * per_row,
                    "ticks": (last - first + 1) * per_row,
                    "audience": _AUDIENCE,
                    "impressions": digits(money / cost.value * 1000.0 / heads),
                    "cost_per_thousand": digits(cost.value),
                    "noticed": 1.0,
                    **answered,
                }
            )
    names = ", ".join(read.name(key) for key in spent)
    why = (
        f"{names}, {read.rows()}, by weeks; {cost.value:.3g} a thousand views ({cost.why}), each "
        "noticed, since it was counted"
    )
    if clicked is not None:
        why += f"; response: {clicked.why}"
    return [Line("publish.ads", ads, why)]
