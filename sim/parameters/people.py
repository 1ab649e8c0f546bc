"""Who lives in the network, and how people differ."""

from __future__ import annotations

import math
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator

from ..errors import InputError
from .declare import Listed, Parameters, chance, parameter, weight

# People of whom there may be so many at most.
MOST: Final = 2_000_000_000


def _visits(value: object) -> object:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if value != "always" and not (number and 0 <= float(value) <= 1e3):  # type: ignore[arg-type]
        raise ValueError("is not allowed; give visits an hour from 0 to 1000, or 'always'.")
    return value


def _part(value: object) -> object:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if number and math.isfinite(value):  # type: ignore[arg-type]
        count = float(value)  # type: ignore[arg-type]
        if 1.0 < count <= MOST and not count.is_integer():
            raise ValueError(
                "is not allowed; give a share from 0 to 1, or a whole number of people above 1."
            )
    return value


def refuse_more(name: str, part: float, people: int) -> None:
    """Refuse more of a kind than there are people.

    Raises
    ------
    InputError
        If `part` is a number of people, and there are fewer.
    """
    if part > max(people, 1):
        raise InputError(
            f"{name} = {int(part)} is more than the network's {people} people; give fewer, or a "
            "share."
        )


def _day(weights: tuple[float, ...]) -> tuple[float, ...]:
    whole = len(weights) == 24 and min(weights) >= 0.0 and 1e-6 <= max(weights) <= 1e6
    if weights and not whole:
        raise ValueError(
            "is not allowed; give 24 numbers from 0 to 1e+06, one for each hour of the day and "
            "not all of them 0, or none."
        )
    return weights


class TrustAtBirth(Parameters):
    """Trust in the brand before the campaign, by role (0..1)."""

    stranger: float = chance(0.4, "Strangers' trust", source="Nielsen 2012, 2015: advertisement")
    fan: float = chance(0.6, "Fans' trust", source="Nielsen 2012, 2015: a brand's own site")
    advocate: float = chance(0.75, "Advocates' trust", source="Nielsen 2012: opinions online")


class BondAtBirth(Parameters):
    """Bond with the brand before the campaign, by role (0..1)."""

    stranger: float = chance(0.0, "Strangers' bond", source="000: someone who doesn't know you")
    fan: float = chance(0.3, "Fans' bond", source="assumed")
    advocate: float = chance(0.6, "Advocates' bond", source="assumed")


# A share, or from 2 on so many people.
Part = Annotated[float, BeforeValidator(_part)]


def part(default: float, label: str, *, source: str) -> Any:
    """Declare a share of people, which from 2 on is so many people."""
    return parameter(
        default, label, low=0.0, high=MOST, unit="share, or people from 2 on", source=source
    )


class People(Parameters):
    """The population: who is said to be in it, shares of each role, and the spread of traits."""

    file: str | None = parameter(
        None, "Table of the people: what it does not say is drawn", source="the user's data"
    )
    fans: Part = part(0.1, "Share of people who follow the brand, or how many", source="assumed")
    advocates: Part = part(0.02, "Share of fans who are advocates, or how many", source="assumed")
    activity: Annotated[float | Literal["always"], BeforeValidator(_visits)] = parameter(
        "always",
        "Visits to the feed, or 'always' where everybody is online all the time",
        unit="visits an hour",
        source="assumed",
    )
    rhythm: Annotated[Listed[float], AfterValidator(_day)] = parameter(
        (),
        "Rhythm of the day: how likely a visit is in each of its 24 hours, the first of which "
        "begins with the campaign; all alike where none is given",
        source="the scenario",
    )
    susceptibility_spread: float = parameter(
        0.0,
        "Spread of susceptibility between people",
        low=0.0,
        high=10.0,
        unit="log-odds, standard deviation",
        source="assumed",
    )
    affinity_spread: float = chance(
        0.0, "Spread of reward affinity around 1 (uniform, half-width)", source="assumed"
    )
    opportunists: Part = part(
        0.0, "Share of people who only come for the reward, or how many", source="assumed"
    )
    reluctance: float = weight(
        4.0, "What keeps an opportunist from sharing without a reward", source="assumed"
    )
    greed: float = parameter(
        3.0,
        "An opportunist's reward affinity, times that of others",
        low=0.0,
        high=100.0,
        source="assumed",
    )
    topic: float = parameter(
        0.0, "Where interests lie", low=0.0, high=1.0, unit="turns", source="assumed"
    )
    topic_spread: float = parameter(
        0.5,
        "Half-width of interests around it; .5 is the whole circle",
        low=0.0,
        high=0.5,
        unit="turns",
        source="assumed",
    )
    overlap: float = chance(
        0.0,
        "Overlap of channels: chance that a membership goes by a rank that all channels share",
        source="003; assumed",
    )
    trust: TrustAtBirth = TrustAtBirth()
    bond: BondAtBirth = BondAtBirth()
