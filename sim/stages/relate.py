"""Relate: what noticing does to the relation with the brand, and what silence leaves of it.

Giving before asking pays (value first, 003): what was given is an average over the posts noticed,

    given += memory * (value - given)

and a post that sells harder than that costs trust (000, 001, 003), as does one that only talks at
people (001: monologue is punished):

    trust *= (1 - pressure * max(0, commerciality - given)) * (1 - monologue * (1 - dialogue))

Self-disclosure d gains bond, most at its optimum o and nothing from 2 o on (003, 004; Collins &
Miller 1994): ``bond += gain * d (2 o - d) / o**2 * (1 - bond)``. Silence lets trust fall towards
that of strangers and the bond towards nothing, by half in a half-life each (004).
"""

from __future__ import annotations

from ..jit import inline


@inline
def raised(x: float, gain: float) -> float:
    """Bond or trust after a friendly contact: closer to 1 by a share of what is missing."""
    return x + gain * (1.0 - x)


@inline
def remembered(given: float, memory: float, value: float) -> float:
    """The average value of what was given, the newest post included."""
    return given + memory * (value - given)


@inline
def pressed(trust: float, pressure: float, commerciality: float, given: float) -> float:
    """Trust after a post that sells, against what was given before."""
    return trust * (1.0 - pressure * max(commerciality - given, 0.0))


@inline
def talked_at(trust: float, monologue: float, dialogue: float) -> float:
    """Trust after a post that is dialogue so far, and monologue for the rest."""
    return trust * (1.0 - monologue * (1.0 - dialogue))


@inline
def harmed(trust: float, harm: float) -> float:
    """Trust after a loss of a share of it."""
    return trust * (1.0 - harm)


@inline
def faded(x: float, prior: float, left: float) -> float:
    """What is left of trust or bond above (or below) what silence leads to."""
    return prior + (x - prior) * left
