"""Pages as the tests read them: well formed or not, with their tables, links and ids."""

from __future__ import annotations

import re
from html.parser import HTMLParser

# What is kept in folders that have a page; the fixture `folders` makes one of each.
KINDS = ("run", "diagnosis", "comparison", "levers", "economics", "credit", "optimum", "study")

# Elements that have no end, and those that a browser closes for whoever forgets it: none is
# forgotten here.
_EMPTY = frozenset(("meta", "img", "br", "link", "input", "hr", "source"))


class Reading(HTMLParser):
    """What is on a page.

    Attributes
    ----------
    wrong
        What is not well formed.
    links, sources, ids
        Every href, every src, every id.
    headings
        Level and text of each heading.
    rows
        The texts of each row of each table, a list of cells.
    images
        The alternative text of each image.
    codes
        What stands in each block of commands.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.links: list[str] = []
        self.sources: list[str] = []
        self.ids: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self.rows: list[list[str]] = []
        self.images: list[str] = []
        self.codes: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self._open: list[str] = []
        self._cells = 0
        self.feed(page)
        self.close()
        self.wrong += [f"{tag} is never closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        if len(given) != len(attrs):
            self.wrong.append(f"an attribute twice in {tag}")
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.sources += [value or "" for name, value in attrs if name in ("src", "srcset", "data")]
        self.wrong += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]
        if tag == "img":
            self.images.append(given.get("alt") or "")
        if tag == "th" and "scope" not in given:
            self.wrong.append("th without scope")
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag == "pre":
            self.codes.append("")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((tag, ""))
        if tag not in _EMPTY:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.wrong.append(f"{tag} closes {self._open[-1:]}")
            return
        self._open.pop()
        self.text += " "

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self.text += data
        if "pre" in self._open:
            self.codes[-1] += data
        if {"td", "th"} & set(self._open):
            self.rows[-1][-1] += data.strip()
        if self._open and re.fullmatch("h[1-6]", self._open[-1]):
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)

    @property
    def words(self) -> str:
        """All that is said, in one line."""
        return " ".join(self.text.split())


def check(page: str) -> Reading:
    """Read a page that is complete in itself, accessible and well formed."""
    read = Reading(page)
    assert read.wrong == []
    assert page.startswith("<!DOCTYPE html>")
    assert '<html lang="en">' in page
    assert len(read.ids) == len(set(read.ids))
    assert all(link.startswith("#") and link[1:] in read.ids for link in read.links)
    assert all(source.startswith("data:image/") for source in read.sources)
    assert [level for level, _ in read.headings].count("h1") == 1
    assert not {"script", "iframe", "object", "embed", "link", "form"} & read.tags
    assert not re.search(r"https?://|@import|url\(|javascript:", page)
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in page
    assert all(len(alt) > 20 for alt in read.images)
    assert len(page) < 3_000_000
    return read
