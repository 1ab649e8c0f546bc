"""From a scenario to its plan.

Whatever a formula needs and a tick cannot change is worked out here once: log-odds, utilities,
what silence leaves.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arithmetic import exponential, logit, shifted
from ..draws import VISIT, key
from ..latest import Latest
from ..parameters import Post, Scenario
from ..sources import ranked
from ..world import ROLES
from .accounts import accounts_of, ranking
from .messages import listed, messages
from .noticing import ceiling, rhythm_of
from .records import (
    ALWAYS,
    DOSES,
    POSTS,
    UNLIMITED,
    Belonging,
    Noticing,
    Plan,
    Relating,
    Returning,
)
from .relating import complaining, interacting, left_by_silence, promoting, relates
from .rewards import asking, paying
from .selling import in_turn, reference_of, segmented, transacting
from .sharing import adopting, believing, delaying, sharing

# Hours in which talk in a room is forgotten down to 1/e: it is the day's, not the tick's. Assumed.
_MEMORY_OF_TALK: Final = 24.0


class Numbered(NamedTuple):
    """What a scenario is in numbers whatever the luck.

    Attributes
    ----------
    entries
        Its messages (`messages.listed`).
    types
        The content types of these.
    segments
        Its plans under no luck, each with the tick from which on it holds.
    """

    entries: list[tuple[int, Post, int, int]]
    types: set[str]
    segments: list[tuple[int, Plan]]


def _size(numbered: Numbered) -> int:
    plans = [plan for _, plan in numbered.segments]
    silence = sum(each.relate.trust_left.nbytes + each.relate.bond_left.nbytes for each in plans)
    # A post in Python takes some five times as much as in numbers.
    return silence + sum(6 * each.messages.nbytes for each in plans)


# Campaigns of one scenario have all but their luck in common, and a study goes through several
# scenarios by turns.
_numbered: Final[Latest[Numbered]] = Latest(_size, most=16)


def numbered(scenario: Scenario) -> Numbered:
    """What a scenario is in numbers whatever the luck: worked out once, and to be left as it is."""

    def make() -> Numbered:
        entries = listed(scenario)
        types = {post.type for _, post, _, _ in entries}
        return Numbered(entries, types, segments(scenario, np.uint64(0), entries))

    return _numbered.get((scenario,), make)


def under(
    scenario: Scenario, luck: np.uint64, learned: float | None = None
) -> list[tuple[int, Plan]]:
    """The plans of a scenario under a key of luck, as `segments` works them out."""
    entries, types, known = numbered(scenario)
    visits = key(int(luck), int(VISIT))
    found = []
    for tick, plan in known:
        then = scenario.at(tick)
        spread = any(then.content_types[name].contagiousness_spread for name in types)
        if learned is None and not spread:
            columns = plan.messages.copy()  # a campaign writes when they are released
        else:
            columns = _messages(then, entries, luck, learned)
        notice = plan.notice._replace(visits=visits)
        found.append((tick, plan._replace(luck=luck, messages=columns, notice=notice)))
    return found


def _messages(
    scenario: Scenario,
    entries: list[tuple[int, Post, int, int]],
    luck: np.uint64,
    learned: float | None,
) -> NDArray[np.void]:
    influence = math.log(scenario.effort.factors()["influencing"])
    return messages(scenario, entries, luck, influence, learned)


def segments(
    scenario: Scenario,
    luck: np.uint64,
    entries: list[tuple[int, Post, int, int]] | None = None,
    learned: float | None = None,
) -> list[tuple[int, Plan]]:
    """The plans of a scenario, each with the tick from which on it holds."""
    ticks = sorted({0, *(change.tick for change in scenario.timeline)})
    entries = listed(scenario) if entries is None else entries
    return [(tick, plan(scenario.at(tick), luck, entries, learned, scenario)) for tick in ticks]


def plan(
    scenario: Scenario,
    luck: np.uint64,
    entries: list[tuple[int, Post, int, int]] | None = None,
    learned: float | None = None,
    whole: Scenario | None = None,
) -> Plan:
    """Work out the numbers of a scenario under a key of luck.

    Parameters
    ----------
    scenario
        What is simulated.
    luck
        The key of the campaign's draws.
    entries
        The messages, where there are others than the scenario's (`messages.listed`).
    learned
        The topic that the brand learned to post about (`listening.learned_topic`).
    whole
        The scenario of which this is what holds at a tick, if it has a timeline.
    """
    entries = listed(scenario) if entries is None else entries
    effort = scenario.effort.factors()
    reference = reference_of(scenario, whole or scenario)
    weight, relation = scenario.share.weight, scenario.relation
    attention, activity, hours = (
        scenario.attention,
        scenario.people.activity,
        scenario.hours_per_tick,
    )
    return Plan(
        luck=luck,
        hours=hours,
        messages=_messages(scenario, entries, luck, learned),
        accounts=accounts_of(scenario, math.log(effort["networking"]), entries),
        outlets=sum(outlet.count for outlet in scenario.publish.outlets),
        base=np.array(
            [
                -math.inf
                if scenario.share.rule == "bass"
                else logit(getattr(scenario.share.base, role))
                for role in ROLES
            ]
        ),
        ceiling=ceiling(scenario),
        doses=weight.doses * np.log(np.maximum(np.arange(DOSES + 1), 1)),
        click_doses=in_turn(scenario.transact.click_doses),
        fatigue=weight.fatigue * np.log1p(np.arange(POSTS + 1)),
        tired=scenario.interact.unfollow_fatigue * np.log1p(np.arange(POSTS + 1)),
        active=scenario.advocacy.accept_activity * np.log1p(np.arange(POSTS + 1)),
        notice=Noticing(
            attention=UNLIMITED if isinstance(attention, str) else float(attention),
            background=scenario.notice.background,
            activity=ALWAYS if isinstance(activity, str) else float(activity),
            rhythm=rhythm_of(scenario.people.rhythm),
            visits=key(int(luck), int(VISIT)),
            boost=scenario.boost.notice,
            wear_out=scenario.publish.wear_out if scenario.publish.wears else math.inf,
            ad_half_life=scenario.publish.ad_half_life / hours,
            habit=np.arange(1.0, POSTS + 2.0) ** -scenario.notice.habit,
        ),
        delay=delaying(scenario.share.delay),
        share=sharing(scenario, rewarded=True, ours=True),
        unrewarded=sharing(scenario, rewarded=False, ours=True),
        gossip=sharing(scenario, rewarded=False, ours=False),
        adopt=adopting(scenario),
        believe=believing(scenario),
        transact=transacting(scenario, math.log(effort["selling"]), reference, rewarded=True),
        transact_unrewarded=transacting(
            scenario, math.log(effort["selling"]), reference, rewarded=False
        ),
        segmented=segmented(scenario, reference),
        returns=Returning(
            lead=shifted(scenario.returns.lead, math.log(effort["selling"])),
            visit=logit(scenario.returns.visit),
            repeat=logit(scenario.returns.repeat) + math.log(effort["selling"]),
            bond=scenario.returns.bond,
            interval=scenario.returns.interval / hours,
            upsell=shifted(scenario.returns.upsell, math.log(effort["selling"])),
            cross_sell=shifted(scenario.returns.cross_sell, math.log(effort["selling"])),
        ),
        interact=interacting(scenario, effort["listening"]),
        relate=Relating(
            on=any(relates(then) for then in (whole or scenario).ever()),
            pressure=relation.pressure,
            monologue=relation.monologue,
            memory=relation.memory,
            fades=relation.trust_half_life is not None or relation.bond_half_life is not None,
            prior=scenario.people.trust.stranger,
            trust_left=left_by_silence(scenario, relation.trust_half_life),
            bond_left=left_by_silence(scenario, relation.bond_half_life),
        ),
        complain=complaining(scenario, entries, math.log(effort["listening"])),
        pay=paying(scenario),
        promote=promoting(scenario, effort),
        ask=asking(scenario),
        belong=Belonging(
            talk=scenario.community.talk,
            crowd=scenario.community.crowd,
            tenure=scenario.community.tenure / hours,
            newest=1.0 - exponential(-hours / _MEMORY_OF_TALK),
        ),
        ranking=ranking(scenario),
        judges=bool(ranked(scenario))
        or any(rival.reacts_above is not None for rival in scenario.publish.rivals),
    )
