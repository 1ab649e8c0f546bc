"""A result as tables of Arrow columns, and the columns back."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ...sim.ledger import ACCOUNTS, MILLION
from ...sim.network.arrays import texts_of
from ...sim.parameters import Post
from ...sim.plan import KINDS, MENTION, OWN
from ...sim.result import Result
from ...sim.sources import BROUGHT, sources
from ...sim.state import RELATION, RUNGS, Log
from ...sim.world import ROLES
from ..show.dates import moments

COUNTED: Final = ("message", "step", "role", "hop")
TRAFFIC: Final = ("clicks", "finds", "conversions")


def tables_of(result: Result) -> dict[str, pa.Table]:
    """The tables of a result by name; see `wordofmouth.experiments.results.archive` for each."""
    ids = result.network["ids"]
    ticks = next(iter(result.columns.values())).size
    tables = {
        "series": pa.table({"tick": np.arange(ticks), **_columns(result)}),
        "messages": pa.table(
            {
                "kind": result.kind_names,
                "part": result.topics,
                **{name: [getattr(post, name) for post in result.posts] for name in _POST},
            }
        ),
        "shares": _log_table(result.share_log, ids).append_column(
            "hours", pa.array(result.share_hours)
        ),
        "buyers": _log_table(result.buyer_log, ids),
        "climbs": _climbs(result.climb_log, ids),
        "people": _people(result, ids),
        "counts": _counts(result),
        "payments": _payments(result),
        "traffic": pa.table(
            {
                "channel": list(result.scenario.channels),
                **dict(zip(TRAFFIC, result.traffic.T.copy(), strict=True)),
            }
        ),
        "sources": _sources(result),
        "accounts": pa.table({"posts": result.placed}),
        "topics": pa.table({"complaints_heard": result.gaps}),
    }
    return {name: _dated(table, result) for name, table in tables.items()}


def _dated(table: pa.Table, result: Result) -> pa.Table:
    """With the date beside each tick, where the scenario says when it starts."""
    if result.scenario.start is None or "tick" not in table.column_names:
        return table
    tick = table.column("tick")
    known = pc.fill_null(tick, 0).to_numpy()
    dates = pa.array(moments(result.scenario, known), mask=pc.is_null(tick).to_numpy())
    return table.add_column(table.column_names.index("tick") + 1, "date", dates)


def _columns(result: Result) -> dict[str, NDArray[Any]]:
    """The series: what was counted in each tick, money, and traffic by source."""
    series = result.series
    return {str(name): series[name].to_numpy() for name in series}


def column(table: pa.Table, name: str) -> NDArray[Any]:
    """A column of numbers."""
    values: NDArray[Any] = table.column(name).to_numpy()
    return values


def codes(table: pa.Table, name: str, names: tuple[str, ...]) -> NDArray[np.uint8]:
    """What is written in words by its numbers again."""
    # Through their names: a file need not keep the order in which a dictionary was written.
    words = table.column(name).cast(pa.string())
    found = pc.index_in(words, value_set=pa.array(names))
    if found.null_count:
        raise ValueError(f"{name} holds a word that is none of {', '.join(names)}")
    numbers: NDArray[np.uint8] = found.to_numpy().astype(np.uint8)
    return numbers


def kinds_of(messages: pa.Table) -> NDArray[np.int8]:
    """The kinds of the messages; a mention is one of people's own."""
    found = codes(messages, "kind", (*KINDS, MENTION))
    return np.where(found == len(KINDS), OWN, found).astype(np.int8)


def ids_of(table: pa.Table) -> NDArray[Any]:
    """The ids that the data gave to people, as numpy holds them."""
    found = table.column("id")
    textual = pa.types.is_string(found.type)
    return texts_of(found.to_pylist()) if textual else found.to_numpy()


def posts_of(table: pa.Table) -> list[Post]:
    """The posts of the messages."""
    return [
        Post(**{name: value for name, value in row.items() if value is not None})
        for row in table.select(_POST).to_pylist()
    ]


def log_of(table: pa.Table) -> Log:
    """A log of events about messages."""
    return Log(*(column(table, name) for name in Log._fields))


def climbs_of(table: pa.Table) -> Log:
    """The log of the ladder: `sender` is the rung before, `hop` the one after."""
    return Log(
        message=np.full(table.num_rows, -1, np.int32),
        person=column(table, "person"),
        sender=codes(table, "before", RUNGS).astype(np.int32),
        hop=codes(table, "rung", RUNGS).astype(np.int32),
        tick=column(table, "tick"),
    )


def about_of(table: pa.Table) -> dict[str, NDArray[Any]]:
    """What was known of each person beside what happened."""
    return {
        name.removeprefix(_ABOUT): texts_of(table.column(name).to_pylist())
        for name in table.column_names
        if name.startswith(_ABOUT)
    }


