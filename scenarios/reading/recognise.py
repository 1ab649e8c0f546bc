"""What a file is, by what is in it."""

from __future__ import annotations

import json
import re
from typing import Final

from ...sim.errors import InputError
from .complaints import FORMATS, NEED, foreign

_SAMPLE: Final = 2**16
# What begins like this is something else, and what to do with it.
_BINARY: Final = {
    b"SQLite format 3\0": ("an SQLite database", "export its table of ties as CSV"),
    b"%PDF-": ("a PDF", FORMATS),
    b"\x89HDF\r\n": ("an HDF5 file", FORMATS),
    b"\xd0\xcf\x11\xe0": ("an old Excel workbook (.xls)", "save it as .xlsx or CSV"),
    b"7z\xbc\xaf": ("a 7z archive", "unpack it first"),
    b"\x28\xb5\x2f\xfd": ("packed by zstd", "unpack it first"),
    b"LEDA.GRAPH\n": ("a LEDA file", "export it as GraphML or GML"),
    b"version https://git-lfs.github.com": (
        "a git-lfs pointer, not the data",
        "fetch the data with 'git lfs pull'",
    ),
}
_ROOT: Final = re.compile(rb"<(?:\w+:)?([A-Za-z]\w*)")
_XML: Final = {"graphml": "GraphML", "gexf": "GEXF"}
_MATRIX: Final = re.compile(rb"%{1,2}matrixmarket\b", re.IGNORECASE)
# Blanks before a line are never line breaks here: of many empty lines each would be tried anew.
_PAJEK: Final = re.compile(rb"(?im)^[ \t]*\*(vertices|network|arcs|edges)(?=\s|$)")
_VERTICES: Final = re.compile(rb"(?im)^[ \t]*\*vertices(?=\s|$)")
_GML: Final = re.compile(rb"(?m)^[ \t]*graph\s*\[(?=\s*(?:\]|#|[A-Za-z]\w*[ \t\r\n]+[^\s,;|]|\Z))")
_GML_PART: Final = re.compile(rb"\b(?:node|edge)\s*\[|\]\s*\Z")
_DOT: Final = re.compile(
    rb"(?i)(?:strict\s+)?(?:di)?graph(?:\s+(?:\"[^\"\n]*\"|[^\s{\",;|\[]+))?\s*\{"
)
_DIMACS: Final = re.compile(rb"(?m)^p[ \t]+\w+[ \t]+\d+[ \t]+\d+[ \t\r]*$")
_ASIDE: Final = ((b"/*", b"*/"), (b"//", b"\n"))
_ASIDE_XML: Final = ((b"<!--", b"-->"), (b"<?", b"?>"))
_WITH_DICT: Final = re.compile(r"^[^{}]*\{(\s*|['\"].*)\}$")
_WRITTEN: Final = re.compile(r"(?m)^# *GMT .*\n#")
_COUNT: Final = re.compile(r"[0-9]{1,18}")
_MANY: Final = 4


def recognise(title: str, data: bytes) -> str:
    """The name of the format, ``text`` for delimited text.

    Raises
    ------
    InputError
        If it is a format that is known and not read, or none at all.
    """
    for magic, (what, remedy) in _BINARY.items():
        if data.startswith(magic):
            raise foreign(title, what, remedy)
    if data.startswith(b"PK\3\4"):
        return "xlsx" if b"xl/workbook.xml" in data else "npz"
    if data.startswith(b"PAR1") and b"\0" in data:  # as its length is in four bytes
        return "Parquet"
    sample = data[:_SAMPLE]
    start = sample.lstrip()
    if not start:
        raise InputError(f"{title}: the file is empty; {NEED}, one a line")
    if re.match(rb"<[?!A-Za-z]", start):
        return _markup(title, start)
    if start[:1] in b"{[" and (found := _json(start, data)):
        return found
    if _MATRIX.match(start):
        return "Matrix Market"
    if start.startswith(b"*") and _PAJEK.search(sample):
        return "Pajek"
    if _VERTICES.search(sample):
        return "Pajek"
    if start.lower().startswith((b"nodedef>", b"edgedef>")):
        raise foreign(title, "a GDF file", "export it from Gephi as GEXF, GraphML or CSV")
    if re.match(rb"(?i)dl\s+n\s*=", start):
        raise foreign(title, "a UCINET DL file", "export it as Pajek or as an edge list")
    if _DOT.match(_bare(start, _ASIDE)):
        raise foreign(title, "a Graphviz DOT file", "convert it to GraphML ('gv2gml', 'gxl2gv')")
    if _GML.search(sample) and _GML_PART.search(sample):
        return "GML"
    if _DIMACS.search(sample):
        raise foreign(title, "a DIMACS file", "keep the ties alone, two numbers a line")
    return _by_lines(title, sample, whole=len(data) <= _SAMPLE)


