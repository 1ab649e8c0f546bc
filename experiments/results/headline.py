"""A campaign in plain sentences: what answers its question first, and then how far it went."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from ...sim import state as s
from ..show.numbers import percent, written
from ..vocabulary.themes import theme_of
from ..vocabulary.yardsticks import (
    Watched,
    by_advocates,
    mean_trust,
    mended_in_time,
    most_noticed,
    passed_on,
    tree_size,
)


def headline(seen: Watched) -> str:
    """What a campaign came to, as a terminal, a page, a figure and the live page say it.

    Parameters
    ----------
    seen
        A result, or what is known of a campaign on its way.

    Examples
    --------
    >>> from wordofmouth.sim.campaign import run
    >>> from wordofmouth.sim.parameters import Scenario
    >>> small = Scenario(horizon=3).replace({"network.people": 100, "publish.seeds": 2})
    >>> headline(run(small)).partition("; ")[2]
    '2 people passed it on, 2 times; transactions: 0.'
    """
    answer = _ANSWERS.get(theme_of(seen.scenario).name)
    return spread(seen) if answer is None else f"{answer(seen)} {spread(seen)}"


def spread(seen: Watched) -> str:
    """How far it went: who noticed it, who passed it on and how often, and what came of it."""
    reach, later = seen.people[s.NOTICED], seen.people[s.NOTICED_LATER]
    found = passed_on(seen)
    parts = [
        f"Of {seen.role.size:,} people {reach:,} noticed the campaign"
        + (f", {later:,} of them through people who passed it on" if later else ""),
        _passing(*found) if found.times else "nobody passed it on",
    ]
    if seen.scenario.clickable:
        parts.append(f"{seen.scenario.outcome}: {int(seen.columns['conversions'].sum()):,}")
    return "; ".join(parts) + "."


def _passing(people: int, times: int, again: int) -> str:
    """Who passed it on and how often.

    Examples
    --------
    >>> _passing(1, 1, 0), _passing(232, 239, 92)
    ('1 person passed it on, once', '232 people passed it on, 239 times, 92 of them re-shares')
    """
    who = "1 person" if people == 1 else f"{people:,} people"
    how = f"{who} passed it on, {'once' if times == 1 else f'{times:,} times'}"
    return f"{how}, {again:,} of them re-shares" if again else how


def service(seen: Watched) -> str:
    """What went wrong, and what became of it."""
    wrong = int(seen.columns["wrong"].sum())
    if not wrong:
        return "Nothing went wrong."
    mended, public = (int(seen.columns[name].sum()) for name in ("mended", "complaints"))
    # Nobody complains before the tick after the next begins, however impatient.
    patience = seen.scenario.complaints.patience + seen.scenario.hours_per_tick
    return (
        f"Of {wrong:,} {seen.scenario.outcome} that went wrong {mended:,} "
        f"({percent(mended_in_time(seen))}) were mended within the {written(patience, 'number')} "
        f"hours that people wait, and {public:,} were told in public; mean trust in the brand is "
        f"{mean_trust(seen):.3f} at the end."
    )


def _advocacy(seen: Watched) -> str:
    asked, agreed = (int(seen.columns[name].sum()) for name in ("identified", "activated"))
    won, lost = (int(seen.columns[name].sum()) for name in ("new_advocates", "lost_advocates"))
    part = by_advocates(seen)
    brought = "" if math.isnan(part) else f"; their posts are {percent(part)} of all impressions"
    return (
        f"Of {asked:,} people who were approached {agreed:,} accepted and {won:,} became "
        f"advocates{f', of whom {lost:,} gave up' if lost else ''}{brought}."
    )


def _reward(seen: Watched) -> str:
    people = passed_on(seen).people
    noticed = seen.people[s.NOTICED]
    part = f" ({percent(people / noticed)})" if noticed else ""
    return f"With the reward {people:,} of {noticed:,} people who noticed it{part} passed it on."


def _channels(seen: Watched) -> str:
    names = list(seen.scenario.channels)
    clicks = seen.by_source[:, : len(names), 0].sum(axis=0).tolist()
    if not sum(clicks):
        return "Nobody has clicked on any channel."
    order = sorted(zip(clicks, names, strict=True), key=lambda each: -each[0])
    listed = ", ".join(f"{name} {number:,}" for number, name in order)
    return f"Clicks by the channel over which they came: {listed}."


def _outlets(seen: Watched) -> str:
    outlets = sum(each.count for each in seen.scenario.publish.outlets)
    placed = seen.placed[:outlets]
    took, posts = int((placed > 0).sum()), int(placed.sum())
    return (
        f"{took:,} of {outlets:,} outlet{'' if outlets == 1 else 's'} took up something, "
        f"{posts:,} post{'' if posts == 1 else 's'} in all."
    )


def _contest(seen: Watched) -> str:
    most, even = most_noticed(seen)
    if not most:
        return "No message was noticed."
    return (
        f"The most popular message was noticed by {most:,} people, "
        f"{written(most / even, 'number')} times as many as one on average."
    )


def _trees(seen: Watched) -> str:
    found = passed_on(seen)
    roots = found.times - found.again
    if not roots:
        return "Nobody passed it on, so there is no cascade."
    return (
        f"{roots:,} cascade{'' if roots == 1 else 's'} began, of "
        f"{written(tree_size(seen), 'number')} shares on average."
    )


def _selling(seen: Watched) -> str:
    lost, sold = (int(seen.columns[name].sum()) for name in ("lost_fans", "conversions"))
    return (
        f"It brought {sold:,} {seen.scenario.outcome} and lost {lost:,} followers; mean trust in "
        f"the brand is {mean_trust(seen):.3f} at the end."
    )


def _broadcast(seen: Watched) -> str:
    shown = int(seen.columns["impressions"].sum())
    viewers, fans = seen.scenario.reference.viewers, seen.scenario.reference.fans
    return (
        f"The posts arrived {shown:,} times in a feed, where the broadcast has "
        f"{viewers:,.0f} viewers and the brand {fans:,.0f} fans."
    )


_ANSWERS: Final[Mapping[str, Callable[[Watched], str]]] = {
    "service": service,
    "advocacy": _advocacy,
    "reward": _reward,
    "channels": _channels,
    "outlets": _outlets,
    "contest": _contest,
    "trees": _trees,
    "selling": _selling,
    "broadcast": _broadcast,
}
