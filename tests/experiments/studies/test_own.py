"""What somebody wrote as an axis of a study: utilities, and classes of people and brands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import wordofmouth as wom
from wordofmouth import InputError
from wordofmouth.experiments.studies.asked import kept_run

SMALL = wom.load("open_house").replace(
    {"network.people": 300, "horizon": 24, "share.base.fan": 0.2}
)


class Silent(wom.Fan):
    """A fan who passes nothing on."""

    def share(self, exposure: Any) -> bool:
        return False


def never(reasons: Any) -> float:
    return reasons.base - 50.0


def swept(axes: Any, **how: Any) -> wom.Study:
    return wom.sweep(SMALL, axes, progress=False, jobs=1, **how)


def by(**kinds: Any) -> str:
    model = wom.CampaignModel(SMALL, rng=1, **kinds)
    while model.running:
        model.step()
    return model.result.digest


def test_classes_are_axes_by_name(tmp_path: Path) -> None:
    axes = {"fan": {"usual": None, "silent": Silent}, "transact.click": [0.01, 0.5]}
    study = swept(axes, seed=1, out=tmp_path / "study")
    table = study.table().set_index(["fan", "transact.click"])
    usual = wom.run(SMALL.replace({"transact.click": 0.5}), seed=1).digest
    assert table.loc[("usual", 0.5), "digest"] == usual
    assert table.loc[("silent", 0.5), "digest"] != usual
    assert table.loc[("silent", 0.5), "shares"] < table.loc[("usual", 0.5), "shares"]
    study.close()
    again = swept(axes, seed=1, out=tmp_path / "study")
    assert again.made == 0
    assert again.plot("response") is not None
    again.close()
    with pytest.raises(InputError, match="fan = 'silent' is something of your own"):
        kept_run(tmp_path / "study", 2, 0)
    with pytest.raises(InputError, match="fan = 'usual' is something of your own"):
        wom.sweep(tmp_path / "study" / "study.toml", out=tmp_path / "other", progress=False)


def test_a_class_decides_as_in_a_model_of_ones_own() -> None:
    study = swept({"fan": {"silent": Silent}}, seed=1)
    assert study.table()["digest"].item() == by(fan=Silent)


@pytest.mark.slow
def test_a_utility_is_an_axis_by_name() -> None:
    study = swept({"utility": {"usual": None, "never": never}}, seed=1)
    digests = list(study.table()["digest"])
    assert digests[0] == wom.run(SMALL, seed=1).digest
    assert digests[1] == wom.run(SMALL, seed=1, utility=never).digest
    assert study.table()["reshares"].iloc[1] == 0


def test_what_is_nothing_of_that_kind_is_refused() -> None:
    for axes, said in (
        ({"fan": [Silent]}, "give classes by name, and None"),
        ({"fan": {"mine": 3}}, "fan: mine = 3 is not allowed"),
        ({"brand": {"mine": Silent}}, "give a class derived from Brand"),
        ({"utility": {}}, "give functions by name"),
    ):
        with pytest.raises(InputError, match=said):
            swept(axes)
    rule = {"share.rule": "threshold"}
    with pytest.raises(InputError, match="asks no utility"):
        swept({"utility": {"never": never}}, settings=rule)
    with pytest.raises(InputError, match="stands for two things"):
        wom.sweep(SMALL, designs=[
            {"axes": {"fan": {"mine": Silent}}}, {"axes": {"fan": {"mine": None}}},
        ], progress=False)  # fmt: skip
