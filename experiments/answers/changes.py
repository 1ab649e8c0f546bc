"""Changes as people give and read them: the money of an ad, and in words what is set.

The money of an ad, `publish.ads.N.budget`, is no parameter, but what buys its impressions. These
are said by the head of an ad's audience, so that what money buys depends on how many people there
are. Every answer that takes levers takes this one. In words each parameter has what it was and what
it becomes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ...scenarios.toml import literal
from ...sim.errors import InputError
from ...sim.network import Network
from ...sim.parameters import Scenario
from ..show.numbers import listed
from ..worlds.networks import Networks

BUDGET: Final = re.compile(r"publish\.ads\.(?P<ad>\d+)\.budget")


def impressions_of(path: str) -> str:
    """The parameter that the money of an ad sets.

    Examples
    --------
    >>> impressions_of("publish.ads.0.budget")
    'publish.ads.0.impressions'
    """
    return f"{path.removesuffix('budget')}impressions"


def people_of(scenario: Scenario, network: Network | None, seed: int, world: int | None) -> int:
    """How many people there are: in the network that is given, its file, or as the scenario says.

    Parameters
    ----------
    scenario, network
        The campaign, and its network where it is not its own.
    seed, world
        Of the first world.
    """
    if network is not None:
        return network.n
    if scenario.network.file is None:
        return scenario.network.people
    return Networks().of(scenario, seed if world is None else world).n


def for_one(scenario: Scenario, path: str, people: int) -> float:
    """Impressions a head that one unit of money buys of an ad.

    Parameters
    ----------
    scenario
        Of which.
    path
        As in `BUDGET`.
    people
        How many there are in the network.

    Raises
    ------
    InputError
        If there is no such ad, or its impressions cost nothing.
    """
    ads = scenario.publish.ads
    number = int(path.split(".")[2])
    if number >= len(ads):
        raise InputError(
            f"{path}: there is no ad {number}; the scenario has {len(ads)}, counted from 0; "
            "give it one, such as --set 'publish.ads=[{format=\"social\"}]'."
        )
    ad = ads[number]
    price = ad.price / 1000.0 * ad.audience * people
    if price <= 0.0:
        raise InputError(
            f"{path}: impressions of this ad cost nothing (cost_per_thousand = "
            f"{ad.price:g}, audience = {ad.audience:g}), so no money follows from "
            f"them; give a price, or use publish.ads.{number}.impressions."
        )
    return 1.0 / price


def spelled_out(scenario: Scenario, changes: Mapping[str, Any], people: int) -> dict[str, Any]:
    """Changes in which the money of each ad has become its impressions.

    Raises
    ------
    InputError
        If an ad has no price, or its money is no amount.

    Examples
    --------
    >>> now = Scenario().replace({"publish.ads": [{"cost_per_thousand": 10.0, "audience": 0.5}]})
    >>> spelled_out(now, {"publish.ads.0.budget": 100.0, "publish.seeds": 2}, 10_000)
    {'publish.ads.0.impressions': 2.0, 'publish.seeds': 2}
    """
    found: dict[str, Any] = {}
    for path, value in changes.items():
        if not BUDGET.fullmatch(path):
            found[path] = value
            continue
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InputError(f"{path} = {value!r} is not allowed; give an amount of money.")
        found[impressions_of(path)] = value * for_one(scenario, path, people)
    return found


# Of the entry of a list, what says most of it, in the order in which it is told.
_TOLD: Final = (
    "name",
    "format",
    "type",
    "tick",
    "ticks",
    "audience",
    "impressions",
    "count",
    "fee",
)
# Names that are told one by one.
_FEW: Final = 3


def in_words(scenario: Scenario, changes: Mapping[str, Any]) -> list[str]:
    """What some changes set, parameter by parameter; alike ones of several content types once.

    Examples
    --------
    >>> now = Scenario()
    >>> in_words(now, {"incentives.discount": 0.2, "content_types.post.offer": 0.9})
    ['incentives.discount from 0 to 0.2', 'offer of post from 0 to 0.9']
    """
    types: dict[str, list[tuple[str, Any, Any]]] = {}
    said: dict[str, str] = {}
    for path, after in changes.items():
        before = value_at(scenario, path)
        head, _, rest = path.partition(".")
        name, _, last = rest.partition(".")
        if isinstance(after, list):
            said[path] = f"{path}: {_entries(before or [], after)}"
        elif head == "content_types" and last:
            said[last] = ""  # it is told where it comes first
            types.setdefault(last, []).append((name, before, after))
        else:
            said[path] = f"{path} from {_short(before)} to {_short(after)}"
    for last, found in types.items():
        names = [name for name, _, _ in found]
        whose = listed(names) if len(names) <= _FEW else f"{len(names)} content types"
        before, after = (_span([each[k] for each in found]) for k in (1, 2))
        said[last] = f"{last} of {whose} from {before} to {after}"
    return list(said.values())


def _span(values: Sequence[Any]) -> str:
    """Values as one, or from the least to the largest.

    Examples
    --------
    >>> _span([0.5, 0.5]), _span([0.9, 0.3, 0.4]), _span([True, False])
    ('0.5', '0.3…0.9', 'true or false')
    """
    told = list(dict.fromkeys(map(_short, values)))
    if len(told) == 1:
        return told[0]
    if all(isinstance(each, int | float) and not isinstance(each, bool) for each in values):
        return f"{_short(min(values))}…{_short(max(values))}"
    return " or ".join(told)


def value_at(scenario: Scenario, path: str) -> Any:
    """The value at a dotted path, entries of lists by their number; None where there is none."""
    place: Any = scenario.to_dict()
    for part in path.split("."):
        if isinstance(place, Mapping):
            place = place.get(part)
        elif isinstance(place, list) and part.isdecimal() and int(part) < len(place):
            place = place[int(part)]
        else:
            return None
    return place


def _entries(before: Sequence[Any], after: Sequence[Any]) -> str:
    """What is new in a list: further entries, or the first that is another."""
    new = [each for each in after if each not in before]
    if len(after) > len(before):
        return "one more, " + "; ".join(map(_entry, new[-1:]))
    place = next((k for k, each in enumerate(after) if each != before[k]), 0)
    return f"number {place + 1} becomes {_entry(after[place])}"


def _entry(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return str(entry)
    return ", ".join(f"{name} {_short(entry[name])}" for name in _TOLD if name in entry)


def _short(value: Any) -> str:
    """A value with the digits that say something.

    Examples
    --------
    >>> _short(0.893217), _short(5.0), _short(True), _short(None), _short("social")
    ('0.893', '5', 'true', 'not set', 'social')
    """
    if value is None:
        return "not set"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value if isinstance(value, str) else literal(value)
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
