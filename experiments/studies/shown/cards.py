"""Studies, and what is read off them, as notebooks show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...show.numbers import percent
from ...show.old_notebook import Table, card
from ..analysis.summary import small
from .canvas import short_label, told, written_out

if TYPE_CHECKING:
    from ..analysis.importance import Importance
    from ..analysis.sensitivity import Sensitivity
    from ..study import Study


def study(found: Study) -> str:
    """A study: its sentence, its axes, the points with the least and the most, how it ended."""
    counts = found.status
    runs = sum(counts.values())
    about = f"Study {found.name}: {counts['done']:,} of {runs:,} runs done"
    if counts["failed"]:
        about += f", {counts['failed']:,} failed (.failures() tells why)"
    how = (
        "`.plot(x=..., by=...)` shows it, `.table()` has a row a run, `.summary()` a row a point, "
        "`.compare({...}, {...})` a difference, `.save(folder)` keeps it with a report."
    )
    if not counts["done"]:
        return card(found.sentence, note=how, about=about)
    question = found.about("question")
    return card(found.sentence, [_points(found)], how, f"{question} {about}" if question else about)


def _points(found: Study) -> Table:
    """The points, those with the most of the main outcome first."""
    name = found.main_outcome
    summary = found.summary([name])
    table = summary[summary["outcome"] == name].sort_values("mean", ascending=False, kind="stable")
    axes = [column for column in table.columns if column == "design" or column in found.axes]
    rows = [
        (
            *(written_out(row[axis]) for axis in axes),
            told(name, float(row["mean"])),
            ""
            if row["low"] != row["low"]
            else f"{told(name, float(row['low']))} to {told(name, float(row['high']))}",
            f"{row['runs']:,}",
        )
        for row in table.to_dict("records")
    ]
    label = short_label(found, name)
    head = (*(short_label(found, axis) for axis in axes), label, "95 % interval", "runs")
    caption = "Points with the most first, means over replicates"
    return Table(head, rows, len(axes), ".summary()", caption)


def sensitivity(found: Sensitivity) -> str:
    """The indices of each axis."""
    sobol = found.method == "saltelli"
    kinds = {"first": "by itself", "total": "in all"} if sobol else {"mu_star": "mean effect, mu*"}
    table = found.table.sort_values(list(kinds)[-1], ascending=False)
    rows = []
    for row in table.to_dict("records"):
        cells = [str(row["axis"])]
        for kind in kinds:
            low, high = (f"{kind}_low", f"{kind}_high") if sobol else ("low", "high")
            cells += [small(row[kind]), f"{small(row[low])} to {small(row[high])}"]
        rows.append(cells if sobol else [*cells, small(row["sigma"])])
    head = ["axis", *(word for kind in kinds.values() for word in (kind, "95 % interval"))]
    return card(
        found.sentence,
        [Table(head if sobol else [*head, "sigma: how uneven"], rows, more=".table")],
        "`study.plot('sensitivity')` shows it, `.table` is a table.",
        f"Indices of {found.outcome}, {found.method}",
    )


def importance(found: Importance) -> str:
    """The importance of each axis, as a share of the variance of a run."""
    ranked = found.table.sort_values("importance", ascending=False)
    rows = [
        (
            str(row["axis"]),
            percent(row["importance"]),
            f"{percent(row['low'])} to {percent(row['high'])}",
        )
        for row in ranked.to_dict("records")
    ]
    return card(
        found.sentence,
        [Table(("axis", "variance lost when shuffled", "95 % of shuffles"), rows, more=".table")],
        "`study.plot('importance')` shows it, `.table` is a table, `.tree` says where it splits.",
        f"Importance for {found.outcome}",
    )
