"""What has gone wrong once, or is known to go wrong elsewhere: bombs, entities, ways out, formulas.

`CORPUS` is written by hand, and built where it is large. What ``make fuzz`` finds is kept beside it
by ``--keep``: a file a case in the folder `corpus`, which is tried with all others.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import hashlib
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from . import saved, seeds
from .http import Sent
from .judge import Door
from .saved import Changed, Struck

FOLDER: Final = Path(__file__).parent / "corpus"
_SCRIPT: Final = "<script>alert(1)</script>"
_HEAD: Final = b'<?xml version="1.0"?><!DOCTYPE graphml [%s]>'
_BODY: Final = (
    b'<graphml><graph edgedefault="directed"><edge source="%s" target="b"/></graph></graphml>'
)
_AXES: Final = b'scenario = "cascade"\n%s\n[axes]\nhorizon = [3, 4]\n'

# built ----------------------------------------------------------------------------------------


def _zipped(*members: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _tar(name: str, kind: bytes, target: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = kind, target
        tar.addfile(entry)
    return file.getvalue()


def _array(head: bytes) -> bytes:
    """A saved network, one array of which has another head."""
    file = io.BytesIO()
    data = io.BytesIO(seeds.saved_networks()[0])
    with zipfile.ZipFile(data) as had, zipfile.ZipFile(file, "w") as has:
        for name in had.namelist():
            inner = saved.header(head) + bytes(24) if name == "indices.npy" else had.read(name)
            has.writestr(zipfile.ZipInfo(name), inner)
    return file.getvalue()


def _flagged(offset: int, value: int) -> bytes:
    """A saved network with something else in the head of each of its members."""
    data = bytearray(seeds.saved_networks()[0])
    for magic, place in ((b"PK\1\2", offset + 2), (b"PK\3\4", offset)):
        at = data.find(magic)
        while at >= 0:
            data[at + place] = value
            at = data.find(magic, at + 4)
    return bytes(data)


def _laughs() -> bytes:
    inner = b"".join(b'<!ENTITY %c "%s">' % (98 + k, b"&%c;" % (97 + k) * 10) for k in range(9))
    return _HEAD % (b'<!ENTITY a "aaaaaaaaaa">' + inner) + _BODY % b"&j;"


def _encoded(name: str) -> bytes:
    return b"<?xml version='1.0' encoding='%s'?>" % name.encode() + _BODY % b"a"


def _gexf(name: str) -> bytes:
    return b"<?xml version='1.0' encoding='%s'?>" % name.encode() + seeds.XMLS[2]


NETWORKS: Final[dict[str, Callable[[], bytes]]] = {
    "zip bomb": lambda: _zipped(("ties.csv", b"1 2\n" * 2**24)),
    "gzip bomb": lambda: gzip.compress(bytes(2**26), mtime=0),
    "bz2 bomb": lambda: bz2.compress(bytes(2**26)),
    "xz bomb": lambda: lzma.compress(bytes(2**26)),
    "gzip in gzip bomb": lambda: gzip.compress(gzip.compress(bytes(2**26), mtime=0), mtime=0),
    "saved network bomb": lambda: _zipped(("format.npy", b"x"), ("indptr.npy", bytes(2**26))),
    "workbook bomb": lambda: _zipped(("xl/workbook.xml", bytes(2**26))),
    "zip of zips": lambda: _zipped(("a", _zipped(("b", _zipped(("c", _zipped(("d", b"1 2\n")))))))),
    "a way out of a zip": lambda: _zipped(("../../ties.csv", b"1 2\n")),
    "a whole path in a zip": lambda: _zipped(("/etc/passwd", b"1 2\n")),
    "a symlink in a tar": lambda: _tar("ties.csv", tarfile.SYMTYPE, "/etc/passwd"),
    "a hard link in a tar": lambda: _tar("ties.csv", tarfile.LNKTYPE, "../../etc/passwd"),
    "a device in a tar": lambda: _tar("ties.csv", tarfile.CHRTYPE, ""),
    "a billion laughs": _laughs,
    "one long entity": lambda: (
        _HEAD % b'<!ENTITY a "%s">' % (b"a" * 100_000) + _BODY % (b"&a;" * 5_000)
    ),
    "an external entity": lambda: (
        _HEAD % b'<!ENTITY x SYSTEM "file:///etc/passwd">' + _BODY % b"&x;"
    ),
    "an external parameter": lambda: (
        _HEAD % b'<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;' + _BODY % b"a"
    ),
    "an external subset": lambda: (
        b'<!DOCTYPE graphml SYSTEM "http://127.0.0.1:9/x.dtd">' + _BODY % b"a"
    ),
    "deep XML": lambda: b"<graphml>" + b"<graph><node id='a'>" * 20_000,
    "deep GML": lambda: b"graph [" + b" node [" * 20_000,
    "deep JSON": lambda: b'{"nodes":' + b"[" * 100_000,
    "an unknown encoding": lambda: _encoded("ebcdic"),
    "an encoding of 100 letters": lambda: _encoded("x" * 100),
    "no encoding of text": lambda: _encoded("rot13"),
    "an unknown encoding of GEXF": lambda: _gexf("ebcdic"),
    "an encoding of 100 letters of GEXF": lambda: _gexf("x" * 100),
    "encrypted": lambda: _flagged(6, 1),
    "packed in an unknown way": lambda: _flagged(8, 77),
    "an array with half a head": lambda: _array(b"{'descr': '<i8', 'shape': (3,), "),
    "an array far too large": lambda: _array(
        b"{'descr': '<i8', 'fortran_order': False, 'shape': (1%s,), }" % (b"0" * 30)
    ),
    "an array of no known kind": lambda: _array(
        b"{'descr': 3, 'fortran_order': False, 'shape': (3,), }"
    ),
    "an array of objects": lambda: _array(
        b"{'descr': '|O', 'fortran_order': False, 'shape': (3,), }"
    ),
    "no array": lambda: _zipped(("format.npy", b"x"), ("indices.npy", b"x")),
    "a comment above 131,072 characters": lambda: b"# " + b"a" * 140_000 + b"\na,b\nb,c\n",
    "a field above 131,072 characters": lambda: b"a" * 140_000 + b",b\nb,c\n",
    "a tabbed one": lambda: b"a\tb\n" + b"a" * 140_000 + b"\tb\n",
    "a matrix that ends within a number": lambda: seeds.TEXTS[11].rstrip() + b"+",
    "a matrix with a zero byte": lambda: seeds.TEXTS[11].rstrip() + b"\0",
    "vertices that are nowhere": lambda: b"*Vertices 900000\n*Arcs\n1 2\n",
    "a script": lambda: f"source,target\n{_SCRIPT},b\n=1+1,c\n".encode(),
}
_SETTINGS: Final = {
    "digits": "horizon=" + "9" * 5_000,
    "digits and an exponent": "horizon=" + "9" * 5_000 + "e3",
    "digits of base 16": "horizon=0x" + "f" * 6_000,
    "brackets": "horizon=" + "[" * 2_000 + "]" * 2_000,
    "inline tables": "horizon=" + "{a=" * 2_000 + "1" + "}" * 2_000,
    "dots": "horizon={" + ".".join("a" * 20_000) + "=1}",
    "a number for a table": "network=1.5",
    "a number far too large": "attention=1" + "0" * 400,
    "a calendar beyond all ticks": "publish={interval=1000000,seeds=1}",
    "half a sign": "name=\udcff",
    "a script": f"name={_SCRIPT}",
}
_SCENARIOS: Final = {
    "dots": b".".join([b"a"] * 20_000) + b" = 1\n",
    "a calendar beyond all ticks": (
        b'content = ["post", "post", "post"]\n[publish]\ninterval = 1000000\n'
    ),
    "a zero byte": b"horizon = 3\0\n",
    "no end of brackets": b"horizon = " + b"[" * 100_000,
    "a network that is a device": b'[network]\nfile = "/dev/zero"\n',
}
_STUDIES: Final = {
    "outcomes in a list": _AXES % b'outcomes = [["a"]]',
    "a number for what is set": _AXES % b"set = 3",
    "a text for a table": _AXES % b'[set]\nnetwork = "x"',
    "a name of 5,000 letters": b'scenario = "%s"\n[axes]\nhorizon = [3, 4]\n' % (b"a" * 5_000),
    "labels that are lists": b'scenario = "cascade"\n[axes.a]\nlink = {horizon = [1, 2]}\n'
    b"label = [[1], {}]\n",
}
_LABELS: Final = {
    "emoji": ["\U0001f600 a", "\U0001f600", "\U0001f600\u200d", "b"],
    "control characters": ["a\x07", "\x01", "\x02\x03", "b\x1b[2J"],
    "scripts": [_SCRIPT] * 3 + ["b"],
    "formulas": ["a", "=1+1", "@SUM(1)", "-2+3"],
    "mathematics": ["$\\frac{$", "$\\x$", "$$", "${"],
    "other directions": ["\u202eabc", "\u05d0", "\u0627", "\u202d"],
}
_SCALARS: Final = ("name", "axes", "outcomes", "labels", "parts", "keep", "replicates", "world")
_SOCKETS: Final = {
    "many that say nothing": Sent([b""], 0.0, 40, hangs_up=True),
    "many that hang up": Sent([b"GET / HT"], 0.0, 40, hangs_up=True),
    "letter by letter": Sent([b"%c" % c for c in b"GET / HTTP/1.1\r\n"], 0.01, 1, hangs_up=True),
    "a head without end": Sent([b"GET / HTTP/1.1\r\nX: ", b"y" * 200_000], 0.0, 1, hangs_up=False),
    "a body without end": Sent(
        [(b"POST /api/run HTTP/1.1\r\nHost: HOST\r\nX-Wom-Token: TOKEN\r\n"
          b"Transfer-Encoding: chunked"
         b"\r\n\r\n"), b"8000\r\n" + b"x" * 32_768 + b"\r\n",
    b"8000\r\n" + b"x" * 32_768 + b"\r\n"],
        0.0, 1, hangs_up=False,
    ),
}  # fmt: skip


def _ledgers() -> Iterator[tuple[str, Struck]]:
    """A cell that is text, a list or deeply nested JSON; rows that are missing."""
    for asked in range(4):
        for value in ("x", "[1]", "[" * 3_000):
            for name in _SCALARS if asked == 2 else ("name",):
                sql = [("UPDATE about SET value = ? WHERE name = ?", (value, name))]
                yield f"about {name} {value[:4]}, asked {asked}", Struck(sql, None, asked)
            yield (
                f"points {value[:4]}, asked {asked}",
                Struck([("UPDATE points SET axes = ?", (value,))], None, asked),
            )
            for column in ("status", "reach", "seconds", "error", "point"):
                sql = [(f"UPDATE runs SET {column} = ? WHERE id = 2", (value,))]
                yield f"runs {column} {value[:4]}, asked {asked}", Struck(sql, None, asked)
        for table in ("about", "points", "runs", "plan"):
            some = f"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} LIMIT 1)"
            every = [(some if table in ("points", "runs") else f"DELETE FROM {table}", ())]
            yield f"rows of {table} missing, asked {asked}", Struck(every, None, asked)
    out = [("UPDATE parts SET name = '../../study.toml'", ())]
    yield "a way out", Struck(out, None, 1)


def _folders(kind: str) -> Iterator[tuple[str, Changed]]:
    told = (saved.home() / kind / "run.json").read_bytes()
    yield "deep JSON", Changed(kind, {"run.json": b'{"format":' + b"[" * 100_000}, repaired=False)
    yield (
        "a link to a device",
        Changed(kind, {"run.json": b"/dev/zero"}, repaired=False, links=True),
    )
    out = json.loads(told)
    out["files"]["../../etc/passwd"] = hashlib.sha256(b"").hexdigest()
    yield "a way out", Changed(kind, {"run.json": json.dumps(out).encode()}, repaired=False)
    scripted = told.replace(b"open_house", _SCRIPT.encode())
    yield "a script", Changed(kind, {"run.json": scripted}, repaired=True)


_LISTS: Final[dict[str, dict[str, Any]]] = {
    "set": _SETTINGS, "scenario": _SCENARIOS, "study": _STUDIES, "labels": _LABELS,
    "socket": _SOCKETS,
}  # fmt: skip


def hand_written(door: str) -> Iterator[tuple[str, Any]]:
    """Name and case of what is written down here for a door."""
    yield from _LISTS.get(door, {}).items()
    if door == "network: text":
        for name, made in NETWORKS.items():
            yield name, (made(), {})
    if door == "ledger":
        yield from _ledgers()
    if door in ("result", "answer"):
        yield from _folders(door)


# kept -----------------------------------------------------------------------------------------


def keep(door: Door, case: Any, what: str) -> Path:
    """Write down a case that failed."""
    text = json.dumps({"door": door.name, "found": what, "case": _written(case)}, indent=1)
    path = FOLDER / f"{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"
    FOLDER.mkdir(exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def kept(door: Door) -> Iterator[tuple[str, Any]]:
    """Name and case of what was written down for a door."""
    for path in sorted(FOLDER.glob("*.json")):
        told = json.loads(path.read_bytes())
        if told["door"] == door.name:
            yield path.stem, door.again(_read(told["case"]))


def _written(case: Any) -> Any:
    if isinstance(case, bytes):
        return {"bytes": base64.b64encode(case).decode()}
    if isinstance(case, (list, tuple)):
        return [_written(each) for each in case]
    if isinstance(case, dict):
        return {"table": [[_written(key), _written(each)] for key, each in case.items()]}
    return case


def _read(told: Any) -> Any:
    if isinstance(told, list):
        return [_read(each) for each in told]
    if isinstance(told, dict) and "bytes" in told:
        return base64.b64decode(told["bytes"])
    if isinstance(told, dict):
        return {_read(key): _read(each) for key, each in told["table"]}
    return told
