"""The figures of a campaign's report, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from matplotlib.figure import Figure

from ...sim.errors import InputError
from ...sim.result import Result
from .. import figures
from .page import Picture
from .pictures import embedded, untitled

# The whole campaign comes first, then all that the room of figures has for a result.
_WHOLE: Final = "campaign"
_GALLERY: Final[Mapping[str, Callable[[Result], Figure | None]]] = {
    _WHOLE: figures.campaign,
    **getattr(figures, "GALLERY", {}),
}


def drawn(result: Result) -> Iterator[Picture]:
    """The figures of a campaign that have something to say; the first is that of the whole."""
    for name, draw in _GALLERY.items():
        try:
            figure = draw(result)
        except InputError:  # there is nothing to draw it from
            continue
        if figure is None:
            continue
        if name == _WHOLE:
            alt = f"Funnel, reach over time and cascade sizes. {result.sentence}"
            yield embedded(untitled(figure), alt, cut=True)
        else:
            yield embedded(figure, f"{name.replace('_', ' ').capitalize()}. {_title(figure)}")


def _title(figure: Figure) -> str:
    """What a figure says above its panels."""
    return " ".join(figure.texts[0].get_text().split()) if figure.texts else ""
