"""What a remedy brings and costs, and what one without a price may cost."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from ...estimates.interval import Estimate, plain
from ...show.numbers import signed, span, written
from ...vocabulary.currency import MONEY
from ...vocabulary.outcomes import Outcome
from .gains import Bought, interval


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

    @property
    def paid(self) -> float:
        """What it costs more, and 0 where that cannot be told from luck, or it saves money."""
        told = self.cost.sure or not math.isfinite(self.cost.width)
        return max(self.cost.mean, 0.0) if told else 0.0

    def order(self, direction: int) -> tuple[int, float, float]:
        """The best first: what has a price by what money brings there, then what has none."""
        gain = direction * self.gain.mean
        if math.isnan(gain) or not self.gain.surely(direction):
            return 2, 0.0, 0.0 if math.isnan(gain) else -gain
        if not self.priced:
            return 1, 0.0, -gain
        return 0, -gain / self.paid if self.paid > 0.0 else -math.inf, -gain

    def for_money(self, outcome: Outcome) -> str:
        """What one more of the outcome costs, or up to what the remedy may cost."""
        if not self.gain.surely(outcome.good):
            return "not sure to help"
        if not self.priced:
            if math.isnan(self.worth):
                return "no price known"
            if self.worth <= 0.0:
                return "money does more elsewhere"
            return f"no price known; pays below {written(self.worth, outcome.money)}"
        if self.paid == 0.0:
            return "costs nothing more"
        each = self.paid / abs(self.gain.mean)
        if outcome.form == "rate":
            return f"{written(each / 100.0, outcome.money)} a point"
        return f"{written(each, outcome.money)} each"

    def extra_cost(self, money: str = MONEY) -> str:
        """What it costs more, with the interval; nothing where that cannot be told from luck."""
        low, high = self.cost.low, self.cost.high
        if not math.isfinite(high - low):
            return signed(self.cost.mean, money)
        said = signed(self.cost.mean, money) if self.cost.sure else "nothing more"
        between = span(low, high, money)
        return f"{said} ({between})" if between else said

    def costs(self, money: str = MONEY) -> str:
        """The same in a sentence, after “costs”."""
        said = self.extra_cost(money)
        # With its currency it needs no word that says what it is.
        return said if said.startswith("nothing") or money != MONEY else f"{said} of money"

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return plain(vars(self))

    def row(self) -> dict[str, Any]:
        """A row of a table."""
        return {
            "remedy": self.remedy,
            "source": self.source,
            "stages": ", ".join(self.stages),
            **interval("gain", self.gain),
            **interval("cost", self.cost),
            "priced": self.priced,
            "worth": self.worth,
            "settings": " ".join(self.settings),
        }


def most_for_money(
    found: Collection[RemedyGain], buys: Collection[Bought], direction: int
) -> float:
    """What a unit of money brings of the outcome where it surely brings most; nan if nowhere."""
    options = [(each.gain, each.cost) for each in found if each.priced]
    options += [(each.gain, each.spent) for each in buys]
    rates = [
        direction * gain.mean / cost.mean
        for gain, cost in options
        if gain.surely(direction, len(options)) and cost.surely(1, len(options))
    ]
    return max(rates, default=math.nan)
