"""Source 004's comparison: the sum that explodes, the network that doubles, the price of a spot."""

from __future__ import annotations

import json
from collections.abc import Iterable
from math import sqrt

import numpy as np
import pytest
from wordofmouth.experiments.results.shown import document
from wordofmouth.experiments.show.document import Table
from wordofmouth.scenarios.loader import load
from wordofmouth.sim.campaign import choose_network, run
from wordofmouth.sim.comparison import naive_sum, sentence
from wordofmouth.sim.parameters import Scenario
from wordofmouth.sim.parameters.policy import Reference
from wordofmouth.sim.result import Result
from wordofmouth.sim.state import EXPOSED

SUPER_BOWL = load("super_bowl")
WORLDS = range(16)


def exposures(results: Iterable[Result]) -> np.ndarray:
    """Posts that arrived, by run and hop."""
    return np.array([result.counts[:, EXPOSED, ..., 0].sum(axis=(0, 1)) for result in results])


def one_run_in_each_world(scenario: Scenario) -> list[Result]:
    return [
        run(scenario, network=choose_network(scenario, world), seed=world, world=world)
        for world in WORLDS
    ]


def ratio(part: np.ndarray, whole: np.ndarray) -> tuple[float, float]:
    """Sum by sum, and its standard error (Cochran 1977, section 2.11)."""
    value = part.sum() / whole.sum()
    spread = sqrt(part.size / (part.size - 1) * ((part - value * whole) ** 2).sum())
    return value, spread / whole.sum()


@pytest.fixture(scope="module")
def calibrated() -> list[Result]:
    return one_run_in_each_world(SUPER_BOWL)


def test_the_naive_sum_passes_the_viewers_at_the_fourth_generation() -> None:
    naive = naive_sum(SUPER_BOWL.reference)
    assert naive["growth"] == 30
    assert naive["exposures"] == [1e3, 3e4, 9e5, 2.7e7, 8.1e8]
    assert naive["total"] == 837_931_000
    assert naive["passes"] == 4
    assert naive["break_even_share"] == pytest.approx(1 / 300)


@pytest.mark.parametrize(
    ("fans", "share", "generations", "passes"),
    [(112e6, 0.1, 4, 0), (111e6, 0.0, 4, None), (1e3, 0.1, 3, None), (1e3, 0.002, 100, None)],
)
def test_the_naive_sum_passes_early_late_or_never(
    fans: float, share: float, generations: int, passes: int | None
) -> None:
    asked = Reference(viewers=111e6, fans=fans, share=share, generations=generations)
    assert naive_sum(asked)["passes"] == passes


def test_a_sum_beyond_all_numbers_is_not_defined() -> None:
    naive = naive_sum(Reference(viewers=1.0, fans=1e12, friends=1e9, share=1.0, generations=100))
    assert naive["passes"] == 0
    assert naive["total"] is None
    json.dumps(naive, allow_nan=False)


def test_with_the_settings_of_004_the_network_does_what_the_sum_says() -> None:
    scenario = load("amplification").replace(
        {
            "reference": SUPER_BOWL.reference.model_dump(),
            "network.people": 20_000,
            "people.fans": 0.005,
        }
    )
    network = choose_network(scenario, 0)
    results = [run(scenario, network=network, seed=seed, world=0) for seed in range(24)]
    total = exposures(results).sum(axis=0)
    for hop in (1, 2):
        # The coins of each generation, and two per cent for the few who are met twice.
        error = 300 * 0.3 / sqrt(total[hop - 1])
        assert abs(total[hop] / total[hop - 1] - 30) < 4 * error + 0.6
    for result, (fans, friends) in zip(results, exposures(results)[:, :2], strict=True):
        assert result.comparison is not None
        assert result.comparison["network"]["exposures"][:2] == [1000, 1000 * friends / fans]


