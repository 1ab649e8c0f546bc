"""The propagation kernel: its slow twin, what always holds, and closed forms."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import Counter, deque
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import gammaln
from wordofmouth.sim.cascades import cascades
from wordofmouth.sim.cascades.collect import BATCH
from wordofmouth.sim.cascades.run import _Job, _prepared
from wordofmouth.sim.cascades.skips import CELL_BITS, CELLS, LEVELS, LONGEST, SLOTS, skip_table
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.network import Network

MASK = 2**64 - 1
GOLDEN = 0x9E3779B97F4A7C15


def graph(rows):
    """A network from a list of lists of followers."""
    indptr = np.concatenate(([0], np.cumsum([len(row) for row in rows]))).astype(np.int64)
    indices = np.array([follower for row in rows for follower in sorted(row)], np.int32)
    return SimpleNamespace(indptr=indptr, indices=indices, n=len(rows), arcs=len(indices))


# the slow twin: the same draws, in Python's whole numbers, with nothing clever ------------------


def mix(bits):
    bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & MASK
    return bits ^ (bits >> 31)


def key_of(parent, label):
    return mix(mix((label * GOLDEN + GOLDEN) & MASK) ^ mix((parent + GOLDEN) & MASK))


def draw(key, identity):
    return mix((key + (identity + 1) * GOLDEN) & MASK)


def uniform(bits):
    return (bits >> 11) / 2**53


def succeeding(key, person, degree, below):
    """Positions along a person's row that succeed, by inversion of every single skip."""
    at, block, longest = 0, 0, len(below) - 1
    while at < degree:
        bits = draw(key, person | block << 32)
        for slot in range(SLOTS):
            cell = (bits >> CELL_BITS * slot) % CELLS
            number = (cell + uniform(mix((bits + (slot + 1) * GOLDEN) & MASK))) / CELLS
            skip = min(bisect_right(below, number) - 1, longest)
            at += skip
            if at >= degree:
                return
            if skip < LONGEST:
                yield at
                at += 1
        block += 1


def twin(network, probability, seeds, replicate, seed=0):
    """One replicate as rows of person, parent and hop."""
    indptr, indices = network.indptr.tolist(), network.indices.tolist()
    degrees = np.diff(indptr).tolist()
    longest = min(max(degrees, default=0) + 1, LONGEST)
    by_arc = None if np.ndim(probability) == 0 else list(probability)
    root = key_of(seed, int.from_bytes(b"cascade"))
    key, thin = (key_of(key_of(root, label), replicate) for label in (1, 3))
    if seeds == "uniform":
        seeds = [int(uniform(draw(key_of(root, 2), replicate)) * len(degrees))]
    rows = [(person, -1, 0) for person in sorted(seeds)]
    seen, front = set(seeds), deque(rows)
    while front:
        sharer, _, hop = front.popleft()
        arcs = range(indptr[sharer], indptr[sharer + 1])
        bound = probability
        if by_arc is not None:
            most = max((by_arc[arc] for arc in arcs), default=0.0)
            bound = max(by_arc)
            halvings = [bound * 0.5**level for level in range(LEVELS)]
            bound = min(each for each in halvings if each >= most)
        below = skip_table(float(bound), longest)[1].tolist()
        for position in succeeding(key, sharer, len(arcs), below):
            arc = arcs[position]
            kept = by_arc is None or (draw(thin, arc) >> 11) < by_arc[arc] / bound * 2.0**53
            if kept and indices[arc] not in seen:
                seen.add(indices[arc])
                rows.append((indices[arc], sharer, hop + 1))
                front.append(rows[-1])
    return rows


chances = st.one_of(st.sampled_from([0.0, 1e-3, 0.1, 0.5, 0.9, 1.0]), st.floats(0.0, 1.0))


@st.composite
def tasks(draw):
    n = draw(st.integers(1, 9))
    arcs = [[j for j in range(n) if j != i and draw(st.booleans())] for i in range(n)]
    network = graph(arcs)
    count = network.arcs
    by_arc = st.lists(chances, min_size=count, max_size=count).map(np.array)
    probability = draw(st.one_of(chances, by_arc)) if count else draw(chances)
    people = st.lists(st.integers(0, n - 1), min_size=1, unique=True)
    seeds = draw(st.one_of(st.just("uniform"), people))
    return network, probability, seeds, draw(st.integers(0, MASK))


