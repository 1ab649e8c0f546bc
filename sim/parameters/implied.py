"""What the change of one value says of others: what it keeps of them, and what it makes void."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .scenario import Scenario

Table = dict[str, Any]


def settle(tables: dict[str, Any], known: Scenario, changes: Mapping[str, Any]) -> None:
    """Settle, in tables to which changes were made, what these imply where they do not say it.

    Parameters
    ----------
    tables
        Of the scenario as it is to be; changed in place. What is no table is left for the
        validation, which has the sentence for it.
    known
        The scenario as it was.
    changes
        Dotted path to value.
    """
    for name, rule in (("network", _network), ("incentives", _incentives), ("transact", _price)):
        if isinstance(tables[name], dict):
            rule(tables[name], known, _named(changes, name))


def _named(changes: Mapping[str, Any], table: str) -> set[str]:
    """The names below a table that changes mention."""
    inner, start = changes.get(table), f"{table}."
    paths = {path.removeprefix(start) for path in changes if path.startswith(start)}
    return paths | (set(inner) if isinstance(inner, Mapping) else set())


def _network(network: Table, known: Scenario, named: set[str]) -> None:
    """What the former kind asked for means nothing to the new one."""
    if network.get("kind") != known.network.kind:
        for name in set(known.network.generator_options()) - named:
            network.pop(name, None)


def _incentives(incentives: Table, known: Scenario, named: set[str]) -> None:
    """What was judged of one way to be paid says nothing of another."""
    if incentives.get("paid") != known.incentives.paid and "judged_chance" not in named:
        incentives.pop("judged_chance", None)


def _price(transact: Table, known: Scenario, named: set[str]) -> None:
    """People knew the former price, and a piece costs no less to make because of the new one."""
    before = known.transact
    if "margin" in named and "unit_cost" not in named:
        transact.pop("unit_cost", None)  # what was said last is meant
    if before.price <= 0.0 or transact.get("price") == before.price:
        return
    if transact.get("reference_price") is None:
        transact["reference_price"] = before.price
    if before.margin < 1.0 and before.unit_cost is None and not named & {"margin", "unit_cost"}:
        transact["unit_cost"] = before.cost_of_goods
