"""What is made of a scenario, so that the same can be made of each draw of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from ...sim.parameters import Scenario

Changes = Mapping[str, Any]


@dataclass(frozen=True)
class Variant:
    """A scenario that is made of another one, and so of each draw of that.

    Attributes
    ----------
    base
        What it is made of where there are no draws.
    make
        What is done to it; for an executor of other processes a function of a module, or a
        `functools.partial` of one.

    Examples
    --------
    >>> from wordofmouth.sim.parameters import Scenario
    >>> longer = Variant(Scenario(horizon=3), lambda now: now.replace({"horizon": now.horizon + 1}))
    >>> longer.scenario.horizon, longer.make(Scenario(horizon=7)).horizon
    (4, 8)
    """

    base: Scenario
    make: Callable[[Scenario], Scenario]

    @cached_property
    def scenario(self) -> Scenario:
        """It, where nothing is drawn."""
        return self.make(self.base)


def changed(base: Scenario, changes: Changes) -> Variant:
    """The variant that sets something; of a list it leaves alone what is in it as the base has it.

    Parameters
    ----------
    base
        What it is set in.
    changes
        Dotted path to value, as `Scenario.replace` takes them.
    """
    return Variant(base, partial(_set, base=base, changes=changes))


def plain(given: Scenario | Variant) -> Scenario:
    """A variant as the scenario that it is where nothing is drawn."""
    return given.scenario if isinstance(given, Variant) else given


def _set(drawn: Scenario, *, base: Scenario, changes: Changes) -> Scenario:
    if drawn is base or not any(isinstance(value, list | tuple) for value in changes.values()):
        return drawn.replace(changes)
    own, there = base.to_dict(), drawn.to_dict()
    return drawn.replace({
        path: upon(value_at(own, path), list(value), value_at(there, path))
        if isinstance(value, list | tuple) else value
        for path, value in changes.items()
    })  # fmt: skip


def upon(own: Any, given: Any, drawn: Any) -> Any:
    """What is given where it differs from the base, and what is drawn where it does not.

    Parameters
    ----------
    own, given, drawn
        The base, what is made of it, and a draw of it: plain values, tables or lists, of which
        entries at one place are held against each other.

    Examples
    --------
    >>> upon({"a": 1, "b": 2}, {"a": 1, "b": 5}, {"a": 7, "b": 8})
    {'a': 7, 'b': 5}
    """
    if given == own:
        return drawn
    if all(isinstance(each, Mapping) for each in (own, given, drawn)):
        return {
            name: upon(own[name], value, drawn[name]) if name in own and name in drawn else value
            for name, value in given.items()
        }
    if all(isinstance(each, list) for each in (own, given, drawn)):
        known = min(len(own), len(drawn))
        return [
            upon(own[k], value, drawn[k]) if k < known else value for k, value in enumerate(given)
        ]
    return given


def value_at(tables: Any, path: str) -> Any:
    """What stands at a path; None where there is nothing."""
    found = tables
    for part in path.split("."):
        if isinstance(found, Mapping):
            found = found.get(part)
        elif isinstance(found, list) and part.isdecimal() and int(part) < len(found):
            found = found[int(part)]
        else:
            return None
    return found


def meet(one: str, other: str) -> bool:
    """Whether two paths lead to the same place, or one to a part of the other's."""
    pairs = zip(one.split("."), other.split("."), strict=False)
    return all(a == b or "*" in (a, b) for a, b in pairs)
