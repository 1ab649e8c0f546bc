"""`everyday` is calibrated: cascades, word of mouth and leads lie where they were measured (B1).

Followers are so unequal that single runs say little. Each number is a ratio over runs in several
worlds, and must lie inside its published band with four standard errors to spare on both sides:
a bias that would leave the band fails, and luck does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import sqrt
from typing import NamedTuple, TypeAlias

import numpy as np
import pytest
from numpy.typing import NDArray
from wordofmouth.scenarios.loader import load
from wordofmouth.sim import state as s
from wordofmouth.sim.campaign import choose_network, run
from wordofmouth.sim.parameters import Scenario
from wordofmouth.sim.result import Result
from wordofmouth.sim.world import STRANGER

pytestmark = pytest.mark.slow

EVERYDAY = load("everyday")


class Told(NamedTuple):
    """What is kept of each run: counts, so that sums over runs have meaning."""

    cascades: int
    alone: int
    shallow: int
    fifty: int
    hundred: int
    first: int
    later: int
    shares: int
    reach: int
    fans: int
    fans_reached: int
    strangers: int
    strangers_reached: int
    owned: int
    earned: int
    earned_by_strangers: int
    reshared_by_strangers: int
    noticed_owned: int
    noticed: int
    clicks: int
    leads: int
    new_fans: int


def tell(result: Result) -> Told:
    # Events by step, role and hop, over all messages.
    events = result.counts[..., 0].sum(axis=0)
    noticed = (result.steps >> np.uint16(s.NOTICED) & 1).astype(bool)
    fans = result.role_at_birth != STRANGER
    forest, hop = result.cascades, result.share_log.hop
    exposed = events[s.EXPOSED]
    return Told(
        cascades=len(forest),
        alone=int((forest.size == 1).sum()),
        shallow=int((forest.depth <= 1).sum()),
        fifty=int((forest.size >= 50).sum()),
        hundred=int((forest.size >= 100).sum()),
        first=int((hop == 1).sum()),
        later=int((hop > 1).sum()),
        shares=hop.size,
        reach=int(result.kpis["reach"]),
        fans=int(fans.sum()),
        fans_reached=int(noticed[fans].sum()),
        strangers=int((~fans).sum()),
        strangers_reached=int(noticed[~fans].sum()),
        owned=int(exposed[:, 0].sum()),
        earned=int(exposed[:, 1:].sum()),
        earned_by_strangers=int(exposed[STRANGER, 1:].sum()),
        reshared_by_strangers=int(events[s.RESHARED, STRANGER].sum()),
        noticed_owned=int(events[s.NOTICED][:, 0].sum()),
        noticed=int(events[s.NOTICED].sum()),
        clicks=int(result.kpis["clicks"]),
        leads=int(result.kpis["conversions"]),
        new_fans=int(result.kpis["new_fans"]),
    )


# Counts by world, run and name.
Runs: TypeAlias = NDArray[np.float64]


def column(runs: Runs, *names: str) -> Runs:
    """The sum of these counts, by world and run."""
    return runs[..., [Told._fields.index(name) for name in names]].sum(axis=-1)


def ratio(part: Runs, whole: Runs) -> tuple[float, float]:
    """Sum by sum, and its standard error over worlds (Cochran 1977, section 2.11)."""
    value = float(part.sum() / whole.sum())
    residuals = (part - value * whole).sum(axis=1)
    worlds = residuals.size
    spread = sqrt(worlds / (worlds - 1) * float((residuals**2).sum()))
    return value, spread / float(whole.sum())


def assert_inside(low: float, part: Runs, whole: Runs, high: float) -> None:
    value, error = ratio(part, whole)
    assert low + 4 * error < value < high - 4 * error, (low, value, error, high)


def in_worlds(scenario: Scenario, worlds: Iterable[int], each: int) -> Runs:
    """So many runs in each world: to make a network takes five times as long as a run."""
    told = []
    for world in worlds:
        network = choose_network(scenario, world)
        seeds = range(world * each, (world + 1) * each)
        told.append([tell(run(scenario, network=network, seed=k, world=world)) for k in seeds])
    return np.array(told, dtype=float)


@pytest.fixture(scope="module")
def runs() -> Runs:
    return in_worlds(EVERYDAY, range(16), 8)


def assert_small_and_shallow(runs: Runs) -> None:
    # Goel, Watts & Goldstein 2012: the first sharer and those who had it from them are at least
    # 90 % of adoptions, and 1 to 4 % of the trees go beyond; half as many again are let pass.
    cascades = column(runs, "cascades")
    within, error = ratio(column(runs, "cascades", "first"), column(runs, "shares"))
    assert within > 0.85
    assert within + 4 * error > 0.90  # a few large cascades move it
    assert_inside(0.73, column(runs, "alone"), cascades, 0.95)
    assert_inside(0.94, column(runs, "shallow"), cascades, 0.99)


def assert_subcritical(runs: Runs) -> None:
    # R at the first hop, at later ones, and new sharers by all sharers.
    assert_inside(0.15, column(runs, "first"), column(runs, "cascades"), 0.45)
    later, error = ratio(column(runs, "later"), column(runs, "first", "later"))
    assert abs(later - 0.38) < 4 * error + 0.03  # measured; .41 to .47 in retweet trees
    assert later < 0.8
    assert_inside(0.15, column(runs, "first", "later"), column(runs, "shares"), 0.45)


def test_cascades_are_small_and_shallow(runs: Runs) -> None:
    assert_small_and_shallow(runs)


def test_a_sharer_brings_less_than_half_a_sharer(runs: Runs) -> None:
    assert_subcritical(runs)


def test_word_of_mouth_adds_half_and_not_thirty_times(runs: Runs) -> None:
    # 1 / (1 - R), where source 004's arithmetic has 30 times more in each generation.
    assert_inside(1.1, column(runs, "shares"), column(runs, "cascades"), 2.5)
    assert_inside(1.1, column(runs, "owned", "earned"), column(runs, "owned"), 2.5)


def test_no_run_is_dead_and_none_explodes(runs: Runs) -> None:
    people = EVERYDAY.network.people
    assert (column(runs, "shares") > 50).all()
    assert (column(runs, "earned") > 0).all()
    assert (column(runs, "reach") > column(runs, "fans_reached")).all()
    assert (column(runs, "reach") < 0.5 * people).all()
    assert (column(runs, "clicks") > 0).all()


def test_most_fans_and_some_strangers_are_reached(runs: Runs) -> None:
    assert_inside(0.8, column(runs, "fans_reached"), column(runs, "fans"), 0.97)
    assert_inside(0.04, column(runs, "strangers_reached"), column(runs, "strangers"), 0.25)
    assert_inside(0.0, column(runs, "new_fans"), column(runs, "fans"), 0.01)


def test_strangers_share_as_rarely_as_was_measured(runs: Runs) -> None:
    # An exposure, not a post noticed: .0017, at most .0002 to .01 (Goel et al. 2016).
    exposures = column(runs, "earned_by_strangers")
    assert_inside(0.001, column(runs, "reshared_by_strangers"), exposures, 0.004)


def test_clicks_and_leads_are_those_of_social_media(runs: Runs) -> None:
    # WordStream 2018: .5 to 1.6 % click, and 9.2 % of those leave an address.
    assert_inside(0.005, column(runs, "clicks"), column(runs, "noticed"), 0.016)
    assert_inside(0.07, column(runs, "leads"), column(runs, "clicks"), 0.115)
    assert column(runs, "leads").mean() > 5


def test_followers_are_as_unequal_as_was_measured() -> None:
    followers = choose_network(EVERYDAY, 0).followers
    assert 80 < followers.mean() < 120  # and so is what people follow (Ugander et al. 2011: 99)
    assert np.median(followers) < followers.mean() / 2
    tail = followers[followers >= 100]
    exponent = 1 + tail.size / np.log(tail / 99.5).sum()  # Clauset, Shalizi & Newman 2009
    assert 2.1 < exponent < 2.6  # Kwak et al. 2010
    assert followers.max() > 5_000


def test_visibility_falls_as_one_over_the_number_followed(runs: Runs) -> None:
    # Hodas & Lerman 2012. Twice as many followers each are twice as many accounts to follow.
    doubled = EVERYDAY.replace({"network.mean": 194.0})
    crowded = in_worlds(doubled, [0, 1], 6)
    seen = [
        ratio(column(each, "noticed_owned"), column(each, "owned"))[0] for each in (runs, crowded)
    ]
    follow = [choose_network(each, 0).following.mean() for each in (EVERYDAY, doubled)]
    assert 1.8 < follow[1] / follow[0] < 2.1
    assert seen[0] / seen[1] == pytest.approx(follow[1] / follow[0], rel=0.05)


def test_a_post_reaches_a_page_s_share_of_its_fans(runs: Runs) -> None:
    # Facebook 2012: 16 %. The larger pages had less, 8 %.
    assert_inside(0.08, column(runs, "noticed_owned"), column(runs, "owned"), 0.2)


def among_friends(attention: float | str, base: float) -> Runs:
    """Where ties go both ways, so that those who have many friends hear of everything first."""
    scenario = EVERYDAY.replace(
        {
            "network": {
                "kind": "clustered_preferential_attachment",
                "people": 20_000,
                "m": 40,
                "triad_probability": 0.9,
            },
            "attention": attention,
            "share.base": {"stranger": base, "fan": base, "advocate": 3 * base},
        }
    )
    return in_worlds(scenario, range(4), 20)


def test_a_constant_probability_is_too_deep_and_limited_attention_repairs_it() -> None:
    limited, constant = among_friends(2.0, 0.0105), among_friends("unlimited", 0.001)

    def first(runs: Runs) -> tuple[float, float]:
        return ratio(column(runs, "first"), column(runs, "cascades"))

    def later(runs: Runs) -> tuple[float, float]:
        return ratio(column(runs, "later"), column(runs, "first", "later"))

    def within(runs: Runs) -> tuple[float, float]:
        return ratio(column(runs, "cascades", "first"), column(runs, "shares"))

    def apart(of: Callable[[Runs], tuple[float, float]]) -> tuple[float, float]:
        (a, a_error), (b, b_error) = of(limited), of(constant)
        return a - b, 4 * sqrt(a_error**2 + b_error**2)

    # The same R at the first hop ...
    assert abs(first(limited)[0] - 0.2) < 0.03
    assert abs(apart(first)[0]) < 0.03
    # ... and beyond it only the people with limited attention are where they were measured.
    difference, spread = apart(later)
    assert difference + spread < 0
    difference, spread = apart(within)
    assert difference - spread > 0
    assert within(limited)[0] > 0.90 > within(constant)[0]


def test_viral_hits_are_rare_and_happen() -> None:
    runs = in_worlds(EVERYDAY, range(100, 130), 60)
    assert_small_and_shallow(runs)
    assert_subcritical(runs)
    # In 100,000 cascades; 18 of 100 shares and more in a world without end at R = .3 (Goel et al.
    # 2016, summed as in oracle A1).
    cascades = column(runs, "cascades") / 1e5
    assert cascades.sum() > 5
    assert_inside(10, column(runs, "fifty"), cascades, 100)
    # Hits are too rare for four standard errors: some tens in all, and not all in one world.
    hits = column(runs, "hundred")
    assert 1 < ratio(hits, cascades)[0] < 30
    assert (hits.sum(axis=1) > 0).sum() >= 5
    assert column(runs, "reach").max() < EVERYDAY.network.people / 2
