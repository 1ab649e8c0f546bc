"""Several scenarios in the same worlds: replicate by replicate, each with the same luck."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, Generic, TypeVar

from ...sim.budget import afford
from ...sim.campaign import run
from ...sim.errors import InputError
from ...sim.network import Network
from ...sim.parameters import Scenario
from ...sim.result import Result
from .networks import Networks

Told = TypeVar("Told")

# How many replicates an executor of somebody else's is given at once.
_AHEAD: Final = 64

# Called after each campaign (with other processes: after each replicate) with the number done.
Count = Callable[[int], None]


@dataclass(frozen=True)
class Worlds(Generic[Told]):
    """Scenarios that are run in the same worlds, and what is kept of each campaign.

    Replicate r has the seed ``seed + r`` for luck and world alike, so that ``wom run --seed``
    repeats it; or, with `world`, that world in every replicate, and only its luck. Scenarios that
    ask for the same network get it; their people are the same as far as they ask for the same.

    Parameters
    ----------
    scenarios
        By name; the order is that of the answers.
    tell
        What is kept of a result. It is called where the campaign ran, and the result is let go
        then. For an executor of other processes it has to be picklable: a function of a module.
    seed, world
        The seed of replicate 0, and that of the world if it is one for all.
    network
        Who hears whom, in every replicate; the scenarios' own networks if None.
    seeds
        Ids of the people who are asked to pass on every post; as the scenarios say if None.
    join
        What is made of all that was told of one replicate, where it happened: for what needs two
        campaigns at once, such as who bought in one alone. Nothing is if None.
    networks
        Where networks are made; one with room, given to several, saves making them again.

    Raises
    ------
    InputError
        If there is no scenario, or the seed is not allowed.
    LimitError
        If one of the scenarios would not fit into memory.

    Examples
    --------
    >>> small = Scenario(horizon=3).replace({"network.people": 100, "publish.seeds": 2})
    >>> more = small.replace({"publish.seeds": 5})
    >>> worlds = Worlds({"as it is": small, "more": more}, lambda result: result.kpis["shares"])
    >>> worlds.replicates(range(2))
    [[2, 5], [2, 5]]
    """

    scenarios: Mapping[str, Scenario]
    tell: Callable[[Result], Any]
    seed: int = 0
    world: int | None = None
    network: Network | None = None
    seeds: Any = None
    join: Callable[[list[Any]], list[Told]] | None = None
    networks: Networks = field(default_factory=Networks, repr=False)

    def __post_init__(self) -> None:
        if not self.scenarios:
            raise InputError("scenarios is empty; give at least one.")
        _check_seed("seed", self.seed)
        if self.world is not None:
            _check_seed("world", self.world)
        for scenario in self.scenarios.values():
            if self.network is not None:
                afford(scenario, self.network.n, self.network.arcs)
            elif scenario.network.file is None:
                afford(scenario)

    def replicate(self, number: int, progress: Count | None = None) -> list[Told]:
        """What is told of each scenario in one replicate."""
        made: dict[str, Network] = {}
        told: list[Any] = []
        for scenario in self.scenarios.values():
            result = run(
                scenario,
                network=self._network(scenario, number, made),
                seeds=self.seeds,
                seed=self.seed + number,
                world=self.world,
            )
            told.append(self.tell(result))
            if progress is not None:
                progress(1)
        return told if self.join is None else self.join(told)

    def replicates(
        self,
        numbers: Iterable[int],
        *,
        jobs: int = 1,
        executor: Executor | None = None,
        progress: Count | None = None,
    ) -> list[list[Told]]:
        """What is told of each replicate, in the order of the numbers, for any number of jobs.

        Parameters
        ----------
        numbers
            Which replicates.
        jobs
            In how many threads; compiled code runs in them side by side.
        executor
            Where to run instead: any executor, such as a pool of processes.
        progress
            Called with the number of campaigns that were done since it was called last.
        """
        return list(self.each(numbers, jobs=jobs, executor=executor, progress=progress))

    def each(
        self,
        numbers: Iterable[int],
        *,
        jobs: int = 1,
        executor: Executor | None = None,
        progress: Count | None = None,
        deadline: float | None = None,
    ) -> Iterator[list[Told]]:
        """As `replicates`, one by one as they are done; none is begun after a deadline.

        The deadline is a time of `time.monotonic`; what was begun before is told.
        """
        if type(jobs) is not int or not 1 <= jobs <= 4096:
            raise InputError(f"jobs = {jobs!r} is not allowed; give a whole number 1 to 4096.")
        late = _never if deadline is None else lambda: time.monotonic() >= deadline
        if executor is None and jobs == 1:
            for number in numbers:
                if late():
                    return
                yield self.replicate(number, progress)
            return
        own: AbstractContextManager[Executor]
        if executor is None:
            own, ahead, how = ThreadPoolExecutor(jobs), 2 * jobs, progress
        else:
            # A progress of this process cannot be called from another one.
            own, ahead, how = nullcontext(executor), _AHEAD, None
        waiting = iter(numbers)
        with own as pool:
            begun = [pool.submit(self.replicate, number, how) for number in islice(waiting, ahead)]
            yield from self._drained(pool, begun, waiting, progress, how, late)

    def _drained(
        self,
        pool: Executor,
        begun: list[Future[list[Told]]],
        waiting: Iterator[int],
        progress: Count | None,
        how: Count | None,
        late: Callable[[], bool],
    ) -> Iterator[list[Told]]:
        try:
            while begun:
                told = begun.pop(0).result()
                if progress is not None and how is None:
                    progress(len(told))
                if not late():
                    begun += [pool.submit(self.replicate, k, how) for k in islice(waiting, 1)]
                while late() and begun and begun[-1].cancel():
                    begun.pop()
                yield told
        finally:
            for future in begun:
                future.cancel()

    def _network(self, scenario: Scenario, number: int, made: dict[str, Network]) -> Network:
        """The network of a replicate: one for all scenarios that ask for the same."""
        if self.network is not None:
            return self.network
        asked = scenario.network.model_dump_json()
        if asked not in made:
            fixed = self.world is not None
            seed = self.seed + number if self.world is None else self.world
            made[asked] = self.networks.of(scenario, seed, fixed=fixed)
        return made[asked]


def _check_seed(name: str, value: object) -> None:
    # The seeds of the replicates follow it, and are to fit into 63 bits too.
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**62:
        raise InputError(
            f"{name} = {value!r} is not allowed; give a whole number 0 to {2**62 - 1}."
        )


def _never() -> bool:
    return False
