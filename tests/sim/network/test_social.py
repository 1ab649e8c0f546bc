"""The social network: every parameter is met, or refused with what is possible."""

from __future__ import annotations

import math
import re
import time

import numpy as np
import pytest
from scipy.optimize import brentq, linprog
from scipy.stats import kendalltau
from wordofmouth.sim.draws import key_of, luck
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.network import Network, clustering, estimate, reciprocity
from wordofmouth.sim.network.check import check
from wordofmouth.sim.network.social import (
    circle,
    laws,
    looks,
    pair,
    quick,
    rows,
    social_rows,
    ties,
)

MET = 0.05  # the "within 5 %"


def social(n, seed=1, **parameters):
    return Network.generate("social", n, seed=seed, **parameters)


def tail_exponent(values, least, most):
    """Maximum likelihood for a density x^-exponent from `least` to `most`; its standard error."""
    inside = values[(values >= least) & (values <= most)]
    low, high = least - 0.5, most + 0.5  # whole numbers stand for what rounds to them

    def mean_log(slope):
        share = (high / low) ** -slope
        return math.log(low) + 1 / slope - share / (1 - share) * math.log(high / low)

    slope = brentq(lambda each: mean_log(each) - np.log(inside).mean(), 0.05, 8)
    return slope + 1, slope / math.sqrt(inside.size)


# what is asked is met -----------------------------------------------------------------------------

COMBINATIONS = [
    # people, exponents of followers and following, mean, maximum, clustering, reciprocity
    (2_000, 2.3, 2.7, 15, 200, 0.4, 0.7),
    (5_000, 2.0, 2.0, 40, 4_999, 0.88, 0.3),
    (10_000, 2.3, 2.3, 40, 500, 0.2, 0.22),
    (10_000, 2.7, 2.0, 40, 500, 0.1, 0.06),
    (10_000, 2.0, 2.7, 40, 500, 0.6, 0.7),
    (10_000, 2.5, 2.7, 20, 1_000, 0.6, 0.06),
    (10_000, 2.3, 2.5, 3, 500, 0.1, 0.3),
    (10_000, 3.5, 5.0, 10, 500, 0.1, 0.3),
    (20_000, 2.1, 2.3, 40, 2_000, 0.5, 0.5),
]


@pytest.mark.parametrize(("n", "followers", "following", "mean", "maximum", "c", "r"), COMBINATIONS)
def test_what_is_asked_is_met(n, followers, following, mean, maximum, c, r):
    network = social(
        n,
        followers_exponent=followers,
        following_exponent=following,
        mean=mean,
        maximum=maximum,
        clustering=c,
        reciprocity=r,
    )
    assert network.arcs / n == pytest.approx(mean, rel=MET)
    assert network.followers.max() <= maximum
    assert network.following.max() <= maximum
    assert clustering(network) == pytest.approx(c, rel=MET)
    assert reciprocity(network) == pytest.approx(r, rel=MET)
    assert (network.self_loops, network.duplicates) == (0, 0)


@pytest.mark.parametrize(
    ("followers", "following"), [(2.0, 2.0), (2.1, 2.7), (2.3, 2.3), (2.7, 2.3)]
)
def test_both_tails_have_the_exponents_asked_for(followers, following):
    network = social(
        20_000, followers_exponent=followers, following_exponent=following, maximum=2_000
    )
    for values, exponent in ((network.followers, followers), (network.following, following)):
        # From 60 on whom chance left with more or less than the law's number hardly matters.
        found, error = tail_exponent(values, 60, 1_800)
        assert found == pytest.approx(exponent, abs=4 * error)
        assert found == pytest.approx(exponent, rel=MET)
        assert values.max() > 1_200  # the tail goes to its end, not to the first large number


def test_what_is_asked_is_met_without_bias():
    n, asked = 2_000, {"mean": 20, "maximum": 300, "clustering": 0.3, "reciprocity": 0.4}
    found = []
    for seed in range(8):
        network = social(n, seed, **asked)
        found.append((network.arcs / n, clustering(network), reciprocity(network)))
    errors = np.std(found, axis=0, ddof=1) / math.sqrt(len(found))
    expected = [asked["mean"], asked["clustering"], asked["reciprocity"]]
    assert np.all(np.abs(np.mean(found, axis=0) - expected) < 4 * errors)


def test_both_maxima_may_differ():
    network = social(3_000, mean=20, maximum=600, maximum_following=100)
    assert 450 < network.followers.max() <= 600
    assert 80 < network.following.max() <= 100


def test_a_twentieth_of_the_people_is_the_maximum_by_default():
    complete = check("social", 10_000, {})[1]
    assert complete["maximum"] == complete["maximum_following"] == 500
    assert social(2_000).followers.max() <= 100
    assert estimate("social", 10_000).arcs == 400_000


