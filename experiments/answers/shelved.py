"""What the pages of diagnoses, comparisons, levers, economics and credit share."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ...sim.parameters import Scenario
from ..show.images import of_png, of_svg
from ..show.old_page import Cell, Number, Page, Picture, Section
from ..show.old_parameters import differing
from ..show.old_provenance import again, citation, files, provenance
from ..show.telling import Told

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Shelved:
    """A folder that `shelf.shelve` wrote.

    Attributes
    ----------
    told
        What ``run.json`` says.
    files
        All others as bytes, by name.
    """

    told: Told
    files: Mapping[str, bytes]

    @property
    def kind(self) -> str:
        """What it is, in a word."""
        return str(self.told["format"]).split()[1]

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario that it is about."""
        return Scenario(**self.told["parameters"])

    def table(self, name: str) -> pd.DataFrame:
        """One of its tables."""
        import pyarrow.parquet as pq

        table: pd.DataFrame = pq.read_table(io.BytesIO(self.files[f"{name}.parquet"])).to_pandas()
        return table


def page_of(found: Shelved) -> Page:
    """The report of a folder that `shelf.shelve` wrote."""
    from .credit.report import credit_page
    from .diagnosis.report import diagnosis_page
    from .economics.report import economics_page
    from .levers.report import levers_page

    pages: dict[str, Callable[[Shelved], Page]] = {
        "diagnosis": diagnosis_page,
        "levers": levers_page,
        "economics": economics_page,
        "credit": credit_page,
    }
    return pages[found.kind](found)


def framed(
    found: Shelved,
    *,
    what: str,
    question: str,
    numbers: Sequence[Number],
    sections: Iterable[Section],
    facts: Iterable[tuple[str, Cell]],
    python: str,
    holds: Sequence[tuple[str, str]],
    missing: Sequence[str] = (),
) -> Page:
    """A page with all that every such page has: picture, parameters, provenance, again, files.

    Parameters
    ----------
    found
        What was kept.
    what
        What it is, for the title and to cite it.
    question
        What was asked.
    numbers, sections
        What is told.
    facts
        Lines of the provenance.
    python
        How to make it again, in Python.
    holds
        The tables of the folder, each with what it holds.
    missing
        What the folder lacks.
    """
    told = found.told
    made, versions, command = told.get("made", ""), told["versions"], told.get("command", "")
    lacking = [*missing]
    if not made:
        lacking.append(
            "An earlier version of wordofmouth wrote this folder, which noted neither what was "
            "typed nor when: both are missing below."
        )
    return Page(
        kind=found.kind,
        title=what,
        sentence=told["sentence"],
        question=question,
        numbers=numbers,
        picture=picture_of(found),
        sections=[
            *sections,
            differing(found.scenario),
            provenance(
                [citation(what, versions, made), ("Scenario", found.scenario.name), *facts],
                made,
                versions,
            ),
            again(command, "", f"import wordofmouth as wom\n\n{python}"),
            files(
                [
                    ("run.json", "What --json prints, all parameters, versions, checksums"),
                    ("scenario.toml", "The scenario, complete"),
                    ("picture.png", "The picture"),
                    ("picture.svg", "The same without its title, for print"),
                    *holds,
                ],
                "pandas.read_parquet opens a table.",
            ),
        ],
        missing=lacking,
        made_with=f"wordofmouth {versions.get('wordofmouth', '')}".strip(),
    )


def picture_of(found: Shelved) -> Picture:
    """The picture: that without a title where there is one."""
    if "picture.svg" in found.files:
        return of_svg(found.files["picture.svg"], found.told["sentence"])
    return of_png(found.files["picture.png"], found.told["sentence"])


def called(function: str, given: Sequence[str], options: Mapping[str, Any]) -> str:
    """A call in Python, a line if it fits on one; options that are None are left out."""
    words = [*given, *(f"{name}={value!r}" for name, value in options.items() if value is not None)]
    line = f"found = {function}({', '.join(words)})"
    if len(line) <= 88:
        return line
    return f"found = {function}(\n" + "".join(f"    {word},\n" for word in words) + ")"


def seeds_of(told: Told) -> list[tuple[str, Cell]]:
    """The lines of the provenance that say which worlds there were."""
    lines: list[tuple[str, Cell]] = [("Worlds", f"{told['replicates']:,}")]
    lines.append(("First seed", str(told["seed"])))
    if told.get("world") is not None:
        lines.append(("Seed of the world", f"{told['world']}, the same for all"))
    if told.get("budget"):
        lines.append(("How many, and why", told["budget"]))
    return lines
