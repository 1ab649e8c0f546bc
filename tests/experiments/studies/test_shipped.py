"""Shipped studies: each runs small, asks a question, and has its finding at the top of its file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import wordofmouth as wom
from wordofmouth.experiments.studies.design.file import HERE, names, read

from ..typed import Answer

# What makes each over in a second: fewer people, a shorter campaign, two values an axis.
SMALL: dict[str, dict[str, Any]] = {
    "campaign_card": {"network.people": 400, "network.m": 4, "horizon": 30},
    "tipping_point": {"network.people": 500},
    "hubs_or_many": {
        "network.people": 500,
        "publish.seeds": 500,
        "publish.seed_budget": 50.0,
        "horizon": 40,
    },
    "late_answers": {"network.people": 500, "network.m": 4},
    "effort_by_goal": {"network.people": 400, "network.m": 4, "horizon": 14},
}


def test_the_studies_of_the_sources_are_shipped() -> None:
    assert names() == sorted(SMALL)


@pytest.mark.parametrize("name", sorted(SMALL))
def test_a_shipped_study_runs_small(name: str, tmp_path: Path) -> None:
    tables, _ = read(name)
    axes = tables["axes"]
    shorter = {
        axis: values if isinstance(values, dict) else [values[0], values[-1]]
        for axis, values in axes.items()
    }
    settings = {**tables.get("set", {}), **SMALL[name]}
    study = wom.sweep(
        wom.load(tables["scenario"]), shorter, settings=settings, replicates=2, name=name,
        outcomes=tables["outcomes"], out=tmp_path / "s", progress=False,
    )  # fmt: skip
    assert study.status["failed"] == 0
    assert study.status["done"] == 2 * len(study.summary([study.main_outcome]))
    assert study.table()[study.main_outcome].nunique() > 1, "something depends on something"


@pytest.mark.parametrize("name", sorted(SMALL))
def test_a_shipped_study_states_question_and_finding_at_the_top(name: str) -> None:
    text = (HERE / f"{name}.toml").read_text(encoding="utf-8")
    tables, _ = read(name)
    assert text.startswith("# ")
    assert tables["question"].endswith("?")
    assert len(tables["finding"]) > 60
    assert "--seed" in text or "replicates" in text


def test_the_list_tells_what_each_asks(wom: Callable[..., Answer]) -> None:
    told = wom("sweep", "--json").told["studies"]
    assert [each["name"] for each in told] == sorted(SMALL)
    assert all(each["question"].endswith("?") for each in told)


def test_every_shipped_study_is_valid_at_every_point(wom: Callable[..., Answer]) -> None:
    from wordofmouth.experiments.studies.asked import request
    from wordofmouth.experiments.studies.runs.plan import plan

    for name in names():
        asked = request(name, {})
        assert len(plan(asked.design, asked.model).points) == asked.design.size
