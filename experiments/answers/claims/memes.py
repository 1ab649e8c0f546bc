"""What "What are the goals of social media marketing ...?" (001) claims."""

from __future__ import annotations

from typing import Final

from .claim import Statement, Text
from .sharing import SMALL, posts

BUTTON: Final = 'publish.tools=[{name="sharing button",ease=0.3,cost=500}]'
APP: Final = 'publish.tools=[{name="app",value=0.8,reach=0.2,cost=5000,upkeep=100}]'

TEXT: Final = Text(
    "001",
    "What are the goals of social media marketing or viral dissemination of messages?",
    (
        Statement(
            "Some messages are copied more than others: a more contagious one is passed on more.",
            "open_house", ("content_types.invitation.contagiousness=0.26",), "shares", 1,
            (SMALL,), size=1.14,
            note="One standard deviation of practical value, in log-odds (Berger & Milkman 2012).",
        ),
        Statement(
            "Nobody can take in everything: the more others post, the fewer notice.",
            "open_house", ("notice.background=0.1666",), "reach", -1, (SMALL,), size=0.47,
            note="Visibility falls as one over the number followed (Hodas & Lerman 2012).",
        ),
        Statement(
            "Hubs carry a message further than other people do.",
            "open_house", ("publish.seeding=followers",), "reach", 1,
            (SMALL, "publish.seeds=20"), size=1.68,
            published=(1.0, 8.0, "Hinz et al. 2011 have up to 8 times the fringe, not chance"),
        ),
        Statement(
            "A brand should watch before it speaks: it then posts about what people care for.",
            "advocacy_programme", ("advocacy.sample=200",), "shares", 1,
            (SMALL, "advocacy.sample=0"), size=1.53,
        ),
        Statement(
            "A monologue of advertising does harm: dialogue keeps trust.",
            "advocacy_programme", ("advocacy.dialogue=0.8",), "mean_trust", 1,
            (SMALL, "advocacy.dialogue=0"), size=1.022,
            note="By `relation.monologue`, 0 unless a scenario sets it; .01 here, assumed.",
        ),
        Statement(
            "Offers for the community alone make it grow.",
            "marketing_cycle", ("content_types.exclusive_offer.exclusive=true",), "new_fans", 1,
            (SMALL, "content_types.exclusive_offer.exclusive=false"), size=1.3,
            note="By `interact.follow_exclusive`, 0 unless a scenario sets it; 1 here, assumed.",
        ),
        Statement(
            "Posts that are worth something make the community grow.",
            "marketing_cycle", ("content_types.useful_advice.value=0.8",), "fans", 1,
            (SMALL, "content_types.useful_advice.value=0"), size=1.0098,
            note="By `interact.follow_value`, 1 by default, assumed.",
        ),
        Statement(
            "Posts that are worth something keep people: with what was given before, a sale "
            "costs less trust.",
            "hard_sell", ("content_types.useful_advice.value=0.8",), "mean_trust", 1,
            (SMALL, posts("useful_advice hard_sell", 3), "content_types.useful_advice.value=0"),
            size=1.0046,
            note="By `relation.pressure`, 0 unless a scenario sets it; .06 here, assumed.",
        ),
        Statement(
            "A bond with the brand brings visitors back.",
            "marketing_cycle", ("returns.bond=2",), "returning_visitors", 1, (SMALL,), size=1.43,
            note="By `returns.bond`, 0 by default; 2 is assumed.",
        ),
        Statement(
            "Sharing buttons: what is easy to pass on is passed on more.",
            "everyday", (BUTTON,), "shares", 1, ("network.people=1000",), size=1.25,
            note="By `publish.tools`: a tool with an `ease` of .3, assumed, and a price.",
        ),
        Statement(
            "A useful app, for free, lets the community grow.",
            "marketing_cycle", (APP,), "new_fans", 1, (SMALL,), size=1.21,
            note="By `publish.tools`: one in five has it, assumed, and its value weighs as that of "
            "a post.",
        ),
        Statement(
            "A useful app, for free, guarantees that the community stays.",
            "marketing_cycle", (APP,), "churn", -1, (SMALL,), size=0.96,
            note="As above.",
        ),
        Statement(
            "What is written about the brand elsewhere is found by looking for it.",
            "advocacy_programme", ("talk.found=0.5",), "mentions_found", 1,
            (SMALL, "talk.rate=0.1", "talk.found=0"),
            note="By `talk.rate`, 0 by default; that one in ten of the most devoted says something "
            "in a week, and that half of it is found, is assumed.",
        ),
    ),
)  # fmt: skip
