"""The commands that tell what things are worth: `wom levers`, `wom economics`, `wom credit`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...sim.budget import afford
from ...sim.errors import InputError
from .. import console
from ..choice import Choice
from ..outcomes import outcome
from ..paired.until import check_budget
from ..paired.waiting import waited
from ..toml import setting

if TYPE_CHECKING:
    from ...sim.parameters import Scenario
    from ...sim.result import Result
    from ..paired.worlds import Progress
    from .attribution import Attribution
    from .credit import Credit
    from .economics import Economics


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
        other = Choice(goal, choice.settings, choice.network, choice.directed, choice.arrow)
        by = other.scenario()
    _ready(scenario, out)
    from .levers import levers
    from .shapley import EXACT

    count = len(typed)
    expected = replicates * 2**count if goal is None and count <= EXACT else 0
    found = waited(
        lambda tell: levers(
            scenario,
            by,
            outcome=asked,
            replicates=replicates,
            seed=choice.seed,
            world=choice.world,
            jobs=jobs,
            progress=_counting(tell, expected),
        )
    )
    _told(found, out, as_json)


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
    _ready(scenario, out)
    from .economics import economics

    found = waited(
        lambda tell: economics(
            scenario,
            replicates=replicates,
            seed=choice.seed,
            world=choice.world,
            jobs=jobs,
            progress=_counting(tell, 0),
            **how,
        )
    )
    _told(found, out, as_json)


def run_credit(choice: Choice, by: Sequence[str], *, out: str | None, as_json: bool) -> None:
    """Tell to whom the conversions of one campaign are owed: run now, or kept in a folder.

    Raises
    ------
    CampaignError
        If it cannot be run or read, or the answer not be kept; then nothing is written.
    """
    from .credit import credit
    from .creditors import TABLES

    for what in by:
        if what not in TABLES:
            raise InputError(f"--by {what!r} is not allowed; give one of {', '.join(TABLES)}.")
    found = credit(_campaign(choice, out))
    _told(found, out, as_json, by=list(by) or ["role", "hop", "outlet"])


def _campaign(choice: Choice, out: str | None) -> Result:
    """The campaign that is asked about: of a folder, or run now."""
    if (Path(choice.name) / "run.json").is_file():
        if choice != Choice(choice.name):
            raise InputError(
                f"{choice.name} is a campaign that was run already, and nothing of it can be "
                "changed; give a scenario with --set, --seed and the like."
            )
        from ..archive import load

        return load(choice.name)
    scenario = choice.scenario()
    _ready(scenario, out)

    def make() -> Any:
        from ...sim.campaign import Campaign

        return Campaign(scenario, seed=choice.seed, world=choice.world)

    from ..watch import watch

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


def _ready(scenario: Scenario, out: str | None) -> None:
    if out is not None:
        from ..folder import check

        check(out)
    if scenario.network.file is None:
        afford(scenario)  # here, before numba is imported, and again in the engine


def _counting(tell: Callable[[int, int], None], expected: int) -> Progress:
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        tell(done, expected)

    return count


def _told(
    found: Attribution | Economics | Credit, out: str | None, as_json: bool, **how: Any
) -> None:
    if out is not None:
        found.save(out)
    if as_json:
        console.document(found.to_dict())
        console.say(found.sentence, json=True)
    else:
        from .telling import told

        console.say(told(found, **how))
    if out is not None:
        console.say(f"kept in {out}; {Path(out) / 'picture.png'} is the picture.", json=as_json)
