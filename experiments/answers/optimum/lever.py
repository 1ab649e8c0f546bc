"""The levers of a search: which parameters may be set, and between what."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final, get_args

from pydantic import BaseModel

from ....scenarios.toml import literal, value_of
from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ...worlds.variant import meet
from ..changes import BUDGET, for_one, impressions_of

MOST: Final = 16
_FORMS: Final = (
    "give a range such as 0..20, or choices such as random|followers, each within what the "
    "parameter allows"
)
# What is no decision of whoever runs a campaign: the world, and how it is looked at.
_WORLD: Final = ("network", "horizon", "hours_per_tick", "name", "question", "outcome", "sources")


@dataclass(frozen=True)
class Lever:
    """A parameter that the search may set.

    Attributes
    ----------
    path
        Its dotted path; ``publish.ads.N.budget`` is the money of an ad, from which its impressions
        follow.
    low, high
        The range; None where there are choices.
    whole
        Whether only whole numbers are allowed.
    choices
        The values of a lever that is no range.
    today
        Its value in the scenario; None where there is none, or several.
    each
        Of the money of an ad: impressions a head for one unit of money.
    """

    path: str
    low: float | None
    high: float | None
    whole: bool
    choices: tuple[Any, ...]
    today: Any
    each: float | None = None

    def changes(self, value: Any) -> dict[str, Any]:
        """What is set in the scenario for a value of the lever."""
        if self.each is None:
            return {self.path: value}
        return {impressions_of(self.path): value * self.each}

    @property
    def text(self) -> str:
        """The lever as it is typed after ``--over``."""
        if self.low is None or self.high is None:
            return f"{self.path}={'|'.join(map(str, self.choices))}"
        return f"{self.path}={self.low:.12g}..{self.high:.12g}"

    def near(self, share: float, value: float) -> float:
        """A value further up by a share of itself, or of the range if it is 0; kept in it."""
        low, high = self.low or 0.0, self.high or 0.0
        step = share * (abs(value) or high - low)
        if self.whole:
            step = max(round(step), 1)
        # At the upper end the last step is looked at, not the next.
        other = value + step if value + step <= high else max(value - step, low)
        return int(other) if self.whole else float(f"{other:.12g}")


def levers_of(scenario: Scenario, over: Mapping[str, Any], people: int) -> tuple[Lever, ...]:
    """The levers that were named, each checked against the scenario.

    Parameters
    ----------
    scenario
        The plan of today.
    over
        Dotted path to ``"0..20"``, ``(0, 20)``, ``"a|b|c"`` or a list of choices.
    people
        How many there are in the network: what an ad's money buys depends on it.

    Raises
    ------
    InputError
        If there is none or too many, a path does not exist or is no decision, an end or choice is
        not allowed there, or two levers set the same.

    Examples
    --------
    >>> found, = levers_of(Scenario(), {"publish.seeds": "0..20"}, 10_000)
    >>> found.low, found.high, found.whole, found.today
    (0.0, 20.0, True, 0)
    """
    if not over:
        raise InputError("over is empty; give one lever at least, such as incentives.reward=0..20.")
    if len(over) > MOST:
        raise InputError(f"over: {len(over)} levers are too many; give {MOST} at most.")
    found = tuple(_lever(scenario, str(path), given, people) for path, given in over.items())
    for one, other in combinations(found, 2):
        mine, theirs = (next(iter(each.changes(0))) for each in (one, other))
        if meet(mine, theirs):
            raise InputError(
                f"over: {one.path} and {other.path} set the same; give one lever for it."
            )
    return found


def _lever(scenario: Scenario, path: str, given: Any, people: int) -> Lever:
    if path.partition(".")[0] in _WORLD:
        raise InputError(
            f"over: {path} belongs to the world in which plans are compared and is no decision; "
            "set it with --set, and give a lever such as incentives.reward=0..20."
        )
    low, high, choices = _read(path, given)
    each = _for_one(scenario, path, people) if BUDGET.fullmatch(path) else None
    at = path if each is None else impressions_of(path)
    whole = each is None and low is not None and _is_whole(scenario, at)
    if whole and not (low == int(low or 0) and high == int(high or 0)):
        raise InputError(
            f"over: {path} = {given!r} is not allowed; it is a whole number, give a range such as "
            f"{math.floor(low or 0)}..{math.ceil(high or 0)}."
        )
    today = _value(scenario, at)
    if each is not None:
        today = None if today is None else today / each
    lever = Lever(path, low, high, whole, choices, today, each)
    ends = choices if low is None else (low, high)
    for value in ends:
        _try(scenario, lever, int(value) if whole else value)
    for change in scenario.timeline:
        for later in change.changes:
            if meet(at, later):
                raise InputError(
                    f"over: the timeline sets {later} at tick {change.tick}, which would undo "
                    f"{path}; leave the one or the other out."
                )
    return lever


def _read(path: str, given: Any) -> tuple[float | None, float | None, tuple[Any, ...]]:
    """The range or the choices that were given."""
    refused = InputError(f"over: {path} = {given!r} is not allowed; {_FORMS}.")
    if isinstance(given, str):
        if ".." in given:
            ends = tuple(value_of(part.strip()) for part in given.split("..", 1))
        elif "|" in given:
            return None, None, _choices(path, [value_of(part.strip()) for part in given.split("|")])
        else:
            raise refused
    elif isinstance(given, tuple) and len(given) == 2 and all(map(_is_number, given)):
        ends = given
    elif isinstance(given, list | tuple):
        return None, None, _choices(path, given)
    else:
        raise refused
    if not all(map(_is_number, ends)):
        raise refused
    low, high = (float(end) for end in ends)
    if not low < high:
        raise InputError(
            f"over: {path} = {given!r} is not allowed; let the range begin below its end."
        )
    return low, high, ()


def _choices(path: str, given: Iterable[Any]) -> tuple[Any, ...]:
    choices = tuple(given)
    texts = [literal(each) for each in choices]
    if len(set(texts)) < 2 or len(set(texts)) < len(texts):
        raise InputError(
            f"over: {path} has the choices {', '.join(texts) or 'none'}; give two or more that "
            "differ."
        )
    return choices


def _is_number(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value)


def _try(scenario: Scenario, lever: Lever, value: Any) -> None:
    try:
        scenario.replace(lever.changes(value))
    except InputError as problem:
        lines = str(problem).splitlines()
        said = (line if line.startswith(lever.path) else f"{lever.path}: {line}" for line in lines)
        raise InputError("\n".join(f"over: {line}" for line in said)) from None


def _for_one(scenario: Scenario, path: str, people: int) -> float:
    try:
        return for_one(scenario, path, people)
    except InputError as problem:
        raise InputError(f"over: {problem}") from None


def _walk(scenario: Scenario, path: str) -> tuple[Any, str]:
    """The table or list that holds the last part of a path, and that part; None if none does."""
    *folders, last = path.split(".")
    place: Any = scenario
    for part in folders:
        place = _inner(place, part)
    return place, last


def _inner(place: Any, part: str) -> Any:
    if isinstance(place, Mapping):
        return next(iter(place.values()), None) if part == "*" else place.get(part)
    if isinstance(place, tuple):
        number = 0 if part == "*" else int(part) if part.isdecimal() else len(place)
        return place[number] if number < len(place) else None
    if part == "*" and isinstance(place, BaseModel):
        return getattr(place, next(iter(type(place).model_fields)))
    return getattr(place, part, None)


def _is_whole(scenario: Scenario, path: str) -> bool:
    """Whether the schema allows whole numbers alone."""
    place, last = _walk(scenario, path)
    fields = type(place).model_fields if isinstance(place, BaseModel) else {}
    if last not in fields:
        return False
    kind = fields[last].annotation
    kinds = get_args(kind) or (kind,)
    return int in kinds and float not in kinds


def _value(scenario: Scenario, path: str) -> Any:
    """The value at a path; of a pattern, only if it is the same everywhere."""
    places: list[Any] = [scenario.to_dict()]
    for part in path.split("."):
        inner: list[Any] = []
        for place in places:
            entries = dict(place) if isinstance(place, Mapping) else {}
            if isinstance(place, list):
                entries = {str(k): each for k, each in enumerate(place)}
            inner += entries.values() if part == "*" else [entries.get(part)]
        places = inner
    same = bool(places) and all(each == places[0] for each in places)
    return places[0] if same else None
