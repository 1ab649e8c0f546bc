r"""The Shapley value of a game, exactly or by orders of its players, and their interactions.

A game gives each coalition, a set of players, a value. Coalitions are numbered by their bits:
player i is in coalition c where ``c >> i & 1``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ....sim.draws import key, luck
from ....sim.errors import InputError

# What is decided by these draws (see `sim.draws`): the order of the players.
ORDER: Final = 900
# Of so many players all 2**8 coalitions are asked; of more, those that orders meet.
EXACT: Final = 8

Values = NDArray[np.float64]


def _players(worth: NDArray[Any]) -> int:
    players = int(worth.shape[-1]).bit_length() - 1 if worth.ndim else 0
    if not worth.ndim or worth.shape[-1] != 2**players:
        raise InputError(
            f"worth has {worth.shape[-1] if worth.ndim else 0} coalitions; give one value for each "
            "of the 2**n coalitions of n players."
        )
    return players


def shapley(worth: ArrayLike) -> Values:
    r"""The Shapley value of each player.

    .. math:: \phi_i = \sum_{S \not\ni i} \frac{|S|!\,(n-|S|-1)!}{n!} (v(S \cup i) - v(S))

    The values of all players add up to that of all together less that of none. The sums are made
    before the division by n!, so that whole values of coalitions below 2**53 / n! lose nothing.

    Parameters
    ----------
    worth : float[..., 2**n]
        The value of each coalition.

    Returns
    -------
    float64[..., n]
        Exactly 0 for a player who never adds anything.

    Raises
    ------
    InputError
        If the number of coalitions is no power of 2.

    Examples
    --------
    Two who are worth 1 and 2 alone and 5 together share the 2 beyond that:

    >>> shapley([0, 1, 2, 5]).tolist()
    [2.0, 3.0]

    References
    ----------
    Shapley 1953, "A value for n-person games".
    """
    values = np.asarray(worth, np.float64)
    n = _players(values)
    coalition = np.arange(2**n)
    size = np.bitwise_count(coalition).astype(np.int64)
    share = np.array([math.factorial(s) * math.factorial(max(n - s - 1, 0)) for s in range(n + 1)])
    added = np.zeros((*values.shape[:-1], n))
    for player in range(n):
        without = coalition[coalition >> player & 1 == 0]
        gain = values[..., without | 1 << player] - values[..., without]
        added[..., player] = (gain * share[size[without]]).sum(axis=-1)
    return added / math.factorial(n)


def interactions(worth: ArrayLike) -> Values:
    r"""The Shapley interaction index of each pair: what two add together beyond each by itself.

    .. math:: I_{ij} = \sum_{S \not\ni i, j} \frac{|S|!\,(n-|S|-2)!}{(n-1)!}
              (v(S \cup ij) - v(S \cup i) - v(S \cup j) + v(S))

    Above 0 the two help each other, below 0 each does what the other would have done.

    Parameters
    ----------
    worth : float[..., 2**n]
        The value of each coalition.

    Returns
    -------
    float64[..., n, n]
        Symmetric, with 0 on the diagonal.

    Raises
    ------
    InputError
        If the number of coalitions is no power of 2.

    Examples
    --------
    >>> interactions([0, 1, 2, 5])[0, 1].item()
    2.0

    References
    ----------
    Grabisch & Roubens 1999, "An axiomatic approach to the concept of interaction among players".
    """
    values = np.asarray(worth, np.float64)
    n = _players(values)
    coalition = np.arange(2**n)
    size = np.bitwise_count(coalition).astype(np.int64)
    share = np.array([math.factorial(s) * math.factorial(max(n - s - 2, 0)) for s in range(n + 1)])
    index = np.zeros((*values.shape[:-1], n, n))
    for i in range(n):
        for j in range(i):
            both = 1 << i | 1 << j
            rest = coalition[coalition & both == 0]
            with_i = values[..., rest | 1 << i] - values[..., rest]
            beside_j = values[..., rest | both] - values[..., rest | 1 << j]
            total = ((beside_j - with_i) * share[size[rest]]).sum(axis=-1)
            index[..., i, j] = index[..., j, i] = total / math.factorial(n - 1)
    return index


def orders(players: int, pairs: int, seed: int) -> list[tuple[int, ...]]:
    """Orders in which players join, each followed by its reverse (antithetic).

    A player who comes early in one comes late in the other, which takes out of the mean most of
    what it owes to when a player came.

    Parameters
    ----------
    players, pairs
        How many players, and pairs of orders.
    seed
        Which of all orders: the same for the same numbers.

    References
    ----------
    Castro, Gomez & Tejada 2009, "Polynomial calculation of the Shapley value based on sampling";
    Mitchell, Cooper, Frank & Holmes 2022, "Sampling permutations for Shapley value estimation".
    """
    drawn = []
    for pair in range(pairs):
        under = int(key(seed, ORDER, pair))
        order = sorted(range(players), key=lambda player: int(luck(under, player)))
        drawn += [tuple(order), tuple(reversed(order))]
    return drawn


def met(order: Sequence[int]) -> list[int]:
    """The coalitions that an order of players meets, from nobody to everybody.

    Examples
    --------
    >>> met((1, 0, 2))
    [0, 2, 3, 7]
    """
    coalitions = [0]
    for player in order:
        coalitions.append(coalitions[-1] | 1 << player)
    return coalitions


def along(order: Sequence[int], worth: ArrayLike) -> Values:
    """What each player adds on joining in an order; together they add up to the whole.

    Parameters
    ----------
    order
        The players as they join.
    worth : float[..., n + 1]
        The value of each coalition that `met` names.

    Returns
    -------
    float64[..., n]
        By player, not by place.
    """
    gains = np.diff(np.asarray(worth, np.float64), axis=-1)
    added = np.empty_like(gains)
    added[..., list(order)] = gains
    return added
