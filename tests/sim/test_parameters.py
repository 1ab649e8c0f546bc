"""The schema: each parameter declared in full, and nonsense refused in sentences, all at once."""

from __future__ import annotations

import json
import math
import pickle
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from pydantic.fields import FieldInfo
from wordofmouth import InputError, LimitError, Scenario, load, names, run
from wordofmouth.sim.parameters import Channel, ContentType, Post

from ..agents.generated import scenarios
from .declared import PARAMETERS

# the schema -------------------------------------------------------------------------------------


FIELDS = {path: each.field for path, each in PARAMETERS.items()}


def test_the_walk_meets_every_corner() -> None:
    expected = {
        "horizon",
        "network.people",
        "share.base.fan",
        "incentives.reward",
        "boost.notice",
        "content",
        "content.tick",
        "content_types.topic",
        "publish.outlets.audience",
        "attention",
        "people.trust.stranger",
        "channels.effort",
    }
    assert expected <= PARAMETERS.keys()
    assert len(PARAMETERS) > 90


@pytest.mark.parametrize("path", PARAMETERS)
def test_a_parameter_has_label_unit_and_source(path: str) -> None:
    field = FIELDS[path]
    extra = field.json_schema_extra
    assert isinstance(extra, dict)
    assert field.title is not None
    assert len(field.title) > 2
    assert extra["source"]
    assert isinstance(extra["unit"], str)
    labels = [each.title for each in FIELDS.values()]
    assert labels.count(field.title) == 1, "two parameters have this label"


def bounds(field: FieldInfo) -> tuple[float, float, bool]:
    low, high, opened = -math.inf, math.inf, False
    for bound in field.metadata:
        low = getattr(bound, "ge", low)
        high = getattr(bound, "le", high)
        if hasattr(bound, "gt"):
            low, opened = bound.gt, True
    return low, high, opened


NUMBERS = [
    path
    for path, field in FIELDS.items()
    if isinstance(field.default, (int, float)) and not isinstance(field.default, bool)
]


@pytest.mark.parametrize("path", NUMBERS)
def test_a_number_has_a_range_that_holds_its_default(path: str) -> None:
    low, high, opened = bounds(FIELDS[path])
    assert math.isfinite(low), "no lower end"
    assert math.isfinite(high), "no upper end"
    default = FIELDS[path].default
    assert low < default <= high if opened else low <= default <= high


IN_LISTS = (
    "content.",
    "publish.outlets.",
    "publish.ads.",
    "publish.rivals.",
    "publish.tools.",
    "timeline.",
)
# What a value needs beside it to be allowed.
BESIDE = {
    # A kind of network for which one person is enough.
    "network.people": {"network.kind": "random", "network.mean_degree": 0.0},
    "incentives.recipient": {"incentives.paid": "referral"},
    **{f"segments.{name}": {"segments": {"some": {}}} for name in ("base", "click", "convert")},
}


def reached(path: str) -> str | None:
    """The path of a parameter in a scenario with a type and a channel; None inside a list."""
    if path.startswith("segments."):
        return path.replace("segments.", "segments.some.")
    if path.startswith("content_types."):
        return path.replace("content_types.", "content_types.post.")
    if path.startswith("channels."):
        return path.replace("channels.", "channels.feed.")
    return None if path.startswith(IN_LISTS) else path


@pytest.mark.parametrize("path", [path for path in NUMBERS if reached(path)])
def test_what_is_out_of_range_is_refused_and_the_ends_are_not(path: str) -> None:
    low, high, opened = bounds(FIELDS[path])
    where = reached(path) or path
    base = Scenario().replace(BESIDE.get(path, {}))
    whole = isinstance(FIELDS[path].default, int)
    step = 1 if whole else max(abs(high), abs(low)) * 1e-6
    for value in (low - step, high + step, *([low] if opened else [])):
        value = int(value) if whole else value
        with pytest.raises(InputError) as error:
            base.replace({where: value})
        assert str(error.value).startswith(f"{where} = {value!r} is not allowed; give ")
        assert f"to {high:g}" in str(error.value)
    for value in (high, *([] if opened else [low])):
        value = int(value) if whole else float(value)
        assert base.replace({where: value}).differs_from(base) in ({where: value}, {})
    with pytest.raises(InputError, match="is not allowed"):
        base.replace({where: math.nan})
    with pytest.raises(InputError, match="is not allowed"):
        base.replace({where: str(high)})


