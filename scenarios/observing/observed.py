"""What was measured: indicators over time, sizes of cascades, rates known from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Trees:
    """Cascades as somebody kept them.

    Attributes
    ----------
    sizes
        (cascades,) how many people each reached, whoever began it included.
    least
        Cascades of fewer people were not kept: the filter that was applied, at least 1.
    """

    sizes: NDArray[np.int64]
    least: int = 1


@dataclass(frozen=True)
class Observed:
    """What was measured of a campaign.

    Attributes
    ----------
    source
        The file that it comes from, or who told it.
    hours
        The length of a row of `series`: 24 for days, 168 for weeks.
    start
        The first day, if it is known.
    series
        By indicator, as `Result.series` and the outcomes of campaigns spell them (`impressions`,
        `reach`, `likes`, `clicks`, `conversions`, `revenue`, `new_fans`, ...): (rows,) what was
        counted in each row, NaN where nothing was measured.
    given
        By name, what was decided rather than measured: `posts` published, `spend_NAME` by channel.
    rates
        Rates known from elsewhere, by the outcome or parameter that they are of.
    trees
        Cascades, if any were kept.
    notes
        What was recognised and changed on reading, a sentence each.
    """

    source: str
    hours: float = 24.0
    start: date | None = None
    series: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    given: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    rates: Mapping[str, float] = field(default_factory=dict)
    trees: Trees | None = None
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many days, or weeks, there are."""
        return max((len(each) for each in (*self.series.values(), *self.given.values())), default=0)
