"""Reunion: most people are lost at sharing, and it is not what is missing (sources 000, 001)."""

from __future__ import annotations

import pytest
from wordofmouth.experiments.answers.diagnosis.answer import Diagnosis
from wordofmouth.experiments.answers.diagnosis.find import diagnose


@pytest.fixture(scope="module")
def found() -> Diagnosis:
    return diagnose("reunion", replicates=64, also=("opened",))


def test_the_funnel_says_that_sharing_is_missing(found: Diagnosis) -> None:
    assert found.naive is not None
    assert found.naive.stage == "share"
    assert found.naive.rate < 0.02


def test_the_transaction_is_what_holds_it_back(found: Diagnosis) -> None:
    assert found.bottleneck is not None
    assert found.bottleneck.stage == "convert"
    assert found["convert"].gain.low > 10 * found["share"].gain.high
    assert not found.agrees
    assert "but that is not the bottleneck" in found.sentence


def test_because_the_stage_after_sharing_is_full(found: Diagnosis) -> None:
    assert found["click"].rate > 0.97
    everybody = found["share"].opened
    assert everybody is not None
    assert 0 < everybody.high < found["convert"].gain.low
    assert everybody.high < 0.06 * found.base.mean
