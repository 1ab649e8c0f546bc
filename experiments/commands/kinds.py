"""The folders that a report can be made of, and how each is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from ...sim.errors import InputError, StorageError
from ..show.old_page import Page

_SHELVED: Final = ("diagnosis", "comparison", "levers", "economics", "credit", "reproduction")
_READS: Final = (
    "give a folder that wom run, diagnose, compare, levers, economics, credit, sweep or reproduce "
    "wrote with --out."
)


def page_of_folder(folder: str | Path) -> Page:
    """The report of any folder that `wom` wrote, made from what lies in it alone.

    Parameters
    ----------
    folder
        That of a run, a diagnosis, a comparison, levers, economics, credit, or of a study.

    Raises
    ------
    InputError
        If it holds nothing of ours.
    StorageError
        If there is no such folder, or what it holds cannot be read.
    """
    home = Path(folder)
    if not home.is_dir():
        what = "this is a file" if home.exists() else "there is no such folder"
        raise StorageError(f"{folder}: {what}; {_READS}")
    kind = kind_of(home)
    if kind == "study":
        from ..studies.shown.report import study_page
        from ..studies.study import Study

        study = Study.load(home)
        try:
            return study_page(study)
        finally:
            study.close()
    if kind == "result":
        from ..results.archive import page

        return page(home)
    if kind in _SHELVED:
        from ..answers.keep import take
        from ..answers.shelved import page_of

        try:
            return page_of(take(home))
        except (LookupError, TypeError, AttributeError, ValueError) as problem:
            raise StorageError(
                f"{home / 'run.json'}: no report can be made of this ({problem}); it may be of "
                "another version of wordofmouth, run it again."
            ) from problem
    raise InputError(
        f"{folder}: this folder holds nothing that a report could be made of; {_READS}"
    )


def kind_of(home: Path) -> str:
    """What a folder holds, in a word; empty if it is nothing of ours."""
    if (home / "runs.sqlite").is_file():
        return "study"
    try:
        words = json.loads((home / "run.json").read_bytes())["format"].split()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ""
    return words[1] if len(words) > 1 and words[0] == "wordofmouth" else ""