# nonsense ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"horizon": 0}, ["horizon = 0 is not allowed", "from 1 to 1e+06 (ticks)"]),
        ({"horizon": 1.5}, ["horizon = 1.5", "a whole number"]),
        ({"horizon": True}, ["horizon = True", "a whole number"]),
        ({"share": {"base": {"fan": 1.2}}}, ["share.base.fan = 1.2", "from 0 to 1"]),
        ({"share": {"base": {"fna": 0.2}}}, ["share.base.fna", "mean 'share.base.fan'?"]),
        ({"share": 3}, ["share = 3", "a table"]),
        ({"share": {"base": [1]}}, ["share.base = [1]", "a table"]),
        ({"incentivs": {"reward": 1}}, ["incentivs", "did you mean 'incentives'?"]),
        ({"people": {"fans": math.nan}}, ["people.fans = nan", "a finite number"]),
        ({"people": {"fans": math.inf}}, ["people.fans = inf", "a finite number"]),
        ({"fans": 0.2}, ["fans: there is no such parameter", "'people.fans' or 'reference.fans'?"]),
        ({"share": {"base": {"fans": 0.2}}}, ["did you mean 'share.base.fan'?"]),
        ({"people": {"fans": "5%"}}, ["people.fans = '5%' is not allowed; write 0.05."]),
        ({"people": {"fans": "2.5 %"}}, ["write 0.025."]),
        ({"network": {"people": "1,000"}}, ["network.people = '1,000'", "write 1000."]),
        ({"people": {"fans": "0,125"}}, ["write 0.125."]),
        ({"people": {"fans": "2,5 %"}}, ["write 0.025."]),
        ({"people": {"fans": "20,00"}}, ["give a number."]),
        ({"network": {"people": "1_0"}}, ["network.people = '1_0'", "give a whole number."]),
        ({"people": {"fans": "many"}}, ["people.fans = 'many'", "a number"]),
        ({"incentives": {"scale": 0.0}}, ["incentives.scale = 0.0", "from 1e-06 to 1e+09 (money)"]),
        ({"incentives": {"public": 1}}, ["incentives.public = 1", "true or false"]),
        ({"attention": 0}, ["attention = 0", "above 0", "'unlimited'"]),
        ({"attention": math.nan}, ["attention = nan", "'unlimited'"]),
        ({"attention": "lots"}, ["attention = 'lots'", "'unlimited'"]),
        ({"attention": True}, ["attention = True", "'unlimited'"]),
        ({"content": "pst"}, ["content: 'pst' is no content type", "did you mean 'post'?"]),
        ({"content": "video"}, ["content: 'video' is no content type", "there are: post."]),
        ({"content": [{"type": "post", "tik": 3}]}, ["content.0.tik", "'content.0.tick'?"]),
        ({"content": [{"tick": -1}]}, ["content.0.tick = -1", "from 0"]),
        ({"content": [{"channel": "fed"}]}, ["'fed' is no channel", "did you mean 'feed'?"]),
        ({"content": [5]}, ["content.0 = 5", "a table"]),
        ({"content": 5}, ["content = 5", "a list"]),
        ({"channels": {}}, ["channels: is empty", "at least one"]),
        ({"publish": {"outlets": [{"audience": 1.5}]}}, ["publish.outlets.0.audience = 1.5"]),
        ({"publish": {"outlets": {"audience": 0.5}}}, ["publish.outlets = ", "a list"]),
        ({"publish": {"seeding": "hubs"}}, ["publish.seeding = 'hubs'", "'followers'"]),
        ({"network": {"people": 0}}, ["network.people = 0", "from 1"]),
        ({"network": {"people": 5}}, ["network.m = 5 with 5 people"]),
        ({"network": {"peple": 9}}, ["network.peple", "did you mean 'network.people'?"]),
        ({"network": {"kind": "nosuch"}}, ["network.kind = 'nosuch'", "preferential_attachment"]),
        ({"network": {"mm": 3}}, ["network.mm", "clustered_preferential_attachment", '"m"']),
        ({"network": {"m": 0}}, ["network.m = 0", "from 1 to"]),
        ({"network": {"m": [1]}}, ["network.m = [1]", "a whole number"]),
        (
            {"content_types": {"post": {"topic": 2.0}}},
            ["content_types.post.topic = 2.0", "(turns)"],
        ),
        (
            {"share": {"after": "purchase", "rule": "threshold"}},
            ["share.after = 'purchase'", "share.rule = 'threshold'", "rule = 'logit'"],
        ),
        (
            {"incentives": {"recipient": 2.0}},
            ["incentives.recipient = 2", "paid = 'referral' or 'conversion'"],
        ),
    ],
)
def test_nonsense_is_refused_in_one_sentence(data: dict[str, Any], words: list[str]) -> None:
    with pytest.raises(InputError) as error:
        Scenario(**data)
    said = str(error.value)
    assert "\n" not in said
    assert all(word in said for word in words), said


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(InputError) as error:
        Scenario(
            horizon=0,
            share={"base": {"fan": 1.2, "stranger": -1.0}},
            people={"fans": math.nan},
            incentivs={},
            content=[{"type": "post"}, {"tik": 1}],
        )
    said = str(error.value).splitlines()
    paths = {line.split(" ")[0].rstrip(":") for line in said}
    assert paths == {
        "horizon",
        "share.base.fan",
        "share.base.stranger",
        "people.fans",
        "incentivs",
        "content.1.tik",
    }
    assert len(said) == len(paths)


