"""What an answer over a fit says of it: which draws its worlds have, and what that leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ..estimates.interval import plain
from ..estimates.lasting import BAND, Lasting, lasting
from ..show.document import EVERYWHERE, IN_FULL, Points, Section
from ..show.numbers import percent, span
from ..worlds.draws import Draws
from ..worlds.variant import value_at

_TITLE: Final = "What is not known"


@dataclass(frozen=True)
class Unknown:
    """What is not known of the scenario that an answer is about.

    Attributes
    ----------
    draws
        Of which each world had one.
    worlds
        How many worlds there were.
    says
        What it does to this answer, a sentence each.
    numbers
        The same as a machine is told it.
    short
        What belongs to the answer's own sentence.
    """

    draws: Draws
    worlds: int
    says: tuple[str, ...] = ()
    numbers: Mapping[str, Any] = field(default_factory=dict)
    short: str = ""

    @property
    def brief(self) -> str:
        """What belongs to the sentence of an answer."""
        more = f"; {self.short}" if self.short else ""
        off = " The fit itself misses some of what was measured." if self.draws.doubt else ""
        return f"Each world has a draw of {self.draws.of_what}{more}.{off}"

    def points(self) -> list[str]:
        """All that is to be said of it for this answer."""
        given = [
            f"{path} was set since, and is the same in every draw." for path in self.draws.given
        ]
        off = [f"The fit misses some of what was measured: {self.draws.doubt}"]
        return [
            self.draws.told(self.worlds),
            *(off if self.draws.doubt else []),
            *given,
            *self.says,
        ]

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told of it."""
        return plain(
            {
                "data": self.draws.source or None,
                "draws": len(self.draws),
                "parameters": list(self.draws.paths),
                "set_since": list(self.draws.given),
                "open": list(self.draws.open),
                "doubt": self.draws.doubt,
                **self.numbers,
            }
        )


def sections(unknown: Unknown | None) -> list[Section]:
    """The section of a document about it; nothing where all is known."""
    if unknown is None:
        return []
    left = [f"The fit left open: {each}" for each in unknown.draws.open]
    points = [Points(unknown.points(), EVERYWHERE), *([Points(left, IN_FULL)] if left else [])]
    return [Section(_TITLE, points)]


def told(unknown: Unknown | None) -> dict[str, Any]:
    """What a machine is told; nothing where all is known."""
    return {} if unknown is None else {"fit": unknown.to_dict()}


def opened(unknown: Unknown | None) -> str:
    """What opens the campaign in Python, in the folder of its answer or beside that of its fit."""
    if unknown is None:
        return 'wom.load("scenario.toml")'
    folder, since = unknown.draws.folder, dict(unknown.draws.since)
    found = f"wom.Fit.load({folder!r})" if folder else "FIT"
    return f"{found}.under({since!r})" if since else found


def brief(unknown: Unknown | None) -> str:
    """What belongs to the sentence of an answer; nothing where all is known."""
    return "" if unknown is None else unknown.brief


class Remaining(NamedTuple):
    """How much of what differs between worlds goes with the draws.

    Attributes
    ----------
    says
        In sentences; none where nothing differs.
    short
        What of it belongs to the sentence of the answer; empty where no part can be seen.
    numbers
        As a machine is told it.
    """

    says: list[str]
    short: str
    numbers: dict[str, Any]


def remaining(
    draws: Draws, what: str, values: ArrayLike, form: str, *, sign: bool = True, first: int = 0
) -> Remaining:
    """How much of what differs between worlds goes with the draws.

    Parameters
    ----------
    draws
        Of which each world had one.
    what
        What the values are, as it stands in a sentence.
    values : float[worlds]
        One a world, in order.
    form, sign
        How they are written, and whether they are differences.
    first
        The number of the first of these worlds.
    """
    found = remains(draws, values, first)
    if not draws.paths or not np.nanstd(np.asarray(values, float)) > 0.0:
        return Remaining([], "", found.to_dict())
    between = span(found.low, found.high, form, sign=sign)
    short = f"by what that leaves open alone, {what} may be {between} ({percent(BAND)})"
    said = lasts(f"{what[:1].upper()}{what[1:]}", found, between)
    return Remaining([said], short if between else "", found.to_dict())


def remains(draws: Draws, values: ArrayLike, first: int = 0) -> Lasting:
    """How much of what differs between worlds goes with the draws, a value a world, in order."""
    paths, base = draws.paths, draws.base.to_dict()
    usual = {path: value_at(base, path) for path in paths}
    rows = [
        [draws.draw(world).get(path, usual[path]) for path in paths]
        for world in range(first, first + np.size(values))
    ]
    table = np.array(
        [[each if isinstance(each, int | float) else 0.0 for each in row] for row in rows], float
    ).reshape(len(rows), len(paths))
    return lasting(values, table)


def lasts(what: str, found: Lasting, between: str) -> str:
    """The same in a sentence, which begins with what it is of."""
    if np.isnan(found.share):
        return f"{what}: too few worlds to tell what of its differences goes with the draws."
    if found.share == 0.0:
        return (
            f"{what}: what differs between worlds is luck; no part of it can be seen to go with "
            "the draws."
        )
    return (
        f"{what}: {percent(found.share)} of what differs between worlds goes with the draws, "
        f"and more worlds would not make it narrower than {between} ({percent(BAND)}); the rest is "
        "luck."
    )
