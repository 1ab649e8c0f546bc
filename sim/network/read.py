"""Networks from files, as public archives ship them.

**Edge lists** (.txt, .csv, .tsv, .edges, any of them as .gz): one tie a line, two ids separated
by blanks, tabs, a comma or a semicolon, whichever the first line uses. Lines that begin with `#`
or `%` are comments.

* Ids are kept. If all are integers, people are sorted by number, else as texts. 007 is a text.
* A third column is the weight (closeness) of the tie, finite and not negative. More columns need
  a first line that names them; then only a column called `weight` is read as one, and others,
  such as timestamps, are skipped. That line is known by its names (source and target, from and
  to, ...), or by being the only one whose ids are not integers.
* A file is undirected unless `directed=` or a comment before the first tie says otherwise:
  `# Directed graph` (as SNAP writes), `# directed = true`, `% asym` (as KONECT writes).
* A directed line `u v` means that v hears u; with `arrow="follows"`, that u follows v.
* People who occur in self-loops only have no tie, and are not in the network.

**GraphML and GEXF** are read by networkx. **npz** is what `Network.save` writes.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from os import PathLike
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError, StorageError, hint
from .exchange import from_networkx
from .header import NEED, columns_of, says_directed, uncounted
from .lines import Columns, data_lines, integers, read_ties, weight_of
from .network import Arrow, Network
from .parse import parse_integers, rows_of_integers

_FIELD: Final = re.compile(rb"[^\s,;]+")


def read(path: str | PathLike[str], directed: bool | None, arrow: Arrow) -> Network:
    """See `Network.from_file`."""
    file = Path(path)
    if arrow not in ("hears", "follows"):
        raise InputError(f'arrow = {arrow!r} is not allowed; it is "hears" or "follows"')
    if directed is not None and not isinstance(directed, bool):
        raise InputError(f"directed = {directed!r} is not allowed; it is True, False or None")
    data = _bytes(file)
    suffixes = [suffix.lower() for suffix in file.suffixes]
    kind = next((each for each in (".graphml", ".gexf") if each in suffixes[-2:]), None)
    if kind is not None:
        return _as_asked(file, _read_xml(file, data, kind), directed, arrow == "follows")
    if data[:2] == b"PK":
        from .archive import load

        if arrow == "follows":
            raise InputError(
                f"{file}: a saved network knows who hears whom; leave arrow='follows' out"
            )
        return _as_asked(file, load(file, io.BytesIO(data)), directed, False)
    return _read_edge_list(file, data, directed, arrow)


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError as problem:
        names = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
        said = hint(path.name, names, "check the spelling and the folder")
        raise InputError(f"{path}: there is no such file; {said}") from problem
    except IsADirectoryError as problem:
        raise InputError(f"{path}: this is a folder; give a file in it") from problem
    except OSError as problem:
        raise StorageError(
            f"{path}: the file cannot be read ({problem.strerror}); check who may read it"
        ) from problem
    if data[:2] == b"\x1f\x8b":
        try:
            data = gzip.decompress(data)
        except (EOFError, OSError, zlib.error) as problem:
            raise InputError(
                f"{path}: the compressed data are damaged or end early; fetch the file again"
            ) from problem
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError(f"{path}, line 1: the text is UTF-16; save the file as UTF-8")
    return data.removeprefix(b"\xef\xbb\xbf")


def _read_edge_list(path: Path, data: bytes, directed: bool | None, arrow: Arrow) -> Network:
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")  # line ends of old Macs
    if data.startswith(b"%%MatrixMarket"):
        raise InputError(
            f"{path}, line 1: this is a Matrix Market file, whose lines are not ties; "
            "convert it to an edge list"
        )
    if directed is None:
        directed = says_directed(data)
    columns, rival = columns_of(path, data)
    parsed = _parse(path, data, columns)
    if parsed is None and rival is not None:
        columns = rival  # not all the rest are integers: the first line is a tie like the others
        if columns.count > 3:
            raise uncounted(path, *next(data_lines(path, data)), columns.count)
    source, target, weights, ids, loops = parsed or _compact_texts(path, data, columns)
    if ids.size == 0:
        raise InputError(
            f"{path}: the file holds no tie between two different people; {NEED}, one a line"
        )
    if arrow == "follows" and directed:
        source, target = target, source
    return Network.from_ties(source, target, ids.size, directed, weights, ids, loops)


_Compact = tuple[
    NDArray[np.int32], NDArray[np.int32], NDArray[np.float32] | None, NDArray[Any], int
]


def _parse(path: Path, data: bytes, columns: Columns) -> _Compact | None:
    """The ties if all ids are plain integers, else None."""
    begin = 0
    for _ in range(columns.header):
        begin = data.find(b"\n", begin) + 1 or len(data)
    most = data.count(b"\n", begin) + 1
    weighted = columns.weight is not None
    source, target = np.empty(most, np.int64), np.empty(most, np.int64)
    weights = np.empty(most if weighted else 0)
    weight_begin = np.empty(weights.size, np.int64)
    places = np.array([columns.source, columns.target, columns.weight if weighted else -1])
    ties = parse_integers(
        np.frombuffer(data, np.uint8),
        begin,
        ord(columns.separator) if columns.separator in ",;" else 0,
        columns.count,
        places,
        source,
        target,
        weights,
        weight_begin,
    )
    if ties < 0 or (ties == 0 and columns.header):
        return None
    for tie in np.flatnonzero(np.isnan(weights[:ties])):
        at = int(weight_begin[tie])
        field = _FIELD.match(data, at)
        text = field[0].decode("latin-1") if field else ""
        try:
            weights[tie] = weight_of(path, 0, text, text)
        except InputError:
            return None
    if weighted and ties and weights[:ties].max() > 3.4e38:
        return None
    return _compact_integers(source[:ties], target[:ties], weights[:ties] if weighted else None)


def _compact_integers(
    source: NDArray[np.int64], target: NDArray[np.int64], weights: NDArray[np.float64] | None
) -> _Compact:
    """Rows of integer ids in ascending order; ties of a person to itself dropped."""
    apart = source != target
    loops = int(source.size - np.count_nonzero(apart))
    if loops:
        source, target = source[apart], target[apart]
        weights = None if weights is None else weights[apart]
    none = np.empty(0, np.int64)
    if source.size == 0:
        return none.astype(np.int32), none.astype(np.int32), None, none, loops
    low = min(int(source.min()), int(target.min()))
    span = max(int(source.max()), int(target.max())) - low + 1
    if span <= 4 * source.size + 1_000_000:
        source, target, ids = rows_of_integers(source, target, low, span)
    else:
        ids, rows = np.unique(np.concatenate((source, target)), return_inverse=True)
        source, target = rows[: source.size], rows[source.size :]
    closeness = None if weights is None else weights.astype(np.float32)
    return source.astype(np.int32), target.astype(np.int32), closeness, ids, loops


def _compact_texts(path: Path, data: bytes, columns: Columns) -> _Compact:
    ties = read_ties(path, data, columns)
    weights = np.array(ties.weights) if columns.weight is not None else None
    if integers(ties.source) and integers(ties.target):
        try:
            ends = np.array(ties.source, np.int64), np.array(ties.target, np.int64)
        except OverflowError:
            pass  # beyond 64 bits: kept as texts
        else:
            return _compact_integers(*ends, weights)
    apart = [u != v for u, v in zip(ties.source, ties.target, strict=True)]
    source = [u for u, keep in zip(ties.source, apart, strict=True) if keep]
    target = [v for v, keep in zip(ties.target, apart, strict=True) if keep]
    names = sorted({*source, *target})
    row = {name: place for place, name in enumerate(names)}
    return (
        np.array([row[u] for u in source], np.int32),
        np.array([row[v] for v in target], np.int32),
        None if weights is None else weights[np.array(apart, bool)].astype(np.float32),
        np.array(names, np.str_),
        len(apart) - len(source),
    )


def _read_xml(path: Path, data: bytes, kind: str) -> Network:
    from xml.etree.ElementTree import ParseError

    import networkx as nx

    reader = nx.read_graphml if kind == ".graphml" else nx.read_gexf
    try:
        graph = reader(io.BytesIO(data))
    except ParseError as problem:
        raise InputError(
            f"{path}, line {problem.position[0]}: the file is not valid XML; export it again as "
            f"{'GraphML' if kind == '.graphml' else 'GEXF'}"
        ) from problem
    except (nx.NetworkXError, KeyError, ValueError, TypeError, AttributeError) as problem:
        reason = " ".join(str(problem).split()).rstrip(".") or type(problem).__name__
        raise InputError(
            f"{path}: networkx cannot read it ({reason}); export it again as GraphML or GEXF"
        ) from problem
    names = [str(node) for node in graph]
    if names and integers(names):
        graph = nx.relabel_nodes(graph, {node: int(node) for node in graph})
    try:
        return from_networkx(graph)
    except InputError as problem:
        raise InputError(f"{path}: {problem}") from problem


def _as_asked(path: Path, network: Network, directed: bool | None, reverse: bool) -> Network:
    """Turned round or made undirected; a direction that the file does not know is refused."""
    if network.n == 0:
        raise InputError(f"{path}: the file holds no people; {NEED}")
    if directed and not network.directed:
        raise InputError(
            f"{path}: the file says that its ties have no direction; leave directed=True out"
        )
    undirect = directed is False and network.directed
    if not undirect and not (reverse and network.directed):
        return network
    source = np.repeat(np.arange(network.n, dtype=np.int32), network.followers)
    target = network.indices.copy()
    if reverse:
        source, target = target, source
    weights = None if network.weights is None else network.weights.copy()
    return Network.from_ties(source, target, network.n, not undirect, weights, network.ids)
