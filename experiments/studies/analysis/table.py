"""The runs of a study as a table, and what the study says of its columns."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from ....sim.errors import InputError, hint
from ...vocabulary.currency import MONEY
from ...vocabulary.outcomes import OUTCOMES, form_of, outcome
from ..runs import cells
from ..runs.database import quoted
from ..runs.folder import read_parts
from ..runs.ledger import STATUS, Ledger

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_AFTER = ("seed", "world", "network", "digest", "seconds", "status", "error")


@dataclass(frozen=True)
class AboutStudy:
    """What a ledger says of its study.

    Attributes
    ----------
    name, model, question, finding
        What it is called, what runs, what it asks, and what its author found.
    replicates, seed, world, luck
        As in a `Design`.
    keep
        Which tables are kept of every run.
    axes, outcomes
        The names of its axes, and of the outcomes that it is about: all there are, where it names
        none.
    chosen
        Whether it names them.
    labels
        What axes and outcomes are called, with their units.
    parts
        Its sub-designs: name, size, axes and sampler of each.
    there
        The outcomes that runs came to so far.
    digest
        Of the study.
    notes
        What its reader should know of how it was run.
    measures
        Outcomes of its author's own.
    pairing
        What the runs of a replicate share, in words; empty where they share nothing.
    draws
        How many draws there are of what is not known: replicate r has draw ``r mod draws``. 0: all
        is known.
    """

    name: str
    model: str
    question: str
    finding: str
    replicates: int
    seed: int
    world: int | str | None
    keep: Sequence[str]
    axes: list[str]
    outcomes: list[str]
    chosen: bool
    labels: Mapping[str, str]
    parts: Sequence[Mapping[str, Any]]
    there: Sequence[str] = field(repr=False)
    digest: str = ""
    luck: str = "shared"
    notes: Sequence[str] = ()
    pairing: str = "world and luck"
    measures: Sequence[str] = ()
    draws: int = 0

    @classmethod
    def of(cls, ledger: Ledger) -> AboutStudy:
        """What a ledger says now."""
        with cells.within(ledger):
            known, there = cells.about(ledger), ledger.outcomes()
            known["outcomes"] = known["outcomes"] or there
            return cls(**known, there=there, digest=ledger.about("digest") or "")

    @property
    def main_outcome(self) -> str:
        """The outcome that it names first."""
        return next(iter(self.outcomes), "value")

    @property
    def columns(self) -> list[str]:
        """The columns that tell points apart."""
        return [*(["design"] if len(self.parts) > 1 else []), *self.axes]

    def known(self, name: str | None = None) -> str:
        """The full name of an outcome, the main one if None; InputError if there is none."""
        if name is None or name == self.main_outcome:
            return self.main_outcome
        if name in self.there or name in self.outcomes:
            return name
        if self.there and not {*self.there} & {"reach", "shares"}:
            meant = hint(name, self.there, f"there are {', '.join(self.there)}.")
            raise InputError(f"outcome = {name!r} is no outcome of this study; {meant}")
        return outcome(name).name

    def known_axis(self, name: str | None = None) -> str:
        """The name of an axis, of which the end will do, the first if None; InputError if none."""
        if name is None:
            if not self.axes:
                raise InputError(f"{self.name!r} has no axes; there is nothing to answer to.")
            return self.axes[0]
        ends = [axis for axis in self.axes if axis.endswith(f".{name}")]
        if name in self.axes or len(ends) == 1:
            return name if name in self.axes else ends[0]
        there = ", ".join(self.axes) or "none"
        raise InputError(f"axis = {name!r} is no axis of this study; there are {there}.")

    def at(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Values of axes by the full names of these."""
        return {self.known_axis(name): value for name, value in given.items()}

    def label(self, name: str) -> str:
        """What an axis or an outcome is called, with its unit."""
        return self.labels.get(name) or (OUTCOMES[name].label if name in OUTCOMES else name)

    def form(self, name: str) -> str:
        """How its values are written; money in the currency that its label names."""
        form, unit = form_of(name), self.label(name).rpartition(" (")[2].removesuffix(")")
        known = form == MONEY and self.label(name).endswith(")") and unit != MONEY
        return f"{MONEY} {unit}" if known else form

    def short_label(self, name: str) -> str:
        """The same without its unit."""
        label = self.label(name)
        return label.rpartition(" (")[0] if label.endswith(")") else label


