"""How large a generated network will be, by arithmetic alone.

Nothing is allocated and neither numpy nor numba is imported, so that a command can refuse a
million million people before it starts.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from .check import check
from .kinds import KINDS


class Footprint(NamedTuple):
    """People, expected arcs, and the most bytes that making the network takes."""

    people: int
    arcs: int
    bytes: int


def estimate(kind: str, n: int | None = None, **parameters: Any) -> Footprint:
    """People, expected arcs (directed: a tie counts twice) and peak bytes of a generated network.

    The bytes include the finished arrays, 8 (n + 1) + 4 arcs. What networkx makes is not known
    beforehand: its arcs are estimated as none, its bytes from the people alone.

    Raises
    ------
    InputError
        As `generate` does, for an unknown kind or parameter or a value out of range.

    Examples
    --------
    >>> estimate("preferential_attachment", 10**12, m=5)
    Footprint(people=1000000000000, arcs=9999999999950, bytes=87999999999728)
    >>> estimate("power_law_followers", 1_000_000).arcs
    41473846
    """
    people, complete = check(kind, n, parameters)
    if people is None:
        return Footprint(0, 0, 0)
    arcs = round(_arcs(kind, people, complete))
    generator = KINDS[kind]
    return Footprint(
        people, arcs, generator.person_bytes * (people + 1) + generator.arc_bytes * arcs
    )


def mean_followers(exponent: float, minimum: int, maximum: int) -> float:
    r"""Mean of the truncated law of followers.

    With S(k) = (k / minimum)^-(exponent - 1) and M = maximum,

    .. math:: E[K] = \frac{minimum + \sum_{k=minimum+1}^{M} S(k) - M S(M + 1)}{1 - S(M + 1)}
    """
    slope = exponent - 1.0
    beyond = ((maximum + 1) / minimum) ** -slope
    total = float(minimum**slope) * _power_sum(minimum + 1, maximum, slope)
    return (minimum + total - maximum * beyond) / (1.0 - beyond)


def mean_cutoff_degree(exponent: float, cutoff: float, most: int) -> float:
    """Mean of p_k ~ k^-exponent exp(-k / cutoff), k = 1 .. most."""
    last = min(most, int(40 * cutoff) + 50)
    step = max(1, last // 200_000)  # a coarser sum for cutoffs beyond 5,000: an estimate will do
    weights = [(k, k**-exponent * math.exp(-k / cutoff)) for k in range(1, last + 1, step)]
    return sum(k * weight for k, weight in weights) / max(
        sum(weight for _, weight in weights), 1e-300
    )


def _power_sum(first: int, last: int, slope: float) -> float:
    """Sum of k^-slope, first <= k <= last: 1,000 terms, the rest by Euler and Maclaurin."""
    head = min(last, first + 999)
    total = math.fsum(k**-slope for k in range(first, head + 1))
    if head == last:
        return total
    low, high = float(head + 1), float(last)
    integral = (
        math.log(high / low)
        if slope == 1.0
        else (low ** (1.0 - slope) - high ** (1.0 - slope)) / (slope - 1.0)
    )
    ends = (low**-slope + high**-slope) / 2.0
    slopes = slope * (low ** (-slope - 1.0) - high ** (-slope - 1.0)) / 12.0
    return total + integral + ends + slopes


def _arcs(kind: str, n: int, parameters: dict[str, Any]) -> float:
    match kind:
        case "preferential_attachment" | "clustered_preferential_attachment":
            return 2 * parameters["m"] * (n - parameters["m"])
        case "power_law_followers":
            most = min(parameters["maximum"], n - 1)
            return n * mean_followers(parameters["exponent"], parameters["minimum"], most)
        case "social":
            return n * float(parameters["mean"])
        case "configuration":
            return _configuration_arcs(n, parameters)
        case "random":
            return n * float(parameters["mean_degree"])
        case "small_world" | "ring":
            return n * int(parameters["neighbours"])
        case "tree":
            return (n - 1) * (1 if parameters["directed"] else 2)
        case _:
            return 0.0


def _configuration_arcs(n: int, parameters: dict[str, Any]) -> float:
    if parameters["degrees"] is not None:
        return float(sum(int(degree) for degree in parameters["degrees"]))
    match parameters["law"]:
        case "poisson":
            return n * float(parameters["mean"])
        case "regular":
            return n * int(parameters["degree"])
        case _:
            return n * mean_cutoff_degree(
                parameters["exponent"], parameters["cutoff"], max(n - 1, 1)
            )
