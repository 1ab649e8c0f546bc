"""A diagnosis in plain sentences."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..glossary import percent
from ..outcomes import Outcome
from ..paired.estimate import Estimate

if TYPE_CHECKING:
    from .diagnosis import Diagnosis


def sentence(found: Diagnosis) -> str:
    """What the bottleneck is, how sure that is, and whether a glance at the funnel shows it."""
    return " ".join(filter(None, (_bottleneck(found), _rival(found), _funnel(found))))


def changed(value: float, outcome: Outcome) -> str:
    """A change of an outcome in words: with its sign, and small counts with a decimal.

    Examples
    --------
    >>> from wordofmouth.experiments.outcomes import outcome
    >>> changed(2.345, outcome("conversions")), changed(-0.02, outcome("conversion_rate"))
    ('+2.3', '-2 %')
    """
    if math.isnan(value):
        return "–"
    if value == 0.0:
        return "0"
    if outcome.form == "rate":
        return f"{'+' if value > 0 else ''}{percent(value)}"
    if outcome.form == "count" and abs(value) < 100:
        return f"{value:+.1f}" if abs(value) >= 0.05 else f"{value:+.1g}"
    return f"{value:+,.0f}" if abs(value) >= 1000 else f"{value:+,.3g}"


def interval(found: Estimate, outcome: Outcome) -> str:
    """A change with its interval."""
    mean, low, high = (changed(each, outcome) for each in found[:3])
    return mean if found.width == 0.0 else f"{mean} ({low} to {high})"


def _bottleneck(found: Diagnosis) -> str:
    first, name = found.bottleneck, found.scenario.name
    better = percent(found.step - 1.0)
    if first is None:
        return (
            f"What holds {name} back cannot be told from {found.replicates:,} replicates: at no "
            f"stage do odds {better} better surely help {found.noun}."
        )
    return (
        f"What holds {name} back is {first.act} ({first.stage}): odds {better} better there change "
        f"{found.noun} by {interval(first.gain, found.outcome)}, from "
        f"{found.outcome.written(found.base.mean)}."
    )


def _rival(found: Diagnosis) -> str:
    """The second stage, where it cannot be told from the first."""
    if found.bottleneck is None or found.ahead is None or found.ahead.sure:
        return ""
    second = found.stages[1]
    if second.idle or not second.gain.sure:
        return ""
    return (
        f"The runner-up, {second.stage} ({interval(second.gain, found.outcome)}), is too close to "
        f"tell from it in {found.replicates:,} replicates."
    )


def _funnel(found: Diagnosis) -> str:
    if found.naive is None or found.bottleneck is None:
        return ""
    drop = found.naive
    lost = f"{drop.sentence.rstrip('.')}"
    if found.agrees:
        return f"{lost}; here the funnel's largest drop is the bottleneck."
    there = found[drop.stage]
    brings = (
        f"no step there can change anything, because {there.idle}"
        if there.idle
        else f"the same step there changes {found.noun} by {interval(there.gain, found.outcome)}"
    )
    return f"{lost}; but that is not the bottleneck: {brings}."
