r"""Credit for the conversions of one campaign: to people, roles, hops, outlets, channels, content.

The forest is exact, so that for every conversion the chain of people is known over whom it came
from the brand to the buyer. Three rules share out a conversion among the ``d`` people of its chain:

``first``
    First touch: all to whoever began to pass it on, the root of the cascade.
``last``
    Last touch: all to whoever the buyer had it from.
``shapley``
    The Shapley value of the game that the recorded chain makes: the conversion happens if
    everybody on it passes it on and not otherwise, ``v(C) = 1`` for ``C`` that contains the whole
    chain and else 0. That is a unanimity game, whose Shapley value is ``1 / d`` for each on the
    chain and 0 for everybody else (Shapley 1953).

Nobody is owed their own purchase: where the buyer had passed it on themselves, and had it back over
others, the chain begins with whoever had it from them. Who bought buys no second time over another
post or channel (`transact.once`), so that who is the only one to have told somebody is owed one
conversion of theirs at most.

A conversion without people on its chain is the brand's or the outlet's own under every rule. That
the buyer might have heard it another way, had one on the chain kept silent, is no part of the
game: what a person's silence would have changed is asked of two campaigns, not of one.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ....sim.errors import InputError
from ....sim.forest import parents
from ....sim.metrics import trees
from ....sim.plan import OWN
from ....sim.result import Result
from ....sim.sources import ranked
from ....sim.wave import BRAND, OUTLET
from ....sim.world import ROLES
from .answer import RULES, Credit, Owed

DIRECT: Final = "nobody: directly"
PEOPLE: Final = "people"
# What began with somebody who said something of the brand unasked.
MENTIONS: Final = "unasked mentions"
# Parts of a conversion are whole numbers that fit into 64 bits, or Python's own above this.
_FIT: Final = 2**62


class _Chains(NamedTuple):
    """The first fields of a `Credit`."""

    result: Result
    parts: int
    shares: NDArray[Any]
    buyers: NDArray[np.int64]
    root: NDArray[np.int64]
    length: NDArray[np.int64]


def credit(result: Result) -> Credit:
    """Share out the conversions of a campaign among those over whom they came.

    Parameters
    ----------
    result
        The campaign; its first purchases are shared out, not the repeated ones.

    Returns
    -------
    Credit
        ``credit(result).by("person")``; each column adds up to the conversions.

    Examples
    --------
    >>> from wordofmouth.experiments.answers.credit.find import credit
    >>> from wordofmouth.sim.campaign import run
    >>> from wordofmouth.sim.parameters import Scenario
    >>> certain = {"share.base.fan": 1.0, "share.base.stranger": 1.0, "publish.seeds": 1}
    >>> sure = {"transact.click": 1.0, "transact.convert": 1.0, "transact.recall": 1.0}
    >>> small = Scenario(horizon=4).replace({"network.people": 50, "people.fans": 0.0})
    >>> owed = credit(run(small.replace(certain | sure), seed=1))
    >>> owed.total == round(owed.by("hop")["shapley"].sum())
    True

    References
    ----------
    Shapley 1953, "A value for n-person games" (unanimity games); Singal, Besbes, Desir, Goyal &
    Iyengar 2022, "Shapley meets uniform: an axiomatic framework for attribution in online
    advertising".
    """
    if not isinstance(result, Result):
        raise InputError(
            f"result = {result!r} is not allowed; give a Result, such as "
            "wordofmouth.run(wordofmouth.load('open_house'))."
        )
    shares, buyers, n = result.share_log, result.buyer_log, result.network["agents"]
    parent = parents(shares, n)
    source = _share_of(result, buyers.sender)
    root = trees(parent).root
    top, own = _begin(result, parent, source, root)
    length = np.where(source < 0, 1, buyers.hop).astype(np.int64)
    below = own >= 0
    length[below] -= shares.hop[own[below]] + 1
    # With the post that began it among the players a chain is longer by one.
    lengths = np.unique(np.concatenate([length, length[source >= 0] + 1])).tolist()
    whole = math.lcm(*lengths) if lengths else 1
    exact: Any = np.int64 if whole * max(buyers.person.size, 1) < _FIT else object
    parts = np.zeros((shares.person.size, len(RULES)), exact)
    through = source >= 0
    at = source[through]
    np.add.at(parts[:, 0], top[through], whole)
    np.add.at(parts[:, 1], at, whole)
    each = np.array([whole // d for d in length.tolist()], exact)
    # What is handed up to the buyers themselves is taken off there, and goes no further.
    at, handed = np.concatenate([at, own[below]]), [each[through], -each[below]]
    parts[:, 2] = _handed_up(parent, shares.hop, at, np.concatenate(handed))
    chains = _Chains(result, whole, parts, source, root, length)
    return Credit(*chains, {what: owed(chains) for what, owed in TABLES.items()})


def _share_of(result: Result, who: NDArray[np.int32]) -> NDArray[np.int64]:
    """The row in which each of these passed on what was bought; -1 where they are no person."""
    shares, buyers, n = result.share_log, result.buyer_log, result.network["agents"]
    if not shares.person.size:
        return np.full(buyers.person.size, -1, np.int64)
    # A person passes a message on once: message and person name the share.
    name = shares.message.astype(np.int64) * n + shares.person
    order = np.argsort(name, kind="stable")
    wanted = buyers.message.astype(np.int64) * n + who
    place = np.searchsorted(name, wanted, sorter=order)
    found = order[np.minimum(place, name.size - 1)]
    return np.where((who < 0) | (name[found] != wanted), -1, found)


def _begin(
    result: Result, parent: NDArray[np.int64], source: NDArray[np.int64], root: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The share with which the chain of each conversion begins; the buyer's above it, or -1."""
    own = _share_of(result, result.buyer_log.person)
    top = np.where(source < 0, -1, root[source]) if root.size else source.copy()
    above = np.full(source.size, -1, np.int64)
    # Who passed it on too may stand above whoever they had it back from.
    climbing = np.flatnonzero((own >= 0) & (source >= 0))
    at = source[climbing]
    while climbing.size:
        met = parent[at] == own[climbing]
        top[climbing[met]], above[climbing[met]] = at[met], own[climbing[met]]
        further = ~met & (parent[at] >= 0)
        climbing, at = climbing[further], parent[at][further]
    return top, above


