"""The other rules of passing on, through the public engine, against what is known exactly of them.

A share that is made in one tick is posted in the next, and who hears it then may pass it on at
once: with attention unlimited a tick is a synchronous step, and the seeds share at step 0.
Tolerances are 4 standard errors, seeds are fixed, and what a test could see stands beside it.
"""

from __future__ import annotations

from functools import cache
from math import exp, sqrt

import numpy as np
import pytest
import wordofmouth as wom
from numpy.typing import NDArray
from scipy import stats
from scipy.optimize import brentq
from wordofmouth import Network, Result
from wordofmouth.experiments.answers.reproduction import bass_1969, watts_2002
from wordofmouth.experiments.answers.reproduction.bass_1969 import (
    ADOPTERS,
    IMITATION,
    INNOVATION,
    PEAK,
    TICK,
)

CASCADE = wom.load("cascade")


def every_role(probability: float) -> dict[str, float]:
    return {f"share.base.{role}": probability for role in ("stranger", "fan", "advocate")}


def steps_of(result: Result) -> NDArray[np.int64]:
    """The step in which each person passed it on, -1 where they never did."""
    steps = np.full(result.role.size, -1)
    steps[result.share_log.person] = result.share_log.tick
    return steps


# A9: fractional thresholds (Watts 2002) ---------------------------------------------------------

THRESHOLD, MOST_TIES = 0.18, 5  # whoever has so many ties or fewer gives way to one neighbour
WATTS = CASCADE.replace({"share.rule": "threshold", "share.threshold": THRESHOLD, "horizon": 150})
PEOPLE, GLOBAL = 10_000, 0.1  # a cascade is global where a tenth takes part


def watts_network(ties: float, seed: int) -> Network:
    return Network.generate("random", PEOPLE, seed=seed, mean_degree=ties)


def shares_of_people(network: Network, seeds: list[int]) -> NDArray[np.int64]:
    """Who adopts in which step, by counting everybody's neighbours again in each."""
    sender = np.repeat(np.arange(network.n), network.followers)
    steps = np.full(network.n, -1)
    steps[seeds] = 0
    for step in range(1, network.n):
        heard = np.bincount(network.indices[steps[sender] >= 0], minlength=network.n)
        ready = (steps < 0) & (heard > 0) & (heard >= THRESHOLD * network.following)
        if not ready.any():
            break
        steps[ready] = step
    return steps


def trigger_probability(ties: float) -> float:
    """That of a random seed with Poisson ties: 1 - G0(h), h = 1 - G1v(1) + G1v(h).

    G1v generates the further ties of a vulnerable person at the end of a tie; h is the chance that
    a tie does not lead into the giant vulnerable cluster.
    """
    further = np.arange(MOST_TIES)
    law = stats.poisson.pmf(further, ties)
    h = 0.0
    for _ in range(10_000):
        h = 1.0 - law.sum() + float((law * h**further).sum())
    return 1.0 - exp(-ties * (1.0 - h))


def test_the_window_of_global_cascades_is_that_of_watts() -> None:
    def beyond(ties: float) -> float:
        k = np.arange(MOST_TIES + 1)
        return float((k * (k - 1) * stats.poisson.pmf(k, ties)).sum() - ties)

    assert brentq(beyond, 0.5, 2) == pytest.approx(1.0206, abs=1e-3)
    assert brentq(beyond, 4, 8) == pytest.approx(5.7647, abs=1e-4)


@pytest.mark.parametrize("ties", [1.5, 3.0, 5.0])
def test_fractional_thresholds_give_way_step_by_step(ties: float) -> None:  # A9
    network = watts_network(ties, seed=9)
    for seed in range(5):
        seeds = np.random.default_rng(seed).choice(PEOPLE, 1 + 4 * seed, replace=False).tolist()
        result = wom.run(WATTS, network=network, seeds=seeds, seed=seed)
        assert (steps_of(result) == shares_of_people(network, seeds)).all()


