"""What would help: the remedies as a table, and in sentences what to do about them."""

from __future__ import annotations

import math
import shlex
from collections.abc import Iterator, Sequence
from typing import Final

from ....scenarios.loader import load, names
from ....sim.parameters import Scenario
from ...show.cells import Row, changed
from ...show.document import IN_FULL, Column, Command, On, Points, Section, Table
from ...show.numbers import listed, signed, verdict, written
from ...vocabulary.currency import MONEY
from ...vocabulary.outcomes import Outcome
from ..price import MONEY as MADE
from ..price import without_a_price
from .worth import RemedyGain

_HERE: Final = "scenario.toml"


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
                f"Of the remedies that have a price, this brings most for its money: "
                f"{priced.in_full}: {brings}. It costs {priced.costs(outcome.money)}."
            )
        else:
            spent = written(same.spent.mean, outcome.money)
            said.append(
                f"Of the remedies that have a price, this brings most for "
                f"{written(spend, outcome.money)} more: {priced.called} "
                f"({listed(same.sets or same.settings)}): {brings} for {spent}."
            )
        rate = priced.rate(outcome.good)
        if outcome.name == "conversions" and rate > 0.0 and 1.0 / rate > each:
            one, all_of = (written(money, outcome.money) for money in (1.0 / rate, each))
            said[-1] += f" That is {one} for one more, which earns {all_of}: it loses money."
    other = next((remedy for remedy in remedies if not remedy.priced), None)
    if other is not None and other.gain.surely(outcome.good):
        much = f"{other.in_full}: that changes {noun} by {signed(other.gain.mean, outcome.form)}"
        if math.isnan(other.worth):
            said.append(
                f"{_begun(much)}. What that takes is in no parameter, and nothing that has a "
                "price surely helps: put its cost beside that."
            )
        elif other.worth > 0.0:
            # Of a profit, all that it gains: then there is nothing to hold it against.
            alone = outcome.name == MADE and other.worth == outcome.good * other.gain.mean
            beside = (
                ", and nothing that has a price surely helps."
                if alone
                else ": then it leaves more than the money that is kept."
                if not math.isnan(each)
                else ", for which the best of the others brings as much."
            )
            said.append(
                f"{_begun(much)}. What that takes is in no parameter: it pays if it costs "
                f"less than {written(other.worth, outcome.money)}{beside}"
            )
    return said


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


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
    each: float = math.nan,
) -> Section:
    """The remedies that were tried, and what to type to see each beside the campaign as it is.

    Parameters
    ----------
    noun, outcome, remedies
        What was asked, and what was found.
    spend
        The common amount of money.
    scenario, seed, world
        What of, and in which worlds.
    fit
        The folder of the fit whose draws the worlds have, where it is one that is kept.
    typed
        What to type so that the same campaign is compared with a change of it; empty where it was
        not typed, and so known to Python alone.
    each
        What one more conversion earns; nan where nothing is earned, and so no profit to tell.
    """
    earns = not math.isnan(each)
    unit = outcome.money.partition(" ")[2] or MONEY
    head = (
        "Remedy", f"Change in {noun}", f"It costs, in {unit}",
        *((f"More profit, in {unit}",) if earns else ()),
        "One more costs", Column("Acts on", On.PAGE), Column("Text that names it", On.PAGE),
        Column("", note=True),
    )  # fmt: skip
    table = Table(
        f"What each remedy does to {noun}",
        head,
        list(_rows(outcome, remedies, spend, earns=earns)),
        more=".helped()",
    )
    return Section(
        "What would help",
        [
            table,
            *_not_priced(remedies),
            *_to_type(remedies, outcome, scenario, seed, world, fit, typed),
        ],
        "What the texts that the model starts from name as remedies at the first three stages, run "
        "in the same worlds: first what has a price, by what the same money brings; then what "
        "nothing charges for, with what it may cost at most. To spend nothing is one of them.",
    )


def _rows(
    outcome: Outcome, remedies: Sequence[RemedyGain], spend: float, *, earns: bool
) -> Iterator[Row]:
    """A row a remedy, one more for the common amount, and the money that is kept among them.

    It is kept before anything that does not surely earn more than it costs.
    """
    kept = False
    nothing = ("spend nothing: keep the money", "0", "0", "0", "–", "", "", "")
    for each in remedies:
        if earns and not kept and not each.pays:
            kept = True
            yield nothing
        yield (
            each.called,
            changed(each.gain, outcome.form, outcome.good),
            each.extra_cost(outcome.money),
            *((changed(each.profit, outcome.money, 1) if each.priced else "without its price",)
              if earns else ()),
            each.for_money(outcome),
            listed(each.stages),
            each.source,
            _sets(each.sets),
        )  # fmt: skip
        same = each.same
        if same is not None:
            yield (
                f"{each.called}, for {written(spend, outcome.money)}",
                changed(same.gain, outcome.form, outcome.good),
                signed(same.spent.mean, outcome.money),
                *((changed(same.profit, outcome.money, 1),) if earns else ()),
                "", "", "", _sets(same.sets),
            )  # fmt: skip
    if earns and remedies and not kept:
        yield nothing


def _sets(sets: Sequence[str]) -> str:
    return f"sets {listed(sets)}" if sets else ""


def _to_type(
    remedies: Sequence[RemedyGain],
    outcome: Outcome,
    scenario: Scenario,
    seed: int,
    world: int | None,
    fit: str,
    typed: str,
) -> Iterator[Command]:
    """What to type for each remedy; see `would_help`."""
    luck = ["--outcome", outcome.name, "--seed", str(seed)]
    luck += [] if world is None else ["--world", str(world)]
    shipped = scenario.name in names() and load(scenario.name) == scenario
    for each in remedies:
        change = [word for given in each.settings for word in ("--set", given)]
        tried = f"To try this: {each.called}"
        last = shlex.join([*change, *luck])
        if typed or (shipped and not fit):
            begun = typed or shlex.join(["wom", "compare", scenario.name])
            yield Command(tried, f"{begun} {last}", On.SCREEN)
        elif not fit:
            yield Command(f"{tried}, add to what you typed", shlex.join(change), On.SCREEN)
        if fit:  # the scenario alone would be without its draws
            on = IN_FULL & ~On.SCREEN if typed else IN_FULL
            begun = shlex.join(["wom", "compare", fit])
            yield Command(tried, f"{begun} {last}", on)
            continue
        begun = shlex.join(["wom", "compare", _HERE])
        yield Command(f"{tried}, in this folder", f"{begun} {last}", On.PAGE)


def _not_priced(remedies: Sequence[RemedyGain]) -> list[Points]:
    """Which remedies are not ranked, since nothing says what they cost, and what would say it."""
    said = [without_a_price(each.called, each.untold) for each in remedies if not each.priced]
    return [Points(said, IN_FULL)] if said else []
