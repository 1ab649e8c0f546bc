"""Defaults that do something: what people decide by them, as it is when nobody sets them.

Elsewhere a lever is switched on and off; here the number is the one that everybody gets.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import Network, Scenario
from wordofmouth.sim.campaign import Campaign

from .listener import Listener
from .test_stages import Convert, Share, Unfollow

NETWORK = Network.generate("clustered_preferential_attachment", 400, seed=2, m=4)
LIVELY = Scenario().replace(
    {
        "horizon": 40,
        "people.fans": 0.6,
        "share.base": {"stranger": 0.05, "fan": 0.1, "advocate": 0.2},
        "transact": {"click": 0.5, "convert": 0.5},
        "interact.thank": 0.6,
        "content": ["post"] * 20,
        "publish.interval": 2,
    }
)
# Who decides by it, and what it would be if it did nothing.
DEFAULTS = {
    "interact.unfollow": (Unfollow, 0.0),
    "interact.unfollow_fatigue": (Unfollow, 0.0),
    "share.weight.thanked": (Share, 0.0),
    "transact.once": (Convert, "post"),
}


@pytest.mark.parametrize("path", DEFAULTS)
@pytest.mark.parametrize("seed", [0, 1])
def test_people_decide_by_a_default_as_a_plain_loop_does(path: str, seed: int) -> None:
    """To the last decision, by the formula written once more (`test_stages.py`)."""
    stage: type[Listener] = DEFAULTS[path][0]
    campaign = Campaign(LIVELY, network=NETWORK, seed=seed)
    listener = stage(campaign, None)
    while campaign.running:
        listener.step()
    without = wom.run(LIVELY.replace({path: DEFAULTS[path][1]}), network=NETWORK, seed=seed)
    assert campaign.result().digest != without.digest, "the default does nothing here"


def test_followers_leave_as_often_as_the_default_says_where_nothing_else_counts() -> None:
    """Without fatigue each first notice is one trial: within four standard errors of it."""
    chance, trials, left = Scenario().interact.unfollow, 0, 0
    alone = {"interact.unfollow_fatigue": 0.0, "people.fans": 1.0, "people.advocates": 0.0,
             "share.base": {"stranger": 0.0, "fan": 0.0, "advocate": 0.0}}  # fmt: skip
    for seed in range(20):
        result = wom.run(LIVELY.replace(alone), network=NETWORK, seed=seed)
        trials += int(result.counts[:, 1, ..., 1].sum())
        left += int(result.columns["lost_fans"].sum())
    assert chance > 0.0
    assert trials > 50_000
    assert abs(left / trials - chance) <= 4 * np.sqrt(chance * (1 - chance) / trials)


def test_whoever_was_thanked_passes_more_on_and_nobody_less() -> None:
    """With the same luck, until the first share that it adds: nobody who shared is lost."""
    weight = Scenario().share.weight.thanked
    assert weight > 0.0
    added = 0
    for seed in range(10):
        on, off = (
            wom.run(LIVELY.replace({"share.weight.thanked": w}), network=NETWORK, seed=seed)
            for w in (weight, 0.0)
        )
        rows = [set(zip(r.share_log.message.tolist(), r.share_log.person.tolist(), strict=True))
                for r in (off, on)]  # fmt: skip
        assert rows[0] <= rows[1]
        added += len(rows[1] - rows[0])
    assert added > 0


@pytest.mark.parametrize("seed", range(5))
def test_nobody_buys_twice_of_one_campaign_unless_they_come_back(seed: int) -> None:
    once = wom.run(LIVELY, network=NETWORK, seed=seed)
    assert Scenario().transact.once == LIVELY.transact.once
    buyers = Counter(once.buyer_log.person.tolist())
    assert set(buyers.values()) == {1}
    every = wom.run(LIVELY.replace({"transact.once": "post"}), network=NETWORK, seed=seed)
    assert max(Counter(every.buyer_log.person.tolist()).values()) > 1
    # Those whom only the default kept from buying are no other people.
    assert set(every.buyer_log.person.tolist()) == set(buyers)
