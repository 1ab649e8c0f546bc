"""The commands that tell what things are worth: `wom levers`, `wom economics`, `wom credit`."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...scenarios.toml import setting
from ...sim.errors import InputError
from ..vocabulary.outcomes import outcome
from ..worlds.until import check_budget
from .answering import answer, ready
from .choice import Choice
from .waiting import waited

if TYPE_CHECKING:
    from ...sim.parameters import Scenario
    from ...sim.result import Result


def run_levers(
    choice: Choice,
    goal: str | None,
    typed: Sequence[str],
    asked: str,
    *,
    out: str | None,
    as_json: bool,
    replicates: int,
    jobs: int,
) -> None:
    """Tell what each lever of a scenario brings, or each part in which another one differs.

    Raises
    ------
    CampaignError
        If they cannot be run, or the answer not be kept; then nothing is written.
    """
    outcome(asked)
    check_budget(replicates)
    if goal is None and not typed:
        raise InputError(
            "there is no lever; give --lever KEY=VALUE for each, or a second scenario whose parts "
            "are the levers."
        )
    if goal is not None and typed:
        raise InputError("a second scenario and --lever exclude each other; give one of them.")
    scenario = choice.scenario()
    by: Mapping[str, Any] | Scenario = levers_of(typed)
    if goal is not None:
        by = replace(choice, name=goal).scenario()
    ready(scenario, out=out)
    from ..answers.economics.telling import told
    from ..answers.levers.find import levers

    found = waited(
        lambda tell: levers(
            scenario,
            by,
            outcome=asked,
            replicates=replicates,
            seed=choice.seed,
            world=choice.world,
            jobs=jobs,
            progress=tell,
        )
    )
    names = [choice.name] if goal is None else [choice.name, goal]
    more = {"lever": list(typed), "outcome": asked, "replicates": replicates}
    answer(found, None if as_json else told(found), out, choice.command("levers", names, more))


def run_economics(
    choice: Choice,
    *,
    out: str | None,
    as_json: bool,
    replicates: int,
    jobs: int,
    **how: Any,
) -> None:
    """Tell what a campaign costs and is worth, and what may go wrong.

    Raises
    ------
    CampaignError
        If it cannot be run, or the answer not be kept; then nothing is written.
    """
    check_budget(replicates)
    scenario = choice.scenario()
    ready(scenario, out=out)
    from ..answers.economics.answer import economics
    from ..answers.economics.telling import told

    found = waited(
        lambda tell: economics(
            scenario,
            replicates=replicates,
            seed=choice.seed,
            world=choice.world,
            jobs=jobs,
            progress=tell,
            **how,
        )
    )
    more = {"replicates": replicates, **how}
    more["break_even"] = more.pop("breaks_even")
    answer(found, None if as_json else told(found), out, choice.command("economics", more=more))


def run_credit(choice: Choice, by: Sequence[str], *, out: str | None, as_json: bool) -> None:
    """Tell to whom the conversions of one campaign are owed: run now, or kept in a folder.

    Raises
    ------
    CampaignError
        If it cannot be run or read, or the answer not be kept; then nothing is written.
    """
    from ..answers.credit.answer import credit
    from ..answers.credit.creditors import TABLES
    from ..answers.economics.telling import told

    for what in by:
        if what not in TABLES:
            raise InputError(f"--by {what!r} is not allowed; give one of {', '.join(TABLES)}.")
    found = credit(_campaign(choice, out))
    kept = (Path(choice.name) / "run.json").is_file()
    command = shlex.join(["wom", "credit", choice.name]) if kept else choice.command("credit")
    words = None if as_json else told(found, by or ("role", "hop", "outlet"))
    answer(found, words, out, command)


def _campaign(choice: Choice, out: str | None) -> Result:
    """The campaign that is asked about: of a folder, or run now."""
    if (Path(choice.name) / "run.json").is_file():
        if choice != Choice(choice.name):
            raise InputError(
                f"{choice.name} is a campaign that was run already, and nothing of it can be "
                "changed; give a scenario with --set, --seed and the like."
            )
        ready(out=out)
        from ..results.archive import load

        return load(choice.name)
    scenario = choice.scenario()
    ready(scenario, out=out)

    def make() -> Any:
        from ...sim.campaign import Campaign

        return Campaign(scenario, seed=choice.seed, world=choice.world)

    from .watch import watch

    return watch(scenario, make)[0]


def levers_of(typed: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The levers that were typed: ``KEY=VALUE``, or ``NAME: KEY=VALUE; KEY=VALUE``.

    Raises
    ------
    InputError
        If one is no such text, or two have one name.

    Examples
    --------
    >>> levers_of(["prize: incentives.reward=5; incentives.prize=400", "boost.click=0.5"])["prize"]
    {'incentives.reward': 5, 'incentives.prize': 400}
    """
    found: dict[str, dict[str, Any]] = {}
    for text in typed:
        name, colon, rest = text.partition(":")
        if not colon or "=" in name:
            name, rest = text, text
        pairs = [part for part in rest.split(";") if part.strip()]
        try:
            changes = dict(setting(part.strip()) for part in pairs)
        except InputError:
            changes = {}
        if not changes:
            raise InputError(
                f"--lever {text!r} is not allowed; give key=value, such as boost.click=0.5, or "
                "a name and several: 'prize: incentives.reward=5; incentives.prize=400'."
            )
        if name.strip() in found:
            raise InputError(f"--lever {name.strip()!r} is given twice; name each lever once.")
        found[name.strip()] = changes
    return found
