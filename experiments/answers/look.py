"""A look at a network before a campaign is run on it: what was understood, and its shape."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any, ClassVar, Final, overload

import numpy as np
from numpy.typing import NDArray

from ...sim.errors import InputError
from ...sim.network import Network
from ..show.cells import Rate, Row
from ..show.document import EVERYWHERE, Column, Document, Facts, Number, On, Points, Section, Table
from ..show.networks import facts, in_numbers
from ..show.numbers import percent, written
from ..show.style import (
    BLUE,
    ORANGE,
    Picture,
    by_logarithm,
    plain,
    sheet,
    ticks,
    title,
)
from .answer import Answer
from .data import DataLook, look_at_data
from .people import PeopleLook, look_at_people

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# In a first glance: classes of how many hear a person, each twice as wide as the one before.
_CLASSES: Final = 24
_BAR: Final = 40
# From so many ties on a picture goes by logarithms.
_WIDE: Final = 20


@overload
def look(network: Network | str | PathLike[str], *, people: None = None, **how: Any) -> Look: ...
@overload
def look(network: None = None, *, data: Any, **how: Any) -> DataLook: ...
@overload
def look(
    network: Network | str | PathLike[str] | None = None, *, people: Any, **how: Any
) -> PeopleLook: ...
def look(
    network: Network | str | PathLike[str] | None = None,
    *,
    people: Any = None,
    data: Any = None,
    **how: Any,
) -> Look | PeopleLook | DataLook:
    """Look at a network, or at what would be read of a file; at its people; or at measurements.

    Parameters
    ----------
    network
        A network, or the file of one.
    people
        A table of people, to be looked at in place of the network: see `Network.with_people`.
    data
        What was measured, to be looked at alone: see `Observed.read`.
    **how
        How a network's file is read: see `Network.from_file`; or data: see `Observed.read`.

    Raises
    ------
    InputError
        If a file cannot be read; what is wrong with rows of a table of people is told instead.

    Examples
    --------
    >>> found = look(Network.from_edges([0, 1], [1, 2], directed=False))
    >>> found.sentence
    'The network is undirected, of 3 people and 4 arcs; one in the middle is heard by 1.'
    """
    if data is not None:
        if network is not None or people is not None:
            raise InputError("data are looked at alone; leave out the network and its people")
        return look_at_data(data, **how)
    if people is not None:
        return look_at_people(people, network, **how)
    if network is None:
        raise InputError("there is nothing to look at; give a network, people or data")
    if isinstance(network, Network):
        return Look(network)
    return Look(Network.from_file(network, **how))


@dataclass(frozen=True, repr=False)
class Look(Answer):
    """What there is to see of a network.

    Attributes
    ----------
    network
        The network; `understood` is what was read.
    """

    kind: ClassVar[str] = "look"
    network: Network

    @cached_property
    def shape(self) -> dict[str, Any]:
        """The network in numbers: see `wordofmouth.sim.network.shape`."""
        return self.network.shape._asdict()

    @property
    def sentence(self) -> str:
        """What it is, in plain words."""
        told, shape = dict(self.network.understood), self.shape
        what = told.get("File", "The network")
        way = "directed" if self.network.directed else "undirected"
        form = f", {told['Format']}" if "Format" in told else ""
        middle = int(np.median(self.network.followers)) if shape["people"] else 0
        return (
            f"{what} is {way}{form}, of {shape['people']:,} people and {shape['arcs']:,} arcs; "
            f"one in the middle is heard by {middle:,}."
        )

    def doubts(self) -> list[str]:
        """What may not be as it was meant."""
        told, shape, found = dict(self.network.understood), self.shape, []
        if "nobody says so" in told.get("Direction", ""):
            found.append(
                "Nothing says whether ties have a direction: if only one of the two hears the "
                "other, say --directed."
            )
        if "look odd" in told.get("Ids", ""):
            found.append(f"Some ids look odd: {told['Ids'].partition('look odd: ')[2]}.")
        if shape["largest"] < 0.5:
            found.append(
                f"The largest component has {percent(shape['largest'])} of the people: most posts "
                "cannot reach most people."
            )
        return found

    def document(self) -> Document:
        """All of it, to be shown anywhere."""
        shape, doubts = self.shape, self.doubts()
        read = self.network.understood
        sections = [
            Section("What was understood", [Facts(facts(read, {}), EVERYWHERE)] if read else []),
            Section("Its shape", [Facts(in_numbers(shape), EVERYWHERE)]),
            Section(
                "How many hear a person",
                [
                    Table(
                        "People by how many hear them",
                        ("Heard by", "People", "Share", Column("", On.SCREEN)),
                        self._classes(),
                        most=_CLASSES,
                    )
                ],
            ),
            Section("What to think about", [Points(doubts, EVERYWHERE)] if doubts else []),
        ]  # fmt: skip
        return Document(
            kind=self.kind,
            title=dict(read).get("File", "A network"),
            sentence=self.sentence,
            numbers=[
                Number("People", f"{shape['people']:,}", "In the network, with a tie or without."),
                Number("Arcs", f"{shape['arcs']:,}", "Along which somebody hears somebody."),
                Number("Heard by", written(shape["mean"], "number"), "People, on average."),
                Number("Reciprocity", percent(shape["reciprocity"]), "Arcs with their way back."),
            ],
            sections=[each for each in sections if each.blocks],
            details=[f"network digest {self.network.digest[:12]}"],
            facts=[("Digest of the network", self.network.digest)],
            python="import wordofmouth as wom\n\nfound = wom.look(FILE)",
        )

    def _classes(self) -> list[Row]:
        """People by how many hear them: nobody, 1, 2 to 3, 4 to 7 and so on."""
        heard = self.network.followers
        if not heard.size:
            return []
        place = np.zeros(heard.size, np.int64)
        place[heard > 0] = 1 + np.floor(np.log2(heard[heard > 0])).astype(np.int64)
        rows: list[Row] = []
        for k, people in enumerate(np.bincount(place).tolist()):
            low, high = (0, 0) if k == 0 else (2 ** (k - 1), 2**k - 1)
            name = "nobody" if k == 0 else f"{low:,}" if low == high else f"{low:,} to {high:,}"
            if people or rows:
                share = people / heard.size
                rows.append((name, f"{people:,}", Rate(share), "▇" * round(_BAR * share)))
        return rows

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told."""
        return {
            "sentence": self.sentence,
            "understood": dict(self.network.understood),
            "directed": self.network.directed,
            "weighted": self.network.weights is not None,
            **self.shape,
            "self_loops": self.network.self_loops,
            "duplicates": self.network.duplicates,
            "doubts": self.doubts(),
            "digest": self.network.digest,
        }

    def table(self) -> pd.DataFrame:
        """How many people are heard by so many, and hear so many."""
        import pandas as pd

        most = max(self.shape["most"], self.shape["most_heard"]) + 1
        counts = {
            name: np.bincount(degrees, minlength=most)
            for name, degrees in (
                ("heard_by", self.network.followers), ("hear", self.network.following),
            )
        }  # fmt: skip
        table = pd.DataFrame({"degree": np.arange(most), **counts})
        return table[(table["heard_by"] > 0) | (table["hear"] > 0)].reset_index(drop=True)

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables that its folder keeps."""
        return {"degrees": self.table()}

    def plot(self) -> Picture:
        """How many people are heard by so many or more, and the weights where there are some."""
        weights = self.network.weights
        figure = sheet(self.sentence, "", 9 if weights is not None else 6, 3.4)
        axes = figure.subplots(1, 1 if weights is None else 2, squeeze=False)[0]
        self._degrees(axes[0])
        if weights is not None:
            axes[1].hist(weights, bins=30, range=(0, max(1, weights.max(initial=0))), color=BLUE)
            title(axes[1], "Arcs by closeness")
            axes[1].set_xlabel("closeness")
            plain(axes[1], axes[1].xaxis, axes[1].yaxis)
        return figure

    def _degrees(self, axes: Axes) -> None:
        """The share of people with so many ties or more, for each number of ties."""
        series: dict[str, tuple[NDArray[Any], str]] = {"heard by": (self.network.followers, BLUE)}
        if self.network.directed:
            series["hears"] = (self.network.following, ORANGE)
        ties, shares = [], []
        for name, (degrees, colour) in series.items():
            values, counts = np.unique(degrees[degrees > 0], return_counts=True)
            share = counts[::-1].cumsum()[::-1] / max(self.network.n, 1)
            axes.plot(values, share, "o", markersize=3.5, color=colour, label=name)
            ties += values.tolist()
            shares += share.tolist()
        title(axes, "Share of people with so many ties or more")
        axes.set_xlabel("ties")
        plain(axes, axes.xaxis, axes.yaxis)
        if max(ties, default=0) >= _WIDE:
            by_logarithm(axes, "x", ties)
            by_logarithm(axes, "y", shares)
        axes.xaxis.set_major_formatter(ticks())
        axes.yaxis.set_major_formatter(ticks("rate"))
        if self.network.directed:
            axes.legend(frameon=False)
