"""The gallery: every figure of a result by its name, what it shows, and when it says something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import numpy as np

from ....sim.errors import InputError
from ....sim.network.check import closest
from ....sim.result import Result
from ...show.style import Picture
from .campaign import campaign
from .cascades import cascades
from .generations import generations
from .media import money, voice
from .network import network
from .people import ladder, moved, relation
from .service import complaints
from .traffic import traffic

_CLIMBED: Final = ("identified", "participants", "new_advocates", "new_fans", "lost_fans")
_OTHERS: Final = ("rival_impressions", "negative_impressions")


class Entry(NamedTuple):
    """A figure of a result.

    Attributes
    ----------
    draw
        The function from a `Result` to a picture; it may take options.
    line
        What it shows, in a line.
    shows
        Whether it has something to say about a result: a page leaves it out otherwise.
    """

    draw: Callable[..., Picture]
    line: str
    shows: Callable[[Result], bool]


def _any(result: Result, names: tuple[str, ...]) -> bool:
    return any(result.columns[name].any() for name in names)


GALLERY: Final[Mapping[str, Entry]] = {
    "campaign": Entry(
        campaign,
        "the funnel, reach over time, and how large the cascades became",
        lambda result: result.role.size > 0,
    ),
    "complaints": Entry(
        complaints,
        "what went wrong over time, and what became of it",
        lambda result: bool(result.columns["wrong"].any()),
    ),
    "traffic": Entry(
        traffic,
        "clicks by the channel, outlet or flight over which they came, and how far those went",
        lambda result: bool(result.by_source.shape[1] and result.by_source[:, :, 0].any()),
    ),
    "generations": Entry(
        generations,
        "who noticed and who passed it on by hop and over time, and R with its error",
        lambda result: len(result.cascades) > 0,
    ),
    "cascades": Entry(
        cascades,
        "the sizes of cascades with a fitted tail, and the largest as a tree",
        lambda result: bool((result.cascades.size > 1).any()),
    ),
    "ladder": Entry(
        ladder,
        "how many stand on each rung of the ladder of advocacy, over time",
        lambda result: _any(result, _CLIMBED),
    ),
    "relation": Entry(
        relation,
        "trust and bond at the end, by role at birth",
        lambda result: any(bool(moved(result, name).any()) for name in ("trust", "bond")),
    ),
    "voice": Entry(
        voice,
        "who was heard, and how unequally messages were noticed",
        lambda result: _any(result, _OTHERS),
    ),
    "money": Entry(
        money,
        "what was spent for what, and what a thousand people cost, beside television if asked",
        lambda result: bool(np.any(result.money)) or result.prize is not None,
    ),
    # A network is in no folder: it would have to be made again for a page.
    "network": Entry(
        network,
        "where in the network it went; densities above 10,000 people",
        lambda _: False,
    ),
}


def plot(result: Result, kind: str = "campaign", **options: Any) -> Picture:
    """Draw a figure of the gallery by its name.

    Raises
    ------
    InputError
        If there is none of that name; or as the figure does.
    """
    if kind not in GALLERY:
        raise InputError(
            f"kind = {kind!r} is not allowed{closest(kind, list(GALLERY))}; "
            f"give one of {', '.join(GALLERY)}."
        )
    return GALLERY[kind].draw(result, **options)