@given(tasks())
def test_the_kernel_equals_its_slow_twin(task):
    network, probability, seeds, seed = task
    forest = cascades(network, probability, seeds, 3, seed, keep="forest")
    found = list(zip(forest.person, forest.parent, forest.hop, strict=True))
    for replicate in range(3):
        rows = twin(network, probability, seeds, replicate, seed)
        assert found[forest.offsets[replicate] : forest.offsets[replicate + 1]] == rows
        assert forest.sizes[replicate] == len(rows)
    assert cascades(network, probability, seeds, 3, seed).tolist() == forest.sizes.tolist()


@pytest.mark.parametrize("by_arc", [False, True])
def test_the_kernel_equals_its_slow_twin_on_a_scale_free_network(by_arc):
    network = Network.generate("preferential_attachment", 3000, m=5, seed=3)
    # Four orders of magnitude: rows on every level of the bounds.
    widths = 10.0 ** np.random.default_rng(1).uniform(-4, -0.2, network.arcs)
    probability = widths if by_arc else 0.13
    forest = cascades(network, probability, [5, 7, 11], 3, 9, keep="forest")
    for replicate in range(3):
        begin, end = forest.offsets[replicate : replicate + 2]
        columns = (forest.person, forest.parent, forest.hop)
        found = list(zip(*(column[begin:end].tolist() for column in columns), strict=True))
        assert found == twin(network, probability, [5, 7, 11], replicate, 9)
        assert len(found) > 30


def test_a_row_longer_than_the_longest_skip():
    followers = 3 * LONGEST + 100
    star = graph([list(range(1, followers + 1)), *[[]] * followers])
    p = 2e-5
    for replicate, size in enumerate(cascades(star, p, [0], 30)):
        assert size == len(twin(star, p, [0], replicate))
    sizes = cascades(star, p, [0], 40_000) - 1
    error = np.sqrt(followers * p * (1 - p) / len(sizes))
    assert abs(sizes.mean() - followers * p) < 4 * error


# what always holds ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scale_free():
    return Network.generate("preferential_attachment", 20_000, m=3, seed=2)


@pytest.mark.parametrize("by_arc", [False, True])
def test_threads_chunks_and_order_change_nothing(scale_free, by_arc):
    p = np.random.default_rng(4).random(scale_free.arcs) * 0.3 if by_arc else 0.15
    forest = cascades(scale_free, p, replicates=50, seed=7, keep="forest")
    for threads in (1, 2, 3):
        assert np.array_equal(
            cascades(scale_free, p, replicates=50, seed=7, threads=threads), forest.sizes
        )
        other = cascades(scale_free, p, replicates=50, seed=7, keep="forest", threads=threads)
        for column in ("sizes", "person", "parent", "hop", "offsets"):
            assert np.array_equal(getattr(other, column), getattr(forest, column))
    assert np.array_equal(cascades(scale_free, p, replicates=20, seed=7), forest.sizes[:20])
    # One by one and backwards, on one desk, which each replicate has to leave clean.
    job = _Job(*_prepared(scale_free, p), np.empty(0, np.int32), np.uint64(7), keep=False)
    desk = job.desk()
    backwards = [job.run(r, r + 1, desk).sizes[0] for r in reversed(range(50))]
    assert backwards[::-1] == forest.sizes.tolist()


def test_a_forest_in_many_pieces_is_the_same(scale_free, monkeypatch):
    whole = cascades(scale_free, 0.15, replicates=30, keep="forest")
    monkeypatch.setattr("wordofmouth.sim.cascades.run._PIECE", 1)
    pieces = cascades(scale_free, 0.15, replicates=30, keep="forest")
    assert np.array_equal(whole.person, pieces.person)
    assert np.array_equal(whole.offsets, pieces.offsets)


def test_a_generation_of_several_batches_equals_its_slow_twin(scale_free):
    seeds = list(range(10))
    forest = cascades(scale_free, 0.5, seeds, keep="forest")
    assert np.bincount(forest.hop).max() > BATCH
    rows = twin(scale_free, 0.5, seeds, 0)
    assert forest.person.tolist() == [person for person, _, _ in rows]
    assert forest.parent.tolist() == [parent for _, parent, _ in rows]


