"""A table of people: read as it was meant whatever it is written in, or refused with its row."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import wordofmouth as wom
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wordofmouth.scenarios.doubts import doubts
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.network import Network

Write = Callable[..., Path]

NETWORK = Network.from_edges(["Ann", "Béa", "cid"], ["Béa", "cid", "Ann"])
ROWS = pd.DataFrame(
    {
        "id": ["Béa", "Ann", "dan, jr"],
        "Role": ["fan", None, "Stranger"],
        "trust": [0.5, None, 1.0],
        "segment": ["young", "old", None],
        "region": ["north", "south", "north"],
    }
)


def text(separator: str = ",", **how: Any) -> bytes:
    return ROWS.to_csv(sep=separator, index=False, **how).encode()


def workbook(sheet: str) -> bytes:
    found = io.BytesIO()
    with pd.ExcelWriter(found) as book:
        pd.DataFrame({"Vertex 1": ["Ann"], "Vertex 2": ["Béa"]}).to_excel(book, sheet_name="Edges")
        ROWS.to_excel(book, sheet_name=sheet, index=False)
    return found.getvalue()


def parquet() -> bytes:
    found = io.BytesIO()
    ROWS.to_parquet(found)
    return found.getvalue()


def graph(write_graph: Callable[[Any, io.BytesIO], None]) -> bytes:
    ties: nx.DiGraph[Any] = nx.DiGraph()
    for row in ROWS.to_dict("records"):
        ties.add_node(row["id"], **{k: v for k, v in row.items() if k != "id" and v == v and v})
    found = io.BytesIO()
    write_graph(ties, found)
    return found.getvalue()


FILES = {
    "commas": text(),
    "semicolons": text(";"),
    "tabs": text("\t"),
    "a mark of UTF-8, and line ends of Windows": b"\xef\xbb\xbf" + text(lineterminator="\r\n"),
    "UTF-16, as Excel's Unicode text": text("\t").decode().encode("utf-16"),
    "Parquet": parquet(),
    "a sheet People": workbook("People"),
    "NodeXL's sheet Vertices": workbook("Vertices"),
    "records in JSON": ROWS.to_json(orient="records").encode(),
    "GraphML": graph(nx.write_graphml),
    "GEXF": graph(nx.write_gexf),
}


@pytest.mark.parametrize("form", FILES)
def test_a_table_is_the_same_in_whatever_it_is_written(form: str, write: Write) -> None:
    known = NETWORK.with_people(ROWS)
    read = NETWORK.with_people(write(FILES[form], "people"))
    assert read.digest == known.digest
    assert read.ids.tolist() == ["Ann", "Béa", "cid", "dan, jr"]
    assert read.people.words["role"].tolist() == ["", "fan", "", "stranger"]
    assert read.people.words["segment"].tolist() == ["old", "young", "", ""]
    assert [*read.people.kept] == ["region"]
    np.testing.assert_equal(read.people.numbers["trust"], [np.nan, 0.5, np.nan, 1.0])


def test_tables_in_python_are_the_same() -> None:
    known = NETWORK.with_people(ROWS).digest
    assert NETWORK.with_people(pa.Table.from_pandas(ROWS)).digest == known
    assert NETWORK.with_people(ROWS.set_index("id")).digest == known
    assert NETWORK.with_people(ROWS.rename(columns={"id": "Username"})).digest == known
    with pytest.raises(InputError, match="people = list is not allowed"):
        NETWORK.with_people([1, 2])


def test_the_nodes_of_the_networks_own_file_have_attributes(write: Write) -> None:
    ties: nx.DiGraph[Any] = nx.DiGraph([(0, 1), (1, 2)])
    nx.set_node_attributes(ties, {0: "ann", 1: "bea", 2: "cid"}, "label")
    nx.set_node_attributes(ties, {0: 0.25, 2: 0.75}, "trust")
    found = io.BytesIO()
    nx.write_gexf(ties, found)
    path = write(found.getvalue(), "own.gexf")
    network = Network.from_file(path)
    assert dict(network.understood)["Attributes of people"].startswith("trust (not read")
    assert network.with_people(path).ids.tolist() == ["ann", "bea", "cid"]
    np.testing.assert_equal(network.with_people(path).people.numbers["trust"], [0.25, np.nan, 0.75])


REFUSED = {
    "too much": ("id,trust\nAnn,.5\ncid,1.5\n", "line 3: .* trust = '1.5', which is not 0 to 1"),
    "no number": ("id,cost\nAnn,dear\n", "line 2: .* cost = 'dear', which is not 0 to 1e9"),
    "below nothing": ("id,activity\nAnn,-1\n", "line 2: .* is not 0 to 1,000 visits an hour"),
    "no role": ("id,role\nAnn,boss\n", "line 2: .* no role; give stranger, fan or advocate"),
    "twice": ("id,age\nAnn,3\ncid,4\nAnn,5\n", "line 4: .* names 'Ann' a second time"),
    "nobody": ("id,age\nAnn,3\n,4\n", "line 3: .* has nobody in id"),
    "others": ("id,age\nzoe,3\n", "nobody in it is in the network .* such as 'Ann'"),
    "no id": ("age,town\n3,x\n", r"no column says who it is \(there are age, town\); call it id"),
    "no names": ("Ann,3\ncid,4\n", "line 1: .* is no line of names"),
    "no rows": ("id,age\n", "there is nobody in it"),
    "two alike": ("id,age,age\nAnn,3,4\n", "two columns are called 'age'"),
    "short": ("id,age,town\nAnn,3,x\ncid\n", "line 3: 'cid' has 1 column; line 1 names 3"),
    "a network": ("source,target\nAnn,cid\n", "no column says who it is"),
    "empty": ("", "the file is empty"),
    "capitals": ("id,age\nAnn,3\nCID,4\n", "1 of 2 ids differ .* capitals alone .*'CID'.*'cid'"),
}  # fmt: skip


@pytest.mark.parametrize("fault", REFUSED)
def test_what_is_wrong_is_said_with_its_row(fault: str, write: Write) -> None:
    content, words = REFUSED[fault]
    path = write(content, "people.csv")
    with pytest.raises(InputError, match=words) as error:
        NETWORK.with_people(path)
    assert str(error.value).startswith(str(path))
    assert len(str(error.value).splitlines()) == 1


def test_numbers_are_ids_where_those_of_the_network_are(write: Write) -> None:
    network = Network.from_file(write("7 8\n8 12\n"))
    found = network.with_people(write("id,trust\n12,.5\n3,.25\n", "people.csv"))
    assert found.ids.tolist() == [7, 8, 12, 3]
    assert found.rows_of([3]).tolist() == [3]
    with pytest.raises(InputError, match=r"names '9+…?', who cannot be"):
        network.with_people(write(f"id,trust\n8,.5\n{'9' * 5_000},.25\n", "people.csv"))
    with pytest.raises(InputError, match=r"names '007', who cannot be .* whole numbers such as 7"):
        network.with_people(write("id,trust\n8,.5\n007,.25\n", "people.csv"))


def test_an_index_says_who_it_is_where_nothing_else_does() -> None:
    rows = ROWS.iloc[:2].reset_index()  # a column called index, beside one called id
    found = NETWORK.with_people(rows).people
    assert found.digest != NETWORK.with_people(ROWS.iloc[:2]).people.digest
    assert found.kept["index"].tolist() == ["1", "0", ""]
    # What pandas writes beside the columns of a table whose rows are in another order.
    named = pa.Table.from_pandas(ROWS.iloc[[1, 0, 2]])
    assert "__index_level_0__" in named.column_names
    assert [*NETWORK.with_people(named).people.kept] == ["region"]
    alone = ROWS.set_index("id").rename_axis(None)
    assert NETWORK.with_people(alone).people.digest == NETWORK.with_people(ROWS).people.digest


def test_a_look_tells_all_that_is_wrong_and_goes_on(write: Write) -> None:
    path = write("id,trust,role,town\nAnn,2,fan,x\ncid,.5,boss,\nzoe,.5,fan,y\n", "people.csv")
    found = wom.look(NETWORK, people=path)
    assert [fault.partition(", line ")[2][:1] for fault in found.faults] == ["2", "3"]
    assert found.to_dict()["acts"] == ["role", "trust"]
    assert found.table()["filled"].tolist() == [2, 2, 2]
    assert len(found.plot().axes) == 3
    twice = wom.look(NETWORK, people=write("id,trust\nzoe,.5\nzoe,2\n,.5\n", "people.csv"))
    assert [fault.partition(", line ")[2][:1] for fault in twice.faults] == ["3", "4", "3", ""]
    mended = wom.look(NETWORK, people=write("id,trust\nAnn,.5\nzoe,.5\n", "people.csv"))
    met = dict(mended.understood)["In the network"]
    assert met == "1 of 2; 1 more, added without ties; of 2 of the network it says nothing"


def test_decimal_commas_are_decimals(write: Write) -> None:
    pointed = NETWORK.with_people(write("id;trust;cost\nAnn;0.5;12\ncid;;1.5\n", "people.csv"))
    commas = NETWORK.with_people(write("id;trust;cost\nAnn;0,5;12\ncid;NA;1,5\n", "people.csv"))
    assert commas.people.digest == pointed.people.digest
    said = [text for name, text in commas.people.understood if name == "Decimal commas"]
    assert said == ["trust: 0,5 is 0.5", "cost: 1,5 is 1.5"]
    for text in ("id;cost\nAnn;1,234\ncid;2,500\n", "id;cost\nAnn;0.5\ncid;1,5\n"):
        with pytest.raises(InputError, match="write decimals with a point"):
            NETWORK.with_people(write(text, "people.csv"))


def test_ids_of_a_column_with_gaps_are_whole_numbers(write: Write) -> None:
    network = Network.from_file(write("100 8\n8 12\n"))
    found = network.with_people(write("id,trust\n100.0,.5\n8.0,.25\n3.0,\n", "people.csv"))
    assert found.ids.tolist() == [8, 12, 100, 3]
    np.testing.assert_equal(found.people.numbers["trust"], [0.25, np.nan, 0.5, np.nan])
    assert "100.0 is read as 100" in dict(found.people.understood)["Who it is"]
    with pytest.raises(InputError, match=r"line 3: .* names '100.0' a second time"):
        network.with_people(write("id,trust\n100,.5\n100.0,.25\n", "people.csv"))
    with pytest.raises(InputError, match=r"names '100.5', who cannot be"):
        network.with_people(write("id,trust\n8.0,.5\n100.5,.25\n", "people.csv"))


def test_a_fault_of_all_rows_is_one(write: Write) -> None:
    network = Network.from_file(write("1 2\n"))
    rows = "".join(f"p{k},{k + 2},boss\n" for k in range(67))
    found = wom.look(network, people=write("id,trust,role\n" + rows, "people.csv"))
    assert len(found.faults) == 3
    assert all(", line 2: 'p0,2,boss'" in fault for fault in found.faults)
    assert all("so it is in all 67 rows" in fault for fault in found.faults)
    found = wom.look(network, people=write("id,trust\n1,2\n2,3\n5,.5\n", "people.csv"))
    assert len(found.faults) == 2


def test_a_column_called_as_a_breakdown_takes_none_over() -> None:
    rows = pd.DataFrame({"id": ["Ann", "cid"], "content": ["x", "y"], "hop": ["1", "2"]})
    network = NETWORK.with_people(rows.assign(own_hop="z", town="w", role_now="v"))
    assert [*network.people.kept] == [
        "own_content",
        "own_own_hop",
        "own_hop",
        "town",
        "own_role_now",
    ]
    said = dict(network.people.understood)
    assert said["Column content"] == "kept as own_content: content is of the results themselves"
    scenario = wom.Scenario(horizon=3)
    known = wom.run(scenario, network=NETWORK, seed=1)
    told = wom.run(scenario, network=network, seed=1)
    for by in ("content", "hop"):
        pd.testing.assert_frame_equal(told.breakdown(by), known.breakdown(by))
    assert told.breakdown("own_content").index.tolist()[:2] == ["x", "y"]
    assert set(told.population["role_now"]) <= {"stranger", "fan", "advocate"}


def test_what_acts_on_nothing_is_said() -> None:
    every = ROWS.assign(cost=1.0, interest=0.5, activity=2.0, affinity=2.0, role="fan")
    scenario = wom.Scenario().replace(
        {
            "transact.click": 0.0, "people.fans": 0.7, "share.weight.reward": 0.0,
            "content_types.post.value": 0.0,
            "segments": {"young": {"click": 1.0, "price": 2.0, "activity": 1.0}, "old": {}},
        }
    )  # fmt: skip
    said = "\n".join(doubts(scenario, NETWORK.with_people(every.assign(segment="old"))))
    for words in (
        "segments.young.click = 1 moves nothing, since transact.click = 0",
        "segments.young.price = 2 moves nothing, since transact.click = 0",
        "segments.young.activity = 1 moves nothing, since people.activity = 'always'",
        "the column cost of the people moves nothing, since nobody is asked",
        "the column interest of the people moves nothing, since nothing asks for it",
        "the column activity of the people moves nothing",
        "the column affinity of the people moves nothing",
    ):
        assert words in said
    assert "segments.old has no share, and no table" in "\n".join(doubts(scenario))
    quiet = wom.Scenario().replace(
        {"segments.young": {"share": 0.5, "click": 1.0}, "share.weight.trust": 1.0}
    )
    assert doubts(quiet, NETWORK.with_people(ROWS.drop(columns="segment"))) == []
    deaf = quiet.replace({"share.weight.trust": 0.0, "segments.young.trust": 0.2})
    said = "\n".join(doubts(deaf, NETWORK.with_people(ROWS.assign(segment="old"))))
    assert "segments.young.trust = 0.2 moves nothing, since every weight of trust is 0" in said
    assert f"puts {len(ROWS)} into the segment 'old', and the scenario has none of that" in said
    budget = quiet.replace({"publish.seed_budget": 10.0, "publish.seed_cost_follower": 0.0})
    assert "publish.seed_budget buys nobody" in "".join(doubts(budget, NETWORK))
    priced = ROWS.drop(columns="segment").assign(cost=1.0)
    assert not doubts(budget, NETWORK.with_people(priced))


names = st.text("abcXYZ0123 äß_-.,;'\"#@%🙂", min_size=1, max_size=8).map(str.strip)
cells = st.one_of(st.just(""), st.text("abc ,;'🙂#-", max_size=6).map(str.strip))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_table_is_read_back(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Written in any dialect, with any names in it, it says of each what it said."""
    word = names.filter(lambda text: bool(text) and text[0].isalpha())
    ids = data.draw(st.lists(word, min_size=2, max_size=6, unique=True))
    chances = st.one_of(st.none(), st.floats(0, 1))
    trust = data.draw(st.lists(chances, min_size=len(ids), max_size=len(ids)))
    kept = data.draw(st.lists(cells, min_size=len(ids), max_size=len(ids)))
    rows = pd.DataFrame({"id": ids, "trust": trust, "town": kept})
    # Nobody sorts a table as the network has its people.
    rows = rows.iloc[data.draw(st.permutations(range(len(ids))))]
    separator = data.draw(st.sampled_from([",", ";", "\t"]))
    content = rows.to_csv(sep=separator, index=False, quoting=data.draw(st.sampled_from([0, 1])))
    path = tmp_path_factory.mktemp("people") / "people.csv"
    path.write_bytes(data.draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + content.encode())
    network = Network.from_edges(ids[:-1], ids[1:], ids=ids)
    read = network.with_people(path).people
    np.testing.assert_equal(read.numbers["trust"], pd.Series(trust, dtype=float).to_numpy())
    assert read.kept["town"].tolist() == kept


def test_json_that_is_no_table_is_refused(write: Write) -> None:
    with pytest.raises(InputError, match="no list of objects"):
        NETWORK.with_people(write(json.dumps({"a": [1, 2]}), "people.json"))
