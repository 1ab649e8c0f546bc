"""Numbers that answer a campaign's question, and the one meaning of having passed it on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ...sim import state as s
from ...sim.plan import KINDS
from ...sim.sources import CLICKS as CLICKED
from ...sim.sources import CONVERSIONS as SOLD
from ...sim.sources import OUTLET, sources

if TYPE_CHECKING:
    from ...sim.parameters import Scenario

_ADVOCATES_OWN: Final = KINDS.index("advocate")
_PASSED_ON: Final = np.uint16(1 << s.SHARED | 1 << s.RESHARED)


class Watched(Protocol):
    """What is read of a campaign that is done, or on its way: a part of `Result`."""

    @property
    def scenario(self) -> Scenario:
        """What runs."""

    @property
    def counts(self) -> NDArray[np.int64]:
        """Events and people by message, step, role and hop."""

    @property
    def kinds(self) -> NDArray[np.int8]:
        """What each message is, a place in `KINDS`."""

    @property
    def ours(self) -> NDArray[np.bool_]:
        """Which messages are the brand's own."""

    @property
    def mentions(self) -> NDArray[np.bool_]:
        """Which of these are what people say of the brand unasked."""

    @property
    def people(self) -> list[int]:
        """Distinct people who took each step."""

    @property
    def columns(self) -> Mapping[str, NDArray[np.int64]]:
        """The series, a value a tick for each name."""

    @property
    def role(self) -> NDArray[np.uint8]:
        """Of each person, now."""

    @property
    def steps(self) -> NDArray[np.uint16]:
        """Which steps each person took, a bit each."""

    @property
    def trust(self) -> NDArray[np.float32]:
        """Trust in the brand, a value for each person."""

    @property
    def placed(self) -> NDArray[np.int64]:
        """Posts that each outlet took up."""

    @property
    def by_source(self) -> NDArray[np.int64]:
        """What each source brought in each tick."""


class PassedOn(NamedTuple):
    """Who passed the campaign on, and how often: one meaning wherever it is told.

    Attributes
    ----------
    people
        Different people who passed on at least one post of the campaign, whomever they had it from.
    times
        How often they did: a person may pass on several posts.
    again
        How many of those times somebody passed on what they had from another person.
    """

    people: int
    times: int
    again: int


def passed_on(seen: Watched) -> PassedOn:
    """Count who passed the campaign on.

    Examples
    --------
    >>> from wordofmouth.sim.campaign import run
    >>> from wordofmouth.sim.parameters import Scenario
    >>> small = Scenario(horizon=3).replace({"network.people": 100, "publish.seeds": 2})
    >>> passed_on(run(small))
    PassedOn(people=2, times=2, again=0)
    """
    shares, again = (int(seen.columns[name].sum()) for name in ("shares", "reshares"))
    return PassedOn(int((seen.steps & _PASSED_ON != 0).sum()), shares + again, again)


class Yardstick(NamedTuple):
    """A number that answers a question, in every world.

    Attributes
    ----------
    name
        In a table.
    label, form, meaning
        As of an `Outcome`.
    direction
        1 if more is better, -1 if less is, 0 if neither can be said.
    of
        Reads it of a campaign; nan where it is not defined.
    """

    name: str
    label: str
    form: str
    meaning: str
    direction: int
    of: Callable[[Any], float]


def _column(name: str) -> Callable[[Watched], float]:
    return lambda seen: float(seen.columns[name].sum())


def _kpi(name: str) -> Callable[[Any], float]:
    return lambda result: float(result.kpis[name])


def mended_in_time(seen: Watched) -> float:
    """Of what went wrong, the part that was mended before anybody was told; nan if nothing was."""
    wrong = float(seen.columns["wrong"].sum())
    return float(seen.columns["mended"].sum()) / wrong if wrong else float("nan")


def mean_trust(seen: Watched) -> float:
    """Trust in the brand over everybody, 0..1."""
    return float(np.mean(seen.trust, dtype=np.float64))


def by_advocates(seen: Watched) -> float:
    """Of all impressions of the brand, those of what advocates posted themselves; nan if none.

    What anybody says unasked is not the programme's, and does not count for it.
    """
    arrived = seen.counts[:, s.EXPOSED, :, :, 0].sum(axis=(1, 2))
    ours = int(arrived[seen.ours].sum())
    own = (seen.kinds == _ADVOCATES_OWN) & ~seen.mentions
    return float(arrived[own].sum()) / ours if ours else float("nan")


