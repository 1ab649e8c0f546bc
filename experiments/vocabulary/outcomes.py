"""The outcomes of a campaign by name: what each is called, its unit, and which way is better."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...sim.errors import InputError, hint
from .currency import MONEY, in_currency
from .glossary import ANYWHERE, TERMS, Range, within

if TYPE_CHECKING:
    from ...sim.parameters import Scenario
    from ...sim.result import Result

# Shares from which on a cascade has taken off (Goel, Anderson, Hofman & Watts 2016: popular).
TAKE_OFF: Final = 100

Direction = Literal[-1, 0, 1]


class Outcome(NamedTuple):
    """An outcome.

    Attributes
    ----------
    name
        As in `Result.kpis`, or one of those that are added here.
    label
        What people read.
    form
        How a value is written: count, number, rate or money; money with the sign of a currency.
    direction
        1 if more is better, -1 if less is, 0 if neither can be said.
    meaning
        One sentence.
    money
        How money is written beside it, such as what it costs to have more of it.
    """

    name: str
    label: str
    form: str
    direction: Direction
    meaning: str
    money: str = MONEY

    def in_currency_of(self, scenario: Scenario) -> Outcome:
        """The same, with money in the currency of a scenario, and conversions by its name too."""
        form, label = in_currency(self.form, scenario), self.label
        if self.name == "conversions":
            label = named(scenario)
        return self._replace(form=form, label=label, money=in_currency(MONEY, scenario))

    @property
    def good(self) -> int:
        """Which way is looked for: -1 if less is better, else 1."""
        return -1 if self.direction < 0 else 1

    @property
    def within(self) -> Range:
        """Between which numbers it lies in every campaign, both ends included."""
        return within(self.name, self.form)

    def of(self, result: Result) -> float:
        """Its value in a campaign; nan where it is not defined."""
        if self.name == "took_off":
            return float(result.cascades.size.max(initial=0) >= TAKE_OFF)
        return float(result.kpis[self.name])

    def noun(self, scenario: Scenario) -> str:
        """What it is called in a sentence about a scenario, which names its own conversions."""
        return scenario.outcome if self.name == "conversions" else self.label.lower()


def named(scenario: Scenario) -> str:
    """What conversions are called in a table: as the scenario calls them, and as the field does.

    Examples
    --------
    >>> from wordofmouth.sim.parameters import Scenario
    >>> named(Scenario(outcome="orders"))
    'Orders (conversions)'
    """
    return f"{scenario.outcome[:1].upper()}{scenario.outcome[1:]} (conversions)"


# Less of these is better; of the next ones neither can be said, because they are as good as what
# they are spent on or come with.
_LESS: Final = frozenset((
    "churn", "complaints", "refunds", "cost", "reward_cost", "cost_per_exposure",
    "cost_per_trusted_exposure", "cost_per_incremental_share", "cost_per_conversion",
))  # fmt: skip
_NEITHER: Final = frozenset((
    "frequency", "structural_virality", "gaps_found", "retargeting_list", "time_to_half",
    "complaint_time_to_half", "content_gaps_found",
))  # fmt: skip


def _direction(name: str) -> Direction:
    return -1 if name in _LESS else 0 if name in _NEITHER else 1


OUTCOMES: Final[dict[str, Outcome]] = {
    **{
        name: Outcome(name, term.label, term.form, _direction(name), term.meaning)
        for name, term in TERMS.items()
    },
    "took_off": Outcome(
        "took_off",
        "Took off",
        "rate",
        1,
        f"Whether the largest cascade came to {TAKE_OFF} shares or more.",
    ),
}
# As the goals of a campaign are called in conversation (001: the social bond).
_ALSO: Final = {
    "bond": "mean_bond",
    "trust": "mean_trust",
    "followers": "fans",
    **dict.fromkeys(("orders", "sales", "purchases", "sign-ups", "registrations"), "conversions"),
}


def outcome(name: str) -> Outcome:
    """The outcome of this name.

    Raises
    ------
    InputError
        If there is none.

    Examples
    --------
    >>> outcome("churn").label, outcome("churn").direction
    ('Churn', -1)
    >>> outcome("bond").name
    'mean_bond'
    """
    known = _ALSO.get(name, name)
    if known in OUTCOMES:
        return OUTCOMES[known]
    meant = hint(name, [*OUTCOMES, *_ALSO], f"give one of {', '.join(OUTCOMES)}.")
    raise InputError(f"outcome = {name!r} is no outcome; {meant}")


def form_of(name: str, scenario: Scenario | None = None) -> str:
    """How the values of an outcome are written; those that nobody has described are numbers.

    In the currency of a scenario, where one is given.
    """
    form = OUTCOMES[name].form if name in OUTCOMES else "number"
    return form if scenario is None else in_currency(form, scenario)


def range_of(name: str) -> Range:
    """Between which numbers an outcome lies; anywhere, where nobody has described it."""
    return OUTCOMES[name].within if name in OUTCOMES else ANYWHERE


def read(result: Result, names: Iterable[str] = tuple(OUTCOMES)) -> NDArray[np.float64]:
    """The values of outcomes in a campaign, float64, in the order of the names; nan: not defined.

    Raises
    ------
    InputError
        If a name is no outcome.
    """
    return np.array([outcome(name).of(result) for name in names], np.float64)
