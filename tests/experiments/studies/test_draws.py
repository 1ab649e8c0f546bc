"""A study over draws: each replicate has one, which is kept, resumed and run again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import wordofmouth as wom
from wordofmouth import InputError
from wordofmouth.experiments.studies.asked import kept_run
from wordofmouth.experiments.worlds.draws import Draws

# Not out of a file: it has no content types but its own.
SMALL = wom.Scenario().replace(
    {"horizon": 6, "network.people": 200, "network.m": 4, "people.fans": 0.3, "transact.click": 0.2}
)
CLICK = tuple({"transact.click": value} for value in (0.05, 0.3, 0.6))
AXES = {"share.base.fan": [0.05, 0.3]}


def digests(study: wom.Study) -> list[str]:
    return list(study.table()["digest"])


def swept(source: Any, axes: Any = None, **how: Any) -> wom.Study:
    return wom.sweep(source, axes or AXES, progress=False, jobs=1, **how)


def test_a_replicate_has_its_draw_at_every_point() -> None:
    study = swept(Draws(SMALL, CLICK), replicates=4, seed=2)
    wanted = [
        wom.run(SMALL.replace({**CLICK[r % 3], "share.base.fan": fan}), seed=2 + r).digest
        for fan in AXES["share.base.fan"]
        for r in range(4)
    ]
    assert digests(study) == wanted
    assert list(study.table()["draw"]) == [0, 1, 2, 0] * 2
    assert study.about.pairing == "world, luck and draw"
    assert "3 draws of what is not known" in study.about.notes[0]


def test_equal_draws_come_to_what_the_scenario_does() -> None:
    same = Draws(SMALL, ({"transact.click": 0.2},) * 2)
    assert digests(swept(same, replicates=2)) == digests(swept(SMALL, replicates=2))
    assert "draw" not in swept(SMALL).table().columns


def test_what_the_study_sets_has_no_draw() -> None:
    study = swept(Draws(SMALL, CLICK), {"transact.click": [0.1, 0.4]}, replicates=2)
    assert digests(study) == digests(swept(SMALL, {"transact.click": [0.1, 0.4]}, replicates=2))
    assert study.about.notes[0] == "transact.click is set by the study and has no draws."


def test_it_resumes_and_another_fit_is_another_study(tmp_path: Path) -> None:
    home = tmp_path / "study"
    swept(Draws(SMALL, CLICK), replicates=2, out=home).close()
    more = swept(Draws(SMALL, CLICK), replicates=3, out=home)
    assert more.made == 2
    more.close()
    again = wom.sweep(home / "study.toml", out=home, jobs=1, progress=False)
    assert again.made == 0
    again.close()
    elsewhere = wom.sweep(home / "study.toml", out=tmp_path / "two", jobs=1, progress=False)
    assert digests(elsewhere) == digests(swept(Draws(SMALL, CLICK), replicates=3))
    elsewhere.close()
    # The replicate of one seed may have another draw: it is another run.
    shifted = swept(Draws(SMALL, CLICK), replicates=2, seed=1, out=home)
    assert shifted.made == 4
    shifted.close()
    other = swept(Draws(SMALL, CLICK[1:]), replicates=2, out=home)
    assert other.made == 4
    other.close()


def test_a_run_of_it_is_run_again(tmp_path: Path) -> None:
    study = swept(Draws(SMALL, CLICK), replicates=3, out=tmp_path / "study", luck="each")
    table = study.table().set_index(["point", "replicate"])
    study.close()
    run = kept_run(tmp_path / "study", 1, 2)
    assert run.scenario.transact.click == 0.6
    found = wom.run(run.scenario, seed=run.seed, world=run.world).digest
    assert found == run.digest == table.loc[(1, 2), "digest"]


def test_draws_beside_a_study_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'draw' is the number"):
        swept(Draws(SMALL, CLICK), {"draw": {"link": {"transact.price": [1.0]}}})
    with pytest.raises(InputError, match="axes are missing"):
        wom.sweep(Draws(SMALL, CLICK))
    assert "One replicate shows one draw" in " ".join(swept(Draws(SMALL, CLICK)).about.notes)
