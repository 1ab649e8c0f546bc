"""Rates known from elsewhere: how many followers a post reaches, who clicks, who buys."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from ...sim.errors import InputError, hint
from ...sim.parameters import Scenario
from ...sim.parameters.paths import flat
from ..reading.roster import Rows
from ..reading.vocabulary import plain
from .numbers import convention, numbers

# What each is called here, and elsewhere; whether it is a share, 0 to 1.
RATES: Final[dict[str, tuple[tuple[str, ...], bool]]] = {
    "reach_rate": (
        ("reachrate", "reachofapost", "organicreach", "reachperpost", "reichweitenrate", "reach"),
        True,
    ),
    "click_rate": (
        ("clickrate", "ctr", "clickthroughrate", "clickthrough", "linkclickrate", "klickrate"),
        True,
    ),
    "conversion_rate": (("conversionrate", "cvr", "cr", "konversionsrate", "conversion"), True),
    "like_rate": (("likerate", "likerate", "reactionrate", "likequote"), True),
    "comment_rate": (("commentrate", "kommentarrate"), True),
    "share_rate": (("sharerate", "repostrate", "retweetrate", "teilungsrate"), True),
    "fans": (("fans", "followers", "follower", "totalfollowers", "abonnenten"), False),
    "friends": (
        ("friends", "freunde", "connections", "kontakte", "friendsperperson", "meanfriends"), False,
    ),
}  # fmt: skip
_KNOWN: Final = {word: name for name, (words, _) in RATES.items() for word in words} | {
    plain(name): name for name in RATES
}
_NAMES: Final = (
    "name",
    "rate",
    "figure",
    "kpi",
    "metric",
    "kennzahl",
    "rates",
    "what",
    "parameter",
)
_VALUES: Final = ("value", "wert", "number", "zahl", "is")


def rate(name: str) -> str | None:
    """What a rate is called here; the path of a parameter is its own name."""
    if "." in name and name in _paths():
        return name
    return _KNOWN.get(plain(name))


def _paths() -> set[str]:
    return {
        path for path, value in flat(Scenario().to_dict()).items() if isinstance(value, int | float)
    }


def is_table(rows: Rows) -> bool:
    """Whether a table is of names and values."""
    names = [plain(each) for each in rows.columns]
    return len(names) == 2 and (names[0] in _NAMES or names[1] in _VALUES)


def of_table(rows: Rows) -> tuple[dict[str, float], list[str]]:
    """The rates of a table of two columns, names and values."""
    name, value = rows.columns
    values, said = numbers(
        rows.columns[value], convention([rows.columns[value]]) or ".", rows.complain, value,
        typed=rows.form != "delimited text",
    )  # fmt: skip
    found: dict[str, float] = {}
    for row, (each, number) in enumerate(zip(rows.columns[name], values.tolist(), strict=True)):
        key = rate(each)
        if key is None:
            meant = hint(each, RATES, f"give {', '.join(RATES)}, or the path of a parameter")
            raise rows.complain(
                row, f"has {name} = {each!r}, which is no rate that is known", meant
            )
        if math.isnan(number):
            continue
        if key in found:
            raise rows.complain(row, f"gives {key} a second time", "keep one")
        share = number / 100.0 if "%" in rows.columns[value][row] else number
        fault = _fault(key, share)
        if fault:
            raise rows.complain(
                row, f"has {value} = {rows.columns[value][row]!r}, {fault}", "mend it"
            )
        found[key] = share
    return found, [said] if said else []


def of_keywords(given: Mapping[str, Any]) -> dict[str, float]:
    """The rates of a mapping.

    Examples
    --------
    >>> of_keywords({"ctr": 0.009, "followers": 1200})
    {'click_rate': 0.009, 'fans': 1200.0}
    """
    found = {}
    for name, value in given.items():
        key = rate(str(name))
        if key is None:
            meant = hint(name, RATES, f"give {', '.join(RATES)}, or the path of a parameter.")
            raise InputError(f"rates: {name!r} is no rate that is known; {meant}")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InputError(f"rates: {name} = {value!r} is no number; give one.")
        fault = _fault(key, float(value))
        if fault:
            raise InputError(f"rates: {name} = {value!r}, {fault}; mend it.")
        found[key] = float(value)
    return found


def _fault(key: str, value: float) -> str:
    if not math.isfinite(value) or value < 0.0:
        return "which is no number from 0 on"
    if key in RATES and RATES[key][1] and value > 1.0:
        return (
            "which is above 1, and it is a share of people (write 16 % as 0.16, or with its sign)"
        )
    return ""
