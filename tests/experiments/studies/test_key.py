"""Keys: what a run depends on and nothing else, and the declared version of the model."""

from __future__ import annotations

import pytest
import wordofmouth as wom
from wordofmouth.experiments.studies.campaigns import Campaigns, campaigns
from wordofmouth.experiments.studies.key import MODEL, run_key

from .test_runs import SMALL


def test_a_key_is_of_all_that_a_run_depends_on() -> None:
    keys = [
        run_key("a", 1, 1),
        run_key("b", 1, 1),
        run_key("a", 2, 1),
        run_key("a", 1, 2),
        run_key("a", 1, 1, "network"),
        run_key("a", 1, 1, "", ("series",)),
    ]
    assert len(set(keys)) == len(keys)
    assert run_key("a", 1, 1, "", ("series", "shares")) == run_key(
        "a", 1, 1, "", ("shares", "series")
    )


def test_what_decides_nothing_is_no_part_of_it() -> None:
    scenario = wom.load("open_house")
    renamed = scenario.replace({"name": "another", "question": "Why?", "outcome": "visits"})
    changed = scenario.replace({"share.base.fan": 0.5})
    by = [Campaigns(each).parameters({}) for each in (scenario, renamed, changed)]
    assert by[0] == by[1]
    assert by[0] != by[2]
    assert Campaigns(scenario).parameters({"share.base.fan": 0.5}) == by[2], "however it came to be"
    other = Campaigns(scenario).parameters({"incentives.reward": 0})
    assert other == by[0], "0 and 0.0 are one reward"


def test_a_network_that_is_given_counts_and_not_what_the_scenario_would_have_made() -> None:
    network = wom.Network.generate("preferential_attachment", 50, m=2, seed=1)
    given = campaigns("open_house", network)
    assert given.network({}) == network.digest
    assert given.parameters({"network.people": 500}) == given.parameters({})
    assert campaigns("open_house").network({}) == ""


@pytest.mark.digest
def test_the_declared_version_of_the_model_is_up_to_date() -> None:
    # When this fails because the model has changed: raise MODEL in key.py, and write the digest of
    # the new version here. Studies then run anew, in place of mixing two models.
    study = wom.sweep("open_house", {"incentives.reward": [5.0]}, settings=SMALL, progress=False)
    assert (MODEL, study.table()["digest"][0][:16]) == (1, "8b3d74f4cd344edd")
