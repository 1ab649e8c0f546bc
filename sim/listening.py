"""Listening before speaking (001, 002, 003): what a sample of followers is interested in."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .draws import SAMPLE, key
from .parameters import Scenario
from .world import STRANGER, World, traits


def learned_topic(scenario: Scenario, world: World, luck: np.uint64) -> float | None:
    """The topic that followers are most interested in, as far as a sample of them tells.

    The circular mean of the interests of `advocacy.sample` followers, brought onto the topic map:
    the larger the sample, the nearer to that of all.

    Parameters
    ----------
    scenario, world
        How many are asked; who there is.
    luck
        The key of the campaign's draws: who is asked.

    Returns
    -------
    float or None
        A place on the circle of topics; None where nobody is asked.
    """
    followers = np.flatnonzero(world.role != STRANGER)
    asked = min(scenario.advocacy.sample, followers.size)
    if asked == 0:
        return None
    order = traits(key(int(luck), int(SAMPLE)), world.role.size, world.identity)[followers]
    chosen = followers[np.argsort(order, kind="stable")[:asked]]
    angles = 2.0 * math.pi * world.traits["interest"][chosen].astype(np.float64)
    east, north = math.fsum(np.cos(angles)), math.fsum(np.sin(angles))
    return on_the_map(scenario, math.atan2(north, east) / (2.0 * math.pi) % 1.0)


def part_of(scenario: Scenario, topic: NDArray[Any]) -> NDArray[np.int16]:
    """In which of the equal parts of the circle of topics each of some topics lies.

    The first part has topic 0 in its middle.

    Examples
    --------
    >>> part_of(Scenario(topic_map={"topics": 4}), np.array([0.0, 0.1, 0.13, 0.9])).tolist()
    [0, 0, 1, 0]
    """
    parts = scenario.topic_map.topics
    return (np.rint(topic * np.float64(parts)) % parts).astype(np.int16)


def on_the_map(scenario: Scenario, topic: float) -> float:
    """The place on the topic map that is nearest to a topic (003)."""
    topics = scenario.topic_map
    away = (topic - topics.centre + 0.5) % 1.0 - 0.5
    return (topics.centre + max(-topics.width, min(topics.width, away))) % 1.0
