"""The same money spent on a broadcast: an ad to everybody in place of word of mouth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from ....sim.comparison import television
from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ....sim.parameters.formats import FORMATS
from ....sim.parameters.paths import flat
from ...estimates.interval import LEVEL, Estimate, estimate
from ...estimates.paired import difference
from ...estimates.ratio import Ratio, ratio
from ...show.numbers import mean, more_or_less
from ...vocabulary.glossary import AT_LEAST_NONE, within
from .books import Numbers, column

# Log-odds at which nobody passes anything on: a probability below the grid of the draws.
NEVER: Final = -50.0
# What an ad can buy at most, a head.
_MOST: Final = 1e4
_COMPARED: Final = (
    "cost", "reach", "impressions", "trusted", "clicks", "conversions", "profit",
)  # fmt: skip
_OTHERS: Final = ("boost.share", "boost.reshare", "share.rule", "content", "publish", "incentives",
                  "advocacy")  # fmt: skip


class Beside(NamedTuple):
    """A campaign beside a broadcast that costs as much, in the same worlds.

    Attributes
    ----------
    cost_per_thousand
        Of the broadcast's impressions, its production in proportion included.
    spend
        What was to be spent: the mean cost of the campaign.
    campaign, broadcast
        Means by name: cost, reach, impressions, trusted, clicks, conversions, profit.
    difference
        Campaign less broadcast, in pairs.
    thousand, conversion
        Cost of a thousand impressions and of a conversion, of the campaign and of the broadcast.
    """

    cost_per_thousand: float
    spend: float
    campaign: Mapping[str, Estimate]
    broadcast: Mapping[str, Estimate]
    difference: Mapping[str, Estimate]
    thousand: tuple[Ratio, Ratio]
    conversion: tuple[Ratio, Ratio]

    @property
    def sentence(self) -> str:
        """What the same money does that way."""
        return self.told()

    def told(self, money: str = "money") -> str:
        """The same, money in a form."""
        sold, seen = self.difference["conversions"], self.difference["impressions"]
        luck = "" if sold.sure else ", which may be luck"
        return (
            f"Beside a broadcast for the same money ({mean(self.cost_per_thousand, money)} per "
            f"thousand) it makes {mean(abs(seen.mean), 'count')} "
            f"{'more' if seen.mean >= 0 else 'fewer'} impressions and sells "
            f"{more_or_less(sold, 'count')}{luck}."
        )


def silent(scenario: Scenario) -> Scenario:
    """The scenario in which nobody passes anything on but who is asked to.

    All else is as it was, what is spent on posts, places and people who are asked too.
    """
    return scenario.replace(_silence(scenario))


def price(scenario: Scenario, asked: float | None = None) -> float:
    """What a thousand impressions of a broadcast cost.

    As asked; else with its production, where the scenario names a broadcast to compare with (004:
    a spot in the Super Bowl of 2011 is $36.04); else prime-time television, as the format
    ``broadcast`` of `publish.ads` has it.

    Raises
    ------
    InputError
        If what is asked is not above 0.
    """
    if asked is not None:
        if not 0.0 < asked <= 1e6:
            raise InputError(
                f"cost per thousand = {asked!r} is not allowed; give a number above 0 to 1e+06."
            )
        return float(asked)
    if scenario.reference.viewers > 0.0:
        return float(television(scenario.reference)["cost_per_thousand_with_production"])
    return FORMATS["broadcast"].cost_per_thousand


def showable(scenario: Scenario) -> bool:
    """Whether the campaign shows anything of its own that a broadcast could show."""
    return bool(scenario.publish.ads) or any(post.brand is None for post in scenario.content)


def broadcast(scenario: Scenario, spend: float, cost_per_thousand: float, people: int) -> Scenario:
    """The scenario in which the money buys a broadcast and nothing else.

    One flight shows the content of the first post to anybody, from that post's tick to the end; it
    reaches people by the curve of `publish.ads`, is noticed and answered as a broadcast is, by who
    remembers the brand and searches for it, and wears out. Money for more than people have room for
    in a campaign of this length buys fewer than it pays for. Nothing else is posted, placed, asked,
    rewarded or passed on, nor offered where that would cost. Rivals, trust, links and prices are as
    they were.

    Parameters
    ----------
    scenario
        The campaign.
    spend
        Money for the flight.
    cost_per_thousand
        Of its impressions.
    people
        In the network.

    Raises
    ------
    InputError
        If the campaign shows nothing that a broadcast could show, or the price is not above 0.
    """
    cost_per_thousand = price(scenario, cost_per_thousand)
    own = [post for post in scenario.calendar() if post.brand is None]
    if not showable(scenario):
        raise InputError(
            f"{scenario.name} posts nothing that a broadcast could show; give it a post or an ad."
        )
    first = min(min((post.tick or 0 for post in own), default=0), scenario.horizon - 1)
    flight = {
        "name": "broadcast",
        "format": "broadcast",
        "type": own[0].type if own else scenario.publish.ads[0].type,
        "tick": first,
        "ticks": scenario.horizon - first,
        "audience": 1.0,
        "impressions": min(1000.0 * spend / cost_per_thousand / people, _MOST),
        "cost_per_thousand": cost_per_thousand,
    }
    rivals = [post.model_dump(exclude_none=True) for post in scenario.content if post.brand]
    nothing: dict[str, Any] = {
        "content": rivals,
        "publish.ads": [flight],
        "publish.outlets": [],
        "publish.seeds": 0,
        "publish.asked": [],
        "incentives.reward": 0.0,
        "incentives.recipient": 0.0,
        "incentives.access": 0.0,
        "incentives.discount": 0.0,
        "advocacy.outreach": 0,
        "advocacy.nurture": 0.0,
        "advocacy.post": 0.0,
        "timeline": [
            {"tick": change.tick, "set": kept}
            for change in scenario.timeline
            if (kept := _of_the_world(change.changes))
        ],
    }
    if any(then.transact.offer_cost and _sold(then) for then in scenario.ever()):
        nothing[f"content_types.{flight['type']}.offer"] = 0.0  # it would cost beside the flight
    return scenario.replace(_silence(scenario) | nothing)


def beside(
    mine: Sequence[Numbers],
    theirs: Sequence[Numbers],
    cost_per_thousand: float,
    spend: float,
    level: float = LEVEL,
) -> Beside:
    """A campaign beside its broadcast, over the replicates.

    Parameters
    ----------
    mine, theirs
        The numbers of the books of the two.
    cost_per_thousand, spend
        As `broadcast` was given them.
    level
        Of the intervals.
    """

    def cost(books: Sequence[Numbers], by: str, scale: float) -> Ratio:
        spent = scale * column(books, "cost")
        return ratio(spent, column(books, by), level, within=AT_LEAST_NONE)

    def means(books: Sequence[Numbers]) -> dict[str, Estimate]:
        return {
            name: estimate(column(books, name), level, within=within(name, "number"))
            for name in _COMPARED
        }

    return Beside(
        cost_per_thousand=cost_per_thousand,
        spend=spend,
        campaign=means(mine),
        broadcast=means(theirs),
        difference={
            name: difference(column(mine, name), column(theirs, name), level) for name in _COMPARED
        },
        thousand=(cost(mine, "impressions", 1000.0), cost(theirs, "impressions", 1000.0)),
        conversion=(cost(mine, "conversions", 1.0), cost(theirs, "conversions", 1.0)),
    )


def _sold(scenario: Scenario) -> float:
    """The highest price that anybody pays."""
    return max(scenario.price_of(name) for name in ("", *scenario.segments))


def _silence(scenario: Scenario) -> dict[str, Any]:
    changes: dict[str, Any] = {"boost.share": NEVER, "boost.reshare": NEVER}
    if scenario.share.rule != "logit":
        # Thresholds and hazards ask no odds.
        changes["share.rule"] = "logit"
    changes["timeline"] = [
        {
            "tick": change.tick,
            "set": {path: value for path, value in change.changes.items() if path not in changes},
        }
        for change in scenario.timeline
    ]
    return changes


def _of_the_world(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Those changes of a timeline that are not the campaign's own."""
    return {
        path: value
        for path, value in flat(changes).items()
        if not any(path == other or path.startswith(f"{other}.") for other in _OTHERS)
    }
