"""Memes and selection (001): what a message carries, and the attention that it competes for."""

from __future__ import annotations

import numpy as np
import pytest
from wordofmouth import Result

from .lever import (
    BASE,
    CLICKED,
    CONVERTED,
    FOUND,
    SHARES,
    Lever,
    at_hops,
    campaign,
    fewer,
    kpi,
    more,
    off_is_not_there,
    on_moves_it,
    rises,
    sharers,
    total,
    who,
)

POST = "content_types.post"
RIVALS = {
    "publish.rivals": [{"name": "other", "followers": 0.5}],
    "content": ["post", "post", "post"]
    + [{"type": "post", "tick": tick, "brand": "other"} for tick in (0, 1, 6, 7, 12, 13)],
}


def age_of_shares(result: Result) -> float:
    """How old a post is, on average, when it is passed on."""
    released = np.array([post.tick for post in result.posts])
    return float((result.share_log.tick - released[result.share_log.message]).mean())


LEVERS = [
    Lever(
        "contagiousness",
        "001",
        off={f"{POST}.contagiousness": 0.0},
        on={f"{POST}.contagiousness": 1.0},
        moves=SHARES,
        exactly=more(sharers),
    ),
    Lever(
        "fidelity",
        "001: copying fidelity; 000: harder to find as hops grow",
        beside={f"{POST}.fidelity": 1.0, "share.base.stranger": 0.1},
        off={f"{POST}.fidelity": 1.0},
        idle={"transact.recall": 0.1},
        on={f"{POST}.fidelity": 0.2},
        moves=total("found"),
        up=False,
        exactly=fewer(who(FOUND)),
    ),
    Lever(
        "attention",
        "001: memes compete for limited attention",
        off={"attention": "unlimited"},
        idle={"notice.background": 0.05, f"{POST}.longevity": 10.0},
        on={"attention": 1.0},
        moves=total("noticed"),
        up=False,
    ),
    Lever(
        "background",
        "001; Hodas & Lerman 2012",
        beside={"attention": 2.0},
        off={"notice.background": 0.0},
        on={"notice.background": 0.5},
        moves=total("noticed"),
        up=False,
    ),
    Lever(
        "longevity",
        "001: copies that last longer",
        beside={"attention": 1e6, f"{POST}.longevity": 1.0, "share.delay": 2.0},
        off={f"{POST}.longevity": 1.0},
        on={f"{POST}.longevity": 24.0},
        moves=total("noticed"),
        exactly=more(sharers),
    ),
    Lever(
        "longevity of a channel",
        "Graffius",
        beside={"attention": 1e6, "share.delay": 2.0},
        off={"channels.feed.longevity": None},
        on={"channels.feed.longevity": 1.0},
        moves=total("noticed"),
        up=False,
        exactly=fewer(sharers),
    ),
    Lever(
        "rivals",
        "001: rivals are competing memes",
        beside={"attention": 1.5, "share.base.stranger": 0.1},
        off={"publish.rivals": []},
        on=RIVALS,
        moves=total("noticed"),
        up=False,
    ),
    Lever(
        "rivals' voice",
        "001",
        off={"publish.rivals": []},
        on=RIVALS,
        moves=kpi("share_of_voice"),
        up=False,
        # Where attention is no limit, they take nothing from the brand.
        exactly=lambda off, on: sharers(off) == sharers(on),
    ),
    Lever(
        "topic fit",
        "003: topics that people care for",
        off={"share.weight.topic": 0.0},
        idle={"people.topic": 0.3, "people.topic_spread": 0.1, f"{POST}.topic": 0.3},
        on={"share.weight.topic": 1.0},
        moves=SHARES,
        exactly=more(sharers),
    ),
    Lever(
        "topic of no interest",
        "003",
        off={"share.weight.topic": 0.0},
        idle={"people.topic": 0.3, "people.topic_spread": 0.1, f"{POST}.topic": 0.8},
        on={"share.weight.topic": 1.0},
        moves=SHARES,
        up=False,
        exactly=fewer(sharers),
    ),
    Lever(
        "interests all over",
        "003",
        beside={"share.weight.topic": 2.0, f"{POST}.topic": 0.3},
        off={"people.topic_spread": 0.5},
        on={"people.topic_spread": 0.1, "people.topic": 0.3},
        moves=SHARES,
    ),
    Lever(
        "hubs",
        "001: hubs and influentials as carriers",
        beside={"publish.seeds": 5, "share.base.stranger": 0.06},
        off={"publish.seeding": "random"},
        on={"publish.seeding": "followers"},
        moves=kpi("reach"),
    ),
    Lever(
        "the fringe",
        "001; Hinz et al. 2011",
        beside={"publish.seeds": 100, "people.fans": 0.0, "share.base.stranger": 0.02},
        off={"publish.seeding": "random"},
        on={"publish.seeding": "fringe"},
        moves=kpi("reach"),
        up=False,
    ),
    Lever(
        "being online",
        "001: nobody sees it all",
        off={"people.activity": 1.0},
        on={"people.activity": 0.5},
        moves=total("noticed"),
        up=False,
    ),
    Lever(
        "spread of susceptibility",
        "assumed: few share most",
        off={"people.susceptibility_spread": 0.0},
        on={"people.susceptibility_spread": 2.0},
        moves=SHARES,
    ),
    Lever(
        "doses",
        "Leskovec et al. 2007: a second one persuades",
        beside={"share.base.stranger": 0.08},
        off={"share.weight.doses": 0.0},
        on={"share.weight.doses": 2.0},
        moves=SHARES,
    ),
    Lever(
        "fatigue",
        "000, 001: too many posts tire",
        off={"share.weight.fatigue": 0.0},
        on={"share.weight.fatigue": 1.0},
        moves=SHARES,
        up=False,
    ),
    Lever(
        "delay",
        "004: a delay before it is passed on",
        off={"share.delay": 0.0},
        on={"share.delay": 8.0},
        moves=age_of_shares,
    ),
    Lever(
        "what buyers alone recommend",
        "Leskovec et al. 2007",
        off={"share.after": "notice"},
        on={"share.after": "purchase"},
        moves=SHARES,
        up=False,
        exactly=fewer(sharers),
    ),
]


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_off_is_not_there(lever: Lever) -> None:
    off_is_not_there(lever)


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_on_moves_it(lever: Lever) -> None:
    on_moves_it(lever)


