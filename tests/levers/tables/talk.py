"""Talk that begins with people (001), what it is found by, and gaps in the content (003)."""

from __future__ import annotations

from ..lever import Lever, both, fewer, more, sharers
from .advocacy import FOLLOWED

WEEKS = {"hours_per_tick": 24.0, "people.bond.fan": 0.6, "people.trust.fan": 0.8}
TALK = WEEKS | {"talk.rate": 0.6}
CURIOUS = FOLLOWED | {"advocacy.listen": 0.8, "topic_map.gap": 1}

# fmt: off
LEVERS = [
    Lever("people talk unasked", "001: is something written about my company?",
          {"talk.rate": (0.0, 0.5)}, rises="mentions",
          exactly=both(more(sharers), lambda off, on: off.kpis["mentions"] == 0), beside=WEEKS,
          idle={"talk.found": 0.5, "talk.type": "post"}),
    Lever("what people say is heard", "001", {"talk.rate": (0.0, 0.5)}, rises="impressions",
          beside=WEEKS),
    Lever("who is bound talks", "004", {"people.bond.fan": (0.1, 0.9)}, rises="mentions",
          beside=TALK | {"people.bond.fan": 0.1}),
    Lever("who trusts talks", "004", {"people.trust.fan": (0.1, 0.9)}, rises="mentions",
          beside=TALK | {"people.trust.fan": 0.1}),
    Lever("looking finds it", "001: search for your name; alerts", {"talk.found": (0.0, 0.6)},
          rises="mentions_found",
          exactly=both(more(sharers), fewer(sharers),
            lambda off, on: off.kpis["mentions_found"] == 0,
            lambda off, on: on.kpis["mentions_found"] <= on.kpis["mentions"]),
          beside=TALK),
    Lever("listening finds gaps in the content", "003: content gaps",
          {"advocacy.listen": (0.0, 0.8)}, rises="content_gaps_found",
          exactly=lambda off, on: off.kpis["content_gaps_found"] == 0,
          beside=FOLLOWED | {"advocacy.listen": 0.0, "share.weight.topic": 0.1}),
    Lever("what makes a gap in the content", "003; assumed", {"topic_map.gap": (1, 1_000)},
          falls="content_gaps_found", silent=True, beside=CURIOUS),
    Lever("topics told apart", "003; assumed", {"topic_map.topics": (2, 12)},
          rises="content_gaps_found", silent=True, beside=CURIOUS | {"topic_map.topics": 2}),
]