def test_a_mistake_is_an_input_error_and_a_value_error() -> None:
    with pytest.raises(ValueError, match="horizon"):
        Scenario(horizon=-3)
    assert InputError.exit_code == 2
    assert LimitError.exit_code == 3


# changes ----------------------------------------------------------------------------------------


def test_replace_gives_a_validated_copy() -> None:
    one = Scenario()
    other = one.replace({"share.base.fan": 0.5, "incentives.reward": 3})
    assert one.share.base.fan == 0.01
    assert other.share.base.fan == 0.5
    assert other.incentives.reward == 3.0
    assert other.differs_from(one) == {"share.base.fan": 0.5, "incentives.reward": 3.0}
    assert one.differs_from(other) == {"share.base.fan": 0.01, "incentives.reward": 0.0}
    assert one.differs_from(Scenario()) == {}
    assert one.replace({}) == one


def test_what_was_judged_of_a_reward_does_not_outlive_how_it_is_paid() -> None:
    draw = Scenario(incentives={"paid": "draw", "reward": 5.0, "judged_chance": 0.03})
    assert draw.replace({"incentives.reward": 9.0}).incentives.judged_chance == 0.03
    assert draw.replace({"incentives.paid": "draw"}).incentives.judged_chance == 0.03
    assert draw.replace({"incentives.paid": "conversion"}).incentives.judged_chance is None
    again = {"incentives.paid": "referral", "incentives.judged_chance": 0.2}
    assert draw.replace(again).incentives.judged_chance == 0.2


def test_replace_merges_tables_and_replaces_lists() -> None:
    base = Scenario().replace({"publish.outlets": [{"audience": 0.1}, {"audience": 0.2}]})
    assert base.replace({"share.base": {"fan": 0.5}}).share.base.stranger == 0.0017
    assert [o.audience for o in base.replace({"publish.outlets": [{}]}).publish.outlets] == [0.01]
    added = base.replace({"content_types.video": {"value": 0.9}})
    assert set(added.content_types) == {"post", "video"}


def test_a_path_leads_into_lists_and_to_every_entry() -> None:
    scenario = load("open_house").replace({"content": ["post", "backstage"]})
    types = [post.type for post in scenario.replace({"content.*.type": "funny_video"}).content]
    assert types == ["funny_video"] * 2
    types = [post.type for post in scenario.replace({"content.1.type": "post"}).content]
    assert types == ["post", "post"]
    base = scenario.replace({"share.base.*": 0.1}).share.base
    assert (base.stranger, base.fan, base.advocate) == (0.1, 0.1, 0.1)
    given = [{"type": "post"}]
    both = scenario.replace({"content": given, "content.0.tick": 2})
    assert [(post.type, post.tick) for post in both.content] == [("post", 2)]
    assert given == [{"type": "post"}], "what was given stays as it was"
    with pytest.raises(InputError, match=r"content.7.type: there is no entry '7'; the list has 2"):
        scenario.replace({"content.7.type": "post"})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"share.base.fna": 0.1}, "did you mean 'share.base.fan'"),
        ({"share.base.fan.x": 0.1}, "'fan' is a value, not a table"),
        ({"nosuch.thing": 1}, "nosuch: there is no such parameter"),
        ({"share.base.fan": 1.2}, "share.base.fan = 1.2 is not allowed"),
        ({"share": 3}, "share = 3 is not allowed; give a table"),
    ],
)
def test_replace_refuses_what_birth_refuses(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError) as error:
        Scenario().replace(changes)
    assert words in str(error.value)


