"""Cascades one by one: every column against what networkx counts, and the filter."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
import wordofmouth as wom
from hypothesis import given, settings
from hypothesis import strategies as st
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.trees import Cascades, measured

PEOPLE = 100


@st.composite
def forests(draw: st.DrawFn) -> tuple[np.ndarray, ...]:
    """Rows in any order: parent, message, person and tick; a person once a message."""
    size = draw(st.integers(0, 25))
    above = [draw(st.integers(-1, row - 1)) for row in range(size)]
    place = np.array(draw(st.permutations(range(size))), np.int64)
    parent, message = np.full(size, -1, np.int64), np.zeros(size, np.int32)
    for row, up in enumerate(above):
        parent[place[row]] = -1 if up < 0 else place[up]
        message[place[row]] = draw(st.integers(0, 2)) if up < 0 else message[place[up]]
    person = np.array(draw(st.permutations(range(PEOPLE)))[:size], np.int32)
    tick = np.array(draw(st.lists(st.integers(0, 9), min_size=size, max_size=size)), np.int32)
    return parent, message, person, tick


def drawn_by_hand(parent: np.ndarray, person: np.ndarray) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(person.tolist())
    graph.add_edges_from((person[up], person[row]) for row, up in enumerate(parent) if up >= 0)
    return graph


def same(one: Cascades, other: Cascades) -> bool:
    return one.table().equals(other.table()) and one.nodes().equals(other.nodes())


@given(forests())
def test_every_tree_is_the_one_that_networkx_sees(rows: tuple[np.ndarray, ...]) -> None:
    parent, message, person, tick = rows
    found, graph = measured(*rows), drawn_by_hand(parent, person)
    row_of = {who: row for row, who in enumerate(person.tolist())}
    assert len(found) == nx.number_weakly_connected_components(graph)
    assert len(list(found)) == len(found)
    for k, tree in enumerate(found):
        root = int(found.person[k])
        steps = nx.single_source_shortest_path_length(graph, root)
        assert dict(zip(tree.person.tolist(), tree.depth.tolist(), strict=True)) == steps
        assert tree.parent[0] == -1
        assert (tree.parent[1:] < np.arange(1, tree.size)).all()
        assert (np.diff(tree.depth) >= 0).all()
        edges = [(tree.person[up], tree.person[at]) for at, up in enumerate(tree.parent) if up >= 0]
        assert set(edges) == set(graph.subgraph(steps).edges)
        assert tree.tick.tolist() == [tick[row_of[who]] for who in tree.person.tolist()]
        assert tree.message == message[row_of[root]]
        assert (tree.size, found.depth[k]) == (len(steps), max(steps.values()))
        far = nx.average_shortest_path_length(graph.subgraph(steps).to_undirected())
        assert np.isnan(tree.virality) if tree.size == 1 else tree.virality == pytest.approx(far)
        own = found.to_networkx(k)
        assert nx.utils.graphs_equal(nx.DiGraph(own.edges), nx.DiGraph(graph.subgraph(steps).edges))
        assert nx.get_node_attributes(own, "depth") == steps


@given(forests())
def test_the_table_of_shares_counts_children_and_subtrees(rows: tuple[np.ndarray, ...]) -> None:
    parent, message, person, _ = rows
    found, graph = measured(*rows), drawn_by_hand(parent, person)
    nodes, table = found.nodes(), found.table()
    assert sorted(nodes.person) == sorted(person.tolist())
    for row in nodes.itertuples():
        assert row.children == graph.out_degree(row.person)
        assert row.subtree == 1 + len(nx.descendants(graph, row.person))
        assert row.message == message[person.tolist().index(row.person)]
        if row.parent >= 0:
            above = nodes.loc[row.parent]
            assert list(graph.predecessors(row.person)) == [above.person]
            assert (above.cascade, above.depth) == (row.cascade, row.depth - 1)
        else:
            assert row.person == table.person[row.cascade]
    # Every share but those at a root is somebody's child, and a root has its whole tree below it.
    assert nodes.children.sum() == len(nodes) - len(found)
    assert nodes.subtree[nodes.parent < 0].tolist() == table["size"].tolist()
    assert nodes.groupby("cascade").size().tolist() == table["size"].tolist()


@given(forests())
def test_children_are_means_over_roots_and_over_all_others(rows: tuple[np.ndarray, ...]) -> None:
    found, graph = measured(*rows), drawn_by_hand(rows[0], rows[2])
    root = [graph.out_degree(who) for who in graph if graph.in_degree(who) == 0]
    later = [graph.out_degree(who) for who in graph if graph.in_degree(who) > 0]
    assert found.children["root"] == pytest.approx(np.mean(root) if root else np.nan, nan_ok=True)
    assert found.children["later"] == pytest.approx(
        np.mean(later) if later else np.nan, nan_ok=True
    )
    some = found.given(2)
    brought = [count for count in root if count]
    expected = np.mean(brought) if brought else np.nan
    assert some.children["root"] == pytest.approx(expected, nan_ok=True)
    # Who shared alone has no later shares.
    assert some.children["later"] == pytest.approx(found.children["later"], nan_ok=True)
    assert (some.children["share_alone"] == 0.0) if brought else np.isnan(some.children["root"])
    for name in ("mean_size", "share_alone", "share_ge_100"):
        assert found.children[name] == pytest.approx(found.summary[name], nan_ok=True)


@given(forests(), st.integers(1, 6))
def test_the_filter_keeps_whole_trees_and_nothing_else(
    rows: tuple[np.ndarray, ...], least: int
) -> None:
    found = measured(*rows)
    kept = found.given(least)
    large = [tree for tree in found if tree.size >= least]
    assert len(kept) == len(large)
    for one, other in zip(kept, large, strict=True):
        assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(one, other, strict=True))
    assert same(found.given(1), found)
    assert same(kept.given(least), kept)
    # What is kept measures as if it had been alone from the start.
    assert same(
        kept, measured(kept.shares.parent, messages_of(kept), kept.shares.person, kept.shares.tick)
    )


def messages_of(found: Cascades) -> np.ndarray:
    nodes = found.nodes().set_index("person").message
    return nodes.loc[found.shares.person].to_numpy()


@given(forests(), st.randoms(use_true_random=False))
def test_another_order_of_rows_permutes_the_trees(rows: tuple[np.ndarray, ...], luck) -> None:
    parent, *columns = rows
    order = list(range(parent.size))
    luck.shuffle(order)
    place = np.full(parent.size + 1, -1)
    place[order] = np.arange(parent.size)
    moved = measured(place[parent[order]], *(column[order] for column in columns))
    found = measured(*rows)
    one, other = found.table().set_index("person"), moved.table().set_index("person")
    assert one.sort_index().equals(other.sort_index())
    drop = ["cascade", "parent"]
    one, other = (each.nodes().set_index("person").drop(columns=drop) for each in (found, moved))
    assert one.sort_index().equals(other.sort_index())


@given(forests(), st.randoms(use_true_random=False))
def test_other_names_of_people_rename_and_change_nothing(
    rows: tuple[np.ndarray, ...], luck
) -> None:
    parent, message, person, tick = rows
    names = list(range(PEOPLE))
    luck.shuffle(names)
    found = measured(*rows)
    by_row = measured(parent, message, np.array(names, np.int32)[person], tick)
    by_id = measured(*rows, np.array([f"p{name}" for name in names]))
    for tables in (Cascades.table, Cascades.nodes):
        plain, rowed, named = tables(found), tables(by_row), tables(by_id)
        assert rowed.person.tolist() == [names[who] for who in plain.person]
        assert named.person.tolist() == [f"p{names[who]}" for who in plain.person]
        rest = plain.drop(columns="person")
        assert rest.equals(rowed.drop(columns="person"))
        assert rest.equals(named.drop(columns="person"))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 3), st.sampled_from([0.2, 0.6, 1.0]))
def test_a_grown_forest_has_the_same_trees(seed: int, seeds: int, probability: float) -> None:
    network = wom.Network.generate("random", 30, seed=seed, mean_degree=3.0)
    forest = wom.cascades(
        network, probability, seeds=range(seeds), replicates=4, seed=seed, keep="forest"
    )
    found = forest.cascades
    assert len(found) == 4 * seeds
    assert found.message.tolist() == [r for r in range(4) for _ in range(seeds)]
    assert np.bincount(found.message, found.size).tolist() == forest.sizes.tolist()
    nodes = found.nodes()
    assert (nodes.tick == nodes.depth).all()
    had = {
        (r, int(who), int(up))
        for r in range(4)
        for who, up in zip(
            forest.person[forest.offsets[r] : forest.offsets[r + 1]],
            forest.parent[forest.offsets[r] : forest.offsets[r + 1]],
            strict=True,
        )
    }
    person = np.append(nodes.person.to_numpy(), -1)
    assert set(zip(nodes.message, nodes.person, person[nodes.parent], strict=True)) == had


def test_a_campaign_calls_people_by_their_ids() -> None:
    scenario = wom.load("open_house").replace({"network.people": 300, "share.base.fan": 0.3})
    network = wom.Network.generate("small_world", 300, seed=1)
    edges = network.to_networkx()
    named = wom.Network.from_networkx(
        type(edges)((f"p{a}", f"p{b}") for a, b in sorted(edges.edges))
    )
    result = wom.run(scenario, network=named, seed=3)
    nodes = result.cascades.nodes()
    ours = result.shares[result.ours[result.shares.message]]
    assert len(nodes) > 20
    columns = ["message", "person", "tick"]
    one = nodes[columns].sort_values(columns).to_numpy().tolist()
    assert one == ours[columns].sort_values(columns).to_numpy().tolist()
    sender = nodes.person[nodes.parent[nodes.parent >= 0]].to_numpy()
    by_name = ours.set_index(["message", "person"]).sender
    later = nodes[nodes.parent >= 0]
    assert [by_name[key] for key in zip(later.message, later.person, strict=True)] == list(sender)


@pytest.mark.parametrize("least", [0, -1, 1.5, True, "2"])
def test_a_filter_by_no_number_of_shares_is_refused(least: object) -> None:
    found = measured(np.array([-1]), *(np.zeros(1, np.int32) for _ in range(3)))
    with pytest.raises(InputError, match="whole number of shares from 1 on"):
        found.given(least)  # type: ignore[arg-type]


def test_a_cascade_that_is_not_there_is_refused() -> None:
    found = measured(np.array([-1]), *(np.zeros(1, np.int32) for _ in range(3)))
    assert found.tree(-1).size == 1
    for k in (1, -2):
        with pytest.raises(InputError, match=f"no cascade {k}; there are 1"):
            found.tree(k)
    with pytest.raises(InputError, match=r"cascade 'a' is not allowed; give a whole number"):
        found.to_networkx("a")  # type: ignore[arg-type]


def test_hours_of_shares_are_told_wherever_they_stand() -> None:
    result = wom.run(wom.load("open_house").replace({"network.people": 500}), seed=7)
    cascades, nodes = result.cascades, result.cascades.nodes()
    at = result.shares.set_index(["message", "person"]).hours
    assert [at[key] for key in zip(nodes.message, nodes.person, strict=True)] == list(nodes.hours)
    largest = int(cascades.size.argmax())
    tree, graph = cascades.tree(largest), cascades.to_networkx(largest)
    assert sorted(graph.nodes[one]["hours"] for one in graph) == sorted(tree.hours.tolist())
    later = nodes[nodes.parent >= 0]
    assert (nodes.hours.to_numpy()[later.parent] <= later.hours).all()
