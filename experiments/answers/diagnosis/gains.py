"""What a diagnosis finds at a stage: what the step, money and remedies bring, and who is lost."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ....sim.errors import InputError
from ...estimates.interval import NOTHING, Estimate, plain
from ...show.numbers import percent
from ...vocabulary.glossary import GROUPS
from .stages import HANDLES

if TYPE_CHECKING:
    import pandas as pd

# The ways of breaking a gain down.
BY: Final = ("role", "hop", "content", "channel", "segment")
# Stages by which posts get around.
CARRIED: Final = ("publish", "notice", "share", "reshare")
_SOLD: Final = (*CARRIED, "click", "find", "convert")
# The stages of the funnel that lead to what is asked for, by the groups of the glossary.
_PATHS: Final = {
    "Reach": CARRIED,
    "Passing on": CARRIED,
    "Dialogue": CARRIED,
    "Followers": (*CARRIED, "click", "follow"),
}


@dataclass(frozen=True)
class Bought:
    """What an amount of money buys at a stage.

    Attributes
    ----------
    what
        What is bought.
    spent
        What it really cost more.
    gain
        What it brings in the outcome.
    profit
        And in profit: what it earns more than it costs.
    sets
        What it sets, in words.
    settings
        The same, as one would type it after ``--set``.
    """

    what: str
    spent: Estimate
    gain: Estimate
    profit: Estimate = NOTHING
    sets: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()

    @property
    def rate(self) -> float:
        """What a unit of money brings of the outcome; nan where it cost nothing."""
        return self.gain.mean / self.spent.mean if self.spent.mean > 0.0 else math.nan

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return plain(vars(self))


@dataclass(frozen=True)
class AtTheSame:
    """A remedy in the measure that costs the common amount.

    Attributes
    ----------
    settings
        What it changes then, as one would type it after ``--set``.
    spent, gain
        What it really costs more, and what it brings in the outcome.
    profit
        And in profit: what it earns more than it costs.
    sets
        What it changes, in words.
    """

    settings: tuple[str, ...]
    spent: Estimate
    gain: Estimate
    profit: Estimate = NOTHING
    sets: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return plain(vars(self))


@dataclass(frozen=True)
class PartGain:
    """What a stage does in one part of the campaign.

    Attributes
    ----------
    by, part
        The way of breaking down, and the part: ``role`` and ``fan``.
    rate
        Of all times that somebody could take the stage there, those when somebody did; by segment,
        of people. nan where there are none, or where the stage is not one of the funnel.
    gain
        How much of the stage's gain falls there; None of an outcome that is not counted so.
    """

    by: str
    part: str
    rate: float
    gain: Estimate | None

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return plain(vars(self))

    def row(self) -> dict[str, Any]:
        """A row of a table."""
        return {self.by: self.part, "rate": self.rate, **interval("gain", self.gain)}


@dataclass(frozen=True)
class StageGain:
    """What improving one stage brings.

    Attributes
    ----------
    stage, act
        Its name, and what is done there.
    rate
        Of the people who could take it, the part that does now at least once, over all replicates;
        of thanks, answers and visits, of all times. nan if nobody could.
    gain
        The change of the outcome by the common step in its odds.
    opened
        By opening it as far as it goes; None if it was not run.
    bought
        By the common amount of money; None where no parameter turns money into improvement.
    no_price
        Why there is nothing to buy.
    idle
        Why the stage cannot change anything in this scenario; it was not run then.
    pairing
        How many times as many replicates `gain` would have taken unpaired.
    parts
        By role, hop, content and channel.
    """

    stage: str
    act: str
    rate: float
    gain: Estimate
    opened: Estimate | None
    bought: Bought | None
    no_price: str
    idle: str
    pairing: float
    parts: tuple[PartGain, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values; gain and interval at the top, as the contract of ``--json`` has them."""
        return plain(
            {
                "stage": self.stage,
                "rate": self.rate,
                "gain": self.gain.mean,
                "low": self.gain.low,
                "high": self.gain.high,
                "opened": self.opened,
                "bought": self.bought,
                "no_price": self.no_price or None,
                "idle": self.idle or None,
                "pairing": self.pairing,
                "parts": self.parts,
            }
        )

    def row(self) -> dict[str, Any]:
        """A row of a table."""
        bought = self.bought
        return {
            "stage": self.stage,
            "rate": self.rate,
            **interval("gain", self.gain),
            **interval("opened", self.opened),
            "buys": self.no_price if bought is None else bought.what,
            **interval("spent", None if bought is None else bought.spent),
            **interval("bought", None if bought is None else bought.gain),
            "pairing": self.pairing,
            "idle": self.idle,
        }


def by_part(stages: Sequence[StageGain], part: str) -> pd.DataFrame:
    """Each stage by one of `BY`: rate, gain and its interval.

    Raises
    ------
    InputError
        If it is another word.
    """
    import pandas as pd

    if part not in BY:
        raise InputError(f"by = {part!r} is not allowed; give one of {', '.join(BY)}.")
    rows = [
        {"stage": each.stage, **cell.row()}
        for each in stages
        for cell in each.parts
        if cell.by == part
    ]
    names = ["stage", part]
    columns = [*names, "rate", "gain", "gain_low", "gain_high"]
    return pd.DataFrame(rows, columns=columns).set_index(names)


class Naive(NamedTuple):
    """The answer that a glance at the funnel gives: where most people are lost.

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


def interval(name: str, found: Estimate | None) -> dict[str, float]:
    """An estimate and its ends, as the columns of a table."""
    known = (math.nan, math.nan, math.nan) if found is None else found[:3]
    return dict(zip((name, f"{name}_low", f"{name}_high"), known, strict=True))
