"""Popularity out of nothing but limited attention (Gleeson, Ward, O'Sullivan & Lee 2014)."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from ....sim.competition import competition
from ....sim.network import Network
from .paper import Finding, Paper, Tell, findings

PEOPLE: Final = 20_000
HEARD: Final = 10
NEW: Final = 0.05
EVENTS: Final = 800_000
RUNS: Final = 24


def law(heard: int, new: float, most: int = 200_000) -> NDArray[np.float64]:
    """P(popularity >= n), n = 0 .. most - 1, by the published generating function.

    A meme's posts are the progeny of a branching process, each with a binomial number of
    offspring: P(n) = Binomial(n - 1; (z + 1) n, (1 - mu) / (z + 1)) / n.

    Parameters
    ----------
    heard
        z: how many everybody hears, and is heard by.
    new
        mu: the chance that a post is a new meme.
    most
        The length of the answer.
    """
    n = np.arange(1, most)
    chance = binom.pmf(n - 1, (heard + 1) * n, (1 - new) / (heard + 1)) / n
    return np.concatenate(([1.0, 1.0], 1.0 - np.cumsum(chance)[:-1]))


def regular(people: int, heard: int, seed: int = 1) -> Network:
    """Everybody hears so many others and is heard by as many, but for a few ties drawn twice."""
    draw = np.random.default_rng(seed)
    senders = np.concatenate([draw.permutation(people) for _ in range(heard)])
    return Network.from_edges(np.tile(np.arange(people), heard), senders, people)


def measure(tell: Tell) -> list[Finding]:
    """Memes that differ in nothing, on screens of one."""
    network = regular(PEOPLE, HEARD)
    runs = []
    for seed in range(RUNS):
        tell(seed, RUNS)
        found = competition(network, NEW, events=EVENTS, seed=seed)
        runs.append((found.posts.mean(), *found.at_least([10, 100])))
    exact = law(HEARD, NEW)
    known = (1 / NEW, exact[10], exact[100])
    names = ("mean posts of a meme", "memes of 10 posts and more", "memes of 100 posts and more")
    table = findings(names, known, runs)
    return [
        table[0],
        # The copies that one post makes share fates, which the law leaves out.
        table[1]._replace(within=0.02 * known[1]),
        table[2]._replace(within=0.02 * known[2]),
    ]


PAPER: Final = Paper(
    "gleeson_2014",
    "Gleeson, Ward, O'Sullivan & Lee (2014), Competition-induced criticality in a model of meme "
    "popularity, Physical Review Letters 112:048701",
    "Memes that differ in nothing become very unequally popular where attention is limited.",
    "20,000 people who each hear 10, screens of one meme, a new meme with probability .05.",
    "The law takes the copies of one post to be independent; on a network where everybody hears "
    "10 that is off by up to 2 %.",
    measure,
)
