"""Published behaviour, through the public engine: who wins, and what it hangs on.

Strategies and networks are compared in the same worlds and with the same luck, run by run; a
difference counts where it is more than 4 standard errors away from none.
"""

from __future__ import annotations

from itertools import pairwise
from math import sqrt
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from numpy.typing import NDArray
from wordofmouth import Network, Result
from wordofmouth.sim import state as s

CASCADE = wom.load("cascade")


def every_role(probability: float) -> dict[str, float]:
    return {f"share.base.{role}": probability for role in ("stranger", "fan", "advocate")}


def assert_above(more: NDArray[Any], less: NDArray[Any], margin: float = 0.0) -> None:
    """That pairs differ by more than a margin, by 4 standard errors."""
    difference = np.asarray(more, float) - less
    error = difference.std(ddof=1) / sqrt(difference.size)
    assert difference.mean() > margin + 4 * error, (difference.mean(), margin, error)


# A8: networks without a threshold (Pastor-Satorras & Vespignani 2001) ---------------------------


def threshold_of(network: Network) -> float:
    """That of the network's own degrees, <k> / (<k^2> - <k>) for those met along a tie."""
    degree = network.followers.astype(float)
    return float(degree.mean() / ((degree**2).mean() - degree.mean()))


def sizes_of_cascades(network: Network, p: float, posts: int) -> NDArray[np.int64]:
    """Of each post of five people, drawn anew for each of four runs."""
    scenario = CASCADE.replace(
        every_role(p) | {"content": ["post"] * posts, "publish.interval": 1, "horizon": 300}
    )
    sizes = []
    for run in range(4):
        asked = np.random.default_rng(run).choice(network.n, 5, replace=False).tolist()
        log = wom.run(scenario, network=network, seeds=asked, seed=run).share_log
        sizes.append(np.bincount(log.message, minlength=posts))
    return np.concatenate(sizes)


KINDS: dict[str, dict[str, Any]] = {"preferential_attachment": {"m": 5}, "random": {}}


@pytest.mark.parametrize("kind", KINDS)
def test_cascades_grow_beyond_the_threshold_of_the_degrees(kind: str) -> None:  # A8
    network = Network.generate(kind, 10_000, seed=1, **KINDS[kind])
    threshold = threshold_of(network)
    assert sizes_of_cascades(network, threshold / 2, posts=20).max() < 0.01 * network.n
    assert sizes_of_cascades(network, 3 * threshold, posts=5).mean() > 0.2 * network.n


def test_hubs_take_the_threshold_away() -> None:  # A8
    """At half the threshold of the random network, which is the same at any size."""
    sizes = {}
    for kind, options in KINDS.items():
        networks = [Network.generate(kind, n, seed=1, **options) for n in (1_000, 30_000)]
        small, large = map(threshold_of, networks)
        sizes[kind] = [sizes_of_cascades(each, 0.05, posts=20).mean() for each in networks]
        assert large < 0.75 * small if kind == "preferential_attachment" else 0.09 < large < 0.11
    assert sizes["random"] == pytest.approx([5 * 2.0] * 2, rel=0.25)  # 1 + p z / (1 - p z)
    assert sizes["preferential_attachment"][1] > 10 * sizes["preferential_attachment"][0]


# B5: what hubs may cost (Bakshy et al. 2011) ----------------------------------------------------


def reach_per_money(seeding: str, exponent: float, runs: int = 8) -> NDArray[np.float64]:
    """People reached for each money spent, at a budget of 8 % of what everybody would cost."""
    found = []
    for world in range(runs):
        network = Network.generate("clustered_preferential_attachment", 10_000, seed=world)
        budget = 0.08 * (1.0 + network.followers.astype(float) ** exponent).sum()
        scenario = CASCADE.replace(
            every_role(0.01)
            | {
                "publish.seeds": 0,
                "publish.seeding": seeding,
                "publish.seed_budget": budget,
                "publish.seed_cost": 1.0,
                "publish.seed_cost_follower": 1.0,
                "publish.seed_cost_exponent": exponent,
            }
        )
        result = wom.run(scenario, network=network, seed=world)
        spent = result.kpis["cost"]
        assert 0.75 * budget < spent <= budget
        found.append(result.columns["reach"].sum() / spent)
    return np.array(found)


