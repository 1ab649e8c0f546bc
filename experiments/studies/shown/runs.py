"""The runs of a study in its report: point by point, those that failed, and the design."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from ...show.old_page import Block, Cell, Code, Facts, Row, Section, Table
from ...show.telling import NOTE, between, values
from ..study import Study
from .answers import form_of
from .axes import meanings
from .canvas import short_label, written_out

# What a page has room for: points, failed runs, outcomes beside one another.
_POINTS: Final = 200
_FAILED: Final = 50
_OUTCOMES: Final = 4


def points(study: Study, outcome: str) -> Section:
    """What each point came to: the outcome with its interval, and others beside it."""
    others = [name for name in study.outcomes if name != outcome][: _OUTCOMES - 1]
    # Of a study that names no outcomes all are shown elsewhere; here the first is enough.
    shown = [outcome, *(others if study.about("chosen") else [])]
    table = study.summary(shown)
    axes = [name for name in table.columns if name == "design" or name in study.axes]
    rows: list[Row] = []
    points = list(table.groupby("point", sort=True))
    means = {name: _means(points[:_POINTS], name) for name in shown}
    for place, (_, lines) in enumerate(points[:_POINTS]):
        by = lines.set_index("outcome")
        cells: list[Cell] = [_level(by.iloc[0][axis]) for axis in axes]
        for name in shown:
            row, form = by.loc[name], form_of(name)
            cells.append(means[name][place])
            if name == shown[0]:
                low, high = (_number(row[side]) for side in ("low", "high"))
                cells += [between(low, high, form, sign=False), f"{row['runs']:,.0f}"]
        rows.append(cells if axes else ["the scenario", *cells])
    labels = [short_label(study, name) for name in shown]
    head = [*(axes or ["Point"]), labels[0], "Between", "Runs", *labels[1:]]
    places = range(len(axes) or 1, len(head))
    more = ""
    if len(points) > _POINTS:
        more = (
            f" The first {_POINTS} of {len(points):,} points; wom export DIR --to runs.csv writes "
            "all runs."
        )
    caption = f"Mean of {labels[0].lower()} at each point, with its interval"
    blocks: list[Block] = [Table(caption, head, rows, places)]
    if said := list(meanings(shown)):
        blocks.append(Facts(said))
    return Section("Point by point", blocks, NOTE + more)


def _means(points: Sequence[tuple[Any, pd.DataFrame]], name: str) -> list[str]:
    """The means of an outcome at all points, as the column of a table."""
    table = [lines.set_index("outcome").loc[name, "mean"] for _, lines in points]
    return values([_number(mean) for mean in table], form_of(name))


def failures(study: Study) -> Section:
    """The failed runs, each with its reason."""
    table = study.failures()
    rows = [
        (f"{row['point']}", f"{row['replicate']}", str(row["seed"]), str(row["error"]))
        for _, row in table.head(_FAILED).iterrows()
    ]
    more = f" The first {_FAILED} of {len(table):,}." if len(table) > _FAILED else ""
    head = ("Point", "Replicate", "Seed", "Reason")
    return Section(
        "Runs that failed",
        [Table("Failed runs with their reasons", head, rows, (1, 2))],
        f"They are left out of all means; wom sweep --retry-failed makes them again.{more}",
    )


def design(study: Study) -> Section:
    """What was asked for: axes with their values, replicates, worlds."""
    rows: list[Row] = []
    table = study.table([])
    for axis in study.axes:
        levels = list(dict.fromkeys(table[axis].dropna()))
        shown = ", ".join(map(written_out, levels[:12]))
        if len(levels) > 12:
            shown = f"{len(levels):,} values"
            if pd.api.types.is_numeric_dtype(table[axis]):
                low, high = table[axis].min(), table[axis].max()
                shown += f" from {written_out(low)} to {written_out(high)}"
        rows.append((Code(axis), study.label(axis), shown))
    parts = [
        (part["name"] or "the design", f"{part['kind']}, {int(part['size']):,} points")
        for part in study.parts
    ]
    seed, world = study.about("seed"), study.about("world")
    facts: list[tuple[str, Cell]] = [
        *parts,
        ("Replicates", f"{study.about('replicates')}, from seed {seed}"),
        ("World", "another one in each replicate" if world is None else f"{world} in all"),
    ]
    blocks: list[Any] = [Facts(facts)]
    if rows:
        head = ("Axis", "What it is", "Its values")
        blocks.append(Table("The axes of the study", head, rows))
    return Section("The design", blocks)


def _number(given: Any) -> float | None:
    """A number of a table; None where there is none, and 0 where rounding left a trace."""
    number = float(given)
    return None if math.isnan(number) else 0.0 if abs(number) < 1e-12 else number


def _level(given: Any) -> str:
    return "–" if isinstance(given, float) and math.isnan(given) else written_out(given)
