"""From ties by name to a network: who hears whom, what a weight is, what is given again.

Here alone, whatever the format was.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ...sim.errors import InputError
from ...sim.network import Network
from ...sim.network.weights import as_closeness, closeness_of_counts
from .asked import Asked
from .complaints import NEED, brief
from .odd import odd_ids
from .sheet import MOST
from .ties import Ties

_NOBODY: Final = "nobody says so: ties without a word go both ways"
_FLOAT: Final = r"\.0+$"
_WHOLE: Final = r"^-?[0-9]+(\.0+)?$"


def network_of(ties: Ties, asked: Asked) -> Network:
    """The network of these ties, with what was understood.

    Raises
    ------
    InputError
        If there is no tie, or something was asked for that these ties cannot give.
    """
    directed, said = _direction(ties, asked)
    source, target, ids, kept = _rows(ties)
    loops = int(len(ties.source) - kept.size)
    if ids.size == 0 or (kept.size == 0 and ties.people is None):
        raise InputError(
            f"{ties.title}: the file holds no tie between two different people; {NEED}, one a line"
        )
    weight = None if ties.weight is None else ties.weight[kept]
    both = None if ties.both is None or not directed else ties.both[kept]
    if directed and _follows(ties, asked):
        source, target = target, source
    if both is not None and both.any():
        back = source[both], target[both]
        source = np.concatenate((source, back[1]))
        target = np.concatenate((target, back[0]))
        weight = None if weight is None else np.concatenate((weight, weight[both]))
    given = source.size
    if asked.repeated == "sum":
        source, target, weight = _summed(source, target, weight, directed, ties)
        most = int(weight.argmax())
        if weight[most] > MOST:
            raise InputError(
                f"{ties.title}: the weights of the tie {ids[source[most]]} - {ids[target[most]]} "
                f"add up to {weight[most]:g}; a weight is at most {MOST:g}; mend them, or leave "
                "repeated = sum out"
            )
    closeness = None if weight is None else weight.astype(np.float32)
    made = Network.from_ties(source, target, ids.size, directed, closeness, ids, loops)
    values, use = _meant(made.weights, ties, asked)
    by_chance = values is not None and asked.meaning == "probability"
    repeats = made.duplicates + given - source.size
    return Network(
        made.indptr,
        made.indices,
        values,
        made.ids,
        directed,
        made.self_loops,
        repeats,
        understood=tuple(_understood(ties, asked, directed, said, made, ids, repeats, use)),
        meaning="probability" if by_chance else "closeness",
    )


def _direction(ties: Ties, asked: Asked) -> tuple[bool, str]:
    """Whether ties have a direction, and who says so."""
    if asked.directed is not None:
        directed, said = asked.directed, f"directed = {str(asked.directed).lower()} was asked for"
        if ties.directed is not None and ties.directed != directed:
            said += f", against {ties.said or 'the file'}"
    else:
        directed, said = bool(ties.directed), ties.said or _NOBODY
    if asked.arrow is not None and not directed:
        raise InputError(
            f"{ties.title}: the ties have no direction ({said}), so arrow = {asked.arrow} says "
            "nothing; add directed = true, or leave it out"
        )
    return directed, said


def _follows(ties: Ties, asked: Asked) -> bool:
    """Whether u follows v, by the names of the columns where they say it."""
    return ties.follows if ties.arrow else asked.arrow == "follows"


def _rows(ties: Ties) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[Any], NDArray[Any]]:
    """Both ends as rows, the ids of the rows, and which ties are kept: none of somebody to itself.

    Ids are whole numbers if all are, else texts. Whoever occurs only in ties to itself has no tie,
    and is there only where the file lists people.
    """
    ends: list[pa.Array] = [ties.source, ties.target]
    listed = [] if ties.people is None else [ties.people]
    numbers = [_whole(each) for each in ends + listed]
    if all(each is not None for each in numbers):
        return _of_numbers(*numbers)  # type: ignore[arg-type]
    joined = pa.chunked_array(ends + listed, pa.large_string()).combine_chunks()
    coded = joined.dictionary_encode()
    names, codes = coded.dictionary, coded.indices.to_numpy().astype(np.int64)
    order = pc.sort_indices(names).to_numpy()
    rank = np.empty(order.size, np.int64)
    rank[order] = np.arange(order.size)
    ties_, codes = len(ties.source), rank[codes]
    source, target, people = codes[:ties_], codes[ties_ : 2 * ties_], codes[2 * ties_ :]
    kept = np.flatnonzero(source != target)
    source, target = source[kept], target[kept]
    there = np.zeros(order.size, np.bool_)
    for each in (source, target, people):
        there[each] = True
    row = np.cumsum(there) - 1
    ids = names.take(pa.array(order[there])).to_numpy(zero_copy_only=False)
    return row[source].astype(np.int32), row[target].astype(np.int32), ids, kept


def _whole(column: pa.Array) -> NDArray[np.int64] | None:
    """A column as whole numbers, if it holds nothing else: 007 is a name, and 2.0 is 2.

    Tables with gaps hold their numbers as 2.0.
    """
    if len(column) == 0:
        return np.empty(0, np.int64)
    try:
        found = pc.cast(column, pa.int64())
    except pa.ArrowInvalid:
        if not pc.all(pc.match_substring_regex(column, _WHOLE)).as_py():
            return None
        column = pc.replace_substring_regex(column, _FLOAT, "")
        try:
            found = pc.cast(column, pa.int64())
        except pa.ArrowInvalid:  # beyond 64 bits
            return None
    if not pc.all(pc.equal(pc.cast(found, pa.large_string()), column)).as_py():
        return None
    numbers: NDArray[np.int64] = found.to_numpy()
    return numbers


def _of_numbers(
    source: NDArray[np.int64], target: NDArray[np.int64], *listed: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[Any], NDArray[Any]]:
    """The same for ids that are numbers: rows in their order."""
    kept = np.flatnonzero(source != target)
    if kept.size < source.size:
        source, target = source[kept], target[kept]
    every = [each for each in (source, target, *listed) if each.size]
    if not every:
        return source.astype(np.int32), target.astype(np.int32), source[:0], kept
    low = min(int(each.min()) for each in every)
    span = max(int(each.max()) for each in every) - low + 1
    if span <= 4 * sum(each.size for each in every) + 1_000_000:
        there = np.zeros(span, np.bool_)
        for each in every:
            there[each - low] = True
        ids = np.flatnonzero(there) + low
        row = (np.cumsum(there, dtype=np.int64) - 1).astype(np.int32)
        return row[source - low], row[target - low], ids, kept
    ids, found = np.unique(np.concatenate(every), return_inverse=True)
    both = found.astype(np.int32)
    return both[: source.size], both[source.size : 2 * source.size], ids, kept


def _summed(
    source: NDArray[np.int32],
    target: NDArray[np.int32],
    weight: NDArray[np.float64] | None,
    directed: bool,
    ties: Ties,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    """Ties given again as one, weights added; without weights, how often it is given.

    Added in the order of their size, so that the order of the lines plays no part.
    """
    if not directed:
        source, target = np.minimum(source, target), np.maximum(source, target)
    weight = np.ones(source.size) if weight is None else weight
    order = np.lexsort((weight, target, source))
    source, target, weight = source[order], target[order], weight[order]
    new = np.ones(source.size, np.bool_)
    new[1:] = (source[1:] != source[:-1]) | (target[1:] != target[:-1])
    if bool(new.all()):
        raise InputError(
            f"{ties.title}: no tie is given twice, so repeated = sum adds nothing; leave it out"
        )
    starts = np.flatnonzero(new)
    return source[starts], target[starts], np.add.reduceat(weight, starts)


def _meant(
    weights: NDArray[np.float32] | None, ties: Ties, asked: Asked
) -> tuple[NDArray[np.float32] | None, str]:
    """The closeness of each arc, and what was made of the weights."""
    if weights is None:
        if asked.weight is not None and not ties.column:
            raise InputError(
                f"{ties.title}: weight = {asked.weight!r} was asked for, and the ties have no "
                "weight; name its column (--weight COLUMN=MEANING), or leave it out"
            )
        return None, f"{ties.column}" if ties.column else "none"
    name = ties.column or "how often a tie is given"
    counted = asked.repeated == "sum" and ties.weight is None
    meaning = asked.meaning or ("count" if counted else ties.meaning)
    low, high = (float(weights.min()), float(weights.max())) if weights.size else (0.0, 0.0)
    spread = f"{name}, {low:g} to {high:g}"
    if meaning in ("closeness", "probability"):
        if high > 1.0:
            raise InputError(
                f"{ties.title}: the weight {high:g} is no {meaning}, which is 0 to 1; "
                "use --weight count, or mend it"
            )
        if meaning == "probability":
            use = "the chance that who heard over the tie passes it on"
            return weights, f"{spread}: probability as it stands, {use}"
        return weights, f"{spread}: closeness as it stands"
    if meaning is None and high <= 1.0:
        return weights, f"{spread}: closeness as it stands"
    values = closeness_of_counts(weights) if meaning == "count" else as_closeness(weights)
    middle = float(np.median(weights[weights > 0])) if (weights > 0).any() else 0.0
    return values, f"{spread}: closeness = weight / (weight + {middle:g}), half at the median"


def _understood(
    ties: Ties,
    asked: Asked,
    directed: bool,
    said: str,
    made: Network,
    ids: NDArray[Any],
    repeats: int,
    use: str,
) -> list[tuple[str, str]]:
    """What was understood, line by line."""
    found = [("File", ties.title), ("Format", ties.form)]
    found.append(("Direction", f"{'directed' if directed else 'undirected'} ({said})"))
    if directed:
        arrow = ties.arrow or f"arrow = {asked.arrow or 'hears'}"
        hears = "u follows v" if _follows(ties, asked) else "v hears u"
        found.append(("A tie u v", f"{hears} ({arrow})"))
    found += ties.notes
    found.append(("Weights", use))
    if repeats or asked.repeated == "sum":
        how = "their weights added" if asked.repeated == "sum" else "one of them kept, the heaviest"
        found.append(("Given again", f"{repeats:,} ties, {how}"))
    if made.self_loops:
        found.append(("To oneself", f"{made.self_loops:,} ties, left out"))
    found.append(("Ids", _ids(ids)))
    return found


def _ids(ids: NDArray[Any]) -> str:
    kind = "whole numbers" if ids.dtype.kind == "i" else "names"
    shown = brief(", ".join(str(each) for each in ids[:3].tolist()))
    odd = odd_ids(ids)
    return f"{kind} such as {shown}" + (f"; look odd: {odd}" if odd else "")
