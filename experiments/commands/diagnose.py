"""The commands of this room: `wom diagnose` and `wom compare`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...sim.errors import InputError
from ..vocabulary.outcomes import outcome
from ..worlds.until import check_budget
from .answering import answer, ready
from .choice import Choice
from .waiting import waited


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
    from ..answers.diagnosis.find import diagnose
    from ..answers.diagnosis.telling import diagnosis

    found = waited(
        lambda tell: diagnose(
            scenario, asked, seed=choice.seed, world=choice.world, progress=tell, **how
        )
    )
    more = {"outcome": asked, **_settled(how, found.replicates)}
    answer(found, None if as_json else diagnosis(found), out, choice.command("diagnose", more=more))


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
    from ..answers.comparison.find import compare
    from ..answers.diagnosis.telling import comparison

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
    more = {"outcome": asked, **_settled(how, found.replicates)}
    command = choice.command("compare", names, more)
    answer(found, None if as_json else comparison(found), out, command)


def _settled(how: Mapping[str, Any], replicates: int) -> dict[str, Any]:
    """Options that make the same again: a budget of time becomes the worlds that it bought."""
    options = {name: value for name, value in how.items() if name not in ("seconds", "jobs")}
    if how["seconds"] is not None:
        options |= {"replicates": replicates, "width": None}
    return options
