"""What holds exactly and is no lever: campaigns that are one, and what their parts add up to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from wordofmouth import Scenario
from wordofmouth.sim.state import RUNGS

from .fates import fates
from .lever import (
    BASE,
    CLICKED,
    CONVERTED,
    FOUND,
    POST,
    SEEDS,
    Changes,
    at_hops,
    campaign,
    networks,
    rises,
    sharers,
)
from .tables.advocacy import NOBODY_POSTS, PATH
from .tables.complaints import HEARD, WRONG
from .tables.cycle import BUSY, PARTS, ROOMS, TWO
from .tables.interaction import ANSWERED
from .tables.transaction import ADDRESS


def at(tick: int, **changes: Any) -> dict[str, Any]:
    """An entry of a timeline."""
    return {"tick": tick, "set": {name.replace("__", "."): to for name, to in changes.items()}}


EVERYWHERE: Changes = {"channels": {"feed": {}, "b": {}}}
CLICK_MORE, CLICK_AGAIN = at(7, transact__click=0.9), at(10, transact__click=0.2)
# Pairs of campaigns that are the same to the last bit.
THE_SAME: dict[str, tuple[Changes, Changes]] = {
    "an even split of effort changes nothing": (
        BUSY,
        BUSY | {f"effort.{part}": 0.7 for part in PARTS},
    ),
    "the scale of effort plays no part": (
        BUSY | {"effort.influencing": 2.0, "effort.networking": 4.0},
        BUSY | {f"effort.{part}": 2.0 for part in PARTS}
        | {"effort.influencing": 4.0, "effort.networking": 8.0},
    ),
    "where everybody is everywhere, so is interaction": (
        ANSWERED | EVERYWHERE,
        ANSWERED | EVERYWHERE | {"interact.channel": "b"},
    ),
    "a change to what is already there is none": (
        {},
        {"timeline": [at(7, transact__click=0.2)]},
    ),
    "nor are two": ({}, {"timeline": [at(7, interact__like=0.1, share__base__fan=0.06)]}),
    "a change after the end is none": ({}, {"timeline": [at(30, transact__click=0.9)]}),
    "the order in which changes are listed plays no part": (
        {"timeline": [CLICK_MORE, CLICK_AGAIN]},
        {"timeline": [CLICK_AGAIN, CLICK_MORE]},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", THE_SAME)
def test_two_campaigns_are_one(name: str) -> None:
    one, other = (campaign(BASE | changes, 0) for changes in THE_SAME[name])
    assert one.digest == other.digest


def test_a_change_and_back_again_lasts_that_long() -> None:
    there = campaign(BASE | {"timeline": [CLICK_MORE]}, 0)
    and_back = campaign(BASE | {"timeline": [CLICK_MORE, CLICK_AGAIN]}, 0)
    assert and_back.digest != there.digest
    clicks, before = and_back.columns["clicks"], campaign(BASE, 0).columns["clicks"]
    assert clicks[7:10].sum() > before[7:10].sum()


# memes and transaction --------------------------------------------------------------------------


def test_the_source_is_as_easily_found_at_first_hand_however_badly_it_is_copied() -> None:
    result = campaign(BASE | {f"{POST}.fidelity": 0.0, "transact.recall": 0.0}, 0)
    assert at_hops(FOUND, 0, 1)(result) == at_hops(CLICKED, 0, 1)(result) > 0
    assert at_hops(FOUND, 1)(result) == at_hops(CONVERTED, 1)(result) == 0


def test_a_meme_wins_attention_from_others_by_contagion_alone() -> None:
    """Selection: of two memes under limited attention, the catchier one has more copies (001)."""
    two = BASE | {
        "attention": 1.0,
        "content_types": {"dull": {}, "catchy": {"contagiousness": 1.5}},
        "content": [{"type": "dull", "tick": 0}, {"type": "catchy", "tick": 0}],
        "share.base.stranger": 0.1,
    }
    alone = two | {"content": [{"type": "dull", "tick": 0}]}
    catchy, lost = [], []
    for seed in SEEDS:
        noticed = campaign(two, seed).counts[:, 1, ..., 0].sum(axis=(1, 2))
        catchy.append(noticed[1] - noticed[0])
        lost.append(campaign(alone, seed).counts[0, 1, ..., 0].sum() - noticed[0])
    rises(catchy)
    rises(lost)


def test_it_gets_harder_to_find_with_every_hop() -> None:
    """000: found at hop h of those who clicked there is link * fidelity ** h, within 4 errors."""
    changes = {
        "share.base": {"stranger": 0.3, "fan": 0.3, "advocate": 0.3},
        f"{POST}.fidelity": 0.7,
        "transact.recall": 0.0,
        "transact.click": 0.5,
    }
    counts = sum(campaign(BASE | changes, seed).counts[..., 0].sum(axis=(0, 2)) for seed in SEEDS)
    for hop in range(5):
        chance, trials = 0.7**hop, counts[CLICKED, hop]
        assert trials > 100
        error = np.sqrt(chance * (1 - chance) / trials)
        assert abs(counts[FOUND, hop] / trials - chance) <= 4 * error


def test_nobody_buys_an_exclusive_offer_by_leaving_an_address() -> None:
    result = campaign(BASE | ADDRESS | {f"{POST}.exclusive": True}, 0)
    assert (result.role_at_birth[result.buyer_log.person] != 0).all()


def test_somebody_comes_back_when_the_interval_says() -> None:
    """Whole hours beyond the next tick, of an exponential: 1 + 1 / (e ** (1 / interval) - 1)."""
    patient = {"horizon": 200, "content": ["post"], "returns.repeat": 1.0, "returns.interval": 8.0}
    waits = []
    for seed in SEEDS:
        result = campaign(BASE | patient, seed)
        # Everybody comes back again and again: a purchase every 8.5 ticks.
        purchases = result.columns["repeats"].sum()
        waits.append((200 - result.buyer_log.tick).sum() / purchases)
    error = np.std(waits, ddof=1) / np.sqrt(len(waits))
    assert abs(np.mean(waits) - 1 - 1 / np.expm1(1 / 8)) <= 4 * error


# interaction ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_disclosure_has_an_optimum(seed: int) -> None:
    """003: an inverted U. Most at the optimum, at twice as much nothing, and it is symmetric."""
    open_brand = BASE | {"relation.disclosure": 0.3, "relation.disclosure_optimum": 0.5}
    none, little, best, much, all_of_it = (
        campaign(open_brand | {f"{POST}.disclosure": disclosure}, seed).bond
        for disclosure in (0.0, 0.25, 0.5, 0.75, 1.0)
    )
    assert (little == much).all()
    assert (none == all_of_it).all()
    assert (best >= little).all()
    assert (little >= none).all()
    assert best.sum() > little.sum() > none.sum()


@pytest.mark.parametrize("hours", [1.0, 6.0])
@pytest.mark.parametrize("half_life", [5.0, 30.0, 300.0])
def test_half_of_it_is_gone_after_a_half_life(half_life: float, hours: float) -> None:
    """Nobody is contacted, so that all of the time is silence: exact for everybody."""
    changes = {"relation.trust_half_life": half_life, "relation.bond_half_life": half_life}
    quiet = campaign(BASE | {"hours_per_tick": hours}, 0)
    result = campaign(BASE | changes | {"hours_per_tick": hours}, 0)
    left = 0.5 ** (30 * hours / half_life)
    assert np.allclose(result.bond, quiet.bond * left, rtol=2e-6, atol=1e-9)
    assert np.allclose(result.trust, 0.4 + (quiet.trust - 0.4) * left, rtol=2e-6)


def test_trust_below_that_of_strangers_recovers_in_silence() -> None:
    changes = {"relation.trust_half_life": 10.0, "people.trust.fan": 0.1}
    result = campaign(BASE | changes, 0)
    assert (result.trust[result.role_at_birth == 1] > 0.3).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_brand_answers_nobody_twice_for_one_comment(seed: int) -> None:
    result = campaign(BASE | ANSWERED | {"interact.reply": 1.0}, seed)
    asked, answered = result.columns["comments"], result.columns["replies"]
    assert (answered[1:] == asked[:-1]).all()
    assert result.relation["answers"].sum() == answered.sum()


@pytest.mark.parametrize("capacity", [0, 1, 3, 10])
@pytest.mark.parametrize("seed", SEEDS)
def test_capacity_is_used_up_and_never_exceeded_and_who_is_left_over_waits(
    seed: int, capacity: int
) -> None:
    unlimited = BASE | {"interact.reply": 1.0, "interact.thank": 1.0, "interact.comment": 0.3}
    asked, served = (
        result.columns["replies"] + result.columns["thanks"]
        for limit in (10_000, capacity)
        for result in [campaign(unlimited | {"interact.capacity": limit}, seed)]
    )
    left = 0
    for came, done in zip(asked.tolist(), served.tolist(), strict=True):
        assert done == min(left + came, capacity)
        left += came - done


# complaints -------------------------------------------------------------------------------------


def test_the_claim_of_004_is_a_preset_and_not_the_default() -> None:
    default = Scenario().negative
    assert (default.speed, default.reach) == (1.5, 1.5)
    claimed = Scenario().replace({"negative": "negative_004"})
    assert claimed == Scenario().replace({"negative.speed": 5.0, "negative.reach": 5.0})
    assert Scenario().replace({"negative": "measured"}) == Scenario()


@pytest.mark.parametrize("detection", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("seed", SEEDS)
def test_what_goes_wrong_is_mended_or_told_or_still_waits(seed: int, detection: float) -> None:
    found = fates(BASE | HEARD | {"complaints.detection": detection}, seed)
    result = found.result
    wrong, heard, mended, told = (
        np.cumsum(result.columns[name]) for name in ("wrong", "heard", "mended", "complaints")
    )
    assert (heard <= wrong).all()
    assert (mended <= heard).all()
    assert mended.tolist() == np.cumsum(found.mended).tolist()
    assert told.tolist() == np.cumsum(found.told).tolist()
    # Who told everybody about a topic before, or passed another's complaint on, is not heard again.
    assert wrong[-1] == mended[-1] + told[-1] + found.silent.sum() + found.waiting > 0
    assert result.gaps.sum() == heard[-1]
    assert wrong[-1] <= result.kpis["conversions"]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_bought_on_coming_back_goes_wrong_too(seed: int) -> None:
    back = {"returns.lead": 0.9, "returns.visit": 0.9, "returns.repeat": 0.9}
    always = BASE | WRONG | {"transact.convert": 0.3, "complaints.rate": 1.0} | back
    result = campaign(always, seed)
    wrongs, buyers = result.relation["wrongs"], result.buyer_log.person
    assert (wrongs[buyers] > 0).all()
    # One thing at a time: as long as nothing is mended or told, nothing else goes wrong.
    assert set(np.flatnonzero(wrongs)) == set(buyers)
    assert wrongs.max() > 1
    patient = campaign(always | {"complaints.patience": 1_000}, seed)
    assert patient.relation["wrongs"].max() == 1


# advocacy ---------------------------------------------------------------------------------------


def test_nurturing_gains_less_and_less() -> None:
    """bond += nurture (1 - bond): the round from a higher bond gains less, by what is missing."""
    one, two = (
        campaign(BASE | NOBODY_POSTS | {"advocacy.bond": 1.0, "horizon": horizon}, 0)
        for horizon in (9, 13)
    )
    nurtured = one.relation["rung"] == RUNGS.index("nurtured")
    assert nurtured.any()
    assert np.allclose(one.bond[nurtured], 0.3 + 0.3 * 0.7, rtol=1e-6)
    assert np.allclose(two.bond[nurtured], 0.51 + 0.3 * 0.49, rtol=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rung_is_a_state_with_a_history(seed: int) -> None:
    """Everybody's climbs begin where the one before ended, and the last is where they stand."""
    leaving = {"interact.follow": 0.1, "interact.unfollow": 0.02, "people.advocates": 0.1}
    result = campaign(BASE | PATH | leaving, seed)
    log = result.climb_log
    order = np.lexsort((np.arange(log.tick.size), log.tick))
    born = result.role_at_birth
    rung = np.where(born == 2, RUNGS.index("advocate"), RUNGS.index("none"))
    # Within a tick the log is in the order of persons and not of what happened.
    for tick in np.unique(log.tick):
        rows = order[log.tick[order] == tick]
        for person in np.unique(log.person[rows]):
            own = rows[log.person[rows] == person]
            steps = dict(zip(log.sender[own].tolist(), log.hop[own].tolist(), strict=True))
            assert len(steps) == own.size
            while rung[person] in steps:
                rung[person] = steps.pop(int(rung[person]))
            assert not steps
    assert (rung == result.relation["rung"]).all()
    assert ((rung == RUNGS.index("advocate")) == (result.role == 2)).all()
    assert (rung[result.role == 0] == RUNGS.index("none")).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_skips_a_rung(seed: int) -> None:
    result = campaign(BASE | PATH, seed)
    names = [(RUNGS[a], RUNGS[b]) for a, b in zip(*result.climb_log[2:4], strict=True)]
    counted = {name: names.count(name) for name in set(names)}
    ladder = result.ladder.iloc[-1]
    assert counted == {
        ("none", "identified"): ladder["identified"],
        ("identified", "activated"): ladder["activated"],
        ("activated", "nurtured"): ladder["nurtured"],
        ("nurtured", "advocate"): ladder["advocates"],
    }