def test_with_measured_shares_the_network_doubles(calibrated: list[Result]) -> None:
    by_hop = exposures(calibrated)
    factor, error = ratio(by_hop.sum(axis=1), by_hop[:, 0])
    assert factor - 4 * error > 1.5
    assert factor + 4 * error < 2.8
    resharers, sharers = (
        np.array([sum(result.kpis[name] for name in names) for result in calibrated])
        for names in (["reshares"], ["shares", "reshares"])
    )
    growth, error = ratio(resharers, sharers)
    assert growth - 4 * error > 0.25
    assert growth + 4 * error < 0.55


def test_the_network_s_answer_is_that_of_the_run(calibrated: list[Result]) -> None:
    for result in calibrated:
        told = result.comparison
        assert told is not None
        network, arrived = told["network"], exposures([result])[0]
        assert network["exposures"] == pytest.approx(1000 * arrived[:5] / arrived[0])
        assert network["amplification"] == pytest.approx(1 + result.kpis["amplification"])
        assert network["amplification"] == pytest.approx(1 / (1 - network["growth"]))
        assert network["total"] == pytest.approx(1000 * network["amplification"])
        assert network["fans_needed"] * network["amplification"] == pytest.approx(111e6)
        assert network["cost_per_exposure"] == pytest.approx(result.kpis["cost_per_exposure"])
        assert network["cost_per_thousand_trusted"] == pytest.approx(
            1000 * result.kpis["cost_per_trusted_exposure"]
        )


def test_the_spot_costs_what_004_says(calibrated: list[Result]) -> None:
    told = calibrated[0].comparison
    assert told is not None
    television = told["television"]
    assert television["cost_per_thousand"] == 3e9 / 111e6
    assert television["cost_per_thousand_with_production"] == 4e9 / 111e6
    assert round(television["cost_per_thousand"], 2) == 27.03
    assert round(television["cost_per_thousand_with_production"], 2) == 36.04


def test_a_thousand_exposures_cost_less_than_on_television(calibrated: list[Result]) -> None:
    spent = np.array([1000 * result.kpis["cost"] for result in calibrated])
    price, error = ratio(spent, exposures(calibrated).sum(axis=1))
    assert price + 4 * error < 27.03


def test_paid_media_are_no_part_of_the_network_s_answer() -> None:
    spot = {"name": "spot", "tick": 87, "audience": 0.4, "production": 1000.0}
    with_spot = run(SUPER_BOWL.replace({"publish.ads": [spot]}), seed=1)
    assert with_spot.ledger["ads"] > 0
    # It runs in the last tick, when nothing else happens any more that it could change.
    assert with_spot.comparison == run(SUPER_BOWL, seed=1).comparison


def compared(result: Result) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the table that people read."""
    [table] = [
        block
        for section in document(result).sections
        for block in section.blocks
        if isinstance(block, Table) and "thousand" in block.caption
    ]
    return [str(head) for head in table.head], [[str(cell) for cell in row] for row in table.rows]


def test_machines_are_told_and_people_read_three_rows(calibrated: list[Result]) -> None:
    result = calibrated[0]
    told = json.loads(json.dumps(result.to_dict(), allow_nan=False))["comparison"]
    assert list(told) == ["fans", "naive", "network", "television"]
    assert told == result.comparison
    head, rows = compared(result)
    assert [row[0] for row in rows] == ["Naive sum", "The network", "Television"]
    assert all(len(row) == len(head) for row in rows)
    assert rows[0][5:7] == ["810,000,000", "837,931,000"]
    assert rows[2][-2:] == ["111,000,000", "36.04"]
    assert "at generation 4" in sentence(told)


def test_where_no_broadcast_is_named_there_is_nothing_to_compare() -> None:
    result = run(SUPER_BOWL.replace({"reference.viewers": 0.0, "horizon": 1}), seed=1)
    assert result.comparison is None
    assert "comparison" not in result.to_dict()


def test_a_campaign_without_posts_has_no_answer() -> None:
    result = run(SUPER_BOWL.replace({"people.fans": 0.0, "horizon": 1}), seed=1)
    told = result.comparison
    assert told is not None
    assert told["network"]["amplification"] is None
    assert "nobody was reached" in sentence(told)
    assert compared(result)[1][1][1] == "–"
