"""Whether a figure can be read: what its texts say, and that none covers another or is cut."""

from __future__ import annotations

from itertools import combinations

from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox


def texts(figure: Figure) -> list[tuple[Text, Bbox]]:
    """Return the texts of a figure that are to be seen, and the boxes that they fill."""
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    hidden: set[Text] = set()
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        low, high = sorted(axis.get_view_interval())
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
            if not axis.axes.axison or not low <= tick.get_loc() <= high:
                hidden |= {tick.label1, tick.label2}
    return [
        (text, text.get_window_extent(renderer))
        for text in figure.findobj(Text)
        if text not in hidden and text.get_visible() and text.get_text().strip()
    ]


def words(figure: Figure) -> str:
    """Return all that is written in a figure."""
    return " ".join(text.get_text().replace("\n", " ") for text, _ in texts(figure))


def check_legible(figure: Figure) -> None:
    """Fail if a text covers another or leaves the picture."""
    shown = texts(figure)
    for (one, a), (two, b) in combinations(shown, 2):
        if one.get_rotation() % 90 and two.get_rotation() % 90:
            continue  # the boxes of slanted words overlap, the words do not
        met = a.expanded(0.94, 0.9).overlaps(b.expanded(0.94, 0.9))
        assert not met, (one.get_text(), two.get_text())
    for text, box in shown:
        assert box.x0 >= 0, text.get_text()
        assert box.y0 >= 0, text.get_text()
        assert box.x1 <= figure.bbox.x1, text.get_text()
        assert box.y1 <= figure.bbox.y1, text.get_text()
