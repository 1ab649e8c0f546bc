"""A diagnosis as tables, and as a tornado beside what each stage loses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes

from ...estimates.interval import Estimate
from ...show import style
from ...show.cells import Group, Rate, Row, Size, changed, measured
from ...show.document import IN_FULL, Column, Number, On, Points, Section, Table
from ...show.layout import text
from ...show.numbers import NOTE, interval, listed, mean, percent, signed
from ...vocabulary.currency import MONEY
from ...vocabulary.outcomes import Outcome
from .advice import advice
from .gains import BY, Naive, StageGain
from .stages import HANDLES
from .worth import RemedyGain

FILES: Final = (
    ("stages.parquet", "A row a stage, ranked: rate, gain, interval, opened, bought"),
    ("remedies.parquet", "A row a remedy: gain and cost with intervals, what to type"),
    ("role.parquet …", "Each stage by role, hop, content, channel and segment, a file each"),
)
_READING: Final = (
    (
        "Every stage got the same small step, in the same worlds and with the same luck as the "
        "campaign itself: what differs is what the step did."
    ),
    "“Wide open” is what there would be to gain if everybody took the stage.",
    (
        "What money buys is told only where a parameter of the model turns money into improvement; "
        "elsewhere, at a dash, no price was made up."
    ),
    (
        "Remedies are held against each other at the same money: each is run as it is named and, "
        "where it can be had in another measure, in the one that costs the common amount. What "
        "nothing charges for is named apart, however much it brings."
    ),
    (
        "“Nothing more”: the interval of the further cost holds 0, so that none can be told from "
        "luck. Money is in the scenario's currency, where it names one."
    ),
    NOTE,
)
READING: Final = Section("How to read it", [Points(_READING)], on=On.PAGE)


def numbers(
    noun: str,
    outcome: Outcome,
    better: str,
    base: Estimate,
    first: StageGain,
    remedies: Sequence[RemedyGain],
    *,
    sure: bool,
) -> list[Number]:
    """The outcome now, the first stage and what the step brings there, the best remedy."""
    form = outcome.form
    found = [Number(f"{noun.capitalize()} now", mean(base.mean, form), "Mean over all worlds.")]
    if not first.idle:
        label = "Bottleneck" if sure else "First of the stages"
        found += [
            Number(label, first.stage, f"Where the step helps most: {first.act}."),
            Number(
                f"{first.stage.capitalize()}, odds {better} better",
                text(changed(first.gain, form)),
                f"Change in {noun}, in the same worlds.",
            ),
        ]
    best = remedies[0] if remedies else None
    if best is not None and best.ranked and best.gain.surely(outcome.good):
        brings = best.gain if best.same is None else best.same.gain
        said = f"{signed(brings.mean, form)} {noun}; {best.for_money(outcome)}."
        found.append(Number("Most for its money", best.called, said))
    return found


def funnel(
    drop: Naive, there: StageGain, noun: str, outcome: Outcome, *, agrees: bool, unsure: bool
) -> str:
    """The largest drop of the funnel beside the bottleneck.

    Parameters
    ----------
    drop, there
        The drop, and what was found at its stage.
    noun, outcome
        What was asked.
    agrees, unsure
        Whether it is the bottleneck, or cannot be told from it.
    """
    lost = drop.sentence.rstrip(".")
    if agrees:
        return f"{lost}; here the funnel's largest drop is the bottleneck."
    if there.idle:
        brings = f"no step there can change anything, because {there.idle}"
    else:
        brings = f"the same step there changes {noun} by {interval(there.gain, outcome.form)}"
    surely = "may not be" if unsure else "is not"
    return f"{lost}; but that {surely} the bottleneck: {brings}."


def meaning(
    noun: str,
    outcome: Outcome,
    replicates: int,
    stages: Sequence[StageGain],
    first: StageGain | None,
    rivals: Sequence[str],
    naive: Naive | None,
    remedies: Sequence[RemedyGain],
    spend: float,
    each: float,
) -> Section:
    """What to do about it; where nothing is sure, on a terminal too."""
    said = [
        "At which stage to begin is not sure. Ask for more worlds with --replicates (and for more "
        "--seconds, if these ran out), or for a larger step with --step."
        if first is None
        else f"Work on {first.act} first: of all stages, the same small improvement adds most "
        f"there ({signed(first.gain.mean, outcome.form)} {noun} on average)."
    ]
    if rivals:
        some = "one world" if replicates == 1 else f"{replicates:,} worlds"
        said.append(
            f"In {some} {listed(rivals)} cannot be told from {stages[0].stage}: what is easier to "
            "do there may be the better choice."
        )
    if naive is not None:
        right = "That is where people are lost, and not where improving adds most."
        if first is not None and naive.stage == first.stage:
            right = "Here that glance is right."
        said.append(f"A glance at the funnel says: {naive.sentence} {right}")
    if first is None and any(remedy.gain.surely(outcome.good) for remedy in remedies):
        said.append("That a remedy helps can be sure all the same: it changes more than the step.")
    said += advice(noun, outcome, remedies, spend, each)
    on = IN_FULL if first is None else On.PAGE
    return Section("What it means", [Points(said, on)], on=on)


def ranked(
    noun: str,
    outcome: Outcome,
    better: str,
    spend: float,
    base: Estimate,
    stages: Sequence[StageGain],
    *,
    earns: bool,
) -> Section:
    """The stages: the rate now, what the step, all that there is and money bring there."""
    most = max((abs(each.gain.mean) for each in stages if each.gain.moved), default=0.0)
    rows: list[Row] = []
    for each in stages:
        bought = each.bought
        rows.append((
            each.stage,
            Rate(each.rate),
            changed(each.gain, outcome.form, outcome.good),
            Size(abs(each.gain.mean) / most if most else 0.0),
            "" if each.opened is None else signed(each.opened.mean, outcome.form),
            "–" if bought is None else changed(bought.gain, outcome.form, outcome.good),
            "" if bought is None else f"{bought.what} for {_money(bought.spent.mean, outcome)}",
            each.act,
            _note(each, outcome, earns=earns),
        ))  # fmt: skip
    of_money = "of money " if outcome.money == MONEY else ""
    head = (
        "Stage", "Rate now", f"Odds +{better}", Column("Size", On.PAGE),
        Column("Wide open", IN_FULL), Column(f"{_money(spend, outcome)} {of_money}spent", IN_FULL),
        Column("What it buys", IN_FULL), Column("What is done there", On.PAGE),
        Column("", note=True),
    )  # fmt: skip
    table = Table(f"What improving each stage does to {noun}", head, rows, most=16)
    note = (
        f"From {text(measured(base, outcome.form))} {noun} now. “Rate now” counts people: of those "
        "who could take a stage, those who did at least once."
    )
    return Section("The stages, ranked", [table], note)


def _note(each: StageGain, outcome: Outcome, *, earns: bool) -> str:
    """Why a stage was not turned, or what buying there sets and earns."""
    if each.idle:
        return f"not turned: {each.idle}"
    if each.bought is None or not each.bought.sets:
        return ""
    profit = f"; profit {signed(each.bought.profit.mean, outcome.money)}" if earns else ""
    return f"buying sets {listed(each.bought.sets)}{profit}"


def _money(amount: float, outcome: Outcome) -> str:
    return mean(amount, outcome.money).removesuffix(".00")


def where(noun: str, outcome: Outcome, first: StageGain) -> list[Section]:
    """Where the gain of the first stage falls; nothing where that cannot be told."""
    if first.idle or not first.gain.mean:
        return []
    rows: list[Row | Group] = []
    for by in BY:
        parts = [each for each in first.parts if each.by == by and each.gain is not None]
        told = [
            (
                each.part.replace("_", " "),
                Rate(each.rate),
                changed(each.gain, outcome.form, outcome.good),
            )
            for each in parts
            if each.gain and each.gain.mean
        ]
        # One part alone has all of it.
        if len(parts) > 1 and told:
            rows += [Group(f"By {by}"), *told]
    caption = f"The gain at {first.stage} by role, hop, content and channel"
    table = Table(caption, ("Part", "Of all times", f"Change in {noun}"), rows, IN_FULL)
    note = (
        "“Of all times” counts each time that somebody could take the stage. One person may have "
        "many, so that it is not the rate of people above; by segment it is of people too."
    )
    return [Section(f"Where the gain at {first.stage} falls", [table], note, IN_FULL)]


def details(seed: int, world: int | None, budget: str, first: StageGain) -> list[str]:
    """Which worlds there were, how many and why, and what pairs saved."""
    said = f"seed {seed}{'' if world is None else f', world {world}'}; {budget}"
    if 1.0 < first.pairing < 1e6:
        times = f"{first.pairing:,.0f} times as many"
        said += f" Without pairs, that at {first.stage} would take {times}."
    return [said]


def tornado(
    sentence: str,
    note: str,
    noun: str,
    outcome: Outcome,
    better: str,
    stages: Sequence[StageGain],
    bottleneck: StageGain | None,
    naive: Naive | None,
) -> style.Picture:
    """Draw the gains as a tornado, and beside it each stage's loss next to what it would gain.

    The bottleneck and the largest drop are marked, where there are such stages.
    """
    figure = style.sheet(sentence, f"{note}; 95 % intervals", 13, 1.1 + 0.36 * len(stages))
    left, right = figure.subplots(1, 2, width_ratios=(1.15, 1))
    style.headed(left, f"What odds {better} better would bring: {noun}")
    style.forest(left, [each.stage for each in stages], [each.gain for each in stages])
    for row, each in enumerate(stages):
        if each.idle:
            left.annotate(
                each.idle, (0, row), (6, 0), textcoords="offset points", va="center", fontsize=8,
                color=style.GREY,
            )  # fmt: skip
    left.set_xlabel(f"change in {noun}")
    left.xaxis.set_major_formatter(style.ticks(outcome.form))
    _losses(right, outcome, stages, bottleneck, naive)
    return figure


def _losses(
    axes: Axes,
    outcome: Outcome,
    stages: Sequence[StageGain],
    bottleneck: StageGain | None,
    naive: Naive | None,
) -> None:
    """Draw the part that each stage loses, and what of the gain there is to have at it."""
    style.headed(axes, "Lost at each stage (left), and what the step gains there (right)")
    order = list(HANDLES)
    shown = [each for each in stages if each.rate == each.rate and HANDLES[each.stage].better > 0]
    shown.sort(key=lambda each: order.index(each.stage))
    rows = np.arange(len(shown))
    lost = np.array([1.0 - min(each.rate, 1.0) for each in shown])
    gains = np.array([outcome.good * each.gain.mean for each in shown])
    most = max(float(gains.max(initial=0.0)), 1e-12)
    for row, each in enumerate(shown):
        drops = naive is not None and naive.stage == each.stage
        axes.barh(row, -lost[row], height=0.62, color=style.ORANGE if drops else style.PALE)
        wide = max(gains[row], 0.0) / most
        axes.barh(row, wide, height=0.62, color=style.BLUE if each is bottleneck else style.SKY)
        near = {"va": "center", "fontsize": 8.5, "textcoords": "offset points", "color": style.INK}
        axes.annotate(percent(lost[row]), (-lost[row], row), (-4, 0), ha="right", **near)  # type: ignore[arg-type]
        said = signed(each.gain.mean, outcome.form)
        axes.annotate(said, (wide, row), (4, 0), ha="left", **near)  # type: ignore[arg-type]
    axes.axvline(0, color=style.GREY, linewidth=0.8)
    axes.set(xlim=(-1.28, 1.28), ylim=(len(shown) - 0.4, -0.6), xticks=[])
    axes.set_yticks(rows, [each.stage for each in shown], fontsize=9.5)
    style.bare(axes, grid="")
