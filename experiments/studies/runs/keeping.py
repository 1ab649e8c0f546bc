"""A copy of a study in a folder of its own, with all that its own folder holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...store.folder import put
from .ledger import NAME

if TYPE_CHECKING:
    from ..study import Study


def keep(study: Study, folder: Path) -> Path:
    """Write a study to a folder: aside first, then renamed; and its report.

    A study that was made without a folder has no ``study.toml``: the ledger alone tells what it is,
    and the call that made it goes on with it where ``out`` names the folder.

    Raises
    ------
    StorageError
        If the folder holds something else, or cannot be written.
    """
    from ..shown.report import refresh

    home = study.ledger.folder
    if home is not None and home.resolve() == folder.resolve():
        return folder
    files = {NAME: study.ledger.base.serialize()}
    if home is not None:
        for path in sorted(home.rglob("*")):
            name = str(path.relative_to(home))
            if path.is_file() and not name.startswith((NAME, ".", "report.html")):
                files[name] = path.read_bytes()
    put(folder, files)
    copy = type(study).load(folder)
    try:
        refresh(copy)
    finally:
        copy.close()
    return folder
