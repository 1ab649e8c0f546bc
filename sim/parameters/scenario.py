"""A scenario: everything a run needs but the seed, frozen and validated at birth."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ValidationError,
    field_validator,
    model_validator,
)

from ..door import door
from ..errors import InputError, hint
from .boost import Boost
from .calendar import day, last_day, money
from .clock import reread
from .content import Channel, ContentType, Post
from .declare import Listed, Named, Parameters, parameter
from .implied import settle
from .incentives import Incentives
from .interact import NEGATIVE_PRESETS, Complaints, Interact, Negative, Relation
from .network import NetworkChoice
from .paths import flat, nested, refuse_unwritable, spread_out
from .people import People
from .policy import Advocacy, Community, Effort, Hurdles, Reference, Talk
from .publish import Publish, TopicMap
from .segments import Segment
from .sentence import sentences
from .share import Credibility, Notice, Share
from .timeline import Change, fixed_at_birth
from .transact import Returns, Transact

# Memberships of a person are a byte.
MOST_CHANNELS = 8
# As is the number of their segment.
MOST_SEGMENTS = 254
MOST_TICKS = 1_000_000


def _posts(value: object) -> object:
    """A content type's name, or a list of names and tables, as a tuple of tables."""
    entries = (value,) if isinstance(value, (str, Mapping)) else value
    if not isinstance(entries, (list, tuple)):
        return value
    return tuple({"type": entry} if isinstance(entry, str) else entry for entry in entries)


def _negative(value: object) -> object:
    """The numbers of a preset, where one is named."""
    if isinstance(value, str) and value not in NEGATIVE_PRESETS:
        raise ValueError(f"is no preset; give a table or {' or '.join(NEGATIVE_PRESETS)}.")
    return NEGATIVE_PRESETS[value] if isinstance(value, str) else value


