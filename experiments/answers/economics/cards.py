"""Levers, economics and credit as notebooks show them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ...show.numbers import between, mean, percent, signed
from ...show.old_notebook import Table, card
from ...vocabulary.outcomes import outcome
from .account import rows

if TYPE_CHECKING:
    from ..credit.answer import Credit
    from ..levers.answer import Attribution
    from .answer import Economics


_SHOWN: Final = ("Costs", "Incentive", "Campaign less broadcast", "Break-even", "Value", "Risk")


def attribution(found: Attribution) -> str:
    """The sentence, and what each lever is owed in each outcome."""
    name = found.scenario.name
    pairs = "" if found.pairs is None or len(found.levers) < 2 else ", `.interactions()`"
    return card(
        found.sentence,
        _levers(found),
        f"`.plot()` shows it, `.table()`{pairs} and `.replicates` are tables, `.save(folder)` "
        "keeps it with a report.",
        f"Levers of {name}: {len(found.before):,} replicates from seed {found.seed}, "
        f"{found.campaigns:,} campaigns",
    )


def _levers(found: Attribution) -> Iterator[Table]:
    for name in found.outcomes:
        what = outcome(name)
        gains = [(str(lever), found.gain(str(lever), name)) for lever in found.table(name).index]
        whole = found.whole(name)
        lines = [
            (
                lever,
                signed(each.mean, what.form),
                between(each, what.form),
                percent(each.mean / whole.mean) if whole.mean else "–",
            )
            for lever, each in gains
        ]
        lines.append(("together", signed(whole.mean, what.form), between(whole, what.form), ""))
        head = (what.noun(found.scenario), "owed", f"{percent(found.level)} interval", "of it")
        yield Table(head, lines, more=f".table({name!r})")


def economics(found: Economics) -> str:
    """The sentences, and what matters of the table; the rest is one call away."""
    lines = []
    group = ""
    for row in rows(found):
        if row.group in _SHOWN:
            value, interval = row.words
            start = row.group.lower() if row.group != group else ""
            lines.append((start, row.name.strip(), value, interval if value != "–" else ""))
            group = row.group
    head = ("", "", "mean", f"{percent(found.level)} interval")
    tables = [Table(head, lines, words=2, most=len(lines))]
    return card(
        found.sentence,
        tables,
        "`.plot()` shows it, `.table()` has all of it, `.save(folder)` keeps it with a report.",
        f"Economics of {found.scenario.name}: {found.replicates:,} replicates from seed "
        f"{found.seed}",
    )


def credit(found: Credit) -> str:
    """The sentence, and conversions by role, hop and outlet under each rule."""
    tables = [
        Table(
            (what, "first touch", "last touch", "Shapley"),
            [
                (str(label), *(mean(float(value), "number") for value in values))
                for label, *values in found.by(what).itertuples(name=None)
            ],
            more=f".table({what!r})",
        )
        for what in ("role", "hop", "outlet")
    ]
    return card(
        found.sentence,
        tables,
        "`.plot()` shows it, `.table('person')` tells who, `.save(folder)` keeps it with a report.",
        f"Credit for the {found.total:,} conversions of {found.result.scenario.name}, seed "
        f"{found.result.seed}",
    )