def relation_of(table: pa.Table) -> NDArray[np.void]:
    """What each person has with the brand, a record each."""
    relation = np.zeros(table.num_rows, RELATION)
    for name in _KNOWN:
        relation[name] = codes(table, name, RUNGS) if name == "rung" else column(table, name)
    return relation


def counts_of(table: pa.Table, shape: list[int]) -> NDArray[np.int64]:
    """The counts of the funnel, in every breakdown."""
    counts = np.zeros(shape, np.int64)
    message, step, role, hop = (column(table, name) for name in COUNTED)
    for k, name in enumerate(("events", "people")):
        counts[message, step, role, hop, k] = column(table, name)
    return counts


def ledger_of(table: pa.Table, ticks: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The ledger by tick and account: units, and millionths of money."""
    place = column(table, "tick"), codes(table, "account", ACCOUNTS)
    units, money = np.zeros((2, ticks, len(ACCOUNTS)), np.int64)
    units[place], money[place] = column(table, "units"), column(table, "millionths")
    return units, money


def traffic_of(table: pa.Table) -> NDArray[np.int64]:
    """Clicks, finds and conversions by channel."""
    return np.stack([column(table, name) for name in TRAFFIC], axis=1)


def sources_of(table: pa.Table, shape: list[int]) -> NDArray[np.int64]:
    """What each source brought in each tick, and what was paid for it."""
    brought = np.zeros(shape, np.int64)
    place = column(table, "tick"), column(table, "place")
    brought[place] = np.stack([column(table, name) for name in BROUGHT], axis=1)
    return brought


_POST: Final = list(Post.model_fields)
_KNOWN: Final = RELATION.names or ()
# Before the name of what a table says of people, which may be called as a column of ours.
_ABOUT: Final = "about."


def _people(result: Result, ids: NDArray[Any] | None) -> pa.Table:
    known = {name: result.relation[name].copy() for name in _KNOWN}
    return pa.table(
        {
            **({} if ids is None else {"id": pa.array(ids)}),
            "role_at_birth": _named(result.role_at_birth, ROLES),
            "role": _named(result.role, ROLES),
            "trust": result.trust,
            "bond": result.bond,
            "steps": result.steps,
            **known,
            "rung": _named(known["rung"], RUNGS),
            "community": result.community,
            "part": result.topic,
            **{f"{_ABOUT}{name}": pa.array(values) for name, values in result.about.items()},
        }
    )


def _counts(result: Result) -> pa.Table:
    cells = np.nonzero(result.counts.any(axis=-1))
    counted = result.counts[cells]
    return pa.table(
        {
            **dict(zip(COUNTED, cells, strict=True)),
            "events": counted[:, 0],
            "people": counted[:, 1],
        }
    )


def _payments(result: Result) -> pa.Table:
    cells = np.nonzero(result.units | result.money)
    return pa.table(
        {
            "tick": cells[0],
            "account": _named(cells[1].astype(np.uint8), ACCOUNTS),
            "units": result.units[cells],
            "amount": result.money[cells] / MILLION,
            "millionths": result.money[cells],
        }
    )


def _sources(result: Result) -> pa.Table:
    brought, names = result.by_source, sources(result.scenario)
    cells = np.nonzero(brought.any(axis=-1))
    counted = brought[cells].T.copy()
    return pa.table(
        {
            "tick": cells[0],
            "place": cells[1],
            "kind": pa.array([names[k].kind for k in cells[1].tolist()], pa.string()),
            "source": pa.array([names[k].name for k in cells[1].tolist()], pa.string()),
            **dict(zip(BROUGHT, counted, strict=True)),
        }
    )


def _log_table(log: Log, ids: NDArray[Any] | None) -> pa.Table:
    if ids is None:
        return pa.table(log._asdict())
    # A sender below 0 is no person, and has no id.
    named = {
        "person_id": pa.array(ids[log.person]),
        "sender_id": pa.array(ids[np.maximum(log.sender, 0)], mask=log.sender < 0),
    }
    return pa.table({**log._asdict(), **named})


def _climbs(log: Log, ids: NDArray[Any] | None) -> pa.Table:
    return pa.table(
        {
            "person": log.person,
            **({} if ids is None else {"person_id": pa.array(ids[log.person])}),
            "before": _named(log.sender, RUNGS),
            "rung": _named(log.hop, RUNGS),
            "tick": log.tick,
        }
    )


def _named(numbers: NDArray[Any], names: tuple[str, ...]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(
        pa.array(numbers.astype(np.uint8), pa.uint8()), pa.array(names)
    )