# the law of a pair --------------------------------------------------------------------------------


@pytest.mark.parametrize("alpha", [0.3, 1.0, 1.4, 8.0])
def test_pairs_have_the_chances_of_the_formula(alpha):
    """Over all places: p of an arc, m of both, whatever alpha; and all pairs are met once."""
    sends = np.array([0.1, 0.15, 0.2, 0.3, 0.5, 0.8, 1.3, 3.0])
    hears = np.array([0.3, 0.1, 0.9, 0.2, 0.6, 0.4, 2.0, 0.5])
    n, returned, runs = sends.size, 0.6, 4_000
    rng = np.random.default_rng(1)
    layers = np.array([0, 0, 0, 0, 1, 1, 2, 3])
    start = np.array([0, 4, 6, 7, 8])
    reaches = pair.reaches_of(alpha)
    there, both = np.zeros((n, n)), np.zeros((n, n))
    for run in range(runs):
        position = rng.random(n)
        order = np.lexsort((position, layers))
        people = circle.Circle(
            order.astype(np.int32),
            position[order],
            sends[order],
            hears[order],
            sends[order],
            hears[order],
            start,
        )
        key = np.uint64(key_of(np.uint64(run), np.uint64(0)))
        seen = ties.layers_of(people)
        upto, others = ties.arcs_from(0, n, seen, returned, alpha, reaches, key)
        arcs = np.zeros((n, n))
        for own, other in zip(np.repeat(order, np.diff(upto)), others, strict=True):
            arcs[(own, other) if other >= 0 else (~other, own)] += 1
        assert arcs.max() <= 1
        there += arcs
        both += arcs * arcs.T
    p = np.minimum(1, np.outer(sends, hears))
    m = np.maximum(returned * np.minimum(p, p.T), p + p.T - 1)
    for found, expected in ((there, p), (both, m)):
        apart = ~np.eye(n, dtype=bool)
        error = np.sqrt(expected * (1 - expected) / runs)
        assert np.all((np.abs(found / runs - expected) <= 5 * error + 1e-4)[apart])
        assert not found[~apart].any()


@pytest.mark.parametrize("alpha", [1 / 16, 0.5, 1.0, 1.0 + 1e-7, 1.5, 32.0])
def test_the_reach_is_the_inverse_of_the_chance(alpha):
    log_x = pair.reaches_of(alpha)
    x = np.exp(log_x)
    limit = abs(alpha - 1) < 1e-6
    chance = x * (1 - log_x) if limit else (x**alpha - alpha * x) / (1 - alpha)
    expected = np.exp(-0.02 * np.arange(log_x.size))
    assert chance == pytest.approx(expected, rel=1e-6)
    assert np.all(np.diff(log_x) < 0)


# the laws of degrees ------------------------------------------------------------------------------


@pytest.mark.parametrize(("exponent", "maximum"), [(1.5, 30), (2.0, 1_000), (2.3, 50), (4.0, 9)])
def test_what_people_are_to_have_adds_up(exponent, maximum):
    n, mean, slope = 1_000, 7.5, exponent - 1
    least = laws.minimum_of_law(mean, slope, maximum)
    degrees = laws.expected_degrees(n, least, slope, maximum)
    assert degrees.mean() == pytest.approx(mean, rel=1e-9)
    assert np.all(np.diff(degrees) > 0)
    assert least < degrees[0] < degrees[-1] < maximum
    # a quantile in the middle of the law, in closed form
    top = (maximum / least) ** -slope
    assert degrees[n // 2 - 1 : n // 2 + 1].mean() == pytest.approx(
        least * (top + 0.5 * (1 - top)) ** (-1 / slope), rel=1e-4
    )


def test_weights_give_everybody_what_they_are_to_have():
    followers, following = (
        laws.expected_degrees(800, laws.minimum_of_law(20, slope, 500), slope, 500)
        for slope in (1.0, 1.3)
    )
    sends, hears = laws.weights_of(followers, following)
    p = np.minimum(1, np.outer(sends, hears))
    assert (p == 1).any()  # hubs who are followed for sure
    assert p.sum(axis=1) == pytest.approx(followers, rel=1e-3)
    assert p.sum(axis=0) == pytest.approx(following, rel=1e-3)


def test_who_fits_together_is_what_a_linear_programme_says():
    rng = np.random.default_rng(2)
    n, answers = 4, []
    rows = np.kron(np.eye(n), np.ones(n))
    columns = np.kron(np.ones(n), np.eye(n))
    for _ in range(30):
        followers, following = np.sort(rng.random((2, n)) ** 3, axis=1)
        followers, following = (each * 5 / each.sum() for each in (followers, following))
        feasible = linprog(
            np.zeros(n * n),
            A_eq=np.vstack([rows, columns]),
            b_eq=np.concatenate([followers, following]),
            bounds=(0, 1),
        )
        answers.append(feasible.status == 0)
        assert laws.fit_together(followers, following) == answers[-1]
    assert set(answers) == {True, False}


