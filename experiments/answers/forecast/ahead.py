"""What a forecast found, as data: bands ahead, and what was hidden of a backtest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from ....sim.parameters import Scenario
from ..fit.seen import Reals, Seen

BAND: Final = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, repr=False)
class Ahead:
    """How a campaign goes on.

    Attributes
    ----------
    scenario
        The campaign that was simulated.
    what
        What was measured so far.
    bands
        (5, indicators, rows ahead) 5, 25, 50, 75 and 95 % of what is counted in each row.
    totals
        (5, indicators) the same by the end, what was seen included.
    past
        (5, indicators, rows) of what the same campaigns counted in the rows that were seen: the
        fit, before it is moved to where the data are.
    changes
        What is done otherwise from the end of the data on.
    runs, seconds, seed
        How many campaigns, by the clock, of what luck.
    hidden
        Of a backtest, (indicators, rows ahead) what was hidden.
    naive
        Of a backtest, the same of an extrapolation without a model.
    """

    scenario: Scenario
    what: Seen
    bands: Reals
    totals: Reals
    past: Reals
    changes: Mapping[str, Any]
    runs: int
    seconds: float
    seed: int
    hidden: Reals | None = field(default=None)
    naive: Reals | None = field(default=None)

    @property
    def indicators(self) -> tuple[str, ...]:
        """What is counted."""
        return self.what.reading.indicators

    @property
    def ahead(self) -> int:
        """How many rows there are ahead."""
        return int(self.bands.shape[2])

    @property
    def coverage(self) -> float:
        """Of a backtest, the share of what was hidden that lies in bands of 90 %; else nan."""
        if self.hidden is None:
            return float("nan")
        there = np.isfinite(self.hidden)
        held = (self.bands[0] <= self.hidden) & (self.hidden <= self.bands[-1])
        return float(held[there].mean()) if there.any() else float("nan")

    def errors(self) -> dict[str, tuple[float, float]]:
        """Of a backtest, by indicator: how far off the final sum is, as a share of it.

        That of the median, and that of the extrapolation; nan where nothing was counted.
        """
        if self.hidden is None or self.naive is None:
            return {}
        seen = np.nansum(self.what.table, axis=1)
        true = seen + np.nansum(self.hidden, axis=1)
        plain = seen + self.naive.sum(axis=1)
        return {
            name: (_off(self.totals[2, k], true[k]), _off(plain[k], true[k]))
            for k, name in enumerate(self.indicators)
        }


def _off(said: float, true: float) -> float:
    return abs(float(said) - float(true)) / float(true) if true > 0 else float("nan")
