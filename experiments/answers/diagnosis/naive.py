"""The answer that a glance at the funnel gives: where most people are lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from ...show.numbers import percent
from ...vocabulary.glossary import GROUPS
from .stages import HANDLES

_CARRIED: Final = ("publish", "notice", "share", "reshare")
_SOLD: Final = (*_CARRIED, "click", "find", "convert")
# The stages of the funnel that lead to what is asked for, by the groups of the glossary.
_PATHS: Final = {
    "Reach": _CARRIED,
    "Passing on": _CARRIED,
    "Dialogue": _CARRIED,
    "Followers": (*_CARRIED, "click", "follow"),
}


class Naive(NamedTuple):
    """The largest drop in the funnel.

    Attributes
    ----------
    stage
        Of the stages that lead to the outcome, the one that the smallest part takes.
    rate
        That part.
    """

    stage: str
    rate: float

    @property
    def sentence(self) -> str:
        """In one plain sentence."""
        lost = percent(1.0 - self.rate)
        return (
            f"Most people are lost at {self.stage}: {lost} of those who get that far stop short of "
            f"{HANDLES[self.stage].act}."
        )


def largest_drop(rates: Mapping[str, float], outcome: str) -> Naive | None:
    """The largest drop on the way to an outcome; None where nobody gets on that way.

    Parameters
    ----------
    rates
        Of those who could take each stage, the part that did; nan where nobody could.
    outcome
        What is asked for.

    Examples
    --------
    >>> largest_drop({"notice": 0.5, "click": 0.02, "convert": 0.1}, "conversions").stage
    'click'
    """
    group = next((name for name, terms in GROUPS.items() if outcome in terms), "Sales")
    on_the_way = {
        stage: rates[stage]
        for stage in _PATHS.get(group, _SOLD)
        if stage in rates and rates[stage] == rates[stage]
    }
    if not on_the_way:
        return None
    stage = min(on_the_way, key=on_the_way.__getitem__)
    return Naive(stage, on_the_way[stage])
