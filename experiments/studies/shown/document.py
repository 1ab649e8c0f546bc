"""What a study says, as a document: what it answers, point by point, its failures, its design."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import combinations
from typing import Any, Final

import pandas as pd

from ....sim.errors import InputError
from ...show.cells import Cell, Code, Measured, Row
from ...show.document import (
    IN_FULL,
    Document,
    Facts,
    Figure,
    Number,
    On,
    Points,
    Section,
    Table,
    Words,
)
from ...show.framed import framed
from ...show.numbers import NOTE, mean, values
from ..analysis.importance import Importance
from ..analysis.sensitivity import Sensitivity, sensitivity
from ..analysis.summary import AxisEffect, convergence, effects, response, summary
from ..analysis.table import AboutStudy, RunTable
from .figures import draw
from .words import headline, meanings, paired, sentences, written_out

# What a page has room for: figures, points, failed runs, outcomes beside one another; and how many
# points a terminal has room for.
_FIGURES: Final = 6
_POINTS: Final = 200
_FAILED: Final = 50
_OUTCOMES: Final = 4
_LINES: Final = 24
# Levels of an axis that are told apart as lines.
_LEVELS: Final = 6
_FILES: Final = (
    ("runs.sqlite", "The ledger: every run with its axes, seeds, outcomes, digest and error"),
    ("study.toml", "The study, complete; wom sweep runs it again"),
    ("scenario.toml", "The scenario, complete, where the study is of one"),
    ("provenance.json", "Who made it with what, and when"),
    ("parts", "Series and forests of the runs, where they were kept"),
)
_HINT: Final = (
    "`.plot(x=..., by=...)` shows it, `.table()` has a row a run, `.summary()` a row a point, "
    "`.compare({...}, {...})` a difference, `.failures()` why a run failed, `.save(folder)` keeps "
    "it with a report."
)
_FUNCTION: Final = "# The study is of a function: call wom.sweep with it again, and this folder."
_SWEEP: Final = """import wordofmouth as wom

