"""`wom report`: the page to read of whatever `wom` kept in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ...sim.border import border
from ...sim.errors import InputError, StorageError
from . import console
from .options import Json, command

if TYPE_CHECKING:
    from ..show.document import Document

_READS: Final = "give a folder that wom run, diagnose or another command wrote with --out."


@command
def report(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="A folder that wom wrote with --out.")
    ],
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="FILE", help="Where to; else report.html in the folder."),
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
    as_json: Json = False,
) -> None:
    """Make the page to read of whatever wom kept in a folder."""
    from ..show import page
    from ..store.folder import put_file

    document, files = document_of(folder)
    goal = Path(folder) / "report.html" if to is None else Path(to)
    with border(
        str(folder), StorageError, fault="no page can be made of it", remedy="run it again"
    ):
        shown = page.html(document, files).encode()
    put_file(goal, shown)
    if as_json:
        told = {"report": str(goal), "kind": document.kind, "sentence": document.sentence}
        console.tell_machine(told)
    console.say(f"{document.sentence}\n{goal} is the page to read.", json=as_json)
    if show:
        import webbrowser

        if not webbrowser.open(goal.absolute().as_uri()):
            console.say(f"no browser could be started; open {goal} yourself.", json=True)


def document_of(folder: str | Path) -> tuple[Document, dict[str, bytes]]:
    """The document of any folder that `wom` wrote, from what lies in it alone, and its files.

    Raises
    ------
    InputError
        If it holds nothing of ours.
    StorageError
        If there is no such folder, or what it holds cannot be read.
    """
    from ..store.folder import kind_of

    home = Path(folder)
    if not home.is_dir():
        what = "this is a file" if home.exists() else "there is no such folder"
        raise StorageError(f"{folder}: {what}; {_READS}")
    if (home / "runs.sqlite").is_file():
        from ..studies.study import Study

        study = Study.load(home)
        try:
            return study.document(), {}
        finally:
            study.close()
    kind = kind_of(home)
    if kind == "result":
        from ..results import archive

        return archive.document(home), {}
    if kind:
        from ..answers.keep import kept

        return kept(home)
    raise InputError(
        f"{folder}: this folder holds nothing that a report could be made of; {_READS}"
    )
