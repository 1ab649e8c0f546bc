"""Each kind of network beside real ones, and how long it takes to make a social network.

    python -m benchmarks.networks DATA [--people N,N,...]

DATA is the folder with the real networks. Every kind has as many people, and as nearly as its
parameters allow as many arcs, as the real one; `social` is told its parameters, as measured,
`power_law_followers` its exponent and maximum, `configuration` everybody's number of neighbours.
Then come the CPU seconds of one `social` network for each number of people, with 40 arcs a person.

Exponents are by maximum likelihood, with the tail's beginning where the fit is best (Clauset,
Shalizi & Newman 2009); above 4 there is no heavy tail to speak of, and a dash. Distances are along
the arcs, from 200 people drawn at random.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from wordofmouth.experiments.results.figures.power_law import tail
from wordofmouth.sim.network import Network, assortativity, clustering, distances, reciprocity
from wordofmouth.sim.network.size import mean_followers
from wordofmouth.sim.network.undirected import without_directions

REAL = {
    "ego-facebook.txt": (False, "Facebook, friends in ten circles (McAuley & Leskovec 2012)"),
    "email-eu-core.txt": (True, "E-mail in an institute (Yin et al. 2017)"),
    "stackexchange-christianity/edges.txt": (True, "Answers in a forum (Sankar et al. 2020)"),
}
COLUMNS = (
    "network",
    "arcs a person",
    "followers: exponent",
    "most",
    "following: exponent",
    "most",
    "clustering",
    "reciprocity",
    "assortativity",
    "distance",
    "reached",
)
HEAVY = 4.0


def exponent(values: NDArray[Any]) -> float:
    """The exponent of the tail, infinite where none was found."""
    found = tail(values[values > 0])
    return found.exponent if found else np.inf


def neighbours(real: Network) -> list[int]:
    """How many hear each person or are heard."""
    counts: list[int] = np.diff(without_directions(real)[0]).tolist()
    return counts


def like(real: Network) -> Iterator[tuple[str, Network]]:
    """Each kind, as like the real network as its parameters allow."""
    n, mean = real.n, real.arcs / real.n
    most = int(real.followers.max())
    exponents = [exponent(each) for each in (real.followers, real.following)]

    def made(kind: str, **parameters: Any) -> tuple[str, Network]:
        return kind, Network.generate(kind, n, seed=1, **parameters)

    yield made(
        "social",
        followers_exponent=exponents[0],
        following_exponent=exponents[1],
        mean=mean,
        maximum=most,
        maximum_following=int(real.following.max()),
        clustering=clustering(real),
        reciprocity=reciprocity(real),
    )
    least = min(
        range(1, int(mean) + 1),
        key=lambda minimum: abs(mean_followers(exponents[0], minimum, most) - mean),
    )
    yield made("power_law_followers", exponent=exponents[0], minimum=least, maximum=most)
    ties = max(1, round(mean / 2))
    yield made("clustered_preferential_attachment", m=ties, triad_probability=1.0)
    yield made("preferential_attachment", m=ties)
    yield "configuration", Network.generate("configuration", degrees=neighbours(real), seed=1)
    yield made("small_world", neighbours=2 * ties, rewire=0.1)
    yield made("random", mean_degree=mean)


def row(name: str, network: Network) -> str:
    """What a network is like, as a row of the table."""
    steep = [exponent(each) for each in (network.followers, network.following)]
    tails = ["–" if each > HEAVY else f"{each:.2f}" for each in steep]
    along = distances(network, sources=200)
    cells = (
        name,
        f"{network.arcs / network.n:.1f}",
        tails[0],
        f"{network.followers.max():,}",
        tails[1],
        f"{network.following.max():,}",
        f"{clustering(network):.3f}",
        f"{reciprocity(network):.3f}",
        f"{round(assortativity(network), 2) + 0.0:+.2f}",
        f"{along.mean:.2f}",
        f"{along.reached:.2f}",
    )
    return f"| {' | '.join(cells)} |"


def compare(data: Path) -> None:
    """Print a table for each real network."""
    for file, (directed, title) in REAL.items():
        real = Network.from_file(data / file, directed=directed)
        print(f"\n### {title}\n\n{real.n:,} people.\n")
        print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
        print(row("**real**", real))
        for name, network in like(real):
            print(row(f"`{name}`", network), flush=True)


def timed(people: list[int]) -> None:
    """Print the CPU seconds of a social network."""
    Network.generate("social", 2_000)  # compiled
    print("\n| people | arcs | CPU seconds | microseconds an arc |\n|---|---|---|---|")
    for n in people:
        begun = time.process_time()
        arcs = Network.generate("social", n, seed=1).arcs
        seconds = time.process_time() - begun
        print(f"| {n:,} | {arcs:,} | {seconds:.1f} | {1e6 * seconds / arcs:.2f} |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--people", default="50000,200000,1000000")
    given = parser.parse_args()
    compare(given.data)
    timed([int(each) for each in given.people.split(",")])
