"""The network that was made last is not made again."""

from __future__ import annotations

import gc

import pytest
from wordofmouth.sim import campaign, latest
from wordofmouth.sim.campaign import Campaign, run
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.network import generate
from wordofmouth.sim.parameters import Scenario

SMALL = Scenario(horizon=3).replace({"network.people": 100, "publish.seeds": 2})


@pytest.fixture
def made(monkeypatch):
    """How many networks were made so far."""
    count = []
    making = generate.generate

    def counted(*asked):
        count.append(asked)
        return making(*asked)

    monkeypatch.setattr("wordofmouth.sim.network.generate.generate", counted)
    monkeypatch.setattr(campaign, "_networks", latest.Latest(campaign._networks.size))
    return count


def test_campaigns_in_one_world_have_one_network(made):
    campaigns = [Campaign(SMALL, seed=seed, world=1) for seed in range(4)]
    other = Campaign(SMALL.replace({"publish.seeds": 5}), seed=9, world=1)
    assert len(made) == 1
    assert {id(each.network) for each in [*campaigns, other]} == {id(campaigns[0].network)}


def test_results_are_those_of_networks_made_anew(made):
    found = [run(SMALL, seed=seed, world=1).digest for seed in range(3)]
    anew = [run(SMALL, seed=seed, world=1).digest for seed in (0, 1, 2) if run(SMALL, seed=8)]
    assert found == anew
    assert len(made) == 1 + 2 * 3  # between two runs, another world's


@pytest.mark.parametrize("change", [{"network.people": 101}, {"network.m": 3}])
def test_another_network_is_made(made, change):
    one = Campaign(SMALL, world=1)
    assert Campaign(SMALL.replace(change), world=1).network.digest != one.network.digest
    assert Campaign(SMALL, world=2).network.digest != one.network.digest
    assert len(made) == 3


def test_what_cannot_be_made_leaves_nothing_behind(made):
    first = Campaign(SMALL, world=1).network
    hopeless = SMALL.replace({"network": {"kind": "social", "people": 1000, "clustering": 1.0}})
    for _ in range(2):
        with pytest.raises(InputError, match="clustering"):
            Campaign(hopeless, world=1)
    assert Campaign(SMALL, world=1).network.digest == first.digest


def test_a_large_one_is_not_left_lying_about(made, monkeypatch):
    monkeypatch.setattr(latest, "ROOM", 100)
    campaign = Campaign(SMALL, world=1)
    assert Campaign(SMALL, seed=2, world=1).network is campaign.network
    del campaign
    gc.collect()
    Campaign(SMALL, world=1)
    assert len(made) == 2


def test_one_in_a_file_is_read_again(tmp_path):
    ties = tmp_path / "ties.txt"
    scenario = SMALL.replace({"network": {"file": str(ties)}})
    arcs = []
    for line in ("0 1\n1 2\n", "0 1\n1 2\n2 3\n"):
        ties.write_text(line)
        arcs.append(Campaign(scenario, world=1).network.arcs)
    assert arcs == [4, 6]
