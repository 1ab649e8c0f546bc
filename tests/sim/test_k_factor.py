"""The K-factor: what the field calls so, on trees that are known."""

from __future__ import annotations

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import Network, Result

SURE = {f"share.base.{role}": 1.0 for role in ("stranger", "fan", "advocate")}


def tree(children: int, generations: int) -> Network:
    """Everybody but the last generation is heard by so many more, and by nobody else."""
    people = sum(children**k for k in range(generations + 1))
    hearer = np.arange(1, people)
    return Network.from_edges((hearer - 1) // children, hearer, people)


def grown(horizon: int, generations: int = 5) -> Result:
    scenario = wom.load("cascade").replace(SURE | {"horizon": horizon})
    return wom.run(scenario, network=tree(10, generations), seeds=[0], seed=1)


@pytest.mark.parametrize("horizon", [2, 3, 4])
def test_it_is_ten_where_each_generation_is_ten_times_the_last(horizon: int) -> None:
    """However soon one looks: who had no time to invite anybody is no sharer who brought nobody."""
    kpis = grown(horizon).kpis
    assert kpis["k_factor"] == kpis["r_first_hop"] == 10.0
    assert kpis["invitations_per_sharer"] == 10.0
    assert kpis["invitation_conversion"] == 1.0
    assert kpis["reshare_ratio"] == 1.0 - 1.0 / sum(10**k for k in range(horizon))


def test_it_is_below_one_where_the_tree_has_come_to_its_end() -> None:
    """Everybody but the first was brought by somebody, and the last brought nobody."""
    kpis = grown(horizon=12, generations=3).kpis
    assert kpis["k_factor"] == kpis["reshare_ratio"] == 1110 / 1111


def test_it_is_invitations_times_their_conversion() -> None:
    result = wom.run(wom.load("everyday").replace({"network.people": 3000}), seed=2)
    kpis = result.kpis
    product = kpis["invitations_per_sharer"] * kpis["invitation_conversion"]
    assert kpis["k_factor"] == pytest.approx(product)
    # Most have had their time, some decided when it was too late.
    assert kpis["reshare_ratio"] <= kpis["k_factor"] < 1.2 * kpis["reshare_ratio"]


def test_of_whom_nobody_was_invited_nothing_is_known() -> None:
    kpis = grown(horizon=1).kpis
    assert kpis["shares"] == 1
    assert np.isnan(kpis["k_factor"])
