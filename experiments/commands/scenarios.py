"""`wom scenarios`: what is shipped, each with the question that it asks."""

from __future__ import annotations

from . import console
from .options import Json, command


@command
def scenarios(as_json: Json = False) -> None:
    """List the scenarios that come with wordofmouth."""
    from ...scenarios.loader import names, question

    table = {name: question(name) for name in names()}
    if as_json:
        console.tell_machine(
            {"scenarios": [{"name": name, "question": asked} for name, asked in table.items()]}
        )
        return
    width = max(map(len, table), default=0)
    console.say("\n".join(f"{name:<{width}}  {asked}" for name, asked in table.items()))
