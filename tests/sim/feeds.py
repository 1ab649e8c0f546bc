"""Feeds once more, in plain Python: whose visit is when, and what waits for it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from wordofmouth import Scenario
from wordofmouth.sim import draws

from . import plain

AT_MOST = [sum(math.exp(-1) / math.factorial(k) for k in range(n + 1)) for n in range(18)]


class Row(NamedTuple):
    """A post in somebody's feed: its place among all posts, what it is, whose and till when."""

    post: int
    message: int
    code: int
    hop: int
    hours: float
    person: int
    visit: float


class Feeds:
    """What waits in feeds, where people visit them now and then."""

    def __init__(
        self,
        scenario: Scenario,
        luck: int,
        identity: list[int],
        rate: Callable[[int], float] | None = None,
    ) -> None:
        self.scenario, self.identity = scenario, identity
        self.rate = rate or (lambda _: float(scenario.people.activity))
        self.key = plain.key_of(luck, int(draws.VISIT))
        self.always = scenario.people.activity == "always"
        self.waiting: list[Row] = []
        weights = scenario.people.rhythm or (1.0,) * 24
        # A person's visits are asked for at every post that arrives.
        self.visits = cache(self.visits_of)
        self.passed = np.concatenate([[0.0], np.cumsum(weights)]) * 24 / sum(weights)

    def passed_by(self, hours: float) -> float:
        days, hour = divmod(hours, 24)
        return float(24 * days + np.interp(hour, range(25), self.passed))

    def hour_of(self, passed: float) -> float:
        days, hour = divmod(passed, 24)
        # Of hours in which nobody visits, the last.
        begins = int(np.flatnonzero(self.passed[:-1] <= hour)[-1])
        part = (hour - self.passed[begins]) / (self.passed[begins + 1] - self.passed[begins])
        return float(24 * days + begins + part)

    def visits_of(self, person: int, part: int) -> list[float]:
        """The visits of a person in a part of time in which one is expected, in order."""
        bits = plain.draw(plain.key_of(self.key, part), self.identity[person])
        count = sum(plain.uniform(bits) >= each for each in AT_MOST)
        places = [(bits + (k + 1) * plain.GOLDEN) & plain.MASK for k in range(count)]
        return sorted(part + plain.uniform(plain.mix(place)) for place in places)

    def around(self, person: int, hours: float) -> tuple[float, float]:
        """The hours of the visits before and after an hour."""
        rate = self.rate(person)
        if rate == 0.0:
            return -math.inf, math.inf
        now = rate * self.passed_by(hours)
        part = math.floor(now)
        while not (after := [v for v in self.visits(person, part) if v > now]):
            part += 1
        part = math.floor(now)
        while not (before := [v for v in self.visits(person, part) if v <= now]):
            part -= 1
        return self.hour_of(before[-1] / rate), self.hour_of(after[0] / rate)

    def put(self, row: Row) -> None:
        """A post arrives; whoever is always online meets it now."""
        if not self.always:
            row = row._replace(visit=self.around(row.person, row.hours)[1])
        self.waiting.append(row)

    def met(self, tick: int, low: int, high: int) -> list[list[Row]]:
        """What the people of a range meet in a tick: visit after visit of each of them."""
        length = self.scenario.hours_per_tick
        now: list[Row] = []
        later: list[Row] = []
        for row in self.waiting:
            mine = low <= row.person < high
            due = self.always or int(min(row.visit / length, 1e9)) <= tick
            (now if mine and due else later).append(row)
        self.waiting = later
        if self.always:
            return [now]
        visits: defaultdict[int, set[float]] = defaultdict(set)
        for row in now:
            visits[row.person].add(row.visit)
        order = {person: sorted(each) for person, each in visits.items()}
        rounds = max(map(len, order.values()), default=1)
        found: list[list[Row]] = [[] for _ in range(rounds)]
        for row in now:
            found[order[row.person].index(row.visit)].append(row)
        return found
