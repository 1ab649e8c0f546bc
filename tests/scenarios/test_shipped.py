"""What holds for every shipped scenario: it is valid, affordable, changeable, and it runs."""

from __future__ import annotations

import tomllib

import pytest
from wordofmouth.scenarios.loader import CONTENT_TYPES, HERE, load, names, question
from wordofmouth.sim.budget import need
from wordofmouth.sim.campaign import run
from wordofmouth.sim.network import Network
from wordofmouth.sim.parameters import Scenario
from wordofmouth.sim.parameters.paths import flat

TYPES = tomllib.loads(CONTENT_TYPES.read_text(encoding="utf-8"))
each = pytest.mark.parametrize("name", names())


@pytest.fixture(scope="module")
def small() -> Network:
    return Network.generate("preferential_attachment", 300, m=5, seed=1)


@each
def test_it_says_what_it_asks_and_where_it_comes_from(name: str) -> None:
    scenario = load(name)
    assert scenario.name == name
    assert scenario.question == question(name)
    assert scenario.question.endswith("?")
    assert scenario.sources
    assert (HERE / f"{name}.toml").read_text(encoding="utf-8").startswith("# ")


@each
def test_it_asks_for_a_few_seconds_and_little_memory(name: str) -> None:
    needed = need(load(name))
    assert needed.seconds < 10
    assert needed.least < 2**29
    # If everybody passed on everything, and nobody looked in before all of it had arrived.
    assert needed.bytes - needed.waiting < 2**30


@each
def test_it_survives_its_own_tables(name: str) -> None:
    scenario = load(name)
    assert Scenario(**scenario.to_dict()) == scenario
    assert scenario.replace({}) == scenario


@each
def test_every_value_can_be_replaced_by_itself(name: str) -> None:
    scenario = load(name)
    for path, value in flat(scenario.to_dict()).items():
        assert scenario.replace({path: value}) == scenario, path


@each
@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("horizon", 9),
        ("hours_per_tick", 2.0),
        ("network.people", 500),
        ("share.base.fan", 0.02),
        ("share.base.stranger", 0.02),
        ("share.base.advocate", 0.02),
        ("incentives.reward", 2.0),
        ("attention", 3.0),
        *((f"boost.{stage}", 0.5) for stage in ("publish", "notice", "share", "reshare")),
        *((f"boost.{stage}", 0.5) for stage in ("click", "find", "convert", "follow", "thank")),
    ],
)
def test_what_a_sweep_may_change_can_be_changed(name: str, path: str, value: float) -> None:
    assert load(name).replace({path: value}).differs_from(load(name)) == {path: value}


def test_content_types_are_valid_and_named_in_the_order_of_the_sources() -> None:
    assert list(TYPES) == [
        "post",
        "funny_video",
        "useful_advice",
        "backstage",
        "exclusive_offer",
        "prize_draw",
        "product_news",
        "hard_sell",
        "customer_spotlight",
        "complaint",
    ]
    types = load("cascade").content_types
    most = max(types, key=lambda name: types[name].contagiousness)
    hardest = max(types, key=lambda name: types[name].commerciality)
    assert (most, hardest) == ("funny_video", "hard_sell")
    assert Scenario().content_types["post"] == types["post"]


@each
@pytest.mark.parametrize("content", TYPES)
def test_it_runs_with_every_content_type(name: str, content: str, small: Network) -> None:
    result = run(load(name).replace({"content": content, "horizon": 5}), network=small, seed=1)
    assert [post.type for post in result.scenario.calendar()] == [content]
    assert result.ticks == 5
