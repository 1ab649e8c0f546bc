"""Several scenarios in the same worlds: replicate by replicate, each with the same luck."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import Any, Final, TypeVar

from ...sim.budget import afford
from ...sim.campaign import Campaign
from ...sim.errors import InputError
from ...sim.given import whole_number
from ...sim.network import Network
from ...sim.parameters import Scenario
from ...sim.result import Result
from .draws import Draws
from .networks import Networks
from .variant import Variant, plain

Told = TypeVar("Told")

# How many replicates an executor of somebody else's is given at once.
_AHEAD: Final = 64

# Called after each campaign with the number done.
Count = Callable[[int], None]
# Told the campaigns done, and how many there will be as far as that is known (0: it is not).
Progress = Callable[[int, int], None]


class Meter:
    """Counts campaigns for whoever waits for them; threads may count at once.

    Parameters
    ----------
    progress
        Who is told; nobody if None.
    expected
        How many campaigns there will be.
    """

    def __init__(self, progress: Progress | None = None, expected: int = 0) -> None:
        self.progress = progress
        self.expected = expected
        self.done = 0
        self._lock: Any = threading.Lock()

    def __getstate__(self) -> dict[str, Any]:
        # Whoever waits, waits here, and a lock belongs to its own process.
        return {}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(Meter().__dict__)

    def expect(self, more: int) -> None:
        """Say how many campaigns are still to come, as far as that is known now."""
        self.expected = self.done + more

    def __call__(self, campaigns: int) -> None:
        """Take note of campaigns that are done."""
        with self._lock:
            self.done += campaigns
            if self.progress is not None:
                # What comes beyond nobody had counted: a bar that is full would be a lie.
                self.progress(self.done, self.expected if self.done <= self.expected else 0)


@dataclass(frozen=True)
class Worlds:
    """The worlds in which scenarios are compared, and who runs the campaigns in them.

    Replicate r has the seed ``seed + r`` for luck and world alike, so that ``wom run --seed``
    repeats it; or, with `world`, that world in every replicate, and only its luck. Scenarios that
    ask for the same network get it; their people are the same as far as they ask for the same.

    Parameters
    ----------
    seed, world
        The seed of replicate 0, and that of the world if it is one for all.
    network
        Who hears whom, in every replicate; the scenarios' own networks if None.
    seeds
        Ids of the people who are asked to pass on every post; as the scenarios say if None.
    jobs
        In how many threads; compiled code runs in them side by side. The answer is the same.
    executor
        Where to run instead: any executor, such as a pool of processes.
    networks
        Where networks are made; one with room saves making them again in a second round.
    meter
        Counts the campaigns that are done.
    draws
        What is not known of the scenarios: replicate r has draw ``r mod len(draws)``, the same for
        all of them, and each has on top of it what it changes (`Draws.of`).

    Raises
    ------
    InputError
        If a seed or the number of jobs is not allowed.

    Examples
    --------
    >>> small = Scenario(horizon=3).replace({"network.people": 100, "publish.seeds": 2})
    >>> more = small.replace({"publish.seeds": 5})
    >>> shares = lambda result: result.kpis["shares"]
    >>> Worlds().replicates({"as it is": small, "more": more}, shares, range(2))
    [[2, 5], [2, 5]]
    """

    seed: int = 0
    world: int | None = None
    network: Network | None = None
    seeds: Any = None
    jobs: int = 1
    executor: Executor | None = None
    networks: Networks = field(default_factory=Networks, repr=False)
    meter: Meter = field(default_factory=Meter, repr=False)
    draws: Draws | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        # The seeds of the replicates follow the first, and are to fit into 63 bits too.
        for name, low, high in ("seed", 0, 2**62 - 1), ("world", 0, 2**62 - 1), ("jobs", 1, 4096):
            if name != "world" or self.world is not None:
                whole = whole_number(name, getattr(self, name), low, high)
                object.__setattr__(self, name, whole)

    def replicates(
        self,
        scenarios: Mapping[str, Scenario | Variant],
        tell: Callable[[Result], Any],
        numbers: Iterable[int],
        *,
        join: Callable[[list[Any]], list[Any]] | None = None,
    ) -> list[list[Any]]:
        """What is told of each replicate, in the order of the numbers: see `each`."""
        return list(self.each(scenarios, tell, numbers, join=join))

    def each(
        self,
        scenarios: Mapping[str, Scenario | Variant],
        tell: Callable[[Result], Any],
        numbers: Iterable[int],
        *,
        join: Callable[[list[Any]], list[Any]] | None = None,
        deadline: float | None = None,
        stop: float | None = None,
    ) -> Iterator[list[Any]]:
        """What is told of each replicate, one by one as they are done, for any number of jobs.

        Parameters
        ----------
        scenarios
            By name; the order is that of what is told. A variant is made of the scenario of each
            replicate.
        tell
            What is kept of a result. It is called where the campaign ran, and the result is let go
            then. For an executor of other processes it has to be picklable: a function of a module.
        numbers
            Which replicates.
        join
            What is made of all that was told of one replicate, where it happened: for what needs
            two campaigns at once, such as who bought in one alone. Nothing is if None.
        deadline
            A time of `time.monotonic` after which none is begun; what was begun before is told.
        stop
            Such a time at which what is not done is given up, and nothing more is told; not by an
            `executor`, which may be where the clock is another one: what it has begun is told.

        Raises
        ------
        InputError
            If there is no scenario.
        LimitError
            If one of the scenarios would not fit into memory.
        """
        if not scenarios:
            raise InputError("scenarios is empty; give at least one.")
        known = {name: plain(each) for name, each in scenarios.items()}
        for scenario in known.values():
            if self.network is not None:
                afford(scenario, self.network.n, self.network.arcs)
            elif scenario.network.file is None:
                afford(scenario)
        # What runs elsewhere takes no executor, lock or bar along.
        there = replace(self, executor=None, meter=Meter())
        asked = known if self.draws is None else scenarios
        begins, ends = (deadline, stop) if self.executor is None else (None, None)
        one = partial(_Replicate(there, asked, tell, join, begins, ends), count=self.meter)
        late = partial(_over, deadline)
        if self.executor is None and self.jobs == 1:
            with suppress(GivenUpError):
                for number in numbers:
                    yield one(number)
            return
        own: AbstractContextManager[Executor]
        if self.executor is None:
            own, ahead, counted = ThreadPoolExecutor(self.jobs), 2 * self.jobs, True
        else:
            # A meter of this process cannot be called from another one.
            own, ahead, counted = nullcontext(self.executor), _AHEAD, False
            one = partial(one, count=None)
        # Closed before the pool, which waits for all that is not cancelled.
        with own as pool, closing(_drained(pool, one, iter(numbers), ahead, late)) as done:
            while (row := _next(done)) is not None:
                if not counted:
                    self.meter(len(scenarios))
                yield row


class GivenUpError(Exception):
    """A campaign was not done, or not begun, when it was to be."""


def _next(done: Iterator[list[Told]]) -> list[Told] | None:
    """What is told next; None at the end, and where it was given up."""
    with suppress(GivenUpError):
        return next(done, None)
    return None


@dataclass(frozen=True)
class _Replicate:
    """Runs one replicate of some scenarios; picklable if what it tells and joins by is."""

    worlds: Worlds
    scenarios: Mapping[str, Scenario | Variant]
    tell: Callable[[Result], Any]
    join: Callable[[list[Any]], list[Any]] | None
    deadline: float | None = None
    stop: float | None = None

    def __call__(self, number: int, count: Count | None) -> list[Any]:
        # A thread that is free takes what waits for it before anybody could call it back.
        if _over(self.deadline):
            raise GivenUpError
        where = self.worlds
        made: dict[str, Network] = {}
        told: list[Any] = []
        for asked in self.scenarios.values():
            scenario = plain(asked) if where.draws is None else where.draws.of(number, asked)
            network = self._network(scenario, number, made)
            told.append(self.tell(self._run(scenario, network, number)))
            if count is not None:
                count(1)
        return told if self.join is None else self.join(told)

    def _run(self, scenario: Scenario, network: Network, number: int) -> Result:
        seed, world, seeds = self.worlds.seed + number, self.worlds.world, self.worlds.seeds
        campaign = Campaign(scenario, network=network, seeds=seeds, seed=seed, world=world)
        # Tick by tick where it may be given up: one that goes on for minutes could not be else.
        while self.stop is not None and campaign.running:
            if time.monotonic() >= self.stop:
                raise GivenUpError
            campaign.step()
        campaign.finish()
        return campaign.result()

    def _network(self, scenario: Scenario, number: int, made: dict[str, Network]) -> Network:
        """The network of a replicate: one for all scenarios that ask for the same."""
        where = self.worlds
        if where.network is not None:
            return where.network
        asked = scenario.world
        if asked not in made:
            seed = where.seed + number if where.world is None else where.world
            made[asked] = where.networks.of(scenario, seed, fixed=where.world is not None)
        return made[asked]


def _drained(
    pool: Executor,
    one: Callable[[int], list[Told]],
    waiting: Iterator[int],
    ahead: int,
    late: Callable[[], bool],
) -> Generator[list[Told], None, None]:
    begun: list[Future[list[Told]]] = []
    try:
        begun.extend(pool.submit(one, number) for number in islice(waiting, ahead))
        while begun:
            told = begun.pop(0).result()
            if not late():
                begun += [pool.submit(one, number) for number in islice(waiting, 1)]
            while late() and begun and begun[-1].cancel():
                begun.pop()
            yield told
    finally:
        for future in begun:
            future.cancel()


def _over(deadline: float | None) -> bool:
    return deadline is not None and time.monotonic() >= deadline
