"""What was measured: indicators over time, sizes of cascades, rates known from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

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
        By indicator, as `Result.series` spells them (`noticed`, `reach`, `likes`, `clicks`,
        `conversions`, `revenue`, `new_fans`, ...): (rows,) what was counted in each row, NaN where
        nothing was measured. The impressions or views of a tool are `noticed`, its shares all that
        there are, `reshares` among them where these are not counted apart.
    given
        By name, what was decided rather than measured: `posts` published, `spend_NAME` by channel.
    rates
        Rates known from elsewhere, by the outcome or parameter that they are of.
    trees
        Cascades, if any were kept.
    notes
        What was recognised and changed on reading, a sentence each.
    levels
        By name, what was not counted in a row but stood at its end: ``fans``, the followers.
    columns
        What each of `series`, `given` and `levels` is called in the file.
    doubts
        What may not be as it was meant, a sentence each.
    """

    source: str
    hours: float = 24.0
    start: date | None = None
    series: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    given: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    rates: Mapping[str, float] = field(default_factory=dict)
    trees: Trees | None = None
    notes: tuple[str, ...] = ()
    levels: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()

    @classmethod
    def read(cls, data: Any = None, **how: Any) -> Observed:
        """Read what was measured: a table of days or weeks, and beside it cascades and rates.

        Parameters
        ----------
        data
            The path of a file (delimited text, Excel, Parquet, JSON rows; packed or not), a
            DataFrame of pandas or a table of pyarrow: a table with a row a day or a week, a table
            of rates, or cascades; what it is, is decided from its content.
        **how
            As `wordofmouth.scenarios.observing.read.observe` has them: ``columns``, ``cascades``,
            ``least``, ``rates``, ``dates``, ``decimal``, ``cumulative``, ``daily``, ``gaps``,
            ``zeros``, ``last``.

        Raises
        ------
        InputError
            If it cannot be read, or what it says cannot be: with the row and the column.

        Examples
        --------
        >>> import pandas as pd
        >>> days = pd.date_range("2026-03-01", periods=5)
        >>> seen = Observed.read(pd.DataFrame({"Date": days, "Link clicks": [3, 5, 2, 4, 4]}))
        >>> seen.start.isoformat(), seen.series["clicks"].sum()
        ('2026-03-01', np.float64(18.0))
        """
        from .read import observe

        return observe(data, **how)

    @property
    def rows(self) -> int:
        """How many days, or weeks, there are."""
        every = (*self.series.values(), *self.given.values(), *self.levels.values())
        return max((len(each) for each in every), default=0)

    def when(self, row: int) -> str:
        """The day of a row, or its number from 1 on where no dates are known."""
        if self.start is None:
            return f"{'week' if self.hours > 24.0 else 'day'} {row + 1}"
        return (self.start + timedelta(hours=self.hours * row)).isoformat()
