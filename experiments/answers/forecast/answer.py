"""A forecast as an answer: bands of each indicator in the rows ahead, and by the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from ....sim.parameters import Scenario
from ...show.document import Document
from ..answer import Answer
from . import shown
from .ahead import BAND, Ahead

if TYPE_CHECKING:
    import pandas as pd

    from ...show.style import Picture


@dataclass(frozen=True, repr=False)
class Forecast(Ahead, Answer):
    """How a campaign goes on: see `Ahead` for what it holds."""

    kind: ClassVar[str] = "forecast"

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


def _plain(value: float) -> float | None:
    return value if np.isfinite(value) else None
