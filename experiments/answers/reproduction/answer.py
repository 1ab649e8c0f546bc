"""What came out when a paper's result was made again."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...show.numbers import written
from .paper import Finding, Paper

if TYPE_CHECKING:
    import pandas as pd

    from ...show.style import Picture


@dataclass(frozen=True)
class Reproduction:
    """A paper's numbers beside those found here.

    Attributes
    ----------
    paper
        What was made again.
    findings
        A row for each number.
    """

    paper: Paper
    findings: tuple[Finding, ...]

    def __repr__(self) -> str:
        return f"<Reproduction of {self.paper.name!r}: {self.sentence}>"

    @property
    def agrees(self) -> bool:
        """Whether all numbers do."""
        return all(each.agrees for each in self.findings)

    @cached_property
    def sentence(self) -> str:
        """It in plain words."""
        agree = sum(each.agrees for each in self.findings)
        total = len(self.findings)
        name = self.paper.name.replace("_", " ").title()
        if agree == total:
            how = "both numbers agree" if total == 2 else f"all {total} numbers agree"
            return f"{self.paper.claim} Here {how} with {name}."
        apart = ", ".join(each.what for each in self.findings if not each.agrees)
        return (
            f"{self.paper.claim} Here {agree} of {total} numbers agree with {name}; apart: {apart}."
        )

    def table(self) -> pd.DataFrame:
        """One row a number: what, known, ours, error, within, side, agrees."""
        import pandas as pd

        table = pd.DataFrame(self.findings).drop(columns="form")
        return table.assign(agrees=[each.agrees for each in self.findings])

    def rows(self) -> list[tuple[str, str, str, str]]:
        """As people read it: what, known, ours with its standard error, whether it agrees."""
        return [
            (
                each.what,
                _known(each),
                written(each.ours, each.form)
                + (f" ± {written(each.error, each.form)}" if each.error else ""),
                _verdict(each),
            )
            for each in self.findings
        ]

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told."""
        paper = self.paper
        return {
            "paper": paper.name,
            "cite": paper.cite,
            "claim": paper.claim,
            "setting": paper.setting,
            "differs": paper.differs,
            "sentence": self.sentence,
            "agrees": self.agrees,
            "findings": [_plain(each) for each in self.findings],
        }

    def _repr_html_(self) -> str:
        from ...show.old_notebook import Table, card

        return card(
            self.sentence,
            [Table(("", "known", "here", ""), self.rows())],
            f"{self.paper.differs} `.plot()` shows it, `.table()` is a table, `.save(folder)` "
            "keeps it.",
            self.paper.cite,
        )

    def plot(self) -> Picture:
        """The numbers found over the numbers known, with 4 standard errors."""
        from .picture import reproduction

        return reproduction(self)

    def save(self, folder: str | Path, *, command: str | None = None) -> Path:
        """Keep the numbers, the picture and the page to read in a folder (see `paired.shelf`).

        Raises
        ------
        StorageError
            If it cannot be written; then nothing has changed.
        """
        from ..old_keep import shelve

        table = {"findings": self.table()}
        return shelve(
            folder, "reproduction", self.to_dict(), table, self.plot(), None, command=command
        )


def _known(found: Finding) -> str:
    if math.isinf(found.known):
        return f"{'above' if found.known > 0 else 'below'} {found.side:g}"
    return written(found.known, found.form)


def _verdict(found: Finding) -> str:
    if not found.agrees:
        return "APART"
    return "agrees" if found.side is None else f"same side of {found.side:g}"


def _plain(found: Finding) -> dict[str, Any]:
    known = found.known if math.isfinite(found.known) else None
    return found._asdict() | {"known": known, "agrees": found.agrees}
