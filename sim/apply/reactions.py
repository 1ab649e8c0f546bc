"""Likes of a message, comments on it, and what the brand sees of what its followers do."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .. import state as s
from ..jit import jit
from ..plan import Plan
from ..stages.notice import Noticed
from ..stages.react import COMMENTS, LIKES
from ..state import State
from ..world import STRANGER, World
from .decided import Decided
from .relation import UNSEEN
from .room import count, schedule


@jit
def apply_reactions(
    world: World,
    plan: Plan,
    state: State,
    noticed: Noticed,
    decided: Decided,
    first_hop: NDArray[np.uint8],
    message: int,
    tick: int,
) -> None:
    """Write who liked a message, who commented on it, and whose acts the brand saw."""
    names, reacted, seen = noticed.person, decided.reacted, decided.seen
    counts, taken, acts = state.counts, state.people, state.relation["acts"]
    role, steps, room, talk = state.crowd["role"], state.crowd["steps"], world.room, state.talk
    later, told = tick + 1 + plan.interact.delay, tick + 1 + plan.promote.delay
    likes, comments, participants = 0, 0, 0
    for at in range(reacted.size):
        person = names[at]
        if reacted[at]:
            now, hop = role[person], 0 if first_hop[at] == UNSEEN else np.int64(first_hop[at])
            if reacted[at] & LIKES:
                count(counts, steps, taken, s.LIKED, message, person, now, hop, True, True)
                likes += 1
            if reacted[at] & COMMENTS:
                count(counts, steps, taken, s.COMMENTED, message, person, now, hop, True, True)
                comments += 1
                participants += acts[person] == 0
                acts[person] += acts[person] < 65535
                schedule(state, s.COMMENT, message, person, -1, hop, later)
                if now != STRANGER and room.size:
                    talk[(tick + 1) & 1, room[person]] += 1
        for _ in range(seen[at]):
            schedule(state, s.SEEN_ACT, message, person, -1, 0, told)
    series = state.series[tick]
    series[s.LIKES] += likes
    series[s.COMMENTS] += comments
    series[s.PARTICIPANTS] += participants
    if plan.messages["mention"][message]:
        series[s.MENTIONS_FOUND] += seen.sum()
