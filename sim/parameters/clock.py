"""The same campaign, read by another clock: what a scenario counts in ticks, in other ticks."""

from __future__ import annotations

from typing import Any, Final

from ..errors import InputError

# What is counted in ticks: dotted paths, in which "*" stands for every entry of a list.
IN_TICKS: Final = (
    "horizon",
    "publish.interval",
    "advocacy.interval",
    "content.*.tick",
    "publish.ads.*.tick",
    "publish.ads.*.ticks",
    "timeline.*.tick",
)


def reread(tables: dict[str, Any], hours: float) -> dict[str, Any]:
    """The tables of a scenario with ticks of so many hours, in place of its own.

    Parameters
    ----------
    tables
        A scenario as plain tables.
    hours
        Length of a tick.

    Raises
    ------
    InputError
        If something would not fall on a tick.
    """
    times = tables["hours_per_tick"] / hours
    for path in IN_TICKS:
        _multiply(tables, path.split("."), times, path)
    tables["hours_per_tick"] = hours
    return tables


def _multiply(table: Any, path: list[str], times: float, name: str) -> None:
    if path[0] == "*":
        for each in table:
            _multiply(each, path[1:], times, name)
    elif path[0] not in table:
        return
    elif len(path) > 1:
        _multiply(table[path[0]], path[1:], times, name)
    else:
        ticks = table[path[0]] * times
        whole = round(ticks)
        if abs(ticks - whole) > 1e-9 * max(ticks, 1.0) or (whole == 0) != (table[path[0]] == 0):
            raise InputError(
                f"{name} = {table[path[0]]} would be {ticks:g} ticks, which is no whole number; "
                "give hours that divide what is counted in ticks."
            )
        table[path[0]] = whole
