"""A study as its user holds it: the table of its runs, and what can be read off it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ...sim.errors import InputError
from ..store.folder import put_file
from .analysis import importance, sensitivity, summary
from .analysis.table import AboutStudy, RunTable, kept, plain, written
from .runs.folder import check_parts, copy, results, sessions
from .runs.ledger import Ledger

if TYPE_CHECKING:
    import pandas as pd

    from ..show.document import Document
    from ..show.style import Picture

# Runs from which on a page takes so long that it is made only when somebody asks for it.
LARGE: Final = 5_000
# Values of axes, by the names of these.
Levels = Mapping[str, Any]


class Study:
    """A study and all that is known of its runs; `wom.sweep` gives one, `Study.load` opens one.

    Attributes
    ----------
    seconds
        How long it took this time; 0 where it was only opened.
    made
        How many runs were made this time, failed ones too; the others were there already.
    """

    def __init__(self, ledger: Ledger, seconds: float = 0.0, made: int = 0) -> None:
        self.ledger = ledger
        self.seconds = seconds
        self.made = made
        self._weighed: dict[tuple[str, int], importance.Importance] = {}

    @classmethod
    def load(cls, folder: str | PathLike[str]) -> Study:
        """Open the folder of a study; StorageError if it holds none."""
        return cls(Ledger(Path(folder)))

    def close(self) -> None:
        """Let go of the ledger."""
        self.ledger.close()

    def __repr__(self) -> str:
        counts = self.status
        told = f"{sum(counts.values()):,} runs, {counts['done']:,} done"
        return f"<Study {self.name!r}: {told}, {counts['failed']:,} failed>"

    @property
    def about(self) -> AboutStudy:
        """What it says of itself."""
        return AboutStudy.of(self.ledger)

    @property
    def name(self) -> str:
        """What it is called."""
        return self.about.name

    @property
    def axes(self) -> list[str]:
        """The names of its axes."""
        return self.about.axes

    @property
    def outcomes(self) -> list[str]:
        """The outcomes that it is about; all there are, where it names none."""
        return self.about.outcomes

    @property
    def main_outcome(self) -> str:
        """The outcome that it names first."""
        return self.about.main_outcome

    @property
    def status(self) -> dict[str, int]:
        """How many runs are open, claimed, done and failed."""
        return self.ledger.counts()

    @property
    def sentence(self) -> str:
        """What its main outcome does along its axes, in a sentence."""
        from .shown.words import headline

        return headline(self.runs([None]))

    def table(self, outcomes: list[str] | None = None) -> pd.DataFrame:
        """One row a run: point, axes, replicate, outcomes, and how it was made.

        Parameters
        ----------
        outcomes
            Those to be shown; those of the study if None.

        Raises
        ------
        InputError
            If there is no such outcome.
        """
        return self.runs(outcomes).frame

    def kept(self, kind: str) -> pd.DataFrame:
        """The tables kept of all runs, ``"series"`` or ``"shares"``, with `point`, `replicate`."""
        return kept(self.ledger, self.about, kind)

    def failures(self) -> pd.DataFrame:
        """The failed runs with their errors."""
        table = self.table([])
        return table[table["status"] == "failed"].reset_index(drop=True)

    def export(self, path: str | PathLike[str]) -> Path:
        """Write the table of all runs and all outcomes to a Parquet or CSV file.

        Raises
        ------
        InputError
            For another suffix.
        StorageError
            If it cannot be written, or a part of the study is damaged.
        """
        goal = Path(path)
        check_parts(self.ledger)
        put_file(goal, written(self.runs(self.about.there or None), goal))
        return goal

    def summary(self, outcomes: list[str] | None = None) -> pd.DataFrame:
        """One row a point and outcome: mean, 95 % interval, deviation, quantiles, P(take-off)."""
        about = self.about
        if outcomes is None and "took_off" in about.there:
            outcomes = list(dict.fromkeys([*about.outcomes, "took_off"]))
        return summary.summary(self.runs(outcomes))

    def compare(
        self, these: Levels, those: Levels, outcomes: list[str] | None = None
    ) -> pd.DataFrame:
        """The difference that some axes make, paired by replicate, over all other axes.

        Parameters
        ----------
        these, those
            Values of axes: ``study.compare({"incentives.reward": 5}, {"incentives.reward": 0})``.
        """
        about = self.about
        return summary.compare(self.runs(outcomes), about.at(these), about.at(those))

    def response(
        self, x: str | None = None, y: str | None = None, by: str | None = None
    ) -> pd.DataFrame:
        """How an outcome answers an axis, over all other axes, with 95 % intervals."""
        about = self.about
        beside = None if by is None else about.known_axis(by)
        return summary.response(self.runs([y]), about.known_axis(x), beside)

    def interaction(self, x: str, by: str, y: str | None = None) -> pd.DataFrame:
        """The mean of an outcome over two axes."""
        known = self.about.known_axis
        return summary.interaction(self.runs([y]), known(x), known(by))

    def convergence(self, y: str | None = None) -> pd.DataFrame:
        """How the interval of a point's mean narrows with the replicates."""
        return summary.convergence(self.runs([y]))

    def sensitivity(self, outcome: str | None = None) -> sensitivity.Sensitivity:
        """Sobol's or Morris's indices, with the share of luck; of designs sampled for these."""
        return sensitivity.sensitivity(self.runs([outcome]))

    def importance(self, outcome: str | None = None, depth: int = 3) -> importance.Importance:
        """Which axes matter where: a tree, a forest's importance and partial dependence."""
        asked = self.about.known(outcome), depth
        if asked not in self._weighed:  # it takes a second: table and figure both ask
            self._weighed[asked] = importance.importance(self.runs(asked[:1]), depth)
        return self._weighed[asked]

    def plot(self, kind: str = "response", **how: Any) -> Picture:
        """A figure.

        Parameters
        ----------
        kind
            `response`, `summary`, `comparison`, `sensitivity`, `importance`, `interaction` or
            `convergence`.
        **how
            As the method of that name takes it; `y` is the outcome.

        Examples
        --------
        >>> from wordofmouth.experiments.studies.sweep import sweep
        >>> study = sweep(lambda x, y: x * y, {"x": [1, 2, 3], "y": [3, 4]}, progress=False)
        >>> figure = study.plot(x="x", by="y")
        >>> figure.savefig("response.png")  # doctest: +SKIP
        """
        from .shown.figures import draw

        about, y = self.about, how.pop("y", None)
        if kind == "response":
            how["x"] = about.known_axis(how.get("x"))
        how |= {key: about.known_axis(how[key]) for key in ("x", "by") if how.get(key) is not None}
        how |= {key: about.at(how[key]) for key in ("these", "those") if key in how}
        if kind == "importance":
            how["found"] = self.importance(y)
        every = kind == "comparison" and y is None
        return draw(self.runs(None if every else [y]), kind, **how)

    def document(self, outcome: str | None = None, *, weighed: bool = False) -> Document:
        """All of it, to be shown anywhere.

        Parameters
        ----------
        outcome
            What it is about; the first outcome of the study if None.
        weighed
            Whether a forest is grown to say which axes matter, which takes a second or more.
        """
        from .shown.document import document, shown_with

        about, home, forest = self.about, self.ledger.folder, None
        with suppress(InputError):  # too few runs, or nobody has installed what grows trees
            forest = self.importance(outcome) if weighed else None
        here = home is not None and (home / "scenario.toml").is_file() and not about.measures
        runs = self.runs(shown_with(about, about.known(outcome)))
        return document(runs, forest, sessions(home), results(self.ledger), here=here)

    def report(self) -> Path | None:
        """Write the page to read into its folder; None where it has none, or the study is large."""
        from ..show import page

        home = self.ledger.folder
        if home is None or sum(self.status.values()) > LARGE:
            return None
        put_file(home / "report.html", page.html(self.document()).encode())
        return home / "report.html"

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told: plain values; what is not defined is None."""
        counts = self.status
        return {
            "study": self.name,
            "question": self.about.question,
            "sentence": self.sentence,
            "axes": self.axes,
            "outcomes": self.outcomes,
            "replicates": self.about.replicates,
            "runs": sum(counts.values()),
            "results": results(self.ledger),
            **counts,
            "summary": plain(self.summary()) if counts["done"] else [],
        }

    def save(self, folder: str | PathLike[str]) -> Path:
        """Keep a copy in a folder, with a report: `Study.load` opens it, ``out=`` goes on with it.

        Raises
        ------
        StorageError
            If the folder holds something else, or cannot be written.
        """
        goal, home = Path(folder), self.ledger.folder
        if home is None or home.resolve() != goal.resolve():
            copy(self.ledger, goal)
            there = Study.load(goal)
            try:
                there.report()
            finally:
                there.close()
        return goal

    def _repr_html_(self) -> str:
        from ..show import notebook

        return notebook.html(self.document())

    def runs(self, outcomes: Iterable[str | None] | str | None = None) -> RunTable:
        """The runs that there are now, for who analyses them.

        Parameters
        ----------
        outcomes
            What is asked about, first of all; None among them is the main one. All if None.
        """
        about = self.about
        names = [outcomes] if isinstance(outcomes, str) else outcomes
        return RunTable.of(
            self.ledger, about, about.outcomes if names is None else [*map(about.known, names)]
        )
