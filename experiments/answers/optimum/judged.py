"""Plans of a search beside today's in worlds that it has not seen: which holds, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple, Self

import numpy as np

from ....sim.parameters import Scenario
from ...estimates.interval import Estimate, estimate
from ...estimates.ratio import Ratio, ratio
from ...vocabulary.currency import MONEY, in_currency
from ...vocabulary.outcomes import Outcome
from ...vocabulary.outcomes import outcome as known
from ...worlds.draws import Draws
from ..unknown import Unknown, remaining
from .ground import Outturn
from .judge import Judge, Values
from .lever import Lever
from .search import Tried, changes_of


class Fresh(NamedTuple):
    """A plan of the search, and what it did in worlds that the search has not seen."""

    tried: Tried
    rows: Outturn


class Step(NamedTuple):
    """A lever raised a little on top of what is recommended, all else the same.

    Attributes
    ----------
    lever
        Its place among the levers.
    before, after
        Its value, and the one it is raised to; lowered, at the upper end of its range.
    changes
        What the scenario is changed by then.
    rows
        What that did in the fresh worlds.
    """

    lever: int
    before: float
    after: float
    changes: dict[str, Any]
    rows: Outturn | None


class Marginal(NamedTuple):
    """What a little more of a lever costs and brings, and what it brings for a unit of money."""

    lever: Lever
    before: float
    after: float
    cost: Estimate
    gain: Estimate
    each: Ratio


@dataclass(frozen=True, eq=False, repr=False)
class Judged:
    """Plans, and what the search and fresh worlds say of them.

    Attributes
    ----------
    scenario
        The plan of today.
    levers
        What could be set.
    outcome, judge, budget
        What was looked for, by what, and with how much money.
    today
        What today's plan did in the worlds of the search; None where nothing was searched.
    tried
        Every plan of the search, in order.
    fresh_today, fresh
        Today's plan and the best ones in the fresh worlds; the search's best is the first.
    front
        Which of `fresh` are the best at their cost.
    steps
        Each lever a little higher.
    campaigns
        How many were run for it.
    draws
        How many draws of what is not known there were; 0: none.
    seed, world
        Of world 0, and of the network where it is one for all.
    kept
        Files of the search, for the folder.
    unknown
        Of a fit or of draws: which of them the worlds have, and what that leaves open.
    left
        Levers that the search had set and that stay as they are: nothing shows that they help.
    """

    scenario: Scenario
    levers: tuple[Lever, ...]
    outcome: str
    judge: Judge
    budget: float | None
    today: Outturn | None
    tried: tuple[Tried, ...]
    fresh_today: Outturn
    fresh: tuple[Fresh, ...]
    front: tuple[int, ...]
    steps: tuple[Step, ...]
    campaigns: int
    draws: int
    seed: int
    world: int | None
    kept: dict[str, bytes]
    unknown: Unknown | None = None
    left: tuple[str, ...] = ()

    def completed(self, steps: Sequence[Step], campaigns: int, draws: Draws | None = None) -> Self:
        """It with the steps from what it recommends, and what draws leave open of that."""
        unknown = None if draws is None else self._unknown(draws)
        return replace(self, steps=tuple(steps), campaigns=campaigns, unknown=unknown)

    def _unknown(self, draws: Draws) -> Unknown:
        """What is not known of the gain of the best plan over today's, in the fresh worlds."""
        worlds = self.fresh_today.value.size
        if self.best is None:
            return Unknown(draws, worlds)
        gains = self.judge.good * (self.best.rows.value - self.fresh_today.value)
        found = remaining(
            draws, "what the best plan gains", gains, self.measured.form, first=self.searched
        )
        return Unknown(draws, worlds, tuple(found.says), {"of_draws": found.numbers}, found.short)

    @property
    def best(self) -> Fresh | None:
        """The best plan of the search, as fresh worlds see it; None where none beat today's."""
        first = self.fresh[0] if self.fresh else None
        return first if first is not None and first.tried.worth > 0.0 else None

    @cached_property
    def recommended(self) -> bool:
        """Whether the best plan holds in fresh worlds; else it is today's that is recommended."""
        if self.best is None:
            return False
        mean = self.judge._replace(robust="mean")
        average = mean.worth(self.best.rows.value, self.fresh_today.value, self.fresh_today.value)
        affordable = self.budget is None or self.cost_of(self.best.rows).low <= self.budget
        return self.gain_of(self.best).low > 0.0 and average > 0.0 and affordable

    @property
    def settled(self) -> tuple[Any, ...] | None:
        """The value of each lever in the plan that is recommended; None: today's plan."""
        return self.best.tried.values if self.recommended and self.best is not None else None

    @property
    def changes(self) -> dict[str, Any]:
        """What the recommended plan sets in the scenario; nothing where it is today's."""
        return changes_of(self.levers, self.settled)

    @property
    def plan(self) -> Scenario:
        """The scenario that is recommended."""
        return self.scenario.replace(self.changes)

    def gain_of(self, each: Fresh) -> Estimate:
        """What a plan is better by than today's in the fresh worlds, by the criterion."""
        return self.judge.gain(each.rows.value, self.fresh_today.value, self._fresh_best)

    @property
    def gain(self) -> Estimate | None:
        """That of the search's best plan, whether it is recommended or not."""
        return None if self.best is None else self.gain_of(self.best)

    @property
    def flattered(self) -> float:
        """By how much the search overrated its best plan; nan where there is none."""
        if self.best is None:
            return float("nan")
        return self.best.tried.worth - self.gain_of(self.best).mean

    def cost_of(self, rows: Outturn) -> Estimate:
        """What a campaign costs."""
        return estimate(rows.cost, self.judge.level, within=known("cost").within)

    def money_of(self, each: Fresh) -> Estimate:
        """How much more profit a plan makes than today's."""
        return self.judge._replace(share=False).change(each.rows.profit, self.fresh_today.profit)

    @cached_property
    def spans(self) -> dict[str, tuple[Any, ...]]:
        """For each lever, between which values, or with which choices, plans are as good.

        These are the plans of the search that are not surely worse than its best one, each by
        itself, out to the nearest that were tried beyond. Of one lever that is an interval for the
        best value; of several, only what was tried near it is known. A lever that a plan leaves as
        it is counts with today's value. Empty where no plan beat today's.
        """
        if self.best is None or self.today is None:
            return {}
        first = self.best.tried
        # Without the levers that add nothing, the best plan may be none that the search tried.
        others = (each for each in self.tried if each is not first and each.within(self.budget))
        allowed = [first, *others]
        top = first.rows.value
        over = self.judge.best([self.today.value, *(each.rows.value for each in allowed)])
        as_good = [
            each
            for each in allowed
            if not self.judge.gain(top, each.rows.value, over).surely(level=self.judge.level)
        ]
        found: dict[str, tuple[Any, ...]] = {}
        for place, lever in enumerate(self.levers):
            inside = _values(as_good, place, lever)
            if lever.low is None:
                found[lever.path] = tuple(each for each in lever.choices if each in inside)
                continue
            if not inside:
                found[lever.path] = ()
                continue
            all_of = _values(allowed, place, lever)
            low, high = min(inside), max(inside)
            found[lever.path] = (
                max((each for each in all_of if each < low), default=low),
                min((each for each in all_of if each > high), default=high),
            )
        return found

    @cached_property
    def marginal(self) -> list[Marginal]:
        """What a little more of each lever brings, from the plan that is recommended."""
        best = self.best
        base = best.rows if self.recommended and best is not None else self.fresh_today
        found = []
        for step in self.steps:
            if step.rows is None:
                continue
            way = 1.0 if step.after >= step.before else -1.0
            more = way * (step.rows.cost - base.cost)
            better = way * self.judge.good * (step.rows.value - base.value)
            if np.isnan(better).all():
                continue
            each = ratio(better[~np.isnan(better)], more[~np.isnan(better)], self.judge.level)
            cost = estimate(more, self.judge.level)
            gain = self.judge._replace(good=1, share=False).change(better, 0.0 * better)
            lever = self.levers[step.lever]
            found.append(Marginal(lever, step.before, step.after, cost, gain, each))
        return found

    @property
    def searched(self) -> int:
        """How many worlds were used up by the search."""
        return 0 if self.today is None else self.today.value.size

    @property
    def money(self) -> str:
        """The form of money in the scenario's currency."""
        return in_currency(MONEY, self.scenario)

    @property
    def form(self) -> str:
        """The form of the outcome, money in the scenario's currency."""
        return in_currency(self.measured.form, self.scenario)

    @property
    def measured(self) -> Outcome:
        """The outcome that was looked for."""
        return known(self.outcome).in_currency_of(self.scenario)

    @cached_property
    def _fresh_best(self) -> Values:
        return self.judge.best([self.fresh_today.value, *(e.rows.value for e in self.fresh)])


def _values(plans: Sequence[Tried], place: int, lever: Lever) -> list[Any]:
    """What plans set a lever to: today's value where they leave it, if it has one today."""
    set_to = (each.values[place] for each in plans if each.values is not None)
    found = [lever.today if value is None else value for value in set_to]
    return [value for value in found if value is not None]
