"""Tables that are no text and Pajek: with names, without, crossed; each by its smallest input."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.network import Network


def arcs(network):
    names = (np.arange(network.n) if network.ids is None else network.ids).tolist()
    tails = np.repeat(np.arange(network.n), network.followers).tolist()
    return [(names[u], names[v]) for u, v in zip(tails, network.indices.tolist(), strict=True)]


def both(*ties):
    return sorted({*ties, *((v, u) for u, v in ties)})


LINE = both(("ann", "bea"), ("bea", "cid"))


def test_a_tie_above_a_size_is_kept_where_that_is_said(write):
    path = write("4 3\n1 2\n2 3\n3 1\n")
    assert arcs(Network.from_file(path, source=1, target=2)) == both((1, 2), (2, 3), (1, 3), (3, 4))
    weighted = Network.from_file(write("4 3\n1 2 .5\n2 3 .5\n3 1 .5\n"))
    assert weighted.ids.tolist() == [1, 2, 3, 4]


SHEETS = {
    "numbers": ([(1, 2), (2, 3), (3, 4)], both((1, 2), (2, 3), (3, 4))),
    "names of people": ([("ann", "bea"), ("bea", "cid")], LINE),
    "weights": ([("ann", "bea", 0.5), ("bea", "cid", 0.5)], LINE),
    "names of columns": ([("from", "to"), ("ann", "bea"), ("bea", "cid")], LINE),
    "words above numbers": ([("x", "y"), (1, 2), (2, 3)], both((1, 2), (2, 3))),
    "an empty row above": ([(), ("ann", "bea"), ("bea", "cid")], LINE),
    "words": ([("who", "whom"), ("ann", "bea"), ("bea", "cid")], "line 1: 'who,whom' may be"),
    "a matrix": ([("", "ann", "bea"), ("ann", 0, 1), ("bea", 1, 0)], "a matrix"),
    "nothing": ([], "the sheet is empty"),
}


@pytest.mark.parametrize("name", SHEETS)
def test_the_first_row_of_a_sheet(write, name):
    openpyxl = pytest.importorskip("openpyxl")
    rows, expected = SHEETS[name]
    book, packed = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(packed)
    path = write(packed.getvalue(), "ties.xlsx")
    if isinstance(expected, str):
        with pytest.raises(InputError, match=expected):
            Network.from_file(path)
    else:
        assert arcs(Network.from_file(path)) == expected


@pytest.mark.parametrize("how", ["columns", "index", "split", "table", "values", "records"])
def test_json_of_pandas(write, how):
    frame = pd.DataFrame({"source": ["ann", "bea"], "target": ["bea", "cid"]})
    assert arcs(Network.from_file(write(frame.to_json(orient=how)))) == LINE


JSON = {
    "columns": ('{"source": ["ann", "bea"], "target": ["bea", "cid"]}', LINE),
    "one record": ('{"source": "ann", "target": "bea"}', both(("ann", "bea"))),
    "neighbours": ('{"ann": ["bea"], "bea": ["cid"]}', "not said what is a tie"),
    "uneven columns": ('{"source": ["ann"], "target": []}', "not said what is a tie"),
    "an object as an end": ('[{"source": {"id": 1}, "target": 2}]', "a list or an object in it"),
    "a list as an end": ("[[[1], 2]]", "a list or an object in it"),
    "no word for directions": (
        """{"directed": "false", "nodes": [{"id": "ann"}, {"id": "bea"}],
        "links": [{"source": "ann", "target": "bea"}]}""",
        both(("ann", "bea")),
    ),
    "another word": ('{"directed": "so", "nodes": [], "links": []}', "neither true nor false"),
}


@pytest.mark.parametrize("name", JSON)
def test_json(write, name):
    text, expected = JSON[name]
    if isinstance(expected, str):
        with pytest.raises(InputError, match=expected):
            Network.from_file(write(text))
    else:
        assert arcs(Network.from_file(write(text))) == expected


def test_columns_of_json_that_are_named(write):
    path = write('{"a": ["ann", "bea"], "b": ["bea", "cid"]}')
    assert arcs(Network.from_file(path, source="a", target="b")) == LINE


THREE = '*Vertices 3\n1 "ann"\n2 "bea"\n3 "cid"\n'
MIXED = [("ann", "bea"), ("bea", "cid"), ("cid", "bea")]
PAJEK = {
    "arcs, then edges": (THREE + "*Arcs\n1 2\n*Edges\n2 3\n", MIXED),
    "edges, then arcs": (THREE + "*Edges\n2 3\n*Arcs\n1 2\n", MIXED),
    "no arcs": (THREE + "*Arcs\n*Edges\n1 2\n2 3\n", LINE),
    "two of one label": (THREE.replace("bea", "ann") + "*Arcs\n1 2\n", [(1, 2)]),
    "no labels": ("*Vertices 3\n*Arcs\n1 2\n", [(1, 2)]),
    "somebody else": (THREE + "*Arcs\n1 9\n", "line 6: '1 9' names '9', who is no vertex"),
    "two relations": (THREE + '*Arcs :1 "a"\n1 2\n*Arcs :2 "b"\n2 3\n', "2 relations"),
    "two networks": (THREE + "*Arcs\n1 2\n" + THREE, "several networks"),
    "far more than ties": ("*Vertices 90000000000\n*Arcs\n1 2\n", "line 1: .*far more"),
}


@pytest.mark.parametrize("name", PAJEK)
def test_pajek(write, name):
    text, expected = PAJEK[name]
    if isinstance(expected, str):
        with pytest.raises(InputError, match=expected):
            Network.from_file(write(text))
    else:
        assert arcs(Network.from_file(write(text))) == expected


@pytest.mark.parametrize("people", [["ann", "bea"], ["a", "b", "c"], [0, 1, 2], [1, 2, 3, 4]])
def test_a_table_that_is_a_matrix(write, people):
    crossed = pd.DataFrame(1 - np.eye(len(people), dtype=int), people, people)
    with pytest.raises(InputError, match=f"a matrix with a column for each of {len(people)}"):
        Network.from_table(crossed)
    if isinstance(people[0], str):
        packed = io.BytesIO()
        crossed.to_parquet(packed)
        with pytest.raises(InputError, match=f"a matrix .* each of {len(people)}"):
            Network.from_file(write(packed.getvalue()))
        with pytest.raises(InputError, match=f"a matrix .* each of {len(people)}"):
            Network.from_table(crossed.reset_index())


def test_a_square_table_that_is_no_matrix():
    assert arcs(Network.from_table(pd.DataFrame([[1, 2], [2, 3]]))) == both((1, 2), (2, 3))
    gaps = pd.DataFrame([[1, 2], [None, None]], dtype="Int64")
    assert arcs(Network.from_table(gaps)) == both((1, 2))
    weighted = pd.DataFrame([[1, 2, 0.5], [2, 3, 0.5], [3, 4, 0.5]])
    assert arcs(Network.from_table(weighted)) == both((1, 2), (2, 3), (3, 4))


def test_frames_of_every_kind():
    mixed = pd.DataFrame({"source": ["ann", 1, None], "target": ["bea", 2.0, np.nan]})
    assert arcs(Network.from_table(mixed)) == both(("1", "2"), ("ann", "bea"))
    for kind in ("string", "category", object):
        frame = pd.DataFrame({"source": ["ann", "bea"], "target": ["bea", "cid"]}, dtype=kind)
        assert arcs(Network.from_table(frame)) == LINE
    gaps = pd.DataFrame({"source": [1, 2, None], "target": [2, 3, None]}, dtype="Int64")
    assert arcs(Network.from_table(gaps)) == both((1, 2), (2, 3))
    twice = pd.DataFrame([["ann", "bea", "cid"]], columns=["source", "target", "target"])
    with pytest.raises(InputError, match="2 columns are called 'target'"):
        Network.from_table(twice)
    assert arcs(Network.from_table(twice, source=1, target=3)) == both(("ann", "cid"))
    with pytest.raises(InputError, match="table = Series is not allowed"):
        Network.from_table(pd.Series([1, 2]))
    for cell in (["bea"], {"id": 1}, np.array([1])):
        with pytest.raises(InputError, match=r"row 0: .* a list or an object in it"):
            Network.from_table(pd.DataFrame({"source": ["ann"], "target": [cell]}))
    half = pd.DataFrame({"source": ["\ud800"], "target": ["bea"]}, dtype=object)
    with pytest.raises(InputError, match="half a sign"):
        Network.from_table(half)


def test_sums_that_are_too_large(write):
    path = write("source,target,weight\nann,bea,3e38\nann,bea,3e38\n")
    with pytest.raises(InputError, match=r"edges\.txt: the weights of the tie ann - bea add up to"):
        Network.from_file(path, repeated="sum")


def test_seconds_since_a_beginning_are_no_weights(write):
    path = write("582 364 0\n168 472 2168\n168 912 2168\n2 790 5604\n")
    with pytest.raises(InputError, match=r"column 3 looks like times \(0 to 5604.*--time 3"):
        Network.from_file(path)
    assert dict(Network.from_file(path, time=3).understood)["Times"] == "0 to 5604"
    assert Network.from_file(path, weight="count").weights is not None
    for weights in ((1, 1, 1, 1, 5000), (1, 2, 3, 4), (0, 2000, 1000, 5000), (0.5, 1, 2, 5000)):
        text = "".join(f"{k} {k + 1} {weight}\n" for k, weight in enumerate(weights))
        assert Network.from_file(write(text)).weights is not None


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("9/1/2020", "10/1/2020", "texts such as 9/1/2020"),
        ("2020-01-02", "2019-12-04", "2019-12-04 to 2020-01-02"),
        ("2020-01-02T10:00:00Z", "2020-01-02T11:30:00+02:00", None),
        ("9", "10.5", "9 to 10.5"),
        ("", "1082008561", "2004-04-15"),
    ],
)
def test_the_span_of_times(write, first, second, told):
    path = write(f"source,target,time\n1,2,{first}\n2,3,{second}\n")
    expected = f"{second} to {first}" if told is None else told
    assert dict(Network.from_file(path).understood)["Times"] == expected


def test_a_name_with_a_separator_and_a_line_break(write):
    for head in ("source,target\n", ""):
        path = write(head + '"Smith,\nJohn",bea\nbea,cid\n')
        assert arcs(Network.from_file(path)) == both(("Smith,\nJohn", "bea"), ("bea", "cid"))
