"""Every kernel on its own: equal to a loop in plain Python, with formulas written once more.

A campaign is stepped with a listener in the seat of the agents. It is told what each kernel
decided, works out the same from the scenario, and passes it on unchanged.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import ndtri
from wordofmouth import Network, Scenario
from wordofmouth.sim import draws
from wordofmouth.sim.campaign import Campaign
from wordofmouth.sim.exposures import Exposures
from wordofmouth.sim.stages.notice import Noticed
from wordofmouth.sim.stages.react import COMMENTS, LIKES
from wordofmouth.sim.stages.serve import Served
from wordofmouth.sim.stages.share import ASKED, NOT
from wordofmouth.sim.state import COMMENT, CONVERTED, DOSE, EXPOSED, SHARES, THANKS, State
from wordofmouth.sim.wave import Wave
from wordofmouth.sim.world import STRANGER

from ..agents.generated import PARTS, scenarios
from ..agents.generated_networks import networks
from . import plain
from .feeds import Row
from .listener import Listener, happens

ROLE_NAMES = ("stranger", "fan", "advocate")
# What is not written once more here, and which tests hold it to what it should be instead; that
# agents and kernels agree about it is not enough, since both ask the same formula.
ELSEWHERE = {
    "ads": "tests/sim/test_paid_media.py::test_impressions_times_the_click_rate_are_clicks",
    "rivals": "tests/sim/test_rivals.py::test_they_post_once_more_where_the_brand_is_too_loud",
    "rule": "tests/sim/test_rules.py::test_each_step_adopts_as_many_as_the_hazard_says",
    "calendar": "tests/sim/test_rivals.py::"
    "test_their_posts_reach_the_share_that_follows_them_and_the_brand_none",
    "silence": "tests/levers/test_equalities.py::test_half_of_it_is_gone_after_a_half_life",
    "complaints": "tests/levers/test_equalities.py::"
    "test_what_goes_wrong_is_mended_or_told_or_still_waits",
    "advocacy": "tests/levers/test_equalities.py::test_a_rung_is_a_state_with_a_history",
    "inside": "tests/levers/test_equalities.py::test_two_campaigns_are_one",
    "channels": "tests/levers/test_equalities.py::"
    "test_where_everybody_is_on_all_channels_they_are_one",
    "timeline": "tests/levers/test_equalities.py::test_a_change_and_back_again_lasts_that_long",
    "talk": "tests/sim/test_talk.py::test_who_mentions_the_brand_in_a_week_and_what_it_finds",
}


def lately(listener: Listener, person: int) -> int:
    """Messages that a person noticed in a month of 720 hours, whole ones."""
    passed = (listener.tick + 1) * listener.scenario.hours_per_tick
    return int(len(listener.seen[person]) * min(1.0, 720.0 / passed))


def with_tools(listener: Listener, name: str, weight: float) -> float:
    """By what the odds of all are multiplied, the mean over who has each tool and who has not."""
    return math.prod(
        1.0 - tool.reach + tool.reach * math.exp(weight * getattr(tool, name))
        for tool in listener.scenario.publish.tools
    )


class Publish(Listener):
    def check_publish(self, wave: Wave) -> None:
        columns = (wave.message, wave.person, wave.hop, wave.hours)
        found = list(zip(*(column.tolist() for column in columns), strict=True))
        assert found == self.published
        places = np.searchsorted(wave.message, range(len(self.posts) + 1))
        assert wave.start.tolist() == places.tolist()
        assert (wave.tick == self.tick).all()
        # Where feeds do not wait, every decision about a post is drawn by this name.
        senders = [self.sender(code) for code in wave.person.tolist()]
        assert wave.name.tolist() == [plain.mixed(sender) for sender in senders]

    def posted(self, states: list[State]) -> None:
        """Every share is due at its tick, one hop further than where it was seen."""
        expected: Counter[tuple[int, int, int]] = Counter()
        for state in states:
            for row in range(state.size[SHARES]):
                entry, hours = state.shares[row], float(state.posted[row])
                due = max(int(hours / self.scenario.hours_per_tick), int(entry["tick"]) + 1)
                if due != self.tick:
                    continue
                expected[int(entry["message"]), int(entry["person"]), int(entry["hop"]) + 1] += 1
        assert Counter(map(tuple, self.due.shares.tolist())) == expected


class Deliver(Listener):
    def check_deliver(self, wave: Wave, exposures: Exposures) -> None:
        """What each meets at this visit: all that arrived since the one before."""
        found = [
            self.row_of(wave, entry, person)
            for entry, person in zip(
                exposures.entry.tolist(), exposures.person.tolist(), strict=True
            )
        ]
        assert found == [
            (row.message, row.code, row.hop, row.hours, row.person) for row in self.rows
        ]
        starts = np.searchsorted([row.message for row in self.rows], range(len(self.posts) + 1))
        assert exposures.start.tolist() == starts.tolist()
        if not self.feeds.always:
            visits = [row.visit for row in self.rows]
            assert exposures.visit.tolist() == pytest.approx(visits, rel=1e-12)
        if not isinstance(self.scenario.attention, str):
            arrivals = {person: int(self.state.arrivals[person]) for person in self.arrivals}
            assert arrivals == dict(self.arrivals)

    def check_serve(self, wave: Wave, served: Served) -> None:
        """The campaign has reached those in whose feed anything ever arrived, and no others."""
        reached = np.flatnonzero(self.state.steps >> EXPOSED & 1).tolist()
        assert [person for person in reached if self.mine(person)] == sorted(
            person for person in self.met if self.mine(person)
        )


class Notice(Listener):
    def chance(self, row: Row) -> float:
        attention, person = self.scenario.attention, row.person
        if isinstance(attention, str):
            return 1.0
        since, fresh = 1.0, 1.0
        if not self.feeds.always:
            since = row.visit - self.feeds.around(person, row.hours)[0]
            fresh = 0.5 ** ((row.visit - row.hours) / self.types[row.message].longevity)
        rivals = self.scenario.notice.background * int(self.network.following[person]) * since
        share = min(1.0, attention / (self.arrivals[person] + rivals))
        chance = plain.shifted(share * fresh, self.scenario.boost.notice)
        return chance * (1 + lately(self, person)) ** -self.scenario.notice.habit

    def check_notice(
        self, wave: Wave, exposures: Exposures, noticed: Noticed, message: int
    ) -> None:
        entries, people, doses = [], [], Counter()
        for row in self.rows:
            if row.message != message:
                continue
            bits = self.bits(draws.NOTICE, message, row.person, row.code)
            if happens(bits, self.chance(row)):
                entries.append((message, row.code, row.hop, row.hours, row.person))
                doses[row.person] += 1
        begin = self.asked(message) if self.round == 0 else []
        for person in [row[-1] for row in entries] + begin:
            if person not in people:
                people.append(person)
        assert noticed.person.tolist() == people
        through = noticed.person[noticed.who].tolist()
        assert [
            self.row_of(wave, entry, person)
            for entry, person in zip(noticed.entry.tolist(), through, strict=True)
        ] == entries
        assert noticed.doses.tolist() == [
            min(15, self.doses[message, person] + doses[person]) for person in people
        ]
        assert noticed.asked.tolist() == [person in begin for person in people]


class Share(Listener):
    def log_odds(self, code: int, hop: int, person: int, doses: int, message: int) -> float:
        """One answer after the other to why anybody should pass it on."""
        scenario, post = self.scenario, self.types[message]
        weight, boost = scenario.share.weight, scenario.boost
        role = ROLE_NAMES[self.state.role[person]]
        incentives, people = scenario.incentives, scenario.people
        utility = self.hoped_for() * self.offered()
        greedy = self.trait(draws.OPPORTUNIST, person) < people.opportunists
        total = plain.logit(getattr(scenario.share.base, role)) + post.contagiousness
        luck = plain.uniform(plain.draw(plain.key_of(self.luck, int(draws.APPEAL)), message))
        total += post.contagiousness_spread * float(ndtri(max(luck, 2.0**-54)))
        if scenario.people.susceptibility_spread:
            normal = ndtri(max(self.trait(draws.SUSCEPTIBILITY, person), 2.0**-54))
            total += float(np.float32(people.susceptibility_spread * normal))
        total -= people.reluctance * greedy
        total += self.segment(person).base
        place = self.trait(draws.INTEREST, person)
        around = place if place < 0.5 else place - 1
        place = (people.topic + 2 * people.topic_spread * around) % 1
        apart = abs(float(np.float32(place)) - post.topic)
        total += weight.topic * (1 - 4 * min(apart, 1 - apart))
        total += weight.trust * self.believed(code, hop, person, message)
        spread = 2 * self.trait(draws.AFFINITY, person) - 1
        affinity = float(np.float32(1 + people.affinity_spread * spread))
        affinity *= people.greed if greedy else 1.0
        felt = affinity * (1 + weight.reward_weak * (1 - self.tie(person)))
        total += weight.reward * felt * (utility + incentives.access)
        other = weight.reward if weight.recipient is None else weight.recipient
        total += other * self.weight_of_chance() * self.welcome()
        total += weight.status * post.spotlight
        total += weight.reciprocity * float(self.state.bond[person])
        total += weight.generalised * float(self.state.relation["helped"][person])
        interact = scenario.interact
        if interact.thank or (interact.reply and interact.comment):
            total += weight.thanked * (int(self.state.relation["answers"][person]) > 0)
        total += math.log(with_tools(self, "ease", 1.0))
        total += weight.doses * math.log(doses)
        total += weight.first * (hop == 1)
        total -= weight.image * utility * incentives.public
        total -= weight.fatigue * math.log1p(len(self.seen[person] - {message}))
        total -= scenario.channels[str(self.posts[message].channel)].effort
        return total + (boost.share if hop == 0 else boost.reshare)

    def check_share(self, wave: Wave, noticed: Noticed, shared: Any, message: int) -> None:
        successes: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for entry, at in zip(noticed.entry.tolist(), noticed.who.tolist(), strict=True):
            person, code, hop = int(noticed.person[at]), int(wave.person[entry]), wave.hop[entry]
            bits = self.bits(draws.SHARE, message, person, code)
            doses = self.doses[message, person]
            if happens(bits, plain.logistic(self.log_odds(code, int(hop), person, doses, message))):
                successes[at].append((plain.mix(bits), entry))
        expected = []
        for at, person in enumerate(noticed.person.tolist()):
            if (message, person) in self.passed_on:
                expected.append(NOT)
            elif noticed.asked[at]:
                expected.append(ASKED)
            else:
                expected.append(min(successes[at])[1] if successes[at] else NOT)
        assert shared.tolist() == expected


class Click(Listener):
    def check_click(self, wave: Wave, noticed: Noticed, clicked: Any, message: int) -> None:
        transact = self.scenario.transact
        successes: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for entry, at in zip(noticed.entry.tolist(), noticed.who.tolist(), strict=True):
            person, code, hop = int(noticed.person[at]), int(wave.person[entry]), wave.hop[entry]
            log_odds = plain.logit(transact.click) + self.scenario.boost.click
            log_odds += transact.click_trust * self.believed(code, int(hop), person, message)
            log_odds += transact.click_offer * self.types[message].offer
            log_odds += transact.click_reward * self.welcome() * (hop > 0)
            log_odds += self.segment(person).click
            had, has = int(noticed.before[at]) >> DOSE, int(noticed.doses[at])
            each = [k**transact.click_doses for k in range(had + 1, has + 1)]
            log_odds += math.log(np.mean(each or [max(has, 1) ** transact.click_doses]))
            bits = self.bits(draws.CLICK, message, person, code)
            if happens(bits, plain.logistic(log_odds)):
                successes[at].append((plain.mix(bits), entry))
        assert clicked.tolist() == [
            min(successes[at])[1]
            if successes[at] and (message, person) not in self.clicked_on
            else NOT
            for at, person in enumerate(noticed.person.tolist())
        ]


class Find(Listener):
    def check_find(
        self, wave: Wave, noticed: Noticed, clicked: Any, found: Any, message: int
    ) -> None:
        expected = []
        for at, person in enumerate(noticed.person.tolist()):
            chance = 0.0
            if clicked[at] != NOT:
                chance = self.chance_to_find(message, int(wave.hop[clicked[at]]))
            expected.append(happens(self.bits(draws.FIND, message, person), chance))
        assert found.tolist() == expected


class Convert(Listener):
    def check_convert(
        self, noticed: Noticed, hops: Any, found: Any, converted: Any, message: int
    ) -> None:
        transact, post = self.scenario.transact, self.types[message]
        expected = []
        for at, person in enumerate(noticed.person.tolist()):
            trust, came = float(self.state.trust[person]), hops[at] > 0
            own = self.segment(person)
            price = transact.price if own.price is None else own.price
            price *= 1 - self.scenario.incentives.discount * came
            log_odds = plain.logit(transact.convert) + self.scenario.boost.convert + own.convert
            log_odds += transact.convert_trust * trust
            log_odds += transact.convert_value * post.value
            log_odds += transact.convert_given * float(self.state.relation["given"][person])
            log_odds += transact.convert_reward * self.welcome() * came
            log_odds -= transact.convert_price * math.log1p(price / transact.price_scale)
            said = transact.reference_price
            usual = transact.price if said is None else said
            if usual > 0:
                log_odds -= transact.elasticity * math.log(max(price / usual, 0.01))
            log_odds -= transact.convert_risk * transact.risk * (1 - trust)
            bits = self.bits(draws.CONVERT, message, person)
            may = found[at] and not (post.exclusive and self.state.role[person] == STRANGER)
            had = transact.once == "campaign" and self.state.steps[person] >> CONVERTED & 1
            may = may and not had
            expected.append(bool(may) and happens(bits, plain.logistic(log_odds)))
        assert converted.tolist() == expected


class React(Listener):
    def check_react(self, noticed: Noticed, reacted: Any, message: int) -> None:
        interact = self.scenario.interact
        expected = []
        for person in noticed.person.tolist():
            bond = float(self.state.bond[person])
            member = self.state.role[person] != STRANGER
            likes = plain.logit(interact.like) + interact.like_bond * bond
            comments = plain.logit(interact.comment) + interact.comment_bond * bond
            comments += interact.comment_dialogue * self.types[message].dialogue
            if interact.comment_community and member:
                comments += interact.comment_community * self.community(person)
            done = LIKES * happens(self.bits(draws.LIKE, message, person), plain.logistic(likes))
            if happens(self.bits(draws.COMMENT, message, person), plain.logistic(comments)):
                done |= COMMENTS
            expected.append(0 if message in self.seen[person] else int(done))
        assert reacted.tolist() == expected


class Follow(Listener):
    def check_follow(
        self,
        wave: Wave,
        noticed: Noticed,
        passed: Any,
        clicked: Any,
        found: Any,
        follows: Any,
        message: int,
    ) -> None:
        interact = self.scenario.interact
        expected = []
        for at, person in enumerate(noticed.person.tolist()):
            moved = passed[at] == ASKED or (clicked[at] != NOT and found[at])
            if passed[at] >= 0:  # without a click
                chance = self.chance_to_find(message, int(wave.hop[passed[at]]))
                moved = happens(self.bits(draws.FIND, message, person), chance)
            log_odds = plain.logit(interact.follow) + self.scenario.boost.follow
            log_odds += interact.follow_trust * float(self.state.trust[person])
            log_odds += interact.follow_exclusive * self.types[message].exclusive
            log_odds += interact.follow_value * self.types[message].value
            log_odds += math.log(with_tools(self, "value", interact.follow_value))
            met = happens(self.bits(draws.FOLLOW, message, person), plain.logistic(log_odds))
            expected.append(bool(moved and self.state.role[person] == STRANGER and met))
        assert follows.tolist() == expected


class Unfollow(Listener):
    def check_unfollow(self, noticed: Noticed, leaves: Any, message: int) -> None:
        interact = self.scenario.interact
        expected = []
        for person in noticed.person.tolist():
            if message in self.seen[person] or self.state.role[person] == STRANGER:
                expected.append(False)
                continue
            log_odds = plain.logit(interact.unfollow) + self.scenario.boost.unfollow
            log_odds -= math.log(with_tools(self, "value", interact.follow_value))
            log_odds += interact.unfollow_fatigue * math.log1p(lately(self, person))
            log_odds += interact.unfollow_selling * self.types[message].commerciality
            log_odds -= interact.unfollow_bond * float(self.state.bond[person])
            log_odds -= interact.unfollow_community * self.community(person)
            bits = self.bits(draws.UNFOLLOW, message, person)
            expected.append(happens(bits, plain.logistic(log_odds)))
        assert leaves.tolist() == expected


class Serve(Listener):
    """Who is left over waits: comments first, then shares; who came earlier first, then luck."""

    def __init__(self, campaign: Campaign, identity: NDArray[np.uint64] | None) -> None:
        super().__init__(campaign, identity)
        self.waiting: list[tuple[int, int, int, int, int]] = []
        self.answered = self.waiting
        self.at = -1

    def answer(self, wave: Wave) -> None:
        """Once a tick, for all owners."""
        interact, boost = self.scenario.interact, self.scenario.boost
        chance = plain.logistic(plain.logit(interact.reply) + boost.reply)
        for kind, message, person, *_ in self.due.tasks.tolist():
            key = plain.key_of(self.luck, int(draws.REPLY), message, -1)
            bits = plain.draw(key, self.identity[person])
            if kind == COMMENT and happens(bits, chance):
                self.waiting.append((COMMENT, self.tick, bits, message, person))
        chance = plain.logistic(plain.logit(interact.thank) + boost.thank)
        for message, person in zip(wave.message.tolist(), wave.person.tolist(), strict=True):
            if person >= 0 and happens(bits := self.bits(draws.THANK, message, person), chance):
                self.waiting.append((THANKS, self.tick, bits, message, person))
        hours = self.scenario.hours_per_tick
        done, capacity = (int((self.tick + k) * interact.capacity * hours + 1e-9) for k in range(2))
        capacity -= done
        self.waiting.sort()
        self.answered, self.waiting = self.waiting[:capacity], self.waiting[capacity:]

    def check_serve(self, wave: Wave, served: Served) -> None:
        if self.at < self.tick:
            self.at = self.tick
            self.answer(wave)
        found = served.line[served.answered][:, [0, 5, 1, 2]].tolist()
        assert sorted(found) == sorted([k, since, m, p] for k, since, _, m, p in self.answered)
        # What a contact leaves behind is written once this has returned.
        self.met_now = [person for *_, person in self.answered]
        self.before = self.state.trust.copy(), self.state.bond.copy()

    def posted(self, states: list[State]) -> None:
        gain = self.scenario.interact
        state = self.state
        trust, bond = self.before
        for person in self.met_now:
            if self.mine(person):
                trust[person] += gain.trust_gain * (1 - float(trust[person]))
                bond[person] += gain.bond_gain * (1 - float(bond[person]))
        part = slice(state.low, state.high)
        np.testing.assert_allclose(state.trust[part], trust[part], rtol=1e-6)
        np.testing.assert_allclose(state.bond[part], bond[part], rtol=1e-6)


@pytest.mark.parametrize("part", ELSEWHERE)
def test_what_is_left_out_is_tested_elsewhere(part: str) -> None:
    assert part in PARTS
    file, _, test = ELSEWHERE[part].partition("::")
    text = (Path(__file__).resolve().parents[2] / file).read_text(encoding="utf-8")
    assert f"def {test}(" in text


@st.composite
def lively(draw: st.DrawFn) -> tuple[Scenario, Network]:
    """A scenario in which something happens at every stage, among enough people for two owners."""
    some = st.floats(0.1, 0.7)
    stages = (
        "transact.click", "transact.convert", "interact.follow", "interact.thank",
        "interact.like", "interact.comment", "interact.reply", "interact.unfollow",
    )  # fmt: skip
    changes = {path: draw(some) for path in (*stages, "people.fans", "people.advocates")}
    changes |= {f"share.base.{role}": draw(some) for role in ROLE_NAMES}
    changes |= {
        "horizon": draw(st.integers(3, 6)),
        "content": draw(st.permutations(["one", "two"])),
    }
    return draw(scenarios(without=tuple(ELSEWHERE))).replace(changes), half_a_network(
        draw(st.integers(0, 999))
    )


def half_a_network(seed: int) -> Network:
    """Every other arc of a scale-free network: few are heard by those whom they hear."""
    whole = Network.generate("preferential_attachment", 150, seed=seed, m=3)
    source, target = np.repeat(np.arange(whole.n), whole.followers)[::2], whole.indices[::2]
    closeness = np.arange(source.size) % 11 / 10 if seed % 2 else None
    return Network.from_edges(source, target, whole.n, weights=closeness)


@pytest.mark.parametrize(
    "stage",
    [Publish, Deliver, Notice, Click, Find, Convert, Share, React, Follow, Unfollow, Serve],
)
@settings(max_examples=50, suppress_health_check=list(HealthCheck))
@given(
    st.one_of(lively(), st.tuples(scenarios(without=tuple(ELSEWHERE)), networks())),
    st.integers(0, 2**62),
    st.booleans(),
    st.sampled_from([1, 1, 2]),
)
def test_a_kernel_decides_as_a_plain_loop_does(
    stage: type[Listener],
    both: tuple[Scenario, Network],
    seed: int,
    renamed: bool,
    owners: int,
) -> None:
    scenario, network = both
    identity = None
    if renamed:
        identity = np.array([plain.mix(seed + row) for row in range(network.n)], np.uint64)
    campaign = Campaign(
        scenario, network=network, seed=seed, world=seed % 5, threads=owners, identity=identity
    )
    listener = stage(campaign, identity)
    while campaign.running:
        listener.step()
