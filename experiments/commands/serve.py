"""`wom serve`: campaigns in a browser while they spread."""

from __future__ import annotations

from typing import Annotated

import typer

from . import console
from .options import Changed, Json, Seed, command, scenarios


@command
def serve(
    changed: Changed,
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME|FILE]",
            help="The scenario that the page begins with.",
            autocompletion=scenarios,
        ),
    ] = "open_house",
    seed: Seed = 0,
    host: Annotated[
        str,
        typer.Option("--host", metavar="ADDRESS", help="Where to listen; this machine alone."),
    ] = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option("--port", metavar="N", help="The port; a free one if none.")
    ] = None,
    opens: Annotated[
        bool, typer.Option("--open/--no-open", help="Whether to open it in a browser.")
    ] = True,
    story: Annotated[
        bool, typer.Option("--story", help="Begin with the story: five guesses, then the runs.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show campaigns in a browser while they spread; Ctrl-C ends it."""
    from ..live.serve import Address, serve

    def tell(where: Address) -> None:
        if where.open_to_others:
            console.say(
                f"warning: {where.host} lets other machines reach this page; whoever has its "
                "address can run campaigns here, and it travels unencrypted.",
                json=True,
            )
        if as_json:
            told = where._asdict()
            told.pop("open_to_others")
            console.tell_machine(told)
        console.say(f"The live page is at {where.address}\nCtrl-C ends it.", json=as_json)

    serve(
        lambda: changed.scenario(name), seed=seed, host=host, port=port, opens=opens, story=story,
        tell=tell, ended=lambda: console.say("The live page has ended.", json=True),
    )  # fmt: skip
