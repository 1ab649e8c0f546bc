"""The commands of this room: `wom diagnose` and `wom compare`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ...sim.errors import InputError
from ..choice import Choice
from ..outcomes import outcome
from ..paired.asked import answer, ready
from ..paired.until import check_budget
from ..paired.waiting import waited


def run_diagnose(choice: Choice, asked: str, *, out: str | None, as_json: bool, **how: Any) -> None:
    """Diagnose a scenario, keep the diagnosis if asked, and tell it.

    Raises
    ------
    CampaignError
        If it cannot be run, or not be kept; then nothing is written.
    """
    outcome(asked)
    check_budget(how["replicates"], how["seconds"])
    scenario = choice.scenario()
    ready(scenario, out=out)
    from .diagnose import diagnose
    from .telling import diagnosis

    found = waited(
        lambda tell: diagnose(
            scenario, asked, seed=choice.seed, world=choice.world, progress=tell, **how
        )
    )
    answer(found, None if as_json else diagnosis(found), out)


def run_compare(
    names: Sequence[str], choice: Choice, asked: str, *, out: str | None, as_json: bool, **how: Any
) -> None:
    """Compare scenarios, or one with itself changed, keep the comparison if asked, and tell it.

    Raises
    ------
    CampaignError
        If they cannot be run, or the comparison not be kept; then nothing is written.
    """
    outcome(asked)
    check_budget(how["replicates"], how["seconds"])
    called: list[str] | None = None
    if len(names) == 1:
        if not choice.settings:
            raise InputError(
                f"{names[0]!r} alone is nothing to compare; give another scenario too, or --set "
                "KEY=VALUE for the same one changed."
            )
        scenarios = [replace(choice, settings=()).scenario(), choice.scenario()]
        called = [scenarios[0].name, " ".join(choice.settings)]
    else:
        scenarios = [replace(choice, name=name).scenario() for name in names]
    ready(*scenarios, out=out)
    from .compare import compare
    from .telling import comparison

    found = waited(
        lambda tell: compare(
            *scenarios,
            names=called,
            outcome=asked,
            seed=choice.seed,
            world=choice.world,
            progress=tell,
            **how,
        )
    )
    answer(found, None if as_json else comparison(found), out)
