"""Fit: which parameters a campaign had, from what was measured of it.

Rounds of simulated campaigns, each a study in a ledger: the first over the priors, the second over
the part of them that the first leaves. Campaigns differ in luck and in world, so that what is found
has both in it. What counts tell by themselves is not simulated.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from functools import partial
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ....scenarios.loader import load
from ....scenarios.observing.observed import Observed
from ....sim.errors import InputError
from ....sim.given import whole_number
from ....sim.parameters import Scenario
from ...studies.sweep import hire
from .answer import Fit
from .checked import Checked
from .counts import ByCount, counted
from .free import chosen, refuse_idle
from .infer import Learned, adjusted, box, covered, inside, truncated
from .prior import Prior, Reals, field_of, values
from .rounds import Laboratory, Simulations, Tell
from .seen import Seen, Summaries, seen

if TYPE_CHECKING:
    from ....sim.network import Network

RUNS: Final = 6_000
WORLDS: Final = 64
DRAWS: Final = 2_000
LEVEL: Final = 0.9
# Of the runs, those of the first round.
_FIRST: Final = 0.4
_LEAST: Final = 200
# Campaigns of the posterior that are held against the data, at most and as a share of the runs; and
# those that test the intervals.
_CHECKS: Final = 400
_CHECKED: Final = 0.2
_TESTS: Final = 150
# Seeds of worlds are as many as these.
_WORLDS: Final = 2**40
_FAR: Final = 7.0


def fit(
    scenario: Scenario | str | PathLike[str],
    observed: Observed,
    *,
    free: Sequence[str] | str | None = None,
    priors: Mapping[str, Any] | None = None,
    runs: int = RUNS,
    worlds: int = WORLDS,
    seed: int = 0,
    network: Network | None = None,
    out: str | PathLike[str] | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
    dask: str | None = None,
    progress: Tell | None = None,
) -> Fit:
    """Fit parameters of a scenario to what was measured.

    Parameters
    ----------
    scenario
        The campaign as far as it is known, or its name or file.
    observed
        What was measured: its rows are those of the beginning of the campaign.
    free
        The parameters to be fitted, by their dotted paths; ``share.base.*`` is every one of them,
        each by itself. If None, what the data can tell something of; see `Fit.priors`.
    priors
        By path: a law and two numbers, such as ``"uniform 0 0.1"`` or ``("beta", 2, 30)``; of
        others the prior comes from the schema.
    runs
        How many campaigns are simulated, beside a fifth as many, 400 at most, that check what was
        found.
    worlds
        In how many worlds (networks and people), the same in each round: each costs the making of
        a network.
    seed
        Of all draws.
    network
        Who hears whom, if that is known; the scenario's own otherwise, another in each world.
    out
        The folder that the fit will be kept in: the runs are kept beside it, in a folder of this
        name and ``.runs``, and what is there is not run again. `Fit.save` writes the fit.
    jobs, executor, dask
        As for `wordofmouth.experiments.studies.sweep.sweep`.
    progress
        Called with the campaigns done and those there will be.

    Raises
    ------
    InputError
        If it cannot work, before anything runs: nothing that was measured can be simulated, a free
        parameter acts on nothing, there are fewer than five rows, too few people.

    References
    ----------
    Beaumont, Zhang & Balding 2002; Blum & Francois 2010; Fearnhead & Prangle 2012.
    """
    began = time.perf_counter()
    runs = whole_number("runs", runs, _LEAST, 10_000_000)
    worlds = whole_number("worlds", worlds, 1, 1_000_000)
    seed = whole_number("seed", seed, 0, 2**62 - 1)
    scenario = scenario if isinstance(scenario, Scenario) else load(scenario)
    if not isinstance(observed, Observed):
        raise InputError(f"observed = {observed!r} is not allowed; give a wordofmouth.Observed.")
    scenario, notes = _with_rates(scenario, observed)
    what = seen(scenario, observed)
    laws = chosen(scenario, what, free, priors)
    short = scenario.replace({"horizon": what.reading.horizon})
    moved = refuse_idle(short, what, laws, seed, network)
    known = counted(short, what, laws, moved)
    with ExitStack() as stack:
        folder = (
            Path(stack.enter_context(TemporaryDirectory(prefix="wom-fit-")))
            if out is None
            else Path(f"{Path(out)}.runs")
        )
        crew = partial(hire, jobs=jobs, executor=executor, dask=dask, processes=_own(jobs))
        laboratory = Laboratory(
            short, what.reading, folder, crew, seed, network, progress, runs + checks_of(runs)
        )
        inference = _Inference(laboratory, what, laws, known, runs, worlds, seed)
        sims, z, tested, within = inference.posterior()
        checks = inference.check(z)
    return Fit(
        scenario=scenario,
        what=what,
        priors=tuple(laws),
        z=z,
        known=known,
        moved={path: tuple(sorted(names)) for path, names in moved.items()},
        checked=Checked.of(what, checks, sims, z, tested),
        kept_of_prior=float(np.prod([1.0, *_volume(within)])),
        runs=inference.done,
        seconds=time.perf_counter() - began,
        cpu_seconds=inference.seconds,
        seed=seed,
        more=tuple(notes),
    )


def pool(seed: int, worlds: int, many: int) -> list[int]:
    """The worlds of so many campaigns: one pool for all rounds, so that networks are made once.

    Campaigns of one world follow one another.
    """
    seeds = np.random.default_rng([seed, 10]).integers(0, _WORLDS, worlds)[:many]
    found: list[int] = seeds[np.sort(np.arange(many) % len(seeds))].tolist()
    return found


def checks_of(runs: int) -> int:
    """How many campaigns of the posterior are held against the data, beside so many runs."""
    return min(_CHECKS, round(_CHECKED * runs))


def _own(jobs: int | None) -> bool | None:
    """Whether processes may take the place of threads: only where there are several workers."""
    return False if jobs == 1 else None


def _volume(within: Reals) -> Reals:
    from scipy.special import ndtr

    found: Reals = ndtr(within[:, 1]) - ndtr(within[:, 0])
    return found


def _with_rates(scenario: Scenario, observed: Observed) -> tuple[Scenario, list[str]]:
    """The scenario with the parameters that somebody knows from elsewhere."""
    known = {
        path: value
        for path, value in observed.rates.items()
        if "." in path and field_of(scenario, path)[0] is not None
    }
    notes = [
        f"{path} = {value:g} is known from elsewhere, and is set." for path, value in known.items()
    ]
    return (scenario.replace(known) if known else scenario), notes


class _Inference:
    """The rounds, and what is inferred from them."""

    def __init__(
        self,
        laboratory: Laboratory,
        what: Seen,
        laws: list[Prior],
        known: ByCount | None,
        runs: int,
        worlds: int,
        seed: int,
    ) -> None:
        self.laboratory, self.what, self.laws, self.known = laboratory, what, laws, known
        self.runs, self.worlds, self.seed = runs, worlds, seed
        self.paths = [law.path for law in laws]
        self.open = [k for k, law in enumerate(laws) if known is None or law is not known.prior]
        self.summaries = Summaries(what)
        self.data = self.summaries.of_seen(what)
        self.seconds, self.done = 0.0, 0

    def posterior(self) -> tuple[Simulations, Reals, Reals, Reals]:
        """All simulated campaigns that count, draws of the posterior, how well intervals hold."""
        whole = np.tile([-_FAR, _FAR], (len(self.open), 1))
        generator = np.random.default_rng([self.seed, 0])
        if not self.open:
            z = self._complete(np.empty((DRAWS, 0)), generator)
            few = self._round("round 1", z[:_LEAST])
            return few, z, np.empty(0), whole
        first = round(_FIRST * self.runs)
        sims = self._round("round 1", self._complete(truncated(first, whole, generator), generator))
        learned, told = self._learned(sims)
        found = adjusted(learned.told, sims.z[:, self.open], told)
        # Rounded, so that another order of additions draws the same campaigns, which are kept.
        within = np.clip(np.round(box(found.draws(DRAWS, generator)), 2), -_FAR, _FAR)
        generator = np.random.default_rng([self.seed, 1])
        z = self._complete(truncated(self.runs - first, within, generator), generator)
        more = self._round("round 2", z)
        both = sims.only(inside(sims.z[:, self.open], within)) + more
        learned, told = self._learned(both)
        target = both.z[:, self.open]
        found = adjusted(learned.told, target, told)
        generator = np.random.default_rng([self.seed, 2])
        tested = covered(learned.told, target, told, many=_TESTS, level=LEVEL)
        draws = self._complete(found.draws(DRAWS, generator), generator)
        return both, np.clip(draws, -_FAR, _FAR), tested, within

    def check(self, z: Reals) -> Simulations:
        """Campaigns of the posterior."""
        generator = np.random.default_rng([self.seed, 3])
        return self._round(
            "checks", z[generator.choice(len(z), checks_of(self.runs), replace=False)]
        )

    def _learned(self, sims: Simulations) -> tuple[Learned, Reals]:
        summaries = self.summaries.of(sims.tables, sims.numbers)
        learned = Learned(summaries, sims.z[:, self.open], self.summaries.main)
        return learned, learned.of(self.data)[0]

    def _complete(self, z: Reals, generator: np.random.Generator) -> Reals:
        """Draws of all parameters: those that counts tell have their posterior already."""
        found = np.empty((len(z), len(self.laws)))
        found[:, self.open] = z
        for k, law in enumerate(self.laws):
            if self.known is not None and law is self.known.prior:
                found[:, k] = self.known.draws(len(z), generator)
        return found

    def _round(self, name: str, z: Reals) -> Simulations:
        worlds = pool(self.seed, self.worlds, len(z))
        drawn = values(self.laws, z)
        sims = self.laboratory.run(name, self.paths, z, drawn, worlds, self.done)
        self.done += len(z)
        self.seconds += sims.seconds
        return sims
