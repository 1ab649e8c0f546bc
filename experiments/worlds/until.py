"""Replicates until the answer is known: narrow enough, or the budget ran out and it is said.

The interval is looked at after 48, 64, 96, 128, 192, ... replicates, and it is enough when it was
narrow enough at two looks running. To stop at the first would prefer samples that happen to vary
little, which among skewed numbers are those with a low mean, and cost coverage. By simulation of
20,000 samples for each of 14 widths of .25 to .8 standard deviations, an interval of 95 % from here
holds the truth at worst in 94.7 % of cases of normal numbers, 94.2 % of Poisson(2) and 92.5 % of
exponential ones, of which 48 replicates without any looking have 93.6 %; stopping at the first
look, doubling from 32, has 90.8 %.
Only the width decides, never the mean: to stop as soon as an effect looks real would spoil the
interval altogether.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, Literal, Protocol, TypeVar

from ...sim.errors import InputError
from ..estimates.interval import Estimate, replicates_for

Told = TypeVar("Told")
Told_co = TypeVar("Told_co", covariant=True)

PILOT: Final = 48
MOST: Final = 100_000


class More(Protocol[Told_co]):
    """Tells of further replicates, and begins none after a deadline (`worlds.Worlds.each`)."""

    def __call__(self, numbers: range, *, deadline: float | None) -> Iterable[Told_co]:
        """What is told of each of these replicates."""


@dataclass(frozen=True)
class Sample(Generic[Told]):
    """The replicates that were run, what they say, and why there are no more of them.

    Attributes
    ----------
    told
        A row for each replicate, in order.
    estimate
        What was asked, from all of them.
    width
        How narrow its interval was to be; None: as narrow as it gets.
    stopped
        By what: the ``width`` that was asked, or the budget of ``replicates`` or ``seconds``.
    budget
        Of replicates.
    """

    told: list[Told]
    estimate: Estimate
    width: float | None
    stopped: Literal["width", "replicates", "seconds"]
    budget: int

    @property
    def known(self) -> bool:
        """Whether the interval is as narrow as was asked."""
        return self.width is None or self.estimate.width <= self.width

    @property
    def sentence(self) -> str:
        """In one plain sentence."""
        found, some = self.estimate, _counted(len(self.told))
        late = f"The time for {self.budget:,} ran out. " if self.stopped == "seconds" else ""
        if found.replicates == 0:
            return f"{late}It has no value in any of {some}."
        if found.replicates == 1:
            return f"{late}One replicate has no interval; give 2 or more."
        if found.moved == 0:
            # The rule of three: what was not seen in n happens in 3 / n at most, at 95 %.
            rare = found.replicates // 3
            if rare < 2:
                return f"{late}All of {some} say 0, which is few to find what is rare."
            return (
                f"{late}All of {some} say 0; what happens in fewer than one of {rare:,} may not "
                "have been among them."
            )
        if not math.isfinite(found.width):
            few = "1 differs" if found.moved == 1 else f"{found.moved} differ"
            return f"{late}Of {some} {few}, too few for an interval."
        wide = f"interval {found.width:.3g} wide"
        if self.width is None:
            return f"{late}{some} gave an {wide}."
        if self.known:
            return f"{late}{some} made the {wide}; {self.width:g} was asked."
        spent = "time" if late else "replicates"
        spread = found.error * math.sqrt(found.replicates)
        need = replicates_for(self.width, spread) * len(self.told) / found.replicates
        return (
            f"The budget of {spent} ran out after {some} with an {wide}, and {self.width:g} was "
            f"asked; it would take about {math.ceil(need):,}."
        )


def until(
    more: More[Told],
    judge: Callable[[list[Told]], Estimate],
    *,
    width: float | None,
    replicates: int,
    seconds: float | None = None,
    pilot: int = PILOT,
) -> Sample[Told]:
    """Run replicates until an interval is narrow enough or the budget is spent.

    Parameters
    ----------
    more
        Tells of a range of replicates; called with ranges that follow each other.
    judge
        The estimate, from all rows so far.
    width
        How wide the interval may be, from end to end; None: spend the whole budget.
    replicates
        The budget of replicates.
    seconds
        The budget of time. How many replicates it pays for depends on the machine; what they
        tell does not.
    pilot
        Replicates before the first look.

    Raises
    ------
    InputError
        If the width or a budget is not above 0, or the time is over before the first replicate.

    Examples
    --------
    >>> from wordofmouth.experiments.estimates.interval import estimate
    >>> found = until(lambda numbers, deadline: [k % 2 for k in numbers], estimate,
    ...               width=0.3, replicates=1000)
    >>> len(found.told), found.known, found.estimate.mean
    (64, True, 0.5)
    """
    check_budget(replicates, seconds)
    if width is not None and not (width > 0.0 and math.isfinite(width)):
        raise InputError(f"width = {width!r} is not allowed; give a number above 0.")
    if pilot < 2:
        raise InputError(f"pilot = {pilot!r} is not allowed; give 2 replicates or more.")
    deadline = None if seconds is None else time.monotonic() + seconds
    told: list[Told] = []
    before = False
    for look in _looks(pilot, replicates, width is None):
        told += more(range(len(told), look), deadline=deadline)
        if len(told) < look:
            break
        if width is not None:
            found = judge(told)
            narrow = found.width <= width
            if narrow and before:
                return Sample(told, found, width, "width", replicates)
            before = narrow
    if not told:
        raise InputError(f"seconds = {seconds!r} pays for no replicate; give more.")
    stopped: Literal["replicates", "seconds"] = (
        "replicates" if len(told) == replicates else "seconds"
    )
    return Sample(told, judge(told), width, stopped, replicates)


def check_budget(replicates: int, seconds: float | None = None) -> None:
    """Refuse a budget that pays for nothing.

    Raises
    ------
    InputError
        If there is no replicate or no time in it.
    """
    if type(replicates) is not int or not 1 <= replicates <= MOST:
        raise InputError(
            f"replicates = {replicates!r} is not allowed; give a whole number 1 to {MOST}."
        )
    if seconds is not None and not seconds > 0.0:
        raise InputError(f"seconds = {seconds!r} is not allowed; give a number above 0.")


def _counted(replicates: int) -> str:
    return "1 replicate" if replicates == 1 else f"{replicates:,} replicates"


def _looks(pilot: int, replicates: int, once: bool) -> Iterator[int]:
    look, between = pilot, False
    while look < replicates and not once:
        yield look
        # 48, 64, 96, 128: by a third and by a half in turn.
        look, between = (look * 3 // 2 if between else look * 4 // 3), not between
    yield replicates
