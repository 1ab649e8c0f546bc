"""A fit as an answer: draws of the posterior, what they mean, and what they cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np

from ....sim.parameters import Scenario
from ...show.document import Document
from ...studies.analysis.table import plain as plain_rows
from ...worlds.draws import Draws, Uncertain
from ..answer import Answer
from . import shown, told
from .checked import BAND, plain
from .fitted import Fitted
from .prior import Prior
from .saved import load

if TYPE_CHECKING:
    import pandas as pd

    from ...show.style import Picture

# Of what a machine is told: draws that were kept and read again are the same to so many.
_DIGITS: Final = 10


@dataclass(frozen=True, repr=False)
class Fit(Fitted, Answer, Uncertain):
    """What measured data tell of the parameters of a campaign: see `Fitted` for what it holds."""

    kind: ClassVar[str] = "fit"

    @property
    def about(self) -> Scenario:
        """The scenario as it was given."""
        return self.scenario

    def others(self) -> dict[str, Scenario]:
        """The scenario with the medians of what was fitted, as ``fitted.toml``."""
        return {"fitted.toml": self.fitted}

    def drawn(self) -> Draws:
        """The draws of the posterior, for whatever takes a fit in place of a scenario."""
        return Draws(
            base=self.fitted,
            changes=tuple(self.changes),
            before=self.scenario,
            source=self.what.source,
            open=tuple(told.open_questions(self)),
            doubt=told.doubt(self),
        )

    def under(self, changes: Mapping[str, Any]) -> Draws:
        """The fit with something decided, for whatever takes a fit: every draw yields to that.

        Parameters
        ----------
        changes
            Dotted path to value.

        Raises
        ------
        InputError
            If a path does not exist or a value is not allowed there.
        """
        return self.drawn().under(changes)

    @property
    def sentence(self) -> str:
        """What was found, in plain words."""
        return told.headline(self)

    def document(self) -> Document:
        """All of it, to be shown anywhere."""
        return shown.document(self)

    def table(self) -> pd.DataFrame:
        """A row a parameter: prior, posterior, how much of the width is left."""
        import pandas as pd

        rows = []
        for k, prior in enumerate(self.priors):
            low, high = self.interval(prior.path)
            before = prior.value(np.array([-1.6448536, 0.0, 1.6448536]))
            rows.append({
                "parameter": prior.path, "prior": prior.words, "prior_low": before[0],
                "prior_median": before[1], "prior_high": before[2],
                "median": self.median(prior.path), "low": low, "high": high,
                "left": self.left[k], "source": prior.source,
            })  # fmt: skip
        return pd.DataFrame(rows)

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables that its folder keeps."""
        import pandas as pd

        names = self.what.reading.indicators
        rows = self.what.reading.rows
        beside = pd.DataFrame({
            "indicator": np.repeat(list(names), rows), "row": np.tile(np.arange(rows), len(names)),
            "seen": self.what.table.ravel(),
            **{f"p{round(100 * q):02d}": self.checked.bands[k].ravel() for k, q in enumerate(BAND)},
        })  # fmt: skip
        return {
            "parameters": self.table(),
            "draws": pd.DataFrame(self.draws, columns=list(self.paths)),
            "places": pd.DataFrame(self.z, columns=list(self.paths)),
            "beside": beside,
        }

    def plot(self) -> Picture:
        """Prior and posterior of each parameter."""
        return shown.parameters(self)

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told."""
        known = self.known
        return {
            "sentence": self.sentence,
            "parameters_fitted": plain_rows(self.table().round(_DIGITS)),
            "cannot_tell": told.open_questions(self),
            "doubt": told.doubt(self),
            "trades": [list(each) for each in told.trades(self)],
            "notes": told.notes(self),
            "runs": self.runs,
            "seconds": self.seconds,
            "cpu_seconds": self.cpu_seconds,
            "seed": self.seed,
            "kept_of_prior": self.kept_of_prior,
            "priors": [vars(each) | _finite(each) for each in self.priors],
            "counted": None if known is None else {
                "path": known.prior.path, "did": known.did, "could": known.could, "of": known.of,
            },
            "moved": {path: list(names) for path, names in self.moved.items()},
            "checked": plain(self.checked),
            "seen": {
                "source": self.what.source, "notes": list(self.what.notes),
                "numbers": dict(self.what.numbers), **vars(self.what.reading),
            },
            "more": list(self.more),
        }  # fmt: skip

    @staticmethod
    def load(folder: str | PathLike[str]) -> Fit:
        """The fit that a folder keeps.

        Raises
        ------
        StorageError
            If it keeps none, or a file of it is missing or damaged.
        """
        return load(Fit, folder)


def _finite(prior: Prior) -> dict[str, float | None]:
    """The ends of a range, which may have none: JSON has no number for that."""
    return {
        name: value if np.isfinite(value) else None
        for name, value in (("low", prior.low), ("high", prior.high))
    }