# channels and community -------------------------------------------------------------------------


def test_where_everybody_is_on_all_channels_they_are_one() -> None:
    """Overlap, bouncing and cross-posting play no part; whose channel a post is on neither."""
    layers = BASE | EVERYWHERE | {"people.overlap": 0.5, "share.bounce": 0.5}
    one, other = (
        campaign(layers | {"content": [{"type": "post", "channel": c}] * 3}, 0)
        for c in ("feed", "b")
    )
    alone = campaign(BASE, 0)
    assert sharers(one) == sharers(other) == sharers(alone)
    assert all((one.columns[name] == alone.columns[name]).all() for name in one.columns)


def test_an_outlet_reaches_those_who_are_on_no_channel() -> None:
    """Its audience is its own; what people pass on reaches members alone."""
    few = BASE | {"channels": {"feed": {"membership": 0.4}}}
    outlet = {"name": "paper", "audience": 1.0, "shown": 1.0}
    everybody = networks("people").n
    assert campaign(few | {"publish.outlets": [outlet]}, 0).funnel[0].people == everybody
    assert 0 < campaign(few, 0).funnel[0].people < everybody / 2


@pytest.mark.parametrize("overlap", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("seed", SEEDS)
def test_shares_of_channels_hold_whatever_their_overlap(seed: int, overlap: float) -> None:
    """Traffic of a channel comes from its members alone, and all traffic has its channel."""
    both = TWO | {"share.bounce": 0.5, "publish.cross_posting": True}
    result = campaign(BASE | both | {"people.overlap": overlap}, seed)
    clicks, finds, buys = result.traffic.sum(axis=0)
    assert clicks == result.columns["clicks"].sum() > 0
    assert finds == result.columns["found"].sum()
    assert buys == result.columns["conversions"].sum()


@pytest.mark.parametrize("seed", SEEDS)
def test_each_element_of_community_lies_within_its_bounds(seed: int) -> None:
    result = campaign(BASE | ROOMS | {"interact.follow": 0.3}, seed)
    followers = result.role != 0
    assert np.isnan(result.community[~followers]).all()
    assert ((result.community[followers] >= 0) & (result.community[followers] <= 1)).all()