def test_ordinary_people_beat_hubs_as_hubs_grow_dear() -> None:  # B5
    exponents = (0.5, 1.0, 1.5)
    hubs, ordinary, fringe = (
        [reach_per_money(seeding, exponent) for exponent in exponents]
        for seeding in ("followers", "random", "fringe")
    )
    assert_above(hubs[0], ordinary[0])
    assert_above(ordinary[0], fringe[0])
    assert_above(ordinary[2], hubs[2])
    assert_above(fringe[2], ordinary[2])
    advantage = [hub / other for hub, other in zip(hubs, ordinary, strict=True)]
    assert_above(advantage[0], advantage[1])
    assert_above(advantage[1], advantage[2])


# B6: hubs take part more (Hinz et al. 2011) -----------------------------------------------------


def seeded(seeding: str, p: float, world: int) -> tuple[Network, Result]:
    network = Network.generate("clustered_preferential_attachment", 3_000, seed=world)
    scenario = CASCADE.replace(
        every_role(p) | {"publish.seeds": 30, "publish.seeding": seeding, "network.people": 3_000}
    )
    return network, wom.run(scenario, network=network, seed=world)


def persuaded(network: Network, result: Result, p: float) -> tuple[int, float]:
    """How many pass it on who have it from a seed; and the mean, were all seeds as persuasive."""
    log = result.share_log
    seeds = log.person[log.tick == 0]
    times = np.zeros(network.n, np.int64)
    for seed in seeds:
        times[network.indices[network.indptr[seed] : network.indptr[seed + 1]]] += 1
    times[seeds] = 0
    return int((log.tick == 1).sum()), float((1 - (1 - p) ** times).sum())


def test_hubs_reach_more_because_they_take_part_more() -> None:  # B6
    p, runs = 0.015, 30
    reach: dict[str, NDArray[np.int64]] = {}
    exposures: dict[str, NDArray[np.int64]] = {}
    rate: dict[str, tuple[float, float]] = {}
    for seeding in ("followers", "fringe"):
        campaigns = [seeded(seeding, p, world) for world in range(runs)]
        counts = [result.counts[0, :, :, 1, 0].sum(axis=1) for _, result in campaigns]
        reach[seeding] = np.array([result.columns["reach"].sum() for _, result in campaigns])
        exposures[seeding] = np.array([count[s.NOTICED] for count in counts])
        trials, passed = exposures[seeding].sum(), sum(int(count[s.RESHARED]) for count in counts)
        rate[seeding] = passed / trials, sqrt(p / trials)
        # Exposure by exposure, the hearers of a hub pass it on with the chance of anybody's; a
        # difference of a tenth would be seen.
        found, mean = np.array([persuaded(*each, p) for each in campaigns]).sum(axis=0)
        assert abs(found - mean) < 4 * sqrt(mean)
    assert_above(reach["followers"], reach["fringe"], margin=4.0 * reach["fringe"].mean())
    assert reach["followers"].mean() < 10 * reach["fringe"].mean()  # measured: up to 8 times
    assert_above(exposures["followers"], 8.0 * exposures["fringe"])
    (hubs, error), (fringe, other) = rate["followers"], rate["fringe"]
    assert hubs - fringe < 4 * sqrt(error**2 + other**2)


def test_hubs_reach_as_many_times_more_where_nobody_is_persuaded() -> None:  # B6
    reach = {
        seeding: np.mean([seeded(seeding, 0.0, k)[1].columns["reach"].sum() for k in range(10)])
        for seeding in ("followers", "fringe")
    }
    assert reach["followers"] > 6 * reach["fringe"]


# B8: what bad news costs (Goldenberg et al. 2007) -----------------------------------------------

DISAPPOINTING = wom.Scenario().replace(
    every_role(0.25)
    | {
        "horizon": 80,
        "people.fans": 0.05,
        "people.advocates": 0.0,
        "content": ["post"] * 5,
        "publish.interval": 10,
        "content_types": {
            "post": {"contagiousness": -1.0, "fidelity": 1.0, "longevity": 1e6},
            "complaint": {"contagiousness": -1.0},
        },
        "transact": {"click": 0.5, "link": 1.0, "convert": 0.3, "convert_trust": 4.0},
        "complaints": {"type": "complaint", "patience": 1, "loss": 0.3},
        "negative.harm": 0.5,
    }
)
WORLDS = 20


