"""A diagnosis over a fit: in how many worlds each stage leads, and what more worlds cannot tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from ...show.numbers import listed, percent
from ...vocabulary.outcomes import Outcome
from ...worlds.draws import Draws
from ..unknown import Unknown, remaining
from .gains import StageGain
from .observed import Observation, values_of

# Stages that a sentence names.
_NAMED: Final = 3


def leads(
    base: list[Observation], after: Mapping[str, list[Observation]], good: int
) -> dict[str, float]:
    """Of all worlds, the part in which a stage helps and no other helps more, by stage.

    Where several help as much, each of them leads; where none helps, none does.
    """
    if not after:
        return {}
    gains = np.array([good * (values_of(rows) - values_of(base)) for rows in after.values()])
    gains = np.nan_to_num(gains, nan=-np.inf)
    first = (gains == gains.max(axis=0)) & (gains > 0.0)
    return dict(zip(after, first.mean(axis=1).tolist(), strict=True))


def uncertain(
    draws: Draws,
    stages: Sequence[StageGain],
    base: list[Observation],
    after: Mapping[str, list[Observation]],
    outcome: Outcome,
    step: float,
) -> Unknown:
    """What is not known of a diagnosis, beside what its intervals say.

    Parameters
    ----------
    draws
        Of which each world had one.
    stages
        Ranked.
    base, after
        The campaign as it is, and with each stage improved.
    outcome, step
        What was asked, and the factor of the odds.
    """
    share = leads(base, after, outcome.good)
    order = sorted(share, key=lambda stage: -share[stage])
    says = []
    if order and share[order[0]] > 0.0:
        named = [f"{name} in {percent(share[name])}" for name in order[:_NAMED] if share[name]]
        says.append(
            f"Of {len(base):,} worlds, no other stage brings more than {listed(named)}: luck is in "
            "that as well as what the fit left open."
        )
    numbers: dict[str, Any] = {"leads": share}
    first = stages[0]
    if first.idle or len(base) < 2:
        return Unknown(draws, len(base), tuple(says), numbers)
    gains = values_of(after[first.stage]) - values_of(base)
    what = f"what odds {percent(step - 1.0)} better at {first.stage} bring"
    found = remaining(draws, what, gains, outcome.form)
    some = percent(share[first.stage])
    short = f"in {some} of {len(base):,} no other stage brings more than {first.stage}"
    return Unknown(
        draws,
        len(base),
        (*says, *found.says),
        numbers | {"of_draws": found.numbers},
        "; ".join(filter(None, (short, found.short))),
    )