def test_certain_sharing_reaches_the_component_at_its_distance():
    network = Network.generate("random", 2000, mean_degree=1.5, seed=5)
    distance, queue = {3: 0}, deque([3])
    while queue:
        person = queue.popleft()
        for follower in network.indices[network.indptr[person] : network.indptr[person + 1]]:
            if int(follower) not in distance:
                distance[int(follower)] = distance[person] + 1
                queue.append(int(follower))
    for probability in (1.0, np.ones(network.arcs)):
        forest = cascades(network, probability, [3], keep="forest")
        assert dict(zip(forest.person.tolist(), forest.hop.tolist(), strict=True)) == distance


@pytest.mark.parametrize("by_arc", [False, True])
def test_without_a_chance_nobody_but_the_seeds_shares(scale_free, by_arc):
    p = np.zeros(scale_free.arcs) if by_arc else 0
    assert cascades(scale_free, p, [1, 5], 4).tolist() == [2, 2, 2, 2]


def test_a_forest_is_a_forest_of_the_network(scale_free):
    forest = cascades(scale_free, 0.15, [9, 4], 10, keep="forest")
    assert np.array_equal(np.diff(forest.offsets), forest.sizes)
    parents = forest.parent_rows()
    child = np.flatnonzero(parents >= 0)
    assert np.array_equal(forest.person[parents[child]], forest.parent[child])
    assert np.array_equal(forest.hop[parents[child]] + 1, forest.hop[child])
    replicate = np.repeat(np.arange(10), forest.sizes)
    assert np.array_equal(replicate[parents[child]], replicate[child])
    assert len(np.unique(forest.person + replicate * scale_free.n)) == len(forest.person)
    sender = np.repeat(np.arange(scale_free.n), np.diff(scale_free.indptr))
    arcs = sender * scale_free.n + scale_free.indices
    assert np.isin(forest.parent[child] * scale_free.n + forest.person[child], arcs).all()
    # Breadth-first: parents never go back, and the first of them all is the one recorded.
    within = np.diff(parents[child])[np.diff(replicate[child]) == 0]
    assert (within >= 0).all()


def test_of_several_who_convince_the_first_in_breadth_first_order_is_the_parent():
    # 0 -> 2, 3; both 2 and 3 -> 1: 2 stands first.
    diamond = graph([[2, 3], [], [1], [1]])
    assert cascades(diamond, 1.0, [0], keep="forest").parent.tolist() == [-1, 0, 0, 2]
    # Seeds stand in ascending order, however they are listed.
    assert cascades(diamond, 1.0, [3, 2], keep="forest").parent.tolist() == [-1, -1, 2]


# the law of the skips ---------------------------------------------------------------------------


@pytest.mark.parametrize("p", [0.001, 0.02, 0.1, 0.37, 0.9])
def test_gaps_between_successes_are_geometric(p):
    followers = int(max(20_000, 80 / p))
    star = graph([list(range(1, followers + 1)), *[[]] * followers])
    forest = cascades(star, p, [0], 1 + int(40_000 / (followers * p)), keep="forest")
    hit = forest.person[forest.person > 0].astype(np.int64)
    # Only gaps that begin where any gap of a likely length still fits into the row.
    whole = (hit[:-1] + 25 / p < followers) & (np.diff(hit) > 0)
    gaps = (np.diff(hit) - 1)[whole]
    assert len(gaps) > 15_000
    edges = np.unique(np.ceil(np.log1p(-np.linspace(0, 0.98, 40)) / np.log1p(-p)))
    counts = np.histogram(gaps, [*edges, np.inf])[0]
    chance = np.diff([*(1 - (1 - p) ** edges), 1.0])
    assert stats.chisquare(counts, chance * counts.sum()).pvalue > 1e-6
    assert abs(gaps.mean() - (1 - p) / p) < 4 * np.sqrt(1 - p) / p / np.sqrt(len(gaps))


@pytest.mark.parametrize("p", [1e-9, 0.001, 0.1, 0.5, 0.9, 1.0])
def test_the_table_holds_the_exact_law(p):
    cell, below = skip_table(p, 500)
    exact = -np.expm1(np.arange(501) * np.log1p(-p)) if p < 1 else np.arange(501) > 0
    np.testing.assert_allclose(below, exact, rtol=1e-6 if p < 1e-6 else 1e-12)
    for number, entry in enumerate(cell.tolist()):
        low, high = number / CELLS, (number + 1) / CELLS
        skip = entry & LONGEST
        assert below[skip] <= low
        assert skip == 500 or entry > LONGEST or high <= below[skip + 1]


