"""What an answer leaves in a folder: JSON, Parquet, a picture, the scenario, a page to read.

====================  ==========================================================================
``run.json``          what a machine is told, its parameters and versions, checksums
``document.json``     what is shown of it, as data: from this `wom report` makes the page again
``*.parquet``         the tables, a file each
``picture.png``       the picture; as ``picture.svg`` without its title
``figure-1.svg``      the figures of its sections, where there are some, in their order
``*-narrow.svg``      a picture or figure as a telephone shows it, where it has such a form
``scenario.toml``     the scenario, complete
``scenario-*.toml``   all that were compared, where there are several
``report.html``       one page to read, without anything from elsewhere
====================  ==========================================================================
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ...scenarios.loader import beside as from_anywhere
from ...scenarios.toml import document as toml
from ...sim.border import border
from ...sim.errors import StorageError
from ...sim.parameters import Scenario
from ..show import page
from ..show.document import Block, Document, Figure, Section
from ..show.framed import framed
from ..show.style import png, svg
from ..store.files import parquet, read, sha256
from ..store.folder import kind_of, put
from ..store.provenance import moment, versions

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure as Drawing

DOCUMENT: Final = "document.json"
_PICTURE: Final = "picture.svg"
_FILES: Final = (
    ("run.json", "What --json prints, all parameters, versions, checksums"),
    (DOCUMENT, "What this page shows, as data"),
    ("picture.png", "The picture"),
    (_PICTURE, "The same without its title, for print"),
)


def keep(
    folder: str | Path,
    document: Document,
    told: Mapping[str, Any],
    tables: Mapping[str, pd.DataFrame],
    picture: Drawing,
    scenario: Scenario | None,
    beside: Mapping[str, Scenario],
    *,
    command: str,
    extra: Mapping[str, bytes] | None = None,
) -> Path:
    """Write a folder: aside first, then renamed, so that it is all there or not at all.

    Parameters
    ----------
    folder
        Where to; an earlier one of ours is replaced as a whole.
    document
        What is shown.
    told
        What ``--json`` prints.
    tables, picture
        The files beside it.
    scenario, beside
        What it is about, if it is about one, and further ones by the names of their files.
    command
        What was typed for it, if anything was.
    extra
        Further files, as they are.

    Raises
    ------
    StorageError
        If the folder is a file, holds something else, or cannot be written.
    """
    import pyarrow as pa

    files = {
        f"{name}.parquet": parquet(pa.Table.from_pandas(table, preserve_index=False))
        for name, table in tables.items()
    }
    files["picture.png"] = png(picture, dpi=150)
    files[_PICTURE] = svg(page.untitled(picture), cut=True)
    shown = replace(document.picture or Figure(""), alt=document.sentence, draw=None, file=_PICTURE)
    shown, telephone = _narrowed(shown)
    sections, figures = _drawn(document.sections)
    files |= {name: data for name, _, data in (*telephone, *figures)}
    for name, other in beside.items():
        files[name] = _text(other)
    files |= extra or {}
    made, made_with = moment(), versions()
    own = () if scenario is None else (("scenario.toml", "The scenario, complete"),)
    whole = framed(
        replace(
            document,
            picture=shown,
            sections=sections,
            files=[
                *_FILES,
                *((name, alt) for name, alt, _ in telephone),
                *own,
                *document.files,
                *((name, alt) for name, alt, _ in figures),
            ],
        ),
        versions=made_with,
        made=made,
        command=command,
        scenario=scenario,
    )
    files[DOCUMENT] = whole.json()
    run = {
        "format": f"wordofmouth {document.kind} 2",
        **told,
        **({} if scenario is None else {"parameters": scenario.to_dict()}),
        "command": command,
        "made": made,
        "versions": made_with,
        "files": {name: sha256(data) for name, data in files.items()},
    }
    files["report.html"] = page.html(whole, files).encode()
    files["run.json"] = (json.dumps(run, indent=2, allow_nan=False) + "\n").encode()
    if scenario is not None:
        files["scenario.toml"] = _text(scenario)
    goal = Path(folder)
    put(goal, files)
    return goal


def _text(scenario: Scenario) -> bytes:
    """A scenario as its file, which is run from anywhere."""
    return toml(from_anywhere(scenario.to_dict(), Path.cwd())).encode()


# Of a file of a figure: its name, what it shows, what is in it.
_Drawn = tuple[str, str, bytes]


def _drawn(sections: Sequence[Section]) -> tuple[list[Section], list[_Drawn]]:
    """Sections whose figures are in files, and these files."""
    figures: list[_Drawn] = []
    numbers = count(1)

    def filed(block: Block) -> Block:
        if not isinstance(block, Figure) or block.draw is None:
            return block
        name = f"figure-{next(numbers)}.svg"
        figures.append((name, block.alt, svg(block.draw())))
        found, narrow = _narrowed(replace(block, draw=None, file=name))
        figures.extend(narrow)
        return found

    return [replace(each, blocks=[*map(filed, each.blocks)]) for each in sections], figures


def _narrowed(figure: Figure) -> tuple[Figure, list[_Drawn]]:
    """A figure whose form for a narrow screen is in a file, and that file, if it has one."""
    if figure.narrow is None:
        return figure, []
    name = f"{Path(figure.file).stem}-narrow.svg"
    file = name, "The same as a telephone shows it", svg(figure.narrow(), cut=True)
    return replace(figure, narrow=None, narrow_file=name), [file]


def kept(folder: str | Path) -> tuple[Document, dict[str, bytes]]:
    """What `keep` wrote to a folder, unchanged: the document, and the files that it shows.

    Raises
    ------
    StorageError
        Naming the file that is missing or damaged.
    """
    home = Path(folder)
    fault = "this is not what was saved"
    with border(str(home / "run.json"), StorageError, fault=fault, remedy="run it again"):
        told = json.loads(read(home / "run.json"))
        sums, command = dict(told["files"]), str(told.get("command") or "the command")
        if strange := [name for name in sums if Path(name).name != name]:
            raise ValueError(f"{strange[0]!r} is no file of this folder")
    if kind_of(home) == "search":
        raise StorageError(
            f"{home}: there is no answer in this folder yet, as what writes it was ended; the same "
            "command goes on with what it kept."
        )
    if DOCUMENT not in sums:
        raise StorageError(
            f"{home}: an earlier version of wordofmouth wrote this folder, and its report.html is "
            f"the page to read; for a new one run it again: {command}."
        )
    files = {}
    for name, checksum in sums.items():
        data = read(home / name, checksum)
        if not name.endswith(".parquet"):  # whole, and no page shows it: not to be held in memory
            files[name] = data
    remedy = "it may be of another version of wordofmouth, run it again"
    with border(str(home / DOCUMENT), StorageError, fault="this cannot be shown", remedy=remedy):
        return Document.of_json(files[DOCUMENT]), files
