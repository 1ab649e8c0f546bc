"""The command of this room: `wom report`."""

from __future__ import annotations

from pathlib import Path

from ..store.folder import put_file
from . import console
from .kinds import page_of_folder


def write_report(folder: str, *, to: str | None, show: bool, as_json: bool) -> None:
    """Make the report of a folder again, and open it if asked.

    Parameters
    ----------
    folder
        What `wom` wrote.
    to
        The file to be written; ``report.html`` in the folder if None.
    show
        Whether it is opened in a browser.
    as_json
        Whether a machine is told where it is.

    Raises
    ------
    InputError
        If the folder holds nothing of ours.
    StorageError
        If it cannot be read, or the report not be written.
    """
    page = page_of_folder(folder)
    goal = Path(folder) / "report.html" if to is None else Path(to)
    put_file(goal, page.html().encode())
    if as_json:
        console.document({"report": str(goal), "kind": page.kind, "sentence": page.sentence})
    console.say(f"{page.sentence}\n{goal} is the page to read.", json=as_json)
    if show:
        import webbrowser

        if not webbrowser.open(goal.absolute().as_uri()):
            console.say(f"no browser could be started; open {goal} yourself.", json=True)
