"""Laws of degrees, and the network in which followers follow a power law."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..draws import draw, key_of, uniform
from ..jit import jit
from .csr import Indptr, Rows

Degrees = NDArray[np.int64]


@jit
def power_law_counts(n: int, slope: float, minimum: int, maximum: int, key: np.uint64) -> Degrees:
    """The floor of a Pareto variable, given that it is at most `maximum`, for each of n people.

    P(K >= k) ~ (k / minimum)^-slope, by inversion: one draw each.
    """
    within = 1.0 - ((maximum + 1.0) / minimum) ** -slope
    counts = np.empty(n, np.int64)
    for person in range(n):
        survival = 1.0 - uniform(draw(key, person)) * within
        count = np.int64(minimum * survival ** (-1.0 / slope))
        counts[person] = min(max(count, minimum), maximum)
    return counts


@jit
def uniform_followers(counts: Degrees, key: np.uint64) -> tuple[Indptr, Rows]:
    """Rows of `counts` distinct people each, drawn uniformly among the others."""
    n = counts.size
    indptr = np.zeros(n + 1, np.int64)
    longest = 0
    for person in range(n):
        indptr[person + 1] = indptr[person] + counts[person]
        longest = max(longest, min(counts[person], n - 1 - counts[person]))
    indices = np.empty(indptr[n], np.int32)
    picked, spare = np.empty(longest, np.int32), np.empty(longest, np.int32)
    tally = np.empty(longest + 1, np.int64)
    for person in range(n):
        count = counts[person]
        row = indices[indptr[person] : indptr[person + 1]]
        own = key_of(key, person)
        if 2 * count <= n - 1:
            _distinct(row, count, n - 1, own, spare, tally)
        else:  # nearly everybody: draw those left out instead
            left_out = n - 1 - count
            _distinct(picked, left_out, n - 1, own, spare, tally)
            at, gap = 0, 0
            for other in range(n - 1):
                if gap < left_out and picked[gap] == other:
                    gap += 1
                else:
                    row[at] = other
                    at += 1
        for place in range(count):  # others are numbered without the person itself
            row[place] += row[place] >= person
    return indptr, indices


@jit
def _distinct(
    row: Rows, count: int, among: int, own: np.uint64, spare: Rows, tally: Degrees
) -> None:
    """Fill `row[:count]` with distinct numbers below `among`, ascending, every set as likely."""
    have, attempt = 0, 0
    while have < count:
        for place in range(have, count):
            row[place] = np.int32(uniform(draw(own, attempt)) * among)
            attempt += 1
        _sort_uniform(row, count, among, spare, tally)
        have = 1
        for place in range(1, count):
            if row[place] != row[have - 1]:
                row[have] = row[place]
                have += 1


@jit
def _sort_uniform(row: Rows, count: int, among: int, spare: Rows, tally: Degrees) -> None:
    """Sort numbers that are spread evenly: one bucket for each, then insertion. Linear in count.

    Comparison sorts were three times slower on rows of forty.
    """
    if count > 24:
        scale = count / among
        tally[: count + 1] = 0
        for place in range(count):
            tally[np.int64(row[place] * scale) + 1] += 1
        for bucket in range(count):
            tally[bucket + 1] += tally[bucket]
        for place in range(count):
            bucket = np.int64(row[place] * scale)
            spare[tally[bucket]] = row[place]
            tally[bucket] += 1
        row[:count] = spare[:count]
    for place in range(1, count):
        value, at = row[place], place
        while at > 0 and row[at - 1] > value:
            row[at] = row[at - 1]
            at -= 1
        row[at] = value


def law_of_degrees(law: str, parameters: dict[str, Any], n: int) -> NDArray[np.float64]:
    """Cumulative probabilities of degree 0, 1, 2 ... up to n - 1, the last exactly 1."""
    if law == "poisson":
        mean = float(parameters["mean"])
        last = min(n - 1, int(mean + 12 * math.sqrt(mean) + 40))
        log_mean = math.log(mean) if mean > 0 else -math.inf
        logs = [k * log_mean - mean - math.lgamma(k + 1) if k else -mean for k in range(last + 1)]
        weights = np.array([math.exp(each) for each in logs])
    else:
        exponent, cutoff = float(parameters["exponent"]), float(parameters["cutoff"])
        last = min(n - 1, int(40 * cutoff) + 50)
        # math, not numpy, whose vector functions differ between processors in the last bit
        weights = np.array(
            [0.0, *(k**-exponent * math.exp((1 - k) / cutoff) for k in range(1, last + 1))]
        )
        if n == 1:
            weights[0] = 1.0
    cumulative = np.cumsum(weights)
    return cumulative / cumulative[-1]


@jit
def degrees_by_law(cumulative: NDArray[np.float64], n: int, key: np.uint64) -> Degrees:
    """A degree for each of n people by inversion; the last draws again until the sum is even.

    An odd sum cannot be paired. Where the law has no degree of the parity that is missing, the
    last person ends with one tie less.
    """
    degrees = np.empty(n, np.int64)
    total = 0
    for person in range(n):
        degrees[person] = np.searchsorted(cumulative, uniform(draw(key, person)), side="right")
        total += degrees[person]
    again = key_of(key, n)
    attempt = 0
    while total % 2 and attempt < 10_000:
        total -= degrees[n - 1]
        degrees[n - 1] = np.searchsorted(cumulative, uniform(draw(again, attempt)), side="right")
        total += degrees[n - 1]
        attempt += 1
    if total % 2:
        degrees[n - 1] -= 1
    return degrees