def test_the_chance_that_watts_plots_is_the_theory() -> None:  # A9; runs: published.watts_2002
    for ties, published in watts_2002.KNOWN.items():
        assert trigger_probability(ties) == pytest.approx(published, abs=5e-4)


@pytest.mark.parametrize(("ties", "happen"), [(0.8, False), (1.2, True), (5.5, True), (6.7, False)])
def test_global_cascades_happen_within_the_window_alone(ties: float, happen: bool) -> None:  # A9
    sizes = []
    for world in range(30):  # where they happen at all, one seed in four sets one off
        network = watts_network(ties, seed=world)
        result = wom.run(WATTS, network=network, seeds=[world], seed=world)
        sizes.append(result.share_log.person.size)
    assert (max(sizes) > GLOBAL * PEOPLE) == happen


# A13: complex contagion (Centola & Macy 2007) ---------------------------------------------------

TWO_NEEDED = CASCADE.replace({"share.rule": "threshold", "share.threshold": 2.0, "horizon": 600})


@pytest.mark.parametrize("people", [5, 6, 7, 50, 51, 1_000, 1_001])
def test_two_neighbours_convince_a_ring_in_so_many_steps(people: int) -> None:  # A13
    ring = Network.generate("ring", people, seed=0, neighbours=4)
    result = wom.run(TWO_NEEDED.replace({"publish.asked": [2, 3]}), network=ring)
    steps = steps_of(result)
    assert (steps >= 0).all()
    assert steps.max() == (people - 2) // 2
    assert (np.bincount(steps)[:-1] == 2).all()  # a front to each side, a person a step


def test_two_neighbours_convince_nobody_at_random() -> None:  # A13
    """A third person who hears both seeds is at hand in 27 / (4 n) of the networks."""
    sizes = []
    for world in range(40):
        network = Network.generate("configuration", 1_000, seed=world, law="regular", degree=4)
        pair = [world, int(network.indices[network.indptr[world]])]
        result = wom.run(TWO_NEEDED.replace({"publish.asked": pair}), network=network)
        sizes.append(result.share_log.person.size)
    assert max(sizes) <= 5
    assert np.mean(np.array(sizes) == 2) > 0.9


# A11: the model of Bass -------------------------------------------------------------------------


def bass_curve(time: NDArray[np.float64]) -> NDArray[np.float64]:
    left = np.exp(-(INNOVATION + IMITATION) * time)
    curve: NDArray[np.float64] = (1 - left) / (1 + IMITATION / INNOVATION * left)
    return curve


@cache
def adoptions() -> NDArray[np.int64]:
    """`[run, tick]`: how many adopt."""
    return np.array([bass_1969.adoptions(seed) for seed in range(4)])


def test_adoptions_follow_the_curve_of_bass() -> None:  # A11
    adopted = adoptions().cumsum(axis=1) / ADOPTERS
    time = TICK * np.arange(1, adopted.shape[1] + 1)
    assert np.abs(adopted - bass_curve(time)).max() < 0.01
    assert bass_curve(np.array([PEAK])) == pytest.approx(0.4605, abs=1e-4)
    at_peak = np.array([np.interp(PEAK, time, run) for run in adopted])
    assert at_peak.mean() == pytest.approx(0.4605, abs=0.005)


def test_each_step_adopts_as_many_as_the_hazard_says() -> None:  # A11
    """What the map leaves over is a martingale: weighted by what was before, its sum is 0.

    The weights are those of the likelihood of p and q: with 4 runs they see 5 % in p, 2 % in q.
    """
    new = adoptions()
    before = new.cumsum(axis=1) - new
    hazard = TICK * (INNOVATION + IMITATION * before / (ADOPTERS - 1))
    expected = (ADOPTERS - before) * hazard
    for weight in (1 / hazard, before / hazard):
        error = sqrt((weight**2 * expected * (1 - hazard)).sum())
        assert abs((weight * (new - expected)).sum()) < 4 * error


# A16: word of mouth with a price, mean field ----------------------------------------------------

BUYERS, TOLD, PASSED_ON, PRICE, FIRST = 10_000, 8, 0.3, 0.3, 0.03
WOULD_BUY = BUYERS * (1 - PRICE)


