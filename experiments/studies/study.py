"""A study as its user holds it: the table of its runs, and what can be read off it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...sim.errors import InputError, StorageError
from .runs.database import quoted
from .runs.ledger import STATUS, Ledger

if TYPE_CHECKING:
    import pandas as pd

    from ..show.style import Picture
    from .analysis.importance import Importance
    from .analysis.sensitivity import Sensitivity

_AFTER = ("seed", "world", "network", "digest", "seconds", "status", "error")


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
        self._said: dict[str, Any] = {}
        self._weighed: dict[tuple[str | None, int], Importance] = {}

    @classmethod
    def load(cls, folder: str | PathLike[str]) -> Study:
        """Open the folder of a study.

        Raises
        ------
        StorageError
            If it holds no study.
        """
        ledger = Ledger(Path(folder))
        if ledger.about("name") is None:
            raise StorageError(f"{folder}: the study was never planned; run wom sweep again.")
        return cls(ledger)

    def close(self) -> None:
        """Let go of the ledger."""
        self.ledger.close()

    def __repr__(self) -> str:
        counts = self.status
        return (
            f"<Study {self.name!r}: {sum(counts.values()):,} runs, {counts['done']:,} done, "
            f"{counts['failed']:,} failed>"
        )

    # what it is ------------------------------------------------------------------------------

    def about(self, name: str) -> Any:
        """What the ledger says of it under a name."""
        if name not in self._said:
            said = self.ledger.about(name)
            self._said[name] = None if said is None else json.loads(said)
        return self._said[name]

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.about("name"))

    @property
    def axes(self) -> list[str]:
        """The names of its axes."""
        return list(self.about("axes"))

    @property
    def outcomes(self) -> list[str]:
        """The outcomes that it is about; all there are, where it names none."""
        return list(self.about("outcomes")) or self.ledger.outcomes()

    @property
    def main_outcome(self) -> str:
        """The outcome that it names first."""
        return next(iter(self.outcomes), "value")

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Its sub-designs: name, size, axes and sampler of each."""
        return list(self.about("parts"))

    @property
    def status(self) -> dict[str, int]:
        """How many runs are open, claimed, done and failed."""
        return self.ledger.counts()

    @property
    def sentence(self) -> str:
        """What its main outcome does along its axes, in a sentence."""
        from .shown.answers import answers, headline

        name = self.main_outcome
        return headline(self, name, answers(self, name) if self.status["done"] else [])

    def label(self, name: str) -> str:
        """What an axis or outcome is called in a figure, with its unit."""
        labels: dict[str, str] = self.about("labels") or {}
        if name in labels:
            return labels[name]
        from ..vocabulary.outcomes import OUTCOMES

        return OUTCOMES[name].label if name in OUTCOMES else name

    # tables ----------------------------------------------------------------------------------

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
        import pandas as pd

        there = self.ledger.outcomes()
        shown = self.outcomes if outcomes is None else [self.known(name) for name in outcomes]
        read = [name for name in shown if name in there]
        columns = ", ".join(f"runs.{quoted(name)}" for name in (*_AFTER, *read))
        rows = self.ledger.read(
            f"SELECT plan.point, plan.replicate, {columns} FROM plan "  # noqa: S608
            "JOIN runs ON runs.id = plan.run ORDER BY plan.point, plan.replicate"
        )
        table = pd.DataFrame(list(rows), columns=["point", "replicate", *_AFTER, *read])
        table["status"] = pd.Series([STATUS[k] for k in table["status"]], dtype=object)
        values = {name: table[name].astype(float) for name in read}
        return pd.DataFrame(
            {
                "point": table["point"],
                **self._axes_of(table["point"]),
                "replicate": table["replicate"],
                **values,
                **{name: float("nan") for name in shown if name not in read},
                **{name: table[name] for name in _AFTER},
            }
        )

    def known(self, name: str) -> str:
        """The full name of an outcome of this study; InputError if there is none."""
        there = self.ledger.outcomes()
        if name in there or name in self.outcomes:
            return name
        from difflib import get_close_matches

        from ..vocabulary.outcomes import outcome

        if there and not set(there) & {"reach", "shares"}:
            close = get_close_matches(name, there, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(there)}."
            raise InputError(f"outcome = {name!r} is no outcome of this study; {hint}")
        return outcome(name).name

    def known_axis(self, name: str) -> str:
        """The name of an axis; InputError if there is none."""
        if name in self.axes:
            return name
        ends = [axis for axis in self.axes if axis.endswith(f".{name}")]
        if len(ends) == 1:
            return ends[0]
        raise InputError(
            f"axis = {name!r} is no axis of this study; there are {', '.join(self.axes) or 'none'}."
        )

    def kept(self, kind: str) -> pd.DataFrame:
        """The tables kept of all runs, ``"series"`` or ``"shares"``, with `point`, `replicate`.

        Raises
        ------
        InputError
            If none were kept.
        StorageError
            Naming the file that is missing or damaged.
        """
        import pandas as pd

        from .runs import parts

        if self.ledger.folder is None or kind not in self.about("keep"):
            raise InputError(f"{kind!r} was not kept; run the study with keep = [{kind!r}].")
        tables = [part.to_pandas() for part in parts.read(self.ledger.folder, self.ledger, kind)]
        rows = pd.concat(tables) if tables else pd.DataFrame({"run": []})
        plan = pd.DataFrame(
            list(self.ledger.read("SELECT run, point, replicate FROM plan")),
            columns=["run", "point", "replicate"],
        )
        found = plan.merge(rows, on="run").drop(columns="run")
        return found.sort_values(["point", "replicate"], kind="stable", ignore_index=True)

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
        from ..store.folder import put_file

        goal = Path(path)
        if goal.suffix not in (".parquet", ".csv"):
            raise InputError(f"{goal}: give a name that ends in .parquet or .csv.")
        if self.ledger.folder is not None:
            from .runs import parts

            parts.check(self.ledger.folder, self.ledger)
        table = self.table(self.ledger.outcomes() or None)
        if goal.suffix == ".csv":
            put_file(goal, table.to_csv(index=False).encode())
        else:
            for name in self.axes:
                if table[name].dtype == object and table[name].map(type).nunique() > 1:
                    table[name] = table[name].astype(str)
            put_file(goal, table.to_parquet(index=False))
        return goal

    # what it shows ---------------------------------------------------------------------------

    def summary(self, outcomes: list[str] | None = None) -> pd.DataFrame:
        """One row a point and outcome: mean, 95 % interval, deviation, quantiles, P(take-off)."""
        from .analysis.summary import summary

        return summary(self, outcomes)

    def compare(
        self,
        these: Mapping[str, Any],
        those: Mapping[str, Any],
        outcomes: list[str] | None = None,
    ) -> pd.DataFrame:
        """The difference that some axes make, paired by replicate, over all other axes.

        Parameters
        ----------
        these, those
            Values of axes: ``study.compare({"incentives.reward": 5}, {"incentives.reward": 0})``.
        """
        from .analysis.summary import compare

        return compare(self, these, those, outcomes)

    def response(
        self, x: str | None = None, y: str | None = None, by: str | None = None
    ) -> pd.DataFrame:
        """How an outcome answers an axis, over all other axes, with 95 % intervals."""
        from .analysis.response import response

        return response(self, x, y, by)

    def interaction(self, x: str, by: str, y: str | None = None) -> pd.DataFrame:
        """The mean of an outcome over two axes."""
        from .analysis.response import interaction

        return interaction(self, x, by, y)

    def convergence(self, y: str | None = None) -> pd.DataFrame:
        """How the interval of a point's mean narrows with the replicates."""
        from .analysis.summary import convergence

        return convergence(self, y)

    def sensitivity(self, outcome: str | None = None) -> Sensitivity:
        """Sobol's or Morris's indices, with the share of luck; of designs sampled for these."""
        from .analysis.sensitivity import sensitivity

        return sensitivity(self, outcome)

    def importance(self, outcome: str | None = None, depth: int = 3) -> Importance:
        """Which axes matter where: a tree, a forest's importance and partial dependence."""
        from .analysis.importance import importance

        asked = (outcome, depth)
        if asked not in self._weighed:  # it takes a second, and table and figure both ask
            self._weighed[asked] = importance(self, outcome, depth)
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
        from .shown.pictures import draw

        return draw(self, kind, **how)

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told: plain values; what is not defined is None."""
        from .shown.telling import plain

        counts = self.status
        return {
            "study": self.name,
            "question": self.about("question"),
            "sentence": self.sentence,
            "axes": self.axes,
            "outcomes": self.outcomes,
            "replicates": self.about("replicates"),
            "runs": sum(counts.values()),
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
        from .runs.keeping import keep

        return keep(self, Path(folder))

    def _repr_html_(self) -> str:
        from .shown.cards import study

        return study(self)

    def _axes_of(self, points: pd.Series) -> dict[str, Any]:
        """The axes of runs as columns."""
        import pandas as pd

        rows = {
            int(point): json.loads(axes)
            for point, axes in self.ledger.read("SELECT point, axes FROM points")
        }
        names = (["design"] if len(self.parts) > 1 else []) + self.axes
        return {name: pd.Series([rows[point].get(name) for point in points]) for name in names}
