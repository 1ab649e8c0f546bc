"""What counts tell by themselves: a chance that each of so many took, one by one.

Of n who could, k did, each with the same chance p and whatever the others did:

    p | k, n ~ Beta(a + k, b + n - k)

for a prior Beta(a, b). This is exact, and takes no simulation. In this model it holds of a
transaction given that the brand was found (`transact.convert`), where nothing else is in its
log-odds and nothing that is measured follows from it. A click is no such count of what is measured:
impressions are posts that arrived, of which people notice some, and the more often they do, the
more chances they have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

from ....sim.parameters import Scenario
from .prior import Prior, Reals
from .seen import Seen
from .simulated import used_types

CONVERT: Final = "transact.convert"
_LEAVES: Final = frozenset(("conversions", "revenue"))
_WEIGHTS: Final = (
    "convert_trust", "convert_value", "convert_given", "convert_reward", "convert_price",
    "convert_risk",
)  # fmt: skip
# A prior that is no beta is weighed at so many places of its own.
_GRID: Final = 20_001


@dataclass(frozen=True)
class ByCount:
    """A parameter that counts tell by themselves.

    Attributes
    ----------
    prior
        Of the parameter.
    did, could
        How many did, of how many.
    of
        Who could, as an indicator.
    """

    prior: Prior
    did: int
    could: int
    of: str

    @property
    def sentence(self) -> str:
        """How it is known."""
        return (
            f"{self.prior.path} is inferred from the counts alone, {self.did:,} conversions of "
            f"{self.could:,} {self.of}, and exactly; it takes no simulation."
        )

    def draws(self, many: int, generator: np.random.Generator) -> Reals:
        """(many,) draws of its posterior, on the scale of its prior."""
        if self.prior.law == "beta":
            law = stats.beta(self.prior.a + self.did, self.prior.b + self.could - self.did)
            return self.prior.place(law.rvs(many, random_state=generator))
        z = np.linspace(-6.0, 6.0, _GRID)
        p = np.clip(self.prior.value(z), 1e-300, 1.0 - 1e-16)
        log = stats.norm.logpdf(z) + stats.binom.logpmf(self.did, self.could, p)
        weight = np.exp(log - log.max())
        total = np.cumsum(weight) / weight.sum()
        found: Reals = np.interp(generator.random(many), total, z)
        return found


def counted(
    scenario: Scenario, what: Seen, priors: list[Prior], moved: Mapping[str, set[str]]
) -> ByCount | None:
    """The parameter that counts tell by themselves, if that is free and all that it takes is so."""
    prior = next((each for each in priors if each.path == CONVERT), None)
    names = what.reading.indicators
    if prior is None or "conversions" not in names or scenario.timeline or scenario.segments:
        return None
    could = next((each for each in ("found", "clicks") if each in names), None)
    rewarded = scenario.incentives.recipient > 0.0
    acting = [name for name in _WEIGHTS if rewarded or name != "convert_reward"]
    alike = not any(getattr(scenario.transact, name) for name in acting)
    # A price that friends get off is felt by whoever comes through one.
    alike &= not (scenario.transact.elasticity and scenario.incentives.discount)
    whole = scenario.transact.link == 1.0 and scenario.boost.find == 0.0
    types = [each for name, each in scenario.content_types.items() if name in used_types(scenario)]
    whole &= all(each.fidelity == 1.0 for each in types)
    for_all = not any(each.exclusive for each in types)
    leaf = moved[CONVERT] <= _LEAVES and "revenue" not in names
    if could is None or not (alike and for_all and leaf and scenario.boost.convert == 0.0):
        return None
    if could == "clicks" and not whole:
        return None
    both = np.isfinite(what.table[[names.index("conversions"), names.index(could)]]).all(axis=0)
    did, of = (int(what.table[names.index(each), both].sum()) for each in ("conversions", could))
    gaps = bool(np.isfinite(what.table[names.index("conversions")]).sum() > both.sum())
    return (
        None
        if gaps or did > of or scenario.complaints.rate > 0.0
        else ByCount(prior, did, of, could)
    )
