"""Seeds for research: what is asked is checked, then chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ..draws import SEEDING, draw, key, uniform
from ..errors import InputError
from ..given import whole_number
from ..jit import jit
from ..network import Network
from ..parameters.publish import Policy
from .check import checked_chance, checked_epsilon, checked_policy
from .choose import by_guarantee, choose
from .wanted import Wanted


@dataclass(frozen=True, eq=False)
class Seeds:
    """People in the order in which they were chosen.

    It is a sequence of their ids, which `wom.run` takes as it is; `wom.cascades` takes `rows`.

    Attributes
    ----------
    policy : str
        How they were chosen.
    ids : array
        Their ids in the data, 0 .. n - 1 where there are none.
    rows : int32 array
        Their rows in the network.
    spread : float or None
        For "greedy": the expected number who share, seeds included, estimated without bias.
    ratio : float or None
        For "greedy": with a probability of at least 1 - min(1 / n, .001) the expected spread is
        at least this share of the largest that as many people can have.
    """

    policy: str
    ids: NDArray[Any]
    rows: NDArray[np.int32]
    spread: float | None = None
    ratio: float | None = None

    def __len__(self) -> int:
        return self.rows.size

    def __iter__(self) -> Iterator[Any]:
        return iter(self.ids.tolist())

    def __getitem__(self, place: Any) -> Any:
        return self.ids[place]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        return np.array(self.ids, dtype, copy=True) if copy else np.asarray(self.ids, dtype)


@jit
def _luck(under: np.uint64, n: int) -> NDArray[np.float64]:
    """A number in [0, 1) for each row."""
    luck = np.empty(n)
    for person in range(n):
        luck[person] = uniform(draw(under, np.uint64(person)))
    return luck


def seeds(
    network: Network,
    k: int,
    *,
    probability: float | NDArray[Any] | Literal["weighted_cascade"] = "weighted_cascade",
    policy: Policy = "greedy",
    seed: int = 0,
    epsilon: float = 0.1,
    threads: int = 1,
) -> Seeds:
    """Choose people from whom a message is to start.

    ====================== =======================================================================
    policy                 who comes first
    ====================== =======================================================================
    "greedy"               who adds most to the expected spread of the independent cascade, by
                           reverse-reachable sets, with a guarantee (OPIM-C, Tang et al. 2018)
    "degree_discount"      who has most followers whom those chosen before do not reach (Chen et al.
                           2009): (1 - p)^t (1 + (d - t) p) with t of d neighbours chosen
    "collective_influence" (k - 1) times the sum of (k - 1) at a distance of two ties, those chosen
                           before taken out (Morone & Makse 2015)
    "pagerank"             who is heard by people who hear few others and are heard themselves:
                           damping .85 (Brin & Page 1998)
    "k_core"               who sits in the densest core (Kitsak et al. 2010)
    "betweenness"          through whom most shortest ways lead, from 128 people by luck or all
                           (Freeman 1977; Brandes & Pich 2007)
    "followers"            whom most people hear
    "fringe"               whom fewest hear
    "random"               whom luck takes
    ====================== =======================================================================

    Of people who are equally good, who has more followers comes first, then who has the luck of
    `seed`. Cores and collective influence take ties without directions. All sums that decide are
    whole numbers, or rounded before they are compared.

    Parameters
    ----------
    network : Network
        Who hears whom.
    k : int
        How many people, 1 to n.
    probability : float, array of one number an arc, or "weighted_cascade"
        Chance that who shares convinces one who hears it, in the order of `network.indices`; or 1
        over the number of people whom the hearer hears (Kempe, Kleinberg & Tardos 2003). Only
        "greedy" and "degree_discount" ask for it.
    policy : str
        One of the above.
    seed : int
        Seed of all draws.
    epsilon : float
        Sets are drawn until "greedy" is proved to reach 1 - 1/e - epsilon of the best.
    threads : int
        Over how many threads these are drawn; the people are the same for any number.

    Returns
    -------
    Seeds
        Their `ids` and `rows` in the order of choice, and for "greedy" `spread` and `ratio`.
        Where memory for sets runs out before the proof, `ratio` is less than was asked for.

    Raises
    ------
    InputError
        For a number out of range, an unknown policy, probabilities that are not one for each arc.

    Examples
    --------
    >>> import wordofmouth as wom
    >>> star = wom.Network.from_edges(["eve"] * 3 + ["dan"], ["ann", "bea", "cid", "fay"])
    >>> chosen = wom.seeds(star, 2)
    >>> list(chosen), round(chosen.spread), chosen.ratio > 0.53
    (['eve', 'dan'], 6, True)
    >>> wom.seeds(star, 2, policy="degree_discount", probability=0.1).rows
    array([4, 3], dtype=int32)

    References
    ----------
    Tang, Tang, Xiao & Yuan 2018, "Online processing algorithms for influence maximization".
    Chen, Wang & Yang 2009, "Efficient influence maximization in social networks".
    Morone & Makse 2015, "Influence maximization in complex networks through optimal percolation".
    Kitsak et al. 2010, "Identification of influential spreaders in complex networks".
    """
    given: Any = network
    if not isinstance(given, Network) or given.n == 0:
        raise InputError(
            f"network = {given!r} is not allowed; give a wordofmouth.Network of people."
        )
    kind = checked_policy(policy)
    chance = checked_chance(probability, network)
    exact = checked_epsilon(epsilon)
    workers = whole_number("threads", threads, 1, 4096)
    own = key(whole_number("seed", seed, 0, 2**64 - 1), int(SEEDING))
    count = whole_number("k", k, 1, network.n)
    wanted = Wanted(count, network.followers, _luck(own, network.n))
    spread = ratio = None
    if kind == "greedy":
        rows, spread, ratio = by_guarantee(network, wanted, chance, exact, workers)
    else:
        rows = choose(network, kind, wanted, chance)
    return Seeds(kind, rows if network.ids is None else network.ids[rows], rows, spread, ratio)