def test_a_scenario_is_frozen_all_the_way_down() -> None:
    scenario = Scenario()
    with pytest.raises(InputError, match=r"horizon: .* use scenario.replace"):
        scenario.horizon = 3
    with pytest.raises(InputError, match=r"fan: .* in place"):
        scenario.share.base.fan = 0.5
    with pytest.raises(InputError, match=r"tick: .* in place"):
        scenario.content[0].tick = 3
    with pytest.raises(InputError, match=r"price: .* in place"):
        del scenario.transact.price
    for change in (
        lambda: scenario.channels.update(wall=Channel()),
        lambda: scenario.channels.__setitem__("wall", Channel()),
        lambda: scenario.content_types.pop("post"),
        lambda: scenario.segments.setdefault("young"),
        lambda: scenario.segments.clear(),
    ):
        with pytest.raises(InputError, match="in place"):
            change()
    assert pickle.loads(pickle.dumps(scenario)) == scenario == deepcopy(scenario)
    told = scenario.to_dict()
    told["share"]["base"]["fan"] = 0.9
    assert scenario == Scenario()


def test_what_was_given_may_change_afterwards() -> None:
    posts = ["post"]
    scenario = Scenario(content=posts)
    posts.append("post")
    assert len(scenario.content) == 1


@settings(max_examples=50)
@given(scenarios())
def test_a_scenario_comes_back_from_its_tables(scenario: Scenario) -> None:
    assert Scenario(**scenario.to_dict()) == scenario
    told = json.loads(json.dumps(scenario.to_dict(), allow_nan=False))
    assert Scenario(**told) == scenario
    assert Scenario().replace(scenario.differs_from(Scenario())) == scenario


@pytest.mark.parametrize("name", names())
def test_a_shipped_scenario_comes_back_from_its_tables(name: str) -> None:
    assert Scenario(**load(name).to_dict()) == load(name)


# lists and the calendar -------------------------------------------------------------------------


def test_content_is_a_name_or_a_list() -> None:
    types = {"post": ContentType(), "video": ContentType(value=0.9)}
    table = {"type": "video", "tick": 5}
    one = Scenario(content="video", content_types=types)
    both = Scenario(content=["post", table], content_types=types)
    assert one.content == (Post(type="video"),)
    assert both.content == (Post(), Post(type="video", tick=5))
    assert Scenario(content=table, content_types=types).content == (Post(type="video", tick=5),)


def test_the_calendar_fills_in_ticks_and_channels() -> None:
    scenario = Scenario(
        content=["post", {"tick": 1}, {"channel": "b"}, "post"],
        channels={"a": Channel(), "b": Channel(effort=1.0)},
        publish={"interval": 10},
    )
    calendar = [(post.tick, post.channel) for post in scenario.calendar()]
    assert calendar == [(0, "a"), (1, "a"), (20, "b"), (30, "a")]


def test_no_content_is_a_campaign_of_silence() -> None:
    result = run(Scenario(content=[], horizon=3).replace({"network.people": 50}))
    assert result.kpis["impressions"] == 0
    assert result.posts == []


def test_a_scenario_says_what_it_is_in_a_line() -> None:
    scenario = Scenario(name="mine", horizon=1_200).replace({"network.people": 5_000})
    assert repr(scenario) == str(scenario)
    assert repr(scenario) == (
        "<Scenario 'mine': 5,000 people, 1,200 ticks of 1 h, 3 values that are not the default>"
    )
    assert "the network in ties.txt" in repr(scenario.replace({"network.file": "ties.txt"}))
