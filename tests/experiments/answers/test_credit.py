"""Credit: worked by hand on small forests, and adding up on a campaign with everything in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.experiments.answers.credit.answer import Credit
from wordofmouth.experiments.answers.credit.find import credit
from wordofmouth.experiments.show.document import On
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.result import Result
from wordofmouth.sim.state import Log

WORDS = ("person", "role", "hop", "outlet", "channel", "content")


def log(rows: Sequence[tuple[int, ...]]) -> Log:
    columns = np.array(rows, np.int32).reshape(-1, 5)
    return Log(*(column.copy() for column in columns.T))


@pytest.fixture(scope="module")
def campaign() -> Result:
    """Return a campaign with an outlet and an ad, whose forest and buyers the tests replace."""
    scenario = wom.load("open_house").replace(
        {
            "network.people": 100,
            "network.m": 3,
            "horizon": 20,
            "publish.ads": [{"name": "tv", "type": "invitation", "impressions": 0.1}],
        }
    )
    return wom.run(scenario, seed=1)


def told(result: Result, shares: Sequence[tuple[int, ...]], buyers: Sequence[Any]) -> Credit:
    return credit(replace(result, share_log=log(shares), buyer_log=log(buyers)))


# message, person, sender, hop, tick. Two cascades of message 0: 10 -> 11 -> 12 and 20, which began
# at the outlet -3; and of message 1: 10 again.
FOREST = [
    (0, 10, -1, 0, 1), (0, 11, 10, 1, 2), (0, 12, 11, 2, 3), (0, 20, -3, 0, 4), (1, 10, -1, 0, 5),
]  # fmt: skip
BUYERS = [
    (0, 50, -1, 0, 5),   # of the brand itself
    (0, 51, -3, 0, 5),   # of the second outlet itself
    (0, 52, 12, 3, 6),   # brand, 10, 11, 12
    (0, 53, 11, 2, 6),   # brand, 10, 11
    (0, 54, 20, 1, 7),   # outlet, 20
    (1, 55, 10, 1, 8),   # brand, 10
]  # fmt: skip


def test_each_rule_on_a_forest_worked_by_hand(campaign: Result) -> None:
    owed = told(campaign, FOREST, BUYERS)
    assert (owed.total, owed.direct) == (6, 2)
    person = owed.by("person")
    expected = {
        # first, last, Shapley
        10: (3, 1, Fraction(1, 3) + Fraction(1, 2) + 1),
        11: (0, 1, Fraction(1, 3) + Fraction(1, 2)),
        12: (0, 1, Fraction(1, 3)),
        20: (1, 1, 1),
        -1: (1, 1, 1),
        -3: (1, 1, 1),
    }
    assert set(person.index) == set(expected)
    for who, row in expected.items():
        assert person.loc[who].tolist() == pytest.approx([float(part) for part in row], abs=1e-12)


def test_hops_and_outlets_worked_by_hand(campaign: Result) -> None:
    owed = told(campaign, FOREST, BUYERS)
    hop = owed.by("hop")
    assert hop["first"].tolist() == [2, 4, 0, 0]
    assert hop["last"].tolist() == [2, 2, 1, 1]
    # Chains of 3, 2, 1 and 1: hop 1 has 1/3 + 1/2 + 1 + 1.
    assert hop["shapley"].tolist() == pytest.approx([2, 17 / 6, 5 / 6, 1 / 3])
    outlet = owed.by("outlet")
    # The second outlet began a chain of one person (a half of it) and sold one by itself.
    assert outlet.loc["school newsletter"].tolist() == [2, 1, 1.5]
    assert outlet.loc["own profile"].tolist() == pytest.approx([4, 1, 1 + 1 / 4 + 1 / 3 + 1 / 2])
    assert outlet.loc["people"].tolist() == pytest.approx([0, 4, 3 / 4 + 2 / 3 + 1 / 2 + 1 / 2])
    assert owed.by("content").loc["invitation"].tolist() == [5, 5, 5]
    assert owed.by("channel").loc["twitter"].tolist() == [1, 1, 1]


def test_the_value_is_the_shapley_value_of_the_game_of_the_chain(campaign: Result) -> None:
    """Against the definition: the mean of what each adds, over all orders of the players."""
    from itertools import permutations

    owed = told(campaign, FOREST, BUYERS)
    chains = [{12, 11, 10}, {11, 10}, {20}, {10}]
    players = (10, 11, 12, 20)
    value = dict.fromkeys(players, Fraction(0))
    orders = list(permutations(players))
    for order in orders:
        present: set[int] = set()
        for player in order:
            before = sum(chain <= present for chain in chains)
            present.add(player)
            value[player] += Fraction(sum(chain <= present for chain in chains) - before)
    person = owed.by("person")["shapley"]
    for player in players:
        assert person[player] == pytest.approx(float(value[player] / len(orders)))


SURE = {
    "share.base": {"stranger": 1.0, "fan": 1.0, "advocate": 1.0},
    "transact.click": 1.0,
    "transact.convert": 1.0,
    "transact.recall": 1.0,
    "horizon": 8,
}


@pytest.mark.parametrize("once", ["campaign", "post"])
def test_nobody_is_owed_their_own_purchase(once: str) -> None:
    """One tie: 0 is asked, 1 has it from 0 and tells 0, who buys it over that."""
    scenario = wom.load("cascade").replace(SURE | {"transact.once": once})
    network = wom.Network.from_edges([0], [1], 2, directed=False)
    owed = credit(wom.run(scenario, network=network, seeds=[0], seed=1))
    assert owed.result.buyers[["person", "sender", "hop"]].to_numpy().tolist() == [
        [1, 0, 1],
        [0, 1, 2],
    ]
    assert owed.length.tolist() == [1, 1]
    assert owed.by("person").sort_index().to_numpy().tolist() == [[1, 1, 1], [1, 1, 1]]
    # The post that began it takes part: a half of each, with one of the two people.
    assert owed.by("outlet").loc["own profile"].tolist() == [2, 0, 1]
    for word in WORDS:
        assert owed.by(word).sum().tolist() == [2, 2, 2]


def test_over_two_channels_the_only_sender_is_owed_one() -> None:
    """One tie, a post on each of two channels: who bought over one does not buy over the other."""
    changes = SURE | {
        "channels": {"feed": {}, "wall": {}},
        "content": [{"type": "post", "channel": name, "tick": 0} for name in ("feed", "wall")],
    }
    network = wom.Network.from_edges([0], [1], 2)
    owed = credit(wom.run(wom.load("cascade").replace(changes), network=network, seeds=[0]))
    assert owed.by("person").to_dict("index") == {0: {"first": 1.0, "last": 1.0, "shapley": 1.0}}
    assert owed.by("channel").sum().tolist() == [1, 1, 1]


def test_a_chain_over_the_buyer_begins_below_them(campaign: Result) -> None:
    shares = [(0, 1, -1, 0, 1), (0, 2, 1, 1, 2), (0, 3, 2, 2, 3), (0, 4, 3, 3, 4)]
    owed = told(campaign, shares, [(0, 2, 4, 4, 5)])
    person = owed.by("person")
    assert set(person.index) == {3, 4}
    assert person.loc[3].tolist() == [1, 0, 0.5]
    assert person.loc[4].tolist() == [0, 1, 0.5]


def test_parts_add_up_to_the_conversions_exactly(everything: Result) -> None:
    for result in (everything, wom.run(wom.load("advocacy_programme"), seed=1)):
        owed = credit(result)
        assert owed.total == result.kpis["conversions"] > owed.direct > 0
        assert owed.shares.sum(axis=0).tolist() == [(owed.total - owed.direct) * owed.parts] * 3
        for word in WORDS:
            assert owed.by(word).sum().tolist() == pytest.approx([owed.total] * 3, abs=1e-9)
            assert (owed.by(word) >= 0).all(axis=None)


def test_last_touch_by_hop_is_what_the_buyers_say(everything: Result) -> None:
    told = credit(everything).by("hop")["last"]
    expected = everything.buyers.groupby("hop").size()
    assert told[told > 0].astype(int).to_dict() == expected.to_dict()


def test_whoever_sold_is_in_the_forest_one_hop_above(everything: Result) -> None:
    """What the chain is read from: whoever brought it shared it, at the hop before."""
    owed, buyers = credit(everything), everything.buyer_log
    through = owed.buyers >= 0
    shares = everything.share_log
    rows = owed.buyers[through]
    assert (shares.person[rows] == buyers.sender[through]).all()
    assert (shares.message[rows] == buyers.message[through]).all()
    assert (shares.hop[rows] + 1 == buyers.hop[through]).all()


def test_a_chain_too_long_for_64_bits_still_adds_up(campaign: Result) -> None:
    length = 60
    shares = [(0, k, k - 1 if k else -1, k, k) for k in range(length)]
    buyers = [(0, 99, k, k + 1, 70) for k in range(length)]
    owed = told(campaign, shares, buyers)
    assert owed.shares.sum(axis=0).tolist() == [length * owed.parts] * 3
    # The first is on every chain: 1 + 1/2 + ... + 1/60.
    assert owed.by("person")["shapley"][0] == pytest.approx(sum(1 / d for d in range(1, 61)))


def test_without_shares_and_without_conversions(campaign: Result) -> None:
    assert told(campaign, [], [(0, 50, -4, 0, 5)]).by("person").index.tolist() == [-4]
    nothing = told(campaign, FOREST, [])
    assert nothing.by("role").empty
    assert "no conversions" in nothing.sentence
    ad = told(campaign, [], [(5, 50, -5, 0, 5)])
    assert ad.by("outlet").index.tolist() == ["tv"]


def test_people_are_named_by_their_ids() -> None:
    import networkx as nx

    graph = nx.relabel_nodes(nx.path_graph(4), dict(enumerate("abcd")))
    sure = {f"share.base.{role}": 1.0 for role in ("fan", "stranger", "advocate")}
    sure |= {"transact.click": 1.0, "transact.convert": 1.0, "transact.recall": 1.0}
    scenario = wom.load("cascade").replace({**sure, "people.fans": 0.0, "horizon": 6})
    result = wom.run(scenario, network=wom.Network.from_networkx(graph), seeds=["a"], seed=1)
    owed = credit(result)
    assert set(owed.by("person").index) <= {"a", "b", "c", "d", -1}
    assert owed.by("person").loc["a", "first"] >= 1


def test_an_unknown_word_is_refused(campaign: Result) -> None:
    with pytest.raises(InputError, match="by = 'colour' is not allowed; give one of person"):
        credit(campaign).by("colour")


def test_a_terminal_is_told_what_was_asked_and_a_page_everything(campaign: Result) -> None:
    owed = told(campaign, FOREST, BUYERS)

    def shown(on: On, by: Sequence[str] | None = None) -> list[str]:
        return [each.title for each in owed.document(by).sections if on in each.on]

    first = ["By role", "By hop", "By where it began"]
    assert shown(On.SCREEN) == shown(On.CARD) == first
    assert shown(On.SCREEN, ["content", "hop", "content"]) == ["By content", "By hop"]
    assert shown(On.CARD, ["content"]) == first
    assert shown(On.PAGE) == [*first, "By channel", "By content", "By person", "The three rules"]


def test_people_beyond_the_twenty_are_told_together(campaign: Result) -> None:
    shares = [(0, k, -1, 0, k) for k in range(25)]
    owed = told(campaign, shares, [(0, 99, k, 1, 70) for k in range(25)])
    people = owed.document().sections[5].blocks[0].rows  # type: ignore[union-attr]
    assert len(people) == 21
    assert people[-1] == ("5 others", "5", "5", "5")
    assert len(owed.to_dict()["person"]) == 20
