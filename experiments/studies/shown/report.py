"""The report of a study: what it asks and shows, point by point, and how its runs ended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Final

from ....sim.errors import InputError
from ...show.images import embedded
from ...show.old_page import Cell, Code, Number, Page, Picture, Points, Section, Words
from ...show.old_provenance import again, citation, files, provenance
from ...show.telling import Told
from ...store.folder import put_file
from ..study import Study
from .answers import Answer, answers, headline, sentences
from .canvas import short_label
from .runs import design, failures, points

# Figures that a page has room for.
_FIGURES: Final = 6
# Levels of an axis that are told apart as lines.
_LINES: Final = 6
# Runs from which on a page takes so long that it is made only when somebody asks for it.
LARGE: Final = 5_000
_FILES: Final = (
    ("runs.sqlite", "The ledger: every run with its axes, seeds, outcomes, digest and error"),
    ("study.toml", "The study, complete; wom sweep runs it again"),
    ("scenario.toml", "The scenario, complete, where the study is of one"),
    ("provenance.json", "Who made it with what, and when"),
    ("parts", "Series and forests of the runs, where they were kept"),
)


def refresh(study: Study) -> Path | None:
    """Write the report of a study into its folder; None where it has no folder, or is large.

    Raises
    ------
    StorageError
        If it cannot be written.
    """
    home = study.ledger.folder
    if home is None or sum(study.status.values()) > LARGE:
        return None
    path = home / "report.html"
    put_file(path, study_page(study).html().encode())
    return path


def study_page(study: Study) -> Page:
    """The report of a study, from what its ledger holds."""
    outcome, counts = study.main_outcome, study.status
    found = answers(study, outcome) if counts["done"] else []
    sessions = _sessions(study)
    last = sessions[-1] if sessions else {}
    figures = list(_figures(study, outcome, found)) if counts["done"] else []
    return Page(
        kind="study",
        title=f"Study {study.name}, {counts['done']:,} runs",
        sentence=headline(study, outcome, found),
        question=study.about("question") or "",
        finding=study.about("finding") or "",
        numbers=list(_numbers(study, counts)),
        picture=figures[0] if figures else None,
        sections=list(_sections(study, outcome, found, figures[1:], sessions)),
        missing=[] if sessions else ["Who made it with what was not noted in this folder."],
        made_with=f"wordofmouth {last.get('wordofmouth', '')}".strip(),
    )


def _numbers(study: Study, counts: dict[str, int]) -> Iterator[Number]:
    whole = sum(counts.values())
    yield Number("Runs done", f"{counts['done']:,}", f"Of {whole:,} that are planned.")
    if counts["failed"]:
        yield Number("Runs failed", f"{counts['failed']:,}", "Each with its reason below.")
    points = sum(int(part["size"]) for part in study.parts)
    yield Number("Points", f"{points:,}", "Combinations of the axes.")
    replicates = int(study.about("replicates"))
    yield Number("Replicates", f"{replicates:,}", "Each in the same world and luck at all points.")


def _sections(
    study: Study, outcome: str, found: list[Answer], figures: list[Picture], sessions: list[Told]
) -> Iterator[Section]:
    if study.status["done"]:
        told = list(sentences(study, outcome, found)) or ["There is no axis to answer to."]
        yield Section(
            "What it shows",
            [Points(told), *_indices(study, outcome)],
            "Means over all replicates and all other axes; the axis that moves it most comes "
            "first. wom analyse tells more, and of other outcomes.",
        )
        if figures:
            yield Section("In pictures", figures)
        yield points(study, outcome)
    if study.status["failed"]:
        yield failures(study)
    yield design(study)
    yield _provenance(study, sessions)
    yield _again(study, sessions)
    yield files(_FILES, "wordofmouth.Study.load opens the folder.")


def _indices(study: Study, outcome: str) -> list[Words]:
    if not _sampled(study):
        return []
    try:
        return [Words(study.sensitivity(outcome).sentence)]
    except InputError:  # not all of its points have a value yet
        return []


def _sampled(study: Study) -> bool:
    return any(part["kind"] in ("saltelli", "morris") for part in study.parts)


def _figures(study: Study, outcome: str, found: list[Answer]) -> Iterator[Picture]:
    label = short_label(study, outcome)
    told = list(sentences(study, outcome, found))
    for k, each in enumerate(found[:_FIGURES]):
        by = _lines(study, each, found, outcome) if k == 0 else None
        figure = study.plot("response", x=each.axis, y=outcome, by=by)
        yield embedded(figure, f"{label} along {each.axis}. {told[k]}")
    for one, other in list(combinations(found[:3], 2))[:1]:
        figure = study.plot("interaction", x=one.axis, by=other.axis, y=outcome)
        yield embedded(figure, f"{label} by {one.axis} and {other.axis}, as a map of means.")
    if _sampled(study):
        try:
            figure = study.plot("sensitivity", y=outcome)
        except InputError:
            return
        yield embedded(figure, study.sensitivity(outcome).sentence)


def _lines(study: Study, first: Answer, found: list[Answer], outcome: str) -> str | None:
    """The axis whose levels are few enough to be lines of the first figure."""
    for each in found:
        if each.axis != first.axis and len(study.response(each.axis, outcome)) <= _LINES:
            return each.axis
    return None


def _provenance(study: Study, sessions: list[Told]) -> Section:
    last = sessions[-1] if sessions else {}
    versions = {name: str(last[name]) for name in _MADE_WITH if name in last}
    made = str(last.get("started", ""))
    digest = study.ledger.about("digest") or ""
    what = f"study {study.name}, {study.status['done']:,} runs from seed {study.about('seed')}"
    facts: list[tuple[str, Cell]] = [
        citation(what, versions, made, f"study digest {digest[:16]}"),
        ("Of", str(study.about("model"))),
        ("Digest of the study", Code(digest)),
        ("Sessions", f"{len(sessions):,}"),
    ]
    return provenance(facts, made, versions)


_MADE_WITH: Final[tuple[str, ...]] = (
    "wordofmouth",
    "model",
    "numpy",
    "numba",
    "scipy",
    "python",
    "system",
    "machine",
)


def _again(study: Study, sessions: list[Told]) -> Section:
    typed = next((s["command"] for s in reversed(sessions) if s.get("command")), "")
    home = study.ledger.folder
    scenario = home is not None and (home / "scenario.toml").is_file()
    python = (
        "import wordofmouth as wom\n\n"
        'study = wom.sweep("study.toml", out=".")  # what is there is not run again\n'
        "study.summary()"
    )
    note = (
        "The same command resumes what was stopped; --replicates N adds more. wom status, "
        "wom analyse and wom export read the folder."
    )
    if not scenario:
        python = "# The study is of a function: call wom.sweep with it again, and this folder."
    return again(typed, "wom sweep study.toml --out ." if scenario else "", python, note)


def _sessions(study: Study) -> list[Told]:
    home = study.ledger.folder
    try:
        told = json.loads((home / "provenance.json").read_bytes()) if home is not None else {}
        return [dict(each) for each in told.get("sessions", [])]
    except (OSError, ValueError, TypeError, AttributeError):
        return []