def _markup(title: str, start: bytes) -> str:
    root = _bare(start, _ASIDE_XML)
    doctype = re.match(rb"(?is)\s*<!doctype\s+(\w+)", root)
    found = _ROOT.match(root)
    name = (doctype[1] if doctype else found[1] if found else b"").decode().lower()
    if name in _XML:
        return _XML[name]
    if name == "html":
        raise foreign(title, "a web page", "fetch the file that the page links to")
    raise foreign(title, f"XML with the root <{name}>", "export it as GraphML or GEXF")


def _bare(text: bytes, asides: tuple[tuple[bytes, bytes], ...]) -> bytes:
    """A text from the first word on that is in no comment."""
    at, ends = 0, len(text)
    while at < ends:
        while text[at : at + 1].isspace():
            at += 1
        closing = next((close for open_, close in asides if text.startswith(open_, at)), None)
        if closing is None:
            break
        found = text.find(closing, at + 2)
        at = ends if found < 0 else found + len(closing)
    return text[at:]


def _json(start: bytes, data: bytes) -> str:
    """The form of JSON; empty where it is none."""
    first = start.split(b"\n", 1)[0].strip()
    try:
        told = json.loads(data)
    except ValueError:
        try:
            return "JSON rows" if isinstance(json.loads(first), dict) else ""
        except ValueError:
            return "JSON" if re.match(rb'[{\[]\s*["{\[]', start) else ""
    if isinstance(told, list):
        return "JSON rows"
    graph = {"links", "edges", "adjacency", "elements"} & told.keys()
    return "JSON" if graph else "JSON rows"


def _by_lines(title: str, sample: bytes, *, whole: bool) -> str:
    """What lines of text are, all of the sample together."""
    text = sample.decode("utf-8", "replace")
    lines = text.splitlines() if whole else text.splitlines()[:-1]
    lines = [line.strip() for line in lines if line.strip()]
    ties = [line for line in lines if line[:1] not in "#%"]
    _refuse_tgf_and_lgl(title, lines, ties)
    dicts = [line for line in ties if _WITH_DICT.match(line)]
    if dicts:
        ends = {len(line.split("{")[0].replace(",", " ").split()) for line in dicts}
        if ends == {2} and len(dicts) == len(ties):
            return "networkx edge list"
        if ends == {1} and _is_multiline(ties, whole=whole):
            return "multiline adjacency list"
    fields = [line.split() for line in ties]
    if whole and _is_metis(fields):
        raise foreign(title, "a METIS graph", "write its ties one a line, 'u v'")
    counts = {len(each) for each in fields}
    plain = not any(sign in line for line in ties for sign in ",;\t|\"'")
    own = len({each[0] for each in fields}) == len(fields)
    if plain and own and len(counts) > 1:
        by_networkx = _WRITTEN.search(text) is not None
        if by_networkx or (max(counts) >= _MANY and len(counts) > 2):
            return "adjacency list"
    return "text"


def _refuse_tgf_and_lgl(title: str, lines: list[str], ties: list[str]) -> None:
    if "#" in lines[1:-1] and _is_tgf(lines):
        raise foreign(title, "a TGF file", "keep the ties alone: the lines below the '#'")
    marked = [line for line in lines if re.fullmatch(r"# \S+", line)]
    counts = {len(line.split()) for line in ties}
    heads = bool(lines) and lines[0] in marked
    if heads and ties and (counts == {1} or (counts <= {1, 2} and _is_lgl(lines))):
        raise foreign(title, "an LGL file", "write its ties one a line, 'u v'")


def _is_tgf(lines: list[str]) -> bool:
    """Whether a line of '#' parts people from ties between them."""
    at = lines.index("#", 1)
    people = {line.split()[0] for line in lines[:at]}
    ties = [line.split() for line in lines[at + 1 :]]
    return all(len(tie) >= 2 and {tie[0], tie[1]} <= people for tie in ties)


def _is_lgl(lines: list[str]) -> bool:
    """Whether each line is a name under a mark, or a neighbour with perhaps a weight."""
    rest = [line.split() for line in lines if not line.startswith("#")]
    heads = sum(line.startswith("# ") for line in lines)
    weighted = all(len(e) == 1 or re.fullmatch(r"[0-9]*\.[0-9]+|[0-9]+", e[1]) for e in rest)
    return weighted and heads > 1 and any(line.startswith("# ") for line in lines[1:])


def _is_multiline(ties: list[str], *, whole: bool) -> bool:
    """Whether each `person count` is followed by so many lines."""
    at = 0
    while at < len(ties):
        head = ties[at].split()
        if len(head) != 2 or not _COUNT.fullmatch(head[1]):
            return False
        at += 1 + int(head[1])
    return at == len(ties) or not whole


def _is_metis(fields: list[list[str]]) -> bool:
    """Whether the first line counts people and ties, and each person has a line of neighbours."""
    if not fields or len(fields[0]) not in (2, 3):
        return False
    if not all(_COUNT.fullmatch(word) for row in fields for word in row):
        return False
    people, ties = int(fields[0][0]), int(fields[0][1])
    rest = fields[1:]
    listed = sum(map(len, rest))
    return len(rest) == people and listed == 2 * ties and {len(row) for row in rest} != {2}
