"""The report of levers: what each of several changes adds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ....scenarios.toml import literal
from ...show.numbers import percent
from ...show.old_page import Bar, Block, Lines, Number, Page, Points, Row, Section, Table
from ...show.telling import NOTE, Told, between, change, known, outcome_of, value, verdict
from ..shelved import Shelved, called, framed, seeds_of

_HOLDS: Final = (
    ("levers.parquet", "A row a lever and outcome: what it is owed, interval, share"),
    ("interactions.parquet", "A row for each two levers, where all combinations were run"),
    ("replicates.parquet", "What each lever is owed in each world"),
)
_PAIR: Final = ("Two levers", "More together", "Between")
_READING: Final = (
    (
        "What a lever is owed is the mean of what it adds over all orders in which levers could "
        "be pulled (Shapley value): in every world they add up to the whole difference."
    ),
    "An interaction above 0: together the two add more than each by itself.",
    "An interaction below 0: one does what the other would have done.",
    NOTE,
)


def levers_page(found: Shelved) -> Page:
    """The report of levers."""
    told = found.told
    outcome = outcome_of(told["outcome"])
    noun = outcome.noun(found.scenario)
    options: dict[str, Any] = {
        "outcome": told["outcome"], "replicates": told["replicates"], "seed": told["seed"],
        "world": told.get("world"), "level": told["level"],
    }  # fmt: skip
    return framed(
        found,
        what=f"Levers of {told['scenario']}, {told['replicates']:,} worlds from seed "
        f"{told['seed']}",
        question=f"Of several changes, which adds how much to {noun}?",
        numbers=list(_numbers(told)),
        sections=[
            _changes(told),
            *(_owed(name, each) for name, each in told["outcomes"].items()),
            Section("How to read it", [Points(_READING)]),
        ],
        facts=[*seeds_of(told), ("Campaigns", f"{told['campaigns']:,}")],
        python=called("wom.levers", ['wom.load("scenario.toml")', repr(told["changes"])], options),
        holds=_HOLDS,
    )


def _numbers(told: Told) -> Iterator[Number]:
    for name, each in told["outcomes"].items():
        outcome, whole = outcome_of(name), each["difference"]
        interval = between(whole["low"], whole["high"], outcome.form)
        said = verdict(whole["mean"], whole["low"], whole["high"], outcome.direction)
        yield Number(
            f"{outcome.label}, all levers",
            change(whole["mean"], outcome.form),
            f"From {value(each['before'], outcome.form)}"
            + (f"; between {interval}" if interval else "")
            + f": {said}.",
        )


def _changes(told: Told) -> Section:
    rows = [
        (name, Lines([f"{path} = {literal(to)}" for path, to in changes.items()]))
        for name, changes in told["changes"].items()
    ]
    return Section("The levers", [Table("What each lever changes", ("Lever", "It sets"), rows)])


def _owed(name: str, each: Told) -> Section:
    outcome = outcome_of(name)
    form, both = outcome.form, each["difference"]
    whole = known(both["mean"])
    # Parts of what may be nothing are no parts.
    sure = verdict(both["mean"], both["low"], both["high"]).startswith("surely")
    most = max((abs(known(lever["mean"])) for lever in each["levers"]), default=0.0)
    rows: list[Row] = [
        (
            lever["lever"],
            Bar(abs(known(lever["mean"])) / most if most else 0.0),
            change(lever["mean"], form),
            between(lever["low"], lever["high"], form),
            percent(known(lever["mean"]) / whole) if sure else "–",
            verdict(lever["mean"], lever["low"], lever["high"], outcome.direction),
        )
        for lever in each["levers"]
    ]
    rows.append(
        (
            "together", "", change(both["mean"], form), between(both["low"], both["high"], form),
            "", verdict(both["mean"], both["low"], both["high"], outcome.direction),
        )
    )  # fmt: skip
    head = ("Lever", "Size", "Owed to it", "Between", "Of the whole", "Which is")
    blocks: list[Block] = [Table(f"{outcome.label}: what is owed to each", head, rows, (2, 3, 4))]
    pairs = [pair for pair in each["interactions"] or () if pair["index"]]
    if pairs:
        lines = [
            (
                f"{pair['first']} with {pair['second']}",
                change(pair["index"], form),
                between(pair["low"], pair["high"], form),
            )
            for pair in pairs
        ]
        blocks.append(Table(f"{outcome.label}: levers that work together", _PAIR, lines, (1, 2)))
    return Section(f"Owed to each: {outcome.label.lower()}", blocks)
