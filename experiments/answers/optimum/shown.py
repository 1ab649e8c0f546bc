"""An optimum as tables, and every plan of the search by what it costs and brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ...estimates.interval import Estimate
from ...show.cells import Cell, Measured, Row, changed, measured
from ...show.document import IN_FULL, Number, On, Points, Section, Table, Words
from ...show.numbers import NOTE, mean, percent, signed, span, verdict
from ...show.style import BLUE, GREY, INK, ORANGE, SKY, Picture, above, bare, sheet, ticks, title
from ...vocabulary.currency import unit_of
from .judged import Fresh, Judged
from .words import set_by, value, warnings

if TYPE_CHECKING:
    import pandas as pd

FILES: Final = (
    ("plans.parquet", "A row a plan of the search: its levers, what it was better by, its cost"),
    ("frontier.parquet", "The best plans at a few levels of cost, in fresh worlds"),
    ("marginal.parquet", "What a little more of each lever costs and brings"),
)
_READING: Final = (
    (
        "The search and the judgement have different worlds: the best of many plans was also lucky "
        "where it was chosen, and only fresh worlds say what it really brings."
    ),
    (
        "“As good” is where plans of the search are that are not surely worse than its best one, "
        "out to the nearest that was tried beyond; what nobody tried is not among them."
    ),
    (
        "Cost is all that the ledger of a campaign says, on average over worlds: what a reward "
        "costs depends on who shares, and so on every other lever."
    ),
    "“For a unit of money” is what a little more of one lever brings by what it costs more.",
)


def numbers(found: Judged) -> list[Number]:
    """What the best plan brings and costs."""
    best, form, label = found.best, found.form, found.measured.label
    if best is None:
        return []
    gain = found.gain_of(best)
    said = verdict(gain.mean, gain.low, gain.high, 1)
    between = span(gain.low, gain.high, form) or "the same in every world"
    cost = found.cost_of(best.rows)
    return [
        Number(f"{label}, better by", signed(gain.mean, form), f"Between {between}: {said}."),
        Number(
            "Looked better by", signed(best.tried.worth, form), "In the worlds of the search alone."
        ),
        Number(
            "Cost", mean(cost.mean, found.money),
            f"Today's plan costs {mean(float(found.fresh_today.cost.mean()), found.money)}.",
        ),
    ]  # fmt: skip


def sections(found: Judged) -> list[Section]:
    """The plan, what fresh worlds say, money against outcome, the next unit of money."""
    parts = []
    if found.best is not None:
        parts.append(_plan(found, found.best))
    parts += [_judgement(found)] if found.fresh else []
    parts += [_frontier(found)] if len(found.front) > 1 else []
    parts += [_next(found)] if found.marginal else []
    said = warnings(found)
    if said:
        parts.append(Section("To know before", [Points(said, IN_FULL)]))
    reading = (*_READING, NOTE) if found.judge.level == 0.95 else _READING
    return [*parts, Section("How to read it", [Points(reading)], on=On.PAGE)]


def _plan(found: Judged, best: Fresh) -> Section:
    rows: list[Row] = []
    for lever, to in zip(found.levers, best.tried.values or (), strict=False):
        as_good = found.spans.get(lever.path, ())
        joined = " to " if lever.low is not None else ", "
        told = joined.join(value(lever, each) for each in as_good)
        now = value(lever, lever.today)
        rows.append((lever.path, now, "as it is" if to is None else value(lever, to), told))
    head = ("Lever", "Today", "Best of the search", "As good")
    table = Table("What the best plan of the search sets", head, rows)
    name = "What to set" if found.recommended else "What looked best, and does not hold"
    return Section(name, [table])


def _judgement(found: Judged) -> Section:
    form = found.form
    cost = measured(found.cost_of(found.fresh_today), found.money)
    rows: list[Row] = [("spend nothing more (today's plan)", "0", cost, "0", "0")]
    for each in found.fresh:
        if each.tried.worth <= 0.0:
            continue
        rows.append((
            _name(found, each),
            changed(found.gain_of(each), form, 1),
            measured(found.cost_of(each.rows), found.money),
            changed(found.money_of(each), found.money, 1),
            signed(each.tried.worth, form),
        ))  # fmt: skip
    label = found.measured.label
    head = ("Plan", f"{label}, better by", "Cost", "More profit", "Looked like")
    worlds = found.fresh_today.value.size
    caption = f"Plans in {worlds:,} fresh worlds, with intervals of {percent(found.judge.level)}"
    return Section("In worlds that the search has not seen", [Table(caption, head, rows)])


def _frontier(found: Judged) -> Section:
    rows: list[Row] = [
        (
            _name(found, found.fresh[place]),
            measured(found.cost_of(found.fresh[place].rows), found.money),
            changed(found.gain_of(found.fresh[place]), found.form, 1),
        )
        for place in found.front
    ]
    head = ("The best plan that costs so much", "Cost", f"{found.measured.label}, better by")
    caption = f"{found.measured.label} against money, in fresh worlds"
    return Section("What more money brings", [Table(caption, head, rows, more=".frontier")])


def _next(found: Judged) -> Section:
    form, label = found.form, found.measured.label
    rows: list[Row] = []
    for each in found.marginal:
        step = " to ".join(value(each.lever, to) for to in sorted((each.before, each.after)))
        one: Cell = "costs nothing more" if each.cost.moved == 0 else _each(each.each, form)
        rows.append((
            each.lever.path, step, changed(each.cost, found.money), changed(each.gain, form, 1),
            one,
        ))  # fmt: skip
    plan = "the plan above" if found.recommended else "today's plan"
    head = ("Lever", "Step", "More cost", f"{label}, better by", "For a unit of money")
    caption = f"One lever at a time a little higher, from {plan}"
    note = Words(
        f"From {plan}, one lever at a time, by a tenth; downwards at the upper end of a range, and "
        "told as upwards.",
        On.PAGE,
    )
    return Section("What the next unit of money brings", [Table(caption, head, rows), note])


def _each(found: Any, form: str) -> Measured:
    shape = "number" if form == "count" else form
    return Measured(found.value, found.low, found.high, shape, signed=True, direction=1)


def _name(found: Judged, each: Fresh) -> str:
    pairs = set_by(found, each)
    return ", ".join(f"{lever.path.rpartition('.')[2]} {value(lever, to)}" for lever, to in pairs)


def table(found: Judged) -> pd.DataFrame:
    """A row a plan of the search."""
    import pandas as pd

    columns: dict[str, list[Any]] = {
        lever.path: [_plain((each.values or ())[k]) for each in found.tried]
        for k, lever in enumerate(found.levers)
    }
    columns["better_by"] = [each.worth for each in found.tried]
    columns[f"mean_{found.outcome}"] = [float(each.rows.value.mean()) for each in found.tried]
    columns["mean_cost"] = [float(each.rows.cost.mean()) for each in found.tried]
    columns["within_budget"] = [each.within(found.budget) for each in found.tried]
    return pd.DataFrame(columns)


def frontier(found: Judged) -> pd.DataFrame:
    """A row a level of cost."""
    import pandas as pd

    rows = []
    for place in found.front:
        each = found.fresh[place]
        cost, gain = found.cost_of(each.rows), found.gain_of(each)
        values = zip(found.levers, each.tried.values or (), strict=False)
        rows.append({
            **{lever.path: _plain(to) for lever, to in values},
            "cost": cost.mean, "cost_low": cost.low, "cost_high": cost.high,
            "better_by": gain.mean, "low": gain.low, "high": gain.high,
        })  # fmt: skip
    return pd.DataFrame(rows)


def marginal(found: Judged) -> pd.DataFrame:
    """A row a lever."""
    import pandas as pd

    rows = [
        {
            "lever": each.lever.path, "from": each.before, "to": each.after,
            "more_cost": each.cost.mean, "better_by": each.gain.mean, "low": each.gain.low,
            "high": each.gain.high, "for_a_unit": each.each.value, "unit_low": each.each.low,
            "unit_high": each.each.high,
        }
        for each in found.marginal
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _plain(given: Any) -> Any:
    return given if isinstance(given, int | float | str | bool) else repr(given)


def cloud(found: Judged, said: str) -> Picture:
    """Plans by cost and by what they were better by; those of fresh worlds with intervals."""
    form, best = found.form, found.best
    note = f"{found.scenario.name}, {found.campaigns:,} campaigns from seed {found.seed}"
    figure = sheet(said, note, 8.5, 4.2)
    axes = figure.subplots()
    title(axes, f"{found.measured.label}, better than today's plan by")
    tried = [each for each in found.tried if np.isfinite(each.worth)]
    places = np.array([(each.rows.cost.mean(), each.worth) for each in tried]).reshape(-1, 2)
    inside = np.array([each.within(found.budget) for each in tried], np.bool_)
    for held, colour, label in (True, SKY, "tried"), (False, "none", "above the budget"):
        some = places[inside == held]
        if some.size:
            edge = SKY if held else GREY
            axes.scatter(some[:, 0], some[:, 1], s=22, c=colour, edgecolors=edge, label=label)
    front = sorted(
        (
            (found.cost_of(e.rows).mean, found.gain_of(e))
            for e in map(found.fresh.__getitem__, found.front)
        ),
        key=lambda each: each[0],
    )
    if front:
        costs = [cost for cost, _ in front]
        axes.plot(costs, [gain.mean for _, gain in front], color=BLUE, linewidth=1.2)
        _spread(axes, costs, [gain for _, gain in front], BLUE, "frontier, fresh worlds")
    today = float(found.fresh_today.cost.mean())
    axes.scatter([today], [0.0], s=70, marker="s", color=INK, zorder=4, label="today's plan")
    if best is not None:
        cost, gain = float(best.rows.cost.mean()), found.gain_of(best)
        label = "recommended" if found.recommended else "looked best"
        axes.scatter([cost], [gain.mean], s=90, marker="D", color=ORANGE, zorder=5, label=label)
        _spread(axes, [cost], [gain], ORANGE, None)
    if found.budget:
        axes.axvline(found.budget, color=GREY, linewidth=0.9, linestyle=":")
        axes.annotate(
            " budget", (found.budget, 1.0), xycoords=("data", "axes fraction"), fontsize=8.5,
            color=GREY, va="top",
        )  # fmt: skip
    axes.axhline(0.0, color=GREY, linewidth=0.8)
    outside = _window(axes, found, places, [gain.mean for _, gain in front])
    beyond = f"; {outside:,} of {len(tried):,} plans lie beyond" if outside else ""
    axes.set_xlabel(f"Mean cost of a campaign, {unit_of(found.scenario)}{beyond}")
    bare(axes, "both")
    axes.xaxis.set_major_formatter(ticks(found.money))
    axes.yaxis.set_major_formatter(ticks(form))
    above(axes, columns=6)
    return figure


def _window(axes: Any, found: Judged, places: Any, front: list[float]) -> int:
    """Show what is near today's plan and the best ones; how many plans are left outside.

    A search also tries what costs forty times the budget, beside which nothing else could be seen.
    """
    shown = [found.fresh_today, *(each.rows for each in found.fresh)]
    costs = [float(each.cost.mean()) for each in shown] + ([found.budget] if found.budget else [])
    gains = [0.0, *front, *(each.tried.worth for each in found.fresh)]
    wide, high = max(costs) - min(costs), max(gains) - min(gains)
    if not places.size or wide == 0.0 or high == 0.0:
        return 0
    low, top = min(costs) - 0.4 * wide, max(costs) + 0.4 * wide
    bottom, over = min(gains) - 0.6 * high, max(gains) + 0.4 * high
    near = (places > (low, bottom)).all(axis=1) & (places < (top, over)).all(axis=1)
    if near.all():
        return 0
    axes.set_xlim(low, top)
    axes.set_ylim(bottom, over)
    return int((~near).sum())


def _spread(
    axes: Any, costs: list[float], gains: list[Estimate], colour: str, label: str | None
) -> None:
    """Intervals as vertical lines, where they have ends."""
    for k, (cost, gain) in enumerate(zip(costs, gains, strict=True)):
        low, high = (gain.low, gain.high) if np.isfinite(gain.width) else (gain.mean, gain.mean)
        axes.plot(
            [cost, cost], [low, high], color=colour, linewidth=1.6, marker="_",
            label=label if k == 0 else None,
        )  # fmt: skip
