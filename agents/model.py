"""`CampaignModel`: a campaign as a Mesa model, arrays underneath and real agents on top."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from functools import lru_cache, partial
from os import PathLike
from typing import Any, Literal

import mesa
import numpy as np

from ..sim.apply.room import grown
from ..sim.campaign import Campaign
from ..sim.deciders import Deciders
from ..sim.draws import key, luck
from ..sim.errors import InputError
from ..sim.given import scenario_of
from ..sim.network import Network
from ..sim.parameters import Post, Scenario
from ..sim.plan import AD, NEVER, OWN, POST, Plan
from ..sim.result import Result
from ..sim.sources import ranked
from ..sim.stages.publish import is_posted
from ..sim.stages.utility import Utility
from ..sim.state import PAGES, SERIES, SHARES, State
from ..sim.wave import BRAND, OUTLET
from ..sim.world import ADVOCATE, FAN, ROLES, STRANGER, World
from .account import Account, Ad, Feed, Rival
from .advocate import Advocate
from .brand import Brand
from .exposure import Exposure
from .fan import Fan
from .outlet import Outlet
from .overrides import Overrides
from .person import Person
from .round import play
from .stranger import Stranger
from .subclasses import check_kind, overridden
from .today import Today

# Above so many people, agents take so long and so much that one should know.
MANY = 200_000


class CampaignModel(mesa.Model):
    """A campaign as a Mesa model; `step` is one tick.

    What happens is written in columns. Agents are made and registered when they are first asked for
    (`agents`, `agents_by_type`, `agent_types`), and read and write one row each; a run that
    nobody looks into makes none.

    Parameters
    ----------
    scenario
        What is simulated: a scenario, or its name or file.
    network
        Who hears whom; the scenario's own if None.
    rng, seed
        The seed, a whole number, under either of Mesa's names; or a generator of numpy, of which
        one is drawn. None takes one from the operating system.
    by
        ``"kernels"``: the compiled stages decide for all, but for verbs that a class of your own
        overrides. ``"agents"``: every agent decides for itself, in plain Python. Both end in the
        same digest.
    seeds
        Ids of the people asked to pass on every post; the scenario's choice if None.
    world
        The seed of the world; as `rng` if None.
    brand, stranger, fan, advocate, outlet
        Classes of one's own, derived from `Brand`, `Stranger`, `Fan`, `Advocate`, `Outlet`.
    identity
        Whom the draws are about, one number a row; the row itself if None.
    utility
        A function of `sim.stages.utility.Reasons` that gives the log-odds of passing on, in place
        of the built-in formula.
    **changes
        Parameters of the scenario by their dotted paths, so that `mesa.batch_run` can vary them:
        ``mesa.batch_run(CampaignModel, {"incentives.reward": [0.0, 5.0]})``.

    Raises
    ------
    InputError
        If an argument is not valid.

    Examples
    --------
    >>> import wordofmouth as wom
    >>> small = wom.load("open_house").replace({"network.people": 200, "horizon": 5})
    >>> model = wom.CampaignModel(small, rng=7)
    >>> while model.running:
    ...     model.step()
    >>> model.result.digest == wom.run(small, seed=7).digest
    True
    >>> sorted(kind.__name__ for kind in model.agents_by_type)[:2]
    ['Advocate', 'Brand']
    """

    def __init__(
        self,
        scenario: Scenario | str | PathLike[str] = "open_house",
        *,
        network: Network | None = None,
        rng: int | np.random.Generator | None = None,
        seed: int | None = None,
        by: Literal["kernels", "agents"] = "kernels",
        seeds: Any = None,
        world: int | None = None,
        brand: type[Brand] = Brand,
        stranger: type[Stranger] = Stranger,
        fan: type[Fan] = Fan,
        advocate: type[Advocate] = Advocate,
        outlet: type[Outlet] = Outlet,
        identity: Any = None,
        utility: Utility | None = None,
        **changes: Any,
    ) -> None:
        luck = _seed(rng, seed)
        super().__init__(rng=luck)
        if by not in ("kernels", "agents"):
            raise InputError(f"by = {by!r} is not allowed; give 'kernels' or 'agents'.")
        for kind, ours in (
            (brand, Brand),
            (stranger, Stranger),
            (fan, Fan),
            (advocate, Advocate),
            (outlet, Outlet),
        ):
            check_kind(kind, ours, by)
        self._collected: mesa.DataCollector | None = None
        scenario = scenario_of(scenario)
        self.campaign = Campaign(
            scenario.replace(changes) if changes else scenario,
            network=network,
            seeds=seeds,
            seed=int(self.rng.integers(2**62)) if luck is None else luck,
            world=world,
            identity=identity,
            utility=utility,
        )
        self.by = by
        self.kinds: dict[int, type[Person]] = {STRANGER: stranger, FAN: fan, ADVOCATE: advocate}
        self.brand_kind, self.outlet_kind = brand, outlet
        entries = enumerate(self.campaign.entries)
        self._planned = {k: post for k, (kind, post, _, _) in entries if kind == POST}
        self.calendar = tuple(self._planned.values())
        self._today: Today | None = None
        self.has_agents = False
        # How many posts there were so far, and who meets some of them in which tick.
        self.posted = 0
        self.visitors: dict[int, set[Person]] = {}
        self._seen_role = np.empty(0, np.uint8)
        self.publishes_itself = by == "agents" or "publish" in overridden(brand, Brand)
        if self.publishes_itself:
            self.plan.messages["released"][list(self._planned)] = NEVER
            self.make_agents()
        own = Overrides(self)
        self.overrides: Deciders | None = own if by == "kernels" and own.needed else None

    # the campaign under way -------------------------------------------------------------------

    @property
    def world(self) -> World:
        """Network and traits as columns."""
        return self.campaign.world

    @property
    def plan(self) -> Plan:
        """The scenario in numbers."""
        return self.campaign.plan

    @property
    def state(self) -> State:
        """What changes, as columns."""
        return self.campaign.states[0]

    @property
    def utility(self) -> Utility | None:
        """The utility of sharing, where it is not the built-in one."""
        return self.campaign.utility

    @property
    def tick(self) -> int:
        """Ticks done."""
        return self.campaign.tick

    @property
    def network(self) -> Network:
        """Who hears whom."""
        return self.campaign.network

    @property
    def result(self) -> Result:
        """What happened so far."""
        return self.campaign.result()

    def total(self, name: str) -> int:
        """The sum of a column of the series so far, such as ``"reach"`` or ``"shares"``."""
        if name not in SERIES:
            raise InputError(f"{name!r} is no column; give one of {', '.join(SERIES)}.")
        return int(self.state.series[:, SERIES.index(name)].sum())

    @property
    def datacollector(self) -> mesa.DataCollector:
        """What was counted so far, at the end of each tick, of every column of the series.

        It is read off the columns when somebody asks; one of your own, with reporters about people
        as well, takes its place once it is set, and is then yours to call.
        """
        if self._collected is not None:
            return self._collected
        collector = mesa.DataCollector(model_reporters={name: name for name in SERIES})
        sums = self.state.series[: self.tick].cumsum(axis=0)
        collector.model_vars.update(zip(SERIES, sums.T.tolist(), strict=True))
        return collector

    @datacollector.setter
    def datacollector(self, own: mesa.DataCollector) -> None:
        self._collected = own

    @property
    def reach(self) -> int:
        """People who noticed so far."""
        return self.total("reach")

    @property
    def shared(self) -> int:
        """Shares and re-shares so far."""
        return self.total("shares") + self.total("reshares")

    @property
    def conversions(self) -> int:
        """Transactions so far."""
        return self.total("conversions")

    def step(self) -> None:
        """One tick: publish, deliver, notice, transact, share, interact, serve, reward, promote."""
        if not self.campaign.running:
            self.campaign.step()  # which says that the campaign is over
        self.campaign.keep_time()
        if self.publishes_itself:
            self._publish()
        if self.by == "agents":
            self._look()
            self.campaign.aside([partial(play, self)])
        else:
            if self.overrides is not None:
                self._look()
            self.campaign.step(self.overrides)
        self.running = self.campaign.running

    def _look(self) -> None:
        """Look up what is due in this tick, with room for what people will remember of it."""
        state = self.state
        self.write(grown(state, 0, 0, 0, state.page.size - int(state.size[PAGES]), 0, 0))
        self._today = Today(self.plan, self.state, self.tick)

    def write(self, state: State) -> None:
        """Go on with a state that `apply` wrote, in which people may be of other roles."""
        self.campaign.states = [state]
        if self.has_agents:
            self._refresh()

    def _publish(self) -> None:
        """Put what the brand posts in this tick on the calendar."""
        posts = self.brand.publish()
        listed = isinstance(posts, (list, tuple))
        if not listed or not all(isinstance(post, (str, Post)) for post in posts):
            raise InputError(
                f"{type(self.brand).__name__}.publish returned {posts!r}; "
                "it returns a list of posts or names of content types."
            )
        for post in posts:
            message = next((k for k, planned in self._planned.items() if planned is post), None)
            if message is None or self.plan.messages["released"][message] != NEVER:
                message = self.campaign.publish(self._checked(post))
            self.plan.messages["released"][message] = self.tick

    def _checked(self, post: Post | str) -> Post:
        """A post that no calendar names, filled in."""
        content: dict[str, Any] = {"type": post} if isinstance(post, str) else post.model_dump()
        if content.get("brand") is not None:
            raise InputError(
                f"{type(self.brand).__name__}.publish returned a post of {content['brand']!r}; "
                "it returns posts of the brand's own."
            )
        content["tick"] = self.tick
        return self.campaign.scenario.replace({"content": [content]}).calendar()[0]

    # what is due, and what it is about ---------------------------------------------------------

    @property
    def today(self) -> Today:
        """What is due in this tick, and what everybody has to know of everybody."""
        if self._today is None or self._today.tick != self.tick:
            self._today = Today(self.plan, self.state, self.tick)
        return self._today

    def posts(self) -> list[Exposure]:
        """The posts of this tick, in the order of their messages."""
        found: list[Exposure] = []
        now = self.tick * self.plan.hours
        for message in range(len(self.campaign.entries)):
            if is_posted(self.plan, self.today.due, message, self.tick):
                takers = [account for account in self.accounts if account.takes(message)]
                shown = [
                    Exposure(message, account, 0, hours=now, showing=showing)
                    for account in reversed(takers)
                    for showing in account.showings
                ]
                # Showings of an ad in their order, whatever flight they fall on.
                found += sorted(shown, key=lambda post: post.showing)
                if self.plan.messages["kind"][message] == POST:
                    channels = int(self.plan.messages["channels"][message])
                    found.append(Exposure(message, self.brand, 0, channels=channels, hours=now))
            found += [
                Exposure(message, feed, 0, channels=feed.bit, hours=now)
                for feed in self._feeds
                if feed.ranks(message)
            ]
        due = self.today.due
        for (message, row, hop), hours in zip(due.shares.tolist(), due.hours.tolist(), strict=True):
            person = self.person(row)
            channels = person.shares_on(message)
            found.append(Exposure(message, person, hop, channels=channels, hours=hours))
        found.sort(key=lambda post: post.message)
        for entry, post in enumerate(found):
            post.entry = entry
            post.tick, post.number = self.tick, self.posted + entry
        self.posted += len(found)
        return found

    def exposure(self, message: int, sender: Brand | Account | Person | None = None) -> Exposure:
        """A message as somebody would meet it who had it from `sender`, the brand if None."""
        now = self.tick * self.plan.hours
        if not isinstance(sender, Person):
            known = self.brand if sender is None else sender
            return Exposure(
                message,
                known,
                0,
                tick=self.tick,
                hours=now,
                visit=now,
                showing=0 if isinstance(known, Ad) else -1,
                doses=1,
            )
        log = self.state.shares[: self.state.size[SHARES]]
        shared = log[(log["message"] == message) & (log["person"] == sender.row)]
        hop = int(shared["hop"][0]) + 1 if shared.size else 1
        return Exposure(
            message, sender, hop, tick=self.tick, hours=now, visit=now, doses=1, people=1
        )

    def is_ours(self, message: int) -> bool:
        """Whether a message is the brand's: a post, an ad, or an advocate's own."""
        return bool(self.plan.messages["kind"][message] <= OWN)

    def is_own(self, message: int) -> bool:
        """Whether a message is what advocates say of their own accord."""
        return bool(self.plan.messages["kind"][message] == OWN)

    def is_ad(self, message: int) -> bool:
        """Whether a message is an ad, which is shown anew in each tick that it runs."""
        return bool(self.plan.messages["kind"][message] == AD)

    def name(self, message: int) -> int:
        """What draws about a message are about: its place among those of its kind."""
        return int(self.plan.messages["identity"][message])

    def number(self, name: str, message: int) -> float:
        """A number of a message (`sim.plan.MESSAGE`)."""
        return float(self.plan.messages[name][message])

    def base(self, role: str) -> float:
        """The log-odds with which somebody of a role passes on."""
        return float(self.plan.base[ROLES.index(role)])

    def luck(self, identity: int, what: int | np.uint64, *about: int) -> np.uint64:
        """The draw on somebody's decision: 64 bits that depend on what is decided and who decides.

        Parameters
        ----------
        identity
            Whose decision it is.
        what
            Which decision, a number of `sim.draws`.
        about
            What it is about: the `name` of a message, the `identity` of a sender, a tick.
        """
        return luck(int(_key(int(self.plan.luck), int(what), *about)), identity)

    # the agents -------------------------------------------------------------------------------

    def make_agents(self) -> None:
        """Make and register everybody, once: the brand, its outlets, and the people by row."""
        if self.has_agents:
            return
        self.has_agents = True
        n = self.network.n
        if n > MANY:
            warnings.warn(
                f"Making {n:,} agents takes seconds and hundreds of bytes each; "
                "the columns of model.state hold the same.",
                stacklevel=4,
            )
        self._seen_role = self.state.role.copy()
        self._brand = self.brand_kind(self)
        publish = self.campaign.scenario.publish
        outlets = [outlet for outlet in publish.outlets for _ in range(outlet.count)]
        self._outlets = [
            self.outlet_kind(self, number, outlet.name, outlet.fee)
            for number, outlet in enumerate(outlets)
        ]
        ads = [Ad(self, number, ad.name) for number, ad in enumerate(publish.ads, len(outlets))]
        rivals = [
            Rival(self, number, rival.name)
            for number, rival in enumerate(publish.rivals, len(outlets) + len(ads))
        ]
        self._feeds = [
            Feed(self, number, name)
            for number, name in enumerate(
                ranked(self.campaign.scenario), int(self.plan.ranking.first)
            )
        ]
        self._accounts = [*self._outlets, *ads, *rivals, *self._feeds]
        self._people = [
            self.kinds[role](self, row) for row, role in enumerate(self._seen_role.tolist())
        ]

    @property
    def brand(self) -> Brand:
        """The brand whose campaign it is."""
        self.make_agents()
        return self._brand

    @property
    def outlets(self) -> list[Outlet]:
        """The outlets, in the order of the scenario, each of its kind."""
        self.make_agents()
        return self._outlets

    @property
    def accounts(self) -> list[Account]:
        """All accounts beside the brand's own: outlets, ads, rivals, then ranked feeds."""
        self.make_agents()
        return self._accounts

    @property
    def everybody(self) -> list[Person]:
        """All people, by row."""
        return self.people(range(self.network.n))

    def person(self, row: int) -> Person:
        """The agent of a row, of the class of their role now; always the same object."""
        self.make_agents()
        if self.state.role[row] != self._seen_role[row]:
            self._change_class(int(row))
        return self._people[row]

    def people(self, rows: Iterable[int]) -> list[Person]:
        """The agents of rows."""
        return [self.person(row) for row in rows]

    def sender(self, code: int) -> Brand | Account | Person:
        """The agent behind a sender of the wave."""
        if code == BRAND:
            return self.brand
        return self.person(code) if code >= 0 else self.accounts[OUTLET - code]

    def _refresh(self) -> None:
        """Let everybody whose role changed since the last look be of its class."""
        self.make_agents()
        for row in np.flatnonzero(self.state.role != self._seen_role).tolist():
            self._change_class(row)

    def _change_class(self, row: int) -> None:
        role = int(self.state.role[row])
        self._seen_role[row] = role
        person, kind = self._people[row], self.kinds[role]
        # The one private thing of Mesa that is touched: its sets by type.
        by_type = self._agents_by_type
        old = by_type[type(person)]
        old.remove(person)
        person.__class__ = kind
        if kind in by_type:
            by_type[kind].add(person)
        else:
            by_type[kind] = type(old)([person], random=self.random)

    @property
    def agents(self) -> Any:
        """All agents, made on the first look."""
        self._refresh()
        return super().agents

    @property
    def agents_by_type(self) -> Any:
        """The agents of each class, made on the first look."""
        self._refresh()
        return super().agents_by_type

    @property
    def agent_types(self) -> Any:
        """The classes of agents, made on the first look."""
        self._refresh()
        return super().agent_types


# Of everybody who hears a post the same is asked.
_key = lru_cache(maxsize=10_000)(key)


def _seed(rng: object, seed: object) -> int | None:
    """What Mesa is given: its own check would end in a traceback from deep inside numpy."""
    if rng is not None and seed is not None:
        raise InputError("rng and seed are two names of the same number; give one of them.")
    name, given = ("rng", rng) if seed is None else ("seed", seed)
    if isinstance(given, np.random.Generator):
        return int(given.integers(2**62))
    if given is None:
        return None
    if isinstance(given, (int, np.integer)) and not isinstance(given, bool) and 0 <= given < 2**63:
        return int(given)
    raise InputError(f"{name} = {given!r} is not allowed; give a whole number 0 to {2**63 - 1}.")
