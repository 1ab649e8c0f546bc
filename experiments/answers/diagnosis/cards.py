"""Diagnoses and comparisons as notebooks show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...show.numbers import between, mean, percent, signed
from ...show.old_notebook import Share, Table, card

if TYPE_CHECKING:
    from ..comparison.answer import Change, Comparison
    from .answer import Diagnosis
    from .gain import StageGain


def diagnosis(found: Diagnosis) -> str:
    """The sentence, the stages ranked, and the remedies that were tried."""
    form, better = found.outcome.form, percent(found.step - 1.0)

    def stage(each: StageGain) -> list[str | Share]:
        start: list[str | Share] = [each.stage, Share(each.rate)]
        if each.idle:
            return [*start, "0", "", f"cannot change anything: {each.idle}"]
        return [*start, signed(each.gain.mean, form), between(each.gain, form), ""]

    head = ("stage", "rate now", f"{found.noun}, odds {better} better", "95 % interval", "")
    tables = [Table(head, [stage(each) for each in found.stages], most=16)]
    remedies = [
        (
            each.remedy,
            signed(each.gain.mean, form),
            between(each.gain, form),
            signed(each.cost.mean, "money"),
        )
        for each in found.remedies
    ]
    heading = ("remedy", found.noun, "95 % interval", "cost")
    tables.append(Table(heading, remedies, more=".helped()"))
    unsure = "" if found.bottleneck else "`.bottleneck` is None: at no stage is it sure. "
    return card(
        found.sentence,
        tables,
        f"{unsure}`.plot()` shows it, `.table()` and `.helped()` are tables, `.by('role')` tells "
        "where, `.save(folder)` keeps it with a report.",
        f"Diagnosis of {found.scenario.name}: {found.replicates:,} worlds from seed {found.seed}",
    )


def comparison(found: Comparison) -> str:
    """The sentence, and for each scenario what changed, the surest of all first."""
    first = next(iter(found.scenarios))
    return card(
        found.sentence,
        [_changes(found, name) for name in found.changed],
        "`.plot()` shows it, `.table()` has every indicator, `.won()` the people who were won and "
        "lost, `.save(folder)` keeps it with a report.",
        f"Comparison of {', '.join(found.changed)} with {first}: {found.replicates:,} worlds from "
        f"seed {found.seed}",
    )


def _changes(found: Comparison, name: str) -> Table:
    def sureness(each: Change) -> tuple[bool, bool]:
        return each.outcome.name != found.outcome.name, not each.difference.sure

    moved = [
        each
        for each in found.changes(name)
        if each.difference.moved or each.outcome.name == found.outcome.name
    ]
    rows = [
        (
            each.outcome.label,
            mean(each.base.mean, each.outcome.form),
            mean(each.value.mean, each.outcome.form),
            signed(each.difference.mean, each.outcome.form),
            between(each.difference, each.outcome.form),
        )
        for each in sorted(moved, key=sureness)
    ]
    head = ("indicator", next(iter(found.scenarios)), name, "difference", "95 % interval")
    caption = "What moved, the outcome that was asked and what is sure first"
    return Table(head, rows, more=f".table({name!r})", caption=caption)
