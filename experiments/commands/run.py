"""`wom run`: one campaign."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...sim.errors import InputError
from .options import Changed, Luck, Name, Telling, command

if TYPE_CHECKING:
    from ...sim.campaign import Campaign
    from ...sim.parameters import Scenario


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
    point: Annotated[
        int | None,
        typer.Option("--point", metavar="N", help="NAME is the folder of a study."),
    ] = None,
    replicate: Annotated[
        int | None,
        typer.Option("--replicate", metavar="N", help="Which run of the point."),
    ] = None,
    replicates: Annotated[int | None, typer.Option("--replicates", hidden=True)] = None,
) -> None:
    """Run one campaign, or a run of a study again."""
    from . import console, waiting
    from .answering import noted, ready

    if replicates is not None:
        raise InputError(
            f"--replicates {replicates}: run makes one campaign; give `wom report {name} "
            f"--replicates {replicates}` for several worlds, or --seed K for another one."
        )
    scenario, luck, digest = _asked(name, changed, luck, point, replicate)
    ready(scenario, telling=telling)

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

        which = vars(luck) if point is None else {"point": point, "replicate": replicate}
        again = changed.command("run", [name], {**which, "seeds": seeds})
        save(result, telling.out, command=again)
    if telling.as_json:
        found = result.to_dict()
        console.tell_machine({**found, "seconds": round(took, 6)})
        console.say(found["sentence"], json=True)
    else:
        from ..results.shown import document
        from ..show import terminal
        from ..show.document import On

        console.say(terminal.text(document(result, On.SCREEN, seconds=took)))
    if digest and seeds is None:
        told = f"The study has the same digest, {digest}."
        if digest != result.digest:
            told = f"The study has another digest, {digest}: it was made by another version."
        console.say(told, json=telling.as_json)
    noted(scenario)
    if telling.out is not None:
        page = Path(telling.out) / "report.html"
        console.say(f"kept in {telling.out}; {page} is the page to read.", json=telling.as_json)


def _asked(
    name: str, changed: Changed, luck: Luck, point: int | None, replicate: int | None
) -> tuple[Scenario, Luck, str]:
    """The scenario that is asked for, its luck, and the digest that it is known to come to."""
    if point is None:
        if replicate is not None:
            raise InputError("--replicate is of a point of a study; give --point N too.")
        return changed.scenario(name), luck, ""
    if luck.seed or luck.world is not None:
        raise InputError("--point has the seed and the world of its run; leave yours out.")
    from ..studies.asked import kept_run

    known = kept_run(name, point, replicate or 0)
    scenario = changed.made_of(known.scenario)
    as_it_was = scenario == known.scenario
    return scenario, Luck(known.seed, known.world), known.digest if as_it_was else ""
