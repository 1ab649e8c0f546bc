"""What is compared: scenarios by name, all of them changes of one base where that is a fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, count
from typing import Any, NamedTuple

from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ...worlds.draws import Draws
from ...worlds.given import Source, draws_or
from ...worlds.variant import Changes, Variant, changed, plain


class Arms(NamedTuple):
    """What is compared by name, and the draws that all have in common."""

    table: dict[str, Scenario | Variant]
    draws: Draws | None


def compared(scenarios: Sequence[Source | Changes], names: Sequence[str] | None) -> Arms:
    """The scenarios by name; those of one name are told apart by a number.

    Raises
    ------
    InputError
        If there are not two, the first is but changes, or there are several fits.
    """
    if len(scenarios) < 2:
        raise InputError(
            f"{len(scenarios)} scenario is nothing to compare; give two or more, or one and what "
            "changes in it."
        )
    if names is not None and len(names) != len(scenarios):
        raise InputError(
            f"names = {list(names)!r} is not allowed; give {len(scenarios)}, one a scenario."
        )
    found = [each if isinstance(each, Mapping) else draws_or(each) for each in scenarios]
    fits = [each for each in found if isinstance(each, Draws)]
    if len(fits) > 1:
        raise InputError(
            "two fits have no draws in common, so that nothing can be paired; give one of them, "
            "and the other scenarios as files or as changes of it."
        )
    draws = fits[0] if fits else None
    first = found[0]
    if isinstance(first, Mapping):
        raise InputError(
            f"the first, {dict(first)!r}, is but changes; give the scenario first that they are of."
        )
    base = _beside(first, draws)
    table: dict[str, Scenario | Variant] = {}
    for k, each in enumerate(found):
        made = changed(base, each) if isinstance(each, Mapping) else _beside(each, draws)
        if isinstance(each, Mapping) and first is not draws and draws is not None:
            # Of a scenario that is itself a change of the fit.
            made = base.replace(each)
        name = _name(each, plain(made)) if names is None else names[k]
        free = chain((name,), (f"{name} ({times})" for times in count(2)))
        table[next(each for each in free if each not in table)] = made
    return Arms(table, draws)


def _beside(given: Scenario | Draws, draws: Draws | None) -> Scenario:
    if isinstance(given, Draws):
        return given.base
    return given if draws is None else draws.taken(given)


def _name(given: Any, made: Scenario) -> str:
    if isinstance(given, Mapping):
        return " ".join(f"{path}={value}" for path, value in given.items())
    return made.name


def priced_in(table: Mapping[str, Scenario]) -> Scenario:
    """The scenario whose currency all money is in: the first, if the others have the same.

    Raises
    ------
    InputError
        If there are two: a difference between them would be in neither.
    """
    first = next(iter(table.values()))
    for name, each in table.items():
        if each.currency != first.currency:
            raise InputError(
                f"currency = {each.currency!r} in {name} and {first.currency!r} in "
                f"{next(iter(table))}: amounts in two currencies have no difference; give both one."
            )
    return first
