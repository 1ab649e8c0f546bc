"""The sentences above the figures: their numbers, counted again from the tables."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.experiments.results.figures.cascades import angles, largest
from wordofmouth.experiments.results.figures.generations import generations_of
from wordofmouth.experiments.results.figures.media import spending, voice_of
from wordofmouth.experiments.results.figures.network import among, deeds
from wordofmouth.experiments.results.figures.people import medians
from wordofmouth.experiments.show.lines import _apart
from wordofmouth.experiments.show.numbers import percent
from wordofmouth.sim.campaign import choose_network
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.network import Network
from wordofmouth.sim.result import Result

from .reading import title_of, told


def test_generations_are_those_of_the_forest(small: dict[str, Result]) -> None:
    result = small["advocacy_programme"]
    found = generations_of(result)
    shares = result.shares[result.ours[result.shares.message.to_numpy()]]
    by_hop = shares.groupby("hop").size()
    assert found.shares[: len(by_hop)].tolist() == by_hop.tolist()
    assert found.r[0] == pytest.approx(by_hop[1] / by_hop[0])
    assert found.r[0] == pytest.approx(result.kpis["r_first_hop"])
    # The error, by hand: the children of each share at hop 0.
    brought = [
        ((shares.message == row.message) & (shares.sender == row.person)).sum()
        for row in shares[shares.hop == 0].itertuples()
    ]
    assert found.error[0] == pytest.approx(np.std(brought) / np.sqrt(len(brought) - 1))
    best = max(by_hop[hop + 1] / by_hop[hop] for hop in by_hop.index[:-1] if by_hop[hop] >= 10)
    assert f"at most {best:.2f} others" in title_of(result.plot("generations"))


def test_who_noticed_is_told_by_hop(small: dict[str, Result]) -> None:
    result = small["open_house"]
    found = generations_of(result)
    events = result.breakdown("hop")["notice"].to_numpy()
    assert (found.noticed <= events[: found.noticed.size]).all()
    assert found.noticed.sum() >= result.kpis["reach"]


def test_the_largest_cascade_is_whole(small: dict[str, Result]) -> None:
    result = small["meme_contest"]
    tree = largest(result)
    sizes = result.cascades.size
    assert tree.size == sizes.max() == tree.parent.size
    assert tree.parent[0] == -1
    assert (tree.depth[1:] == tree.depth[tree.parent[1:]] + 1).all()
    assert tree.depth.max() == result.cascades.depth[sizes.argmax()]
    title = title_of(result.plot("cascades"))
    assert f"Of {sizes.size:,} cascades {percent((sizes == 1).mean())} end" in title
    assert f"of {sizes.max():,}, holds {percent(sizes.max() / sizes.sum())}" in title


def test_a_large_tree_is_cut_after_a_generation(small: dict[str, Result]) -> None:
    whole, cut = (largest(small["meme_contest"], most=most) for most in (10_000, 5))
    assert cut.size == whole.size
    assert cut.parent.size <= 5
    assert (whole.depth[: cut.parent.size + 1] <= cut.depth.max() + 1).all()
    assert (whole.depth == cut.depth.max()).sum() == (cut.depth == cut.depth.max()).sum()


def test_branches_have_the_room_of_their_leaves() -> None:
    #      0 -> 1 -> 3, 4, 5;  0 -> 2
    turn = angles(np.array([-1, 0, 0, 1, 1, 1]))
    assert turn[1] == pytest.approx(2 * np.pi * 3 / 8)
    assert turn[2] == pytest.approx(2 * np.pi * 7 / 8)
    assert turn[3:] == pytest.approx(2 * np.pi * np.array([1, 3, 5]) / 8)


def test_the_ladder_tells_its_ends(small: dict[str, Result]) -> None:
    result = small["advocacy_programme"]
    last = result.ladder.iloc[-1]
    title = title_of(result.plot("ladder"))
    assert f"From 0 to {last.advocates:,} advocates: of {last.aware:,} people" in title
    assert f"{last.identified:,} were approached, {last.activated:,} accepted" in title
    shown = told(result.plot("ladder"))
    for name in ("aware", "followers", "participants", "identified", "activated", "advocates"):
        assert f"{name} {last[name]:,}" in shown


def test_relations_are_medians_of_those_born_so(small: dict[str, Result]) -> None:
    result = small["advocacy_programme"]
    for name in ("trust", "bond"):
        values = getattr(result, name)
        for role, (_, last) in enumerate(medians(result, name)):
            those = values[result.role_at_birth == role]
            assert np.isnan(last) if not those.size else last == np.float32(np.median(those))
    born = np.array([medians(result, "trust")[role][0] for role in range(3)])
    rise = (result.trust - born[result.role_at_birth] >= 0.005).mean()
    assert title_of(result.plot("relation")).startswith(f"Trust rose for {percent(rise)} of people")
    assert title_of(small["nothing"].plot("relation")) == "Nobody's trust or bond moved."


def test_voices_are_those_of_the_series(small: dict[str, Result]) -> None:
    result = small["meme_contest"]
    share = result.kpis["share_of_voice"]
    title = title_of(result.plot("voice"))
    assert f"{percent(share)} by the brand and {percent(1 - share)} by rivals" in title
    popularity = result.counts[:, 1, :, :, 1].sum(axis=(1, 2))
    assert sorted(popularity, reverse=True) == voice_of(result).popularity.tolist()
    assert f"holds {percent(popularity.max() / popularity.sum())} of all attention" in title


def test_money_is_that_of_the_ledger(small: dict[str, Result]) -> None:
    for name in ("super_bowl", "prize_draw", "service_crisis", "advocacy_programme"):
        result = small[name]
        last = {account: float(each[-1]) for account, each in spending(result).items()}
        assert last == pytest.approx({k: v for k, v in result.ledger.items() if v > 0})
        cost = sum(result.ledger.values())
        title = title_of(result.plot("money"))
        assert title.startswith(f"It cost {cost:,.0f}, {percent(max(last.values()) / cost)} of it")
        assert f"{1000 * cost / result.kpis['reach']:,.0f} for each thousand people" in title
    assert "a broadcast asks 36 for a thousand" in title_of(small["super_bowl"].plot("money"))
    assert title_of(small["nothing"].plot("money")) == "Nothing was paid for."


def test_everybody_in_the_network_did_what_is_drawn(small: dict[str, Result]) -> None:
    pytest.importorskip("igraph")
    result = small["open_house"]
    did = deeds(result)
    shared = np.unique(result.share_log.person)
    bought = np.unique(result.buyer_log.person)
    assert (did[bought] == 3).all()
    assert (did[np.setdiff1d(shared, bought)] == 2).all()
    assert (did > 0).sum() == result.kpis["reach"]
    title = title_of(result.plot("network"))
    reached = re.escape(percent(result.kpis["reach"] / 500))
    assert re.match(rf"{reached} of 500 people were reached; {shared.size} passed it on", title)


def test_another_network_is_refused(small: dict[str, Result]) -> None:
    result = small["open_house"]
    with pytest.raises(InputError, match="is not the network"):
        result.plot("network", network=Network.generate("ring", 500, seed=1, neighbours=2))


def test_a_network_that_is_given_has_the_people_of_the_scenario(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("id,trust\n0,0.5\n")
    ring = Network.generate("ring", 40, seed=1, neighbours=2)
    scenario = wom.load("cascade").replace({"horizon": 2, "people.file": str(tmp_path / "own.csv")})
    result = wom.run(scenario, network=ring, seed=1)
    assert result.network["digest"] != ring.digest
    assert result.plot("network", network=ring).axes
    own = ring.with_people(tmp_path / "own.csv")
    assert result.plot("network", network=own).axes
    (tmp_path / "own.csv").write_text("id,trust\n0,0.6\n")
    with pytest.raises(InputError, match="is not the network"):
        result.plot("network", network=ring)


def test_the_ties_among_some() -> None:
    ring = Network.from_edges([0, 1, 2, 3], [1, 2, 3, 0], directed=False)
    part = among(ring, np.array([0, 1, 3]))
    assert part.n == 3
    assert part.followers.tolist() == [2, 1, 1]


def test_a_crowd_is_drawn_as_densities(
    small: dict[str, Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("igraph")
    from importlib import import_module

    monkeypatch.setattr(
        import_module("wordofmouth.experiments.results.figures.network"), "MOST", 400
    )
    result = small["open_house"]
    figure = result.plot("network", network=choose_network(result.scenario, result.world))
    drawn = "400 of 500 people: of a sample of 400 those with ties in it"
    assert drawn in figure.texts[1].get_text()
    assert len(figure.axes) == 6  # three rasters and their scales


def test_of_a_crowd_without_ties_it_is_said_that_there_are_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("igraph")
    from importlib import import_module

    monkeypatch.setattr(
        import_module("wordofmouth.experiments.results.figures.network"), "MOST", 40
    )
    alone = {"kind": "random", "people": 60, "mean_degree": 0.0}
    figure = wom.run(wom.Scenario(network=alone, horizon=2)).plot("network")
    assert figure.axes[0].texts[0].get_text() == "Nobody in the sample is tied."


def test_names_at_the_ends_stay_apart_and_near() -> None:
    heights = _apart(np.array([0.0, 1.0, 1.0, 50.0]), 10.0, 0.0, 100.0)
    assert (np.diff(heights) >= 10.0 - 1e-9).all()
    assert heights[3] == 50.0
    assert heights[0] >= 0.0
    crowded = _apart(np.full(8, 99.0), 10.0, 0.0, 100.0)
    assert crowded[-1] <= 100.0
