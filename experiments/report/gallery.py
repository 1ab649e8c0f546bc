"""The figures of a campaign's report, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from matplotlib.figure import Figure

from ...sim.errors import InputError
from ...sim.result import Result
from ..figures import GALLERY
from .page import Picture
from .pictures import embedded, untitled

# The whole campaign comes first, and its title is that of the page.
_WHOLE: Final = "campaign"
# The network is in no folder, and would have to be made again.
_LEFT_OUT: Final = frozenset(("network",))


def drawn(result: Result) -> Iterator[Picture]:
    """The figures of a campaign that have something to say; the first is that of the whole."""
    for name, entry in GALLERY.items():
        if name in _LEFT_OUT:
            continue
        try:
            figure = entry(result)
        except InputError:  # there is nothing to draw it from after all
            continue
        if figure is None:
            continue
        line = f"{entry.line[:1].upper()}{entry.line[1:]}"
        if name == _WHOLE:
            yield embedded(untitled(figure), f"{line}. {result.sentence}", cut=True)
        else:
            yield embedded(figure, f"{line}. {_title(figure)}", f"{line}.")


def _title(figure: Figure) -> str:
    """What a figure says above its panels."""
    return " ".join(figure.texts[0].get_text().split()) if figure.texts else ""
