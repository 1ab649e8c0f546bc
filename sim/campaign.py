"""A campaign under way, and the two ways to run one: tick by tick, or to its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from os import PathLike
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .agenda import Due, due, together
from .aside import aside
from .birth import birth, with_messages
from .budget import afford, room_left, tight
from .choosing import choose_network as choose_network
from .choosing import network_alone
from .choosing import peopled as peopled
from .compiling import announce
from .deciders import Deciders
from .draws import LUCK, key
from .engine import drain, engine_by, page
from .errors import InputError
from .gathering import gather
from .given import asked, named, scenario_of, whole_number
from .latest import Latest
from .listening import learned_topic
from .membership import Membership
from .network import Network
from .parameters import Post, Scenario
from .plan import ALWAYS, COMPLAINT, NEVER, POST, numbered, segments, under
from .result import Result
from .stages.publish import reacts
from .stages.utility import Utility
from .state import (
    BLOCK,
    BLOCKS,
    FOLLOWERS,
    GROWING,
    IMPRESSIONS,
    RIVAL_IMPRESSIONS,
)
from .world import World, membership_of, populate


def _size_of_world(made: tuple[World, Membership | None]) -> int:
    """Bytes, with those of the network that it keeps alive."""
    return sum(column.nbytes for column in made[0] if isinstance(column, np.ndarray))


_networks: Final[Latest[Network]] = Latest(lambda made: made.indptr.nbytes + made.indices.nbytes)
# Of several scenarios that are compared in one world, by turns.
_worlds: Final[Latest[tuple[World, Membership | None]]] = Latest(_size_of_world, most=4)


class Campaign:
    """A campaign under way: its world, its numbers and its state.

    Parameters
    ----------
    scenario
        What is simulated: a scenario, or its name or file.
    network
        Who hears whom; the scenario's own network if None. One that has a table of its people
        keeps it, whatever `people.file` names.
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
    utility
        A function of `Reasons` (`sim.stages.utility`) that gives the log-odds of passing on, in
        place of the built-in formula; it is compiled.

    Raises
    ------
    InputError
        If the seeds are not in the network, or a number is out of range.
    LimitError
        If the campaign would not fit into memory.
    """

    def __init__(
        self,
        scenario: Scenario | str | PathLike[str],
        *,
        network: Network | None = None,
        seeds: Any = None,
        seed: int = 0,
        world: int | None = None,
        threads: int = 1,
        identity: NDArray[np.uint64] | None = None,
        utility: Utility | None = None,
    ) -> None:
        announce()
        scenario = scenario_of(scenario)
        if utility is not None and scenario.share.rule != "logit":
            raise InputError(
                f"share.rule = {scenario.share.rule!r} asks no utility; leave the utility out, or "
                "give share.rule = 'logit'."
            )
        self.scenario = scenario
        self.seed = whole_number("seed", seed, 0, 2**63 - 1)
        self.world_seed = self.seed if world is None else whole_number("world", world, 0, 2**63 - 1)
        self.threads = whole_number("threads", threads, 1, 4096)
        if network is None and scenario.network.file is None:
            afford(scenario)
        chosen: Any = self._made() if network is None else network
        if not isinstance(chosen, Network) or chosen.n == 0:
            raise InputError(
                f"network = {chosen!r} is not allowed; give a wordofmouth.Network of one "
                "person or more (Network.from_networkx makes one of a graph)."
            )
        self.network = peopled(scenario, chosen)
        self._tight = tight(afford(scenario, chosen.n, chosen.arcs))
        self.world, self.membership = self._populated(seeds, identity)
        luck = key(self.seed, int(LUCK))
        self.entries = [*numbered(scenario).entries]
        self.learned = learned_topic(scenario, self.world, luck)
        self.segments = under(scenario, luck, self.learned)
        self.plan = self.segments[0][1]
        self.utility = utility
        self._page: Any
        self._drain: Any
        self._page, self._drain = (page, drain) if utility is None else engine_by(utility)
        crowded = any(
            then.attention != "unlimited" and then.notice.background > 0.0
            for then in scenario.ever()
        )
        counted = scenario.share.rule != "logit"
        self.states = birth(
            scenario,
            self.world,
            len(self.entries),
            self.network.following if crowded or counted else None,
            owners=self.threads,
        )
        self.tick = 0
        self._pool: ThreadPoolExecutor | None = None

    def __getstate__(self) -> dict[str, Any]:
        # What a utility was compiled into is not carried along, but compiled again.
        return self.__dict__ | {"_pool": None, "_page": None, "_drain": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        own = self.utility
        self._page, self._drain = (page, drain) if own is None else engine_by(own)

    @property
    def running(self) -> bool:
        """Whether there is a tick left."""
        return self.tick < self.scenario.horizon

    def _made(self) -> Network:
        """The network that the scenario asks for; the last campaign's, if it is the same."""
        choice = self.scenario.network
        if choice.file is not None:  # which may be another by now
            return choose_network(self.scenario, self.world_seed)
        asked = choice.model_dump_json(), self.world_seed
        return _networks.get(
            asked, lambda: network_alone(self.scenario, self.world_seed, self.threads)
        )

    def _populated(
        self, seeds: Any, identity: NDArray[np.uint64] | None
    ) -> tuple[World, Membership | None]:
        """The people, and their segments; those of an earlier campaign, if they are the same."""
        scenario, network, seed = self.scenario, self.network, self.world_seed
        whom = None if seeds is None else asked(network, seeds)
        who = None if identity is None else named(network, identity)

        def born() -> tuple[World, Membership | None]:
            world = populate(scenario, network, seed, seeds=whom, identity=who)
            return world, membership_of(scenario, network, seed, world.identity)

        if whom is not None or who is not None:
            return born()
        return _worlds.get((scenario, network, seed), born)

    def aside(self, calls: list[Callable[[], Any]]) -> list[Any]:
        """The results of calls into compiled code, made side by side and off the main thread."""
        if len(calls) == 1:
            return [aside(calls[0])]
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self.threads)
        return [call.result() for call in [self._pool.submit(call) for call in calls]]

    def _room_left(self, all_due: Due) -> None:
        posters, indptr = all_due.shares[:, 1].astype(np.int64), self.network.indptr
        arriving = int((indptr[posters + 1] - indptr[posters]).sum())
        arriving += self.world.outlet_members.size
        arriving += self.network.n * self.plan.ranking.channel.size
        arriving += sum(int(state.size[FOLLOWERS]) for state in self.states)
        growing = sum(getattr(state, log).nbytes for state in self.states for log in GROWING)
        waiting = None
        if self.plan.notice.activity != ALWAYS:
            waiting = BLOCK * sum(int(state.size[BLOCKS]) for state in self.states)
        room_left(growing, arriving, waiting, self.tick)

    def step(self, deciders: Deciders | None = None) -> None:
        """One tick."""
        if not self.running:
            raise InputError(
                f"the campaign is over after {self.tick} ticks; give it a longer horizon."
            )
        self.keep_time()
        parts = self.aside([partial(due, self.plan, state, self.tick) for state in self.states])
        all_due = together(parts)
        if self._tight:
            self._room_left(all_due)
        world, plan, tick = self.world, self.plan, self.tick
        self.states = self.aside(
            [
                partial(self._drain, world, plan, state, all_due, tick, tick + 1)
                if deciders is None
                else partial(self._page, world, plan, state, all_due, tick, deciders)
                for state in self.states
            ]
        )
        self.tick += 1

    def keep_time(self) -> None:
        """Go over to the numbers that the timeline gives from this tick on."""
        for tick, plan in self.segments:
            if tick == self.tick and plan is not self.plan:
                plan.messages["released"] = self.plan.messages["released"]
                self.plan = plan

    def publish(self, post: Post) -> int:
        """Take up a post that no calendar names; the number of its message."""
        self.entries.append((POST, post, -1, 1))
        released = self.plan.messages["released"]
        self.segments = segments(self.scenario, self.plan.luck, self.entries, self.learned)
        self.plan = [plan for tick, plan in self.segments if tick <= self.tick][-1]
        self.plan.messages["released"][:-1] = released
        self.states = with_messages(self.states, len(self.entries))
        return len(self.entries) - 1

    def finish(self) -> None:
        """All ticks that are left."""
        # So many ticks at once that small campaigns lose no time between them, and large ones can
        # be interrupted.
        ticks = max(1, 1_000_000 // self.network.n)
        changes = [tick for tick, _ in self.segments] + [self.scenario.horizon]
        while self.running and len(self.states) == 1 and not self._tight:
            self.keep_time()
            until = min(self.tick + ticks, *(tick for tick in changes if tick > self.tick))
            self.states = self.aside([partial(self._onward, until)])
            self.tick = until
        while self.running:
            self.step()

    def _onward(self, until: int) -> Any:
        """The state of the only owner at a later tick."""
        [state], tick = self.states, self.tick
        now = due(self.plan, state, tick)
        return self._drain(self.world, self.plan, state, now, tick, until)

    def result(self) -> Result:
        """What happened so far."""
        released = self._released().tolist()
        # What people complain about is a message, and nobody's post.
        posts = [
            post.model_copy(update={"tick": tick if tick < NEVER and kind != COMPLAINT else None})
            for (kind, post, *_), tick in zip(self.entries, released, strict=True)
        ]
        return gather(self, posts)

    def _released(self) -> NDArray[np.int64]:
        """When each message was posted; `NEVER` of that with which no rival reacted."""
        messages = self.plan.messages
        released: NDArray[np.int64] = messages["released"].copy()
        told = np.sum([state.series for state in self.states], axis=0)
        for m in np.flatnonzero((messages["above"] >= 0.0) & (released < NEVER)).tolist():
            since = slice(max(int(released[m] - messages["window"][m]), 0), int(released[m]))
            ours, theirs = (int(told[since, k].sum()) for k in (IMPRESSIONS, RIVAL_IMPRESSIONS))
            if released[m] >= self.tick or not reacts(messages["above"][m], ours, theirs):
                released[m] = NEVER
        return released


def simulate(
    scenario: Scenario | str | PathLike[str],
    *,
    network: Network | None = None,
    seeds: Any = None,
    seed: int = 0,
    world: int | None = None,
    threads: int = 1,
    identity: NDArray[np.uint64] | None = None,
    utility: Utility | None = None,
) -> Iterator[Campaign]:
    """Run a campaign tick by tick, yielding it after each; parameters as in `run`.

    Examples
    --------
    >>> from wordofmouth.sim.campaign import simulate
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
        utility=utility,
    )
    while campaign.running:
        campaign.step()
        yield campaign


def run(
    scenario: Scenario | str | PathLike[str],
    *,
    network: Network | None = None,
    seeds: Any = None,
    seed: int = 0,
    world: int | None = None,
    threads: int = 1,
    identity: NDArray[np.uint64] | None = None,
    utility: Utility | None = None,
) -> Result:
    """Run a campaign to its end.

    Parameters
    ----------
    scenario
        What is simulated: a scenario, or the name of a shipped one, or a file.
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
    utility
        A function of your own, in place of the formula of `sim.stages.share`: it gets `Reasons`
        and gives the log-odds of passing on. It is compiled; only the rule `logit` asks it.

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
    >>> import wordofmouth as wom
    >>> small = wom.load("open_house").replace({"network.people": 500})
    >>> result = wom.run(small, seed=1)
    >>> result.kpis["reach"] <= 500
    True
    """
    campaign = Campaign(
        scenario,
        network=network,
        seeds=seeds,
        seed=seed,
        world=world,
        threads=threads,
        identity=identity,
        utility=utility,
    )
    campaign.finish()
    return campaign.result()
