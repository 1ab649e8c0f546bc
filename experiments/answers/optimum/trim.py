"""A plan without the levers that add nothing: what is not shown to help stays as it is today.

A search sets every lever, also those that do nothing or cost as much as they bring: somewhere they
have to stand, and luck says where. One after the other, the lever whose part of the plan's gain is
least is left as it is today, as long as that part is not surely above 0; in worlds beside those in
which the plan is judged in the end, for what was chosen in some worlds was lucky there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from .ground import Ground, Outturn
from .judge import Judge
from .lever import Lever
from .search import Tried, changes_of


class Trimmed(NamedTuple):
    """A plan with nothing in it that does not help.

    Attributes
    ----------
    values
        Of each lever, None where it stays as it is today.
    left
        The paths of those that were set, and now stay.
    """

    values: tuple[Any, ...]
    left: tuple[str, ...]


def trimmed(
    ground: Ground,
    levers: Sequence[Lever],
    judge: Judge,
    values: Sequence[Any],
    numbers: range,
) -> Trimmed:
    """Leave as they are today the levers whose part of a plan's gain may be nothing.

    A lever's part is what the plan is better by than the same plan without it. Of an outcome that
    has the cost taken off, as profit has, a gain below its cost is none.

    Parameters
    ----------
    ground, levers, judge
        Where, what, and by what.
    values
        Of the plan.
    numbers
        In which worlds.
    """
    kept = [
        None if value is not None and value == lever.today else value
        for lever, value in zip(levers, values, strict=True)
    ]
    left: list[str] = []
    # A plan of one lever that helps nobody is today's plan: that is asked where it is judged.
    while sum(value is not None for value in kept) > 1:
        places = [place for place, value in enumerate(kept) if value is not None]
        without = [[*kept[:place], None, *kept[place + 1 :]] for place in places]
        plans = [changes_of(levers, plan) for plan in (kept, *without)]
        whole, *rest = ground.run(plans, numbers)
        best = judge.best([row.value for row in (whole, *rest)])
        parts = [judge.gain(whole.value, row.value, best) for row in rest]
        least = min(range(len(parts)), key=lambda k: _sure(parts[k].low))
        if parts[least].low > 0.0:
            break
        left.append(levers[places[least]].path)
        kept = without[least]
    return Trimmed(tuple(kept), tuple(left))


def most_plans(levers: int) -> int:
    """How many plans are run at most until one lever is left: each time it with and without each.

    Examples
    --------
    >>> most_plans(1), most_plans(2), most_plans(3)
    (0, 3, 7)
    """
    return sum(places + 1 for places in range(2, levers + 1))


def _sure(low: float) -> float:
    """What to order by: a part that has no value in some world is least of all."""
    return low if low == low else float("-inf")


def shortened(
    ground: Ground,
    levers: Sequence[Lever],
    judge: Judge,
    tried: Sequence[Tried],
    today: Outturn,
    worlds: int,
    fresh: int,
) -> tuple[Tried | None, tuple[str, ...]]:
    """The first plan without what adds nothing, as if it had been tried, and what was left out.

    Parameters
    ----------
    ground, levers, judge
        Where, what, and by what.
    tried
        The plan, and all others that were tried.
    today
        What today's plan did in the worlds of the search.
    worlds, fresh
        How many the search has, and how many those that judge it, which come after: what adds
        nothing is asked in as many beyond them.
    """
    values = tried[0].values
    if values is None:
        return None, ()
    plan = trimmed(ground, levers, judge, values, range(worlds + fresh, worlds + 2 * fresh))
    if not plan.left:
        return None, ()
    rows = ground.run([changes_of(levers, plan.values)], range(worlds))[0]
    best = judge.best([today.value, rows.value, *(each.rows.value for each in tried)])
    return Tried(plan.values, rows, judge.worth(rows.value, today.value, best)), plan.left
