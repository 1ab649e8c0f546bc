"""Arguments of `wom.seeds`, refused with a sentence where they make no sense."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..network import Network
from ..parameters.publish import Policy
from .choose import POLICIES, WEIGHTED_CASCADE


def checked_policy(policy: Any) -> Policy:
    """One of the policies."""
    for each in POLICIES:
        if policy == each:
            return each
    raise InputError(
        f"policy = {policy!r} is not allowed; give one of {', '.join(map(repr, POLICIES))}."
    )


def checked_chance(probability: Any, network: Network) -> NDArray[np.float64]:
    """One probability, or one for each arc, or none for the weighted cascade."""
    if isinstance(probability, str):
        if probability == "weighted_cascade":
            return WEIGHTED_CASCADE
        raise InputError(
            f"probability = {probability!r} is not allowed; give a number, one for each arc, or "
            "'weighted_cascade'."
        )
    given = np.asarray(probability)
    if given.dtype.kind not in "fiu" or given.shape not in ((), (network.arcs,)):
        raise InputError(
            f"probability = {probability!r} is not allowed; give a number, one for each of the "
            f"{network.arcs} arcs in the order of indices, or 'weighted_cascade'."
        )
    chance = np.ascontiguousarray(given, np.float64).reshape(-1)
    wrong = np.flatnonzero(~((chance >= 0.0) & (chance <= 1.0)))
    if wrong.size:
        where = f"[{wrong[0]}]" if given.ndim else ""
        raise InputError(
            f"probability{where} = {chance[wrong[0]]} is not allowed; give numbers from 0 to 1."
        )
    # A network without arcs: an array of none would read as the weighted cascade, as good.
    return chance


def checked_epsilon(epsilon: Any) -> float:
    """How far the guarantee may be from the best that there is."""
    number = isinstance(epsilon, int | float | np.number) and not isinstance(epsilon, bool)
    if number and 0.005 <= float(epsilon) <= 0.3:
        return float(epsilon)
    raise InputError(f"epsilon = {epsilon!r} is not allowed; give a number from .005 to .3.")
