"""`wom explain`: what a parameter or an outcome is."""

from __future__ import annotations

from typing import Annotated

import typer

from ...sim.errors import InputError
from . import console
from .options import Json, command


@command
def explain(
    key: Annotated[
        str,
        typer.Argument(metavar="KEY", help="Such as incentives.reward, share, or an outcome."),
    ] = "",
    as_json: Json = False,
) -> None:
    """Say what a parameter means, its range, what it needs, and where its value comes from.

    KEY is its dotted path, the name of a table, or its last name alone; an outcome of a campaign
    is explained too. Without KEY all parameters are listed.
    """
    from ...scenarios.explain import explain as parameter
    from ..vocabulary.outcomes import OUTCOMES

    outcome = OUTCOMES.get(key.strip())
    try:
        found = parameter(key)
    except InputError:
        if outcome is None:
            raise
        found = None
    if as_json:
        told = {"key": key, "parameters": []} if found is None else found.to_dict()
        console.tell_machine(told | {"outcome": None if outcome is None else outcome._asdict()})
        return
    parts = [] if found is None else [str(found)]
    if outcome is not None:
        better = {1: "More is better.", -1: "Less is better.", 0: ""}[outcome.direction]
        parts.append(f"{outcome.name} is an outcome: {outcome.label}. {outcome.meaning} {better}")
    console.say("\n\n".join(parts).rstrip())
