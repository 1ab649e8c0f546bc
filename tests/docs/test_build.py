"""The documentation builds without a warning, fetches nothing, and leaves nothing out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
import wordofmouth as wom
from wordofmouth.experiments.results.figures.gallery import GALLERY
from wordofmouth.experiments.vocabulary.glossary import TERMS
from wordofmouth.scenarios.reference import EACH, parameters

from .test_documentation import PAGES, ROOT

GENERATED = ROOT / "docs" / "generated"

# Elements that a browser fetches by itself, each with the attribute that names what.
FETCHED = {
    "script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src",
    "object": "data", "video": "src", "audio": "src", "embed": "src", "use": "href",
}  # fmt: skip


class Page(HTMLParser):
    """What a page fetches, and where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        told = tag == "link" and values.get("rel") in {"index", "search", "next", "prev"}
        if tag in FETCHED and not told:
            self.fetched.append(values.get(FETCHED[tag], ""))
        if tag == "a":
            self.links.append(values.get("href", ""))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build all pages, the notebooks as they are committed."""
    pytest.importorskip("sphinx")
    pytest.importorskip("myst_nb")
    out = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [
            *(sys.executable, "-m", "sphinx", "-W", "--keep-going", "-n", "-q", "-E"),
            *("-b", "html", "-d", str(out / "read"), str(ROOT / "docs"), str(out / "html")),
        ],
        env={**os.environ, "WOM_DOCS_EXECUTE": "0", "MPLBACKEND": "Agg"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    return out / "html"


def pages_of(site: Path) -> dict[str, Page]:
    return {
        page.relative_to(site).as_posix(): Page(page.read_text(encoding="utf-8"))
        for page in site.rglob("*.html")
    }


@pytest.mark.slow
def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for name, page in pages_of(site).items():
        outside = [each for each in page.fetched if re.match(r"(\w+:)?//", each)]
        assert not outside, f"{name}: {outside}"
    for style in site.rglob("*.css"):
        outside = re.findall(r"(?:@import|url\()\s*['\"]?((?:\w+:)?//[^'\")]*)", style.read_text())
        assert not outside, f"{style.name}: {outside}"


@pytest.mark.slow
def test_every_page_is_reached_from_the_first(site: Path) -> None:
    pages = pages_of(site)
    reached, next_ones = {"index.html"}, ["index.html"]
    while next_ones:
        here = next_ones.pop()
        for link in pages[here].links:
            there = link.partition("#")[0]
            if re.match(r"\w+:", link) or not there.endswith(".html"):
                continue
            target = (site / here).parent.joinpath(there).resolve().relative_to(site.resolve())
            assert target.as_posix() in pages, f"{here}: {link} leads nowhere"
            if target.as_posix() not in reached:
                reached.add(target.as_posix())
                next_ones.append(target.as_posix())
    written = {page.removeprefix("docs/").removesuffix(".md") for page in PAGES if "/" in page}
    assert written <= {page.removesuffix(".html") for page in reached}


@pytest.mark.slow
def test_every_name_of_the_front_door_is_explained(site: Path) -> None:
    pages = [*(site / "api").glob("*.html"), site / "generated" / "more.html"]
    api = "".join(page.read_text(encoding="utf-8") for page in pages)
    missing = [name for name in wom.__all__ if f'id="wordofmouth.{name}"' not in api]
    assert missing == []


@pytest.mark.slow
def test_every_indicator_and_scenario_has_its_place(site: Path) -> None:
    indicators = (site / "generated" / "indicators.html").read_text(encoding="utf-8")
    assert [name for name in TERMS if f">{name}<" not in indicators] == []
    scenarios = (site / "generated" / "scenarios.html").read_text(encoding="utf-8")
    assert [name for name in wom.names() if f"<summary>{name}.toml" not in scenarios] == []


@pytest.mark.slow
def test_every_figure_is_drawn_and_shown(site: Path) -> None:
    drawn = {file.stem: file.read_bytes() for file in (GENERATED / "gallery").iterdir()}
    page = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
    assert set(re.findall(r"generated/gallery/(\w+)\.\*", page)) == set(drawn) > set(GALLERY)
    for data in drawn.values():
        assert data.startswith((b"<?xml", b"\x89PNG"))
        assert data.startswith(b"\x89PNG") or len(data) <= 400_000


def test_every_parameter_that_is_named_exists() -> None:
    """A path in backticks that begins like a parameter is one, or a table of them."""
    known = {each.path.replace(EACH, "") for each in parameters()}
    known |= {path.rpartition(".")[0] for path in known} | {f"boost.{n}" for n in ("<stage>", "*")}
    roots = {path.partition(".")[0] for path in known if "." in path}
    strange = {}
    for page in PAGES:
        for named in re.findall(r"`([a-z_]+(?:\.[\w*\[\]]+)+)`", (ROOT / page).read_text("utf-8")):
            path = named.replace(EACH, "")
            if path.partition(".")[0] in roots and path not in known and "*" not in path:
                strange[f"{page}: {named}"] = path
    assert [where for where, path in strange.items() if not chosen(path, known)] == []


def chosen(path: str, known: set[str]) -> bool:
    """Whether a part of the path is a name that a scenario chooses; or it is a file."""
    if path.endswith((".py", ".toml")):
        return True
    words = path.split(".")
    return any(
        ".".join((*words[:at], "NAME", *words[at + 1 :])) in known for at in range(1, len(words))
    )
