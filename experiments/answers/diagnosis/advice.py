"""What would help: the remedies as a table, and in sentences what to do about them."""

from __future__ import annotations

import math
import shlex
from collections.abc import Sequence
from typing import Final

from ....scenarios.loader import load, names
from ....sim.parameters import Scenario
from ...show.cells import changed
from ...show.document import IN_FULL, Column, Command, On, Points, Section, Table
from ...show.numbers import listed, signed, verdict, written
from ...vocabulary.currency import MONEY
from ...vocabulary.outcomes import Outcome
from ..price import MONEY as MADE
from ..price import without_a_price
from .worth import RemedyGain

_HERE: Final = "scenario.toml"


def earned(scenario: Scenario) -> float:
    """What one more conversion leaves when what is sold has been made; nan where it brings none."""
    transact = scenario.transact
    found = transact.price - transact.cost_of_goods + transact.worth
    return found if found > 0.0 else math.nan


def advice(
    noun: str,
    outcome: Outcome,
    remedies: Sequence[RemedyGain],
    spend: float,
    each: float = math.nan,
) -> list[str]:
    """The remedy that brings most at the same money, and what one without a price may cost.

    `each` is what one more of the outcome earns, where that is known.
    """
    said = []
    priced = next((remedy for remedy in remedies if remedy.ranked), None)
    if priced is not None:
        same = priced.helping(outcome.good)
        gain = priced.gain if same is None else same.gain
        sure = verdict(gain.mean, gain.low, gain.high, outcome.good)
        brings = f"{signed(gain.mean, outcome.form)} {noun} ({sure})"
        if same is None:
            said.append(
                f"Of the remedies that have a price, {priced.remedy} brings most for its money: "
                f"{brings}. It costs {priced.costs(outcome.money)}."
            )
        else:
            spent = written(same.spent.mean, outcome.money)
            said.append(
                f"Of the remedies that have a price, {priced.remedy} brings most for "
                f"{written(spend, outcome.money)} more: {brings} for {spent}, with "
                f"{listed(same.settings)}."
            )
        rate = priced.rate(outcome.good)
        if outcome.name == "conversions" and rate > 0.0 and 1.0 / rate > each:
            one, all_of = (written(money, outcome.money) for money in (1.0 / rate, each))
            said[-1] += f" That is {one} for one more, which earns {all_of}: it loses money."
    other = next((remedy for remedy in remedies if not remedy.priced), None)
    if other is not None and other.gain.surely(outcome.good):
        much = f"{other.remedy} changes {noun} by {signed(other.gain.mean, outcome.form)}"
        if math.isnan(other.worth):
            said.append(
                f"{much.capitalize()}. What that takes is in no parameter, and nothing that has a "
                "price surely helps: put its cost beside that."
            )
        elif other.worth > 0.0:
            # Of a profit, all that it gains: then there is nothing to hold it against.
            alone = outcome.name == MADE and other.worth == outcome.good * other.gain.mean
            beside = (
                ", and nothing that has a price surely helps."
                if alone
                else ", for which the best of the others brings as much."
            )
            said.append(
                f"{much.capitalize()}. What that takes is in no parameter: it pays if it costs "
                f"less than {written(other.worth, outcome.money)}{beside}"
            )
    return said


def would_help(
    noun: str,
    outcome: Outcome,
    remedies: Sequence[RemedyGain],
    spend: float,
    scenario: Scenario,
    seed: int,
    world: int | None,
    fit: str = "",
    typed: str = "",
) -> Section:
    """The remedies that were tried, and what to type to see each beside the campaign as it is.

    Parameters
    ----------
    noun, outcome, remedies
        What was asked, and what was found.
    scenario, seed, world
        What of, and in which worlds.
    fit
        The folder of the fit whose draws the worlds have, where it is one that is kept.
    typed
        What to type so that the same campaign is compared with a change of it; empty where it was
        not typed, and so known to Python alone.
    """
    rows = [
        (
            each.remedy,
            changed(each.gain, outcome.form, outcome.good),
            each.extra_cost(outcome.money),
            "–" if each.same is None else changed(each.same.gain, outcome.form, outcome.good),
            each.for_money(outcome),
            listed(each.stages),
            each.source,
        )
        for each in remedies
    ]
    unit = outcome.money.partition(" ")[2] or MONEY
    head = (
        "Remedy", f"Change in {noun}", f"It costs, in {unit}",
        f"For {written(spend, outcome.money)}", "One more costs",
        Column("Acts on", IN_FULL), Column("Text that names it", IN_FULL),
    )  # fmt: skip
    luck = ["--outcome", outcome.name, "--seed", str(seed)]
    luck += [] if world is None else ["--world", str(world)]
    shipped = scenario.name in names() and load(scenario.name) == scenario
    commands = []
    for each in remedies:
        change = [word for given in each.settings for word in ("--set", given)]
        tried = f"To try {each.remedy}"
        last = shlex.join([*change, *luck])
        if typed or (shipped and not fit):
            begun = typed or shlex.join(["wom", "compare", scenario.name])
            commands.append(Command(tried, f"{begun} {last}", On.SCREEN))
        elif not fit:
            added = Command(f"{tried}, add to what you typed", shlex.join(change), On.SCREEN)
            commands.append(added)
        if fit:  # the scenario alone would be without its draws
            on = IN_FULL & ~On.SCREEN if typed else IN_FULL
            begun = shlex.join(["wom", "compare", fit])
            commands.append(Command(tried, f"{begun} {last}", on))
            continue
        begun = shlex.join(["wom", "compare", _HERE])
        commands.append(Command(f"{tried}, in this folder", f"{begun} {last}", On.PAGE))
    return Section(
        "What would help",
        [
            Table(f"What each remedy does to {noun}", head, rows, more=".helped()"),
            *_not_priced(remedies),
            *commands,
        ],
        "What the texts that the model starts from name as remedies at the first three stages, run "
        "in the same worlds: first what has a price, by what the same money brings; then what "
        "nothing charges for, with what it may cost at most to do more than the best of the "
        "others for the same money.",
    )


def _not_priced(remedies: Sequence[RemedyGain]) -> list[Points]:
    """Which remedies are not ranked, since nothing says what they cost, and what would say it."""
    said = [without_a_price(each.remedy, each.untold) for each in remedies if not each.priced]
    return [Points(said, IN_FULL)] if said else []