@pytest.mark.parametrize("agreement", [0.0, 0.3, 0.8, 1.0])
def test_ranks_agree_as_far_as_they_are_told(agreement):
    n = 3_000
    weights = np.arange(1.0, n + 1)
    people = circle.settle(laws.Expected(*[weights] * 4), agreement, np.uint64(5))
    error = math.sqrt(2 * (2 * n + 5) / (9 * n * (n - 1)))
    found = kendalltau(people.sends, people.hears).statistic
    assert found == pytest.approx(agreement, abs=4 * error)
    assert sorted(people.sends) == sorted(people.hears) == weights.tolist()


def rows_at_most(most, ties, people=7, seed=1):
    """The network of ties, each found by one of its two ends, of which some are lost."""
    found = [[] for _ in range(people)]
    for source, target in ties:
        own, other = (source, target) if (source + target) % 2 else (target, ~source)
        found[own].append(other)
    pieces = [
        rows.Piece(
            np.array([person], np.int32),
            np.array([0, len(others)]),
            np.array(others, np.int32),
        )
        for person, others in enumerate(found)
    ]
    return Network(*rows.rows_of(pieces, people, most, np.uint64(seed)))


TIES = [*[(0, other) for other in range(1, 7)], (1, 2), (1, 3), (1, 4), (2, 6), (3, 6), (4, 6)]


def test_whoever_has_too_many_keeps_the_maximum_and_others_lose_nothing():
    source, target = np.array(TIES, np.int32).T
    whole = Network.from_ties(source, target, 7, directed=True)
    assert rows_at_most((6, 4), TIES).digest == whole.digest
    kept = rows_at_most((3, 3), TIES)
    assert kept.followers[0] == 3
    assert kept.following.max() <= 3
    assert kept.followers[1] == 3
    lost = set(TIES) - {
        (u, v) for u in range(7) for v in kept.indices[slice(*kept.indptr[u : u + 2])]
    }
    assert all(u == 0 or v == 6 for u, v in lost)
    assert rows_at_most((3, 3), TIES, seed=2).digest != kept.digest
    assert rows_at_most((3, 3), TIES[::-1]).digest == kept.digest


def test_those_who_are_kept_are_those_whose_draws_are_least():
    key, most = np.uint64(9), (4, 2)
    rng = np.random.default_rng(3)
    ties = sorted({(int(u), int(v)) for u, v in rng.integers(0, 30, (300, 2)) if u != v})
    chance = {(u, v): int(luck(key_of(key, u), v)) for u, v in ties}
    left = ties
    for end in (0, 1):
        left = [
            tie
            for tie in left
            if sum(chance[each] < chance[tie] for each in left if each[end] == tie[end]) < most[end]
        ]
    source, target = np.array(left, np.int32).T
    expected = Network.from_ties(source, target, 30, directed=True)
    assert len(left) < len(ties) / 2
    assert rows_at_most(most, ties, 30, seed=9).digest == expected.digest


# what is decided quickly --------------------------------------------------------------------------


def test_quick_functions_err_no_more_than_they_say():
    x = np.exp(np.random.default_rng(4).uniform(-600, 600, 20_000))
    near_1 = 1.0 - 2.0 ** -np.arange(1, 54)
    for value in [*x, *near_1, 1.0, 2.0]:
        assert abs(quick.quick_log(value) - math.log(value)) < quick.LOG_ERROR
    for value in [0.0, *np.random.default_rng(5).uniform(0, 680, 20_000)]:
        assert quick.quick_exp(value) == pytest.approx(math.exp(-value), rel=quick.EXP_ERROR)


def test_what_is_said_at_once_is_sure():
    """The error of a chance, as the formulas pass it on, is well within the margin."""
    for alpha in (1 / 16, 1.0, 32.0):
        reaches, knots = pair.reaches_of(alpha), np.arange(0, pair.KNOTS - 1, 0.25)
        logs = np.array([alpha * pair.reach_at(knot, reaches) for knot in knots])
        steepest = np.abs(np.diff(logs)).max() / (0.25 * pair.STEP)
        assert (alpha + steepest) * quick.LOG_ERROR + quick.EXP_ERROR < looks.MARGIN / 3


