"""What having noticed a complaint costs at the point of sale, beside the trust that it costs."""

from __future__ import annotations

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import Network, Result, Scenario
from wordofmouth.sim.arithmetic import logit
from wordofmouth.sim.plan import plan
from wordofmouth.sim.stages.transact import convert_probability
from wordofmouth.sim.state import WARNED

NETWORK = Network.generate("clustered_preferential_attachment", 4000, seed=1, m=4)
# All who are reached click and find; complaints cost no trust, and are told at once. The second
# post sells to everybody, whoever bought over the first.
TOLD = Scenario().replace(
    {
        "horizon": 12,
        "content": ["post", "post"],
        "publish.interval": 8,
        "people.fans": 1.0,
        "transact.click": 1.0,
        "transact.convert": 0.2,
        "transact.once": "post",
        "complaints.rate": 0.3,
        "complaints.patience": 0,
        "complaints.loss": 0.0,
        "negative.harm": 0.0,
        "negative.reach": 1.0,
    }
)


def warned(result: Result) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return result.relation["flags"] & WARNED != 0


@pytest.mark.parametrize("convert", [0.0, 0.5, 2.0])
def test_it_is_taken_from_the_log_odds_of_whoever_is_warned(convert: float) -> None:
    transact = plan(TOLD.replace({"negative.convert": convert}), np.uint64(1)).transact
    chances = [
        convert_probability(transact, 0.5, 0.3, 0.0, warned, 0, 0.0) for warned in (0.0, 1.0)
    ]
    assert logit(chances[0]) - logit(chances[1]) == pytest.approx(convert, abs=1e-12)


def test_half_a_log_odds_is_two_buyers_in_five_where_few_buy() -> None:
    rare = TOLD.replace({"transact.convert": 0.01})
    transact = plan(rare, np.uint64(1)).transact
    few, fewer = (
        convert_probability(transact, 0.5, 0.3, 0.0, warned, 0, 0.0) for warned in (0.0, 1.0)
    )
    assert rare.negative.convert == 0.5
    assert 1.0 - fewer / few == pytest.approx(0.392, abs=0.001)


@pytest.mark.parametrize("convert", [0.0, 0.5, 2.0])
def test_those_who_are_warned_buy_at_so_much_lower_odds(convert: float) -> None:
    """Of the second post, within four standard errors of the exact chances."""
    times, trials = np.zeros(2), np.zeros(2)
    for seed in range(6):
        changed = TOLD.replace({"negative.convert": convert})
        under_way = wom.simulate(changed, network=NETWORK, seed=seed)
        before = next(now for now in under_way if now.tick == 8).result()
        is_warned = warned(before).astype(int)
        log = next(under_way).result().buyer_log
        buyers = log.person[(log.message == 1) & (log.tick == 8)]
        trials += np.bincount(is_warned, minlength=2)
        times += np.bincount(is_warned[buyers], minlength=2)
    chance = 1.0 / (1.0 + 4.0 * np.exp(convert * np.arange(2)))
    assert trials.min() > 1_000
    assert (np.abs(times - chance * trials) <= 4.0 * np.sqrt(chance * (1 - chance) * trials)).all()


def test_nobody_is_warned_where_nothing_goes_wrong() -> None:
    fine = TOLD.replace({"complaints.rate": 0.0})
    results = [
        wom.run(fine.replace({"negative.convert": convert}), network=NETWORK, seed=0)
        for convert in (0.0, 9.0)
    ]
    assert not warned(results[0]).any()
    assert results[0].digest == results[1].digest


def test_who_complains_is_not_warned_by_that() -> None:
    alone = Network.from_edges([], [], 500)
    result = wom.run(TOLD, network=alone, seed=0)
    assert result.kpis["complaints"] > 20
    assert not warned(result).any()