def test_the_source_is_as_easily_found_at_first_hand_however_badly_it_is_copied() -> None:
    bad = {f"{POST}.fidelity": 0.0, "transact.recall": 0.0}
    result = campaign(BASE | bad, 0)
    assert at_hops(FOUND, 0, 1)(result) == at_hops(CLICKED, 0, 1)(result) > 0
    assert at_hops(FOUND, 1)(result) == at_hops(CONVERTED, 1)(result) == 0


def test_a_meme_wins_attention_from_others_by_contagion_alone() -> None:
    """Selection: of two memes under limited attention, the catchier one has more copies (001)."""
    two = {
        "attention": 1.0,
        "content_types": {"dull": {}, "catchy": {"contagiousness": 1.5}},
        "content": [{"type": "dull", "tick": 0}, {"type": "catchy", "tick": 0}],
        "share.base.stranger": 0.1,
    }
    alone = two | {"content": [{"type": "dull", "tick": 0}]}
    catchy, lost = [], []
    for seed in range(12):
        both = campaign(BASE | two, seed).counts[:, 1, ..., 0].sum(axis=(1, 2))
        catchy.append(both[1] - both[0])
        lost.append(campaign(BASE | alone, seed).counts[0, 1, ..., 0].sum() - both[0])
    rises(catchy)
    rises(lost)
