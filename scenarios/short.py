"""A campaign of one's own in a few lines: who, what, where, for what reward, at what price."""

from __future__ import annotations

from typing import Any, Final

from ..sim.parameters.formats import SOCIAL
from .observing.written import Line, text

# In the order of the file. What a line is stands in the schema; here is what it means to the one
# who fills it in.
_CAMPAIGN: Final[tuple[tuple[str, Any, str], ...]] = (
    ("outcome", "orders", "what a transaction is called"),
    ("currency", "EUR", "of all money below"),
    ("hours_per_tick", 24.0, "the clock: a tick is a day"),
    ("horizon", 42, "six weeks: four of posts, two for the echo"),
    ("content", ["useful_advice", "product_news", "useful_advice", "product_news"],
     "what is posted; also backstage, exclusive_offer, funny_video, hard_sell"),
    ("attention", 0.5, "posts of yours that somebody notices in a day, at most"),
    ("network.kind", "social", "who hears whom; or file = \"ties.csv\": see wom explain network"),
    ("network.people", 20_000, "all people, ten times the followers"),
    ("people.fans", 2_000, "your followers"),
    ("publish.interval", 7, "days from one post to the next"),
    ("publish.cost", 60.0, "what the making of a post costs"),
    ("publish.ads", [{"tick": 7, "ticks": 7, "audience": 0.25, "impressions": 2.0,
                      "cost_per_thousand": SOCIAL}],
     "paid: a week, to a quarter of all people, twice each, at so much a thousand"),
    ("incentives.reward", 5.0, "for who passes it on,"),
    ("incentives.paid", "conversion",
     'for each order it brings; "referral": each visit, "share": each share'),
    ("share.weight.reward", 1.0, "how much a reward moves people (assumed)"),
    ("transact.click", 0.009, "who notices it and clicks, or comes by: of web ads .9 %"),
    ("transact.convert", 0.092, "who came and orders: of web ads 9.2 %; in a shop mostly, say 0.6"),
    ("transact.price", 40.0,
     "what an order brings; people order once: for regulars give returns.repeat"),
    ("transact.margin", 0.4, "what of the price is left when the goods are paid"),
)  # fmt: skip


def short(name: str = "mine") -> str:
    """The text of a scenario file of a few lines, each of which moves something.

    Parameters
    ----------
    name
        What the campaign is called; ``NAME.toml`` is what its comments call the file.

    Returns
    -------
    str
        TOML that loads as a scenario.

    Examples
    --------
    >>> "price = 40.0" in short()
    True
    """
    head = [
        "A campaign of your own: change what you like, every line matters.",
        "",
        f"  wom check {name}.toml           is it valid, and what does it need?",
        f"  wom run {name}.toml             what comes of it",
        f"  wom diagnose {name}.toml        what holds it back, and what would help",
        "  wom explain incentives        what these numbers mean, and where they come from",
        "  wom new other.toml --all      a file with all there is to say",
    ]
    question = "Does a reward for telling friends pay for itself?"
    lines = [
        Line("name", name, "what it is called"),
        Line("question", question, "what you want to know"),
        *(Line(*each) for each in _CAMPAIGN),
    ]
    return text(head, lines)
