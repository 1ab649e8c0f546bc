r"""A network like real ones: both tails heavy, clustered, and partly reciprocal.

A directed geometric inhomogeneous random graph. Everybody has a place on a circle and two
weights: a, to be heard, and b, to hear. Let an arc lead from u to v, averaged over all places,
with chance

.. math:: p_{uv} = \min(1, a_u b_v), \qquad
          m_{uv} = \max(\kappa \min(p_{uv}, p_{vu}), p_{uv} + p_{vu} - 1)

where m is the chance of both arcs. The two of a pair are decided together: they are *tied*, by one
arc or both, with chance t = p_uv + p_vu - m on average, and at distance s (as a share of half the
circle) with chance

.. math:: \min(1, (x / s)^\alpha), \qquad \frac{x^\alpha - \alpha x}{1 - \alpha} = t_{uv}

where x is chosen such that the mean over all places is t. Given a tie, it is u -> v alone, v -> u
alone or both in proportion to p_uv - m, p_vu - m and m, wherever the two are. It follows that

- the mean number of u's followers is sum_v min(1, a_u b_v), exactly, on the finite circle and with
  hubs who are followed for sure. `laws` gives everybody a number of followers and of followed from
  Pareto laws, cut off at the maximum, and solves for a and b. Around its mean, a number varies as
  a sum of rare events does, about as Poisson's law.
- reciprocity, sum m / sum p, depends on kappa and on how the ranks by a and by b agree (Clayton's
  copula, `circle`), not on places. Agreement is chosen such that kappa = 1 would give r^0.7 where r
  is asked for, which is where e-mail (.71 of at most .79) and the answers of a forum (.31 of at
  most .47) are; then kappa such that it is r (`calibrate`).
- alpha sets the clustering, from that of a network without places (0) to that of one in which
  distance decides alone (infinity). It is found without a network, from triples of people drawn
  by the law of two neighbours of one person (`calibrate`).

Pairs are drawn layer of weights by layer, in time linear in people and arcs (`ties`). Nobody ends
up with more than `maximum` followers or `maximum_following` followed: who has more loses some,
drawn uniformly. What cannot be had is refused with what can, or, with `nearest`, becomes that.

References
----------
Bringmann, Keusch & Lengler 2019, Geometric inhomogeneous random graphs, Theoretical Computer
Science 760:35, for the graph, undirected and with bounds on the chances in place of the chances.
Blaesius, Friedrich, Katzmann, Meyer, Penschuck & Weyand 2019, Efficiently generating geometric
inhomogeneous and hyperbolic random graphs, ESA 2019, for layers and leaps.
Clayton 1978, Biometrika 65:141. Chung & Lu 2002, Annals of Combinatorics 6:125, for weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, NamedTuple

import numpy as np

from ...draws import key_of
from ..csr import Indptr, Rows
from .calibrate import agreement_for, alpha_for, returned_for
from .circle import Circle, settle
from .laws import weights_for
from .pair import reaches_of
from .rows import Piece, rows_of
from .samples import ordered
from .ties import arcs_from, layers_of

__all__ = ["social_rows"]

_PEOPLE: Final = np.uint64(1)
_PAIRS: Final = np.uint64(2)
_TRIPLES: Final = np.uint64(3)
_TIES: Final = np.uint64(4)
_CUT: Final = np.uint64(5)


class Settled(NamedTuple):
    """Where people are, the constants of their ties, and the numbers that come of them."""

    circle: Circle
    returned: float
    alpha: float
    made: dict[str, Any]


def settled(n: int, asked: Mapping[str, Any], key: np.uint64) -> Settled:
    """Everything but the ties.

    Raises
    ------
    InputError
        As `social_rows`.
    """

    def below(label: np.uint64) -> np.uint64:
        return np.uint64(key_of(key, label))

    weights = weights_for(n, asked)
    agreement, reciprocity = agreement_for(weights, asked)
    made = {**asked, "reciprocity": reciprocity}
    circle = settle(weights, agreement, below(_PEOPLE))
    sends, hears = ordered(circle.sends), ordered(circle.hears)
    returned = returned_for(circle, hears, reciprocity, below(_PAIRS))
    alpha, made["clustering"] = alpha_for(circle, sends, hears, returned, made, below(_TRIPLES))
    return Settled(circle, returned, alpha, made)


def social_rows(
    n: int,
    asked: Mapping[str, Any],
    key: np.uint64,
    threads: int = 1,
    piece: float = 2e6,
) -> tuple[Indptr, Rows]:
    """The rows of the network: the same for any number of threads and arcs a `piece`.

    Raises
    ------
    InputError
        Where these degrees, this reciprocity or this clustering cannot be had, with what can.
    """
    pieces = _pieces(n, asked, key, threads, piece)
    most = asked["maximum"], asked["maximum_following"]
    return rows_of(pieces, n, most, np.uint64(key_of(key, _CUT)))


def _pieces(
    n: int, asked: Mapping[str, Any], key: np.uint64, threads: int, piece: float
) -> list[Piece]:
    """What is found of some people after others: by a thread each, and side by side."""
    circle, returned, alpha, _ = settled(n, asked, key)
    work = np.cumsum(circle.followers + circle.following)
    pieces = max(1, round(n * asked["mean"] / piece))
    bounds = np.searchsorted(work, np.linspace(0.0, work[-1], pieces + 1))
    bounds[0], bounds[-1] = 0, n
    ties = np.uint64(key_of(key, _TIES))
    layers, reaches = layers_of(circle), reaches_of(alpha)

    def found(place: int) -> Piece:
        first, last = int(bounds[place]), int(bounds[place + 1])
        arcs = arcs_from(first, last, layers, returned, alpha, reaches, ties)
        return Piece(circle.person[first:last], *arcs)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(found, range(pieces)))
