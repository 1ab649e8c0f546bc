"""What a change brings and costs in money, before anything else that it changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...show.cells import Cell, Row, changed, measured
from ...show.document import Section, Table
from ...show.numbers import mean
from .changes import OrderCost, OutcomeChange

_SHOWN: Final = ("revenue", "cost", "profit", "return_on_spend", "return_on_investment")
_NOTE: Final = (
    "Return on spend is revenue by cost; return on investment is profit by cost, after what it "
    "took to make what was sold."
)


def in_money(
    suffix: str,
    first: str,
    name: str,
    changes: Mapping[str, OutcomeChange],
    incremental: OrderCost,
    noun: str,
) -> Section:
    """Revenue, cost, profit and return of both, and what an order costs that the change adds.

    Parameters
    ----------
    suffix
        What the title ends in, where several are compared.
    first, name
        What the two are called.
    changes
        Of all outcomes.
    incremental
        What a further order costs.
    noun
        What orders are called.
    """
    if not any(changes[each].base.mean or changes[each].value.mean for each in ("revenue", "cost")):
        return Section(f"In money{suffix}", [])
    rows: list[Row] = []
    for each in (changes[name] for name in _SHOWN):
        form = each.outcome.form
        rows.append((
            each.outcome.label,
            mean(each.base.mean, form),
            mean(each.value.mean, form),
            changed(each.difference, form, each.outcome.direction),
        ))  # fmt: skip
    price: Cell = "no more are sure"
    if incremental.told:
        price = measured(incremental.cost, changes["cost"].outcome.form)
    rows.append((f"Cost of one more of {noun}", "", "", price))
    caption = "What it brings and costs, in the same worlds"
    head = ("Money", first, name, "Difference")
    return Section(f"In money{suffix}", [Table(caption, head, rows)], _NOTE)
