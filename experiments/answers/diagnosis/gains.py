"""What a diagnosis finds at a stage: what the step, money and remedies bring, and who is lost."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from ...estimates.interval import Estimate, plain
from ...show.numbers import percent, signed, span, written
from ...vocabulary.glossary import GROUPS
from ...vocabulary.outcomes import Outcome
from .stages import HANDLES

# The ways of breaking a gain down.
BY: Final = ("role", "hop", "content", "channel", "segment")
_CARRIED: Final = ("publish", "notice", "share", "reshare")
_SOLD: Final = (*_CARRIED, "click", "find", "convert")
# The stages of the funnel that lead to what is asked for, by the groups of the glossary.
_PATHS: Final = {
    "Reach": _CARRIED,
    "Passing on": _CARRIED,
    "Dialogue": _CARRIED,
    "Followers": (*_CARRIED, "click", "follow"),
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
    """

    what: str
    spent: Estimate
    gain: Estimate

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
        Of events that could take the stage there, those that did; nan where there are none, or
        where the stage is not one of the funnel.
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
        return {self.by: self.part, "rate": self.rate, **_interval("gain", self.gain)}


@dataclass(frozen=True)
class StageGain:
    """What improving one stage brings.

    Attributes
    ----------
    stage, act
        Its name, and what is done there.
    rate
        Of those who could take it, the part that does now, over all replicates; nan if nobody
        could.
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
            **_interval("gain", self.gain),
            **_interval("opened", self.opened),
            "buys": self.no_price if bought is None else bought.what,
            **_interval("spent", None if bought is None else bought.spent),
            **_interval("bought", None if bought is None else bought.gain),
            "pairing": self.pairing,
            "idle": self.idle,
        }


@dataclass(frozen=True)
class RemedyGain:
    """What a remedy brings.

    Attributes
    ----------
    remedy, source
        Its name, and the document that names it.
    stages
        Those of the top three at which it acts.
    settings
        What it changes, as one would type it after ``--set``.
    gain, cost
        The change of the outcome, and of the campaign's cost.
    priced
        Whether the cost is all that it costs: no parameter says what it takes to make a better
        offer.
    worth
        Of one that has no price, up to how much it may cost beside that and still bring more than
        what else the money could buy; nan where nothing that has a price surely helps, or where it
        does not surely help itself.
    """

    remedy: str
    source: str
    stages: tuple[str, ...]
    settings: tuple[str, ...]
    gain: Estimate
    cost: Estimate
    priced: bool = True
    worth: float = math.nan

    def worth_at(self, best: float, outcome: Outcome) -> float:
        """Up to how much it may cost, if a unit of money brings so much of the outcome elsewhere.

        Examples
        --------
        >>> from wordofmouth.experiments.estimates.interval import estimate
        >>> from wordofmouth.experiments.vocabulary.outcomes import outcome
        >>> gain, cost = estimate([40.0, 44.0, 42.0]), estimate([10.0, 10.0, 10.0])
        >>> offer = RemedyGain("better offer", "003", (), (), gain, cost, priced=False)
        >>> offer.worth_at(0.5, outcome("conversions"))
        74.0
        """
        if self.priced or not self.gain.surely(outcome.good) or not best > 0.0:
            return math.nan
        worth = outcome.good * self.gain.mean / best
        return worth if outcome.name == "profit" else worth - self.cost.mean

    def order(self, direction: int) -> tuple[int, float, float]:
        """The best first: what has a price by what money brings there, then what has none."""
        gain = direction * self.gain.mean
        if math.isnan(gain) or not self.gain.surely(direction):
            return 2, 0.0, 0.0 if math.isnan(gain) else -gain
        if not self.priced:
            return 1, 0.0, -gain
        return 0, -math.inf if self.cost.mean <= 0.0 else -gain / self.cost.mean, -gain

    def for_money(self, outcome: Outcome) -> str:
        """What one more of the outcome costs, or up to what the remedy may cost."""
        if not self.gain.surely(outcome.good):
            return "not sure to help"
        if not self.priced:
            if math.isnan(self.worth):
                return "no price known"
            if self.worth <= 0.0:
                return "money does more elsewhere"
            return f"no price known; pays below {written(self.worth, 'money')}"
        if self.cost.mean <= 0.0:
            return "costs nothing more"
        each = self.cost.mean / abs(self.gain.mean)
        if outcome.form == "rate":
            return f"{written(each / 100.0, 'money')} a point"
        return f"{written(each, 'money')} each"

    @property
    def extra_cost(self) -> str:
        """What it costs more, with the interval; nothing where that cannot be told from luck."""
        low, high = self.cost.low, self.cost.high
        if not math.isfinite(high - low):
            return signed(self.cost.mean, "money")
        said = signed(self.cost.mean, "money") if self.cost.sure else "nothing more"
        between = span(low, high, "money")
        return f"{said} ({between})" if between else said

    @property
    def costs(self) -> str:
        """The same in a sentence, after “costs”."""
        said = self.extra_cost
        return said if said.startswith("nothing") else f"{said} of money"

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return plain(vars(self))

    def row(self) -> dict[str, Any]:
        """A row of a table."""
        return {
            "remedy": self.remedy,
            "source": self.source,
            "stages": ", ".join(self.stages),
            **_interval("gain", self.gain),
            **_interval("cost", self.cost),
            "priced": self.priced,
            "worth": self.worth,
            "settings": " ".join(self.settings),
        }


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


def _interval(name: str, found: Estimate | None) -> dict[str, float]:
    known = (math.nan, math.nan, math.nan) if found is None else found[:3]
    return dict(zip((name, f"{name}_low", f"{name}_high"), known, strict=True))
