"""`wom status`: how far a study is."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from . import console
from .options import Json, command
from .sweep import Folder


@command
def status(folder: Folder, as_json: Json = False) -> None:
    """Say how far a study is."""
    from ..studies.runs.cells import told, within
    from ..studies.runs.folder import results
    from ..studies.runs.ledger import Ledger

    with closing(Ledger(Path(folder))) as ledger, within(ledger):
        name, counts = told(ledger, "name"), ledger.counts()
        first, drivers = ledger.failure(), len(ledger.drivers.others())
        digest = results(ledger)
    runs = sum(counts.values())
    if as_json:
        console.tell_machine(
            {
                "study": name,
                "runs": runs,
                **counts,
                "drivers": drivers,
                "first_failure": first,
                "results": digest,
            }
        )
        return
    console.say(
        f"{name}: {counts['done']:,} of {runs:,} runs are done, {counts['failed']:,} failed, "
        f"{counts['claimed']:,} are being made, {counts['open']:,} are open. The digest of what is "
        f"done is {digest[:16]}."
    )
    if first is not None:
        console.say(
            f"The first that failed, point {first['point']}, replicate {first['replicate']}: "
            f"{str(first['error']).rstrip('.')}. wom sweep --retry-failed makes them again."
        )
