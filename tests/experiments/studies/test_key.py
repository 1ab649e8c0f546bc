"""Keys: what a run depends on and nothing else, and the declared version of the model."""

from __future__ import annotations

import pickle
from pathlib import Path

import pandas as pd
import pytest
import wordofmouth as wom
from wordofmouth.experiments.studies.runs.campaigns import Campaigns
from wordofmouth.experiments.studies.runs.model import MODEL, run_key
from wordofmouth.sim.errors import InputError

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
    given = Campaigns(wom.load("open_house"), network)
    assert given.network({}) == network.digest
    assert given.parameters({"network.people": 500}) == given.parameters({})
    assert Campaigns(wom.load("open_house")).network({}) == ""


def test_of_a_network_in_a_file_the_content_counts_and_not_the_place(tmp_path: Path) -> None:
    one, other = (
        wom.Network.generate("preferential_attachment", people, m=2, seed=1) for people in (50, 60)
    )
    here, there = tmp_path / "here.npz", tmp_path / "there.npz"
    one.save(here)
    one.save(there)
    model = Campaigns(wom.load("open_house"))

    def key(path: Path) -> tuple[str, str]:
        changes = {"network.file": str(path)}
        return model.parameters(changes), model.network(changes)

    first = key(here)
    assert key(there) == first
    given = Campaigns(wom.load("open_house"), one)
    assert (given.parameters({}), given.network({})) == first, "given, it is the same network"
    other.save(here)
    assert key(here) != first, "what is in the file is read again when it changed"


def test_a_network_that_changes_under_a_study_fails_its_runs(tmp_path: Path) -> None:
    file = tmp_path / "net.npz"
    wom.Network.generate("preferential_attachment", 50, m=2, seed=1).save(file)
    model = Campaigns(wom.load("open_house"))
    changes = {"network.file": str(file), "horizon": 5}
    planned = model.network(changes)
    assert model.run(changes, 1, 1).network == planned
    wom.Network.generate("preferential_attachment", 60, m=2, seed=1).save(file)
    elsewhere = pickle.loads(pickle.dumps(model))
    for each in (model, elsewhere):
        with pytest.raises(InputError, match="not the one that the study was planned with"):
            each.run(changes, 1, 1)


@pytest.mark.parametrize("given", [True, False])
def test_people_are_part_of_the_key_wherever_their_file_lies(tmp_path: Path, given: bool) -> None:
    network = wom.Network.generate("preferential_attachment", 50, m=2, seed=1) if given else None
    base = wom.load("open_house").replace({"network.people": 50, "horizon": 5})
    model = Campaigns(base, network)
    here, there = tmp_path / "here.csv", tmp_path / "there.csv"
    for file in (here, there):
        file.write_text("id,trust\n3,.5\n")

    def key(path: Path) -> tuple[str, str]:
        changes = {"people.file": str(path)}
        return model.parameters(changes), model.network(changes)

    first = key(here)
    assert first == key(there) != (model.parameters({}), model.network({}))
    model.run({"people.file": str(here)}, 1, 1)
    here.write_text("id,trust\n3,.75\n")
    if not given:
        with pytest.raises(InputError, match=r"here\.csv: this is not the one that the study"):
            model.run({"people.file": str(here)}, 1, 1)
    assert key(here) != first


def test_a_study_of_a_network_with_people_runs_again_with_them(tmp_path: Path) -> None:
    people = pd.DataFrame({"id": [3, 4], "role": ["fan", "advocate"], "town": ["x", "y"]})
    network = wom.Network.generate("preferential_attachment", 50, m=2, seed=1).with_people(people)
    how = {"settings": {"horizon": 5, "people.fans": 0.0}, "progress": False}
    axes = {"share.base.fan": [0.0, 1.0]}
    study = wom.sweep("open_house", axes, network=network, out=tmp_path / "s", **how)
    again = wom.sweep(tmp_path / "s" / "study.toml", out=tmp_path / "again", progress=False)
    assert list(again.table()["digest"]) == list(study.table()["digest"])
    assert list(study.table()["fans"]) == [2, 2]


def test_the_folder_of_a_study_runs_again_on_the_network_that_was_given(tmp_path: Path) -> None:
    network = wom.Network.generate("preferential_attachment", 50, m=2, seed=1)
    how = {"settings": {"horizon": 5}, "progress": False}
    study = wom.sweep(
        "open_house", {"incentives.reward": [0.0, 5.0]}, network=network, out=tmp_path / "s", **how
    )
    again = wom.sweep(tmp_path / "s" / "study.toml", out=tmp_path / "again", progress=False)
    assert list(again.table()["digest"]) == list(study.table()["digest"])
    before = list(study.table()["seconds"])
    wom.sweep(tmp_path / "s" / "study.toml", out=tmp_path / "s", progress=False)
    assert list(study.table()["seconds"]) == before, "the same keys: nothing is made again"


def test_a_network_file_lies_beside_the_study_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    for name, people in (("a.npz", 50), ("b.npz", 60)):
        wom.Network.generate("preferential_attachment", people, m=2, seed=1).save(mine / name)
    axis = '[axes]\nnetwork.file = ["a.npz", "b.npz"]\n'
    (mine / "axis.toml").write_text(f'scenario = "open_house"\nset.horizon = 5\n{axis}')
    (mine / "set.toml").write_text(
        'scenario = "open_house"\n[set]\nhorizon = 5\nnetwork.file = "a.npz"\n'
        "[axes]\nincentives.reward = [0.0]\n"
    )
    monkeypatch.chdir(tmp_path)
    both = wom.sweep("mine/axis.toml", out="out/axis", progress=False).table()["network"]
    one = wom.sweep("mine/set.toml", out="out/set", progress=False).table()["network"]
    assert len(set(both)) == 2
    assert one[0] == both[0]
    monkeypatch.chdir(mine)
    kept = wom.sweep("../out/set/study.toml", out="again", progress=False)
    assert kept.table()["network"][0] == one[0]


@pytest.mark.digest
def test_the_declared_version_of_the_model_is_up_to_date() -> None:
    # When this fails because the model has changed: raise MODEL in model.py, and write the digest
    # of the new version here. Studies then run anew, in place of mixing two models.
    study = wom.sweep("open_house", {"incentives.reward": [5.0]}, settings=SMALL, progress=False)
    assert (MODEL, study.table()["digest"][0][:16]) == (2, "05bdf25d376635f9")