class Scenario(Parameters):
    """Everything a run needs but the seed.

    A scenario is frozen: `replace` gives a changed copy, validated again. All that is wrong
    with one is said at once, each with its dotted path, value, range and a remedy.

    Raises
    ------
    InputError
        If a key is unknown, or a value has the wrong type or lies outside its range.

    Examples
    --------
    >>> from wordofmouth.sim.parameters import Scenario
    >>> Scenario().replace({"incentives.reward": 5.0}).incentives.reward
    5.0
    """

    name: str = parameter("scenario", "Name", source="the scenario")
    question: str = parameter("", "Question that it asks", source="the scenario")
    outcome: str = parameter("transactions", "What a transaction is called", source="the scenario")
    sources: Listed[str] = parameter((), "Sources", source="the scenario")
    horizon: int = parameter(
        48, "Length of the campaign", low=1, high=1_000_000, unit="ticks", source="assumed"
    )
    hours_per_tick: float = parameter(
        1.0, "Length of a tick", low=1e-3, high=8766.0, unit="hours", source="assumed"
    )
    start: Annotated[date | None, BeforeValidator(day)] = parameter(
        None,
        "Day on which the campaign begins, at midnight; ticks have no date if None",
        unit="date",
        source="the scenario",
    )
    currency: Annotated[str | None, AfterValidator(money)] = parameter(
        None,
        "Currency of all money: a code of three letters, or a sign; none is shown if None",
        source="the scenario",
    )
    attention: float | Literal["unlimited"] = parameter(
        "unlimited",
        "Posts noticed in a visit at most, as an expectation",
        source="001; Hodas & Lerman 2012",
    )
    content: Annotated[tuple[Post, ...], BeforeValidator(_posts)] = parameter(
        (Post(),), "Content type, or a list for a calendar", source="000"
    )
    content_types: Named[ContentType] = parameter(
        {"post": ContentType()}, "Content types that can be posted", source="001"
    )
    channels: Named[Channel] = parameter({"feed": Channel()}, "Channels", source="000, 003")
    network: NetworkChoice = NetworkChoice()
    people: People = People()
    segments: Named[Segment] = parameter(
        {}, "Segments: people who are alike", source="the scenario"
    )
    publish: Publish = Publish()
    topic_map: TopicMap = TopicMap()
    notice: Notice = Notice()
    share: Share = Share()
    credibility: Credibility = Credibility()
    incentives: Incentives = Incentives()
    transact: Transact = Transact()
    returns: Returns = Returns()
    interact: Interact = Interact()
    relation: Relation = Relation()
    complaints: Complaints = Complaints()
    negative: Annotated[Negative, BeforeValidator(_negative)] = Negative()
    advocacy: Advocacy = Advocacy()
    hurdles: Hurdles = Hurdles()
    talk: Talk = Talk()
    effort: Effort = Effort()
    community: Community = Community()
    reference: Reference = Reference()
    boost: Boost = Boost()
    timeline: Listed[Change] = parameter(
        (), "Changes of parameters during the campaign", source="the scenario"
    )

    def __init__(self, /, **data: Any) -> None:
        try:
            super().__init__(**refuse_unwritable(data))
        except ValidationError as error:
            raise InputError(sentences(type(self), error)) from None

    @field_validator("attention", mode="before")
    @classmethod
    def _attention_is_positive(cls, value: object) -> object:
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if value != "unlimited" and not (number and 0 < value <= 1e6):  # type: ignore[operator]
            raise ValueError("is not allowed; give a number above 0 to 1e+06, or 'unlimited'.")
        return value

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        rivals = {rival.name: rival for rival in self.publish.rivals}
        for post in self.content:
            _known(post.type, self.content_types, "content", "content type")
            if post.channel is not None:
                _known(post.channel, self.channels, "content", "channel")
            if post.brand is not None:
                _known(post.brand, rivals, "content", "rival")
        for ad in self.publish.ads:
            _known(ad.type, self.content_types, "publish.ads", "content type")
        for rival in self.publish.rivals:
            if rival.reacts_above is not None:
                where = "publish.rivals.reacts_type"
                _known(rival.reacts_type, self.content_types, where, "content type")
        if self.complaints.rate > 0.0:
            _known(self.complaints.type, self.content_types, "complaints.type", "content type")
        if self.advocacy.post > 0.0:
            _known(self.advocacy.type, self.content_types, "advocacy.type", "content type")
        if self.talk.rate > 0.0:
            _known(self.talk.type, self.content_types, "talk.type", "content type")
        if not self.channels:
            raise ValueError("channels: is empty; name at least one channel.")
        if len(self.channels) > MOST_CHANNELS:
            raise ValueError(
                f"channels: {len(self.channels)} are too many; name {MOST_CHANNELS} at most."
            )
        if self.interact.channel is not None:
            _known(self.interact.channel, self.channels, "interact.channel", "channel")
        return self

    @model_validator(mode="after")
    def _segments_fit(self) -> Self:
        if "" in self.segments:
            raise ValueError("segments: one has no name; give it one.")
        if len(self.segments) > MOST_SEGMENTS:
            raise ValueError(
                f"segments: {len(self.segments)} are too many; name {MOST_SEGMENTS} at most."
            )
        shares = {name: each.share or 0.0 for name, each in self.segments.items()}
        if sum(shares.values()) > 1.0 + 1e-9:
            told = " + ".join(f"{share:g}" for share in shares.values())
            raise ValueError(
                f"segments: their shares are {told} = {sum(shares.values()):g}, which is more than "
                "all people; make them 1 together, or less."
            )
        return self

    @model_validator(mode="after")
    def _days_have_names(self) -> Self:
        hours = self.horizon * self.hours_per_tick
        if self.start is not None and last_day(self.start, hours) is None:
            raise ValueError(
                f"start = {self.start} with a horizon of {hours:,g} hours would end after the year "
                "9999, beyond which days have no date; leave start out, or give a shorter horizon."
            )
        return self

    @model_validator(mode="after")
    def _calendar_ends(self) -> Self:
        unsaid = [k for k, post in enumerate(self.content) if post.tick is None]
        last = max(unsaid, default=0) * self.publish.interval
        if last > MOST_TICKS:
            raise ValueError(
                f"publish.interval = {self.publish.interval} would have post {max(unsaid) + 1} of "
                f"content wait until tick {last:,}; give fewer posts, their ticks, or an interval "
                f"with which it is {MOST_TICKS:,} at most."
            )
        return self

    @model_validator(mode="after")
    def _somebody_is_paid(self) -> Self:
        incentives = self.incentives
        if incentives.recipient > 0.0 and incentives.paid not in ("referral", "conversion"):
            raise ValueError(
                f"incentives.recipient = {incentives.recipient:g} is paid for a visit or a "
                f"transaction, and incentives.paid = {incentives.paid!r}; "
                "give paid = 'referral' or 'conversion'."
            )
        return self

    @model_validator(mode="after")
    def _only_a_logit_waits_for_a_purchase(self) -> Self:
        if self.share.after == "purchase" and self.share.rule != "logit":
            raise ValueError(
                f"share.after = 'purchase' is not allowed where share.rule = {self.share.rule!r}, "
                "which does not ask who bought; give after = 'notice' or rule = 'logit'."
            )
        return self

    @model_validator(mode="after")
    def _timeline_can_be_run(self) -> Self:
        self.ever()
        return self

    def calendar(self) -> tuple[Post, ...]:
        """The posts in the order of the scenario, each with its tick and channel filled in."""
        first = next(iter(self.channels))
        return tuple(
            Post(
                type=post.type,
                tick=k * self.publish.interval if post.tick is None else post.tick,
                channel=post.channel or first,
                brand=post.brand,
            )
            for k, post in enumerate(self.content)
        )

    def at(self, tick: int) -> Scenario:
        """The scenario with the values that its timeline gives it at a tick.

        Raises
        ------
        InputError
            If the timeline changes what is decided before the first tick, or to what is not
            allowed.
        """
        return [self, *(then for begins, then in self._changed if begins <= tick)][-1]

    def ever(self) -> tuple[Scenario, ...]:
        """The scenario as it is at the start, and after each change of its timeline."""
        later = [then for _, then in self._changed]
        return tuple(later if 0 in dict(self._changed) else [self, *later])

    @cached_property
    def _changed(self) -> list[tuple[int, Scenario]]:
        """The scenario as it is from each tick on at which its timeline changes it."""
        states: list[tuple[int, Scenario]] = []
        changes: dict[str, Any] = {}
        for change in sorted(self.timeline, key=lambda change: change.tick):
            for path in change.changes:
                if fixed_at_birth(path):
                    raise InputError(
                        f"timeline: {path} is decided before the first tick and cannot change at "
                        f"tick {change.tick}; leave it out."
                    )
            changes |= change.changes
            try:
                then = self.replace({**changes, "timeline": []})
            except InputError as error:
                lines = str(error).splitlines()
                raise InputError("\n".join(f"timeline: {line}" for line in lines)) from None
            if (then.people.activity == "always") != (self.people.activity == "always"):
                raise InputError(
                    f"timeline: people.activity = {then.people.activity!r} at tick {change.tick} "
                    f"is not allowed after {self.people.activity!r}: feeds wait in a whole "
                    "campaign or in none; give visits an hour at both."
                )
            if self.people.activity == 0.0 and then.people.activity != 0.0:
                raise InputError(
                    f"timeline: people.activity = {then.people.activity!r} at tick {change.tick} "
                    "is not allowed after 0, at which nothing waits for a visit; begin with a "
                    "small number."
                )
            if states and states[-1][0] == change.tick:
                states.pop()
            states.append((change.tick, then))
        return states

    @property
    def clickable(self) -> bool:
        """Whether anything leads to the brand: a click on a post, or the answer to an ad.

        An ad without a response of its own is answered where posts are clicked.

        Examples
        --------
        >>> from wordofmouth.sim.parameters import Scenario
        >>> silent = Scenario().replace({"transact.click": 0.0})
        >>> ad = {"publish.ads": [{"response": 0.01}]}
        >>> silent.clickable, silent.replace(ad).clickable
        (False, True)
        """
        return self.transact.click > 0.0 or any(ad.response for ad in self.publish.ads)

    def price_of(self, segment: str) -> float:
        """The price that the people of a segment pay; those of none, by an empty name, that of all.

        Examples
        --------
        >>> from wordofmouth.sim.parameters import Scenario
        >>> cheap = Scenario(segments={"students": {"price": 5.0}}, transact={"price": 9.0})
        >>> cheap.price_of("students"), cheap.price_of("")
        (5.0, 9.0)
        """
        own = self.segments[segment].price if segment in self.segments else None
        return self.transact.price if own is None else own

    @property
    def world(self) -> str:
        """What the network and the table of its people are made of, as a text to know it by."""
        return f"{self.network.model_dump_json()} {self.people.file or ''}"

    def replace(self, changes: Mapping[str, Any]) -> Scenario:
        """A copy with the values at dotted paths replaced, validated again.

        Parameters
        ----------
        changes
            Dotted path to value, such as ``{"share.base.fan": 0.02}``. A number in a path is an
            entry of a list, and ``*`` every entry of a list or a table: ``content.*.type``,
            ``content.0.type``, ``share.base.*``. A price that is changed keeps the former one as
            `transact.reference_price`, where none is said (people buy less for more), and what a
            piece costs to make as `transact.unit_cost`, where no margin is said with it. What was
            judged of a reward (`incentives.judged_chance`) does not outlive a change of
            `incentives.paid`.

        Raises
        ------
        InputError
            If a path does not exist or a value is not allowed there.

        Examples
        --------
        >>> from wordofmouth.sim.parameters import Scenario
        >>> dearer = Scenario(transact={"price": 40.0}).replace({"transact.price": 400.0})
        >>> dearer.transact.reference_price
        40.0
        """
        tables = self.to_dict()
        changes = spread_out(tables, changes)
        tables = nested(tables, changes)
        settle(tables, self, changes)
        return Scenario(**tables)

    def with_ticks_of(self, hours: float) -> Scenario:
        """The same campaign with ticks of so many hours: how finely its clock is read.

        What is counted in ticks (horizon, calendar, intervals, ads, timeline) is counted in the
        new ones. People's habits are an hour or a visit, so that little but noise changes as long
        as a tick is short against the campaign: what is shared in a tick is posted at its hour,
        but is met from the next tick on.

        Raises
        ------
        InputError
            If something would not fall on a tick, or hours are not allowed.

        Examples
        --------
        >>> from wordofmouth.sim.parameters import Scenario
        >>> Scenario(horizon=48, hours_per_tick=6.0).with_ticks_of(3.0).horizon
        96
        """
        self.replace({"hours_per_tick": hours})
        return Scenario(**reread(self.to_dict(), float(hours)))

    def to_dict(self) -> dict[str, Any]:
        """The scenario as nested tables of plain values, as in its file."""
        return self.model_dump(mode="json", exclude_none=True)

    def __repr__(self) -> str:
        """In a line; `to_dict` has all of it."""
        people = f"{self.network.people:,} people"
        if self.network.file is not None:
            people = f"the network in {self.network.file}"
        changed = len(self.differs_from(Scenario()))
        return (
            f"<Scenario {self.name!r}: {people}, {self.horizon:,} ticks of "
            f"{self.hours_per_tick:g} h, {changed} values that are not the default>"
        )

    __str__ = __repr__

    def _repr_html_(self) -> str:
        shown: str = door("scenario_card")(self)
        return shown

    def differs_from(self, other: Scenario) -> dict[str, Any]:
        """The dotted paths at which this scenario has another value than `other`, with it."""
        theirs = flat(other.to_dict())
        return {
            path: value
            for path, value in flat(self.to_dict()).items()
            if path not in theirs or theirs[path] != value
        }


def _known(name: str, names: Mapping[str, object], path: str, what: str) -> None:
    if name not in names:
        there = f"there are: {', '.join(sorted(names)) or 'none'}."
        raise ValueError(f"{path}: {name!r} is no {what}; {hint(name, names, there)}")
