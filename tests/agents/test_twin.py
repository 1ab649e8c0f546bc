"""The agents are the specification of the kernels: equal digests, person by person."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import wordofmouth as wom
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from .generated import identities, networks, scenarios

luck = st.integers(0, 2**62)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[wom.Network, NDArray[np.uint64] | None]:
    """A network, and whom the draws are about."""
    network = draw(networks())
    return network, draw(identities(network.n))


def differences(one: wom.Result, other: wom.Result) -> list[str]:
    """What differs between two results, in words, people first."""
    found = [
        f"person {row}: {name} is {a[row]!r} by kernels, {b[row]!r} by agents"
        for name in ("role", "trust", "bond", "steps")
        for a, b in [(getattr(one, name), getattr(other, name))]
        for row in np.flatnonzero(a != b)
    ]
    for name in ("share_log", "buyer_log"):
        ours, theirs = (
            set(zip(*(column.tolist() for column in getattr(result, name)), strict=True))
            for result in (one, other)
        )
        found += [f"{name}: only by kernels {row}" for row in sorted(ours - theirs)]
        found += [f"{name}: only by agents {row}" for row in sorted(theirs - ours)]
    found += [
        f"{name} at tick {tick}: {a[tick]} by kernels, {b[tick]} by agents"
        for name, a in one.columns.items()
        for b in [other.columns[name]]
        for tick in np.flatnonzero(a != b)
    ]
    return found[:10]


def end(model: wom.CampaignModel) -> wom.Result:
    while model.running:
        model.step()
    return model.result


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(scenarios(), worlds(), luck)
def test_agents_decide_as_kernels_do(
    scenario: wom.Scenario, world: tuple[wom.Network, NDArray[np.uint64] | None], seed: int
) -> None:
    network, identity = world
    compiled = wom.run(scenario, network=network, seed=seed, identity=identity)
    model = wom.CampaignModel(scenario, network=network, rng=seed, identity=identity, by="agents")
    by_agents = end(model)
    assert differences(compiled, by_agents) == []
    assert by_agents.digest == compiled.digest
    for name, column in compiled.columns.items():
        if column.any():
            event(f"some {name}")  # pytest --hypothesis-show-statistics


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(scenarios(), worlds(), luck)
def test_every_door_leads_to_one_result(
    scenario: wom.Scenario, world: tuple[wom.Network, NDArray[np.uint64] | None], seed: int
) -> None:
    network, identity = world
    how = {"network": network, "seed": seed, "identity": identity}
    compiled = wom.run(scenario, **how)
    *_, watched = wom.simulate(scenario, **how)
    doors = [
        watched.result(),
        wom.run(scenario, threads=2, **how),
        wom.run(scenario, threads=3, **how),
        end(wom.CampaignModel(scenario, network=network, rng=seed, identity=identity)),
    ]
    assert [door.digest for door in doors] == [compiled.digest] * len(doors)


def test_generated_campaigns_are_lively() -> None:
    """A twin that agrees about silence says nothing."""
    happened: Counter[str] = Counter()

    @settings(max_examples=100, suppress_health_check=list(HealthCheck), database=None)
    @given(scenarios(), networks(), luck)
    def count(scenario: wom.Scenario, network: wom.Network, seed: int) -> None:
        columns = wom.run(scenario, network=network, seed=seed).columns
        happened.update(name for name, column in columns.items() if column.any())
        happened["campaigns"] += 1

    count()
    assert happened["reshares"] > 0.5 * happened["campaigns"]
    for name in ("conversions", "new_fans", "thanks"):
        assert happened[name] > 0.33 * happened["campaigns"]


@pytest.mark.digest
def test_digest_is_pinned() -> None:
    """Changes only with the model itself: then say so in the changelog."""
    scenario = wom.Scenario().replace(
        {
            "network.people": 500,
            "share.base.fan": 0.2,
            "share.base.stranger": 0.05,
            "share.weight.trust": 1.0,
            "people.susceptibility_spread": 0.5,
            "attention": 4.0,
            "transact.click": 0.2,
            "interact.follow": 0.2,
            "interact.thank": 0.5,
        }
    )
    assert wom.run(scenario, seed=1).digest[:16] == "649487acc5a2f962"
