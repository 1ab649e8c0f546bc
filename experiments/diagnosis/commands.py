"""The commands of this room: `wom diagnose` and `wom compare`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...sim.budget import afford
from ...sim.errors import InputError
from .. import console
from ..choice import Choice
from ..outcomes import outcome
from ..paired.until import check_budget
from ..paired.waiting import waited

if TYPE_CHECKING:
    from .comparison import Comparison
    from .diagnosis import Diagnosis


def run_diagnose(choice: Choice, asked: str, *, out: str | None, as_json: bool, **how: Any) -> None:
    """Diagnose a scenario, keep the diagnosis if asked, and tell it.

    Raises
    ------
    CampaignError
        If it cannot be run, or not be kept; then nothing is written.
    """
    scenario = choice.scenario()
    outcome(asked)
    check_budget(how["replicates"], how["seconds"])
    _ready(out)
    if scenario.network.file is None:
        afford(scenario)  # here, before numba is imported, and again in the engine
    from .diagnose import diagnose

    found = waited(
        lambda tell: diagnose(
            scenario, asked, seed=choice.seed, world=choice.world, progress=tell, **how
        )
    )
    _told(found, out, as_json)


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
        before = _with(choice, names[0], ())
        scenarios = [before.scenario(), choice.scenario()]
        called = [scenarios[0].name, " ".join(choice.settings)]
    else:
        scenarios = [_with(choice, name, choice.settings).scenario() for name in names]
    _ready(out)
    for scenario in scenarios:
        if scenario.network.file is None:
            afford(scenario)
    from .compare import compare

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
    _told(found, out, as_json)


def _with(choice: Choice, name: str, settings: Sequence[str]) -> Choice:
    return Choice(name, settings, choice.network, choice.directed, choice.arrow)


def _ready(out: str | None) -> None:
    if out is not None:
        from ..folder import check

        check(out)


def _told(found: Diagnosis | Comparison, out: str | None, as_json: bool) -> None:
    if out is not None:
        found.save(out)
    if as_json:
        console.document(found.to_dict())
        console.say(found.sentence, json=True)
    else:
        from . import telling
        from .diagnosis import Diagnosis

        console.say(
            telling.diagnosis(found) if isinstance(found, Diagnosis) else telling.comparison(found)
        )
    if out is not None:
        console.say(f"kept in {out}; {Path(out) / 'picture.png'} is the picture.", json=as_json)
