"""The world of a campaign: the network and its people, as the kernels see them.

Everything here is decided by the world key before the first tick and never written after.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .arithmetic import logits
from .creatives import format_place
from .draws import (
    AFFINITY,
    AUDIENCE,
    CHANNELS,
    INTEREST,
    OPPORTUNIST,
    OVERLAP,
    ROLE,
    ROOM,
    SEEDING,
    SEGMENT,
    SUSCEPTIBILITY,
    VIEWING,
    WORLD,
    draw,
    key,
    uniform,
)
from .errors import InputError
from .jit import inline, jit
from .membership import Membership, membership
from .network import Network
from .network.closeness import closeness, mean_closeness
from .network.weights import as_closeness
from .parameters import Scenario
from .parameters.people import refuse_more
from .reference import by_reference
from .seeding import chosen, named, seed_contact, seed_costs
from .sources import ranked

STRANGER: Final = 0
FAN: Final = 1
ADVOCATE: Final = 2
ROLES: Final = ("stranger", "fan", "advocate")

# Under what the draw on audiences is that accounts have in common.
_OF_ALL: Final = 1 << 60

# A person's traits lie side by side, so that reading them costs one trip to memory.
TRAITS: Final = np.dtype(
    [("susceptibility", np.float32), ("interest", np.float32), ("affinity", np.float32)]
)


@by_reference
class World(NamedTuple):
    """Network and population as columns; those that may be empty are of length 0 then.

    Attributes
    ----------
    indptr, indices
        The arcs: ``indices[indptr[u]:indptr[u + 1]]`` hear u, in ascending order.
    closeness
        float32 in 0..1, one per arc; empty where the tie's closeness is a parameter.
    ties
        float32, of everybody the mean closeness of those who hear them; empty where it is a
        parameter, or nobody asks.
    odds
        float64, of each arc the log-odds with which who heard over it passes on, in place of those
        of their role; empty where the weights of the network are no probabilities.
    identity
        uint64, whom the draws are about; empty where it is the row.
    role
        uint8, the role at birth.
    traits
        Records of susceptibility (log-odds), interest (a place on the circle of topics) and
        affinity (a factor around 1), float32.
    trust, bond
        float32, before the campaign; nan where the role decides, empty where it decides for all.
    activity
        float32, visits an hour; nan where all visit alike often, empty where everybody does.
    segment
        uint8, the place of each person's segment in `plan.Segmented`; empty where there are none,
        or nothing goes by them in a tick.
    outlet_offsets, outlet_members, outlet_viewing
        The audiences of the accounts (`plan.Accounts`), in compressed rows, and how much each of
        them views against the mean; of length 0 where all view alike.
    channels
        uint8, a bit for each channel that a person is on; empty where everybody is on all.
    room
        uint16, the room in which a person would meet the community; empty where there is none.
    seeds
        int32 rows of the people who may be asked to pass on every post, ascending.
    turns
        int32, the place of each of these in the order in which they are asked.
    fees
        int64, millionths of money for each of these, if they comply.
    contact
        Millionths that it costs to ask a person.
    rival_offsets, rival_seeds
        int32 rows of the people whom each rival asks to pass on its posts, ascending, in compressed
        rows.
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    closeness: NDArray[np.float32]
    ties: NDArray[np.float32]
    odds: NDArray[np.float64]
    identity: NDArray[np.uint64]
    role: NDArray[np.uint8]
    traits: NDArray[np.void]
    trust: NDArray[np.float32]
    bond: NDArray[np.float32]
    activity: NDArray[np.float32]
    segment: NDArray[np.uint8]
    outlet_offsets: NDArray[np.int64]
    outlet_members: NDArray[np.int32]
    outlet_viewing: NDArray[np.float32]
    channels: NDArray[np.uint8]
    room: NDArray[np.uint16]
    seeds: NDArray[np.int32]
    turns: NDArray[np.int32]
    fees: NDArray[np.int64]
    contact: int
    rival_offsets: NDArray[np.int64]
    rival_seeds: NDArray[np.int32]


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
        Rows of the people asked to pass on every post, in the order in which they are asked;
        chosen by `publish.seeding` if None.
    identity
        Whom the draws are about, where the rows were relabelled; the row itself if None.
    """
    n = network.n
    born = key(world, WORLD)
    who = np.empty(0, np.uint64) if identity is None else identity
    people, table = scenario.people, network.people
    role = _roles(scenario, network, traits(key(born, ROLE), n, who))
    parted = membership_of(scenario, network, world, who)
    own = np.zeros(n, TRAITS)
    own["affinity"] = 1.0
    if people.susceptibility_spread > 0.0:
        # Imported here: it costs a tenth of a second, which most campaigns need not pay.
        from scipy.special import ndtri

        bits = np.maximum(traits(key(born, SUSCEPTIBILITY), n, who), 2.0**-54)
        own["susceptibility"] = people.susceptibility_spread * ndtri(bits)
    # Whatever asks for them: authority is told over those who care (`kpis`).
    own["interest"] = _interests(scenario, traits(key(born, INTEREST), n, who))
    if people.affinity_spread > 0.0:
        between = 2.0 * traits(key(born, AFFINITY), n, who) - 1.0
        own["affinity"] = 1.0 + people.affinity_spread * between
    if people.opportunists > 0.0:
        luck = traits(key(born, OPPORTUNIST), n, who)
        greedy = _part(luck, people.opportunists, "people.opportunists")
        own["susceptibility"][greedy] -= people.reluctance
        own["affinity"][greedy] *= people.greed
    for name in TRAITS.names or ():
        given = None if table is None else table.number(name)
        if given is not None:
            own[name] = np.where(np.isnan(given), own[name], given)
    if parted is not None and scenario.segments:
        bases = _by_segment(parted, [each.base for each in scenario.segments.values()], 0.0)
        own["susceptibility"] += bases[parted.code]
    offsets, members, viewing = _audiences(scenario, born, n, who)
    publish = scenario.publish
    if seeds is None and publish.asked:
        seeds = named(network, publish.asked)
    elif seeds is None and publish.seeds == 0 and publish.seed_budget is None:
        seeds = np.empty(0, np.int32)
    elif seeds is None:
        seeds = chosen(scenario, network, traits(key(born, SEEDING), n, who))
    rival_offsets, rival_seeds = _asked_by_rivals(scenario, born, n, who)
    turns = np.argsort(seeds).astype(np.int32)
    seeds = seeds[turns]
    close = _closeness(network, scenario.credibility.ties)
    always = scenario.people.activity == "always"
    nobody = np.empty(0, np.float32)
    weak = any(then.share.weight.reward_weak != 0.0 for then in scenario.ever())
    columns = World(
        indptr=network.indptr,
        indices=network.indices,
        closeness=close,
        ties=mean_closeness(network.indptr, close) if weak and close.size else close[:0],
        odds=_odds(scenario, network),
        identity=who,
        role=role,
        traits=own,
        trust=_told(scenario, network, parted, "trust"),
        bond=_told(scenario, network, parted, "bond"),
        activity=nobody if always else _told(scenario, network, parted, "activity"),
        segment=_acting(scenario, parted),
        outlet_offsets=offsets,
        outlet_members=members,
        outlet_viewing=viewing,
        channels=_memberships(scenario, network, born, who),
        room=_rooms(scenario, born, n, who),
        seeds=seeds,
        turns=turns,
        fees=seed_costs(scenario, network, seeds) - seed_contact(scenario),
        contact=seed_contact(scenario),
        rival_offsets=rival_offsets,
        rival_seeds=rival_seeds,
    )
    for column in columns:
        if isinstance(column, np.ndarray):
            column.flags.writeable = False
    return columns


def _asked_by_rivals(
    scenario: Scenario, born: np.uint64, n: int, identity: NDArray[np.uint64]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Whom each rival asks: drawn among all, so that more of them are asked beside the same."""
    rivals = scenario.publish.rivals
    asked = []
    for k, rival in enumerate(rivals):
        if rival.seeds > n:
            raise InputError(
                f"publish.rivals: seeds = {rival.seeds} of {rival.name!r} is more than the "
                f"network's {n} people; ask fewer."
            )
        luck = traits(key(born, SEEDING, k), n, identity) if rival.seeds else np.empty(0)
        asked.append(np.sort(np.argsort(luck, kind="stable")[: rival.seeds]))
    offsets = np.zeros(len(rivals) + 1, np.int64)
    np.cumsum([rows.size for rows in asked], out=offsets[1:])
    return offsets, np.concatenate([np.empty(0, np.int64), *asked]).astype(np.int32)


