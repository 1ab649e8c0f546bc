"""Known truth: what each paid channel brought that would not have come without it."""

from __future__ import annotations

from functools import partial
from os import PathLike
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ....scenarios.loader import load
from ....sim.errors import InputError
from ....sim.network import Network
from ....sim.parameters import Scenario
from ....sim.result import Result
from ...estimates.interval import LEVEL, check_level
from ...worlds.networks import Networks
from ...worlds.until import check_budget
from ...worlds.worlds import Meter, Progress, Worlds
from .answer import OUTCOMES, KnownTruth, Numbers
from .paid import ALL, NONE, PaidChannel, paid_channels, without
from .rows import check_rows, rows_of

if TYPE_CHECKING:
    import pandas as pd

REPLICATES: Final = 32


class _Told(NamedTuple):
    """What is kept of a campaign: its sums; of the one that is shown its rows and digest too."""

    numbers: Numbers
    rows: pd.DataFrame | None
    digest: str


def known_truth(
    campaign: Scenario | Result | str | PathLike[str],
    *,
    every: str = "day",
    replicates: int = REPLICATES,
    seed: int = 0,
    world: int | None = None,
    network: Network | None = None,
    seeds: Any = None,
    level: float = LEVEL,
    jobs: int = 1,
    progress: Progress | None = None,
) -> KnownTruth:
    """What each paid channel of a campaign really brought, beside what a model gets to see of it.

    In each world the campaign is run as it is, without each channel, and without all of them, with
    the same people and the same luck. The effect of a channel on an outcome y is the mean of
    ``y(campaign) - y(campaign without it)``. Effects of single channels need not add up to that of
    all: one may prepare for another, or reach the same people.

    Parameters
    ----------
    campaign
        A scenario, its name or file; or a result, whose seed, world and people are then taken.
    every
        A row for each ``day`` or ``week``.
    replicates, seed, world, network, seeds, jobs
        The worlds, as for `wordofmouth.experiments.worlds.worlds.Worlds`; that of replicate 0 is
        the one whose rows are shown.
    level
        Of the intervals.
    progress
        Called with the campaigns done and those that there will be.

    Returns
    -------
    KnownTruth
        `.rows` is the campaign by day or week, `.table()` the effects, `.save(folder)` writes both
        for Robyn, Meridian and PyMC-Marketing.

    Raises
    ------
    InputError
        If the campaign buys no media, or a number is not allowed; or if a result cannot be made
        again, because its network or first sharers were handed over and are not given here.
    LimitError
        If a campaign would not fit into memory.

    Examples
    --------
    >>> from wordofmouth.experiments.answers.truth.find import known_truth
    >>> from wordofmouth.sim.parameters import Scenario
    >>> ads = [{"name": "tv"}, {"name": "dud", "impressions": 0.0}]
    >>> small = Scenario(horizon=48).replace({"network.people": 200, "publish.ads": ads})
    >>> found = known_truth(small, replicates=2)
    >>> found.effect("dud", "impressions").mean, found.effect("tv", "impressions").mean > 0.0
    (0.0, True)

    References
    ----------
    Rubin 1974, "Estimating causal effects of treatments in randomized and nonrandomized studies":
    the effect is a difference of two outcomes of the same units, of which the world shows one.
    """
    expected = None
    if isinstance(campaign, Result):
        expected, scenario = campaign.digest, campaign.scenario
        seed = campaign.seed
        world = None if campaign.world == campaign.seed else campaign.world
    else:
        scenario = campaign if isinstance(campaign, Scenario) else load(campaign)
    check_rows(scenario, every)
    check_level(level)
    check_budget(replicates)
    channels = paid_channels(scenario)
    arms = {NONE: scenario, **{each.word: without(scenario, [each]) for each in channels}}
    arms[ALL] = without(scenario, channels)
    meter = Meter(progress, replicates * len(arms))
    worlds = Worlds(seed, world, network, seeds, jobs, None, Networks(), meter)
    numbers: dict[str, list[Numbers]] = {name: [] for name in arms}
    rows: dict[str, pd.DataFrame] = {}
    digest = ""
    tell = partial(_tell, channels=channels, every=every, shown=worlds.seed)
    for row in worlds.each(arms, tell, range(replicates)):
        for name, each in zip(arms, row, strict=True):
            numbers[name].append(each.numbers)
            if each.rows is not None:
                rows[name] = each.rows
        if not digest:
            digest = row[0].digest
            _check_same(digest, expected)
    return KnownTruth(
        scenario=scenario,
        channels=channels,
        every=every,
        rows=rows.pop(NONE),
        absent=rows,
        numbers=numbers,
        digest=digest,
        seed=worlds.seed,
        world=worlds.world,
        level=level,
    )


def _tell(result: Result, channels: list[PaidChannel], every: str, shown: int) -> _Told:
    numbers: Numbers = {name: float(result.kpis[name]) for name in OUTCOMES}
    for each in channels:
        numbers[f"spend_{each.word}"] = float(each.spend(result).sum())
        credited = result.sources.iloc[each.place]
        numbers |= {
            f"{name}_{each.word}": float(credited[name]) for name in ("clicks", "conversions")
        }
    if result.seed != shown:
        return _Told(numbers, None, "")
    return _Told(numbers, rows_of(result, channels, every), result.digest)


def _check_same(found: str, expected: str | None) -> None:
    if expected is not None and expected != found:
        raise InputError(
            f"campaign: run again it has the digest {found[:16]} and not {expected[:16]}, so that "
            "its effects cannot be told; it was made by another version, or with a network or "
            "first sharers that were handed over: hand them over again as network= and seeds=."
        )
