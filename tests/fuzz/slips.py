"""Files after a few slips: what was cut off, doubled, spliced, or typed by somebody else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from random import Random
from typing import Any

WORDS = (
    b"\n", b",", b"\t", b" ", b'"', b"'", b"#", b"%", b"\r", b"\0", b"\xff", b"\xfe", b"{}", b"[]",
    b"[", b"{", b"<", b">", b"]", b"}", b";", b"=", b".", b"*", b"/", b"\\", b"&", b"$", b"-1",
    b"0",
    b"1e999", b"nan", b"inf", b"true", b"null", b"None", b"1.5", b"99999999999999999999",
    b"9" * 5_000, b"0x" + b"f" * 6_000, b"1" + b"0" * 30, b"[" * 3_000, b"{a=" * 1_000,
    b"a." * 2_000,
    b"x" * 140_000, b"<script>alert(1)</script>", b"=1+1", b"../../etc/passwd", b"/dev/zero",
    "\U0001f600".encode(), "\u202e".encode(), b"\xed\xa0\x80", b"\x1b[2J", b"$\\frac$", b"%s%n",
    b"__import__", b"\xc3", b"--", b"2020-01-01", b"25:61:61", b"sep=;\n", b"source,target\n",
)  # fmt: skip
# What may stand anywhere in a document.
STRANGE: tuple[Any, ...] = (
    None, True, -1, 0, 1.5, 1e308, 10**30, 2**63 - 1, "", "x", "../../etc/passwd", "\ud800",
    "\U0001f600",
    "<script>alert(1)</script>", "=1+1", "$\\x$", [], [1], [[]], {}, {"a": 1}, [None], "9" * 5_000,
    "unlimited", "a.b", "\0", float("nan"), float("inf"), [{"a": []}], {"": 1}, {"a b": {}},
)  # fmt: skip
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_NUMBERS = (
    b"0", b"-1", b"1e308", b"1e-320", b"1e999", b"nan", b"-0.0", b"4294967296", b"2147483648",
    b"9223372036854775808", b"1e30", b"99999999999999999999999", b"true", b'"x"', b"[]", b"3",
)  # fmt: skip


def slipped(rng: Random, seeds: Sequence[bytes], words: Sequence[bytes] = WORDS) -> bytes:
    """One of the seeds after one to five slips."""
    data = bytearray(rng.choice(seeds))
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 5))):
        at = rng.randint(0, len(data))
        match rng.randrange(8):
            case 0 | 1:
                data[at:at] = rng.choice(words)
            case 2:
                del data[at : at + rng.choice((1, 1, 2, 6, 40))]
            case 3:
                other = rng.choice(seeds)
                data[at:at] = other[rng.randint(0, len(other)) :][: rng.randint(1, 60)]
            case 4:
                part = bytes(data[at : at + rng.randint(1, 30)])
                data[at:at] = part * rng.choice((1, 2, 50, 1_000))
            case 5 if data:
                data[min(at, len(data) - 1)] = rng.randrange(256)
            case 6:
                if found := list(_NUMBER.finditer(data)):
                    one = rng.choice(found)
                    data[one.start() : one.end()] = rng.choice(_NUMBERS)
            case _:
                if rng.random() < 0.3:
                    del data[at:]
    return bytes(data[: 2**20])


def another(rng: Random, told: Any, strange: Sequence[Any]) -> Any:
    """A document of tables and lists with another value, or one less, somewhere in it."""
    told = deepcopy(told)
    for _ in range(rng.choice((1, 1, 2))):
        place: Any = told
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = rng.choice(keys)
            inner = place[key]
            if isinstance(inner, (dict, list)) and inner and rng.random() < 0.85:
                place = inner
                continue
            if rng.random() < 0.15:
                del place[key]
            elif isinstance(inner, (int, float)) and rng.random() < 0.5:
                place[key] = rng.choice((0, 1, 2, 0.5, 1.0, -1, 1e-9, 100, 1e6, 1_000_000))
            else:
                place[key] = deepcopy(rng.choice(strange))
            break
    return told


def flipped(rng: Random, seeds: Sequence[bytes]) -> bytes:
    """One of the seeds with some bytes changed or cut away, as on a failing disk."""
    data = bytearray(rng.choice(seeds))
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        at = rng.randrange(len(data))
        if rng.random() < 0.8:
            data[at] = rng.choice(
                (0, 1, 255, rng.randrange(256), data[at] ^ (1 << rng.randrange(8)))
            )
        else:
            del data[at : at + rng.randint(1, 16)]
        if not data:
            return b""
    return bytes(data)