@pytest.fixture(scope="module")
def sales() -> list[Result]:
    """Fans hear of it first; a buyer tells `TOLD` others, drawn at random, or nobody."""
    scenario = CASCADE.replace(
        every_role(PASSED_ON)
        | {
            "network": {
                "kind": "power_law_followers",
                "people": BUYERS,
                "minimum": TOLD,
                "maximum": TOLD,
            },
            "people.fans": FIRST,
            "publish.seeds": 0,
            "share.after": "purchase",
            "transact.click": 1.0,
            "transact.link": 1.0,
            "transact.convert": 1 - PRICE,
            "content_types.post.fidelity": 1.0,
            "horizon": 40,
        }
    )
    return [wom.run(scenario, seed=seed) for seed in range(60)]


def test_sales_follow_the_recursion(sales: list[Result]) -> None:  # A16
    """d[t + 1] = (1 - (1 - k p / (N - 1)) ** d[t]) (h - D[t]), from as many as began."""
    found = np.array([result.columns["conversions"] for result in sales])
    expected = np.zeros(found.shape)
    expected[:, 0] = found[:, 0]
    for step in range(1, found.shape[1]):
        heard = 1 - (1 - TOLD * PASSED_ON / (BUYERS - 1)) ** expected[:, step - 1]
        expected[:, step] = heard * (WOULD_BUY - expected[:, :step].sum(axis=1))
    assert_none_left_over(found.sum(axis=1), expected.sum(axis=1))
    busy = expected.mean(axis=0) > 100
    busy[0] = False
    assert busy.sum() > 7
    off = (found - expected)[:, busy]
    assert (np.abs(off.mean(axis=0)) < 4 * off.std(axis=0, ddof=1) / sqrt(len(sales))).all()


def assert_none_left_over(found: NDArray[np.int64], expected: NDArray[np.float64]) -> None:
    """That sums of runs agree to 4 standard errors, of which one is below .5 %."""
    error = (found - expected).std(ddof=1) * sqrt(found.size)
    assert error < 0.005 * expected.sum()
    assert abs((found - expected).sum()) < 4 * error


def test_each_step_sells_as_many_as_were_told(sales: list[Result]) -> None:  # A16
    """Given what happened before, who is told and who of them buys has exactly these means."""
    new = np.array([result.columns["conversions"] for result in sales])
    told = np.array([result.columns["reach"] for result in sales])
    left = BUYERS - told.cumsum(axis=1)[:, :-1]
    heard = 1 - (1 - TOLD * PASSED_ON / (BUYERS - 1)) ** new[:, :-1]
    assert_none_left_over(told[:, 1:].sum(axis=1), (heard * left).sum(axis=1))
    assert_none_left_over(new.sum(axis=1), (1 - PRICE) * told.sum(axis=1))


def hearers_of(people: int) -> Network:
    """Person 0 hears all the others."""
    return Network.from_edges(np.arange(1, people + 1), np.zeros(people, int), people + 1)


@pytest.mark.parametrize(("threshold", "enough", "of"), [(0.28, 7, 25), (0.07, 7, 100)])
def test_a_fraction_is_reached_where_it_is_met(threshold: float, enough: int, of: int) -> None:
    for sharers in (enough - 1, enough):
        asked = list(range(1, sharers + 1))
        scenario = WATTS.replace({"share.threshold": threshold, "publish.asked": asked})
        result = wom.run(scenario, network=hearers_of(of))
        assert (steps_of(result)[0] >= 0) == (sharers == enough)


@pytest.mark.parametrize("threshold", [0.18, 1.0, 2.0])
def test_a_threshold_counts_people_and_no_brands(threshold: float) -> None:
    outlet = {"name": "outlet", "audience": 1.0, "shown": 1.0}
    scenario = WATTS.replace(
        {
            "share.threshold": threshold,
            "people.fans": 1.0,
            "publish.seeds": 0,
            "publish.outlets": [outlet],
        }
    )
    assert wom.run(scenario, network=hearers_of(3)).share_log.person.size == 0
