"""An optimum in sentences, and as a machine is told it."""

from __future__ import annotations

from typing import Any

import numpy as np

from ....scenarios.charges import unpriced
from ....scenarios.toml import literal
from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ...estimates.interval import Estimate, estimate, plain
from ...show.numbers import interval, listed, mean, signed, span
from .judge import ENOUGH, IN_WORDS
from .judged import Fresh, Judged
from .lever import Lever


def value(lever: Lever, given: Any) -> str:
    """A value of a lever as people read it.

    Examples
    --------
    >>> from wordofmouth.experiments.answers.optimum.lever import Lever
    >>> value(Lever("incentives.reward", 0.0, 20.0, False, (), 0.0), 4.23456)
    '4.23'
    """
    if given is None:
        return "not set"
    if lever.low is None or isinstance(given, str | bool | list | dict):
        return given if isinstance(given, str) else literal(given)
    if abs(given) >= 1000 or float(given).is_integer():
        return f"{given:,.0f}"
    return f"{given:.3g}"


def setting(found: Judged, each: Fresh) -> str:
    """What a plan sets, as a sentence lists it."""
    return listed([f"{lever.path} = {value(lever, to)}" for lever, to in set_by(found, each)])


def set_by(found: Judged, each: Fresh) -> list[tuple[Lever, Any]]:
    """The levers that a plan sets, and to what; without those that it leaves as they are."""
    pairs = zip(found.levers, each.tried.values or (), strict=False)
    return [(lever, to) for lever, to in pairs if to is not None]


def sentence(found: Judged) -> str:
    """What was found, what it costs, and in the end what to do."""
    said = *_whole(found), *_advice(found), *_left(found), *_budget(found), decision(found)
    return " ".join(said)


def _whole(found: Judged) -> list[str]:
    """What the budget is for: the whole campaign, and not what is added to it."""
    if not found.budget:
        return []
    costs = float(found.fresh_today.cost.mean())
    rest = found.budget - costs
    whole, now = mean(found.budget, found.money), mean(costs, found.money)
    said = f"The budget of {whole} is for the whole campaign"
    if rest < 0.0:
        return [f"{said}, and today's plan costs {now}: {mean(-rest, found.money)} more."]
    return [f"{said}, of which today's plan costs {now}: {mean(rest, found.money)} can be added."]


def decision(found: Judged) -> str:
    """What to do with the money, in a sentence."""
    best, noun = found.best, found.measured.noun(found.scenario)
    if best is None or not found.recommended:
        return " ".join(["Decision: spend nothing more and keep the money.", *_loses(found)])
    money = found.money_of(best)
    if money.low > 0.0:
        return "Decision: take this plan; it surely earns more than it costs."
    if money.high < 0.0:
        return (
            f"Decision: keep the money, unless what it gains in {noun} is worth a loss of "
            f"{mean(-money.mean, found.money)}."
        )
    return f"Decision: take this plan for {noun}; whether it earns what it costs is not sure."


def _loses(found: Judged) -> list[str]:
    """Where today's plan surely loses money: that no campaign would not."""
    profit = estimate(found.fresh_today.profit, found.judge.level)
    if not profit.high < 0.0:
        return []
    loss = mean(-profit.mean, found.money)
    return [f"Today's plan itself loses {loss}; with no campaign at all nothing would be lost."]


def _left(found: Judged) -> list[str]:
    """Which levers stay as they are."""
    if not found.left or found.best is None:
        return []
    stays = "stays" if len(found.left) == 1 else "stay"
    why = "that another value brings more than it costs is not sure"
    return [f"{listed(found.left)} {stays} as today: {why}."]


def _advice(found: Judged) -> list[str]:
    form, noun = found.form, found.measured.noun(found.scenario)
    here, worlds = found.fresh_today, found.fresh_today.value.size
    does, costs = mean(float(here.value.mean()), form), mean(float(here.cost.mean()), found.money)
    now = f"{noun} {does}, cost {costs}"
    if found.budget == 0:
        return [f"With a budget of 0 nothing can be bought: today's plan stays ({now})."]
    best, many = found.best, f"{len(found.tried):,} plans"
    if best is None:
        kept = sum(each.within(found.budget) for each in found.tried)
        if found.budget is not None and kept < len(found.tried):
            many += f", of which {kept:,} keep to the budget,"
        return [f"Today's plan stays ({now}): none of {many} looked better in the search."]
    gain, by = found.gain_of(best), IN_WORDS[found.judge.robust]
    looked = (
        f"In the search it looked like {signed(best.tried.worth, form)}; fresh worlds say "
        f"{signed(gain.mean, form)}"
    )
    looked += f" (flattered by {mean(found.flattered, form)})." if found.flattered > 0 else "."
    told = interval(gain, form)
    cost = found.judge._replace(share=False).change(best.rows.cost, here.cost)
    if found.recommended:
        better = "rises by" if found.judge.good > 0 else "is better by"
        advice = (
            f"Set {setting(found, best)}: {noun} {better} {told} {by} over {worlds:,} fresh worlds "
            f"against today's plan, {_paid(cost, found.money)}"
        )
        if found.outcome != "profit":
            advice += f", profit by {interval(found.money_of(best), found.money)}"
        parts = [f"{advice}."]
        if found.outcome == "profit" and float(best.rows.value.mean()) < 0.0:
            parts.append(
                "The campaign still loses money, only less of it: with no campaign at all nothing "
                "would be lost."
            )
        return [*parts, looked]
    why, missing = "which may be luck", int(np.isnan(best.rows.value).sum())
    if missing:
        why = f"but has no value in {missing:,} of them"
    elif gain.high < 0.0 or (gain.mean < 0.0 and gain.low == gain.high):
        why = "which is a loss"
    elif gain.moved == 0:
        why = "which is nothing at all"
    elif gain.low > 0.0:
        why = "but it does not hold on average, or costs more than the budget"
    stays = (
        f"Today's plan stays ({now}). The best of {many}, {setting(found, best)}, is better by "
        f"{told} {by} over {worlds:,} fresh worlds, {why}."
    )
    return [stays, looked]


