"""The known truth as it is shown: a table of effects, and a picture beside what clicks say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from ....sim.parameters import Scenario
from ...estimates.interval import Estimate
from ...show.cells import Code, Group, Measured, Row
from ...show.document import EVERYWHERE, Document, Points, Section, Table
from ...show.framed import called, seeds
from ...show.numbers import listed, mean, span, written
from ...show.style import ORANGE, Picture, above, forest, headed, sheet, ticks
from ...vocabulary.currency import in_currency
from .paid import PaidChannel
from .rows import DAYS, FIRST, controls_of

if TYPE_CHECKING:
    import pandas as pd

FILES: Final = (
    ("robyn.csv …", "The campaign as Robyn reads it; meridian.csv, pymc_marketing.csv likewise"),
    ("truth.csv", "The true effects: also as truth.json, with each model's arguments"),
    ("truth_by_date.csv", "Effects in each row, in the world that is shown"),
    ("campaign.parquet", "The campaign by day or week, under the names of this project"),
    ("replicates.parquet", "Sums of every campaign that was run"),
)
_FORMS: Final = {"revenue": "money"}
# How many rows Robyn asks for a column.
_ROWS_A_COLUMN: Final = 10
_NAMED: Final = 4


def sentence(
    scenario: Scenario,
    found: Mapping[str, Estimate],
    credited: Mapping[str, float],
    everything: str,
) -> str:
    """What paid media brought, and what counting clicks says, in plain words."""
    whole = found[everything]
    words = sorted((each for each in found if each != everything), key=lambda w: -found[w].mean)
    parts = [f"{word} {_brought(found[word])}" for word in words[:_NAMED]]
    left = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    return (
        f"Paid media brought {scenario.name} {_brought(whole)} conversions that would not have "
        f"come without it: {listed(parts)}{left}. Counting clicks credits it with "
        f"{written(credited[everything], 'count')} in the campaign that is shown."
    )


def _brought(found: Estimate) -> str:
    between = span(found.low, found.high, "count", sign=False)
    return mean(found.mean, "count") + (f" ({between})" if between else "")


def notes(
    scenario: Scenario,
    rows: pd.DataFrame,
    channels: list[PaidChannel],
    every: str,
    world: int | None,
) -> list[str]:
    """What to know before a model is held against the truth."""
    said = []
    if scenario.start is None:
        said.append(f"The scenario says no start; the first row is {FIRST}, a Monday (assumed).")
    last = int(rows["days"].iloc[-1])
    if last < DAYS[every]:
        said.append(f"The last week has {last} days; leave it out of a model that takes weeks.")
    columns = len(channels) + len(controls_of(rows))
    if len(rows) < _ROWS_A_COLUMN * columns:
        days = " or days in place of weeks give" if every == "week" else " gives"
        said.append(
            f"{len(rows)} rows for {columns} columns: Robyn asks for {_ROWS_A_COLUMN} rows a "
            f"column; a longer horizon{days} more."
        )
    still = [each.word for each in channels if not rows[f"spend_{each.word}"].any()]
    if still:
        verb = "has" if len(still) == 1 else "have"
        said.append(
            f"{listed(still)} {verb} no spend in any row; leave such columns out of a model."
        )
    if world is not None:
        said.append(f"The world is {world} in all campaigns: intervals are about luck alone.")
    return said


def document(
    scenario: Scenario,
    table: pd.DataFrame,
    said: list[str],
    told: str,
    how: dict[str, Any],
    digest: str,
) -> Document:
    """All of it, to be shown anywhere."""
    sections = [Section("What each channel brought", [_effects(scenario, table)], _NOTE)]
    if said:
        sections.append(Section("What to know of it", [Points(said, EVERYWHERE)]))
    count = f"{how['replicates']:,} worlds from seed {how['seed']}"
    return Document(
        kind="truth",
        title=f"What paid media brought {scenario.name}, {count}",
        sentence=told,
        question="What did each paid channel bring that would not have come without it?",
        sections=sections,
        details=[count],
        hint="`.rows` is what a model gets, `.table()` what it should find, `.save(folder)` "
        "writes both.",
        facts=[*seeds(how["replicates"], how["seed"], how["world"]),
               ("Digest of the campaign", Code(digest))],
        python=called("wom.known_truth", ['wom.load("scenario.toml")'], how),
        files=FILES,
    )  # fmt: skip


_NOTE: Final = (
    "The campaign less the same campaign without the channel, in the same worlds and with the same "
    "luck. Credited is what clicks on the channel itself came to in the world that is shown."
)


def _effects(scenario: Scenario, table: pd.DataFrame) -> Table:
    rows: list[Row | Group] = []
    for (channel, kind), part in table.groupby(["channel", "kind"], sort=False):
        rows.append(Group(f"{channel} ({kind})" if kind != "all" else "all paid media"))
        for each in part.to_dict(orient="records"):
            form = in_currency(_FORMS.get(each["outcome"], "count"), scenario)
            effect = Measured(each["mean"], each["low"], each["high"], form, signed=True)
            shown, credited = (written(each[key], form) for key in ("effect", "credited"))
            rows.append((each["outcome"], shown, effect, credited))
    head = ("Outcome", "In this world", "Over worlds", "Credited")
    return Table("True effects of paid channels", head, rows)


def picture(
    told: str, note: str, found: Mapping[str, Estimate], credited: Mapping[str, float]
) -> Picture:
    """Draw the effect of each channel on conversions, and what clicks credit it with."""
    figure = sheet(told, note, 8.5, 1.1 + 0.42 * len(found))
    axes = figure.subplots()
    forest(axes, [word.replace("_", " ") for word in found], list(found.values()))
    known = [(k, each) for k, each in enumerate(credited.values()) if not math.isnan(each)]
    axes.plot([each for _, each in known], [k for k, _ in known], "D", color=ORANGE,
              markersize=6, label="credited by clicks")  # fmt: skip
    headed(axes, "Conversions that would not have come without it", pad=20)
    above(axes)
    axes.xaxis.set_major_formatter(ticks())
    axes.set_xlabel("conversions")
    return figure
