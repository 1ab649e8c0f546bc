"""The engine: one tick as a page, and the loop around it.

`advance` is the tick. The same text runs compiled, for everybody at once, and as plain Python,
where a model's own agents are asked for some of the decisions: one page, two doors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .apply import apply, apply_arrivals, apply_thanks
from .budget import afford
from .draws import LUCK, key
from .errors import InputError
from .jit import jit
from .network import Network
from .parameters import Post, Scenario
from .plan import NEVER, Messages, Plan, messages, plan
from .result import Result, gather
from .stages.deliver import Exposures, deliver
from .stages.interact import follow, thank
from .stages.notice import Noticed, notice
from .stages.publish import publish, reposts
from .stages.share import share
from .stages.transact import click, convert, find
from .state import State, birth, with_messages
from .wave import Wave
from .world import World, populate


class Deciders(Protocol):
    """Agents who decide in Python: given what the kernels decided, they put in their own."""

    def notice(self, wave: Wave, exposures: Exposures, noticed: Noticed, message: int) -> Noticed:
        """Who noticed."""

    def share(self, wave: Wave, noticed: Noticed, shared: Any, message: int) -> Any:
        """What each passes on."""

    def click(self, wave: Wave, noticed: Noticed, clicked: Any, message: int) -> Any:
        """What each clicks on."""

    def find(self, wave: Wave, noticed: Noticed, clicked: Any, found: Any, message: int) -> Any:
        """Whether each finds the brand."""

    def convert(
        self, wave: Wave, noticed: Noticed, clicked: Any, converted: Any, found: Any, message: int
    ) -> Any:
        """Whether each converts."""

    def follow(
        self, noticed: Noticed, shared: Any, clicked: Any, follows: Any, message: int
    ) -> Any:
        """Whether each follows the brand."""

    def thank(self, wave: Wave, thanked: Any) -> Any:
        """Whom the brand thanks."""


def page(
    world: World,
    plan: Plan,
    state: State,
    due: NDArray[np.int32],
    tick: int,
    deciders: Deciders | None,
) -> State:
    """One tick: publish, deliver, notice, share, transact, interact.

    Parameters
    ----------
    world, plan
        The world, and the scenario in numbers.
    state
        The state of one owner's people; it is written.
    due
        The shares that are posted now, of all owners (`reposts`).
    tick
        Which tick.
    deciders
        Agents who decide for themselves; None where the kernels decide for all (a branch on it
        costs the compiled page nothing: it is settled when the page is compiled).

    Returns
    -------
    State
        The state, its logs with more room where they needed it.
    """
    wave = publish(world, plan, due, tick)
    exposures = deliver(world, plan, state, wave, tick)
    apply_arrivals(world, state, wave, exposures, tick)
    for message in range(wave.start.size - 1):
        if wave.start[message] == wave.start[message + 1]:
            continue
        noticed = notice(world, plan, state, wave, exposures, message, tick)
        if deciders is not None:
            noticed = deciders.notice(wave, exposures, noticed, message)
        shared = share(world, plan, state, wave, noticed, message)
        if deciders is not None:
            shared = deciders.share(wave, noticed, shared, message)
        clicked = click(world, plan, state, wave, noticed, message)
        if deciders is not None:
            clicked = deciders.click(wave, noticed, clicked, message)
        found = find(world, plan, wave, noticed, clicked, message)
        if deciders is not None:
            found = deciders.find(wave, noticed, clicked, found, message)
        converted = convert(world, plan, state, noticed, found, message)
        if deciders is not None:
            converted = deciders.convert(wave, noticed, clicked, converted, found, message)
        follows = follow(world, plan, state, noticed, shared, clicked, message)
        if deciders is not None:
            follows = deciders.follow(noticed, shared, clicked, follows, message)
        state = apply(
            world,
            plan,
            state,
            wave,
            noticed,
            shared,
            clicked,
            found,
            converted,
            follows,
            message,
            tick,
        )
    thanked = thank(world, plan, wave)
    if deciders is not None:
        thanked = deciders.thank(wave, thanked)
    apply_thanks(plan, state, wave, thanked, tick)
    return state


advance = jit(page)


@jit
def drain(world: World, plan: Plan, state: State, tick: int, horizon: int) -> State:
    """All ticks from `tick` on, with nobody watching: one compiled loop."""
    while tick < horizon:
        state = advance(world, plan, state, reposts(state, tick), tick, None)
        tick += 1
    return state


class Campaign:
    """A campaign under way: its world, its numbers and its state.

    Parameters
    ----------
    scenario
        What is simulated.
    network
        Who hears whom; the scenario's own network if None.
    seeds
        Ids of the people who are asked to pass on every post; `publish.seeds` people if None.
    seed
        The luck of the campaign, and of the world if `world` is None.
    world
        The seed of the world: network and people.
    threads
        Over how many threads a tick is spread. The result is the same for any number.
    identity
        Whom the draws are about, distinct whole numbers, one a row; the row itself if None.

    Raises
    ------
    InputError
        If the seeds are not in the network, or a number is out of range.
    LimitError
        If the campaign would not fit into memory.
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        network: Network | None = None,
        seeds: Any = None,
        seed: int = 0,
        world: int | None = None,
        threads: int = 1,
        identity: NDArray[np.uint64] | None = None,
    ) -> None:
        self.scenario = scenario
        self.seed = _whole("seed", seed, 0, 2**63 - 1)
        self.world_seed = self.seed if world is None else _whole("world", world, 0, 2**63 - 1)
        self.threads = _whole("threads", threads, 1, 4096)
        if network is None and scenario.network.file is None:
            afford(scenario)
        chosen: Any = choose_network(scenario, self.world_seed) if network is None else network
        if not isinstance(chosen, Network) or chosen.n == 0:
            raise InputError(
                f"network = {chosen!r} is not allowed; give a wordofmouth.Network of one "
                "person or more (Network.from_networkx makes one of a graph)."
            )
        self.network = chosen
        afford(scenario, chosen.n, chosen.arcs)
        self.world = populate(
            scenario,
            self.network,
            self.world_seed,
            seeds=None if seeds is None else asked(self.network, seeds),
            identity=None if identity is None else named(self.network, identity),
        )
        self.plan = plan(scenario, key(self.seed, int(LUCK)))
        self.posts = list(scenario.calendar())
        crowded = scenario.attention != "unlimited" and scenario.notice.background > 0.0
        self.states = birth(
            scenario,
            self.world,
            len(self.posts),
            self.network.following if crowded else None,
            owners=self.threads,
        )
        self.tick = 0
        self._pool: ThreadPoolExecutor | None = None

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_pool": None}

    @property
    def running(self) -> bool:
        """Whether there is a tick left."""
        return self.tick < self.scenario.horizon

    def aside(self, calls: list[Callable[[], Any]]) -> list[Any]:
        """The results of calls into compiled code, made side by side and off the main thread.

        Where an interrupt of the keyboard meets compiled code on its way back into Python, numba
        takes the process down with it; other threads are not interrupted.
        """
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self.threads)
        return [call.result() for call in [self._pool.submit(call) for call in calls]]

    def step(self, deciders: Deciders | None = None) -> None:
        """One tick."""
        if not self.running:
            raise InputError(
                f"the campaign is over after {self.tick} ticks; give it a longer horizon."
            )
        due = np.concatenate([reposts(state, self.tick) for state in self.states])
        one_tick = advance if deciders is None else page
        self.states = self.aside(
            [
                partial(one_tick, self.world, self.plan, state, due, self.tick, deciders)
                for state in self.states
            ]
        )
        self.tick += 1

    def publish(self, post: Post) -> int:
        """Take up a post that no calendar names; the number of its message."""
        self.posts.append(post)
        more = messages(self.scenario, (post,))
        self.plan = self.plan._replace(
            messages=Messages(
                *(np.concatenate(pair) for pair in zip(self.plan.messages, more, strict=True))
            )
        )
        self.states = with_messages(self.states, len(self.posts))
        return len(self.posts) - 1

    def finish(self) -> None:
        """All ticks that are left."""
        # So many ticks at once that small campaigns lose no time between them, and large ones can
        # be interrupted.
        ticks = max(1, 1_000_000 // self.network.n)
        while self.running and len(self.states) == 1:
            until = min(self.tick + ticks, self.scenario.horizon)
            call = partial(drain, self.world, self.plan, self.states[0], self.tick, until)
            self.states = self.aside([call])
            self.tick = until
        while self.running:
            self.step()

    def result(self) -> Result:
        """What happened so far."""
        released = self.plan.messages.released.tolist()
        return gather(
            self.scenario,
            self.network,
            self.world,
            self.states,
            [
                post.model_copy(update={"tick": tick if tick < NEVER else None})
                for post, tick in zip(self.posts, released, strict=True)
            ],
            self.seed,
            self.world_seed,
            self.tick,
        )


def simulate(
    scenario: Scenario,
    *,
    network: Network | None = None,
    seeds: Any = None,
    seed: int = 0,
    world: int | None = None,
    threads: int = 1,
    identity: NDArray[np.uint64] | None = None,
) -> Iterator[Campaign]:
    """Run a campaign tick by tick, yielding it after each; parameters as in `run`.

    Examples
    --------
    >>> from wordofmouth.sim.engine import simulate
    >>> from wordofmouth.sim.parameters import Scenario
    >>> small = Scenario(horizon=3).replace({"network.people": 100})
    >>> [campaign.tick for campaign in simulate(small, seed=1)]
    [1, 2, 3]
    """
    campaign = Campaign(
        scenario,
        network=network,
        seeds=seeds,
        seed=seed,
        world=world,
        threads=threads,
        identity=identity,
    )
    while campaign.running:
        campaign.step()
        yield campaign


def run(
    scenario: Scenario,
    *,
    network: Network | None = None,
    seeds: Any = None,
    seed: int = 0,
    world: int | None = None,
    threads: int = 1,
    identity: NDArray[np.uint64] | None = None,
) -> Result:
    """Run a campaign to its end.

    Parameters
    ----------
    scenario
        What is simulated (`wordofmouth.load` reads one).
    network
        Who hears whom; the scenario's own network if None.
    seeds
        Ids of the people who are asked to pass on every post; `publish.seeds` people if None.
    seed
        The luck of the campaign, and of the world if `world` is None.
    world
        The seed of the world, network and people: fix it to run many campaigns in one world.
    threads
        Over how many threads a tick is spread.
    identity
        Whom the draws are about, one number a row; the row itself if None.

    Returns
    -------
    Result
        It depends on the scenario, the network and the seeds alone: not on the number of
        threads, nor on whether somebody watched (`simulate`).

    Raises
    ------
    InputError
        If the seeds are not in the network, or a number is out of range.
    LimitError
        If the campaign would not fit into memory.

    Examples
    --------
    >>> from wordofmouth.sim.engine import run
    >>> from wordofmouth.sim.parameters import Scenario
    >>> small = Scenario(horizon=3).replace({"network.people": 100, "publish.seeds": 2})
    >>> run(small, seed=1).kpis["shares"]
    2
    """
    campaign = Campaign(
        scenario,
        network=network,
        seeds=seeds,
        seed=seed,
        world=world,
        threads=threads,
        identity=identity,
    )
    campaign.finish()
    return campaign.result()


def choose_network(scenario: Scenario, world: int) -> Network:
    """The network that a scenario asks for: from its file, or generated under the world's seed."""
    choice = scenario.network
    if choice.file is not None:
        return Network.from_file(choice.file, directed=choice.directed, arrow=choice.arrow)
    return Network.generate(choice.kind, choice.people, seed=world, **choice.generator_options())


def asked(network: Network, seeds: Any) -> NDArray[np.int32]:
    """The rows of the people who are asked to pass on every post, by their ids."""
    if isinstance(seeds, str | bytes) or not isinstance(seeds, Iterable):
        raise InputError(f"seeds = {seeds!r} is not allowed; give a list of people.")
    people = list(seeds)
    rows, first, times = np.unique(network.rows_of(people), return_index=True, return_counts=True)
    if rows.size < len(people):
        twice = people[int(first[times > 1][0])]
        raise InputError(f"seeds names {twice!r} twice; name each person once.")
    return rows.astype(np.int32)


def named(network: Network, identity: Any) -> NDArray[np.uint64]:
    """A copy of the identities of the people, which are distinct and 0 or more."""
    given = np.asarray(identity)
    whole = given.dtype.kind in "iu" and given.shape == (network.n,)
    if not whole or (given < 0).any() or np.unique(given).size < network.n:
        raise InputError(
            f"identity = {identity!r} is not allowed; give {network.n} distinct whole numbers."
        )
    return given.astype(np.uint64)


def _whole(name: str, value: object, low: int, high: int) -> int:
    if isinstance(value, int | np.integer) and not isinstance(value, bool) and low <= value <= high:
        return int(value)
    raise InputError(f"{name} = {value!r} is not allowed; give a whole number {low} to {high}.")
