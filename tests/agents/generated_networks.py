"""Generated networks of any shape, and whom the draws on them are about."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray
from wordofmouth import Network
from wordofmouth.sim.people import PeopleTable

from .generated import Value, numbers, one_of

KINDS: dict[str, dict[str, Value]] = {
    "preferential_attachment": {"m": one_of(1, 2, 3, 4)},
    "clustered_preferential_attachment": {"m": one_of(1, 2, 3, 4)},
    "power_law_followers": {"minimum": one_of(1, 2, 3), "exponent": one_of(2.1, 2.6, 3.0)},
    "configuration": {
        "law": one_of("power_law"),
        "exponent": one_of(1.5, 2.5),
        "cutoff": one_of(2),
    },
    "random": {"mean_degree": one_of(0.5, 3.0, 8.0)},
    "small_world": {"neighbours": one_of(2, 4), "rewire": one_of(0.0, 0.2, 1.0)},
}


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """A network of up to some hundred people: of any kind, or any set of arcs; weighted or not."""
    kind = draw(st.sampled_from(["arcs", *KINDS]))
    if kind == "arcs":
        network = draw(arcs())
    else:
        rng = np.random.default_rng(draw(numbers))
        n, seed = int(rng.integers(40, 300)), int(rng.integers(2**32))
        options = {name: value(rng) for name, value in KINDS[kind].items()}
        network = Network.generate(kind, n, seed=seed, **options)
    return weighted(network) if draw(st.booleans()) else network


@st.composite
def arcs(draw: st.DrawFn) -> Network:
    """Any set of arcs between some people: none, loops, and people whom nobody hears included."""
    n = draw(st.integers(3, 60))
    person = st.integers(0, n - 1)
    ties = draw(st.lists(st.tuples(person, person), max_size=3 * n))
    source, target = [u for u, _ in ties], [v for _, v in ties]
    return Network.from_edges(source, target, n, directed=draw(st.booleans()))


def weighted(network: Network) -> Network:
    """The same with a closeness from 0 to 1 on each arc, another one on its way back."""
    closeness = (np.arange(network.arcs) * 7 % 11 / 10).astype(np.float32)
    return Network(network.indptr, network.indices, closeness, directed=network.directed)


@st.composite
def peopled(draw: st.DrawFn, network: Network) -> Network:
    """The same with a table of its people, of any columns; or, now and then, without."""
    if draw(st.integers(0, 2)) == 0:
        return network
    rng = np.random.default_rng(draw(numbers))
    n = network.n

    def gaps(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.where(rng.random(n) < 0.3, np.nan, values)

    def words(*known: str) -> NDArray[np.object_]:
        return np.array(["", *known], object)[rng.integers(0, len(known) + 1, n)]

    every = {
        "trust": gaps(rng.random(n)),
        "bond": gaps(rng.random(n)),
        "activity": gaps(rng.choice([0.0, 0.3, 2.0, 20.0], n)),
        "susceptibility": gaps(rng.normal(0.0, 1.0, n)),
        "interest": gaps(rng.random(n)),
        "affinity": gaps(2.0 * rng.random(n)),
        "cost": gaps(rng.choice([0.0, 1.0, 3.5], n)),
    }
    said = {
        "role": words("stranger", "fan", "advocate"),
        "channels": words("feed", "wall", "wall, feed"),
        "segment": words("ones", "others", "rest", "a fourth"),
        "label": words("somebody"),
    }
    some = draw(st.sets(st.sampled_from([*every, *said])))
    table = PeopleTable(
        {name: column for name, column in every.items() if name in some},
        {name: column for name, column in said.items() if name in some},
        {"region": words("north", "south")},
    )
    return replace(network, people=table)


@st.composite
def identities(draw: st.DrawFn, n: int) -> NDArray[np.uint64] | None:
    """Whom the draws are about: the rows, the rows in another order, or any numbers."""
    how = draw(st.sampled_from(["rows", "relabelled", "any"]))
    if how == "rows":
        return None
    order = np.random.default_rng(draw(numbers)).permutation(n).astype(np.uint64)
    return order if how == "relabelled" else order * np.uint64(2**63 // n) + np.uint64(5)