def test_what_is_decided_quickly_is_what_the_formulas_say():
    """Ties of few people, each candidate by `pair` alone; draws at the very chance included."""
    n, returned, alpha = 400, 0.7, 1.3
    rng = np.random.default_rng(6)
    room = looks.no_looks()
    reaches = pair.reaches_of(alpha)
    seen = np.column_stack([rng.random((n, 3)), np.arange(n)])
    for round_ in range(20):
        own_sends, own_hears = rng.random(2) * 2
        expected = []
        for look in range(looks.ROOM):
            v = rng.integers(n)
            distance = rng.random() ** 4 / 2
            there, back, both = pair.arcs_between(
                own_sends, own_hears, seen[v, 1], seen[v, 2], returned
            )
            tie = there + back - both
            chance = pair.tied(pair.reach(tie, reaches), alpha, 2 * distance)
            at = [tie, there, both][look % 3] / tie * chance
            near = [0.0, 1e-16, -1e-16, 1e-9, -1e-9, 1e-5, -1e-5, 1e-3]
            luck = min(at * (1 + near[look % 8]), 1.0) if round_ else rng.random()
            room.whom[look], room.luck[look], room.distance[look] = v, luck, distance
            room.sends[look], room.hears[look] = seen[v, 1], seen[v, 2]
            if luck < chance:
                luck *= tie / chance
                expected += [v] * (luck < there) + [~v] * (luck < both or luck >= there)
        others = np.empty(2 * looks.ROOM, np.int32)
        arcs = looks.decided(
            room, looks.ROOM, seen, own_sends, own_hears, returned, alpha, reaches, others, 0
        )
        assert others[:arcs].tolist() == expected


# one network for one seed -------------------------------------------------------------------------


def test_the_network_does_not_depend_on_threads_or_pieces():
    asked = check("social", 3_000, {})[1]
    digests = {
        Network(*social_rows(3_000, asked, np.uint64(7), *how)).digest
        for how in [(1, 1e9), (1, 777.0), (2, 5e3), (4, 2e4)]
    }
    assert len(digests) == 1
    assert social(3_000, threads=2).digest == social(3_000).digest


def test_a_number_tells_nothing_of_its_person():
    network = social(10_000)
    source = np.repeat(np.arange(network.n), network.followers)
    for values in (network.followers, network.following):
        ranks = np.argsort(np.argsort(values, kind="stable"), kind="stable")
        rank_correlation = np.corrcoef(np.arange(network.n), ranks)[0, 1]
        assert abs(rank_correlation) < 4 / math.sqrt(network.n)
    # Two numbers drawn alike are a third of the people apart; 10,000 ends are independent.
    apart = np.abs(source - network.indices).mean() / network.n
    assert apart == pytest.approx(1 / 3, abs=4 * math.sqrt(1 / 18 / network.n))


# refusals -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "parameters", "words"),
    [
        (1_000, {"maximum": 1_000}, "network.maximum = 1000 with 1000 people"),
        (1_000, {"mean": 50}, "network.mean = 50 with network.maximum = 50"),
        (1_000, {"maximum": 1}, "network.maximum = 1 is not allowed"),
        (1_000, {"clustering": 1.1}, "from 0 to 1"),
        (1_000, {"followers_exponent": 1.2}, "from 1.5 to 6"),
        (1_000, {"exponent": 2.3}, "network.exponent is not a parameter of social"),
        (1_000, {"threads": 0}, "threads = 0 is not allowed"),
        (
            5_000,
            {"followers_exponent": 1.5, "following_exponent": 1.5, "maximum": 4_999},
            "network.maximum = 4999 is too many .*; 1423 would do",
        ),
    ],
)
def test_what_cannot_be_is_refused(n, parameters, words):
    with pytest.raises(InputError, match=words) as caught:
        social(n, **parameters)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "asked", "measure"),
    [
        ("reciprocity", 0.95, reciprocity),
        ("clustering", 0.9, clustering),
        ("clustering", 0.01, clustering),
    ],
)
def test_a_refusal_names_what_is_possible(name, asked, measure):
    parameters = {"followers_exponent": 2.1, "following_exponent": 2.7, "maximum": 600}
    with pytest.raises(InputError, match=f"network.{name} = {asked:g} is not possible") as caught:
        social(6_000, **parameters, **{name: asked})
    low, high = map(float, re.findall(r"from ([.\d]+) to ([.\d]+) here", str(caught.value))[0])
    possible = high if asked > high else low
    assert 0 < possible < 1
    network = social(6_000, **parameters, **{name: possible})
    assert measure(network) == pytest.approx(possible, rel=MET)


# time ---------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_time_is_linear_in_people():
    def seconds(n):
        begun = time.process_time()
        social(n, maximum=min(2_000, n // 20))
        return time.process_time() - begun

    seconds(2_000)  # compiled
    few, many = (min(seconds(n) for _ in range(2)) for n in (40_000, 320_000))
    assert many / few < 8 * 1.8  # the logarithm and a cache that is left take their share
