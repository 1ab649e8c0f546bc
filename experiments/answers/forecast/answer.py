"""A forecast as an answer: bands of each indicator in the rows ahead, and by the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np

from ....sim.parameters import Scenario
from ...show.document import Document
from ..answer import Answer
from ..fit.seen import Reals, Seen
from . import shown

if TYPE_CHECKING:
    import pandas as pd

    from ...show.style import Picture

BAND: Final = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, repr=False)
class Forecast(Answer):
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
    changes
        What is done otherwise from the end of the data on.
    runs, seconds, seed
        How many campaigns, by the clock, of what luck.
    hidden
        Of a backtest, (indicators, rows ahead) what was hidden.
    naive
        Of a backtest, the same of an extrapolation without a model.
    """

    kind: ClassVar[str] = "forecast"
    scenario: Scenario
    what: Seen
    bands: Reals
    totals: Reals
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

    @property
    def about(self) -> Scenario:
        """The campaign that was simulated."""
        return self.scenario

    @property
    def sentence(self) -> str:
        """How it goes on, in plain words."""
        return shown.sentence(self)

    def document(self) -> Document:
        """All of it, to be shown anywhere."""
        return shown.document(self)

    def table(self) -> pd.DataFrame:
        """A row an indicator and row: measured, or forecast with its band."""
        import pandas as pd

        parts = []
        for k, name in enumerate(self.indicators):
            rows = self.what.reading.rows
            past = pd.DataFrame(
                {"indicator": name, "row": np.arange(rows), "seen": self.what.table[k]}
            )
            later = pd.DataFrame({
                "indicator": name, "row": rows + np.arange(self.ahead),
                **{f"p{round(100 * q):02d}": self.bands[j, k] for j, q in enumerate(BAND)},
            })  # fmt: skip
            if self.hidden is not None:
                later["hidden"] = self.hidden[k]
            parts += [past, later]
        return pd.concat(parts, ignore_index=True)

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables that its folder keeps."""
        import pandas as pd

        by_end = pd.DataFrame(
            self.totals.T, columns=[f"p{round(100 * q):02d}" for q in BAND]
        ).assign(indicator=list(self.indicators))
        return {"forecast": self.table(), "totals": by_end}

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told."""
        names = [f"p{round(100 * q):02d}" for q in BAND]
        found: dict[str, Any] = {
            "sentence": self.sentence,
            "rows_seen": self.what.reading.rows,
            "rows_ahead": self.ahead,
            "totals": {
                name: dict(zip(names, self.totals[:, k].tolist(), strict=True))
                for k, name in enumerate(self.indicators)
            },
            "rows": {
                name: dict(zip(names, self.bands[:, k].tolist(), strict=True))
                for k, name in enumerate(self.indicators)
            },
            "changes": dict(self.changes),
            "runs": self.runs,
            "seconds": self.seconds,
            "seed": self.seed,
        }
        if self.hidden is not None:
            found["coverage"] = _plain(self.coverage)
            found["errors"] = {
                name: {"forecast": _plain(own), "naive": _plain(other)}
                for name, (own, other) in self.errors().items()
            }
        return found

    def plot(self) -> Picture:
        """What was measured, and the bands ahead."""
        return shown.picture(self)


def _off(said: float, true: float) -> float:
    return abs(float(said) - float(true)) / float(true) if true > 0 else float("nan")


def _plain(value: float) -> float | None:
    return value if np.isfinite(value) else None