study = wom.sweep("study.toml", out=".")  # what is there is not run again
study.summary()"""
_AGAIN: Final = (
    "The same command resumes what was stopped; --replicates N adds more. wom status, wom analyse "
    "and wom export read the folder, wordofmouth.Study.load opens it."
)
_EACH: Final = "another one in each run"
_WORLDS: Final[Mapping[Any, str]] = {None: "another one in each replicate", "each": _EACH}
# What a session says of itself beside what it was made with.
_SESSION: Final = ("started", "command", "study")


def shown_with(about: AboutStudy, outcome: str) -> list[str]:
    """The outcome that a document is about, and those that stand beside it."""
    others = [name for name in about.outcomes if name != outcome][: _OUTCOMES - 1]
    # Of a study that names no outcomes all are shown elsewhere; here the first is enough.
    return [outcome, *(others if about.chosen else [])]


def document(
    runs: RunTable,
    weighed: Importance | None,
    sessions: Sequence[Mapping[str, Any]],
    results: str,
    *,
    here: bool,
) -> Document:
    """The document of a study.

    Parameters
    ----------
    runs
        Its runs, with the outcomes of `shown_with`.
    weighed
        What a forest has learned of them, if one was grown.
    sessions, results, here
        Who made the runs with what; the digest of what these came to; whether its folder is enough.
    """
    about, counts = runs.about, runs.frame["status"].value_counts()
    done, failed = (int(counts.get(each, 0)) for each in ("done", "failed"))
    found = effects(runs) if done else []
    indices = None
    with suppress(InputError):  # it was not sampled for them, or not all points have a value yet
        indices = sensitivity(runs)
    figures = list(_figures(runs, found, indices)) if done else []
    last = sessions[-1] if sessions else {}
    versions = {name: str(each) for name, each in last.items() if name not in _SESSION}
    title = f"Study {about.name}: {done:,} of {len(runs.frame):,} runs done"
    return framed(
        Document(
            kind="study",
            title=title + (f", {failed:,} failed" if failed else ""),
            sentence=headline(runs),
            question=about.question,
            finding=about.finding,
            numbers=_numbers(runs, done, failed),
            picture=figures[0] if figures else None,
            sections=[
                *(_sections(runs, found, figures[1:], indices, weighed) if done else []),
                *([_failures(runs.frame)] if failed else []),
                _design(runs),
            ],
            details=[f"{done:,} runs are done, {failed:,} failed."],
            hint=_HINT,
            facts=[
                ("Of", about.model),
                ("First seed", f"{about.seed}"),
                ("Digest of the study", Code(about.digest)),
                ("Digest of the results", Code(results)),
                ("Sessions", f"{len(sessions):,}"),
            ],
            python=_SWEEP if here else _FUNCTION,
            files=_FILES,
            missing=[] if sessions else ["Who made it with what was not noted in this folder."],
        ),
        versions=versions,
        made=str(last.get("started", "")),
        command=next((each["command"] for each in reversed(sessions) if each.get("command")), ""),
        here="wom sweep study.toml --out ." if here else "",
        note=_AGAIN,
        identity=f"study digest {about.digest[:16]}",
    )


def _numbers(runs: RunTable, done: int, failed: int) -> list[Number]:
    about, points = runs.about, runs.frame["point"].nunique()
    same = f"the same {about.pairing}" if about.pairing else "a world and luck of its own"
    return [
        Number("Runs done", f"{done:,}", f"Of {len(runs.frame):,} that are planned."),
        *([Number("Runs failed", f"{failed:,}", "Each with its reason below.")] if failed else []),
        Number("Points", f"{points:,}", "Combinations of the axes."),
        Number("Replicates", f"{about.replicates:,}", f"Each in {same} at all points."),
    ]


def _sections(
    runs: RunTable,
    found: Sequence[AxisEffect],
    figures: list[Figure],
    indices: Sensitivity | None,
    weighed: Importance | None,
) -> Iterator[Section]:
    about, y = runs.about, runs.y
    told = list(sentences(runs, found)) or ["There is no axis to answer to."]
    blocks: list[Any] = [
        Words(about.question or "No question was asked.", on=On.CARD | On.SCREEN),
        *map(Words, about.notes),
        Points(told, on=IN_FULL),
    ]
    if differences := [each["sentence"] for each in paired(runs)]:
        blocks.append(Points(differences, on=IN_FULL))
    if indices is not None:
        blocks.append(Words(indices.sentence, on=IN_FULL))
    if weighed is not None:
        splits = f"Where it splits:\n{weighed.tree.rstrip()}"
        blocks += [Words(weighed.sentence, on=IN_FULL), Words(splits, on=On.SCREEN)]
    narrow = convergence(runs).dropna(subset=["half_width"])
    if len(narrow):
        last = narrow.iloc[-1]
        half = mean(float(last["half_width"]), runs.about.form(y))
        said = f"With {last['replicates']:.0f} replicates the mean of a point is known to ±{half}."
        blocks.append(Words(said, on=IN_FULL))
    yield Section(
        "What it shows",
        blocks,
        "Means over all replicates and all other axes; the axis that moves it most comes "
        "first. wom analyse tells more, and of other outcomes.",
    )
    if figures:
        yield Section("In pictures", figures)
    yield _points(runs)


def _figures(
    runs: RunTable, found: Sequence[AxisEffect], indices: Sensitivity | None
) -> Iterator[Figure]:
    y = runs.y
    label, told = runs.about.short_label(y), list(sentences(runs, found))
    # The axis whose levels are few enough to be lines of the first figure.
    few = [each.axis for each in found[1:] if len(response(runs, each.axis)) <= _LEVELS]
    for k, each in enumerate(found[:_FIGURES]):
        by = few[0] if few and k == 0 else None
        drawn = partial(draw, runs, "response", x=each.axis, by=by)
        yield Figure(f"{label} along {each.axis}. {told[k]}", draw=drawn)
    for one, other in list(combinations(found[:3], 2))[:1]:
        drawn = partial(draw, runs, "interaction", x=one.axis, by=other.axis)
        said = f"{label} by {one.axis} and {other.axis}, as a map of means."
        yield Figure(said, draw=drawn)
    if indices is not None:
        yield Figure(indices.sentence, draw=partial(draw, runs, "sensitivity"))


def _points(runs: RunTable) -> Section:
    """What each point came to: the outcome with its interval, and others beside it."""
    about, (y, *others) = runs.about, runs.outcomes
    table = summary(runs)
    first = table[table["outcome"] == y]
    beside = [
        values([_tidy(x) for x in table.loc[table["outcome"] == name, "mean"]], about.form(name))
        for name in others
    ]
    rows: list[Row] = []
    for k, row in enumerate(first.to_dict("records")):
        cells: list[Cell] = [_level(row[axis]) for axis in about.columns] or ["the scenario"]
        mean, low, high = (_tidy(row[each]) for each in ("mean", "low", "high"))
        cells += [Measured(mean, low, high, about.form(y)), f"{row['runs']:,.0f}"]
        rows.append([*cells, *(column[k] for column in beside)])
    by_most = [rows[k] for k in first["mean"].argsort(kind="stable")[::-1]]
    labels = [about.short_label(name) for name in runs.outcomes]
    after = [labels[0], "Runs", *labels[1:]]
    names = [*map(about.short_label, about.columns)] or ["Point"]
    units = [*map(about.label, [*about.columns, y])] if about.columns else ["Point", about.label(y)]
    with_units = [*units, "Runs", *map(about.label, others)]
    caption = f"Mean of {labels[0].lower()} at each point, with its interval"
    tables = [
        Table("Points with the most first, means over replicates", [*names, *after], by_most,
              on=On.CARD, more=".summary()"),
        Table(caption, with_units, rows[:_LINES], on=On.SCREEN),
        Table(caption, [*(about.columns or ["Point"]), *after], rows[:_POINTS], on=On.PAGE),
    ]  # fmt: skip
    left = len(rows) - _LINES
    facts = meanings(runs.outcomes)
    blocks: list[Any] = [*tables, *([Facts(facts)] if facts else [])]
    if left > 0:
        blocks.append(Words(f"… and {left:,} more points; --json tells all.", on=On.SCREEN))
    note, cut = NOTE, f" The first {_POINTS} of {len(rows):,} points; wom export DIR --out runs.csv"
    if len(rows) > _POINTS:
        note += f"{cut} writes all runs."
    return Section("Point by point", blocks, note)


def _failures(frame: pd.DataFrame) -> Section:
    """The failed runs, each with its reason."""
    table = frame[frame["status"] == "failed"]
    rows = [
        (f"{row['point']}", f"{row['replicate']}", str(row["seed"]), str(row["error"]))
        for _, row in table.head(_FAILED).iterrows()
    ]
    more = f" The first {_FAILED} of {len(table):,}." if len(table) > _FAILED else ""
    head = ("Point", "Replicate", "Seed", "Reason")
    return Section(
        "Runs that failed",
        [Table("Failed runs with their reasons", head, rows)],
        f"They are left out of all means; wom sweep --retry-failed makes them again.{more}",
        On.PAGE,
    )


def _design(runs: RunTable) -> Section:
    """What was asked for: axes with their values, replicates, worlds."""
    about, rows = runs.about, []
    for axis in about.axes:
        column = runs.frame[axis].dropna()
        levels = list(dict.fromkeys(column))
        shown = ", ".join(map(written_out, levels[:12]))
        if len(levels) > 12:
            shown = f"{len(levels):,} values"
            if pd.api.types.is_numeric_dtype(column):
                shown += f" from {written_out(column.min())} to {written_out(column.max())}"
        rows.append((Code(axis), about.label(axis), shown))
    facts: list[tuple[str, Cell]] = [
        (part["name"] or "the design", f"{part['kind']}, {int(part['size']):,} points")
        for part in about.parts
    ]
    facts += [
        ("Replicates", f"{about.replicates}, from seed {about.seed}"),
        ("World", _WORLDS.get(about.world, f"{about.world} in all")),
        ("Luck", _EACH if about.luck == "each" else "the same at all points of a replicate"),
    ]
    table = Table("The axes of the study", ("Axis", "What it is", "Its values"), rows)
    return Section("The design", [Facts(facts), table], on=On.PAGE)


def _tidy(given: Any) -> float:
    """A number of a table; 0 where rounding left a trace."""
    return 0.0 if abs(float(given)) < 1e-12 else float(given)


def _level(given: Any) -> str:
    return "–" if pd.isna(given) else written_out(given)
