"""What is written in a figure of a result, and whether it can be read."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.text import Text

from ...legible import check_legible, words


def told(figure: Figure) -> str:
    """Return all that is written in a figure, in one line."""
    return " ".join(words(figure).split())


def title_of(figure: Figure) -> str:
    """Return the sentence above a figure."""
    return " ".join(figure.texts[0].get_text().split())


def assert_legible(figure: Figure) -> None:
    """Fail if a text covers another, leaves the picture or is too small."""
    check_legible(figure)
    assert all(text.get_fontsize() >= 8 for text in figure.findobj(Text) if text.get_text())
