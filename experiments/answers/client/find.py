"""Find what a report for a client says: the campaign in many worlds, with and without its theme."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np

from ....sim.network import Network
from ....sim.parameters import Scenario
from ....sim.result import Result
from ...vocabulary.themes import Theme, theme_called, theme_of
from ...vocabulary.yardsticks import SHARERS
from ...worlds.given import Source, given
from ...worlds.until import check_budget
from ...worlds.variant import Variant
from ...worlds.worlds import Meter, Progress, Worlds
from ..diagnosis.find import diagnose
from ..economics.added import without as unrewarded
from ..economics.broadcast import silent
from .answer import ClientReport
from .world import InOneWorld

REPLICATES: Final = 20
# Worlds in which it is asked what holds the campaign back, and campaigns that take in each.
_ADVISED: Final = 12
_STAGES: Final = 9
# Indicators that are told beside those of the theme.
KPIS: Final = (
    "reach", "impressions", "clicks", "conversions", "new_fans", "revenue", "gross_profit", "cost",
    "profit", "return_on_spend", "return_on_investment", "cost_per_conversion",
)  # fmt: skip
# What is drawn over time, each the sum of these columns of the series: by theme, and else.
_DRAWN: Final = {
    "service": ("Complaints told in public", ("complaints",)),
    "advocacy": ("People who became advocates", ("new_advocates",)),
    "reward": ("Times it was passed on", ("shares", "reshares")),
    "selling": ("Followers lost", ("lost_fans",)),
}


@dataclass(frozen=True)
class _Reader:
    """Reads a world of a result; picklable, for executors of other processes."""

    theme: str
    columns: tuple[str, ...]

    def __call__(self, result: Result) -> InOneWorld:
        numbers = {name: float(result.kpis[name]) for name in KPIS}
        yardsticks = (*theme_called(self.theme).yardsticks, SHARERS)
        numbers |= {each.name: each.of(result) for each in yardsticks}
        drawn = np.sum([result.columns[name] for name in self.columns], axis=0)
        reach = np.cumsum(result.columns["reach"]).astype(np.float64)
        return InOneWorld(numbers, result.ledger, reach, np.cumsum(drawn).astype(np.float64))


def client_report(
    source: Source,
    *,
    replicates: int = REPLICATES,
    seed: int = 0,
    world: int | None = None,
    network: Network | None = None,
    seeds: Any = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> ClientReport:
    """What a campaign comes to and whether to do it, in many worlds, for who pays for it.

    Beside the campaign runs the same one without what its question is about (`Theme.off`), or one
    in which nobody passes anything on, in the same worlds and with the same luck.

    Parameters
    ----------
    source
        A scenario, or its name or file; or a fit or the folder that keeps one.
    replicates
        In how many worlds, 2 or more.
    seed, world, network, seeds, jobs, progress
        As for `wordofmouth.diagnose`.

    Raises
    ------
    InputError
        If a number is out of range.
    LimitError
        If a campaign would not fit into memory.

    Examples
    --------
    >>> small = Scenario(horizon=6).replace({"network.people": 200, "publish.seeds": 5})
    >>> client_report(small, replicates=2).replicates
    2
    """
    check_budget(replicates)
    scenario, draws = given(source)
    theme = theme_of(scenario)
    off = _off(scenario, theme)
    label, columns = _drawn(scenario, theme)
    few = min(replicates, _ADVISED)
    meter = Meter(progress, 2 * replicates + few * _STAGES)
    worlds = Worlds(seed, world, network, seeds, jobs, None, meter=meter, draws=draws)
    arms: dict[str, Scenario | Variant] = {"with": scenario, "without": Variant(scenario, off)}
    rows = worlds.replicates(arms, _Reader(theme.name, columns), range(replicates))
    whole = partial(_advised, meter, replicates)
    advice = diagnose(
        source, "conversions" if scenario.clickable else "reach", replicates=few,
        seed=seed, world=world, network=network, seeds=seeds, also=(), jobs=jobs, progress=whole,
    )  # fmt: skip
    return ClientReport(
        scenario=scenario,
        theme=theme,
        compares=off is not silent,
        drawn=label,
        worlds={name: [row[k] for row in rows] for k, name in enumerate(arms)},
        diagnosis=advice,
        seed=worlds.seed,
        world=worlds.world,
        fitted=None if draws is None else draws.source,
        network=network,
        seeds=seeds,
    )


def _off(scenario: Scenario, theme: Theme) -> Callable[[Scenario], Scenario]:
    """What takes the theme away; `silent` where it cannot be taken away, or is not there."""
    if theme.name == "reward" and unrewarded(scenario) is not None:
        return _unrewarded
    if theme.off is not None and scenario.replace(theme.off) != scenario:
        return partial(_without, off=theme.off)
    return silent


def _without(scenario: Scenario, off: Mapping[str, Any]) -> Scenario:
    return scenario.replace(off)


def _unrewarded(scenario: Scenario) -> Scenario:
    return unrewarded(scenario) or scenario


def _drawn(scenario: Scenario, theme: Theme) -> tuple[str, tuple[str, ...]]:
    """What is drawn over time beside the reach."""
    if theme.name in _DRAWN:
        return _DRAWN[theme.name]
    if scenario.clickable:
        return scenario.outcome.capitalize(), ("conversions",)
    return _DRAWN["reward"]


def _advised(meter: Meter, replicates: int, done: int, expected: int) -> None:
    """Tell how far all of it is, while the diagnosis tells how far that is."""
    if meter.progress is not None:
        meter.progress(2 * replicates + done, 2 * replicates + max(expected, done))
