"""A listener in the seat of the agents: told what each kernel decided, it works out the same.

Formulas are written once more, in plain Python and from the scenario alone.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from wordofmouth.sim import draws
from wordofmouth.sim.agenda import Due, due, together
from wordofmouth.sim.campaign import Campaign
from wordofmouth.sim.engine import page
from wordofmouth.sim.exposures import Exposures
from wordofmouth.sim.parameters.segments import Segment
from wordofmouth.sim.stages.notice import Noticed
from wordofmouth.sim.stages.serve import Served
from wordofmouth.sim.stages.share import NOT
from wordofmouth.sim.state import HEARERS, State
from wordofmouth.sim.wave import BRAND, OUTLET, Wave
from wordofmouth.sim.world import STRANGER

from . import plain
from .feeds import Feeds, Row


def happens(bits: int, probability: float) -> bool:
    return (bits >> 11) < probability * 2**53


class Listener:
    """Hears every decision of a campaign, remembers it, and changes none."""

    def __init__(self, campaign: Campaign, identity: NDArray[np.uint64] | None) -> None:
        self.campaign = campaign
        self.scenario, self.network = campaign.scenario, campaign.network
        self.tick = 0
        n = self.network.n
        self.identity = list(range(n)) if identity is None else identity.tolist()
        self.luck = plain.key_of(campaign.seed, int(draws.LUCK))
        self.posts = self.scenario.calendar()
        self.types = [self.scenario.content_types[post.type] for post in self.posts]
        self.outlets = [
            outlet for outlet in self.scenario.publish.outlets for _ in range(outlet.count)
        ]
        self.doses: Counter[tuple[int, int]] = Counter()
        self.passed_on: set[tuple[int, int]] = set()
        self.clicked_on: set[tuple[int, int]] = set()
        self.seen: defaultdict[int, set[int]] = defaultdict(set)
        self.met: set[int] = set()
        self.heard = self._rows()
        self.feeds = Feeds(self.scenario, self.luck, self.identity, self.rate)
        self.made = 0
        self.chatter = np.zeros(self.scenario.community.rooms)

    def segment(self, person: int) -> Segment:
        """The segment that a person is drawn for: shares lie side by side."""
        luck, share = self.trait(draws.SEGMENT, person), 0.0
        for each in self.scenario.segments.values():
            share += each.share or 0.0
            if luck < share:
                return each
        return Segment()

    def rate(self, person: int) -> float:
        """Visits an hour."""
        own = self.segment(person).activity
        return float(self.scenario.people.activity) if own is None else own

    def chance_to_find(self, message: int, hop: int) -> float:
        """The chance that somebody finds the brand from a post that they met at a hop."""
        transact = self.scenario.transact
        lost = 1 - transact.link * self.types[message].fidelity ** hop
        chance = 1 - lost * (1 - transact.recall**hop)
        return plain.shifted(chance, self.scenario.boost.find)

    def step(self) -> None:
        """One tick of all owners, as `Campaign.step` does it with agents."""
        campaign = self.campaign
        self.tick = campaign.tick
        parts = [due(campaign.plan, state, self.tick) for state in campaign.states]
        self.due = together(parts)
        hours = self.scenario.hours_per_tick
        newest = 1.0 - math.exp(-hours / 24.0)
        self.chatter += newest * (self.due.talk / hours - self.chatter)
        self.complied = {message: self.complying(message) for message in range(len(self.posts))}
        states = []
        for state in campaign.states:
            self.state = state
            listed = state.followers[: state.size[HEARERS]].tolist()
            self.hearers = [person for person in listed if state.role[person] != STRANGER]
            self.published = self.publish()
            self.fill_feeds()
            self.rounds = self.feeds.met(self.tick, state.low, state.high)
            self.round, self.current = -1, None
            states.append(page(campaign.world, campaign.plan, state, self.due, self.tick, self))
        self.made += len(self.published)
        self.posted(states)
        campaign.states = states
        campaign.tick += 1

    def publish(self) -> list[tuple[int, int, int, float]]:
        """Message by message: the outlets and the brand itself, then what people pass on."""
        found, now = [], self.tick * self.scenario.hours_per_tick
        for message, post in enumerate(self.posts):
            if post.tick == self.tick:
                taken = plain.key_of(self.luck, int(draws.TAKEN), message)
                found += [
                    (message, OUTLET - number, 0, now)
                    for number, outlet in reversed(list(enumerate(self.outlets)))
                    if happens(plain.draw(taken, number), outlet.acceptance)
                ]
                found.append((message, BRAND, 0, now))
            found += [
                (*row, hours)
                for row, hours in zip(
                    self.due.shares.tolist(), self.due.hours.tolist(), strict=True
                )
                if row[0] == message
            ]
        return found

    def fill_feeds(self) -> None:
        """What is posted in this tick arrives in the feeds of the owner's people."""
        for post, (message, code, hop, hours) in enumerate(self.published, self.made):
            for person in self.audience(code, message):
                self.feeds.put(Row(post, message, code, hop, hours, person, hours))
                self.met.add(person)
            self.met.update(self.asked(message))
        for message in range(len(self.posts)):
            self.met.update(self.asked(message))

    def row_of(self, wave: Wave, entry: int, person: int) -> tuple[int, int, int, float, int]:
        """What stands in a row of exposures."""
        return (
            int(wave.message[entry]),
            int(wave.person[entry]),
            int(wave.hop[entry]),
            float(wave.hours[entry]),
            person,
        )

    # what the stages need to know -----------------------------------------------------------------

    def _rows(self) -> list[list[int]]:
        indptr, indices = self.network.indptr.tolist(), self.network.indices.tolist()
        return [indices[first:stop] for first, stop in pairwise(indptr)]

    def trait(self, what: np.uint64, person: int, *more: int) -> float:
        born = plain.key_of(self.campaign.world_seed, int(draws.WORLD), int(what), *more)
        return plain.uniform(plain.draw(born, self.identity[person]))

    def sender(self, code: int) -> int:
        return self.identity[code] if code >= 0 else 2**64 + code

    def bits(self, what: np.uint64, message: int, person: int, *sender: int) -> int:
        named = plain.key_of(self.luck, int(what), message, *(self.sender(code) for code in sender))
        return plain.draw(named, self.identity[person])

    def mine(self, person: int) -> bool:
        return self.state.low <= person < self.state.high

    def audience(self, code: int, message: int) -> list[int]:
        """Those of the owner's people in whose feed a post arrives."""
        if code == BRAND:
            return self.hearers
        if code >= 0:
            return [person for person in self.heard[code] if self.mine(person)]
        number = OUTLET - code
        outlet = self.outlets[number]
        shown = plain.shifted(outlet.shown, self.scenario.boost.publish)
        named = plain.key_of(self.luck, int(draws.SHOWN), message, number)
        return [
            person
            for person in range(self.network.n)
            if self.mine(person)
            and self.draw_of_audience(person, number) < outlet.audience
            and happens(plain.draw(named, self.identity[person]), shown)
        ]

    def draw_of_audience(self, person: int, number: int) -> float:
        """An outlet's own, or, for a share `overlap` of the people, the one of all outlets."""
        shared = self.trait(draws.AUDIENCE, person, number, 1) < self.outlets[number].overlap
        return self.trait(draws.AUDIENCE, person, 2**60 if shared else number)

    def complying(self, message: int) -> list[int]:
        """Those who are asked in this tick to pass on a post, and do, as the tick begins."""
        publish, incentives = self.scenario.publish, self.scenario.incentives
        if self.posts[message].tick != self.tick or self.posts[message].brand is not None:
            return []
        world = self.campaign.world
        people = [int(world.seeds[at]) for at in np.argsort(world.turns)]
        if publish.outreach is not None:
            # All posts of these short campaigns lie in one week.
            earlier = [
                k
                for k, post in enumerate(self.posts)
                if post.brand is None and (post.tick, k) < (self.tick, message)
            ]
            people = people[: max(publish.outreach - len(people) * len(earlier), 0)]
        utility = self.hoped_for() * self.offered()
        found = []
        for person in people:
            affinity = float(world.traits["affinity"][person])
            log_odds = plain.logit(publish.seed_accept)
            log_odds += publish.seed_accept_reward * affinity * (utility + incentives.access)
            bond = float(self.campaign.states[0].crowd["bond"][person])
            log_odds += publish.seed_accept_bond * bond
            if happens(self.bits(draws.COMPLY, message, person), plain.logistic(log_odds)):
                found.append(person)
        return sorted(found)

    def asked(self, message: int) -> list[int]:
        return sorted(person for person in self.complied[message] if self.mine(person))

    def offered(self) -> bool:
        """Whether the budget still pays for a reward."""
        incentives = self.scenario.incentives
        if incentives.budget is None:
            return True
        spent = self.due.spent / 1e6 + incentives.reward + incentives.recipient
        return bool(spent <= incentives.budget + 1e-9)

    def believed(self, code: int, hop: int, person: int, message: int) -> float:
        belief, incentives = self.scenario.credibility, self.scenario.incentives
        topics, post = self.scenario.topic_map, self.types[message]
        apart = abs(post.topic - topics.centre)
        off_brand = 2 * max(min(apart, 1 - apart) - topics.width, 0)
        price = belief.commerciality * post.commerciality + belief.off_brand * off_brand
        trust = float(self.state.trust[person])
        if code == BRAND:
            return trust - price
        closeness: float | None = belief.closeness
        if code < 0:
            outlet = self.outlets[OUTLET - code]
            price += belief.paid * (outlet.fee > 0)
            closeness = outlet.standing
            if closeness is None:
                return trust - price
        else:
            gets = incentives.access > 0 or (incentives.reward > 0 and self.offered())
            price += belief.paid * (incentives.public and gets)
            if self.campaign.world.closeness.size:
                arc = self.network.indptr[code] + self.heard[code].index(person)
                closeness = float(self.campaign.world.closeness[arc])
        friend = belief.friend * closeness * belief.attenuation ** max(hop - 1, 0)
        return friend + (1 - belief.friend) * trust - price

    def tie(self, person: int) -> float:
        """Mean closeness of those who hear a person; 1 where nobody does."""
        every = self.campaign.world.closeness
        if not every.size:
            return self.scenario.credibility.closeness
        own = every[self.network.indptr[person] : self.network.indptr[person + 1]].tolist()
        return math.fsum(own) / len(own) if own else 1.0

    def weight_of_chance(self) -> float:
        """What it weighs that a share may bring the reward (Tversky & Kahneman 1992)."""
        incentives, transact = self.scenario.incentives, self.scenario.transact
        each = {"referral": transact.click, "conversion": transact.click * transact.convert}
        if incentives.judged_chance is not None:
            chance = incentives.judged_chance
        elif incentives.paid in each:
            chance = 1 - (1 - each[incentives.paid]) ** incentives.hearers
        else:
            chance = 0.01 if incentives.paid == "draw" else 1.0
        gamma = incentives.weighting
        bent, other = chance**gamma, (1 - chance) ** gamma
        return float(bent / (bent + other) ** (1 / gamma))

    def hoped_for(self) -> float:
        """Utility of one's own reward, or of the prize, weighed by its chance."""
        incentives = self.scenario.incentives
        reward = incentives.reward
        if incentives.paid == "draw" and reward > 0:
            reward = max(reward, incentives.prize)
        return self.weight_of_chance() * math.log1p(reward / incentives.scale)

    def welcome(self) -> float:
        """Utility of the reward for whoever comes through a person, once they come."""
        incentives = self.scenario.incentives
        return math.log1p(incentives.recipient / incentives.scale) * self.offered()

    def community(self, person: int) -> float:
        """Membership, influence, needs and connection of a follower."""
        community, relation = self.scenario.community, self.state.relation[person]
        joined, answers = int(relation["joined"]), int(relation["answers"])
        hours = (self.tick - joined) * self.scenario.hours_per_tick
        member = 1 - 2 ** (-hours / community.tenure) if joined >= 0 else 1.0
        density = 0.0
        if community.rooms:
            room = int(self.trait(draws.ROOM, person) * community.rooms)
            rate = float(self.chatter[room])
            density = rate / (rate + community.talk)
            density /= 1 + float(self.due.members[room]) / community.crowd
        connection = (float(self.state.bond[person]) + density) / 2
        return (member + answers / (answers + 1) + float(relation["given"]) + connection) / 4

    # the seat of the agents: each decision is heard, compared by a test, and passed on -----------

    def notice(self, wave: Wave, exposures: Exposures, noticed: Noticed, message: int) -> Noticed:
        if exposures is not self.current:
            self.current = exposures
            self.round += 1
            rows = sorted(self.rounds[self.round], key=lambda row: (row.message, row.post))
            self.rows = rows
            self.arrivals = Counter(row.person for row in rows)
            self.check_deliver(wave, exposures)
        self.check_notice(wave, exposures, noticed, message)
        for at in noticed.who.tolist():
            person = int(noticed.person[at])
            self.doses[message, person] = min(self.doses[message, person] + 1, 15)
        return noticed

    def click(
        self, wave: Wave, noticed: Noticed, clicked: NDArray[np.int32], message: int
    ) -> NDArray[np.int32]:
        self.check_click(wave, noticed, clicked, message)
        self.clicked_on.update((message, p) for p in noticed.person[clicked != NOT].tolist())
        return clicked

    def find(self, wave: Wave, noticed: Noticed, clicked: Any, found: Any, message: int) -> Any:
        self.check_find(wave, noticed, clicked, found, message)
        return found

    def convert(
        self, wave: Wave, noticed: Noticed, clicked: Any, converted: Any, found: Any, message: int
    ) -> Any:
        hops = [0 if entry == NOT else int(wave.hop[entry]) for entry in clicked.tolist()]
        self.check_convert(noticed, hops, found, converted, message)
        return converted

    def share(
        self,
        wave: Wave,
        noticed: Noticed,
        shared: NDArray[np.int32],
        clicked: Any,
        converted: Any,
        message: int,
    ) -> NDArray[np.int32]:
        self.check_share(wave, noticed, shared, message)
        self.passed_on.update((message, p) for p in noticed.person[shared != NOT].tolist())
        return shared

    def react(self, noticed: Noticed, reacted: Any, message: int) -> Any:
        self.check_react(noticed, reacted, message)
        return reacted

    def follow(
        self,
        wave: Wave,
        noticed: Noticed,
        shared: Any,
        clicked: Any,
        found: Any,
        follows: Any,
        message: int,
    ) -> Any:
        passed = np.where(clicked == NOT, shared, NOT)
        self.check_follow(wave, noticed, passed, clicked, found, follows, message)
        return follows

    def unfollow(self, noticed: Noticed, leaves: Any, message: int) -> Any:
        self.check_unfollow(noticed, leaves, message)
        for person in noticed.person.tolist():
            self.seen[person].add(message)
        return leaves

    def wrote(self, state: State) -> State:
        return state

    def serve(self, due: Due, wave: Wave, served: Served) -> Served:
        assert self.round + 1 == len(self.rounds) or not any(self.rounds[self.round + 1 :])
        self.check_publish(wave)
        self.check_serve(wave, served)
        return served

    # what a test may look at ----------------------------------------------------------------------

    def posted(self, states: list[State]) -> None: ...
    def check_publish(self, wave: Wave) -> None: ...
    def check_deliver(self, wave: Wave, exposures: Exposures) -> None: ...
    def check_notice(self, w: Wave, e: Exposures, noticed: Noticed, message: int) -> None: ...
    def check_share(self, wave: Wave, noticed: Noticed, shared: Any, message: int) -> None: ...
    def check_click(self, wave: Wave, noticed: Noticed, clicked: Any, message: int) -> None: ...
    def check_find(self, w: Wave, n: Noticed, clicked: Any, found: Any, message: int) -> None: ...
    def check_convert(self, n: Noticed, h: Any, f: Any, converted: Any, message: int) -> None: ...
    def check_react(self, noticed: Noticed, reacted: Any, message: int) -> None: ...
    def check_unfollow(self, noticed: Noticed, leaves: Any, message: int) -> None: ...
    def check_follow(
        self, w: Wave, n: Noticed, passed: Any, c: Any, found: Any, follows: Any, message: int
    ) -> None: ...
    def check_serve(self, wave: Wave, served: Served) -> None: ...
