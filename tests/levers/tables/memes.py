"""Memes and selection (001): what a message carries, and the attention that it competes for."""

from __future__ import annotations

import numpy as np
from wordofmouth import Result

from ..lever import (
    BASE,
    FOUND,
    POST,
    RESHARED,
    SHARES,
    Lever,
    at_hops,
    fewer,
    mean_tick,
    more,
    sharers,
    total,
    who,
)

RIVALS = {
    "publish.rivals": ([], [{"name": "other", "followers": 0.5}]),
    "content": (
        BASE["content"],
        BASE["content"]
        + [{"type": "post", "tick": tick, "brand": "other"} for tick in (0, 1, 6, 7, 12, 13)],
    ),
}
VOICED = {
    "content": [*BASE["content"], {"type": "post", "tick": 1, "brand": "other"}],
    "publish.rivals": [{"name": "other"}],
}
RANKED = {"channels.feed.ranking": "engagement"}


def age_of_shares(result: Result) -> float:
    """How old a post is, on average, when it is passed on."""
    released = np.array([post.tick for post in result.posts])
    return float((result.share_log.tick - released[result.share_log.message]).mean())


def inequality(result: Result) -> float:
    """How far posts differ in how often they are passed on: standard deviation of logarithms."""
    count = np.bincount(result.share_log.message, minlength=len(result.posts))
    return float(np.log1p(count).std())