# closed forms -----------------------------------------------------------------------------------


def sizes_of_all_worlds(network, probability, seeds):
    """The law of the size, by going through every set of arcs that may succeed (A12)."""
    sender = np.repeat(np.arange(network.n), np.diff(network.indptr))
    law = Counter()
    for world in itertools.product((0, 1), repeat=network.arcs):
        weight = np.prod(np.where(world, probability, 1 - np.asarray(probability)))
        reached, before = set(seeds), -1
        while len(reached) > before:
            before = len(reached)
            arcs = zip(sender, network.indices, world, strict=True)
            reached |= {int(v) for u, v, open_ in arcs if open_ and u in reached}
        law[len(reached)] += weight
    return law


TINY = [
    (graph([[1, 2], [0, 2], [0, 1]]), [0]),
    (graph([[1, 2, 3], [2], [3, 0], [1, 0]]), [1]),
    (graph([[1], [2], [3], [0], [0, 2]]), [4, 1]),
]


@pytest.mark.parametrize(("network", "seeds"), TINY)
@pytest.mark.parametrize("p", [0.15, 0.6, "by arc"])
def test_tiny_networks_follow_the_law_of_all_worlds(network, seeds, p):
    if p == "by arc":
        p = np.linspace(0.05, 0.95, network.arcs)
    law = sizes_of_all_worlds(network, p, seeds)
    sizes = Counter(cascades(network, p, seeds, 100_000, seed=12).tolist())
    values = sorted(size for size in law if law[size] > 0)
    assert set(sizes) <= set(values)
    counts = np.array([sizes[size] for size in values])
    chance = np.array([law[size] for size in values])
    assert stats.chisquare(counts, chance * counts.sum()).pvalue > 1e-6


def close(sample, exact, people=np.inf):
    """Within 4 standard errors, with the luck of a random network of so many people counted in."""
    error = sample.std() * np.sqrt(1 / len(sample) + 1 / people)
    return abs(sample.mean() - exact) < 4 * error


def test_triangle_and_star():
    p = 0.3
    triangle = cascades(TINY[0][0], p, [0], 300_000)
    assert close(triangle, 1 + 2 * (p + p**2 - p**3))
    star = graph([list(range(1, 31)), *[[0]] * 30])
    assert close(cascades(star, p, [0], 100_000), 1 + 30 * p)


def poisson_followers(people, mean, seed):
    """Everybody heard by a Poisson number of people drawn uniformly."""
    rng = np.random.default_rng(seed)
    count = rng.poisson(mean, people)
    source = np.repeat(np.arange(people), count)
    return Network.from_edges(source, rng.integers(0, people, len(source)), people, directed=True)


def test_borel_law_of_small_cascades():  # A6
    people = 400_000
    network = poisson_followers(people, 2.0, 1)
    sizes = cascades(network, 0.25, replicates=1_000_000, seed=3)
    assert close(sizes == 1, np.exp(-0.5), people)
    assert close(sizes == 2, 0.5 * np.exp(-1.0), people)
    assert close(sizes, 2.0, people)
    assert close((sizes - 2.0) ** 2, 4.0, people)


