"""What a study answers, axis by axis: where an outcome is least, where it is most."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...show.telling import values
from ...vocabulary.outcomes import OUTCOMES
from ..study import Study
from .axes import without_unit
from .canvas import short_label, written_out


class Answer(NamedTuple):
    """How an outcome differs along an axis, over all other axes.

    Attributes
    ----------
    axis, name
        The axis, and what it is called.
    low, high
        The levels at which the outcome is least and most.
    least, most
        Its means there.
    """

    axis: str
    name: str
    low: str
    high: str
    least: float
    most: float

    @property
    def spread(self) -> float:
        """How far these are apart."""
        return self.most - self.least


def answers(study: Study, outcome: str) -> list[Answer]:
    """The answers of all axes, the largest difference first; axes of one level are left out."""
    found = [answer for axis in study.axes for answer in _answer(study, axis, outcome)]
    return sorted(found, key=lambda answer: -answer.spread)


def _answer(study: Study, axis: str, outcome: str) -> Iterator[Answer]:
    table = study.response(axis, outcome).dropna(subset=["mean"])
    if len(table) < 2:
        return
    means = table["mean"].to_numpy(float)
    low, high = (table[axis].iloc[int(k)] for k in (means.argmin(), means.argmax()))
    yield Answer(
        axis,
        without_unit(study.label(axis)),
        written_out(low),
        written_out(high),
        float(means.min()),
        float(means.max()),
    )


def form_of(outcome: str) -> str:
    """How the values of an outcome are written."""
    return OUTCOMES[outcome].form if outcome in OUTCOMES else "number"


def sentences(study: Study, outcome: str, found: list[Answer]) -> Iterator[str]:
    """The answers in words, the first first."""
    label, form = short_label(study, outcome), form_of(outcome)
    for each in found:
        if each.spread == 0.0:
            yield f"{each.axis} makes no difference to {label.lower()}."
        else:
            least, most = values([each.least, each.most], form)
            which = "" if each.name == each.axis else f" ({each.name.lower()})"
            yield (
                f"{label} is least, {least} on average, at {each.axis} = "
                f"{each.low}, and most, {most}, at {each.axis} = {each.high}"
                f"{which}."
            )


def headline(study: Study, outcome: str, found: list[Answer]) -> str:
    """What a study shows, in a sentence."""
    done = study.status["done"]
    if not done:
        return f"No run of {study.name} is done yet."
    label, form = short_label(study, outcome), form_of(outcome)
    if not found or found[0].spread == 0.0:
        if not study.axes:
            return f"{study.name}: {done:,} runs of one point."
        return f"{label} is the same along every axis of {study.name}, over {done:,} runs."
    first = found[0]
    least, most = values([first.least, first.most], form)
    text = f"{label}: {least} at {first.axis} = {first.low}, {most} at {first.axis} = {first.high}"
    return (
        f"{text}; no other axis of {study.name} moves it as much." if len(found) > 1 else f"{text}."
    )
