"""The report of a campaign's economics."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final

from ...show.numbers import percent
from ...show.old_page import Facts, Group, Number, Page, Row, Section, Table
from ...show.telling import Told, between, known, value
from ..shelved import Shelved, called, framed, seeds_of

_HOLDS: Final = (
    ("table.parquet", "The table of this page: group, name, value, low, high, form"),
    ("replicates.parquet", "A row a campaign of each kind and world: money, reach, sales"),
)
# What stands above each group of the table.
_NOTES: Final = {
    "Costs": "Mean cost by mean number: what one of each costs.",
    "Incentive": "The campaign with its incentive against the same one without it.",
    "Broadcast": "Paid media for the same money, at its price per thousand.",
    "Campaign less broadcast": "Above 0 the campaign has more of it than the broadcast.",
    "Break-even": "How many would have to pass it on for the campaign to pay.",
    "Value": "Money later is worth less than money now; what word of mouth adds is the difference "
    "to the same campaign in which nobody passes anything on.",
    "Risk": "What may go wrong, over all worlds.",
    "Take-off": "A cascade of 100 shares or more; below that, the middle of the worlds.",
}


def economics_page(found: Shelved) -> Page:
    """The report of a campaign's economics."""
    told = found.told
    beside, value_now = told["broadcast"], told["present_value"]
    options: dict[str, Any] = {
        "replicates": told["replicates"], "seed": told["seed"], "world": told.get("world"),
        "discount_rate": value_now["rate"], "level": told["level"],
        "cost_per_thousand": None if beside is None else beside["cost_per_thousand"],
        "breaks_even": told["break_even"] is not None,
    }  # fmt: skip
    table = found.table("table")
    lacking = [] if "form" in table else ["How each number is written was not kept: no units."]
    return framed(
        found,
        what=f"Economics of {told['scenario']}, {told['replicates']:,} worlds from seed "
        f"{told['seed']}",
        question="What does the campaign cost, what is it worth, and what may go wrong?",
        numbers=list(_numbers(told)),
        sections=list(_sections(table)),
        facts=seeds_of(told),
        python=called("wom.economics", ['wom.load("scenario.toml")'], options),
        holds=_HOLDS,
        missing=lacking,
    )


def _numbers(told: Told) -> Iterator[Number]:
    worth, loss = told["present_value"]["value"], told["risk"]["loss"]
    interval = between(worth["low"], worth["high"], "money", sign=False)
    yield Number(
        "Net present value",
        value(worth["mean"], "money"),
        f"Between {interval}." if interval else "Revenue less cost.",
    )
    yield Number(
        "Chance of a loss", percent(known(loss["share"])), f"Of {told['replicates']:,} worlds."
    )
    each = told["costs"]["cost_per_conversion"]
    if each["value"] is not None:
        interval = between(each["low"], each["high"], "money", sign=False)
        yield Number(
            "Cost per conversion",
            value(each["value"], "money"),
            f"Between {interval}." if interval else "Mean cost by mean number.",
        )
    adds = told["present_value"]["whole"]
    yield Number(
        "Word of mouth adds",
        value(adds["mean"], "money"),
        "Against the same campaign in which nobody passes anything on.",
    )


def _sections(table: Any) -> Iterator[Section]:
    rows: list[Row | Group] = []
    notes = []
    for group, lines in table.groupby("group", sort=False):
        rows.append(Group(str(group)))
        notes.append((str(group), _NOTES.get(str(group), "")))
        for line in lines.itertuples():
            form = getattr(line, "form", "number")
            low, high = (None if math.isnan(x) else x for x in (line.low, line.high))
            shown = "" if low is None else between(low, high, form, sign=False)
            rows.append((line.name.strip(), value(line.value, form), shown))
    head = ("", "Mean", "Between")
    yield Section("What it costs and is worth", [Table("The economics", head, rows, (1, 2))])
    told = [(name, note) for name, note in notes if note]
    yield Section("What each part says", [Facts(told)])
