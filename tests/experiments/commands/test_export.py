"""`wom export --known-truth`: the files of the folder, of a kept run too, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from ..typed import Answer

Wom = Callable[..., Answer]

SMALL = ("--set", "network.people=300", "--set", "horizon=24")


def test_the_folder_has_a_file_for_each_model(wom: Wom, tmp_path: Path) -> None:
    made = wom(
        "export", "open_house", *SMALL, "--known-truth", "--to", "truth", "--replicates", "2",
        "--every", "week", "--seed", "4", "--json",
    )  # fmt: skip
    assert made.code == 0
    kept = {path.name for path in (tmp_path / "truth").iterdir()}
    assert {"robyn.csv", "meridian.csv", "pymc_marketing.csv", "truth.csv", "truth.json"} <= kept
    assert json.loads((tmp_path / "truth" / "truth.json").read_text()) == made.told
    rows = pd.read_csv(tmp_path / "truth" / "robyn.csv")
    assert list(rows.columns)[:3] == ["DATE", "revenue", "conversions"]
    assert made.told["every"] == "week"
    assert wom("report", "truth").code == 0


def test_a_kept_run_is_told_of_with_who_was_asked(wom: Wom) -> None:
    assert wom("run", "open_house", *SMALL, "--seeds", "5,6", "--out", "kept").code == 0
    made = wom("export", "kept", "--known-truth", "--to", "truth", "--replicates", "2", "--json")
    assert made.code == 0, made.error
    kept = json.loads(Path("kept/run.json").read_text())
    assert made.told["digest"] == kept["digest"]
    refused = wom("export", "kept", "--known-truth", "--to", "other", "--seed", "3")
    assert refused.code == 2
    assert "run already" in refused.error
    assert not Path("other").exists()


def test_what_cannot_act_is_refused(wom: Wom) -> None:
    for more in ("--every", "week"), ("--seed", "3"), ("--set", "horizon=3"), ("--jobs", "2"):
        refused = wom("export", "nowhere", "--to", "runs.csv", *more)
        assert refused.code == 2
        assert "--known-truth" in refused.error
    refused = wom("export", "cascade", "--known-truth", "--to", "truth")
    assert refused.code == 2
    assert "buys no media" in refused.error
    assert not Path("truth").exists()
