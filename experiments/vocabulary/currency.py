"""How money is written: a form that has the sign of the scenario's currency in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ...sim.parameters import Scenario

MONEY: Final = "money"
# Signs that are understood without the code; all other codes stand as they are.
_SIGNS: Final = {
    "EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "ILS": "₪",
    "VND": "₫", "UAH": "₴", "TRY": "₺", "PHP": "₱", "NGN": "₦",
    "AUD": "A$", "CAD": "C$", "NZD": "NZ$", "HKD": "HK$", "CNY": "CN¥", "BRL": "R$", "MXN": "MX$",
}  # fmt: skip


def sign_of(scenario: Scenario) -> str:
    """The sign of its currency, the code where that has none; empty where none is named.

    Examples
    --------
    >>> from wordofmouth.sim.parameters import Scenario
    >>> [sign_of(Scenario(currency=each)) for each in ("EUR", "CHF", "kr", None)]
    ['€', 'CHF', 'kr', '']
    """
    currency = scenario.currency or ""
    return _SIGNS.get(currency, currency)


def in_currency(form: str, scenario: Scenario) -> str:
    """The form of a value in a scenario: that of money with its sign, any other as it is.

    Examples
    --------
    >>> from wordofmouth.sim.parameters import Scenario
    >>> in_currency("money", Scenario(currency="EUR")), in_currency("money", Scenario())
    ('money €', 'money')
    >>> in_currency("rate", Scenario(currency="EUR"))
    'rate'
    """
    sign = sign_of(scenario)
    return f"{MONEY} {sign}" if sign and form == MONEY else form


def unit_of(scenario: Scenario) -> str:
    """What an axis says of its money: the sign, or that it is money.

    Examples
    --------
    >>> from wordofmouth.sim.parameters import Scenario
    >>> unit_of(Scenario(currency="EUR")), unit_of(Scenario())
    ('€', 'money')
    """
    return sign_of(scenario) or MONEY
