"""A network in words: what was understood of its file, and its shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .cells import Cell
from .numbers import percent, written


def facts(understood: Iterable[Iterable[str]], shape: Mapping[str, Any]) -> list[tuple[str, Cell]]:
    """The lines that say what was read, and what it looks like.

    Parameters
    ----------
    understood
        Names and texts, as `Network.understood` has them.
    shape
        The fields of `Network.shape`; empty for no line of it.
    """
    told: list[tuple[str, Cell]] = [(name, text) for name, text in understood]
    return told + (in_numbers(shape) if shape else [])


def in_numbers(shape: Mapping[str, Any]) -> list[tuple[str, Cell]]:
    """The shape alone."""
    close, parts = shape["clustering"], shape["components"]
    mean, most = written(shape["mean"], "number"), shape["most"]
    alone = f"{percent(shape['unheard'])} are heard by nobody, {percent(shape['deaf'])} hear nobody"
    largest = "" if parts == 1 else f"; the largest has {percent(shape['largest'])} of the people"
    return [
        ("People", f"{shape['people']:,}"),
        ("Arcs", f"{shape['arcs']:,}"),
        (
            "Heard by",
            f"{mean} on average, {most:,} at most; one hears {shape['most_heard']:,} at most",
        ),
        ("Left out", alone),
        ("Reciprocity", percent(shape["reciprocity"])),
        (
            "Clustering",
            "too large to be measured here" if close is None else written(close, "number"),
        ),
        ("Components", f"{parts:,}{largest}"),
    ]
