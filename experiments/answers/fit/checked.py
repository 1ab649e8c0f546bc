"""A fit held against the data: what campaigns of the posterior show, and what none of them does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from .infer import Learned
from .rounds import Simulations
from .seen import Reals, Seen, Summaries

BAND: Final = (0.05, 0.5, 0.95)
# A sum of the data is a misfit where so few of the campaigns come to as little, or as much.
_RARE: Final = 0.01
# A correlation from which on an indicator that is not measured would help, of so many.
_HELPS: Final = 0.3
_MOST: Final = 3
# What somebody may measure who runs a campaign.
_MEASURABLE: Final = frozenset((
    "noticed", "reach", "shares", "reshares", "clicks", "conversions", "new_fans", "lost_fans",
    "likes", "comments", "leads", "complaints",
))  # fmt: skip


class Misfit(NamedTuple):
    """Something measured that campaigns of the posterior do not come to.

    Attributes
    ----------
    what
        The indicator and the rows.
    seen, low, high
        What was measured, and between what 98 % of the campaigns lie.
    """

    what: str
    seen: float
    low: float
    high: float


class Helps(NamedTuple):
    """What is not measured and would tell more of a parameter; `correlation` beyond the data."""

    parameter: str
    indicator: str
    correlation: float


@dataclass(frozen=True)
class Checked:
    """Campaigns of the posterior beside the data.

    Attributes
    ----------
    bands
        (3, indicators, rows) 5, 50 and 95 % of what they count in each row.
    totals
        By name, (3,) of their sums over the rows that were measured, and of what else was measured.
    misfits
        What the data show and they do not.
    asked
        How many summaries were held against them.
    tested
        By free parameter that was simulated, how often 90 % intervals of simulated campaigns near
        the data held the truth.
    helps
        What would tell more, where a parameter is open.
    """

    bands: Reals
    totals: dict[str, tuple[float, float, float]]
    misfits: tuple[Misfit, ...]
    asked: int
    tested: tuple[float, ...]
    helps: tuple[Helps, ...]

    @property
    def by_luck(self) -> float:
        """How many misfits there would be by luck alone, were all campaigns of the posterior."""
        return _RARE * self.asked

    @property
    def serious(self) -> bool:
        """Whether a whole series is off, or more of its parts than luck explains."""
        whole = any(", row" not in each.what for each in self.misfits)
        return whole or len(self.misfits) > 2 + 2 * self.by_luck

    @classmethod
    def of(
        cls, what: Seen, checks: Simulations, sims: Simulations, z: Reals, tested: Reals
    ) -> Checked:
        """Hold campaigns of the posterior against the data."""
        summaries = Summaries(what)
        table = checks.tables
        there = np.isfinite(what.table)
        sums = {
            name: np.quantile(table[:, k, there[k]].sum(axis=1), BAND)
            for k, name in enumerate(what.reading.indicators)
        }
        sums |= {name: np.quantile(checks.numbers[name], BAND) for name in what.numbers}
        return cls(
            bands=np.quantile(table, BAND, axis=0),
            totals={name: (float(a), float(b), float(c)) for name, (a, b, c) in sums.items()},
            misfits=tuple(_misfits(what, summaries, checks)),
            asked=len(summaries.names),
            tested=tuple(float(each) for each in tested),
            helps=tuple(_helps(what, summaries, sims, z)),
        )


def _misfits(what: Seen, summaries: Summaries, checks: Simulations) -> list[Misfit]:
    theirs = summaries.of(checks.tables, checks.numbers)
    data = summaries.of_seen(what)
    found = []
    for k, name in enumerate(summaries.names):
        below = (theirs[:, k] <= data[k] + 1e-9).mean()
        above = (theirs[:, k] >= data[k] - 1e-9).mean()
        if min(below, above) * 2 < _RARE:
            low, high = np.quantile(theirs[:, k], [0.01, 0.99])
            if k < len(summaries.names) - len(what.numbers):
                low, high, seen = (float(np.expm1(each)) for each in (low, high, data[k]))
            else:
                seen = float(what.numbers[name])
                low, high = np.quantile(checks.numbers[name], [0.01, 0.99])
            found.append(Misfit(name, seen, float(low), float(high)))
    # Where a whole series is off, its parts are not told one by one.
    whole = {each.what for each in found if ", row" not in each.what}
    return [
        each for each in found if each.what in whole or each.what.split(", row")[0] not in whole
    ]


def _helps(what: Seen, summaries: Summaries, sims: Simulations, z: Reals) -> list[Helps]:
    """What is not measured and says something of a parameter that the data do not say."""
    told = summaries.of(sims.tables, sims.numbers)
    reading = what.reading
    others = {
        name: np.log1p(np.maximum(values, 0.0))
        for name, values in sims.numbers.items()
        if name in _MEASURABLE.difference(reading.indicators) and values.std() > 0.0
    }
    if not others or not len(told) or z.shape[1] == 0:
        return []
    both = np.column_stack([sims.z, *others.values()])
    rest = both - Learned(told, both, summaries.main).told
    many = sims.z.shape[1]
    found = []
    for k in range(many):
        size = rest[:, k].std()
        pairs: list[tuple[float, str]] = []
        for j, name in enumerate(others):
            spread = rest[:, many + j].std()
            if size > 1e-9 and spread > 1e-9:
                pairs.append((float(np.corrcoef(rest[:, k], rest[:, many + j])[0, 1]), name))
        pairs.sort(key=lambda pair: -abs(pair[0]))
        found += [Helps(str(k), name, r) for r, name in pairs[:_MOST] if abs(r) >= _HELPS]
    return found


def plain(checked: Checked) -> dict[str, Any]:
    """What a machine is told of it."""
    return {
        "totals": {name: list(each) for name, each in checked.totals.items()},
        "misfits": [each._asdict() for each in checked.misfits],
        "asked": checked.asked,
        "tested": list(checked.tested),
        "helps": [each._asdict() for each in checked.helps],
    }
