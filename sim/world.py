"""The world of a campaign: the network and its people, as the kernels see them.

Everything here is decided by the world key before the first tick and never written after.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .draws import (
    AFFINITY,
    AUDIENCE,
    INTEREST,
    ROLE,
    SEEDING,
    SUSCEPTIBILITY,
    WORLD,
    draw,
    key,
    uniform,
)
from .errors import InputError
from .jit import inline, jit
from .network import Network
from .parameters import Scenario

STRANGER: Final = 0
FAN: Final = 1
ADVOCATE: Final = 2
ROLES: Final = ("stranger", "fan", "advocate")

# A person's traits lie side by side, so that reading them costs one trip to memory.
TRAITS: Final = np.dtype(
    [("susceptibility", np.float32), ("interest", np.float32), ("affinity", np.float32)]
)


class World(NamedTuple):
    """Network and population as columns; `closeness` and `identity` may be of length 0.

    Attributes
    ----------
    indptr, indices
        The arcs: ``indices[indptr[u]:indptr[u + 1]]`` hear u, in ascending order.
    closeness
        float32 in 0..1, one per arc; empty where the tie's closeness is a parameter.
    identity
        uint64, whom the draws are about; empty where it is the row.
    role
        uint8, the role at birth.
    susceptibility, interest, affinity
        float32 traits: log-odds, a place on the circle of topics, and a factor around 1.
    outlet_offsets, outlet_members
        The audiences of the outlets, in compressed rows.
    seeds
        int32 rows of the people who are asked to pass on every post.
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    closeness: NDArray[np.float32]
    identity: NDArray[np.uint64]
    role: NDArray[np.uint8]
    susceptibility: NDArray[np.float32]
    interest: NDArray[np.float32]
    affinity: NDArray[np.float32]
    outlet_offsets: NDArray[np.int64]
    outlet_members: NDArray[np.int32]
    seeds: NDArray[np.int32]


@inline
def identity_of(identity: NDArray[np.uint64], person: int) -> np.uint64:
    """Whom a draw about this row is about."""
    if identity.size:
        return identity[person]
    return np.uint64(person)


@jit
def traits(under: np.uint64, n: int, identity: NDArray[np.uint64]) -> NDArray[np.float64]:
    """A uniform number in [0, 1) for everybody under a key of the world."""
    result = np.empty(n, np.float64)
    for person in range(n):
        result[person] = uniform(draw(under, identity_of(identity, person)))
    return result


def populate(
    scenario: Scenario,
    network: Network,
    world: int,
    *,
    seeds: NDArray[np.int32] | None = None,
    identity: NDArray[np.uint64] | None = None,
) -> World:
    """Give birth to the people of a network: role, traits, audiences, and who is asked first.

    Parameters
    ----------
    scenario
        What the shares of the roles and the spreads of the traits are.
    network
        Who hears whom.
    world
        The seed of the world: the same number makes the same people.
    seeds
        Rows of the people asked to pass on every post; chosen by `publish.seeding` if None.
    identity
        Whom the draws are about, where the rows were relabelled; the row itself if None.
    """
    n = network.n
    born = key(world, WORLD)
    who = np.empty(0, np.uint64) if identity is None else identity
    people, weights = scenario.people, scenario.share.weight
    rank = traits(key(born, ROLE), n, who)
    role = np.full(n, STRANGER, np.uint8)
    role[rank < people.fans] = FAN
    role[rank < people.fans * people.advocates] = ADVOCATE
    own = np.zeros(n, TRAITS)
    own["affinity"] = 1.0
    if people.susceptibility_spread > 0.0:
        # Imported here: it costs a tenth of a second, which most campaigns need not pay.
        from scipy.special import ndtri

        bits = np.maximum(traits(key(born, SUSCEPTIBILITY), n, who), 2.0**-54)
        own["susceptibility"] = people.susceptibility_spread * ndtri(bits)
    if weights.topic != 0.0:
        own["interest"] = traits(key(born, INTEREST), n, who)
    if people.affinity_spread > 0.0:
        between = 2.0 * traits(key(born, AFFINITY), n, who) - 1.0
        own["affinity"] = 1.0 + people.affinity_spread * between
    offsets, members = _audiences(scenario, key(born, AUDIENCE), n, who)
    if seeds is None and scenario.publish.seeds == 0:
        seeds = np.empty(0, np.int32)
    elif seeds is None:
        seeds = _chosen(scenario, network, traits(key(born, SEEDING), n, who))
    columns = World(
        indptr=network.indptr,
        indices=network.indices,
        closeness=_closeness(network),
        identity=who,
        role=role,
        susceptibility=own["susceptibility"],
        interest=own["interest"],
        affinity=own["affinity"],
        outlet_offsets=offsets,
        outlet_members=members,
        seeds=seeds,
    )
    for column in columns:
        column.flags.writeable = False
    return columns


def _closeness(network: Network) -> NDArray[np.float32]:
    """Closeness of the ties, 0..1: their weights, by the largest where one is above 1."""
    if network.weights is None:
        return np.empty(0, np.float32)
    most = network.weights.max(initial=0.0)
    return network.weights / most if most > 1.0 else network.weights


def _audiences(
    scenario: Scenario, under: np.uint64, n: int, identity: NDArray[np.uint64]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The outlets' audiences: independent of each other, growing with an outlet's share only."""
    audiences = [
        np.flatnonzero(traits(key(under, k), n, identity) < outlet.audience)
        for k, outlet in enumerate(scenario.publish.outlets)
    ]
    offsets = np.zeros(len(audiences) + 1, np.int64)
    np.cumsum([len(audience) for audience in audiences], out=offsets[1:])
    members = np.concatenate([np.empty(0, np.int64), *audiences]).astype(np.int32)
    return offsets, members


def _chosen(scenario: Scenario, network: Network, luck: NDArray[np.float64]) -> NDArray[np.int32]:
    """The people asked to pass on every post: by luck, or those whom most people hear."""
    count = scenario.publish.seeds
    if count > network.n:
        raise InputError(
            f"publish.seeds = {count} is more than the network's {network.n} people; ask fewer."
        )
    if scenario.publish.seeding == "followers":
        order = np.lexsort((luck, -network.followers))
    else:
        order = np.argpartition(luck, count - 1)
    return np.sort(order[:count]).astype(np.int32)
