"""What came out when a paper's result was made again."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from ...estimates.interval import plain
from ...show.document import Column, Document, Facts, Number, On, Section, Table, Words
from ...show.framed import called
from ...show.numbers import written
from ...show.style import BLUE, GREY, INK, ORANGE, Picture, balanced, bare, headed, sheet, ticks
from ..answer import Answer
from .paper import ERRORS, Finding, Paper


@dataclass(frozen=True, repr=False)
class Reproduction(Answer):
    """A paper's numbers beside those found here.

    Attributes
    ----------
    paper
        What was made again.
    findings
        A row for each number.
    """

    kind: ClassVar[str] = "reproduction"

    paper: Paper
    findings: tuple[Finding, ...]

    @property
    def agrees(self) -> bool:
        """Whether all numbers do, those included of which only the side is compared."""
        return all(each.agrees for each in self.findings)

    @property
    def sentence(self) -> str:
        """It in plain words."""
        total, alike, sided = len(self.findings), *self._counted
        name = self.paper.name.replace("_", " ").title()
        if alike == total:
            how = "both numbers agree" if total == 2 else f"all {total} numbers agree"
            return f"{self.paper.claim} Here {how} with {name}."
        apart = ", ".join(each.what for each in self.findings if not each.agrees)
        told = f"{alike} of {total} numbers {'agrees' if alike == 1 else 'agree'} with {name}"
        told += f", {sided} {'lies' if sided == 1 else 'lie'} on the same side" if sided else ""
        return f"{self.paper.claim} Here {told}{f'; apart: {apart}' if apart else ''}."

    @property
    def _counted(self) -> tuple[int, int]:
        """How many numbers agree, and how many lie only on the side on which the known ones do."""
        sided = sum(each.agrees and each.side is not None for each in self.findings)
        return sum(each.agrees for each in self.findings) - sided, sided

    def table(self) -> pd.DataFrame:
        """One row a number: what, known, ours, error, within, side, agrees."""
        table = pd.DataFrame(self.findings).drop(columns="form")
        return table.assign(agrees=[each.agrees for each in self.findings])

    def tables(self) -> dict[str, pd.DataFrame]:
        """The numbers."""
        return {"findings": self.table()}

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told."""
        paper = self.paper
        return plain(
            {
                "paper": paper.name,
                "cite": paper.cite,
                "claim": paper.claim,
                "setting": paper.setting,
                "differs": paper.differs,
                "sentence": self.sentence,
                "agrees": self.agrees,
                "findings": [each._asdict() | {"agrees": each.agrees} for each in self.findings],
            }
        )

    def document(self) -> Document:
        """The numbers beside one another, and in what the setting differs."""
        paper, (alike, sided) = self.paper, self._counted
        rows = [(each.what, _known(each), _ours(each), _verdict(each)) for each in self.findings]
        head = ("Number", "Known", "Here", Column("Which", note=True))
        return Document(
            kind=self.kind,
            title=f"{paper.name} made again",
            sentence=self.sentence,
            question=paper.claim,
            numbers=[
                Number(
                    "Numbers that agree",
                    f"{alike:,}",
                    f"Of {len(rows):,} compared; of {sided:,} others the side is the same.",
                ),
            ],
            sections=[
                Section(
                    "Number by number",
                    [
                        Table("Published numbers beside ours", head, rows),
                        Words(f"{paper.cite}. {paper.differs}", On.CARD),
                    ],
                    "± is the standard error of ours.",
                ),
                Section(
                    "What was done",
                    [Facts([("Setting", paper.setting), ("What differs", paper.differs)])],
                    on=On.PAGE,
                ),
            ],
            details=[f"{paper.setting} {paper.differs}", paper.cite],
            hint="`.plot()` shows it, `.table()` is a table, `.save(folder)` keeps it.",
            facts=[("Paper", paper.cite)],
            python=called("wom.reproduce", [repr(paper.name)], {}),
            files=[("findings.parquet", "A row a number: known, ours, standard error, which")],
        )

    def plot(self) -> Picture:
        """The numbers found over the numbers known, with 4 standard errors."""
        rows = len(self.findings)
        figure = sheet(self.sentence, balanced(self.paper.cite, 120), 10.5, 1.2 + 0.55 * rows)
        axes = figure.subplots()
        headed(axes, "Found here over what is known (diamond: over the side of it), with 4 s.e.")
        axes.axvline(1.0, color=GREY, linewidth=1)
        for row, each in enumerate(self.findings):
            ratio, error = np.array([each.ours, ERRORS * each.error]) / each.base
            axes.errorbar(
                ratio, row, xerr=error, fmt="o" if each.side is None else "D", capsize=3,
                color=BLUE if each.agrees else ORANGE,
            )  # fmt: skip
            axes.annotate(
                f"known {_known(each)}\nhere {_ours(each)}", (1.02, row),
                xycoords=("axes fraction", "data"), va="center", fontsize=8.5, color=INK,
            )  # fmt: skip
        axes.set_yticks(range(rows), [balanced(each.what, 38) for each in self.findings])
        axes.set_ylim(rows - 0.5, -0.5)
        axes.margins(x=0.15)
        bare(axes)
        axes.xaxis.set_major_formatter(ticks())
        return figure


def _known(found: Finding) -> str:
    if math.isinf(found.known):
        return f"{'above' if found.known > 0 else 'below'} {found.side:g}"
    return written(found.known, found.form)


def _ours(found: Finding) -> str:
    """Ours, with its standard error."""
    error = f" ± {written(found.error, found.form)}" if found.error else ""
    return written(found.ours, found.form) + error


def _verdict(found: Finding) -> str:
    if not found.agrees:
        return "APART"
    return "agrees" if found.side is None else f"same side of {found.side:g}"
