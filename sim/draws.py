"""Randomness as a function of what is decided.

A draw is 64 bits that depend on the seed, the decision and the identities it is about, and on
nothing else: not on the clock, the order of visits or the thread. Two runs that ask the same
question get the same answer, which is what makes scenarios comparable person by person.

A *key* names a decision: `key_of(seed, label)`, then `key_of(key, message)` and so on down to
the sender. The draw for a person is one mixing of the last key with the person's identity.

The mixer is Stafford's variant 13 of the 64-bit finaliser of MurmurHash3, the output function of
SplitMix64 (Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators"). It is a
bijection: for one key, different identities never share a draw.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from .jit import inline, jit

GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_MULTIPLY_1: Final = np.uint64(0xBF58476D1CE4E5B9)
_MULTIPLY_2: Final = np.uint64(0x94D049BB133111EB)
_30: Final = np.uint64(30)
_27: Final = np.uint64(27)
_31: Final = np.uint64(31)
_11: Final = np.uint64(11)
_ONE: Final = np.uint64(1)


@inline
def mix(bits: np.uint64) -> np.uint64:
    """A bijection of 64 bits in which every input bit flips every output bit half of the time."""
    bits = np.uint64(bits)
    bits = (bits ^ (bits >> _30)) * _MULTIPLY_1
    bits = (bits ^ (bits >> _27)) * _MULTIPLY_2
    return bits ^ (bits >> _31)


@inline
def key_of(parent: np.uint64, label: np.uint64) -> np.uint64:
    """The key of `label` below `parent`: a seed's decisions, a decision's messages, and so on.

    Mixed twice, so that keys which differ in one bit of either argument have nothing in common.
    """
    return key_under(parent, mixed(label))


@inline
def mixed(label: np.uint64) -> np.uint64:
    """A label, mixed: what is kept of one that many keys are made of (`key_under`)."""
    return mix(np.uint64(label) * GOLDEN + GOLDEN)


@inline
def key_under(parent: np.uint64, label: np.uint64) -> np.uint64:
    """The key of a label below `parent`, given the label `mixed`."""
    return mix(np.uint64(label) ^ mix(np.uint64(parent) + GOLDEN))


def key(parent: int, *labels: int) -> np.uint64:
    """As `key_of`, label by label, for plain Python.

    Compiled code hands out bare ints, of which those below 2**63 would count as signed where
    they come back in.
    """
    named = np.uint64(parent)
    for label in labels:
        named = np.uint64(key_of(named, np.uint64(label)))
    return named


@inline
def draw(key: np.uint64, identity: np.uint64) -> np.uint64:
    """64 uniform bits for `identity` under `key`."""
    return mix(np.uint64(key) + (np.uint64(identity) + _ONE) * GOLDEN)


def luck(under: int, identity: int) -> np.uint64:
    """As `draw`, for plain Python: bits that compiled code takes back as unsigned."""
    return np.uint64(draw(np.uint64(under), np.uint64(identity)))


@inline
def uniform(bits: np.uint64) -> float:
    """A draw as a number in [0, 1), on the grid of 2**-53."""
    return np.float64(np.uint64(bits) >> _11) * (1.0 / 9007199254740992.0)


@inline
def happens(bits: np.uint64, probability: float) -> bool:
    """Whether an event of this probability happens; never at 0, always at 1, monotone between."""
    return np.float64(np.uint64(bits) >> _11) < probability * 9007199254740992.0


# What is decided. A number is never used twice, nor used again for something else, and stands in
# order: what the world is made of up to 20, what campaigns decide up to 59, `competition` and
# `cascades` up to 69, and what came later from 70 on. Those that are left out are free; from 1,000
# on they are for what users' own classes decide.
WORLD: Final = np.uint64(1)
LUCK: Final = np.uint64(2)
ROLE: Final = np.uint64(3)
SUSCEPTIBILITY: Final = np.uint64(4)
INTEREST: Final = np.uint64(5)
AFFINITY: Final = np.uint64(6)
AUDIENCE: Final = np.uint64(7)
SEEDING: Final = np.uint64(9)
CHANNELS: Final = np.uint64(10)
OVERLAP: Final = np.uint64(11)
ROOM: Final = np.uint64(12)
VIEWING: Final = np.uint64(13)
OPPORTUNIST: Final = np.uint64(14)
SEGMENT: Final = np.uint64(15)
SHOWN: Final = np.uint64(21)
NOTICE: Final = np.uint64(22)
SHARE: Final = np.uint64(23)
DELAY: Final = np.uint64(24)
CLICK: Final = np.uint64(25)
FIND: Final = np.uint64(26)
CONVERT: Final = np.uint64(27)
FOLLOW: Final = np.uint64(28)
THANK: Final = np.uint64(29)
LIKE: Final = np.uint64(30)
COMMENT: Final = np.uint64(31)
UNFOLLOW: Final = np.uint64(32)
REPLY: Final = np.uint64(33)
BOUNCE: Final = np.uint64(34)
TAKEN: Final = np.uint64(35)
ADOPT: Final = np.uint64(36)
WRONG: Final = np.uint64(37)
HEARD: Final = np.uint64(38)
REFUND: Final = np.uint64(39)
RETURN: Final = np.uint64(40)
BUY_AGAIN: Final = np.uint64(41)
LEAD: Final = np.uint64(42)
PAY: Final = np.uint64(43)
FRAUD: Final = np.uint64(44)
AUDIT: Final = np.uint64(45)
OBSERVE: Final = np.uint64(46)
IDENTIFY: Final = np.uint64(47)
ACCEPT: Final = np.uint64(48)
SPEAK: Final = np.uint64(49)
SAMPLE: Final = np.uint64(50)
VISIT: Final = np.uint64(55)
POSTER: Final = np.uint64(60)
INVENTION: Final = np.uint64(61)
RECALL: Final = np.uint64(62)
CHOICE: Final = np.uint64(63)
APPEAL: Final = np.uint64(70)
COMPLY: Final = np.uint64(71)
REVERSE: Final = np.uint64(72)
MENTION: Final = np.uint64(73)
MENTION_FOUND: Final = np.uint64(74)


@jit
def decision(key: np.uint64, what: np.uint64, message: int) -> np.uint64:
    """The key of a decision about a message; below it, a sender or a person is asked for."""
    return key_of(key_of(np.uint64(key), np.uint64(what)), np.uint64(message))
