"""Those whom the brand asks to pass on its posts: who complies, and how many it can ask."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import Network, Result, Scenario

NETWORK = Network.generate("clustered_preferential_attachment", 2000, seed=1, m=4)
# Nobody shares but who is asked: all shares at hop 0 are theirs.
QUIET = Scenario().replace(
    {
        "horizon": 4,
        "content": ["post", "post", "post"],
        "publish.interval": 1,
        "publish.seeds": 400,
        **{f"share.base.{role}": 0.0 for role in ("stranger", "fan", "advocate")},
    }
)


def asked(changes: dict[str, Any], seed: int = 0, **more: Any) -> Result:
    return wom.run(QUIET.replace(changes), network=NETWORK, seed=seed, **more)


def by_agents(changes: dict[str, Any], **more: Any) -> Result:
    model = wom.CampaignModel(QUIET.replace(changes), network=NETWORK, rng=0, by="agents", **more)
    while model.running:
        model.step()
    return model.result


def complied(result: Result) -> list[list[int]]:
    log = result.share_log
    return [sorted(log.person[log.message == m].tolist()) for m in range(3)]


@pytest.mark.parametrize("accept", [0.0, 0.1, 0.3, 0.9, 1.0])
def test_so_many_comply_by_post_and_person(accept: float) -> None:
    """Of 20 x 3 x 400 requests a share `accept`, within four standard errors; exact at the ends."""
    times = sum(
        asked({"publish.seed_accept": accept}, seed).share_log.person.size for seed in range(20)
    )
    trials = 20 * 3 * 400
    error = np.sqrt(accept * (1 - accept) * trials)
    assert abs(times - accept * trials) <= 4.0 * error


def test_each_post_is_a_decision_of_its_own() -> None:
    one, two, _ = complied(asked({"publish.seed_accept": 0.5}))
    assert 60 < len(set(one) & set(two)) < 140  # 100 if independent, standard error 8.7


def test_a_higher_chance_loses_nobody() -> None:
    chances = [0.05, 0.2, 0.5, 0.8, 1.0]
    runs = [complied(asked({"publish.seed_accept": accept})) for accept in chances]
    for fewer, more in pairwise(runs):
        assert all(set(a) < set(b) for a, b in zip(fewer, more, strict=True))


@pytest.mark.parametrize(
    "changes",
    [
        {"publish.seed_accept_reward": 2.0, "incentives.reward": 10.0},
        {"publish.seed_accept_reward": 2.0, "incentives.access": 1.0},
        {"publish.seed_accept_bond": 3.0, "people.fans": 0.6, "people.bond.fan": 0.7},
    ],
)
def test_what_speaks_for_it_adds_to_the_log_odds(changes: dict[str, Any]) -> None:
    """Within four standard errors of logistic(logit(.2) + weight * what it weighs)."""
    some = {"publish.seed_accept": 0.2, **changes}
    if "incentives.reward" in changes:
        weight = 2.0 * np.log1p(10.0 / 10.0)
    else:
        weight = 2.0 if "incentives.access" in changes else 3.0 * 0.7
    chance = 1.0 / (1.0 + 4.0 * np.exp(-weight))
    times, trials = 0, 0
    for seed in range(10):
        result = asked({**some, "people.advocates": 0.0}, seed)
        world = wom.CampaignModel(result.scenario, network=NETWORK, rng=seed).world
        bound = world.seeds[world.role[world.seeds] > 0]
        rows = bound if "publish.seed_accept_bond" in changes else world.seeds
        trials += 3 * rows.size
        times += int(np.isin(result.share_log.person, rows).sum())
    assert trials > 5_000
    assert abs(times - chance * trials) <= 4.0 * np.sqrt(chance * (1.0 - chance) * trials)


def test_no_more_are_asked_in_a_week_than_the_outreach_allows() -> None:
    """Two ticks a week: of 5 requests the first post has 4, the second 1, and the third 4 again."""
    few = {"hours_per_tick": 84.0, "publish.seeds": 4, "publish.outreach": 5}
    result = asked(few)
    assert [len(people) for people in complied(result)] == [4, 1, 4]
    assert [len(people) for people in complied(asked(few | {"publish.outreach": 0}))] == [0, 0, 0]
    assert [len(people) for people in complied(asked(few | {"hours_per_tick": 1.0}))] == [4, 1, 0]
    assert by_agents(few).digest == result.digest


def test_those_whom_most_people_hear_are_asked_first() -> None:
    hubs = {"publish.seeds": 50, "publish.seeding": "followers", "publish.outreach": 10}
    [first, *_] = complied(asked(hubs))
    assert NETWORK.followers[first].min() >= np.sort(NETWORK.followers)[-10]
    assert by_agents(hubs).digest == asked(hubs).digest


def test_those_who_are_named_are_asked_in_their_order() -> None:
    named = {"publish.asked": [70, 5, 900, 5, 33], "publish.outreach": 3, "publish.seeds": 0}
    assert complied(asked(named)) == [[5, 70, 900], [], []]
    assert complied(asked({"publish.outreach": 2}, seeds=[70, 5, 900])) == [[5, 70], [], []]
    assert by_agents(named).digest == asked(named).digest


def test_any_number_of_threads_asks_the_same_people() -> None:
    some = {"publish.seed_accept": 0.4, "publish.outreach": 700, "publish.seed_cost": 1.0}
    digests = {asked(some, threads=threads).digest for threads in (1, 2, 4)}
    assert len(digests) == 1


def test_the_bond_that_counts_is_what_silence_left() -> None:
    fading = {
        "publish.seed_accept": 0.2,
        "publish.seed_accept_bond": 4.0,
        "relation.bond_half_life": 1.0,
        "people.fans": 0.5,
        "attention": 0.001,
    }
    result = asked(fading)
    first, _, third = (len(people) for people in complied(result))
    assert third < first
    assert by_agents(fading).digest == result.digest


class Choosy(wom.Brand):
    """Asks one person, whoever the scenario names."""

    def asks(self) -> list[Any]:
        return self.model.people([7])


def test_a_brand_of_ones_own_asks_whom_it_likes_and_pays_for_them() -> None:
    priced = {"publish.seed_cost": 2.0, "publish.seed_cost_follower": 0.5, "publish.outreach": 2}
    result = by_agents(priced, brand=Choosy)
    assert complied(result) == [[7], [7], []]
    assert result.ledger["seeding"] == pytest.approx(2 * (2.0 + 0.5 * NETWORK.followers[7]))