def _paid(cost: Estimate, money: str) -> str:
    return f"and cost by {interval(cost, money)}" if cost.moved else "at the same cost"


def _budget(found: Judged) -> list[str]:
    if not found.budget:
        return []
    best, said = found.best, []
    if best is not None and found.recommended:
        cost = found.cost_of(best.rows)
        if cost.mean > found.budget:
            said.append(
                f"It costs {mean(cost.mean, found.money)} ({_between(cost, found.money)}) in fresh "
                f"worlds, of a budget of {mean(found.budget, found.money)}, which it may exceed."
            )
    elif float(found.fresh_today.cost.mean()) > found.budget:
        said.append(
            "Today's plan itself costs more than the budget, and no plan within it surely does "
            "better."
        )
    return said


def _between(cost: Estimate, money: str) -> str:
    return span(cost.low, cost.high, money, sign=False) or "in every world"


def warnings(found: Judged) -> list[str]:
    """What to know before it is believed."""
    said = []
    worlds = found.fresh_today.value.size
    if found.judge.robust != "mean" and worlds < ENOUGH:
        said.append(
            f"A tenth of {worlds} worlds is too few to know the worst by; give {ENOUGH} or more."
        )
    pairs = zip(found.levers, found.settled or (), strict=False)
    at_end = [
        lever.path for lever, to in pairs if to is not None and _wider(found.scenario, lever, to)
    ]
    if at_end:
        said.append(
            f"The best value of {listed(at_end)} is at an end of what was allowed: a wider range "
            "may hold a better one."
        )
    cost = 0.0 if found.best is None else found.cost_of(found.best.rows).high
    further = [
        m.lever.path
        for m in found.marginal
        if found.recommended
        and m.after > m.before
        and m.gain.surely(among=len(found.marginal), level=found.judge.level)
        and (found.budget is None or cost + m.cost.high <= found.budget)
    ]
    if further:
        said.append(
            f"The search is not at its end: a little more of {listed(further)} is surely better "
            "still, and there is money for it; give more trials."
        )
    idle = [m.lever.path for m in found.marginal if m.cost.moved == 0 and m.gain.moved == 0]
    if idle:
        said.append(f"A little more or less of {listed(idle)} changed nothing in any world.")
    if found.recommended:
        said += [each.sentence for each in unpriced(found.scenario, found.plan)]
    return said


def _wider(scenario: Scenario, lever: Lever, to: Any) -> bool:
    """Whether a value is an end of what was searched, and not of what the parameter allows."""
    if lever.low is None or lever.high is None:
        return False
    near = 0.0 if lever.whole else 0.01 * (lever.high - lever.low)
    step = 1 if lever.whole else near
    if lever.low + near < to < lever.high - near:
        return False
    beyond = lever.high + step if to >= lever.high - near else lever.low - step
    try:
        scenario.replace(lever.changes(int(beyond) if lever.whole else beyond))
    except InputError:
        return False
    return True


def told(found: Judged, said: str) -> dict[str, Any]:
    """What a machine is told."""
    best = found.best
    level = found.judge.level
    frontier = [
        {
            "values": _named(found, found.fresh[place]),
            "cost": found.cost_of(found.fresh[place].rows),
            "gain": found.gain_of(found.fresh[place]),
        }
        for place in found.front
    ]
    return plain({
        "scenario": found.scenario.name,
        "outcome": found.outcome,
        "robust": found.judge.robust,
        "budget": found.budget,
        "sentence": said,
        "decision": decision(found),
        "recommended": found.recommended,
        "left": found.left,
        "changes": found.changes,
        "best": None if best is None else _named(found, best),
        "as_good": found.spans,
        "gain": found.gain,
        "looked": None if best is None else best.tried.worth,
        "flattered": found.flattered,
        "cost": None if best is None else found.cost_of(best.rows),
        "profit": None if best is None else found.money_of(best),
        "today": {
            "outcome": estimate(found.fresh_today.value, level, within=found.measured.within),
            "cost": found.cost_of(found.fresh_today),
        },
        "frontier": frontier,
        "marginal": [
            {
                "lever": each.lever.path, "from": each.before, "to": each.after,
                "cost": each.cost, "gain": each.gain, "each": each.each,
            }
            for each in found.marginal
        ],
        "levers": [lever.text for lever in found.levers],
        "trials": len(found.tried),
        "worlds": found.searched,
        "fresh": found.fresh_today.value.size,
        "campaigns": found.campaigns,
        "draws": found.draws,
        "seed": found.seed,
        "world": found.world,
        "level": level,
    })  # fmt: skip


def _named(found: Judged, each: Fresh) -> dict[str, Any]:
    return {lever.path: to for lever, to in set_by(found, each)}
