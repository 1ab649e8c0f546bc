"""The commands that run a campaign: `wom run` and `wom demo`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...sim.budget import afford
from . import console
from .choice import Choice, people_of
from .watch import watch

if TYPE_CHECKING:
    from ...sim.campaign import Campaign


def run_campaign(choice: Choice, *, threads: int, out: str | None, as_json: bool) -> None:
    """Run one campaign, keep it if asked, and tell of it.

    Raises
    ------
    CampaignError
        If it cannot be run, or not be kept; then nothing is written.
    """
    scenario = choice.scenario()
    if scenario.network.file is None:
        afford(scenario)  # here, before numba is imported, and again in the engine
    if out is not None:
        from ..store.folder import check

        check(out)

    def make() -> Campaign:
        from ...sim.campaign import Campaign, choose_network

        how: dict[str, Any] = {}
        if choice.seeds is not None:
            if scenario.network.file is not None:
                how["network"] = choose_network(scenario, choice.seed)
            how["seeds"] = people_of(choice.seeds, how.get("network"))
        return Campaign(scenario, seed=choice.seed, world=choice.world, threads=threads, **how)

    result, seconds = watch(scenario, make)
    if out is not None:
        from ..results.archive import save

        save(result, out, command=choice.command())
    if as_json:
        console.document({**result.to_dict(), "seconds": round(seconds, 6)})
        console.say(result.sentence, json=True)
    else:
        console.say(console.summary(result, seconds))
    if out is not None:
        page = Path(out) / "report.html"
        console.say(f"kept in {out}; {page} is the page to read.", json=as_json)


def run_demo(out: str) -> None:
    """Run the open-house campaign, and draw it into the folder `out`.

    Raises
    ------
    StorageError
        If the picture cannot be written.
    """
    from ...scenarios.loader import load
    from ..results.demo import NAME, SEED

    def make() -> Campaign:
        from ...sim.campaign import Campaign

        return Campaign(scenario, seed=SEED)

    scenario = load(NAME)
    result, _ = watch(scenario, make)
    from ..show.style import png
    from ..store.folder import put_file

    path = Path(out) / f"{NAME}.png"
    put_file(path, png(result.plot(), dpi=150))
    console.say(
        f"{result.sentence}\nThe picture is {path}.\nNext: `wom serve` shows the campaign in your "
        "browser while it spreads; `wom` alone says what else there is."
    )