def membership_of(
    scenario: Scenario, network: Network, world: int, identity: NDArray[np.uint64]
) -> Membership | None:
    """The segment of each person, in the world of a seed."""
    told = None if network.people is None else network.people.word("segment")
    if not scenario.segments and told is None:
        return None
    luck = traits(key(key(world, WORLD), SEGMENT), network.n, identity)
    return membership(scenario, network, luck)


def _part(luck: NDArray[np.float64], part: float, name: str) -> NDArray[np.bool_]:
    """Who is in a part of all, by luck: a share of them, or from 2 on exactly so many."""
    if part <= 1.0:
        return luck < part
    count, found = int(part), np.zeros(luck.size, np.bool_)
    refuse_more(name, count, luck.size)
    found[np.argsort(luck, kind="stable")[:count]] = True
    return found


def _roles(scenario: Scenario, network: Network, luck: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The role of everybody: what the table says, else as drawn."""
    people, table = scenario.people, network.people
    role = np.full(network.n, STRANGER, np.uint8)
    fans = _part(luck, people.fans, "people.fans")
    role[fans] = FAN
    if people.fans <= 1.0 and people.advocates <= 1.0:
        role[luck < people.fans * people.advocates] = ADVOCATE
    else:
        among = np.flatnonzero(fans)
        count = people.advocates
        if count <= 1.0:
            count = round(count * among.size)
        if count > among.size:
            raise InputError(
                f"people.advocates = {int(count)} is more than the {among.size} fans; give fewer, "
                "or a share."
            )
        role[among[np.argsort(luck[among], kind="stable")[: int(count)]]] = ADVOCATE
    given = None if table is None else table.word("role")
    if given is not None:
        code = {name: k for k, name in enumerate(ROLES)}
        told = np.array([code.get(name, -1) for name in given.tolist()], np.int64)
        role = np.where(told < 0, role, told).astype(np.uint8)
    return role


def _by_segment(
    parted: Membership, values: list[float] | list[float | None], rest: float
) -> NDArray[np.float64]:
    """A value for each segment by its code; `rest` for none, and where a segment has no value."""
    found = np.full(len(parted.names) + 1, rest)
    for k, value in enumerate(values, 1):
        found[k] = rest if value is None else value
    return found


def _told(
    scenario: Scenario, network: Network, parted: Membership | None, name: str
) -> NDArray[np.float32]:
    """What table and segments say of a number of everybody: nan of whom they say nothing."""
    given = None if network.people is None else network.people.number(name)
    values = [getattr(each, name) for each in scenario.segments.values()]
    if given is None and all(value is None for value in values):
        return np.empty(0, np.float32)
    found = np.full(network.n, np.nan)
    if parted is not None:
        found = _by_segment(parted, values, np.nan)[parted.code]
    if given is not None:
        found = np.where(np.isnan(given), found, given)
    return found.astype(np.float32)


def _acting(scenario: Scenario, parted: Membership | None) -> NDArray[np.uint8]:
    """The segments by which something goes in a tick; 0 for those of which only the table knows."""
    acting = any(
        each.click != 0.0 or each.convert != 0.0 or each.price is not None
        for each in scenario.segments.values()
    )
    if parted is None or not acting:
        return np.empty(0, np.uint8)
    return np.where(parted.code <= len(scenario.segments), parted.code, 0).astype(np.uint8)


def _odds(scenario: Scenario, network: Network) -> NDArray[np.float64]:
    """The log-odds of each arc, where its weight is a probability."""
    if network.meaning != "probability" or network.weights is None:
        return np.empty(0, np.float64)
    if scenario.share.rule != "logit":
        raise InputError(
            f"share.rule = {scenario.share.rule!r} asks no tie for the probability that its weight "
            "is; read the weights as closeness, or give share.rule = 'logit'."
        )
    return logits(network.weights.astype(np.float64))


def _interests(scenario: Scenario, luck: NDArray[np.float64]) -> NDArray[np.float64]:
    """A place on the circle of topics for each person, around where interests lie."""
    people = scenario.people
    # From -.5 to .5, so that at full spread around 0 the place is the luck itself.
    around = np.where(luck < 0.5, luck, luck - 1.0)
    place = people.topic + 2.0 * people.topic_spread * around
    return place - np.floor(place)  # `% 1.0` to the bit, in a quarter of the time


def _memberships(
    scenario: Scenario, network: Network, born: np.uint64, identity: NDArray[np.uint64]
) -> NDArray[np.uint8]:
    """A bit for each channel that a person is on; shares hold exactly, whatever the overlap."""
    shares = [channel.membership for channel in scenario.channels.values()]
    given = None if network.people is None else network.people.word("channels")
    if given is None and all(share == 1.0 for share in shares):
        return np.empty(0, np.uint8)
    n = network.n
    result = np.zeros(n, np.uint8)
    rank = traits(key(born, CHANNELS), n, identity)
    for k, share in enumerate(shares):
        own = traits(key(born, CHANNELS, k), n, identity)
        common = traits(key(born, OVERLAP, k), n, identity) < scenario.people.overlap
        result |= (np.where(common, rank, own) < share).astype(np.uint8) << np.uint8(k)
    if given is None:
        return result
    bits = {text: _bits(text, list(scenario.channels)) for text in {*given.tolist()} - {""}}
    told = np.array([bits.get(text, 0) for text in given.tolist()], np.uint8)
    return np.where(given == "", result, told).astype(np.uint8)


def _bits(text: str, channels: list[str]) -> int:
    """The channels in a list of names with commas between them."""
    names = [name.strip() for name in text.split(",")]
    strange = next((name for name in names if name not in channels), None)
    if strange is not None:
        raise InputError(
            f"people: channels = {text!r} names {strange!r}, which is no channel of the scenario; "
            f"there are: {', '.join(channels)}."
        )
    return sum(1 << channels.index(name) for name in {*names})


def _rooms(
    scenario: Scenario, born: np.uint64, n: int, identity: NDArray[np.uint64]
) -> NDArray[np.uint16]:
    rooms = scenario.community.rooms
    if rooms == 0:
        return np.empty(0, np.uint16)
    return (traits(key(born, ROOM), n, identity) * rooms).astype(np.uint16)


def _closeness(network: Network, ties: str) -> NDArray[np.float32]:
    """Closeness of the ties, 0..1: from structure, or from their weights."""
    if ties != "given":
        return closeness(network, ties)
    if network.weights is None or network.meaning != "closeness":
        return np.empty(0, np.float32)
    return as_closeness(network.weights)


def account_places(scenario: Scenario) -> NDArray[np.int64]:
    """A number for each account that accounts of other kinds do not change.

    Flights of one format have the same: they reach the same people.
    """
    publish = scenario.publish
    kinds = (
        range(sum(outlet.count for outlet in publish.outlets)),
        [format_place(ad.format) for ad in publish.ads],
        range(len(publish.rivals)),
        range(len(ranked(scenario))),
    )
    places = [(kind << 40) + number for kind, numbers in enumerate(kinds) for number in numbers]
    return np.array(places, np.int64)


def _drawn(
    under: np.uint64, place: int, overlap: float, n: int, identity: NDArray[np.uint64]
) -> NDArray[np.float64]:
    """What decides on each person as audience of an account: its own draw, or one that is of all.

    That of all it is for a share `overlap` of the people, who are others for each account.
    """
    own = traits(key(under, place), n, identity)
    if overlap == 0.0:
        return own
    shared = traits(key(under, place, 1), n, identity) < overlap
    return np.where(shared, traits(key(under, _OF_ALL), n, identity), own)


def _audiences(
    scenario: Scenario, born: np.uint64, n: int, identity: NDArray[np.uint64]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
    """The audiences of outlets, flights and rivals, and how much each of them views.

    An audience only grows with its account's share. Those of rivals and of formats are independent
    of all others, those of outlets as far as they have no `overlap`; of flights of one format the
    larger audience holds the smaller one, and a person's luck at viewing is the same in all.
    """
    publish, under = scenario.publish, key(born, AUDIENCE)
    places = account_places(scenario).tolist()
    shares = [outlet.audience for outlet in publish.outlets for _ in range(outlet.count)]
    shares += [ad.audience for ad in publish.ads]
    shares += [rival.followers for rival in publish.rivals]
    overlaps = [outlet.overlap for outlet in publish.outlets for _ in range(outlet.count)]
    overlaps += [0.0] * (len(shares) - len(overlaps))
    audiences = [
        np.flatnonzero(_drawn(under, place, overlap, n, identity) < share)
        for place, share, overlap in zip(places[: len(shares)], shares, overlaps, strict=True)
    ]
    # Ranked feeds have no audience of their own: they show to whoever is on their channel.
    audiences += [np.empty(0, np.int64)] * (len(places) - len(shares))
    offsets = np.zeros(len(audiences) + 1, np.int64)
    np.cumsum([len(audience) for audience in audiences], out=offsets[1:])
    members = np.concatenate([np.empty(0, np.int64), *audiences]).astype(np.int32)
    if not publish.ads:
        return offsets, members, np.empty(0, np.float32)
    from scipy.special import gammaincinv  # as costly to import as `ndtri` above

    viewing = np.ones(members.size, np.float32)
    first = len(shares) - len(publish.ads) - len(publish.rivals)
    for k, ad in enumerate(publish.ads, first):
        luck = traits(key(born, VIEWING, format_place(ad.format)), n, identity)[audiences[k]]
        viewing[offsets[k] : offsets[k + 1]] = gammaincinv(ad.viewing, luck) / ad.viewing
    return offsets, members, viewing
