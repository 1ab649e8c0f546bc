"""What is believed of a parameter before the data: a law from where the schema declares it.

Everything is reckoned on one scale, `z`, on which each law is the standard normal:

    z = Phi^-1(F(value)),     value = F^-1(Phi(z))

so that bounds are kept, a draw of any law is a draw of `z`, and the width that is left after the
data is the standard deviation of `z`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from scipy import stats
from scipy.special import expit, logit, ndtr, ndtri

from ....sim.errors import InputError
from ....sim.parameters import Scenario

Reals = NDArray[np.float64]

# Spreads by themselves. Of a chance in log-odds: 1 holds 95 % within a factor of 7 in odds either
# way; of a positive number in logarithms; of a weight in log-odds. Where the schema names a source
# half as much is believed to be open. All of these are assumed.
SPREAD: Final = {"logitnormal": 1.0, "lognormal": 0.7, "normal": 1.0}
MEASURED: Final = 0.5
# Law, and what its two numbers are.
LAWS: Final = {
    "logitnormal": ("a median between 0 and 1", "a spread in log-odds above 0"),
    "lognormal": ("a median above 0", "a spread in logarithms above 0"),
    "normal": ("a mean", "a standard deviation above 0"),
    "uniform": ("the least", "the most, above it"),
    "beta": ("a number above 0", "a number above 0"),
}
# Beyond this a standard normal is not looked at.
_FAR: Final = 8.0


@dataclass(frozen=True)
class Prior:
    """The prior of one parameter.

    Attributes
    ----------
    path
        Its dotted path.
    law
        ``logitnormal``, ``lognormal``, ``normal``, ``uniform`` or ``beta``.
    a, b
        Median and spread, mean and deviation, least and most, or the two numbers of a beta.
    low, high
        The range that the schema allows.
    source
        Where it comes from, in words.

    Examples
    --------
    >>> chance = Prior("share.base.fan", "logitnormal", 0.02, 1.0, 0.0, 1.0)
    >>> round(float(chance.value(0.0)), 3), round(float(chance.value(1.96)), 3)
    (0.02, 0.127)
    """

    path: str
    law: str
    a: float
    b: float
    low: float = -math.inf
    high: float = math.inf
    source: str = "given"

    def value(self, z: ArrayLike) -> Reals:
        """The values at places of the standard normal."""
        at = np.clip(np.asarray(z, float), -_FAR, _FAR)
        match self.law:
            case "logitnormal":
                found = expit(logit(self.a) + self.b * at)
            case "lognormal":
                found = self.a * np.exp(self.b * at)
            case "normal":
                found = self.a + self.b * at
            case "uniform":
                found = self.a + (self.b - self.a) * ndtr(at)
            case _:
                found = stats.beta(self.a, self.b).ppf(ndtr(at))
        kept: Reals = np.clip(np.asarray(found, float), self.low, self.high)
        return kept

    def place(self, value: ArrayLike) -> Reals:
        """Where values lie on the scale of the standard normal."""
        given = np.asarray(value, float)
        with np.errstate(divide="ignore", invalid="ignore"):
            match self.law:
                case "logitnormal":
                    found = (logit(given) - logit(self.a)) / self.b
                case "lognormal":
                    found = (np.log(given) - math.log(self.a)) / self.b
                case "normal":
                    found = (given - self.a) / self.b
                case "uniform":
                    found = ndtri((given - self.a) / (self.b - self.a))
                case _:
                    found = ndtri(stats.beta(self.a, self.b).cdf(given))
        kept: Reals = np.clip(np.asarray(found, float), -_FAR, _FAR)
        return kept

    @property
    def words(self) -> str:
        """It in a few words."""
        a, b = f"{self.a:.3g}", f"{self.b:.3g}"
        return {
            "logitnormal": f"log-odds normal, median {a}, spread {b}",
            "lognormal": f"log-normal, median {a}, spread {b}",
            "normal": f"normal, mean {a}, deviation {b}",
            "uniform": f"uniform, {a} to {b}",
            "beta": f"beta ({a}, {b})",
        }[self.law]


def field_of(scenario: Scenario, path: str) -> tuple[FieldInfo | None, Any]:
    """Where the schema declares a parameter, and its value in a scenario."""
    place: Any = scenario
    field = None
    for part in path.split("."):
        if isinstance(place, BaseModel):
            field = type(place).model_fields.get(part)
            place = getattr(place, part, None)
        elif isinstance(place, Mapping):
            field, place = None, place.get(part)
        elif isinstance(place, tuple) and part.isdecimal() and int(part) < len(place):
            field, place = None, place[int(part)]
        else:
            return None, None
    return field, place


def prior_of(scenario: Scenario, path: str) -> Prior:
    """The prior that a parameter has by itself: from its range, its source and its value.

    Raises
    ------
    InputError
        If it cannot be fitted by itself, with what to give.
    """
    if path.startswith("network."):
        raise InputError(
            f"--free {path}: every run would need a network of its own; compare a few with "
            "wom sweep, and fit the rest."
        )
    field, value = field_of(scenario, path)
    low, high, unit, source = _declared(field)
    if field is None or isinstance(value, bool | str) or not isinstance(value, int | float):
        word = isinstance(value, bool | str)
        told = f"{value!r} here" if word else "no number of this scenario"
        raise InputError(f"--free {path}: this is {told}; name a parameter that is a number.")
    if isinstance(value, int) and field.annotation is int:
        raise InputError(
            f"--free {path}: this is a whole number, which is not fitted; compare a few with "
            "wom sweep, and fit the rest."
        )
    share = unit.startswith("share,") and value <= 1.0
    law = _law(low, 1.0 if share else high, unit, share=share)
    outside = law == "logitnormal" and not 0.0 < value < 1.0
    if outside or (law == "lognormal" and value <= 0.0):
        raise InputError(
            f"--free {path}: it is {value:g} in the scenario, around which there is no prior; set "
            f"another value, or give one: --prior '{path}=uniform 0 0.1'."
        )
    known = source != "" and "assumed" not in source and source != "the scenario"
    spread = SPREAD[law] * (MEASURED if known else 1.0)
    why = f"the schema: {source}" if known else "assumed"
    return Prior(path, law, float(value), spread, low, 1.0 if share else high, why)


def _declared(field: FieldInfo | None) -> tuple[float, float, str, str]:
    """Range, unit and source of a declared parameter."""
    low, high = -math.inf, math.inf
    for each in () if field is None else field.metadata:
        low = float(getattr(each, "ge", getattr(each, "gt", low)))
        high = float(getattr(each, "le", high))
    extra = None if field is None else field.json_schema_extra
    told = extra if isinstance(extra, dict) else {}
    return low, high, str(told.get("unit") or ""), str(told.get("source") or "")


def _law(low: float, high: float, unit: str, *, share: bool) -> str:
    if unit == "probability" or share or (low == 0.0 and high == 1.0):
        return "logitnormal"
    return "normal" if low < 0.0 and unit == "log-odds" else "lognormal"


def given_prior(scenario: Scenario, path: str, said: Any) -> Prior:
    """A prior that somebody gives: a `Prior`, or a law with two numbers, as text or in a list.

    Raises
    ------
    InputError
        If it is none, with what is allowed.

    Examples
    --------
    >>> given_prior(Scenario(), "share.base.fan", "uniform 0 0.1").words
    'uniform, 0 to 0.1'
    """
    if isinstance(said, Prior):
        return said
    parts = (
        said.split()
        if isinstance(said, str)
        else list(said)
        if isinstance(said, list | tuple)
        else []
    )
    field, _ = field_of(scenario, path)
    low, high, unit, _ = _declared(field)
    if field is None:
        raise InputError(f"--prior {path}: the scenario has no such number; check the spelling.")
    if unit.startswith("share,"):
        high = 1.0
    law = str(parts[0]).replace("-", "").lower() if parts else ""
    if law not in LAWS or len(parts) != 3:
        raise InputError(
            f"--prior {path} = {said!r} is not allowed; give a law and two numbers, such as "
            f"'uniform 0 0.1'; laws are {', '.join(LAWS)}."
        )
    try:
        a, b = float(parts[1]), float(parts[2])
    except (TypeError, ValueError):
        a = b = math.nan
    fine = {
        "logitnormal": 0.0 < a < 1.0 and b > 0.0,
        "lognormal": a > 0.0 and b > 0.0,
        "normal": b > 0.0,
        "uniform": low <= a < b <= high,
        "beta": a > 0.0 and b > 0.0,
    }[law]
    if not (fine and math.isfinite(a) and math.isfinite(b)):
        span = f", within {low:g} to {high:g}" if law == "uniform" else ""
        raise InputError(
            f"--prior {path} = {said!r} is not allowed; give {LAWS[law][0]} and {LAWS[law][1]}"
            f"{span}."
        )
    return Prior(path, law, a, b, low, high)


def values(priors: list[Prior], z: Reals) -> Reals:
    """(draws, parameters) of values at places of the standard normal."""
    return np.column_stack([each.value(z[:, k]) for k, each in enumerate(priors)])
