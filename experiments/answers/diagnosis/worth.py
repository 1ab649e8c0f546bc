"""What a remedy brings and costs, and what one without a price may cost."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from ....scenarios.charges import Unpriced
from ...estimates.interval import Estimate, plain
from ...show.numbers import signed, span, written
from ...vocabulary.currency import MONEY
from ...vocabulary.outcomes import Outcome
from ..price import MONEY as MADE
from ..price import Deal, each_costs
from .gains import Bought, interval
from .same import AtTheSame

# The columns of a table of remedies.
COLUMNS: Final = (
    "remedy", "source", "stages", "gain", "gain_low", "gain_high", "cost", "cost_low", "cost_high",
    "priced", "worth", "same_cost", "same_cost_low", "same_cost_high", "same_gain",
    "same_gain_low", "same_gain_high", "same_settings", "settings",
)  # fmt: skip


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
        Whether the cost is all that it costs: something may be changed that nothing charges for.
    worth
        Of one that has no price, up to how much it may cost beside that and still bring more than
        what else the money could buy; nan where nothing that has a price surely helps, or where it
        does not surely help itself. Of a profit, all that it gains where nothing else helps.
    same
        In the measure that costs the common amount; None where it has none.
    untold
        What of it nothing charges for.
    """

    remedy: str
    source: str
    stages: tuple[str, ...]
    settings: tuple[str, ...]
    gain: Estimate
    cost: Estimate
    priced: bool = True
    worth: float = math.nan
    same: AtTheSame | None = None
    untold: tuple[Unpriced, ...] = ()

    def worth_at(self, best: float, outcome: Outcome) -> float:
        """Up to how much it may cost, if a unit of money brings so much of the outcome elsewhere.

        With a gain g, a known cost k and r a unit of money elsewhere that is g / r - k. A profit
        has k taken off already, and what it may cost is taken off too: g - x = r (k + x), so that
        x = (g - r k) / (1 + r), and g beside doing nothing, where nothing else surely helps.

        Parameters
        ----------
        best
            r, above 0; nan where nothing that has a price surely helps.
        outcome
            What is to be gained.

        Examples
        --------
        >>> from wordofmouth.experiments.estimates.interval import estimate
        >>> from wordofmouth.experiments.vocabulary.outcomes import outcome
        >>> gain, cost = estimate([40.0, 44.0, 42.0]), estimate([10.0, 10.0, 10.0])
        >>> offer = RemedyGain("better offer", "003", (), (), gain, cost, priced=False)
        >>> offer.worth_at(0.5, outcome("conversions"))
        74.0
        """
        if self.priced or not self.gain.surely(outcome.good):
            return math.nan
        gain, rate = outcome.good * self.gain.mean, 0.0 if math.isnan(best) else best
        if outcome.name == MADE:
            return (gain - rate * self.cost.mean) / (1.0 + rate)
        return gain / rate - self.cost.mean if rate else math.nan

    @property
    def deal(self) -> Deal:
        """What it brings and costs as it is named."""
        untold = self.untold or (() if self.priced else (Unpriced("", ""),))
        return Deal(self.gain, self.cost, untold)

    @property
    def ranked(self) -> bool:
        """Whether it is known what it costs, so that it can be held against others by money."""
        return self.deal.ranked

    def helping(self, direction: int) -> AtTheSame | None:
        """It for the common amount, where it surely helps in that measure too."""
        same = self.same
        helps = same is not None and same.gain.surely(direction) and same.spent.mean > 0.0
        return same if helps else None

    def rate(self, direction: int) -> float:
        """What a unit of money brings: of the common amount, or else of what it costs as it is."""
        same = self.helping(direction)
        if same is not None:
            return direction * same.gain.mean / same.spent.mean
        return self.deal.rate(direction)

    def order(self, direction: int) -> tuple[int, float, float]:
        """The best first: what has a price by what money brings there, then what has none."""
        gain = direction * self.gain.mean
        if math.isnan(gain) or not self.gain.surely(direction):
            return 2, 0.0, 0.0 if math.isnan(gain) else -gain
        if not self.ranked:
            return 1, 0.0, -gain
        return 0, -self.rate(direction), -gain

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
        if not self.ranked or self.deal.saves:
            return self.deal.one_more(outcome)
        return each_costs(1.0 / self.rate(outcome.good), outcome)

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
            **interval("same_cost", None if self.same is None else self.same.spent),
            **interval("same_gain", None if self.same is None else self.same.gain),
            "same_settings": "" if self.same is None else " ".join(self.same.settings),
            "settings": " ".join(self.settings),
        }


def most_for_money(
    found: Collection[RemedyGain], buys: Collection[Bought], direction: int
) -> float:
    """What a unit of money brings of the outcome where it surely brings most; nan if nowhere."""
    options = [(each.gain, each.cost) for each in found if each.priced]
    options += [(each.same.gain, each.same.spent) for each in found if each.same is not None]
    options += [(each.gain, each.spent) for each in buys]
    rates = [
        direction * gain.mean / cost.mean
        for gain, cost in options
        if gain.surely(direction, len(options)) and cost.surely(1, len(options))
    ]
    return max(rates, default=math.nan)