@dataclass(frozen=True)
class RunTable:
    """The runs of a study, a row each, and what it says of them.

    Attributes
    ----------
    about
        What the study says.
    outcomes
        Those in the table, the one that is asked about first.
    frame
        Point, axes, replicate, outcomes, and how each run was made.
    """

    about: AboutStudy
    outcomes: Sequence[str]
    frame: pd.DataFrame

    @classmethod
    def of(cls, ledger: Ledger, about: AboutStudy, outcomes: Sequence[str]) -> RunTable:
        """The runs that a ledger holds now, with these outcomes."""
        with cells.within(ledger):
            return cls._of(ledger, about, outcomes)

    @classmethod
    def _of(cls, ledger: Ledger, about: AboutStudy, outcomes: Sequence[str]) -> RunTable:
        read = [name for name in outcomes if name in about.there]
        columns = ", ".join(f"runs.{quoted(name)}" for name in (*_AFTER, *read))
        rows = list(
            ledger.read(
                f"SELECT plan.point, plan.replicate, {columns} FROM plan "  # noqa: S608
                "JOIN runs ON runs.id = plan.run ORDER BY plan.point, plan.replicate"
            )
        )
        names = ["point", "replicate", *_AFTER, *read]
        cells.checked(ledger, names, rows)
        table = pd.DataFrame(rows, columns=names)
        table["status"] = pd.Series([STATUS[k] for k in table["status"]], dtype=object)
        axes = cells.points(ledger)
        frame = pd.DataFrame(
            {
                "point": table["point"],
                **{
                    name: pd.Series([axes[point].get(name) for point in table["point"]])
                    for name in about.columns
                },
                "replicate": table["replicate"],
                **{
                    name: table[name].astype(float) if name in read else math.nan
                    for name in outcomes
                },
                **({"draw": table["replicate"] % about.draws} if about.draws else {}),
                **{name: table[name] for name in _AFTER},
            }
        )
        return cls(about, outcomes, frame)

    @property
    def y(self) -> str:
        """The outcome that is asked about."""
        return self.outcomes[0]

    @property
    def done(self) -> pd.DataFrame:
        """The runs that are done; InputError if there is none."""
        table = self.frame[self.frame["status"] == "done"].reset_index(drop=True)
        if table.empty:
            raise InputError(f"no run of {self.about.name!r} is done yet; run wom sweep first.")
        return table


def kept(ledger: Ledger, about: AboutStudy, kind: str) -> pd.DataFrame:
    """The tables that were kept of all runs, with the point and the replicate of each.

    Raises
    ------
    InputError
        If none were kept.
    StorageError
        Naming the file that is missing or damaged.
    """
    if ledger.folder is None or kind not in about.keep:
        raise InputError(f"{kind!r} was not kept; run the study with keep = [{kind!r}].")
    with cells.within(ledger):
        tables = [part.to_pandas() for part in read_parts(ledger, kind)]
        rows = pd.concat(tables) if tables else pd.DataFrame({"run": []})
        plan = pd.DataFrame(
            list(ledger.read("SELECT run, point, replicate FROM plan")),
            columns=["run", "point", "replicate"],
        )
        found = plan.merge(rows, on="run").drop(columns="run")
        return found.sort_values(["point", "replicate"], kind="stable", ignore_index=True)


def written(runs: RunTable, path: Path) -> bytes:
    """The table of runs as the bytes of a file; InputError if it is neither CSV nor Parquet."""
    if path.suffix not in (".parquet", ".csv"):
        raise InputError(f"{path}: give a name that ends in .parquet or .csv.")
    table = runs.frame.copy()
    if path.suffix == ".csv":
        shown = table.map(unspoken).rename(columns=unspoken)
        text: str = shown.to_csv(index=False)
        return text.encode()
    for name in runs.about.axes:  # a column of Parquet has one type
        if table[name].dtype == object and table[name].map(type).nunique() > 1:
            table[name] = table[name].astype(str)
    data: bytes = table.to_parquet(index=False)
    return data


def unspoken(value: Any) -> Any:
    """A cell of CSV: a text that a spreadsheet would take for a formula has a ' before it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in _FORMULA else value


def plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A table as plain rows; what is not defined is None."""
    return [
        {str(key): defined(value) for key, value in row.items()} for row in table.to_dict("records")
    ]


def defined(value: Any) -> Any:
    """A plain value; None where it is not defined."""
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and not math.isfinite(value) else value