@pytest.mark.parametrize(("ratio", "extinct"), [(1.5, 0.417188), (2.0, 0.203188)])
def test_extinction(ratio, extinct):  # A6
    people = 50_000
    network = poisson_followers(people, 2 * ratio, 2)
    # Those that die out are far smaller than the rest: nothing lies between.
    sizes = cascades(network, 0.5, replicates=3000, seed=4)
    assert not ((sizes > people // 50) & (sizes < people // 4)).any()
    assert close(sizes < people // 50, extinct, people)


def binomial(successes, trials, p):
    """The binomial law, also where the trials are a mean and not whole."""
    ways = (
        gammaln(trials + 1)
        - gammaln(successes + 1)
        - gammaln(np.maximum(trials - successes, 0) + 1)
    )
    chance = np.exp(ways + successes * np.log(p) + (trials - successes) * np.log1p(-p))
    return np.where(trials >= successes, chance, 0.0)


def law_of_sizes(counts, weights, p, largest):
    """P(size = 1 .. largest) where each sharer has k followers, k of `counts`: Otter and Dwass.

    P(size = n) = P(n independent offspring sum to n - 1) / n.
    """
    # Counts within .2 % of each other are taken together.
    _, group = np.unique(
        np.where(counts < 500, counts, np.log(counts) * 500).astype(int), False, True
    )
    weight = np.bincount(group, weights)
    counts = np.bincount(group, weights * counts) / weight
    offspring = np.array([(weight * binomial(j, counts, p)).sum() for j in range(largest)])
    power, law = np.array([1.0]), np.empty(largest)
    for n in range(1, largest + 1):
        power = np.convolve(power, offspring)[:largest]
        law[n - 1] = power[n - 1] / n
    return law


def test_the_law_of_sizes_is_the_published_one():  # A1
    k = np.arange(10, 1_000_001)
    survival = (np.append(k, k[-1] + 1) / 10.0) ** -1.3
    weights = -np.diff(survival) / (1 - survival[-1])
    mean = (k * weights).sum()
    assert mean == pytest.approx(41.47, abs=0.01)
    for ratio, popular in ((0.3, 0.0184), (0.5, 0.0679), (0.7, 0.2244)):
        law = law_of_sizes(k, weights, ratio / mean, 99)
        assert 100 * (1 - law.sum()) == pytest.approx(popular, rel=0.01)


def popular_cascades(people, replicates, ratio, seed):
    """Sizes on a network of power-law followers, and the law given its numbers of followers."""
    network = Network.generate("power_law_followers", people, exponent=2.3, seed=seed)
    counts, times = np.unique(np.diff(network.indptr), return_counts=True)
    p = ratio / 41.47
    sizes = cascades(network, p, replicates=replicates, seed=seed, threads=2)
    return sizes, law_of_sizes(counts, times / people, p, 99)


@pytest.mark.parametrize("ratio", [0.5, 0.7])
def test_popular_cascades(ratio):  # A1, given the numbers of followers that came out
    people = 150_000
    sizes, law = popular_cascades(people, 1_000_000, ratio, 21)
    assert close(sizes == 1, law[0])
    assert close(sizes == 2, law[1])
    assert close(sizes >= 100, 1 - law.sum())


@pytest.mark.slow
@pytest.mark.parametrize("ratio", [0.3, 0.5, 0.7])
def test_popular_cascades_to_two_percent(ratio):  # A1
    sizes, law = popular_cascades(1_000_000, 30_000_000, ratio, 22)
    assert close(sizes == 1, law[0])
    assert close(sizes == 2, law[1])
    assert close(sizes >= 100, 1 - law.sum())


# what is refused --------------------------------------------------------------------------------

CHAIN = graph([[1], [2], []])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"probability": 1.5}, r"probability is 1\.5"),
        ({"probability": -0.1}, "probability"),
        ({"probability": float("nan")}, "probability is nan"),
        ({"probability": "half"}, "probability"),
        ({"probability": True}, "probability"),
        ({"probability": [0.5]}, "probability has 1 entries, but the network has 2 arcs"),
        ({"probability": [0.5, 1.5]}, r"probability of arc 1 is 1\.5"),
        ({"probability": [float("nan"), 0.5]}, "probability of arc 0 is nan"),
        ({"probability": [[0.5, 0.5]]}, "probability"),
        ({"seeds": [3]}, "seeds names person 3"),
        ({"seeds": [-1]}, "seeds names person -1"),
        ({"seeds": [1, 1]}, "seeds names person 1 twice"),
        ({"seeds": []}, "seeds"),
        ({"seeds": [0.5]}, "seeds"),
        ({"seeds": [True]}, "seeds"),
        ({"seeds": "everybody"}, "seeds is 'everybody'"),
        ({"replicates": 0}, "replicates is 0"),
        ({"replicates": 2.0}, "replicates"),
        ({"threads": 0}, "threads is 0"),
        ({"threads": True}, "threads"),
        ({"seed": -1}, "seed is -1"),
        ({"seed": 2**64}, "seed"),
        ({"keep": "tree"}, "keep is 'tree'"),
        ({"network": graph([])}, "no people"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(arguments, words):
    with pytest.raises(InputError, match=words):
        cascades(**({"network": CHAIN, "probability": 0.5} | arguments))
