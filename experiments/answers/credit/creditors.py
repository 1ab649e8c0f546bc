"""To whom the conversions of a campaign are owed: people, roles, hops, outlets, channels, content.

Each table gives labels and the parts of conversions that go to them, a column for each rule.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from ....sim.plan import OWN
from ....sim.result import Result
from ....sim.wave import BRAND, OUTLET
from ....sim.world import ROLES

if TYPE_CHECKING:
    from .answer import Credit

RULES: Final = ("first", "last", "shapley")
DIRECT: Final = "nobody: directly"
PEOPLE: Final = "people"


def _grouped(size: int, group: NDArray[Any], parts: NDArray[Any]) -> NDArray[Any]:
    """The parts of the shares, added up by group."""
    total = np.zeros((size, parts.shape[1]), parts.dtype)
    np.add.at(total, group, parts)
    return total


def person_parts(owed: Credit) -> NDArray[Any]:
    """The parts that each person gets, ``[person, rule]``."""
    result = owed.result
    return _grouped(result.network["agents"], result.share_log.person, owed.shares)


def _directly(owed: Credit, size: int, group: NDArray[Any]) -> NDArray[Any]:
    """Parts of the conversions that nobody passed on, the same under every rule, by group."""
    whole = np.full((group.size, len(RULES)), owed.parts, owed.shares.dtype)
    return _grouped(size, group, whole)


def _persons(owed: Credit) -> tuple[Any, NDArray[Any]]:
    result = owed.result
    people = person_parts(owed)
    named = np.flatnonzero((people != 0).any(axis=1))
    ids = result.network["ids"]
    labels: list[Any] = (named if ids is None else ids[named]).tolist()
    code = result.buyer_log.sender[owed.buyers < 0]
    others, which = np.unique(code, return_inverse=True)
    return (
        [*labels, *others.tolist()],
        np.concatenate([people[named], _directly(owed, others.size, which)]),
    )


def _roles(owed: Credit) -> tuple[Any, NDArray[Any]]:
    result = owed.result
    by_role = _grouped(len(ROLES), result.role[result.share_log.person], owed.shares)
    none = _directly(owed, 1, np.zeros(owed.direct, np.int64))
    return [*ROLES, DIRECT], np.concatenate([by_role, none])


def _hops(owed: Credit) -> tuple[Any, NDArray[Any]]:
    hop = owed.result.share_log.hop
    size = int(hop.max(initial=0)) + 2
    by_hop = _grouped(size, hop + 1, owed.shares)
    return range(size), by_hop + _directly(owed, size, np.zeros(owed.direct, np.int64))


def _outlets(owed: Credit) -> tuple[Any, NDArray[Any]]:
    """By the account whose post began it, which is a player beside the people of the chain."""
    result, buyers = owed.result, owed.result.buyer_log
    direct = owed.buyers < 0
    first = buyers.sender.copy()
    first[~direct] = result.share_log.sender[owed.root[owed.buyers[~direct]]]
    names = ["own profile", *_accounts(result), "advocates' own posts", PEOPLE]
    account = np.where(first == BRAND, 0, 1 + OUTLET - first)
    account[(first == BRAND) & (result.kinds[buyers.message] == OWN)] = len(names) - 2
    players = np.where(direct, 1, buyers.hop.astype(np.int64) + 1)
    part = np.array([owed.parts // d for d in players.tolist()], owed.shares.dtype)
    whole = np.full(part.size, owed.parts, owed.shares.dtype)
    own = np.stack([whole, np.where(direct, whole, 0 * whole), part], axis=1)
    total = _grouped(len(names), account, own)
    total[-1] += (whole[:, None] - own).sum(axis=0)
    return _merged(names, total)


def _accounts(result: Result) -> list[str]:
    """The accounts that are not the brand's, in the order of their numbers."""
    publish = result.scenario.publish
    outlets = [outlet.name for outlet in publish.outlets for _ in range(outlet.count)]
    others = [*(ad.name for ad in publish.ads), *(rival.name for rival in publish.rivals)]
    return [*outlets, *others]


def _channels(result: Result) -> list[str]:
    first = next(iter(result.scenario.channels))
    return [post.channel or first for post in result.posts]


def _of_message(owed: Credit, names: list[str]) -> tuple[Any, NDArray[Any]]:
    message = owed.result.buyer_log.message
    return _merged(names, _directly(owed, len(names), message))


def _merged(names: list[str], parts: NDArray[Any]) -> tuple[Any, NDArray[Any]]:
    """Rows of one name put together, in the order of their first."""
    place = {name: k for k, name in enumerate(dict.fromkeys(names))}
    group = np.array([place[name] for name in names], np.int64)
    return list(place), _grouped(len(place), group, parts)


TABLES: Final[dict[str, Callable[[Credit], tuple[Any, NDArray[Any]]]]] = {
    "person": _persons,
    "role": _roles,
    "hop": _hops,
    "outlet": _outlets,
    "channel": lambda owed: _of_message(owed, _channels(owed.result)),
    "content": lambda owed: _of_message(owed, [post.type for post in owed.result.posts]),
}
