"""What a remedy brings and costs, and what one without a price may cost."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from ....scenarios.charges import Unpriced
from ...estimates.interval import NOTHING, Estimate, plain
from ...show.numbers import listed, signed, span, written
from ...vocabulary.currency import MONEY
from ...vocabulary.outcomes import Outcome
from ..price import MONEY as MADE
from ..price import Deal, each_costs
from .gains import AtTheSame, Bought, interval

if TYPE_CHECKING:
    import pandas as pd

# The columns of a table of remedies.
COLUMNS: Final = (
    "remedy", "source", "stages", "gain", "gain_low", "gain_high", "cost", "cost_low", "cost_high",
    "priced", "worth", "same_cost", "same_cost_low", "same_cost_high", "same_gain",
    "same_gain_low", "same_gain_high", "same_settings", "settings", "does", "sets", "profit",
    "profit_low", "profit_high", "same_profit", "same_profit_low", "same_profit_high",
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
    does, sets
        What somebody does who takes it, and what that sets, in words.
    profit
        The change of the profit: what it earns more than it costs, as far as that is known.
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
    does: str = ""
    sets: tuple[str, ...] = ()
    profit: Estimate = NOTHING

    @property
    def called(self) -> str:
        """What it is called where it is told of."""
        return self.does or self.remedy

    @property
    def in_full(self) -> str:
        """What is done, and which parameters that sets."""
        return f"{self.called} ({listed(self.sets)})" if self.sets else self.called

    @property
    def pays(self) -> bool:
        """Whether it has a price, and surely earns more than it costs, in one of its measures."""
        found = [self.profit] if self.same is None else [self.profit, self.same.profit]
        return self.priced and any(each.surely(1, len(found)) for each in found)

    def worth_in_money(self, best: float, direction: int) -> float:
        """Up to how much it may cost where conversions earn something: until its profit is gone.

        A profit g has a known cost k taken off already, and x more is taken off too. What it has to
        beat is the money kept, or a unit of it put where it surely earns r > 0: g - x = r (k + x).

        Parameters
        ----------
        best
            r; nan where money surely earns something nowhere.
        direction
            1 if more of the outcome is better, -1 if less is.

        Examples
        --------
        >>> from wordofmouth.experiments.estimates.interval import estimate
        >>> page = RemedyGain("better page", "", (), (), estimate([2.0, 2.2]), estimate([0.0, 0.0]),
        ...     priced=False, profit=estimate([32.0, 36.0]))
        >>> page.worth_in_money(math.nan, 1), page.worth_in_money(0.7, 1)
        (34.0, 20.0)
        """
        if self.priced or not self.gain.surely(direction):
            return math.nan
        rate = 0.0 if math.isnan(best) else max(best, 0.0)
        return (self.profit.mean - rate * max(self.cost.mean, 0.0)) / (1.0 + rate)

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
            "does": self.does,
            "sets": "; ".join(self.sets),
            **interval("profit", self.profit),
            **interval("same_profit", None if self.same is None else self.same.profit),
        }


def as_table(found: Sequence[RemedyGain]) -> pd.DataFrame:
    """A row a remedy: source, stages, gain, cost and profit with intervals, and what to type."""
    import pandas as pd

    rows = [each.row() for each in found]
    return pd.DataFrame(rows, columns=list(COLUMNS)).set_index("remedy")


def most_for_money(
    found: Collection[RemedyGain],
    buys: Collection[Bought],
    direction: int,
    of: Literal["gain", "profit"] = "gain",
) -> float:
    """What a unit of money brings where it surely brings most; nan if it does so nowhere.

    Parameters
    ----------
    found, buys
        What there is to spend it on.
    direction
        1 if more of what is asked is better, -1 if less is.
    of
        What it brings: of the outcome, or of profit.
    """
    options = [(getattr(each, of), each.cost) for each in found if each.priced]
    options += [
        (getattr(each.same, of), each.same.spent) for each in found if each.same is not None
    ]
    options += [(getattr(each, of), each.spent) for each in buys]
    rates = [
        direction * gain.mean / cost.mean
        for gain, cost in options
        if gain.surely(direction, len(options)) and cost.surely(1, len(options))
    ]
    return max(rates, default=math.nan)
