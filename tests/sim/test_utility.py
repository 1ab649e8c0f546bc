"""A utility of one's own, in place of the formula of sharing."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
import wordofmouth as wom
from wordofmouth.sim.campaign import Campaign, run
from wordofmouth.sim.stages.utility import Reasons

# Two utilities only: each is compiled with the whole tick, and that takes half a minute.
pytestmark = pytest.mark.slow


def built_in(reasons: Reasons) -> float:
    return reasons.log_odds


def louder(reasons: Reasons) -> float:
    return reasons.log_odds + 1.0


@pytest.fixture(scope="module")
def scenario() -> wom.Scenario:
    return wom.load("open_house").replace({"network.people": 2_000, "incentives.reward": 5.0})


def test_the_built_in_utility_changes_nothing(scenario: wom.Scenario) -> None:
    for seed in range(3):
        own, ours = run(scenario, seed=seed, utility=built_in), run(scenario, seed=seed)
        assert own.digest == ours.digest


def test_threads_and_ticks_make_no_difference(scenario: wom.Scenario) -> None:
    whole = run(scenario, seed=1, utility=louder)
    assert run(scenario, seed=1, utility=louder, threads=2).digest == whole.digest
    campaign = Campaign(scenario, seed=1, utility=louder)
    while campaign.running:
        campaign.step()
    assert campaign.result().digest == whole.digest


def test_a_utility_decides(scenario: wom.Scenario) -> None:
    usual, more = run(scenario, seed=2), run(scenario, seed=2, utility=louder)
    assert more.kpis["shares"] + more.kpis["reshares"] > usual.kpis["shares"]


def test_a_campaign_with_a_utility_can_be_carried_elsewhere(scenario: wom.Scenario) -> None:
    campaign = Campaign(scenario, seed=3, utility=louder)
    campaign.step()
    copy = pickle.loads(pickle.dumps(campaign))
    campaign.finish()
    copy.finish()
    assert copy.result().digest == campaign.result().digest


def test_the_page_about_it_runs(capsys: pytest.CaptureFixture[str]) -> None:
    page = Path(__file__).parents[2] / "docs" / "your_own_utility.md"
    code = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    for block in code:
        exec(compile(block, str(page), "exec"), {})
    assert "re-shares instead of" in capsys.readouterr().out


def test_a_rule_that_asks_no_utility_is_refused(scenario: wom.Scenario) -> None:
    for rule in ("threshold", "bass"):
        with pytest.raises(wom.InputError, match=r"share\.rule = '.*' asks no utility"):
            run(scenario.replace({"share.rule": rule}), utility=built_in)
