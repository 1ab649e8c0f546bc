"""What a stage's improvement costs, where it can be bought: how far an amount of money goes.

A few stages have a parameter that turns money into improvement. Each is turned until the campaign
costs the amount more on average over the first worlds; what it really cost is told beside what it
brought. Others have none: no parameter says what it costs to be noticed or found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from ....scenarios.toml import literal
from ....sim.parameters import Scenario
from ....sim.parameters.formats import SOCIAL
from ....sim.parameters.paths import flat
from ...worlds.variant import changed
from ..changes import for_one, impressions_of, in_words
from .gains import Bought
from .observed import (
    FAR,
    FEWEST,
    NEAR,
    TRIALS,
    Bench,
    Observation,
    cost_of,
    gain_of,
    mean_cost,
    profit_of,
)
from .stages import HANDLES

# How often each of its audience is shown what the money buys, as long as there are more people to
# show it to: three exposures are effective (Krugman 1972).
OFTEN: Final = 3.0
# How often a value is tried.
_ATTEMPTS: Final = 8

Changes = dict[str, Any]


class Purchase(NamedTuple):
    """Something that money buys, and the stages that it improves.

    Attributes
    ----------
    name
        What is bought.
    stages
        Which stages it improves.
    buy
        The changes that put a value of the lever, 0 or more, on top of a scenario.
    first
        A value to begin the search with.
    whole
        Whether only whole numbers of it can be bought.
    """

    name: str
    stages: tuple[str, ...]
    buy: Callable[[float], Changes]
    first: float
    whole: bool = False


def bought(
    bench: Bench, amount: float, base: list[Observation]
) -> Iterator[tuple[tuple[str, ...], Bought]]:
    """What the amount buys, and at which stages.

    Parameters
    ----------
    bench, base
        Where it is tried, and the campaign as it is.
    amount
        Of money.

    Raises
    ------
    OutOfTimeError
        If there is no time for the next.
    """
    trials = min(TRIALS, len(base))
    before = mean_cost(base[:trials])
    known: list[tuple[Changes, list[Observation]]] = []

    def cost(changes: Changes) -> float:
        rows = bench.run({"tried": changed(bench.scenario, changes)}, trials)["tried"]
        known.append((changes, rows))
        return mean_cost(rows)

    people = int(base[0].passed[list(HANDLES).index("publish"), 1])
    for purchase in purchases(bench.scenario, people, amount):
        value = costing(purchase, amount, cost, before)
        if value is None:
            continue
        changes = purchase.buy(value[0])
        tried = {purchase.name: changed(bench.scenario, changes)}
        first = next(rows for each, rows in known if each == changes)
        rows = bench.run(tried, len(base), FEWEST, known=first)[purchase.name]
        buys = Bought(
            purchase.name, cost_of(rows, base), gain_of(rows, base), profit_of(rows, base),
            tuple(in_words(bench.scenario, changes)),
            tuple(f"{path}={literal(to)}" for path, to in changes.items()),
        )  # fmt: skip
        yield purchase.stages, buys


def purchases(scenario: Scenario, people: int, amount: float) -> list[Purchase]:
    """What an amount of money can buy in a scenario, given how many people there are."""
    now = flat(scenario.to_dict())
    found = [_ads(scenario, people, amount)] if scenario.content else []
    found += [_more_of(scenario, number, people, amount) for number in _with_a_price(scenario)]
    weight, incentives, transact = scenario.share.weight, scenario.incentives, scenario.transact
    # What a ticket in a draw is worth to people is no matter of what the prize costs.
    if weight.reward > 0.0 and incentives.paid != "draw" and scenario.share.rule == "logit":
        found.append(Purchase("reward", ("share", "reshare"), _add(now, "incentives.reward"), 1.0))
    if transact.click_reward > 0.0 and incentives.paid in ("referral", "conversion"):
        found.append(Purchase("gift", ("click",), _add(now, "incentives.recipient"), 1.0))
    minds = transact.convert_price > 0.0 or transact.elasticity > 0.0
    if transact.price > 0.0 and minds and transact.convert > 0.0:
        found.append(Purchase("discount", ("convert",), _add(now, "incentives.discount", 0.9), 0.1))
    if scenario.interact.cost > 0.0:
        staffed = ("thank", "reply", "mend")
        buy = _add(now, "interact.capacity", whole=True)
        found.append(Purchase("staff", staffed, buy, 8.0, whole=True))
    # What the timeline sets at some tick would undo what is bought before it.
    later = {path for change in scenario.timeline for path in change.changes}
    return [each for each in found if not later & set(each.buy(each.first))]


def _add(now: Changes, path: str, most: float = 1e9, whole: bool = False) -> Callable[[float], Any]:
    def buy(value: float) -> Changes:
        total = min(now[path] + value, most)
        return {path: round(total) if whole else total}

    return buy


def _ads(scenario: Scenario, people: int, amount: float) -> Purchase:
    """A flight of the campaign's first post in a social feed, beside the flights that there are.

    It runs evenly from that post to the end, three times to each of as many people as the money is
    enough for; more often only where that is everybody.
    """
    post = scenario.calendar()[0]
    first = min(post.tick or 0, scenario.horizon - 1)
    flight = {
        "name": "spent",
        "format": "social",
        "type": post.type,
        "tick": first,
        "ticks": scenario.horizon - first,
    }
    there = [ad.model_dump(mode="json", exclude_none=True) for ad in scenario.publish.ads]

    def buy(money: float) -> Changes:
        each = money / SOCIAL * 1000.0 / people
        audience = min(each / OFTEN, 1.0)
        bought = flight | {"audience": audience, "impressions": min(each / audience, 1e4)}
        return {"publish.ads": [*there, bought]}

    return Purchase("ads, spread evenly", ("publish",), buy, amount)


def _with_a_price(scenario: Scenario) -> list[int]:
    """Which of the ads that there are can be bought more of."""
    ads = enumerate(scenario.publish.ads)
    return [number for number, ad in ads if ad.price > 0.0 and ad.audience > 0.0]


def _more_of(scenario: Scenario, number: int, people: int, amount: float) -> Purchase:
    """More money for an ad that there is: `publish.ads.N.budget`."""
    ad, path = scenario.publish.ads[number], f"publish.ads.{number}.budget"
    one = for_one(scenario, path, people)

    def buy(money: float) -> Changes:
        return {impressions_of(path): min(ad.impressions + money * one, 1e4)}

    return Purchase(f"more of the ad {ad.name!r}", ("publish",), buy, amount)


def costing(
    purchase: Purchase, amount: float, cost: Callable[[Changes], float], before: float
) -> tuple[float, float] | None:
    """The value of a lever at which a campaign costs an amount more, and what it costs more.

    Parameters
    ----------
    purchase
        What is bought.
    amount
        Of money, above 0.
    cost
        The mean cost of the campaign with some changes.
    before
        And without any.

    Returns
    -------
    tuple
        Value and cost; None if the amount cannot be spent, because something else limits it.
    """
    tried: dict[float, float] = {}
    had: list[Changes] = []
    value = purchase.first
    for _ in range(_ATTEMPTS):
        changes = purchase.buy(value)
        if changes in had:  # there is no more of it, or no less
            break
        had.append(changes)
        tried[value] = cost(changes) - before
        spent = tried[value]
        if abs(spent - amount) <= NEAR * amount:
            break
        # What costs is close to proportional to the value.
        value *= min(max(amount / spent, 0.1), 10.0) if spent > 0.0 else 10.0
        if purchase.whole:
            value = max(float(round(value)), 1.0)
    best = min(tried, key=lambda each: abs(tried[each] - amount))
    missed = abs(tried[best] - amount) > FAR * amount
    return None if missed else (best, tried[best])