# fmt: off
LEVERS = [
    Lever("contagiousness", "001", {f"{POST}.contagiousness": (0.0, 1.0)}, rises=SHARES,
          exactly=more(sharers)),
    Lever("spread of contagiousness", "measured retweet trees: posts differ",
          {f"{POST}.contagiousness_spread": (0.0, 1.0)}, rises=inequality,
          beside={"content": ["post"] * 12, "publish.interval": 1}),
    Lever("the first sharer's response", "measured retweet trees: the root brings more than others",
          {"share.weight.first": (0.0, 1.0)}, rises=at_hops(RESHARED, 1, 2),
          exactly=more(sharers)),
    Lever("fidelity", "001: copying fidelity; 000: harder to find as hops grow",
          {f"{POST}.fidelity": (1.0, 0.2)}, falls=total("found"), exactly=fewer(who(FOUND)),
          beside={f"{POST}.fidelity": 1.0, "share.base.stranger": 0.1},
          idle={"transact.recall": 0.1}),
    Lever("people get used to a brand", "000, 001: too many posts; Track Social 2012",
          {"notice.habit": (0.0, 1.0)}, falls=total("noticed"), beside={"attention": 2.0}),
    Lever("attention", "001: memes compete for limited attention",
          {"attention": ("unlimited", 1.0)}, falls=total("noticed"),
          idle={"notice.background": 0.05, f"{POST}.longevity": 10.0}),
    Lever("background", "001; Hodas & Lerman 2012", {"notice.background": (0.0, 0.5)},
          falls=total("noticed"), beside={"attention": 2.0}),
    Lever("longevity", "001: copies that last longer", {f"{POST}.longevity": (1.0, 24.0)},
          rises=total("noticed"), exactly=more(sharers),
          beside={"attention": 1e6, f"{POST}.longevity": 1.0, "people.activity": 0.3}),
    Lever("longevity of a channel", "Graffius", {"channels.feed.longevity": (None, 1.0)},
          falls=total("noticed"), exactly=fewer(sharers),
          beside={"attention": 1e6, "people.activity": 0.3}),
    Lever("rivals", "001: rivals are competing memes", RIVALS,
          falls=total("noticed"), beside={"attention": 1.5, "share.base.stranger": 0.1}),
    Lever("rivals' voice", "001", RIVALS, falls="share_of_voice",
          # Where attention is no limit, they take nothing from the brand.
          exactly=lambda off, on: sharers(off) == sharers(on)),
    Lever("whom rivals ask", "001: rivals are spread by people too",
          {"publish.rivals": ([{"name": "other"}], [{"name": "other", "seeds": 50}])},
          falls="share_of_voice", exactly=lambda off, on: sharers(off) == sharers(on),
          beside=VOICED),
    Lever("a rival that reacts", "assumed; Steenkamp et al. 2005: most do not",
          {"publish.rivals": ([{"name": "other"}],
            [{"name": "other", "reacts_above": 0.5, "reacts_every": 6}])},
          falls="share_of_voice", exactly=lambda off, on: sharers(off) == sharers(on),
          beside=VOICED),
    Lever("feeds ranked by engagement", "as X and TikTok describe theirs",
          {"channels.feed.ranking": ("time", "engagement")}, rises="reach",
          exactly=more(sharers)),
    Lever("how far a ranked feed shows a post", "assumed",
          {"channels.feed.ranking_reach": (0.05, 0.6)}, rises="reach", exactly=more(sharers),
          beside=RANKED | {"channels.feed.ranking_reach": 0.05}),
    Lever("what a ranked feed asks of a post", "assumed",
          {"channels.feed.ranking_half": (0.02, 0.5)}, falls="reach", exactly=fewer(sharers),
          beside=RANKED | {"channels.feed.ranking_half": 0.02}),
    Lever("how long a ranked feed tests a post", "assumed",
          {"channels.feed.ranking_test": (1.0, 12.0)}, rises=mean_tick("impressions"),
          beside=RANKED | {"channels.feed.ranking_test": 1.0, "channels.feed.ranking_reach": 0.6}),
    Lever("topic fit", "003: topics that people care for", {"share.weight.topic": (0.0, 1.0)},
          rises=SHARES, exactly=more(sharers),
          idle={"people.topic": 0.3, "people.topic_spread": 0.1, f"{POST}.topic": 0.3}),
    Lever("topic of no interest", "003", {"share.weight.topic": (0.0, 1.0)}, falls=SHARES,
          exactly=fewer(sharers),
          idle={"people.topic": 0.3, "people.topic_spread": 0.1, f"{POST}.topic": 0.8}),
    Lever("interests all over", "003",
          {"people.topic_spread": (0.5, 0.1), "people.topic": (0.0, 0.3)}, rises=SHARES,
          beside={"share.weight.topic": 2.0, f"{POST}.topic": 0.3}),
    Lever("hubs", "001: hubs and influentials as carriers",
          {"publish.seeding": ("random", "followers")}, rises="reach",
          beside={"publish.seeds": 5, "share.base.stranger": 0.06}),
    Lever("the fringe", "001; Hinz et al. 2011", {"publish.seeding": ("random", "fringe")},
          falls="reach",
          beside={"publish.seeds": 100, "people.fans": 0.0, "share.base.stranger": 0.02}),
    Lever("greedy seeding", "Kempe, Kleinberg & Tardos 2003; Tang et al. 2018",
          {"publish.seeding": ("random", "greedy")}, rises="reach",
          beside={"publish.seeds": 5, "share.base.stranger": 0.06}),
    Lever("a certain chance supposed", "Chen, Wang & Yang 2009: ties among seeds are then in vain",
          {"publish.seed_chance": (None, 1.0)}, falls="reach",
          beside={"publish.seeds": 15, "publish.seeding": "degree_discount",
            "share.base.stranger": 0.02}),
    Lever("being online", "001: nobody sees it all", {"people.activity": (2.0, 0.1)},
          falls=total("noticed"), beside={"people.activity": 2.0}),
    Lever("spread of susceptibility", "assumed: few share most",
          {"people.susceptibility_spread": (0.0, 2.0)}, rises=SHARES),
    Lever("doses", "Leskovec et al. 2007: a second one persuades",
          {"share.weight.doses": (0.0, 2.0)}, rises=SHARES, beside={"share.base.stranger": 0.08}),
    Lever("fatigue", "000, 001: too many posts tire", {"share.weight.fatigue": (0.0, 1.0)},
          falls=SHARES),
    Lever("rhythm of the day", "assumed: nobody looks in before noon",
          {"people.rhythm": ((), [0.0] * 12 + [1.0] * 12)}, rises=age_of_shares,
          beside={"people.activity": 1.0}),
    Lever("delay", "004: a delay before it is passed on",
          {"share.delay.law": ("none", "exponential"), "share.delay.mean": (1.0, 8.0)},
          rises=age_of_shares),
    Lever("delay of most", "measured on retweets: lognormal",
          {"share.delay.law": ("none", "lognormal"), "share.delay.median": (1.3, 6.0),
           "share.delay.sigma": (2.2, 0.5)}, rises=age_of_shares),
    Lever("delay of some", "Zhao et al. 2015: a power law",
          {"share.delay.law": ("none", "power_law"), "share.delay.onset": (1.0 / 12.0, 2.0),
           "share.delay.exponent": (0.242, 0.5), "share.delay.cutoff": (168.0, 40.0)},
          rises=age_of_shares),
    Lever("what buyers alone recommend", "Leskovec et al. 2007",
          {"share.after": ("notice", "purchase")}, falls=SHARES, exactly=fewer(sharers)),
]
