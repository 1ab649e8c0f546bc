"""Diagnoses and comparisons as notebooks show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...show.numbers import between, percent, signed
from ...show.old_notebook import Share, Table, card

if TYPE_CHECKING:
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
