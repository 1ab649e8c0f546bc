"""What holds in every campaign, whatever is switched on: each a function that asserts it.

What is true of one campaign (funnel, sums, forest, buyers) is asserted where it is tested by itself
(`tests/sim/test_sums.py`), and asked again here of campaigns in which everything that exists may be
switched on, of twice as many people, and of twice as many ticks.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
import wordofmouth as wom
from wordofmouth import Network, Result, Scenario
from wordofmouth.experiments.results import archive
from wordofmouth.experiments.show import page
from wordofmouth.scenarios.loader import load_whole
from wordofmouth.scenarios.toml import document

from ..sim import test_sums

# Indicators that are a share of something, and so lie between 0 and 1.
SHARES = (
    "reshare_ratio", "invitation_conversion", "returning_visitors", "conversion_rate",
    "visit_conversion_rate", "churn",
    "community_experience", "mean_trust", "mean_bond", "share_of_voice",
)  # fmt: skip
# Of what there may be less than nothing.
SIGNED = frozenset(
    ("sentiment", "community_growth", "gross_profit", "profit", "return_on_investment")
)


class Case(NamedTuple):
    """A campaign: its scenario, who hears whom, and its luck."""

    scenario: Scenario
    network: Network
    seed: int

    def run(self, **how: Any) -> Result:
        """Run it."""
        return wom.run(self.scenario, network=self.network, seed=self.seed, **how)


def inner(test: Any) -> Callable[..., None]:
    """A test of generated campaigns, as a function of one."""
    function: Callable[..., None] = test.hypothesis.inner_test
    return function


def one_campaign(case: Case) -> None:
    """The funnel narrows, sums agree, shares are a forest in the network, buyers had it from it."""
    for test in (
        test_sums.test_the_funnel_only_narrows,
        test_sums.test_the_sums_agree,
        test_sums.test_shares_are_a_forest_in_the_network,
        test_sums.test_a_buyer_had_it_from_somebody_who_passed_it_on,
    ):
        inner(test)(case.scenario, case.network, case.seed)


def numbers(case: Case) -> None:
    """Rates lie in 0..1, indicators are finite or nan, and JSON has neither nan nor inf in it."""
    result = case.run()
    for stage in result.funnel:
        assert math.isnan(stage.rate) or 0.0 <= stage.rate <= 1.0, stage
    for name, value in result.kpis.items():
        assert not math.isinf(value), name
        assert name in SIGNED or math.isnan(value) or value >= 0.0, (name, value)
        assert name not in SHARES or math.isnan(value) or value <= 1.0, (name, value)
    sentiment = result.kpis["sentiment"]
    assert math.isnan(sentiment) or -1.0 <= sentiment <= 1.0
    told = json.dumps(result.to_dict(), allow_nan=False)
    assert json.loads(told)["kpis"].keys() == result.kpis.keys()
    for name in ("trust", "bond"):
        column = getattr(result, name)
        assert ((column >= 0.0) & (column <= 1.0)).all(), name


def money(case: Case) -> None:
    """The cost is the sum of the ledger, of the payments, and of the ticks."""
    result = case.run()
    cost = result.kpis["cost"]
    assert math.isclose(sum(result.ledger.values()), cost, abs_tol=1e-9)
    assert math.isclose(float(result.payments["amount"].sum()), cost, rel_tol=1e-12, abs_tol=1e-6)
    assert result.units.min(initial=0) >= 0
    budget = case.scenario.incentives.budget
    if budget is not None and not any(
        "incentives.budget" in change.changes for change in case.scenario.timeline
    ):
        assert result.kpis["reward_cost"] <= budget + 1e-6


def text(case: Case) -> None:
    """A scenario that is written and read back is the same, and runs to the same result."""
    scenario = case.scenario
    again = Scenario(**tomllib.loads(document(scenario.to_dict())))
    assert again == scenario
    assert wom.run(again, network=case.network, seed=case.seed).digest == case.run().digest


def doors(case: Case) -> None:
    """One result by every door, watched or not, in 1, 2 and 4 threads."""
    expected = case.run().digest
    *_, watched = wom.simulate(case.scenario, network=case.network, seed=case.seed)
    model = wom.CampaignModel(case.scenario, network=case.network, rng=case.seed)
    while model.running:
        model.step()
    found = {
        "watched": watched.result().digest,
        "Mesa": model.result.digest,
        **{f"{count} threads": case.run(threads=count).digest for count in (1, 2, 4)},
    }
    assert found == dict.fromkeys(found, expected)


def kept(case: Case, folder: Path) -> None:
    """What is saved and loaded is the same, in every table."""
    result = case.run()
    # Without the page, which takes a hundred times as long and is tested by itself.
    with patch.object(page, "html", return_value=""), patch.object(archive, "whole"):
        again = wom.Result.load(result.save(folder / "kept"))
    assert again.digest == result.digest
    assert again.scenario == result.scenario
    for name in ("series", "payments", "shares", "buyers", "ladder", "climbs", "population"):
        assert getattr(again, name).equals(getattr(result, name)), name
    assert {name: repr(value) for name, value in again.kpis.items()} == {
        name: repr(value) for name, value in result.kpis.items()
    }


def doubled(case: Case) -> tuple[Case, Case]:
    """The same with twice as many ticks, and with twice as many people."""
    longer = case.scenario.replace({"horizon": 2 * case.scenario.horizon})
    return (
        Case(longer, case.network, case.seed),
        Case(case.scenario, twice(case.network), case.seed),
    )


def twice(network: Network) -> Network:
    """A network beside its like."""
    n, source = network.n, np.repeat(np.arange(network.n), np.diff(network.indptr))
    ends = [np.concatenate((each, each + n)) for each in (source, network.indices)]
    weights = None if network.weights is None else np.tile(network.weights, 2)
    return Network.from_edges(*ends, 2 * n, directed=network.directed, weights=weights)


def write(case: Case, folder: Path) -> None:
    """Write a case so that another process can run it."""
    folder.mkdir(parents=True)
    (folder / "scenario.toml").write_text(document(case.scenario.to_dict()), encoding="utf-8")
    (folder / "seed").write_text(str(case.seed), encoding="ascii")
    case.network.save(folder / "network.npz")


def read(folder: Path) -> Case:
    """Read a case."""
    seed = int((folder / "seed").read_text(encoding="ascii"))
    network = Network.from_file(folder / "network.npz")
    return Case(load_whole(folder / "scenario.toml"), network, seed)
