"""The agents are the specification of the kernels: equal digests, person by person."""

from __future__ import annotations

import numpy as np
import pytest
import wordofmouth as wom
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .generated import networks, scenarios


def differences(one: wom.Result, other: wom.Result) -> list[str]:
    """What differs between two results, in words, people first."""
    found = [
        f"person {row}: {name} is {a[row]!r} by kernels, {b[row]!r} by agents"
        for name in ("role", "trust", "bond", "steps")
        for a, b in [(getattr(one, name), getattr(other, name))]
        for row in np.flatnonzero(a != b)
    ]
    for name in ("share_log", "buyer_log"):
        rows = [
            set(zip(*map(np.ndarray.tolist, getattr(r, name)), strict=True)) for r in (one, other)
        ]
        found += [f"{name}: only by kernels {row}" for row in sorted(rows[0] - rows[1])]
        found += [f"{name}: only by agents {row}" for row in sorted(rows[1] - rows[0])]
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
@given(scenarios(), networks(), st.integers(0, 2**62))
def test_agents_decide_as_kernels_do(
    scenario: wom.Scenario, network: wom.Network, seed: int
) -> None:
    compiled = wom.run(scenario, network=network, seed=seed)
    by_agents = end(wom.CampaignModel(scenario, network=network, rng=seed, by="agents"))
    assert differences(compiled, by_agents) == []
    assert by_agents.digest == compiled.digest


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(scenarios(), networks(), st.integers(0, 2**62))
def test_every_door_leads_to_one_result(
    scenario: wom.Scenario, network: wom.Network, seed: int
) -> None:
    compiled = wom.run(scenario, network=network, seed=seed)
    *_, watched = wom.simulate(scenario, network=network, seed=seed)
    doors = [
        watched.result(),
        wom.run(scenario, network=network, seed=seed, threads=2),
        wom.run(scenario, network=network, seed=seed, threads=3),
        end(wom.CampaignModel(scenario, network=network, rng=seed)),
    ]
    assert [door.digest for door in doors] == [compiled.digest] * len(doors)


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
    assert wom.run(scenario, seed=1).digest[:16] == "0" * 16
