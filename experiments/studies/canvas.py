"""What the figures of a study share: paper, labels with units, numbers as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.ticker import FuncFormatter

from ..figures import GREY, INK, PALE, Picture
from ..glossary import percent
from ..outcomes import OUTCOMES

if TYPE_CHECKING:
    from .study import Study

SMALL: Final = 9


def canvas(
    study: Study, title: str, *, panels: int = 1, height: float = 4.8
) -> tuple[Picture, list[Axes]]:
    """A figure with a title, and its panels side by side."""
    width = 8.0 if panels == 1 else 2.9 * panels + 1
    figure = Picture(figsize=(width, height), dpi=110, facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(
        fill(title, int(width * 10.5)), x=0.01, ha="left", fontsize=11.5, color=INK, weight="bold"
    )
    axes = figure.subplots(1, panels, squeeze=False)[0]
    figure.set_label(study.name)
    return figure, list(axes)


def label_axes(study: Study, axes: Axes, x: str, y: str | None) -> None:
    """Say what the axes of a panel show, with units."""
    axes.set_xlabel(fill(study.label(x), 60 if y is not None else 34))
    if y is not None:
        axes.set_ylabel(fill(study.label(y), 40))
        axes.yaxis.set_major_formatter(number_format(y))
    tidy(axes)


def tidy(axes: Axes) -> None:
    """Leave of a panel what is needed to read it."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("bottom", "left"):
        axes.spines[side].set_color(GREY)
    axes.tick_params(colors=GREY, labelsize=SMALL, length=0)
    for label in (axes.xaxis.label, axes.yaxis.label):
        label.set(color=INK, fontsize=9.5)
    axes.set_axisbelow(True)
    axes.grid(color=PALE, linewidth=0.8)


def note(figure: Picture, text: str) -> None:
    """Say below a figure what its marks mean."""
    name = figure.get_label()
    figure.supxlabel(f"{name}: {text}", x=0.99, ha="right", fontsize=7.5, color=GREY)


def number_format(name: str) -> FuncFormatter:
    """Numbers as the glossary writes them: shares in per cent, thousands short."""
    if name in OUTCOMES and OUTCOMES[name].form == "rate":
        return FuncFormatter(lambda value, _: percent(value))
    return FuncFormatter(lambda value, _: _number(value))


def _number(value: float) -> str:
    for unit, size in (("M", 1e6), ("k", 1e4)):
        if abs(value) >= size:
            return f"{value / (1e3 if unit == 'k' else size):.3g}{unit}"
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def short_label(study: Study, name: str) -> str:
    """A label without its unit."""
    label = study.label(name)
    return label.rpartition(" (")[0] if label.endswith(")") else label


def written_out(value: Any) -> str:
    """A value of an axis, without digits that say nothing."""
    return f"{value:g}" if isinstance(value, float | np.floating) else str(value)


def wrapped(value: Any, width: int) -> str:
    """A value of an axis in lines that fit beside one another."""
    return fill(written_out(value).replace("_", " "), width)


def phrase(given: Mapping[str, Any]) -> str:
    """Values of axes as a title says them."""
    return ", ".join(f"{name} = {written_out(value)}" for name, value in given.items())


def geometric(levels: list[float]) -> bool:
    """Whether values grow by a factor rather than by a step."""
    steps = np.diff(np.sort(np.asarray(levels, float)))
    return bool(steps[-1] > 4 * steps[0])
