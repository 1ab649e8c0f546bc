"""The options that say how a network file is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

import typer

# The options that say how a network file is read.
HOW: Final = ("directed", "arrow", "source", "target", "weight", "time", "repeated")


@dataclass(frozen=True)
class How:
    """How a network file is read; `network.NAME` in a scenario.

    Attributes
    ----------
    directed, arrow, source, target, weight, time, repeated
        As `Network.from_file` has them.
    """

    directed: Annotated[
        bool | None,
        typer.Option("--directed/--undirected", help="Whether its lines are directed."),
    ] = None
    arrow: Annotated[
        str | None,
        typer.Option(
            "--arrow",
            metavar="hears|follows",
            help="What a directed line 'u v' says: v hears u, or u follows v.",
        ),
    ] = None
    source: Annotated[
        str | None,
        typer.Option(
            "--source", metavar="COLUMN", help="Who stands first in a tie: name or number."
        ),
    ] = None
    target: Annotated[
        str | None,
        typer.Option("--target", metavar="COLUMN", help="Who stands second."),
    ] = None
    weight: Annotated[
        str | None,
        typer.Option(
            "--weight",
            metavar="MEANING|COLUMN|COLUMN=MEANING",
            help="What a weight means (closeness, probability, count, ignore), where it stands.",
        ),
    ] = None
    time: Annotated[
        str | None,
        typer.Option("--time", metavar="COLUMN", help="The column that holds times, not weights."),
    ] = None
    repeated: Annotated[
        str | None,
        typer.Option(
            "--repeated", metavar="sum|once", help="Of a tie given again, add weights or keep one."
        ),
    ] = None

    def reading(self) -> dict[str, Any]:
        """What was typed of how a network file is read, by the names of the options."""
        typed = {name: getattr(self, name) for name in HOW}
        return {name: value for name, value in typed.items() if value is not None}

    def words(self) -> list[str]:
        """The same as it is typed."""
        typed = self.reading()
        words = []
        if (directed := typed.pop("directed", None)) is not None:
            words.append("--directed" if directed else "--undirected")
        return words + [word for name, value in typed.items() for word in (f"--{name}", value)]
