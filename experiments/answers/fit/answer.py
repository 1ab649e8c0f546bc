"""A fit as an answer: draws of the posterior, what they mean, and what they cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np

from ....sim.errors import InputError, hint
from ....sim.parameters import Scenario
from ...show.document import Document
from ..answer import Answer
from . import shown, told
from .checked import BAND, Checked, plain
from .counts import Counted
from .prior import Prior, Reals, values
from .seen import Seen

if TYPE_CHECKING:
    import pandas as pd

    from ...show.style import Picture

LEVEL: Final = 0.9


@dataclass(frozen=True, repr=False)
class Fit(Answer):
    """What measured data tell of the parameters of a campaign.

    Attributes
    ----------
    scenario
        As it was given, with its values from before.
    what
        What was measured.
    priors
        Of the free parameters, in the order of all that follows.
    z
        (draws, parameters) the posterior on the scale of the priors (`prior`), on which a prior is
        the standard normal.
    known
        The parameter that counts tell by themselves, if there is one.
    moved
        By parameter, what moved with it when it was tried.
    checked
        Campaigns of the posterior beside the data.
    kept_of_prior
        The share of the prior that the second round was drawn from.
    runs, seconds, cpu_seconds, seed
        How many campaigns, by the clock this time, of all runs on one core, and of what luck.
    more
        What was set, and why.
    """

    kind: ClassVar[str] = "fit"
    scenario: Scenario
    what: Seen
    priors: tuple[Prior, ...]
    z: Reals
    known: Counted | None
    moved: Mapping[str, tuple[str, ...]]
    checked: Checked
    kept_of_prior: float
    runs: int
    seconds: float
    cpu_seconds: float
    seed: int
    more: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The free parameters."""
        return tuple(each.path for each in self.priors)

    @cached_property
    def draws(self) -> Reals:
        """(draws, parameters) of the posterior, in the units of the parameters."""
        return values(list(self.priors), self.z)

    @property
    def left(self) -> tuple[float, ...]:
        """Of each parameter, how much of the width of its prior is left; about 1: all of it."""
        return tuple(float(each) for each in self.z.std(axis=0))

    def median(self, path: str) -> float:
        """The median of a parameter."""
        return float(np.median(self.draws[:, self._place(path)]))

    def interval(self, path: str, level: float = LEVEL) -> tuple[float, float]:
        """The central interval of a parameter."""
        tail = (1.0 - level) / 2
        low, high = np.quantile(self.draws[:, self._place(path)], [tail, 1.0 - tail])
        return float(low), float(high)

    def helpers(self, path: str) -> list[str]:
        """What is not measured and would tell more of a parameter."""
        k = str(self._place(path))
        return [each.indicator for each in self.checked.helps if each.parameter == k]

    def _place(self, path: str) -> int:
        if path not in self.paths:
            there = f"free are {', '.join(self.paths)}."
            raise InputError(f"{path!r} is not free in this fit; {hint(path, self.paths, there)}")
        return self.paths.index(path)

    @cached_property
    def fitted(self) -> Scenario:
        """The scenario with the medians of what was fitted."""
        medians = np.median(self.draws, axis=0).tolist()
        return self.scenario.replace(dict(zip(self.paths, medians, strict=True)))

    def at(self, draw: int) -> Scenario:
        """The scenario of a draw of the posterior."""
        row = self.draws[draw].tolist()
        return self.scenario.replace(dict(zip(self.paths, row, strict=True)))

    @property
    def about(self) -> Scenario:
        """The scenario as it was given."""
        return self.scenario

    def others(self) -> dict[str, Scenario]:
        """The scenario with the medians of what was fitted, as ``fitted.toml``."""
        return {"fitted.toml": self.fitted}

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
        import json

        known = self.known
        return {
            "sentence": self.sentence,
            "parameters_fitted": json.loads(self.table().to_json(orient="records")),
            "cannot_tell": told.open_questions(self),
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
        from .saved import load

        return load(folder)


def _finite(prior: Prior) -> dict[str, float | None]:
    """The ends of a range, which may have none: JSON has no number for that."""
    return {
        name: value if np.isfinite(value) else None
        for name, value in (("low", prior.low), ("high", prior.high))
    }
