"""What a campaign came to, put together of what the owners of all people wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .apply import settled
from .forest import in_order
from .ledger import priced
from .listening import part_of
from .network.arrays import texts_of
from .parameters import Post
from .result import Result
from .stages.belong import communities
from .state import BUYERS, CLIMBS, RELATION, SERIES, SHARES
from .trace import trace

if TYPE_CHECKING:
    from .campaign import Campaign


def gather(campaign: Campaign, posts: list[Post]) -> Result:
    """Put together what the owners of all people wrote."""
    states, network, tick = campaign.states, campaign.network, campaign.tick
    first, messages = states[0], campaign.plan.messages

    def rows(name: str, size: int) -> NDArray[Any]:
        parts = [getattr(state, name)[: state.size[size]] for state in states]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def total(name: str) -> NDArray[np.int64]:
        found: NDArray[np.int64] = getattr(first, name).copy()
        for state in states[1:]:
            found += getattr(state, name)
        return found

    series = total("series")
    shares, order = in_order(rows("shares", SHARES))
    ledger = {
        name: np.sum([state.ledger[name][:tick] for state in states], axis=0)
        for name in ("units", "money")
    }
    trust, bond = settled(campaign.plan, first, tick)
    talk = np.sum([state.talk[tick & 1] for state in states], axis=0) / campaign.plan.hours
    chatter = first.chatter + campaign.plan.belong.newest * (talk - first.chatter)
    return Result(
        scenario=campaign.scenario,
        seed=campaign.seed,
        world=campaign.world_seed,
        ticks=tick,
        network={
            "agents": network.n,
            "arcs": network.arcs,
            "digest": network.digest,
            "ids": network.ids,
            # Of one that was read: what was understood, and what it looks like.
            "understood": list(network.understood),
            "shape": network.shape._asdict() if network.understood else {},
            # Of a table of people: what was understood, and which one it was.
            "people": {}
            if network.people is None
            else {"digest": network.people.digest, "understood": list(network.people.understood)},
        },
        posts=posts,
        kinds=messages["kind"].copy(),
        columns=dict(
            zip((*SERIES, *priced(campaign.scenario)), series[:tick].T.copy(), strict=True)
        ),
        counts=total("counts"),
        people=total("people").tolist(),
        share_log=shares,
        share_hours=rows("posted", SHARES)[order],
        buyer_log=in_order(rows("buyers", BUYERS))[0],
        climb_log=in_order(rows("climbs", CLIMBS))[0],
        role_at_birth=campaign.world.role,
        role=first.crowd["role"].copy(),
        trust=trust,
        bond=bond,
        steps=first.crowd["steps"].copy(),
        # Field by field, as numpy copies records, takes thirty times as long.
        relation=first.relation.view(np.uint8).copy().view(RELATION),
        community=communities(
            campaign.world, campaign.plan, first, bond, chatter, total("members"), tick
        ),
        traffic=total("traffic"),
        by_source=np.sum([state.sources[:tick] for state in states], axis=0),
        gaps=total("gaps"),
        placed=total("placed"),
        topic=part_of(campaign.scenario, campaign.world.traits["interest"]),
        topics=part_of(campaign.scenario, messages["topic"]),
        units=ledger["units"],
        money=ledger["money"],
        trace=sum(int(trace(state)) for state in states) % 2**64,
        about=_about(campaign),
    )


def _about(campaign: Campaign) -> dict[str, NDArray[Any]]:
    """What is known of each person beside what happened: segment, and what a table has more."""
    found: dict[str, NDArray[Any]] = {}
    if campaign.membership is not None:
        names = texts_of(["", *campaign.membership.names])
        found["segment"] = names[campaign.membership.code]
    table = campaign.network.people
    return found if table is None else found | table.about
