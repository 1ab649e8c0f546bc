"""`wom report`: the page to read of a campaign in many worlds, or of whatever `wom` kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from ...sim.border import border
from ...sim.errors import InputError, StorageError
from . import console
from .options import Changed, Jobs, Json, command

if TYPE_CHECKING:
    from ..answers.client.answer import ClientReport
    from ..show.document import Document

_READS: Final = (
    "give a folder that wom run, diagnose or another command wrote with --out, or a scenario."
)
_WORLDS: Final = 20


@command
def report(
    name: Annotated[
        str,
        typer.Argument(
            metavar="DIR|NAME|FILE", help="A folder that wom wrote with --out, or a scenario."
        ),
    ],
    changed: Changed,
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            "--to",
            metavar="FILE|DIR",
            help="A file that ends in .html, or a folder; else DIR, or NAME.html.",
        ),
    ] = None,
    replicates: Annotated[
        int | None,
        typer.Option(
            "--replicates",
            metavar="N",
            help="Of a campaign: in how many worlds (20); 1: the page of what happened in its own.",
        ),
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="What stands above it.")
    ] = None,
    logo: Annotated[
        str | None,
        typer.Option("--logo", metavar="FILE", help="A picture above it: PNG, JPEG or SVG."),
    ] = None,
    jobs: Jobs = 2,
    show: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
    as_json: Json = False,
) -> None:
    """Make the page to read of a campaign in many worlds, or of what wom kept in a folder."""
    from ..show import page
    from ..show.logo import logo as embedded

    picture = "" if logo is None else embedded(logo)
    words = {"title": title, "logo": logo}
    document, files, told = _found(name, changed, replicates, jobs, words)
    if title is not None:
        document = replace(document, title=title)
    goal = _goal(name) if out is None else _page(Path(out))
    with border(name, StorageError, fault="no page can be made of it", remedy="run it again"):
        shown = page.html(document, files, logo=picture).encode()
    put = {"report": str(goal), "kind": document.kind, "sentence": document.sentence, **told}
    _put(goal, shown)
    if as_json:
        console.tell_machine(put)
    console.say(f"{document.sentence}\n{goal} is the page to read.", json=as_json)
    if show:
        import webbrowser

        if not webbrowser.open(goal.absolute().as_uri()):
            console.say(f"no browser could be started; open {goal} yourself.", json=True)


def _put(goal: Path, shown: bytes) -> None:
    from ..store.folder import put_file

    put_file(goal, shown)


def _page(out: Path) -> Path:
    """The page that was named, or that of a folder that was."""
    return out if out.suffix.lower() in (".html", ".htm") else out / "report.html"


def _goal(name: str) -> Path:
    """Where a page lies: in its folder, or beside the file of its scenario."""
    from ..worlds.given import is_folder

    return Path(name) / "report.html" if is_folder(name) else Path(f"{Path(name).stem}.html")


def _found(
    name: str,
    changed: Changed,
    replicates: int | None,
    jobs: int,
    words: Mapping[str, str | None],
) -> tuple[Document, dict[str, bytes], dict[str, Any]]:
    """The document, the files of its figures, and what else a machine is told."""
    from ..store.folder import kind_of
    from ..worlds.given import is_folder

    folder = is_folder(name) or not _is_scenario(name)
    kind = kind_of(name) if folder and Path(name).is_dir() else ""
    campaign = not folder or kind == "result" or (kind == "fit" and replicates is not None)
    if folder and kind != "fit" and changed != Changed():
        raise InputError(
            f"{name} keeps a campaign that was run, in which nothing can be changed any more; give "
            f"its scenario with what you changed, as in: {_again(name, kind, changed)}"
        )
    if not campaign or (kind == "result" and replicates == 1):
        document, files = document_of(name)
        if replicates is not None and kind != "result":
            raise InputError(
                f"--replicates {replicates} is for a campaign, and {name} keeps "
                f"a {document.kind} in worlds of its own; leave it out."
            )
        return document, files, {}
    asked = _WORLDS if replicates is None else replicates
    found = _client(name, kind, changed, asked, jobs)
    again = changed.command("report", [name], {"replicates": asked, **words})
    return _framed(found, again), {}, found.to_dict()


def _again(name: str, kind: str, changed: Changed) -> str:
    file = str(Path(name) / "scenario.toml") if kind == "result" else "NAME"
    return changed.command("report", [file])


def _is_scenario(name: str) -> bool:
    from ...scenarios.loader import names

    return name in names() or name.endswith(".toml") or Path(f"{name}.toml").is_file()


def _client(name: str, kind: str, changed: Changed, replicates: int, jobs: int) -> ClientReport:
    """The campaign in many worlds, while somebody waits."""
    from ..answers.client.find import client_report
    from ..worlds.until import check_budget
    from .answering import ready
    from .options import Telling
    from .waiting import waited

    check_budget(replicates)
    if replicates < 2:
        raise InputError(
            f"--replicates {replicates} is not allowed; give 2 or more worlds, or a folder of "
            "wom run --out for the page of one."
        )
    luck: dict[str, Any] = {}
    source: Any = changed.campaign(name) if kind != "result" else None
    if kind == "result":
        from ..results.archive import load
        from ..results.asked import first_sharers

        result = load(name)
        source = result.scenario
        luck = {"seed": result.seed, "seeds": first_sharers(name)}
        if result.world != result.seed:
            luck["world"] = result.world
    ready(source, telling=Telling())

    def find(tell: Callable[[int, int], None]) -> ClientReport:
        found = client_report(source, replicates=replicates, jobs=jobs, progress=tell, **luck)
        file = str(Path(name) / "scenario.toml") if kind == "result" else name
        return replace(found, typed=changed.command("diagnose", [file]))

    return waited(find)


def _framed(found: ClientReport, again: str) -> Document:
    """With the appendix: what differs from the defaults, versions, and how to make it again."""
    from ..show.framed import framed
    from ..store.provenance import moment, versions

    return framed(
        found.document(),
        versions=versions(),
        made=moment(),
        command=again,
        scenario=found.scenario,
    )


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
