"""`wom run`: one campaign."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Changed, Luck, Name, Telling, command

if TYPE_CHECKING:
    from ...sim.campaign import Campaign


@command
def run(
    name: Name,
    changed: Changed,
    luck: Luck,
    telling: Telling,
    seeds: Annotated[
        str | None,
        typer.Option("--seeds", metavar="ID,ID", help="People asked to pass on every post."),
    ] = None,
    threads: Annotated[
        int, typer.Option("--threads", metavar="N", help="Threads; the result is the same.")
    ] = 1,
) -> None:
    """Run one campaign."""
    from . import console, waiting
    from .answering import ready

    scenario = changed.scenario(name)
    ready(scenario, out=telling.out)

    def make() -> Campaign:
        from ...scenarios.reading.seeds import people_of
        from ...sim.campaign import Campaign, choose_network

        how: dict[str, Any] = {}
        if seeds is not None:
            if scenario.network.file is not None or scenario.people.file is not None:
                born = luck.seed if luck.world is None else luck.world
                how["network"] = choose_network(scenario, born)
            ids = how["network"].ids if how else None
            how["seeds"] = people_of(seeds, ids)
        return Campaign(scenario, seed=luck.seed, world=luck.world, threads=threads, **how)

    result, took = waiting.watched(make)
    if telling.out is not None:
        from ..results.archive import save

        again = changed.command("run", [name], {**vars(luck), "seeds": seeds})
        save(result, telling.out, command=again)
    if telling.as_json:
        console.tell_machine({**result.to_dict(), "seconds": round(took, 6)})
        console.say(result.sentence, json=True)
    else:
        from ..results.shown import document
        from ..show import terminal
        from ..show.document import On

        console.say(terminal.text(document(result, On.SCREEN, seconds=took)))
    if telling.out is not None:
        page = Path(telling.out) / "report.html"
        console.say(f"kept in {telling.out}; {page} is the page to read.", json=telling.as_json)
