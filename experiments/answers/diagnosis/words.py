"""A diagnosis in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...show.numbers import interval, listed, mean, percent, signed

if TYPE_CHECKING:
    from ...estimates.interval import Estimate
    from .answer import Diagnosis


def sentence(found: Diagnosis) -> str:
    """What the bottleneck is, how sure that is, and whether a glance at the funnel shows it."""
    return " ".join(filter(None, (_bottleneck(found), _rivals(found), _funnel(found))))


def _bottleneck(found: Diagnosis) -> str:
    first, name = found.bottleneck, found.scenario.name
    if found.base.replicates == 0:
        return (
            f"What holds {name} back cannot be told: {found.noun} has no value in any of "
            f"{found.replicates:,} campaigns."
        )
    better = percent(found.step - 1.0)
    if first is None:
        some = f"{found.replicates:,} replicate{'' if found.replicates == 1 else 's'}"
        return (
            f"What holds {name} back cannot be told from {some}: at no stage do odds {better} "
            f"better surely help {found.noun}."
        )
    return (
        f"What holds {name} back is {first.act} ({first.stage}): odds {better} better there change "
        f"{found.noun} by {_change(found, first.gain)}, from "
        f"{mean(found.base.mean, found.outcome.form)}."
    )


def _rivals(found: Diagnosis) -> str:
    """The stages that cannot be told from the first."""
    if found.bottleneck is None or not found.rivals:
        return ""
    form = found.outcome.form
    named = [f"{name} ({signed(found[name].gain.mean, form)})" for name in found.rivals]
    return f"In {found.replicates:,} replicates it cannot be told from {listed(named)}."


def _funnel(found: Diagnosis) -> str:
    if found.naive is None or found.bottleneck is None:
        return ""
    drop = found.naive
    lost = drop.sentence.rstrip(".")
    if found.agrees:
        return f"{lost}; here the funnel's largest drop is the bottleneck."
    there = found[drop.stage]
    if there.idle:
        brings = f"no step there can change anything, because {there.idle}"
    else:
        brings = f"the same step there changes {found.noun} by {_change(found, there.gain)}"
    surely = "may not be" if drop.stage in found.rivals else "is not"
    return f"{lost}; but that {surely} the bottleneck: {brings}."


def _change(found: Diagnosis, gain: Estimate) -> str:
    return interval(gain, found.outcome.form)
