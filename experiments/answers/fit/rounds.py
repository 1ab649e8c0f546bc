"""A round of simulated campaigns: a study, whose ledger resumes it whoever was killed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ...studies.design.design import Design, declared
from ...studies.runs.crew import Crew
from ...studies.runs.folder import describe, open_folder
from ...studies.runs.plan import plan, write
from ...studies.runs.progress import Progress
from ...studies.runs.runner import Runner
from ...studies.study import Study
from .seen import Reading, Reals
from .simulated import DRAW, Simulated

if TYPE_CHECKING:
    from ....sim.network import Network

Tell = Callable[[int, int], None]
# A round of which more fail than this share is no sample of anything.
_FAILED: Final = 0.02


@dataclass(frozen=True)
class Simulations:
    """What came of draws of the parameters.

    Attributes
    ----------
    z
        (draws, parameters) on the scale of the priors.
    tables
        (draws, indicators, rows) what was counted.
    numbers
        By name, (draws,) what is shown beside.
    seconds
        Of all runs together, on one core.
    """

    z: Reals
    tables: Reals
    numbers: dict[str, Reals]
    seconds: float = 0.0

    def __len__(self) -> int:
        return len(self.z)

    def only(self, which: Any) -> Simulations:
        """Some of them."""
        numbers = {name: each[which] for name, each in self.numbers.items()}
        return Simulations(self.z[which], self.tables[which], numbers)

    def __add__(self, other: Simulations) -> Simulations:
        numbers = {n: np.concatenate([each, other.numbers[n]]) for n, each in self.numbers.items()}
        return Simulations(
            np.concatenate([self.z, other.z]), np.concatenate([self.tables, other.tables]), numbers,
            self.seconds + other.seconds,
        )  # fmt: skip


class _Told(Progress):
    """Progress for who waits for all rounds: those before are counted as done."""

    def __init__(self, total: int, before: int, whole: int, tell: Tell | None) -> None:
        super().__init__(total, shown=False)
        self._before, self._whole, self._tell_all, self._done = before, whole, tell, 0

    def begin(self, done: int, failed: int, total: int) -> None:
        """Begin to count at the runs that were there already."""
        super().begin(done, failed, total)
        self._done = done + failed
        self._say()

    def add(self, done: int, failed: int) -> None:
        """Count runs that are kept."""
        self._done += done + failed
        self._say()

    def _say(self) -> None:
        if self._tell_all is not None:
            self._tell_all(self._before + self._done, self._whole)


@dataclass(frozen=True)
class Laboratory:
    """Where campaigns are simulated: what they change, who runs them, where they are kept.

    Attributes
    ----------
    scenario, reading, network
        What is run, and how it is read.
    folder
        Keeps the rounds, a folder each.
    crew
        Makes the workers of a round.
    seed
        Of all draws.
    tell, whole
        Who waits, and how many runs there will be.
    """

    scenario: Scenario
    reading: Reading
    folder: Path
    crew: Callable[[], Crew]
    seed: int = 0
    network: Network | None = None
    tell: Tell | None = None
    whole: int = 0

    def run(
        self, name: str, paths: Sequence[str], z: Reals, values: Reals, worlds: Sequence[int],
        before: int = 0,
    ) -> Simulations:  # fmt: skip
        """Simulate a campaign for each row of `values`, or what is left of them.

        Raises
        ------
        InputError
            If so many fail that the others are no sample.
        """
        model = Simulated(
            self.scenario, self.reading, paths, values, worlds, self.network
        )  # fmt: skip
        tables: dict[str, Any] = {
            "name": name, "axes": {DRAW: list(range(len(values)))}, "luck": "each",
            "seed": self.seed, "keep": ["series"],
        }  # fmt: skip
        design = declared(tables)
        home = self.folder / name.replace(" ", "-")
        ledger = open_folder(home, design.name, model.name)
        try:
            self._carry_out(design, model, ledger, tables, before)
            return _read(Study(ledger), model, z)
        finally:
            ledger.close()

    def _carry_out(
        self, design: Design, model: Simulated, ledger: Any, tables: dict[str, Any], before: int
    ) -> None:
        digest = write(ledger, design, model, plan(design, model))
        describe(ledger.folder, {**tables, "axes": {}}, model, digest, None)
        counts = ledger.counts()
        bar = _Told(design.runs, before, max(self.whole, design.runs), self.tell)
        try:
            bar.begin(counts["done"], counts["failed"], design.runs)
            if counts["open"] + counts["claimed"]:
                Runner(ledger, design, model, digest, self.crew(), bar).run()
        finally:
            bar.close()


def _read(study: Study, model: Simulated, z: Reals) -> Simulations:
    """The runs of a round as arrays, in the order of their draws; none that failed."""
    indicators, rows = model.reading.indicators, model.reading.rows
    table = study.runs(study.about.there).frame
    names = study.about.there
    fine = (table["status"] == "done").to_numpy()
    if (~fine).mean() > _FAILED:
        first = table.loc[~fine, "error"].iloc[0]
        raise InputError(f"{(~fine).sum():,} of {fine.size:,} simulated campaigns failed: {first}")
    numbers = {name: table.loc[fine, name].to_numpy(float) for name in names}
    places = table.loc[fine, "point"].to_numpy()
    found = np.zeros((len(places), len(indicators), rows))
    if indicators:
        kept = study.kept("series")
        kept = kept[kept["point"].isin(places)]
        columns = kept[list(indicators)].to_numpy(float)
        found = columns.reshape(len(places), rows, len(indicators)).transpose(0, 2, 1).copy()
    return Simulations(z[places], found, numbers, float(table["seconds"].sum()))
