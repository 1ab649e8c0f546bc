"""Segments: people who are alike, and what they bring that others do not."""

from __future__ import annotations

from .declare import Parameters, parameter, weight


class Segment(Parameters):
    """People who are alike: how many they are, and what they bring that others do not.

    A table of the people says who is in it (its column `segment`); of those of whom it says
    nothing, a `share` is drawn.
    """

    share: float | None = parameter(
        None,
        "Share of the people who are in it; only who the table says if None",
        low=0.0,
        high=1.0,
        unit="probability",
        source="the scenario",
    )
    base: float = weight(0.0, "What they add to the log-odds of passing on", source="the scenario")
    click: float = weight(0.0, "What they add to the log-odds of a click", source="the scenario")
    convert: float = weight(
        0.0, "What they add to the log-odds of a transaction", source="the scenario"
    )
    trust: float | None = parameter(
        None,
        "Their trust before the campaign; that of their role if None",
        low=0.0,
        high=1.0,
        source="the scenario",
    )
    bond: float | None = parameter(
        None,
        "Their bond before the campaign; that of their role if None",
        low=0.0,
        high=1.0,
        source="the scenario",
    )
    activity: float | None = parameter(
        None,
        "Their visits to the feed; `people.activity` if None",
        low=0.0,
        high=1e3,
        unit="visits an hour",
        source="the scenario",
    )
    price: float | None = parameter(
        None,
        "The price that they pay; `transact.price` if None",
        low=0.0,
        high=1e9,
        unit="money",
        source="the scenario",
    )
