"""A comparison as tables and a forest plot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ....scenarios.toml import literal
from ....sim.parameters import Scenario
from ....sim.parameters.paths import flat
from ...estimates.interval import Estimate
from ...show.cells import Cell, Code, Group, Measured, Row, changed, measured
from ...show.document import IN_FULL, Column, Number, On, Section, Table, Words
from ...show.layout import text
from ...show.numbers import NOTE, mean, percent
from ...show.parameters import WORDS
from ...show.style import Picture, balanced, empty, forest, headed, sheet, ticks
from ...vocabulary.glossary import GROUPS
from .changes import OrderCost, OutcomeChange, People

FILES: Final = (
    ("indicators.parquet", "A row an indicator: before, after, difference with interval"),
    ("people.parquet", "How many people were won and lost, with intervals"),
    ("who.parquet", "Who they are in the first world"),
    ("scenario-1.toml …", "The scenarios that were compared"),
)
_GROUP_OF: Final = {name: group for group, terms in GROUPS.items() for name in terms}
# Those who took part in some way.
_WHO: Final = {
    "noticed": "noticed a post", "shared": "passed one on", "bought": "bought",
    "joined": "began to follow",
}  # fmt: skip
_PEOPLE: Final = 8
_PARAMETERS: Final = 100
_BARS: Final = 24


def numbers(
    change: OutcomeChange, noun: str, names: Sequence[str], people: People | None
) -> list[Number]:
    """The outcome that was asked: before, after, the difference, who bought only because of it."""
    form = change.outcome.form
    found = [
        Number(f"{noun.capitalize()} before", mean(change.base.mean, form), f"In {names[0]}."),
        Number("After", mean(change.value.mean, form), f"In {names[1]}."),
        Number("Difference", text(changed(change.difference, form)), "In the same worlds."),
    ]
    if people is not None:
        won = mean(people["bought"].won.mean, "count")
        found.append(Number("Bought only because of it", won, "People a world."))
    return found


def what_was_changed(suffix: str, first: str, before: Scenario, after: Scenario) -> list[Section]:
    """The parameters in which two scenarios differ; nothing where they do in none."""
    was = flat(before.to_dict())
    rows = [
        (Code(path), _typed(was.get(path)), _typed(value))
        for path, value in after.differs_from(before).items()
        if path not in WORDS
    ]
    if not rows:
        return []
    caption, head = f"Parameters that differ from {first}", ("Parameter", "Before", "After")
    more = "" if len(rows) <= _PARAMETERS else f"The first {_PARAMETERS} of {len(rows):,}."
    table = Table(caption, head, rows[:_PARAMETERS])
    return [Section(f"What was changed{suffix}", [table], more, On.PAGE)]


def what_differs(
    suffix: str,
    first: str,
    name: str,
    changes: Sequence[OutcomeChange],
    asked: str,
    replicates: int,
) -> Section:
    """Each indicator that moved, with its interval; a card has room for the surest."""
    moved = [each for each in changes if each.difference.moved]
    rows: list[Row | Group] = []
    group = ""
    for each in moved:
        above = _GROUP_OF.get(each.outcome.name, "Together")
        if above != group:
            group = above
            rows.append(Group(group))
        rows.append(_row(each, replicates))
    head = (
        "Indicator", first, name, "Difference", Column("Surely better", On.SCREEN),
        Column("Pairing", On.SCREEN),
    )  # fmt: skip
    first_ones = [each for each in changes if each.outcome.name == asked or each in moved]
    first_ones.sort(key=lambda each: (each.outcome.name != asked, not each.difference.sure))
    caption = "What moved, the outcome asked and what is sure first"
    card = [_row(each, replicates) for each in first_ones]
    blocks = [
        Table("Indicators that differ", head, rows, IN_FULL),
        Table(caption, head, card, On.CARD, more=f".table({name!r})"),
    ]
    still = [each.outcome.label.lower() for each in changes if not each.difference.moved]
    said = f"Without any difference in any world: {', '.join(still)}."
    note = f"{name} against {first}, in the same worlds and with the same luck. {NOTE}"
    return Section(
        f"What differs{suffix}", [*blocks, *([Words(said, On.PAGE)] if still else [])], note
    )


def who(suffix: str, people: People | None, seed: int) -> Section:
    """The people who took part in one of the two campaigns alone."""
    title = f"Who was won and lost{suffix}"
    if not people:
        said = "The networks are not the same, and so the people cannot be compared."
        return Section(title, [Words(said)], on=IN_FULL)
    rows = [
        (
            _WHO.get(group, group),
            measured(each.won, "count"),
            measured(each.lost, "count"),
            ", ".join(map(str, each.won_ids[:_PEOPLE])) + (", …" * (len(each.won_ids) > _PEOPLE)),
        )
        for group, each in people.items()
    ]
    head = (
        "People who …",
        "only with it",
        "only without",
        Column(f"With it, seed {seed}", note=True),
    )
    caption = "People who took part in one of the two campaigns alone"
    return Section(title, [Table(caption, head, rows)], on=IN_FULL)


def details(seed: int, budget: str) -> list[str]:
    """What an interval and pairing mean, and how many worlds there were."""
    return [
        "Each interval is of 95 % by itself: of 20 without any true change, one leaves out 0.",
        "Pairing: without it, the same interval would take so many times the worlds.",
        f"seed {seed}; {budget}",
    ]


def forests(
    sentence: str,
    note: str,
    first: str,
    changed: Mapping[str, Mapping[str, OutcomeChange]],
    *,
    narrow: bool = False,
) -> Picture:
    """Draw how each indicator that moved differs, in per cent of what it was.

    A panel for each scenario that is compared with the first: beside each other, or below each
    other and without the sentence for a narrow screen, whose page has it right above. Those that do
    not fit, and those without a share because they were 0, stand in the table.
    """
    shares = {name: _shares(list(changes.values())) for name, changes in changed.items()}
    rows = [max(min(len(shown), _BARS), 3) for shown, _ in shares.values()]
    if narrow:
        figure = sheet("", note, 4.6, sum(1.3 + 0.29 * each for each in rows))
        panels = figure.subplots(len(shares), 1, squeeze=False, height_ratios=rows).ravel()
    else:
        figure = sheet(sentence, note, 3.5 + 6.5 * len(shares), 1.3 + 0.29 * max(rows))
        panels = figure.subplots(1, len(shares), squeeze=False).ravel()
    for axes, (name, (shown, zero)) in zip(panels, shares.items(), strict=True):
        left = _left(shown, zero)
        if not shown:
            said = f"{name}: no indicator moved by a share of what it was{left}."
            empty(axes, balanced(said, 38 if narrow else 100))
            continue
        headed(axes, balanced(f"{name}, against {first}", 24 if narrow else 60))
        forest(axes, list(shown)[:_BARS], list(shown.values())[:_BARS], "{:+,.0f} %")
        axes.set_xlabel(balanced(f"change in per cent of what it was{left}", 36 if narrow else 70))
        axes.xaxis.set_major_formatter(ticks())
    return figure


def _row(each: OutcomeChange, replicates: int) -> Row:
    known, form = each.difference.replicates, each.outcome.form
    # An average price of nothing is no price: such worlds are left out, of all three numbers.
    some = "" if known == replicates else f" (in {known:,} of {replicates:,} worlds)"
    difference: Measured = changed(each.difference, form, each.outcome.direction)
    return (
        each.outcome.label + some,
        mean(each.base.mean, form),
        mean(each.value.mean, form),
        difference,
        _surely(each.better),
        f"{each.pairing:,.1f}" if 0.0 < each.pairing < 1e6 else "",
    )


def _surely(chance: float) -> str:
    if chance != chance:
        return ""
    return "under 0.1 %" if chance < 0.001 else "over 99.9 %" if chance > 0.999 else percent(chance)


def _typed(value: Any) -> Cell:
    return "none" if value is None else Code(literal(value))


def _shares(changes: Sequence[OutcomeChange]) -> tuple[dict[str, Estimate], int]:
    """The indicators that moved, as shares, by their labels; and how many more had been 0."""
    moved = [each for each in changes if each.difference.moved]
    shares = {
        each.outcome.label: _relative(each.difference, each.base.mean)
        for each in moved
        if each.base.mean == each.base.mean and each.base.mean != 0.0
    }
    return shares, len(moved) - len(shares)


def _relative(found: Estimate, base: float) -> Estimate:
    scale = 100.0 / abs(base)
    return found._replace(mean=found.mean * scale, low=found.low * scale, high=found.high * scale)


def _left(shown: Mapping[str, object], zero: int) -> str:
    """What the picture leaves to the table."""
    parts = []
    if len(shown) > _BARS:
        parts.append(f"and {len(shown) - _BARS:,} more, in the table")
    if zero:
        parts.append(f"{zero:,} that had been 0, in the table")
    return "".join(f"; {part}" for part in parts)


_SHOWN: Final = ("revenue", "cost", "profit", "return_on_spend", "return_on_investment")
_NOTE: Final = (
    "Return on spend is revenue by cost; return on investment is profit by cost, after what it "
    "took to make what was sold."
)


def in_money(
    suffix: str,
    first: str,
    name: str,
    changes: Mapping[str, OutcomeChange],
    incremental: OrderCost,
    noun: str,
) -> Section:
    """Revenue, cost, profit and return of both, and what an order costs that the change adds.

    Parameters
    ----------
    suffix
        What the title ends in, where several are compared.
    first, name
        What the two are called.
    changes
        Of all outcomes.
    incremental
        What a further order costs.
    noun
        What orders are called.
    """
    if not any(changes[each].base.mean or changes[each].value.mean for each in ("revenue", "cost")):
        return Section(f"In money{suffix}", [])
    rows: list[Row] = []
    for each in (changes[name] for name in _SHOWN):
        form = each.outcome.form
        rows.append((
            each.outcome.label,
            mean(each.base.mean, form),
            mean(each.value.mean, form),
            changed(each.difference, form, each.outcome.direction),
        ))  # fmt: skip
    price: Cell = "no more are sure"
    if incremental.told:
        price = measured(incremental.cost, changes["cost"].outcome.form)
    rows.append((f"Cost of one more of {noun}", "", "", price))
    caption = "What it brings and costs, in the same worlds"
    head = ("Money", first, name, "Difference")
    return Section(f"In money{suffix}", [Table(caption, head, rows)], _NOTE)