def present_value(result: Result) -> float:
    """Of a transaction worth 1, discounted by 1 % a tick."""
    sold = result.columns["conversions"]
    return float((0.99 ** np.arange(sold.size) * sold).sum())


def small_worlds(rewire: float) -> list[Network]:
    return [
        Network.generate("small_world", 2_000, seed=world, neighbours=8, rewire=rewire)
        for world in range(WORLDS)
    ]


@pytest.mark.parametrize("rewire", [0.0, 0.1])
def test_bad_news_costs_more_the_more_are_disappointed(rewire: float) -> None:  # B8
    networks = small_worlds(rewire)
    values = [
        np.array(
            [
                present_value(
                    wom.run(
                        DISAPPOINTING.replace({"complaints.rate": rate}), network=network, seed=k
                    )
                )
                for k, network in enumerate(networks)
            ]
        )
        for rate in (0.0, 0.1, 0.2, 0.4, 0.8)
    ]
    for fewer, more in pairwise(values):
        assert_above(fewer, more)
    assert values[0].mean() - values[-1].mean() > 0.15 * values[0].mean()


def test_weak_ties_spread_the_harm() -> None:  # B8
    """The posts are passed on by nobody: the same people buy, and only the complaints travel."""
    scenario = DISAPPOINTING.replace(
        {
            "content_types.post.contagiousness": -50.0,
            "content": ["post"] * 3,
            "publish.interval": 25,
        }
    )
    heard, lost = [], []
    for rewire in (0.0, 0.05, 0.3):
        networks = small_worlds(rewire)
        fine, bad = (
            [wom.run(each, network=network, seed=k) for k, network in enumerate(networks)]
            for each in (scenario, scenario.replace({"complaints.rate": 0.3}))
        )
        heard.append(np.array([(b.trust < f.trust).sum() for f, b in zip(fine, bad, strict=True)]))
        lost.append(
            np.array([present_value(f) - present_value(b) for f, b in zip(fine, bad, strict=True)])
        )
        assert sum(f.columns["reshares"].sum() for f in fine) == 0
    for strong, weak in pairwise(heard):
        assert_above(weak, strong)
    assert_above(heard[2], 2.0 * heard[0])
    assert_above(lost[0], np.zeros(WORLDS))
    assert_above(lost[2], lost[0])


# B9: reinforcement (Centola 2010) ---------------------------------------------------------------

HEALTH_BUDDIES, COMMUNITY, POSTS = 6, 128, 100


def adoption(rule: dict[str, Any], kind: str, asked: list[int]) -> NDArray[np.float64]:
    """The share of people who adopt, a mean over posts for each of eight networks."""
    options: dict[str, Any] = {"neighbours": HEALTH_BUDDIES, "rewire": 0.0}
    if kind == "configuration":
        options = {"law": "regular", "degree": HEALTH_BUDDIES}
    scenario = CASCADE.replace(
        {"content": ["post"] * POSTS, "publish.interval": 1, "horizon": POSTS + 200} | rule
    )
    shares = []
    for world in range(8):
        network = Network.generate(kind, COMMUNITY, seed=world, **options)
        log = wom.run(scenario, network=network, seeds=asked, seed=world).share_log
        shares.append(log.person.size / COMMUNITY / POSTS)
    return np.array(shares)


def test_reinforcement_goes_further_in_clusters_and_one_contact_at_random() -> None:  # B9
    reinforced = every_role(0.1) | {"share.weight.doses": 3.0}
    simple = every_role(0.25)
    clustered, at_random = (
        [adoption(rule, kind, [0]) for rule in (reinforced, simple)]
        for kind in ("small_world", "configuration")
    )
    assert_above(clustered[0], 2.0 * at_random[0])
    assert_above(at_random[1], 2.0 * clustered[1])


def test_two_neighbours_convince_a_cluster_and_nobody_at_random() -> None:  # B9
    rule = {"share.rule": "threshold", "share.threshold": 2.0, "content": "post"}
    everybody = adoption(rule, "small_world", [0, 1]) * POSTS
    assert everybody == pytest.approx(1.0)
    assert (adoption(rule, "configuration", [0, 1]) * POSTS).max() < 0.05
