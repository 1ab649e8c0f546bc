"""What a command says: to machines on standard output, to people in tables and sentences."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

from ...sim.errors import StorageError
from ..show.numbers import percent, written
from ..vocabulary.glossary import term
from ..vocabulary.headlines import headlines

if TYPE_CHECKING:
    from ...sim.result import Result

# Generations that a line has room for.
_GENERATIONS = 5
# Letters of a line that has room for three indicators.
_ABREAST = 96


def say(text: str, *, json: bool = False) -> None:
    """Tell people; on standard error where a machine has standard output for itself.

    Raises
    ------
    StorageError
        If standard output cannot be written, as on a full disk.
    """
    if json:
        print(text, file=sys.stderr, flush=True)
        return
    try:
        print(text, flush=True)
    except OSError as problem:
        # What is left in the buffer would fail again, with a traceback, at the very end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(problem, BrokenPipeError):
            raise  # who reads has read enough, as `head` has: nothing to complain about
        raise StorageError(
            f"standard output cannot be written ({problem.strerror}); "
            "make room or send it elsewhere."
        ) from problem


def document(table: dict[str, Any]) -> None:
    """Tell a machine: one JSON document on standard output."""
    say(json.dumps(table, indent=2, allow_nan=False))


def summary(result: Result, seconds: float) -> str:
    """A result as a table and a sentence, coloured where standard output is a terminal."""
    from rich.console import Console, Group
    from rich.padding import Padding
    from rich.table import Table

    from ...sim.comparison import sentence

    funnel = Table("stage", box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("people", "events", "rate"):
        funnel.add_column(heading, justify="right")
    funnel.add_column("of", style="dim")
    for stage in result.funnel:
        funnel.add_row(
            stage.stage, f"{stage.people:,}", f"{stage.events:,}", percent(stage.rate), stage.of
        )
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 100)
    abreast = 6 if console.width >= _ABREAST else 4  # a label and a value each
    indicators = Table.grid(padding=(0, 2, 0, 0))
    indicators.add_column(style="dim")
    for column in range(abreast):
        indicators.add_column(justify="right" if column % 2 else "left")
    for group, names in headlines(result).items():
        cells = []
        for name in names:
            label, form, _ = term(name)
            cells += [label.lower(), written(result.kpis[name], form)]
        for k in range(0, len(cells), abreast):
            indicators.add_row("" if k else group.lower(), *cells[k : k + abreast])
    network = result.network
    details = (
        f"{result.scenario.name}, seed {result.seed}: {network['agents']:,} people, "
        f"{network['arcs']:,} arcs, {result.ticks:,} ticks in {seconds:.2f} s; "
        f"digest {result.digest[:12]}"
    )
    parts: list[Any] = [
        funnel,
        Padding(indicators, (1, 0)),
        Padding(f"[bold]{_literally(result.sentence)}[/]", (0, 0, 1, 0)),
    ]
    if result.comparison is not None:
        head, rows = compared(result.comparison)
        broadcast = Table(head[0], box=None, padding=(0, 2, 0, 0), header_style="bold")
        for heading in head[1:]:
            broadcast.add_column(heading, justify="right")
        for row in rows:
            broadcast.add_row(*row)
        parts += [broadcast, Padding(_literally(sentence(result.comparison)), (1, 0))]
    parts.append(f"[dim]{_literally(details)}[/]")
    with console.capture() as captured:
        console.print(Group(*parts))
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def compared(told: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    """The comparison with a broadcast as a table: its head, and a row each for the three.

    Parameters
    ----------
    told
        What `Result.comparison` holds.
    """
    naive, network, television = told["naive"], told["network"], told["television"]
    generations = min(len(naive["exposures"]), len(network["exposures"]), _GENERATIONS)

    def row(label: str, each: list[float | None], total: float | None, thousand: str) -> list[str]:
        shown = [written(number, "count") for number in each[:generations]]
        shown += [""] * (generations - len(shown))
        return [label, *shown, written(total, "count"), thousand]

    head = ["exposures", *(f"hop {k}" for k in range(generations)), "in all", "per 1,000"]
    whole = television["cost_per_thousand_with_production"]
    return head, [
        row("naive sum", naive["exposures"], naive["total"], ""),
        row(
            "the network",
            network["exposures"],
            network["total"],
            written(network["cost_per_thousand"], "money"),
        ),
        row("television", [], television["viewers"], written(whole, "money")),
    ]


def _literally(text: str) -> str:
    from rich.markup import escape

    return escape(text)
