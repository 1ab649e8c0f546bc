"""What the page is sent is the campaign: frames add up to the result of `wom.run`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from wordofmouth.experiments.live.asked import Shelf
from wordofmouth.experiments.results.headline import headline
from wordofmouth.experiments.vocabulary.glossary import STAGES
from wordofmouth.scenarios.loader import load
from wordofmouth.sim import state as s
from wordofmouth.sim.campaign import choose_network, run
from wordofmouth.sim.result import Result

from .client import SHORT, SMALL, Stream, client, read

CHANGE = {"share.base.stranger": 0.1, "posts": 1, "content.*.type": "funny_video"}


def streamed(**asked: object) -> Stream:
    with client() as page:
        answer = page.post("/api/run", json=SMALL | asked)
    assert answer.status_code == 200
    stream = read(answer.content)
    assert stream.error is None
    return stream


def plain(**changes: object) -> Result:
    return run(SHORT.replace({"network.people": 600} | changes), seed=7)


@pytest.fixture(scope="module")
def stream() -> Stream:
    return streamed()


@pytest.fixture(scope="module")
def result() -> Result:
    return plain()


def test_it_is_the_same_campaign(stream: Stream, result: Result) -> None:
    assert stream.end["digest"] == result.digest
    assert stream.end["sentence"] == stream.ticks[-1].sentence == headline(result)
    assert [each.number for each in stream.ticks] == list(range(result.ticks))


def test_series_are_those_of_the_result(stream: Stream, result: Result) -> None:
    table = np.array([each.series for each in stream.ticks]).T
    for name, column in zip(stream.head["series"], table, strict=True):
        np.testing.assert_array_equal(column, result.columns[name], name)


def test_shares_and_conversions_are_the_logs(stream: Stream, result: Result) -> None:
    for kind, log in (("shares", result.share_log), ("buys", result.buyer_log)):
        rows = [
            (*row, tick.number) for tick in stream.ticks for row in getattr(tick, kind).T.tolist()
        ]
        columns = (log.message, log.person, log.sender, log.hop, log.tick)
        expected = np.array(columns).T.tolist()
        assert sorted(rows) == sorted(map(tuple, expected)), kind
        assert rows, kind


def test_noticed_are_those_who_did(stream: Stream, result: Result) -> None:
    took = set(np.flatnonzero(result.steps & (1 << s.NOTICED)).tolist())
    assert stream.took("noticed") == took
    seen: set[int] = set()
    for tick, reach in zip(stream.ticks, result.columns["reach"].tolist(), strict=True):
        new = set(tick.noticed[0].tolist()) - seen
        assert len(new) == reach
        seen |= new


def test_whoever_it_came_from_had_shared_it_before(stream: Stream) -> None:
    shared: set[tuple[int, int]] = set()
    from_people = 0
    for tick in stream.ticks:
        for _, sender, message in tick.noticed.T.tolist():
            assert sender < 0 or (sender, message) in shared
            from_people += sender >= 0
        shared |= {(person, message) for message, person, _, _ in tick.shares.T.tolist()}
    assert from_people > 30


def test_funnel_and_indicators_are_those_of_the_result(stream: Stream, result: Result) -> None:
    last = stream.ticks[-1]
    funnel = last.funnel.reshape(-1, 3)
    assert [each["stage"] for each in stream.head["funnel"]] == [f.stage for f in result.funnel]
    assert [each["label"] for each in stream.head["funnel"]] == list(STAGES.values())
    np.testing.assert_array_equal(funnel[:, 0], [each.people for each in result.funnel])
    np.testing.assert_array_equal(funnel[:, 1], [each.events for each in result.funnel])
    names = [each["name"] for each in stream.head["indicators"]]
    told = dict(zip(names, last.indicators.tolist(), strict=True))
    np.testing.assert_equal(told, {name: result.kpis[name] for name in names})
    assert all(each["meaning"] for each in stream.head["indicators"])


def test_roles_follow(stream: Stream, result: Result) -> None:
    role = stream.role.copy()
    np.testing.assert_array_equal(role, result.role_at_birth)
    for tick in stream.ticks:
        role[tick.roles[0]] = tick.roles[1]
    np.testing.assert_array_equal(role, result.role)


def test_levers_change_the_campaign_as_settings_do() -> None:
    changed = streamed(set=CHANGE)
    posts = [post.model_dump(exclude_none=True) for post in SHORT.calendar()[:1]]
    content = [post | {"type": "funny_video"} for post in posts]
    expected = plain(**{"share.base.stranger": 0.1, "content": content})
    assert changed.end["digest"] == expected.digest


def test_won_and_lost_are_set_differences_of_two_runs(stream: Stream, result: Result) -> None:
    other, also = streamed(set=CHANGE), plain(**{"share.base.stranger": 0.1})
    less = streamed(set={"share.base.stranger": 0.1})
    for step, bits in (
        ("noticed", 1 << s.NOTICED),
        ("shared", 1 << s.SHARED | 1 << s.RESHARED),
        ("converted", 1 << s.CONVERTED),
    ):
        before, after = (set(np.flatnonzero(each.steps & bits).tolist()) for each in (result, also))
        assert less.took(step) - stream.took(step) == after - before
        assert stream.took(step) - less.took(step) == before - after
    assert other.took("shared") != stream.took("shared")


@pytest.mark.parametrize("name", ["prize_draw", "meme_contest", "reunion"])
def test_other_scenarios(name: str) -> None:
    stream = streamed(scenario=name, people=300, seed=3)
    expected = run(load(name).replace({"network.people": 300}), seed=3)
    assert stream.end["digest"] == expected.digest
    took = set(np.flatnonzero(expected.steps & (1 << s.NOTICED)).tolist())
    assert stream.took("noticed") == took


def test_between_indicators_funnel_and_sentence_are_exact(
    stream: Stream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wordofmouth.experiments.live.frames._EVERY_TICK", 600)
    rarely = streamed()
    assert {tick.indicators.size > 0 for tick in rarely.ticks} == {True, False}
    for tick, exact in zip(rarely.ticks, stream.ticks, strict=True):
        np.testing.assert_array_equal(tick.funnel, exact.funnel)
        assert tick.sentence == exact.sentence
    assert rarely.end == stream.end | {"seconds": rarely.end["seconds"]}


def test_a_network_from_a_file_is_the_one_that_is_run(tmp_path: Path) -> None:
    file = tmp_path / "friends.txt"
    ties = [(f"p{a}", f"p{(a * 7 + k) % 60}") for a in range(60) for k in range(1, 4)]
    file.write_text("".join(f"{a} {b}\n" for a, b in ties if a != b))
    scenario = SHORT.replace({"network.file": str(file)})
    shelf = Shelf(scenario, 3, choose_network(scenario, 3))
    with client(shelf=shelf) as page:
        about = page.get("/api/about?scenario=open_house").json()
        assert about["people_fixed"]
        assert about["people"] == 60
        answer = page.post("/api/run", json={"scenario": "open_house", "seed": 3})
        told = page.post(
            "/api/person", json={"scenario": "open_house", "seed": 3, "person": 5, "tick": 9}
        ).json()
    assert read(answer.content).end["digest"] == run(scenario, seed=3).digest
    assert told["name"] == str(choose_network(scenario, 3).ids[5])


def test_of_many_a_sample_is_drawn_and_everybody_counted() -> None:
    with client() as page:
        asked = {"scenario": "cascade", "seed": 1, "people": 10_500}
        stream = read(page.post("/api/run", json=asked).content)
    assert stream.head["people"] == stream.role.size == 10_500
    assert stream.drawn.size == stream.head["drawn"] == 10_000
    assert np.unique(stream.drawn).size == 10_000
    reached = stream.ticks[-1].funnel.reshape(-1, 3)[1, 0]
    assert reached == len(stream.took("noticed"))
