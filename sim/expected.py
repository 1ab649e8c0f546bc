"""What a campaign is expected to need: two small ones are run, and a straight line drawn through.

The least and the most that arithmetic can tell (`budget`) lie far apart, since a campaign may
spread or not. How far it does, only running it tells.
"""

from __future__ import annotations

import time
from typing import Final, NamedTuple

import numpy as np

from . import state as s
from .budget import BORN, DUE, EXPOSURE, NOTICED, TOLD
from .campaign import Campaign
from .network.size import estimate
from .parameters import Scenario

# The people of the larger of the two, at most, and of the smaller one a part of them. In fewer
# a hub or a seed counts for more than among all.
MOST: Final = 20_000
_PART: Final = 0.5
# Bytes a person of the result: role, trust, bond, steps, relation and sense of community.
_RESULT: Final = 1 + 4 + 4 + 2 + 32 + 8
_ARRIVED: Final = ("impressions", "negative_impressions", "rival_impressions")
# Rows of the state, and what else is as long: the entries of `size` by field.
_ROWS: Final = {
    "shares": s.SHARES, "posted": s.SHARES, "after": s.SHARES, "buyers": s.BUYERS,
    "followers": s.FOLLOWERS, "tasks": s.TASKS, "book": s.BOOKED, "active": s.ACTIVE,
    "climbs": s.CLIMBS, "posts": s.POSTED,
}  # fmt: skip


class Expected(NamedTuple):
    """What a campaign is expected to need.

    Attributes
    ----------
    people, arcs
        Of the campaign.
    bytes, seconds
        Memory at its fullest, and CPU time of all its ticks on one thread.
    tried
        The people of the two that were run.
    """

    people: int
    arcs: int
    bytes: int
    seconds: float
    tried: tuple[int, int]


class _Tried(NamedTuple):
    people: int
    born: float
    running: float
    told: float
    seconds: float


def expected(scenario: Scenario, seed: int = 0, most: int = MOST) -> Expected | None:
    """What a campaign is expected to need, if it spreads among all as among a part of them.

    Everything that is held in memory is counted after each tick of two campaigns among fewer
    people, and each count is continued in a straight line up to the people of the scenario.

    Parameters
    ----------
    scenario
        What is simulated.
    seed
        The luck of the two campaigns.
    most
        People of the larger of them, at most.

    Returns
    -------
    Expected or None
        None where the network or its people come from a file, or are fewer than four: there are
        no smaller ones like them.

    Raises
    ------
    InputError, LimitError
        As for the campaign.

    Examples
    --------
    >>> from wordofmouth.sim.expected import expected
    >>> from wordofmouth.sim.parameters import Scenario
    >>> large = Scenario(horizon=10).replace({"network.people": 100_000, "publish.seeds": 5})
    >>> found = expected(large, most=1_000)
    >>> found.tried, found.people
    ((500, 1000), 100000)
    """
    choice, table = scenario.network, scenario.people.file
    if choice.file is not None or table is not None or choice.people < 4:
        return None
    people, arcs, making = estimate(choice.kind, choice.people, **choice.generator_options())
    larger = min(most, people // 2)
    smaller = int(larger * _PART)
    # Twice the smaller, as the first also loads the kernels.
    _, one, two = (_tried(scenario, part, seed) for part in (smaller, smaller, larger))

    def there(low: float, high: float) -> float:
        slope = (high - low) / (two.people - one.people)
        return max(high + slope * (people - two.people), high)

    held = max(
        there(getattr(one, when), getattr(two, when)) for when in ("born", "running", "told")
    )
    seconds = there(one.seconds, two.seconds)
    return Expected(people, arcs, int(max(making, held)), seconds, (one.people, two.people))


def _tried(scenario: Scenario, people: int, seed: int) -> _Tried:
    """A campaign among fewer people: its fullest tick, and what is held when it is told."""
    fewer = {"network.people": people, "network.nearest": True}
    if scenario.network.kind != "social":
        del fewer["network.nearest"]
    campaign = Campaign(scenario.replace(fewer), seed=seed)
    n, before, running = campaign.network.n, 0, 0.0
    born = sum(column.nbytes for column in campaign.world if isinstance(column, np.ndarray))
    begin = time.process_time()
    while campaign.running:
        campaign.step()
        tick = campaign.tick - 1
        columns = sum(state.series[tick] for state in campaign.states)
        row = dict(zip(s.SERIES, columns.tolist(), strict=False))
        arrived = sum(row[name] for name in _ARRIVED)
        tasks = int(campaign.states[0].size[s.TASKS])
        passing = EXPOSURE * arrived + NOTICED * row["noticed"] + DUE * (tasks - before)
        before = tasks
        running = max(running, _held(campaign) + passing)
    seconds = time.process_time() - begin
    size = campaign.states[0].size
    rows = int(size[s.SHARES] + size[s.BUYERS] + size[s.CLIMBS])
    told = _held(campaign) + TOLD * rows + _RESULT * n
    return _Tried(n, born + BORN * n, running, told, seconds)


def _held(campaign: Campaign) -> int:
    """Bytes of network, people and state; of what has room to grow, what is filled."""
    network, [state] = campaign.network, campaign.states
    held = network.indptr.nbytes + network.indices.nbytes
    held += sum(column.nbytes for column in campaign.world[2:] if isinstance(column, np.ndarray))
    for name, column in zip(state._fields, state, strict=True):
        if not isinstance(column, np.ndarray):
            continue
        if name in _ROWS:
            held += int(state.size[_ROWS[name]]) * column.itemsize
        elif name == "pages":
            held += int(state.size[s.PAGES]) * s.PAGE
        elif name in ("waiting", "block_after"):
            held += int(state.size[s.BLOCKS]) * column.itemsize * (s.BLOCK if name[0] == "w" else 1)
        else:
            held += column.nbytes
    return held
