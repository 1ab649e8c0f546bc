"""Which parameters are free: those that are named, or those that the data can tell something of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ....sim.errors import InputError
from ....sim.parameters import Scenario
from .prior import Prior, Reals, field_of, given_prior, prior_of
from .prior import values as values_at
from .seen import Seen
from .simulated import Simulated

if TYPE_CHECKING:
    from ....sim.network import Network

# By what is measured, what that is about: the first that a scenario has with a prior of its own.
_TOLD: Final[tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = (
    (("shares", "reshares"), ("share.base.stranger", "share.base.fan")),
    (("reach", "noticed", "impressions"), ("share.base.stranger", "attention")),
    (("clicks",), ("transact.click",)),
    (("conversions", "revenue"), ("transact.convert",)),
    (("likes",), ("interact.like",)),
    (("comments",), ("interact.comment",)),
    (("new_fans",), ("interact.follow",)),
    (("lost_fans",), ("interact.unfollow",)),
    (("complaints", "wrong"), ("complaints.rate",)),
    (("leads",), ("returns.lead",)),
)
MOST: Final = 12
# Places of the prior between which a parameter is to change something, and in how many worlds.
_FROM, _TO = -1.5, 1.5
_TRIALS: Final = 3


def chosen(
    scenario: Scenario,
    what: Seen,
    free: Sequence[str] | str | None,
    given: Mapping[str, Any] | None,
) -> list[Prior]:
    """The priors of the free parameters, in their order.

    Raises
    ------
    InputError
        If one cannot be fitted, a prior is given for what is not free, or none is left.
    """
    own = dict(given or {})
    named = [free] if isinstance(free, str) else list(free or ())
    if free is None:
        paths = [*by_themselves(scenario, what), *own]
    else:
        paths = [each for path in named for each in _spread(scenario, path.strip())]
    paths = list(dict.fromkeys(paths))
    if idle := [path for path in own if path not in paths]:
        raise InputError(
            f"--prior {idle[0]}: it is not free, so that its prior would have no effect; name it "
            "in --free too."
        )
    if not paths:
        raise InputError(
            f"{what.source}: nothing tells which parameters are free, since those that it speaks "
            "of are 0 or not there in this scenario; name them, such as --free share.base.stranger."
        )
    if len(paths) > MOST:
        raise InputError(f"--free: {len(paths)} parameters are too many; name {MOST} at most.")
    return [
        given_prior(scenario, path, own[path]) if path in own else prior_of(scenario, path)
        for path in paths
    ]


def by_themselves(scenario: Scenario, what: Seen) -> list[str]:
    """What the data can tell something of, by which indicators are there."""
    names = {*what.reading.indicators}
    names |= {"shares"} if what.reading.least else set()
    found: list[str] = []
    for told, paths in _TOLD:
        found += paths if names.intersection(told) else ()
    return [path for path in dict.fromkeys(found) if _fits(scenario, path)]


def _fits(scenario: Scenario, path: str) -> bool:
    try:
        prior_of(scenario, path)
    except InputError:
        return False
    return not (path == "share.base.fan" and scenario.people.fans == 0.0)


def _spread(scenario: Scenario, path: str) -> Iterable[str]:
    """Every entry that a star stands for: each is free by itself."""
    before, star, after = path.partition(".*")
    if not star:
        return [path]
    _, place = field_of(scenario, before)
    names = (
        list(place)
        if isinstance(place, Mapping)
        else list(getattr(type(place), "model_fields", ()))
    )
    if not names:
        raise InputError(f"--free {path}: {before} has no entries; check the spelling.")
    return [each for name in names for each in _spread(scenario, f"{before}.{name}{after}")]


def refuse_idle(
    scenario: Scenario,
    what: Seen,
    priors: Sequence[Prior],
    seed: int,
    network: Network | None,
) -> dict[str, set[str]]:
    """By parameter: what is measured and moves with it, in a few pairs of campaigns of one luck.

    Raises
    ------
    InputError
        If a parameter changes nothing at all, or a value that the prior allows is refused.
    """
    moved: dict[str, set[str]] = {}
    centre = np.zeros((1, len(priors)))
    for k, prior in enumerate(priors):
        ends = np.repeat(centre, 2, axis=0)
        ends[:, k] = _FROM, _TO
        model = Simulated(
            scenario, what.reading, [each.path for each in priors],
            _values(priors, np.repeat(ends, _TRIALS, axis=0)), [], network,
        )  # fmt: skip
        seen: set[str] = set()
        changed = False
        for trial in range(_TRIALS):
            model.worlds = (seed + trial,) * (2 * _TRIALS)
            low, high = (
                model.run({"draw": place}, seed + trial, 0, ("series",))
                for place in (trial, _TRIALS + trial)
            )
            changed |= low.digest != high.digest
            seen |= {name for name in low.values if not _same(low.values[name], high.values[name])}
        if not changed:
            raise InputError(
                f"--free {prior.path}: it acts on nothing in this scenario, whatever its value; "
                "leave it out, or switch on what it is of."
            )
        moved[prior.path] = seen
    return moved


def _same(one: float, other: float) -> bool:
    return one == other or (math.isnan(one) and math.isnan(other))


def _values(priors: Sequence[Prior], z: Reals) -> Reals:
    return values_at(list(priors), z)
