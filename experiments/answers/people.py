"""A look at a table of people before a campaign is run with it: what each column says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np

from ...scenarios.reading.people import joined, summary, told_by
from ...scenarios.reading.traits import SETS, Told
from ...sim.network import Network
from ...sim.people import NUMBERS, WORDS
from ..show.cells import Rate, Row
from ..show.document import EVERYWHERE, Document, Facts, Number, Points, Section, Table
from ..show.numbers import percent, written
from ..show.style import BLUE, Picture, plain, sheet, title
from .answer import Answer

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# Panels of the picture, values of a column in one, and complaints that are told one by one.
_PANELS: Final = 6
_BARS: Final = 6
_FAULTS: Final = 20
_HEAD: Final = ("Column", "Sets", "Filled", "Most often")


def look_at_people(
    people: Any, network: Network | str | PathLike[str] | None, **how: Any
) -> PeopleLook:
    """Look at a table of people, and at whom of a network it is about.

    Parameters
    ----------
    people
        The path of a table, a DataFrame of pandas or a table of pyarrow.
    network
        Whose people they are: a network, or the file of one; None of none.
    **how
        How a network's file is read: see `Network.from_file`.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"id": ["ann", "bea"], "trust": [0.9, 1.9], "age": [35, 41]})
    >>> found = look_at_people(table, Network.from_edges(["ann"], ["bea"]))
    >>> found.faults[0].partition("; ")[0]
    "the table of people, row 1: 'bea, 1.9, 41' has trust = '1.9', which is not 0 to 1"
    """
    told = told_by(people)
    faults = [str(each) for each in told.faults]
    understood = summary(told)
    if network is not None:
        if not isinstance(network, Network):
            network = Network.from_file(network, **how)
        found, wrong = joined(network, told)
        faults += [str(each) for each in wrong]
        if found is not network and found.people is not None:
            understood = list(found.people.understood)
    return PeopleLook(told, tuple(understood), tuple(faults))


@dataclass(frozen=True, repr=False)
class PeopleLook(Answer):
    """What there is to see of a table of people.

    Attributes
    ----------
    told
        The table as it was read.
    understood
        What was understood of it, in pairs of texts.
    faults
        What is wrong with it, a sentence each: a campaign refuses it with the first.
    """

    kind: ClassVar[str] = "people"
    told: Told
    understood: tuple[tuple[str, str], ...]
    faults: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What it is, in plain words."""
        told = self.told
        used = len(told.numbers) + len(told.words)
        wrong = "" if not self.faults else f"; {len(self.faults):,} things in it are wrong"
        if len(self.faults) == 1:
            wrong = "; one thing in it is wrong"
        return (
            f"{told.title} has {len(told.ids):,} people; {used} of its columns say what they "
            f"bring, and {len(told.kept)} more can be broken down by{wrong}."
        )

    def _columns(self) -> list[tuple[str, str, list[str]]]:
        """Each column but that of ids: its name, what it sets, and its values as texts."""
        told = self.told
        found: list[tuple[str, str, list[str]]] = [
            (name, SETS[name], told.words[name].tolist()) for name in WORDS if name in told.words
        ]
        found += [
            (
                name,
                SETS[name],
                [
                    "" if value != value else written(value, "number")
                    for value in told.numbers[name]
                ],
            )
            for name in NUMBERS
            if name in told.numbers
        ]
        return found + [
            (name, "nothing; kept for breakdowns", values.tolist())
            for name, values in told.kept.items()
        ]

    def document(self) -> Document:
        """All of it, to be shown anywhere."""
        rows: list[Row] = []
        for name, sets, values in self._columns():
            filled = [value for value in values if value]
            part = len(filled) / max(len(values), 1)
            rows.append((name, sets, Rate(part), _most(filled)))
        shown = list(self.faults[:_FAULTS])
        if len(self.faults) > _FAULTS:
            shown.append(f"and {len(self.faults) - _FAULTS:,} more")
        used = len(self.told.numbers) + len(self.told.words)
        return Document(
            kind=self.kind,
            title=self.told.title,
            sentence=self.sentence,
            numbers=[
                Number("People", f"{len(self.told.ids):,}", "Rows of the table."),
                Number("Columns that act", f"{used}", "Of what is missing in them, all is drawn."),
                Number("Columns kept", f"{len(self.told.kept)}", "Results break down by them."),
                Number("Wrong", f"{len(self.faults):,}", "What a campaign would refuse."),
            ],
            sections=[
                Section("What was understood", [Facts([*self.understood], EVERYWHERE)]),
                *([Section("What is wrong", [Points(shown, EVERYWHERE)])] if shown else []),
                Section(
                    "Its columns",
                    [Table("What each column says", _HEAD, rows)]
                    if rows
                    else [],
                ),
            ],
            details=[],
            facts=[],
            python="import wordofmouth as wom\n\nfound = wom.look(NETWORK, people=TABLE)",
        )  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told."""
        return {
            "sentence": self.sentence,
            "people": len(self.told.ids),
            "understood": dict(self.understood),
            "acts": [*self.told.words, *self.told.numbers],
            "kept": [*self.told.kept],
            "faults": list(self.faults),
        }

    def table(self) -> pd.DataFrame:
        """A row a column: what it sets, how many cells are filled, and what stands there most."""
        import pandas as pd

        rows = [
            (name, sets, sum(map(bool, values)), len({*values} - {""}), _most(filter(None, values)))
            for name, sets, values in self._columns()
        ]
        return pd.DataFrame(rows, columns=["column", "sets", "filled", "different", "most_often"])

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables that its folder keeps."""
        return {"columns": self.table()}

    def plot(self) -> Picture:
        """Columns in pictures: numbers by their size, words by how many people have them."""
        panels = [each for each in self._columns() if each[0] != "label"][:_PANELS]
        across = min(max(len(panels), 1), 3)
        down = -(-max(len(panels), 1) // across)
        figure = sheet(self.sentence, "", 3.4 * across, 2.6 * down)
        axes = figure.subplots(down, across, squeeze=False).ravel()
        for ax, panel in zip(axes, panels, strict=False):
            self._panel(ax, *panel)
        for ax in axes[len(panels) :]:
            ax.set_axis_off()
        return figure

    def _panel(self, axes: Axes, name: str, _: str, values: list[str]) -> None:
        title(axes, name)
        filled = [value for value in values if value]
        numbers = self.told.numbers.get(name)
        if numbers is not None:
            axes.hist(numbers[~np.isnan(numbers)], bins=20, color=BLUE)
            axes.set_ylabel("people")
            plain(axes, axes.xaxis, axes.yaxis)
            return
        most = Counter(filled).most_common(_BARS)[::-1]
        axes.barh([_short(text) for text, _ in most], [count for _, count in most], color=BLUE)
        axes.set_xlabel("people")
        plain(axes, axes.xaxis)


def _short(text: str, most: int = 14) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _most(values: Any) -> str:
    """What stands there most often, with its share."""
    counts = Counter(values)
    whole = sum(counts.values())
    shown = [f"{_short(text)} ({percent(n / whole)})" for text, n in counts.most_common(3)]
    return ", ".join(shown)
