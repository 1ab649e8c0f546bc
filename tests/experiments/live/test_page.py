"""The page's files: nothing from elsewhere, nothing that the content policy forbids."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import numpy as np
import pytest
import wordofmouth
from wordofmouth.experiments.live.app import PAGE
from wordofmouth.experiments.live.frames import drawn, ties
from wordofmouth.experiments.live.levers import MEANINGS, REACHES, levers
from wordofmouth.experiments.show.places import among
from wordofmouth.scenarios.loader import load, names
from wordofmouth.sim.network import Network

from .client import SMALL, client

FILES = sorted(path for path in PAGE.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_asks_for_anything_elsewhere_or_evaluates_text(path: Path) -> None:
    text = path.read_text()
    if path.suffix in (".js", ".css", ".html"):
        assert not re.search(r"\beval\(|new Function\(|document\.write", text)
        assert "innerHTML" not in text or path.parent.name == "vendor"
        assert not re.search(
            r"""((src|href|from|import)\s*=?\s*["']|url\(["']?)(https?:)?//""", text
        )
    if path.suffix == ".html":
        assert "style=" not in text
        assert not re.search(r"\son\w+=", text)
        assert not re.search(r"<script(?![^>]*src=)", text)


def test_every_import_and_link_of_the_page_is_there() -> None:
    for path in FILES:
        if path.suffix == ".js":
            for name in re.findall(r'from "(\./[^"]+)"', path.read_text()):
                assert (path.parent / name).is_file(), name
    for name in re.findall(r'(?:src|href)="([^"#]+)"', (PAGE / "index.html").read_text()):
        assert (PAGE / name).is_file(), name


def test_what_is_vendored_is_named() -> None:
    vendored = json.loads((PAGE / "vendor" / "vendor.json").read_text())
    named = {name for package in vendored for name in package["files"].values()}
    there = {path.name for path in (PAGE / "vendor").iterdir()}
    assert there == named | {"vendor.json", "README.md"}
    for package in vendored:
        assert re.fullmatch(r"sha512-[\w+/]{86}==", package["integrity"])
        assert any(name.endswith("LICENSE") for name in package["files"].values())
    script = hashlib.sha256((PAGE / "vendor" / "uPlot.esm.js").read_bytes()).hexdigest()
    assert script == "5dd9b3281aa64b461b42d9945f6adb2649d346502b12281a9ae0d46599a80eba"


def test_the_wheel_takes_every_file_along() -> None:
    root = Path(wordofmouth.__file__).resolve().parent
    if not (root / "pyproject.toml").is_file():
        pytest.skip("not a checkout")
    tool = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["setuptools"]
    patterns = tool["package-data"].get("wordofmouth.experiments.live", [])
    for path in FILES:
        name = path.relative_to(PAGE.parent).as_posix()
        assert any(fnmatch(name, each) and name.count("/") == each.count("/") for each in patterns)


@pytest.mark.parametrize("name", names())
def test_levers_are_what_the_scenario_says(name: str) -> None:
    scenario = load(name)
    told = {lever["path"]: lever for lever in levers(scenario)}
    assert REACHES.keys() < told.keys()
    assert told["share.base.fan"]["value"] == scenario.share.base.fan
    assert told["share.base.fan"]["label"] == "Fans' share probability"
    assert (told["share.base.fan"]["low"], told["share.base.fan"]["high"]) == (0.0, 1.0)
    assert {path for path, lever in told.items() if lever.get("help")} == MEANINGS.keys()
    for lever in told.values():
        assert lever["label"]
        if lever["kind"] == "number" and lever["low"] is not None:
            assert lever["low"] <= lever["from"] < lever["to"] or lever["from"] == lever["to"] == 1
        if lever["kind"] == "number" and lever["high"] is not None:
            assert lever["to"] <= lever["high"]


def test_places_and_ties_are_those_of_who_is_drawn() -> None:
    network = Network.generate("preferential_attachment", 500, m=3, seed=1)
    rows = drawn(500, 200)
    part = among(network, rows)
    pairs = ties(part)
    arcs = set(zip(*network_pairs(network), strict=True))
    assert pairs.size
    for a, b in rows[pairs].tolist():
        assert (a, b) in arcs or (b, a) in arcs
    assert len({tuple(sorted(pair)) for pair in pairs.tolist()}) == len(pairs)
    assert len(ties(part, most=50)) == 50


def network_pairs(network: Network) -> tuple[list[int], list[int]]:
    source = np.repeat(np.arange(network.n), np.diff(network.indptr))
    return source.tolist(), network.indices.tolist()


def test_the_layout_is_sent_for_everybody_who_is_drawn() -> None:
    pytest.importorskip("igraph")
    with client() as page:
        content = page.post("/api/layout", json=SMALL).content
    people, pairs = np.frombuffer(content, "<i4", 2).tolist()
    assert people == 600
    assert len(content) == 8 + 8 * people + 8 * pairs
    places = np.frombuffer(content, "<f4", 2 * people, 8)
    assert np.isfinite(places).all()
    assert np.abs(places).max() <= 1.03
