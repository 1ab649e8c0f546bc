"""What `wom explain` says of every parameter."""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path

import pytest
from wordofmouth.scenarios.choices import MEANINGS
from wordofmouth.scenarios.explain import explain
from wordofmouth.scenarios.loader import load
from wordofmouth.scenarios.reference import parameters
from wordofmouth.scenarios.texts import titled
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.parameters.formats import FORMATS


def test_every_parameter_is_explained_under_its_own_path() -> None:
    everything = explain()
    told = [each for chapter in everything.chapters for each in chapter.parameters]
    assert told == parameters()
    for each in told[::25]:  # all would take a minute
        text = str(explain(each.path))
        assert text.startswith(f"{each.path}: ")
        assert each.label in text
        assert titled(each.source) in text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("publish.ads.0.tick", ["publish.ads[].tick"]),
        ("publish.ads[].tick", ["publish.ads[].tick"]),
        ("channels.facebook.effort", ["channels.NAME.effort"]),
        ("content_types.post.offer", ["content_types.NAME.offer"]),
        ("share.base", [f"share.base.{role}" for role in ("stranger", "fan", "advocate")]),
        ("reward", ["share.weight.reward", "incentives.reward"]),
        (
            " hurdles ",
            [f"hurdles.{name}" for name in ("delay", "silo", "vested", "short_term", "target")],
        ),
    ],
)
def test_what_is_typed_means(typed: str, meant: list[str]) -> None:
    found = explain(typed)
    assert [each.path for chapter in found.chapters for each in chapter.parameters] == meant


def test_a_kind_of_network_has_its_own_examples() -> None:
    social, configuration = explain("network.mean").shipped
    assert "everyday" in social["network.mean"]
    assert configuration == {}


def test_the_texts_are_named_by_their_titles() -> None:
    assert '"Social Media Advocacy Model" (002)' in str(explain("advocacy.nurture"))
    assert explain("advocacy.nurture").to_dict()["parameters"][0]["source"] == "002"


def test_content_types_are_told_by_name() -> None:
    told = str(explain("content_types"))
    assert all(name in told for name in ("funny_video", "useful_advice", "hard_sell"))
    assert "wom explain content_types.NAME" in told


def test_a_table_has_all_that_is_below_it() -> None:
    paths = [each.path for chapter in explain("share").chapters for each in chapter.parameters]
    assert {"share.rule", "share.base.fan", "share.weight.trust"} <= set(paths)


def test_what_it_needs_and_who_sets_it_are_said() -> None:
    found = explain("incentives.audit")
    assert "incentives.fraud = 0; give some" in found.needs["incentives.audit"]
    [row] = found.to_dict()["parameters"]
    assert row["needs"] == list(found.needs["incentives.audit"])
    assert explain("incentives.paid").shipped[0]["incentives.paid"]["prize_draw"] == '"draw"'


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [("share.bas.fan", "share.base.fan"), ("rewards", "reward"), ("zzz", "tables are ")],
)
def test_what_is_not_there_is_said(typed: str, remedy: str) -> None:
    with pytest.raises(InputError, match=remedy):
        explain(typed)


@pytest.mark.parametrize("typed", ["publish.ads", "ads", "publish.outlets", "content", "timeline"])
def test_of_a_list_of_tables_the_keys_of_an_entry_are_listed(typed: str) -> None:
    told = explain(typed)
    text = str(told)
    begins = re.compile(rf"(publish\.)?{re.escape(typed)}\[\]\.")
    keys = [each for each in parameters() if begins.match(each.path)]
    assert keys
    assert all(each.path in text and each.label in text for each in keys)
    assert {each.path for each in keys} <= {each["path"] for each in told.to_dict()["parameters"]}


@pytest.mark.parametrize("path", ["publish.ads", "content", "publish.outlets", "timeline"])
def test_of_a_list_of_tables_an_entry_is_told_that_loads(path: str, tmp_path: Path) -> None:
    told = explain(path)
    who, entry = told.examples[path]
    assert {"path": path, "example": entry}.items() <= told.to_dict()["parameters"][0].items()
    _, _, below = str(told).partition(f"An entry, as {who} has it")
    head, _, written = below.partition(":\n\n")
    assert tomllib.loads(written) == functools.reduce(
        lambda inner, name: {name: inner}, reversed(path.split(".")), [entry]
    )
    (tmp_path / "least.toml").write_text(written, encoding="utf-8")
    # Without a remark it stands in any scenario; with it, in the one that has its names.
    if head:
        assert load(who).replace({path: [entry]})
    else:
        assert load(tmp_path / "least.toml")


def test_each_choice_has_a_meaning_and_is_told() -> None:
    choices = {
        each.path: re.findall(r'"([^"]+)"', each.allowed)
        for each in parameters()
        if each.allowed.startswith('"') and ", " in each.allowed
    }
    assert {path: [*told] for path, told in MEANINGS.items()} == choices
    text = str(explain("incentives.paid"))
    assert all(f'"{one}": {is_}' in text for one, is_ in MEANINGS["incentives.paid"].items())
    [told] = explain("incentives.paid").to_dict()["parameters"]
    assert told["choices"] == MEANINGS["incentives.paid"]


def test_a_format_is_told_with_the_numbers_that_an_ad_has() -> None:
    told = MEANINGS["publish.ads[].format"]
    for name, usual in FORMATS.items():
        assert f"{100.0 * usual.noticed:g} % is noticed" in told[name]
        assert f"at {usual.cost_per_thousand:g} a thousand" in told[name]
    assert "believed as a friend of closeness 0.75" in told["influencer"]


def test_a_meaning_names_parameters_that_there_are() -> None:
    paths = {each.path for each in parameters()}
    named = [
        path
        for told in MEANINGS.values()
        for meaning in told.values()
        for path in re.findall(r"[a-z]+(?:\.[a-z_]+)+", meaning)
    ]
    assert named
    assert set(named) <= paths
