"""From attention to a transaction, and back again."""

from __future__ import annotations

from typing import Literal

from .declare import Parameters, chance, parameter, weight


class Transact(Parameters):
    """From attention to a transaction: click, find, convert (000), come back (003)."""

    click: float = chance(
        0.009, "Chance of a click by one who noticed", source="WordStream 2018: .5 - 1.6 %"
    )
    click_trust: float = weight(0.0, "Weight of credibility in a click", source="004; assumed")
    click_offer: float = weight(
        1.0,
        "Weight of the offer in a click",
        source="003; assumed, as in `everyday`: the best makes the odds 2.7 times as high",
    )
    click_doses: float = weight(
        -1.0,
        "Weight of ln(k) in a click at the k-th from whom a person noticed the post: below 0 each "
        "further one brings less (0: as much as the first)",
        source="Leskovec, Adamic & Huberman 2007: what more recommendations bring levels off by "
        "about ten; -1 is assumed: ten bring three times what one does",
    )
    click_reward: float = weight(
        0.5,
        "Weight of the recipient's reward in a click",
        source="Gershon et al.; assumed: half of what it would weigh in sharing",
    )
    link: float = chance(
        1.0, "Chance that the link of a post that was passed on leads there", source="000"
    )
    recall: float = chance(0.3, "Chance of finding the brand by memory, a hop", source="assumed")
    convert: float = chance(
        0.092, "Chance of a transaction by one who got there", source="WordStream 2018: 9.2 %"
    )
    once: Literal["campaign", "post"] = parameter(
        "campaign",
        "What is one offer, of which a person buys once and again only as `returns` says: the "
        "whole campaign, or each post another",
        source="003; assumed",
    )
    convert_trust: float = weight(0.0, "Weight of trust in a transaction", source="004; assumed")
    convert_value: float = weight(0.0, "Weight of the post's value in it", source="003; assumed")
    convert_given: float = weight(
        0.0, "Weight of what was given before the ask (value first)", source="003; assumed"
    )
    convert_reward: float = weight(
        0.5,
        "Weight of the recipient's reward in it",
        source="Gershon et al.; assumed: half of what it would weigh in sharing",
    )
    price: float = parameter(
        0.0, "Price paid by the buyer", low=0.0, high=1e9, unit="money", source="the scenario"
    )
    price_scale: float = parameter(
        50.0,
        "Price at which its disutility is ln 2",
        low=1e-6,
        high=1e9,
        unit="money",
        source="assumed",
    )
    convert_price: float = weight(0.0, "Weight of ln(1 + price / scale)", source="assumed")
    elasticity: float = parameter(
        2.62,
        "Price elasticity of the odds of a transaction: times (price / reference) ** -elasticity",
        low=0.0,
        high=20.0,
        source="Bijmolt, van Heerde & Pieters 2005: mean of 1,851; Tellis 1988: 1.76",
    )
    reference_price: float | None = parameter(
        None,
        "Price at which people buy as `convert` says; that of the beginning, before any change, "
        "if None",
        low=0.0,
        high=1e9,
        unit="money",
        source="the scenario",
    )
    offer_cost: float = parameter(
        0.3,
        "What an offer of strength 1 takes of the price of whoever buys over the post (0: not "
        "priced)",
        low=0.0,
        high=1.0,
        unit="share of the price",
        source="assumed: at full strength 30 % off",
    )
    risk: float = chance(0.0, "Risk that the buyer sees", source="000; assumed")
    convert_risk: float = weight(0.0, "Weight of risk times mistrust", source="assumed")
    margin: float = parameter(
        1.0,
        "Gross margin: what of the price is left when what is sold has been made",
        low=0.0,
        high=1.0,
        unit="share of the price",
        source="assumed: nothing costs but the campaign",
    )
    unit_cost: float | None = parameter(
        None,
        "What it takes to make one piece; what `margin` leaves of the price if None. A price that "
        "is changed later makes nothing cheaper",
        low=0.0,
        high=1e9,
        unit="money",
        source="the scenario",
    )
    worth: float = parameter(
        0.0,
        "What a transaction is worth to the brand beside the price",
        low=0.0,
        high=1e9,
        unit="money",
        source="the scenario",
    )

    @property
    def cost_of_goods(self) -> float:
        """What it takes to make one piece: `unit_cost`, or ``(1 - margin) * price`` if None.

        Examples
        --------
        >>> round(Transact(price=40.0, margin=0.4).cost_of_goods, 9)
        24.0
        >>> Transact(price=40.0, unit_cost=25.0).cost_of_goods
        25.0
        """
        return (1.0 - self.margin) * self.price if self.unit_cost is None else self.unit_cost


class Returns(Parameters):
    """Visitors and buyers who come back (001, 003)."""

    lead: float = chance(
        0.0, "Chance that a visitor who does not buy leaves an address", source="003; assumed"
    )
    visit: float = chance(
        0.0, "Chance that one who left an address visits again", source="001; assumed"
    )
    repeat: float = chance(
        0.0, "Chance that a buyer comes back to buy again", source="003; assumed"
    )
    bond: float = weight(0.0, "Weight of the bond in coming back", source="001; assumed")
    interval: float = parameter(
        24.0,
        "Mean time until then (exponential)",
        low=0.0,
        high=1e6,
        unit="hours",
        source="assumed",
    )
    upsell: float = chance(0.0, "Chance that a repeat purchase is a larger one", source="003")
    upsell_worth: float = parameter(
        0.0, "What it is worth beyond", low=0.0, high=1e9, unit="money", source="the scenario"
    )
    cross_sell: float = chance(0.0, "Chance that another product is bought too", source="003")
    cross_sell_worth: float = parameter(
        0.0, "What that is worth", low=0.0, high=1e9, unit="money", source="the scenario"
    )
