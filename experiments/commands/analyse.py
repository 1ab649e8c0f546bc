"""`wom analyse`: what a study shows, in tables, in sentences, and in figures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from ...sim.errors import InputError
from . import console
from .options import Json, command
from .sweep import Folder, reported

if TYPE_CHECKING:
    from ..show.style import Picture
    from ..studies.analysis.importance import Importance
    from ..studies.analysis.sensitivity import Sensitivity
    from ..studies.study import Study

# Pairs of axes that are drawn.
_PAIRS: Final = 3


@command
def analyse(
    folder: Folder,
    outcome: Annotated[
        str | None, typer.Option("--outcome", metavar="NAME", help="What is asked about.")
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="DIR", help="Draw the figures into this folder.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what a study shows: what matters, and how sure it is."""
    from ..studies.study import Study

    with closing(Study.load(folder)) as study:
        _analysed(study, outcome, out, as_json=as_json)


def _analysed(study: Study, outcome: str | None, out: str | None, *, as_json: bool) -> None:
    """Tell and draw what a study shows, and write its page."""
    from ..show import terminal
    from ..show.style import png
    from ..store.folder import put_file

    name = study.about.known(outcome)
    if not study.status["done"]:
        raise InputError(f"no run of {study.name!r} is done yet; run wom sweep first.")
    text = terminal.text(study.document(name, weighed=True))
    (indices, note), weighed = _indices(study, name), _weighed(study, name)
    told = _document(study, name, indices, weighed, every=outcome is None) if as_json else {}
    figures = []
    for label, figure in _pictures(study, name, indices, weighed) if out is not None else ():
        figures.append(Path(str(out)) / f"{label}.png")
        put_file(figures[-1], png(figure))
    if as_json:
        console.tell_machine(told | {"figures": [str(path) for path in figures]})
    console.say(text, json=as_json)
    if note:
        console.say(note, json=as_json)
    if figures:
        console.say(f"{len(figures)} figures are in {out}.", json=as_json)
    reported(study, as_json=as_json)


def _indices(study: Study, name: str) -> tuple[Sensitivity | None, str]:
    """The indices of a study that was sampled for them, or why there are none."""
    from ..studies.analysis.sensitivity import SAMPLED

    sampled = any(part["kind"] in SAMPLED for part in study.about.parts)
    try:
        return (study.sensitivity(name) if sampled else None), ""
    except InputError as problem:  # not all points have a value
        return None, str(problem)


def _weighed(study: Study, name: str) -> Importance | None:
    try:
        return study.importance(name)
    except InputError:  # too few runs, or nobody has installed what grows trees
        return None


def _document(
    study: Study,
    name: str,
    indices: Sensitivity | None,
    weighed: Importance | None,
    *,
    every: bool,
) -> dict[str, Any]:
    """What a machine is told; of all outcomes where none was named."""
    from ..studies.analysis.table import defined, plain
    from ..studies.shown.words import paired

    about, counts = study.about, study.status
    return {
        "study": about.name,
        "question": about.question,
        "outcome": name,
        "label": about.label(name),
        "runs": counts["done"],
        "failed": counts["failed"],
        "summary": plain(study.summary(None if every else [name])),
        "responses": {axis: plain(study.response(axis, name)) for axis in about.axes},
        "effects": paired(study.runs([name])),
        "sensitivity": indices
        and {
            "method": indices.method,
            "axes": plain(indices.table),
            "pairs": plain(indices.pairs),
            "too_few": indices.too_few or None,
            "noise": {key: defined(value) for key, value in indices.noise._asdict().items()},
            "sentence": indices.sentence,
        },
        "importance": weighed
        and {
            "explained": weighed.explained,
            "axes": plain(weighed.table),
            "tree": weighed.tree,
            "sentence": weighed.sentence,
        },
        "convergence": plain(study.convergence(name)),
    }


def _pictures(
    study: Study, name: str, indices: Sensitivity | None, weighed: Importance | None
) -> Iterator[tuple[str, Picture]]:
    for axis in study.axes:
        yield f"response-{_file(axis)}", study.plot("response", x=axis, y=name)
    for x, by in list(combinations(study.axes, 2))[:_PAIRS]:
        yield f"interaction-{_file(x)}-{_file(by)}", study.plot("interaction", x=x, by=by, y=name)
    yield "summary", study.plot("summary", y=name)
    if study.about.replicates > 1:
        yield "convergence", study.plot("convergence", y=name)
    if indices is not None:
        yield "sensitivity", study.plot("sensitivity", y=name)
    if weighed is not None:
        yield "importance", study.plot("importance", y=name)


def _file(axis: str) -> str:
    return axis.replace(".*.", ".").replace(".", "_")
