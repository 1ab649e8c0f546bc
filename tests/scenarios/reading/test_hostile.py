"""What is large, deep or looks like something else: read in good time, or refused."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import multiprocessing
import re
import tarfile
import time
import zipfile
from contextlib import suppress

import pytest
from wordofmouth.scenarios.reading import content
from wordofmouth.sim.errors import InputError, LimitError
from wordofmouth.sim.network import Network

MOST_SECONDS = 2.0

SLOW = {
    "comments of DOT": b"/**/ " * 4_000 + b"x y\n",
    "comments left open": b"/*" * 30_000 + b" y\n",
    "comments of XML": b"<!-- -->" * 8_000 + b"<svg>",
    "comments of XML left open": b"<!--" * 16_000,
    "instructions left open": b"<?" * 30_000,
    "empty lines": b"1 2\n" + b"\n" * 60_000 + b"2 3\n",
    "lines of blanks": b"1 2\n" + b" \t\n" * 20_000 + b"2 3\n",
    "a line of blanks": b"1 2\n" + b" " * 60_000 + b"\n2 3\n",
    "a line of blanks below a size": b"9 2\n1 2\n" + b" " * 60_000 + b"\n2 3\n",
    "graph and blanks": b"graph" + b"\n" * 60_000 + b"x\n",
    "p and blanks": b"p\n" * 30_000,
    "quotes": b'"a" ' * 15_000 + b'"\n',
}


@pytest.mark.parametrize("name", SLOW)
def test_nothing_takes_long(write, name):
    path, before = write(SLOW[name], "data"), time.process_time()
    with suppress(InputError):
        Network.from_file(path)
    assert time.process_time() - before < MOST_SECONDS


def test_a_graph_below_comments_is_known(write):
    for text in ("/* a */ // b\n/* c */digraph {", 'strict graph "a b" {', "graph{a -- b}"):
        with pytest.raises(InputError, match="Graphviz DOT"):
            Network.from_file(write(text))
    head = b"<?xml version='1.0'?><!-- a -->\n<!-- <svg> --><graphml><graph edgedefault='directed'>"
    assert (
        Network.from_file(write(head + b"<edge source='a' target='b'/></graph></graphml>")).n == 2
    )


def packed(data):
    """The data in each kind of packing."""
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ties.csv", data)
    with tarfile.open(fileobj=tarred, mode="w") as tar:
        entry = tarfile.TarInfo("ties.csv")
        entry.size = len(data)
        tar.addfile(entry, io.BytesIO(data))
    yield from (gzip.compress(data), bz2.compress(data), lzma.compress(data))
    yield from (zipped.getvalue(), tarred.getvalue(), gzip.compress(gzip.compress(data)))


def test_no_more_is_unpacked_than_there_is_memory_for(write, monkeypatch):
    monkeypatch.setattr(content, "memory", lambda: 20 * 2**20)
    for each in packed(b"1 2\n" * 30_000):
        assert Network.from_file(write(each)).n == 2
    for each in packed(b"1 2\n" * 300_000):
        with pytest.raises(LimitError, match=r"unpacks to more than 1\.0 MiB.*than is free"):
            Network.from_file(write(each))


def test_nor_of_a_saved_network(write, tmp_path, monkeypatch):
    Network.from_file(write("1 2\n")).save(tmp_path / "n.npz")
    monkeypatch.setattr(content, "memory", lambda: 100)
    with pytest.raises(LimitError, match="than is free"):
        Network.from_file(tmp_path / "n.npz")


@pytest.mark.parametrize(
    "text",
    [
        "PK1 PK2\n", "PK,ann\n", "PAR1,PAR2\nPAR2,PAR1", "BZhang,Li\n", "BZh9,ann\n",
        "graph [1],b\n", "graph [a],b\n", "graph [a b],c\n", "graph,{b}\n", "digraph x,{b}\n",
        "*arcs,b\n", "LEDA.GRAPH,b\n", "<3,ann\n", "7z,ann\n",
        "x" * 255 + ",ustar\n", "x" * 256 + ",ustar\n",
    ],
)  # fmt: skip
def test_a_name_is_no_magic(write, text):
    network = Network.from_file(write(text))
    assert {*network.ids.tolist()} == {*re.split(r"[,\n]" if "," in text else r"\s", text.strip())}


def test_what_begins_as_it_should_and_is_damaged(write):
    for text in (bz2.compress(b"1 2\n")[:-4], gzip.compress(b"1 2\n")[:-4]):
        with pytest.raises(InputError, match="damaged or end early"):
            Network.from_file(write(text))
    with pytest.raises(InputError, match="damaged Parquet"):
        Network.from_file(write(b"PAR1\0\1\2"))
    with pytest.raises(InputError, match="empty"):
        Network.from_file(write(bz2.compress(b"")))


def test_a_process_beside_the_first_has_no_standard_input(monkeypatch):
    content._standard_input.cache_clear()
    monkeypatch.setattr(multiprocessing, "parent_process", object)
    with pytest.raises(InputError, match=r"comes to the first process alone.*save it to a file"):
        Network.from_file("-")


HEAD = "%%MatrixMarket matrix "
SENTENCES = {
    "lists without end": ("[" * 100_000, "nested far deeper"),
    "lists in lists": ("[" * 100_000 + "]" * 100_000, "nested far deeper"),
    "objects without end": ('{"a":' * 100_000, "nested far deeper"),
    "half a sign": ('[{"source": "\\ud800", "target": "b"}]', r"'\\ud800' in it, which is half"),
    "half a sign in a graph": (
        '{"nodes": [{"id": "\\ud800"}], "links": [{"source": "\\ud800", "target": "\\ud800"}]}',
        "which is half a sign",
    ),
    "a matrix without its numbers": (
        HEAD + "array real general\n% a\n1000000 1000000\n1\n", "line 3: .* room for 1; fetch"
    ),
    "half a matrix": (HEAD + "array real symmetric\n9 9\n1\n", "counts 45 entries"),
    "entries that are not there": (
        HEAD + "coordinate pattern general\n3 3 9999999999999\n1 2\n", "line 2: .* room for 1"
    ),
    "a matrix of far too many": (
        HEAD + "coordinate pattern general\n" + "9" * 5000 + " 3 1\n1 2\n", "out of range"
    ),
    "vertices far too many": ("*Vertices " + "9" * 5000 + "\n*Arcs\n1 2\n", "Pajek|far more"),
    "columns of one name": ("source,target,target\n1,2,3\n", "2 columns are called 'target'"),
}  # fmt: skip


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence(write, name):
    text, words = SENTENCES[name]
    path = write(text, "data")
    with pytest.raises(InputError, match=words) as caught:
        Network.from_file(path)
    assert str(caught.value).startswith(str(path))
    assert len(str(caught.value)) < 420


def test_ids_of_any_length(write):
    long = "9" * 5000
    assert Network.from_file(write(f"{long} 2\n2 1\n1 3\n")).n == 4
    assert Network.from_file(write(f"2 {long}\n2 1\n1 3\n")).n == 4


def test_no_memory_is_a_sentence(write, monkeypatch):
    def refuse(*_):
        raise MemoryError

    monkeypatch.setattr("wordofmouth.scenarios.reading.read._ties", refuse)
    with pytest.raises(LimitError, match="reading it takes more memory than is free"):
        Network.from_file(write("1 2\n"))


def test_matrices_without_a_line_end(write):
    assert Network.from_file(write(HEAD + "coordinate pattern general\n3 3 1\n1 2")).n == 3
    assert Network.from_file(write(HEAD + "array real general\n2 2\n0\n1\n0\n0")).arcs == 1
