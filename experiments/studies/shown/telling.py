"""`wom analyse`: what a study shows, in a table, in sentences, and in figures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ....sim.errors import InputError
from ...commands import console
from ...commands.sweep import written as report_written
from ...show.numbers import written
from ...vocabulary.outcomes import OUTCOMES
from ..study import Study

if TYPE_CHECKING:
    import pandas as pd

    from ...show.style import Picture
    from ..analysis.importance import Importance
    from ..analysis.sensitivity import Sensitivity

_ROWS: Final = 24
_PAIRS: Final = 3


def analyse_study(folder: str, outcome: str | None, *, out: str | None, as_json: bool) -> None:
    """Tell what a study shows, and draw it if a folder is named.

    Raises
    ------
    CampaignError
        If it is no study, or nothing of it is done, or a figure cannot be written.
    """
    study = Study.load(folder)
    name = study.known(outcome) if outcome is not None else study.main_outcome
    indices, weighed = _indices(study, name), _weighed(study, name)
    effects = _effects(study, name)
    convergence = study.convergence(name)
    figures = list(_drawn(study, name, out)) if out is not None else []
    if as_json:
        console.tell_machine(
            {
                "study": study.name,
                "question": study.about("question"),
                "outcome": name,
                "label": study.label(name),
                "runs": study.status["done"],
                "failed": study.status["failed"],
                "summary": plain(study.summary([name] if outcome is not None else None)),
                "responses": {axis: plain(study.response(axis, name)) for axis in study.axes},
                "effects": effects,
                "sensitivity": None
                if indices is None
                else {
                    "method": indices.method,
                    "axes": plain(indices.table),
                    "noise": _nothing(indices.noise._asdict()),
                    "sentence": indices.sentence,
                },
                "importance": None
                if weighed is None
                else {
                    "explained": weighed.explained,
                    "axes": plain(weighed.table),
                    "tree": weighed.tree,
                    "sentence": weighed.sentence,
                },
                "convergence": plain(convergence),
                "figures": [str(path) for path in figures],
            }
        )
    console.say(_told(study, name, indices, weighed, effects, convergence, figures), json=as_json)
    report_written(study, as_json=as_json)


def _told(
    study: Study,
    name: str,
    indices: Sensitivity | None,
    weighed: Importance | None,
    effects: list[dict[str, Any]],
    convergence: pd.DataFrame,
    figures: list[Path],
) -> str:
    form = OUTCOMES[name].form if name in OUTCOMES else "number"
    counts = study.status
    lines = [f"{study.name}: {study.about('question') or 'no question asked'}"]
    lines.append(f"{counts['done']:,} runs are done, {counts['failed']:,} failed.\n")
    table = plain(study.summary([name]))
    width = max((len(_point(study, row)) for row in table), default=0)
    lines.append(f"{study.label(name)}: mean, and 95 % interval")
    for row in table[:_ROWS]:
        low, high = written(row["low"], form), written(row["high"], form)
        lines.append(
            f"  {_point(study, row):<{width}}  {written(row['mean'], form):>10}  {low} to {high}"
        )
    if len(table) > _ROWS:
        lines.append(f"  ... and {len(table) - _ROWS:,} more points; --json tells all")
    lines.append("")
    lines += [each["sentence"] for each in effects]
    lines += [each.sentence for each in (indices, weighed) if each is not None]
    if weighed is not None:
        lines += ["", "Where it splits:", weighed.tree.rstrip()]
    measured = convergence[convergence["half_width"].notna()] if len(convergence) else convergence
    if len(measured):
        last = measured.iloc[-1]
        lines.append(
            f"With {last['replicates']:.0f} replicates the mean of a point is known to "
            f"±{written(last['half_width'], form)}."
        )
    if figures:
        lines.append(f"{len(figures)} figures are in {figures[0].parent}.")
    return "\n".join(lines)


def _effects(study: Study, name: str) -> list[dict[str, Any]]:
    """By axis: from the level with the least of an outcome to that with the most, paired."""
    form = OUTCOMES[name].form if name in OUTCOMES else "number"
    found: list[dict[str, Any]] = []
    if any(part["kind"] != "grid" for part in study.parts) or len(study.parts) > 1:
        return found
    for axis in study.axes:
        table = study.response(axis, name).dropna(subset=["mean"])
        if len(table) < 2:
            continue
        levels, means = list(table[axis]), table["mean"].to_numpy(float)
        low, high = levels[int(means.argmin())], levels[int(means.argmax())]
        if low == high:
            continue
        try:
            [row] = plain(study.compare({axis: high}, {axis: low}, [name]))
        except InputError:  # an axis of many values is shown in slices, which no point has
            continue
        said = (
            f"{axis}: from {low} to {high} {study.label(name)} changes by "
            f"{written(row['difference'], form)}"
        )
        if row["low"] is not None:
            said += f" ({written(row['low'], form)} to {written(row['high'], form)})"
        found.append(
            {"axis": axis, "from": _number(low), "to": _number(high), **row}
            | {"sentence": f"{said}, paired."}
        )
    return found


def _indices(study: Study, name: str) -> Sensitivity | None:
    if not any(part["kind"] in ("saltelli", "morris") for part in study.parts):
        return None
    return study.sensitivity(name)


def _weighed(study: Study, name: str) -> Importance | None:
    try:
        return study.importance(name)
    except InputError:  # too few runs, or nobody has installed what grows trees
        return None


def _drawn(study: Study, name: str, out: str) -> Iterator[Path]:
    from ...show.style import png
    from ...store.folder import put_file

    for label, figure in _pictures(study, name):
        path = Path(out) / f"{label}.png"
        put_file(path, png(figure))
        yield path


def _pictures(study: Study, name: str) -> Iterator[tuple[str, Picture]]:
    for axis in study.axes:
        yield f"response-{_file(axis)}", study.plot("response", x=axis, y=name)
    for x, by in list(combinations(study.axes, 2))[:_PAIRS]:
        yield f"interaction-{_file(x)}-{_file(by)}", study.plot("interaction", x=x, by=by, y=name)
    yield "summary", study.plot("summary", y=name)
    if int(study.about("replicates")) > 1:
        yield "convergence", study.plot("convergence", y=name)
    if _indices(study, name) is not None:
        yield "sensitivity", study.plot("sensitivity", y=name)
    if _weighed(study, name) is not None:
        yield "importance", study.plot("importance", y=name)


def _file(axis: str) -> str:
    return axis.replace(".*.", ".").replace(".", "_")


def _point(study: Study, row: dict[str, Any]) -> str:
    values = (row[axis] for axis in study.axes)
    return ", ".join(f"{v:g}" if isinstance(v, float) else str(v) for v in values) or "the scenario"


def plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A table as plain rows; what is not defined is None."""
    return [_nothing(dict(row)) for row in table.to_dict("records")]


def _nothing(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Plain values; what is not defined is None."""
    return {str(key): _number(value) for key, value in row.items()}


def _number(value: Any) -> Any:
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and not math.isfinite(value) else value
