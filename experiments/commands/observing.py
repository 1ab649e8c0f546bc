"""The options that say what was measured, and how it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from ...sim.errors import InputError

if TYPE_CHECKING:
    from ...scenarios.observing.observed import Observed

# As typed, and as `Observed.read` has them.
_ONE: Final = ("least", "dates", "decimal", "gaps", "zeros", "last")
_MANY: Final = ("cumulative", "daily")


@dataclass(frozen=True)
class Data:
    """What was measured, and how it is read.

    Attributes
    ----------
    data, cascades, rates
        A table of days or weeks, cascades, and rates known from elsewhere: files.
    column, least, dates, decimal, cumulative, daily, gaps, zeros, last
        As `Observed.read` has them.
    """

    data: Annotated[
        str | None,
        typer.Option("--data", metavar="FILE", help="What was measured: a row a day or a week."),
    ] = None
    cascades: Annotated[
        str | None,
        typer.Option("--cascades", metavar="FILE", help="Cascades: sizes, trees, or who when."),
    ] = None
    rates: Annotated[
        str | None,
        typer.Option("--rates", metavar="FILE", help="Rates known from elsewhere: name and value."),
    ] = None
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="KEY=NAME", help="What a column holds; may be repeated."),
    ] = None
    least: Annotated[
        int | None,
        typer.Option("--least", metavar="N", help="Cascades of fewer people were not kept."),
    ] = None
    dates: Annotated[
        str | None,
        typer.Option("--dates", metavar="day|month", help="Which stands first in 3/4/2026."),
    ] = None
    decimal: Annotated[
        str | None, typer.Option("--decimal", metavar=".|,", help="The sign of decimals.")
    ] = None
    cumulative: Annotated[
        list[str] | None,
        typer.Option("--cumulative", metavar="KEY", help="A running total; may be repeated."),
    ] = None
    daily: Annotated[
        list[str] | None,
        typer.Option("--daily", metavar="KEY", help="Counted row by row; may be repeated."),
    ] = None
    gaps: Annotated[
        str | None,
        typer.Option("--gaps", metavar="unknown|zero", help="What a day without a row means."),
    ] = None
    zeros: Annotated[
        str | None,
        typer.Option("--zeros", metavar="real|unknown", help="What a week of zeros means."),
    ] = None
    last: Annotated[
        str | None,
        typer.Option("--last", metavar="keep|drop", help="What becomes of the last row."),
    ] = None

    @property
    def given(self) -> bool:
        """Whether there is anything to read."""
        return any(each is not None for each in (self.data, self.cascades, self.rates))

    def how(self) -> dict[str, Any]:
        """How it is read, as typed, by the names of `Observed.read`."""
        typed: dict[str, Any] = {name: getattr(self, name) for name in (*_ONE, *_MANY)}
        if self.column:
            pairs = [each.partition("=") for each in self.column]
            wrong = next((key + sign for key, sign, name in pairs if not (sign and name)), None)
            if wrong is not None:
                raise InputError(
                    f"--column {wrong} is not allowed; give KEY=NAME, as in clicks=Hits."
                )
            typed["columns"] = {key.strip(): name.strip() for key, _, name in pairs}
        return {name: value for name, value in typed.items() if value not in (None, [])}

    def observed(self, data: str | None = None) -> Observed:
        """What was measured, in this file or in the one of the options.

        Raises
        ------
        CampaignError
            As `Observed.read`.
        """
        from ...scenarios.observing.observed import Observed

        file = self.data if data is None else data
        return Observed.read(file, cascades=self.cascades, rates=self.rates, **self.how())

    def refuse_alone(self) -> None:
        """Refuse options that say how data are read where there are none.

        Raises
        ------
        InputError
            If one is typed.
        """
        if not self.given and (typed := self.how()):
            name = next(iter(typed)).removesuffix("s") if "columns" in typed else next(iter(typed))
            raise InputError(f"--{name} says how what was measured is read; give --data FILE too.")

    def words(self) -> list[str]:
        """The same as it is typed."""
        words = []
        for name in ("data", "cascades", "rates", "column", *_ONE, *_MANY):
            value = getattr(self, name)
            several = value if isinstance(value, list) else [value]
            words += [
                word for each in several if each is not None for word in (f"--{name}", str(each))
            ]
        return words