def _handed_up(
    parent: NDArray[np.int64], hop: NDArray[np.int32], at: NDArray[np.int64], each: NDArray[Any]
) -> NDArray[Any]:
    """To each share what it gets and what all below it get: a chain's part for each on it."""
    got = np.zeros(parent.size, each.dtype)
    np.add.at(got, at, each)
    # From the latest hop up, so that each share hands on once, and all at a hop together.
    rows = np.flatnonzero(parent >= 0)
    rows = rows[np.argsort(-hop[rows], kind="stable")]
    for block in np.split(rows, np.flatnonzero(np.diff(hop[rows])) + 1):
        np.add.at(got, parent[block], got[block])
    return got


def _grouped(size: int, group: NDArray[Any], parts: NDArray[Any]) -> NDArray[Any]:
    """The parts of the shares, added up by group."""
    total = np.zeros((size, parts.shape[1]), parts.dtype)
    np.add.at(total, group, parts)
    return total


def _directly(owed: _Chains, size: int, group: NDArray[Any]) -> NDArray[Any]:
    """Parts of the conversions that nobody passed on, the same under every rule, by group."""
    whole = np.full((group.size, len(RULES)), owed.parts, owed.shares.dtype)
    return _grouped(size, group, whole)


def _persons(owed: _Chains) -> Owed:
    result = owed.result
    people = _grouped(result.network["agents"], result.share_log.person, owed.shares)
    named = np.flatnonzero((people != 0).any(axis=1))
    ids = result.network["ids"]
    labels: list[Any] = (named if ids is None else ids[named]).tolist()
    code = result.buyer_log.sender[owed.buyers < 0]
    others, which = np.unique(code, return_inverse=True)
    return (
        [*labels, *others.tolist()],
        np.concatenate([people[named], _directly(owed, others.size, which)]),
    )


def _roles(owed: _Chains) -> Owed:
    result = owed.result
    by_role = _grouped(len(ROLES), result.role[result.share_log.person], owed.shares)
    none = _directly(owed, 1, np.zeros((owed.buyers < 0).sum(), np.int64))
    return [*ROLES, DIRECT], np.concatenate([by_role, none])


def _hops(owed: _Chains) -> Owed:
    hop = owed.result.share_log.hop
    size = int(hop.max(initial=0)) + 2
    by_hop = _grouped(size, hop + 1, owed.shares)
    return range(size), by_hop + _directly(owed, size, np.zeros((owed.buyers < 0).sum(), np.int64))


def _outlets(owed: _Chains) -> Owed:
    """By the account whose post began it, which is a player beside the people of the chain."""
    result, buyers = owed.result, owed.result.buyer_log
    direct = owed.buyers < 0
    first = buyers.sender.copy()
    first[~direct] = result.share_log.sender[owed.root[owed.buyers[~direct]]]
    names = ["own profile", *_accounts(result), MENTIONS, "advocates' own posts", PEOPLE]
    account = np.where(first == BRAND, 0, 1 + OUTLET - first)
    account[(first == BRAND) & (result.kinds[buyers.message] == OWN)] = len(names) - 2
    account[(first == BRAND) & result.mentions[buyers.message]] = len(names) - 3
    players = np.where(direct, 1, owed.length + 1)
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
    return [*outlets, *others, *(f"{name} (ranked feed)" for name in ranked(result.scenario))]


def _channels(owed: _Chains) -> Owed:
    first = next(iter(owed.result.scenario.channels))
    return _of_message(owed, [name or first for name in owed.result.labels("channel")])


def _of_message(owed: _Chains, names: list[str]) -> Owed:
    message = owed.result.buyer_log.message
    return _merged(names, _directly(owed, len(names), message))


def _merged(names: list[str], parts: NDArray[Any]) -> Owed:
    """Rows of one name put together, in the order of their first."""
    place = {name: k for k, name in enumerate(dict.fromkeys(names))}
    group = np.array([place[name] for name in names], np.int64)
    return list(place), _grouped(len(place), group, parts)


# By what conversions are credited, and how.
TABLES: Final[dict[str, Callable[[_Chains], Owed]]] = {
    "person": _persons,
    "role": _roles,
    "hop": _hops,
    "outlet": _outlets,
    "channel": _channels,
    "content": lambda owed: _of_message(owed, [post.type for post in owed.result.posts]),
}
