"""Draws and odds once more, in plain Python: what tests compare the compiled ones with."""

from __future__ import annotations

import math
from functools import lru_cache

MASK = 2**64 - 1
GOLDEN = 0x9E3779B97F4A7C15


def mix(bits: int) -> int:
    """Stafford's variant 13, written from the paper."""
    bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & MASK
    return bits ^ (bits >> 31)


@lru_cache(2**14)  # Most keys are asked for once a person.
def key_of(parent: int, *labels: int) -> int:
    """The key of labels below a parent; labels below 0 count down from 2**64."""
    for label in labels:
        parent = mix(mixed(label) ^ mix((parent + GOLDEN) & MASK))
    return parent


def mixed(label: int) -> int:
    """A label as it enters a key."""
    return mix((label * GOLDEN + GOLDEN) & MASK)


def draw(key: int, identity: int) -> int:
    """64 bits for somebody under a key."""
    return mix((key + (identity + 1) * GOLDEN) & MASK)


def uniform(bits: int) -> float:
    """The bits as a number in [0, 1)."""
    return (bits >> 11) / 2**53


def logistic(log_odds: float) -> float:
    """A probability from its log-odds, which may be infinite."""
    if log_odds < 0:
        return 0.0 if log_odds < -700 else math.exp(log_odds) / (1 + math.exp(log_odds))
    return 1 / (1 + math.exp(-log_odds))


def logit(probability: float) -> float:
    """Log-odds of a probability, infinite at 0 and 1."""
    if probability in (0, 1):
        return math.inf if probability else -math.inf
    return math.log(probability / (1 - probability))


def shifted(probability: float, offset: float) -> float:
    """A probability with an offset to its log-odds; a chance of next to nothing stays that."""
    return logistic(logit(probability) + offset) if probability > 1e-300 else probability