def by_outlets(seen: Watched, column: int) -> float:
    """What outlets brought, of what `sim.sources.BROUGHT` counts."""
    named = sources(seen.scenario) if seen.by_source.shape[1] else ()
    rows = [k for k, source in enumerate(named) if source.kind == OUTLET]
    return float(seen.by_source[:, rows, column].sum()) if rows else float("nan")


def most_noticed(seen: Watched) -> tuple[int, float]:
    """How many noticed the message that most did, and how many noticed one on average."""
    noticed = seen.counts[:, s.NOTICED, :, :, 1].sum(axis=(1, 2))
    noticed = noticed[noticed > 0]
    return int(noticed.max(initial=0)), float(noticed.mean()) if noticed.size else float("nan")


def _winner(seen: Watched) -> float:
    most, even = most_noticed(seen)
    return most / even


def tree_size(seen: Watched) -> float:
    """Shares of a cascade on average: all shares for each at first hand; nan if nobody shared."""
    found = passed_on(seen)
    roots = found.times - found.again
    return found.times / roots if roots else float("nan")


SHARERS: Final = Yardstick(
    "sharers", "People who passed it on", "count",
    "Different people who passed on at least one post, whomever they had it from.", 1,
    lambda seen: float(passed_on(seen).people),
)  # fmt: skip
REACH: Final = Yardstick(
    "reach", "Reach", "count", "Different people who noticed at least one post.", 1,
    lambda seen: float(seen.people[s.NOTICED]),
)  # fmt: skip
MENDED: Final = Yardstick(
    "mended_in_time", "Mended in time", "rate",
    "Of what went wrong, the part that was mended before anybody else was told.", 1,
    mended_in_time,
)  # fmt: skip
COMPLAINTS: Final = Yardstick(
    "complaints", "Complaints told in public", "count",
    "What went wrong and was told to others, because nobody mended it in time.", -1,
    _column("complaints"),
)  # fmt: skip
TRUST: Final = Yardstick(
    "mean_trust", "Trust in the brand", "number", "On average over everybody, from 0 to 1.", 1,
    mean_trust,
)  # fmt: skip
REFUNDS: Final = Yardstick(
    "refunds", "Refunds", "count", "Purchases that were paid back.", -1, _column("refunds")
)
ADVOCATES: Final = Yardstick(
    "advocates", "Advocates", "count", "People who speak for the brand at the end.", 1,
    _kpi("advocates"),
)  # fmt: skip
BY_ADVOCATES: Final = Yardstick(
    "by_advocates", "Heard from advocates", "rate",
    "Of all posts that arrived in feeds, those that advocates posted of their own accord.", 1,
    by_advocates,
)  # fmt: skip
BY_OUTLETS: Final = Yardstick(
    "by_outlets", "Clicks through outlets", "count", "Clicks on what an outlet showed.", 1,
    lambda seen: by_outlets(seen, CLICKED),
)  # fmt: skip
SOLD_BY_OUTLETS: Final = Yardstick(
    "sold_by_outlets", "Conversions through outlets", "count",
    "Transactions after a click on what an outlet showed.", 1,
    lambda seen: by_outlets(seen, SOLD),
)  # fmt: skip
CLICKS: Final = Yardstick(
    "clicks", "Clicks", "count", "One at most for each person and post.", 1, _column("clicks")
)
TREES: Final = Yardstick(
    "tree_size", "Shares of a cascade", "number",
    "A share at first hand with all that came of it, on average.", 1, tree_size,
)  # fmt: skip
WINNER: Final = Yardstick(
    "winner", "The most noticed against the average", "number",
    "How many times as many people noticed the most popular message as an average one.", 0,
    _winner,
)  # fmt: skip
VOICE: Final = Yardstick(
    "share_of_voice", "Share of voice", "rate",
    "Impressions of the brand as a part of those and the rivals'.", 1, _kpi("share_of_voice"),
)  # fmt: skip
LOST: Final = Yardstick(
    "lost_fans", "Followers lost", "count", "People who stopped following the brand.", -1,
    _column("lost_fans"),
)  # fmt: skip
AMPLIFIED: Final = Yardstick(
    "amplification", "Amplification", "number",
    "Impressions that people brought for each one that the brand made itself.", 1,
    _kpi("amplification"),
)  # fmt: skip
