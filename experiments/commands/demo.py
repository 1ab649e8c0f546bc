"""`wom demo`: the first campaign to look at, with its picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import command

if TYPE_CHECKING:
    from ...sim.campaign import Campaign


@command
def demo(
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="Folder for the picture.")] = ".",
) -> None:
    """Run the open-house campaign and draw its picture."""
    from ...scenarios.loader import load
    from ..results import NAME, SEED
    from ..store.folder import put_file
    from . import console, waiting

    scenario = load(NAME)

    def make() -> Campaign:
        from ...sim.campaign import Campaign

        return Campaign(scenario, seed=SEED)

    result, _ = waiting.watched(make)
    from ..results.headline import headline
    from ..show.style import png

    path = Path(out) / f"{NAME}.png"
    put_file(path, png(result.plot(), dpi=150))
    console.say(
        f"{headline(result)}\nThe picture is {path}.\nNext: `wom serve` shows the campaign in your "
        "browser while it spreads; `wom` alone says what else there is."
    )
