"""What parameters and outcomes are called in tables and figures, with their units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ...sim.network.kinds import KINDS
from ...sim.parameters import Scenario
from .currency import MONEY, unit_of
from .outcomes import OUTCOMES


def label_of(scenario: Scenario, name: str) -> str:
    """The label and the unit of an outcome or a parameter; the name itself of anything else.

    Examples
    --------
    >>> label_of(Scenario(), "incentives.reward")
    'Reward for the one who shares (money)'
    >>> label_of(Scenario(currency="EUR"), "incentives.reward")
    'Reward for the one who shares (€)'
    >>> label_of(Scenario(), "share.base.*")
    'Share probability, stranger, fan, advocate alike (probability)'
    """
    if name in OUTCOMES:
        money = OUTCOMES[name].form == MONEY
        return OUTCOMES[name].label + (f" ({unit_of(scenario)})" if money else "")
    if name.startswith("network."):
        kind = KINDS.get(scenario.network.kind)
        for each in kind.parameters if kind is not None else ():
            if name == f"network.{each.name}":
                return f"Network: {each.text.partition(';')[0]}"
    place: Any = scenario
    label, unit = "", ""
    for part in name.split("."):
        if isinstance(place, BaseModel):
            key = next(iter(type(place).model_fields)) if part == "*" else part
            field = type(place).model_fields.get(key)
            extra = None if field is None else field.json_schema_extra
            unit = str(extra.get("unit") or "") if isinstance(extra, dict) else ""
            if part == "*":
                label = _alike(type(place).model_fields)
            else:
                label = (field.title or "") if field is not None else ""
            place = getattr(place, key, None)
        elif isinstance(place, Mapping):
            place = next(iter(place.values()), None) if part == "*" else place.get(part)
        elif isinstance(place, tuple) and place:
            place = place[int(part) if part.isdecimal() and int(part) < len(place) else 0]
    if not label:
        return name
    unit = unit_of(scenario) if unit == MONEY else unit
    return f"{label} ({unit})" if unit else label


def _alike(fields: Mapping[str, FieldInfo]) -> str:
    """What several parameters at once are called: the words in which all labels end, and which."""
    labels = [field.title or name for name, field in fields.items()]
    words: list[str] = []
    for each in zip(*(reversed(label.split()) for label in labels), strict=False):
        if len(set(each)) > 1:
            break
        words.insert(0, each[0])
    label = " ".join(words) or f"{labels[0]} and others"
    return f"{label[:1].upper()}{label[1:]}, {', '.join(fields)} alike"
