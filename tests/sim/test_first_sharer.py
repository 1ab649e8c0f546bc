"""What the hop brings: the response to the first sharer, and a word of which nothing is lost."""

from __future__ import annotations

import math

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import Network, Result, Scenario
from wordofmouth.sim.draws import LUCK, key
from wordofmouth.sim.plan import credibility, plan

from . import plain

LEAVES = 20_000
FIRST = math.log(3.0)


def star(**changes: float) -> Result:
    """A hub, asked to share, whom everybody hears and who hears nobody."""
    hub = Network.from_edges(np.zeros(LEAVES, int), np.arange(1, LEAVES + 1), LEAVES + 1)
    scenario = Scenario().replace(
        {"horizon": 6, "people.fans": 0.0, "publish.asked": [0], "share.base.stranger": 0.05}
    )
    named = {name.replace("__", "."): value for name, value in changes.items()}
    return wom.run(scenario.replace(named), network=hub, seed=4)


def test_of_those_who_hear_the_first_sharer_so_many_pass_it_on() -> None:
    """Three times the odds of .05 are .136: within four standard errors of 20,000 people."""
    chance = plain.logistic(plain.logit(0.05) + FIRST)
    found = star(share__weight__first=FIRST).kpis["reshares"] / LEAVES
    assert abs(found - chance) <= 4 * math.sqrt(chance * (1 - chance) / LEAVES)
    assert abs(star().kpis["reshares"] / LEAVES - 0.05) <= 4 * math.sqrt(0.05 * 0.95 / LEAVES)


@pytest.mark.parametrize("first", [-1.0, 2.0])
def test_where_nobody_hears_a_later_sharer_it_is_a_boost_of_resharing(first: float) -> None:
    one, other = star(share__weight__first=first), star(boost__reshare=first)
    assert one.digest == other.digest != star().digest


@pytest.mark.parametrize("first", [-50.0, 50.0])
def test_it_touches_neither_the_first_sharers_nor_those_from_the_second_generation_on(
    first: float,
) -> None:
    """Chains of four: at an odds of e**50 everybody passes it on at hop 1, and else as before."""
    chains = 3_000
    start = 4 * np.arange(chains)
    steps = np.concatenate([start, start + 1, start + 2])
    network = Network.from_edges(steps, steps + 1, 4 * chains)
    scenario = Scenario().replace(
        {
            "horizon": 12, "people.fans": 0.0, "publish.asked": start.tolist(),
            "share.base.stranger": 0.3, "share.weight.first": first,
        }
    )  # fmt: skip
    hop = wom.run(scenario, network=network, seed=2).share_log.hop
    count = np.bincount(hop, minlength=4)
    assert count[0] == chains
    assert count[1] == (chains if first > 0 else 0)
    if first > 0:
        for before, now in ((1, 2), (2, 3)):
            error = math.sqrt(0.3 * 0.7 / count[before])
            assert abs(count[now] / count[before] - 0.3) <= 4 * error


def test_at_an_attenuation_of_one_nothing_is_lost_however_far_it_came() -> None:
    """To the last bit, so that there is no need of a way to switch attenuation off."""
    scenario = Scenario().replace({"credibility.attenuation": 1.0, "credibility.friend": 0.37})
    believe = plan(scenario, key(1, int(LUCK))).believe
    near = credibility(believe, 1, 0.83, 0.41, 0.06)
    assert all(credibility(believe, hop, 0.83, 0.41, 0.06) == near for hop in range(2, 300))
    usual = plan(scenario.replace({"credibility.attenuation": 0.8}), key(1, int(LUCK))).believe
    assert credibility(usual, 2, 0.83, 0.41, 0.06) < near
