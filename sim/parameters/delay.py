"""How long a share waits between the visit at which somebody decides to pass on and the post."""

from __future__ import annotations

from typing import Any, Literal

from .declare import Parameters, parameter


class Delay(Parameters):
    """The law of the delay, in hours, finer than a tick; a number is the mean of an exponential.

    The laws, for a delay of s hours:

    - ``none``: at once, which is the next tick where people are always online;
    - ``constant``: of `mean` hours, for all;
    - ``exponential``: P(delay > s) = exp(-s / mean);
    - ``lognormal``: ln(s) is normal around ln(median), with `sigma`;
    - ``power_law``: density constant up to `onset`, then falling as s ** -(1 + exponent), up to
      `cutoff` (the memory kernel of SEISMIC: Zhao et al. 2015).
    """

    law: Literal["none", "constant", "exponential", "lognormal", "power_law"] = parameter(
        "none", "Law of the delay before a share is posted", source="Zhao et al. 2015; measured"
    )
    mean: float = parameter(
        1.0,
        "Mean of the constant or exponential delay",
        low=0.0,
        high=1e6,
        unit="hours",
        source="assumed",
    )
    median: float = parameter(
        1.3,
        "Median of the lognormal delay",
        low=1e-6,
        high=1e6,
        unit="hours",
        source="measured on 185,461 retweets",
    )
    sigma: float = parameter(
        2.2,
        "Spread of the lognormal delay",
        low=0.0,
        high=10.0,
        unit="log-hours, standard deviation",
        source="measured on 185,461 retweets",
    )
    onset: float = parameter(
        1.0 / 12.0,
        "Up to where the density of the power-law delay is constant",
        low=1e-6,
        high=1e6,
        unit="hours",
        source="Zhao et al. 2015: five minutes",
    )
    exponent: float = parameter(
        0.242,
        "Exponent of the power-law delay",
        low=0.01,
        high=10.0,
        source="Zhao et al. 2015",
    )
    cutoff: float = parameter(
        168.0,
        "Longest power-law delay",
        low=1e-6,
        high=1e6,
        unit="hours",
        source="Zhao et al. 2015: a week",
    )

    def differs_from_default(self) -> dict[str, float]:
        """The numbers that are not the default, by name."""
        names = [name for name in type(self).model_fields if name != "law"]
        told = {name: float(getattr(self, name)) for name in names}
        return {name: value for name, value in told.items() if value != getattr(Delay(), name)}

    @property
    def below_cutoff(self) -> float:
        """The share of the power law, were it without a cut-off, that lies below it.

        Up to the onset s0 it is exponent / (1 + exponent) * s / s0, and then
        1 - (s / s0) ** -exponent / (1 + exponent).
        """
        times = self.cutoff / self.onset
        if times <= 1.0:
            return self.exponent / (1.0 + self.exponent) * times
        return 1.0 - float(times**-self.exponent) / (1.0 + self.exponent)


def as_delay(value: object) -> Any:
    """A delay from a number: the mean of an exponential, none at 0."""
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not number:
        return value
    return {"law": "exponential", "mean": value} if value != 0 else {"law": "none"}
