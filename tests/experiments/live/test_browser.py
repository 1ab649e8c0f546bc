"""The live page in a real browser: Chromium, headless, from the command to the picture."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from wordofmouth.experiments.results.headline import headline
from wordofmouth.experiments.vocabulary.glossary import STAGES
from wordofmouth.scenarios.loader import load
from wordofmouth.sim import state as s

from ..browser import overflow
from .browsing import CHANGE, PEOPLE, Opened, Server, result, took

pytestmark = pytest.mark.slow


def status(server: Server, path: str, **headers: str) -> int:
    request = urllib.request.Request(server.base + path, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as problem:
        return problem.code


def test_a_wrong_token_and_a_foreign_host_get_403(server: Server) -> None:
    for path in ("/", "/main.js", "/style.css", "/api/about", "/vendor/uPlot.esm.js"):
        assert status(server, path) == 403
        assert status(server, f"{path}?token=wrong") == 403
        token = {"X-Wom-Token": server.token}
        assert status(server, path, **token) == 200
        assert status(server, path, **token, Host="evil.example") == 403
        assert status(server, path, **token, Origin="http://evil.example") == 403


def test_it_plays_by_itself_to_the_horizon(opened: Opened, shots: Path) -> None:
    opened.until("live.campaigns.length && live.clock.now > 2")
    assert "token" not in opened.page.url
    opened.page.select_option("#speed", "4")
    opened.until("live.clock.now === live.clock.horizon", 60)
    assert opened.get("document.querySelector('#play').getAttribute('aria-label')") == "Play"
    expected = result()
    assert opened.page.inner_text("#sentence") == headline(expected)
    rows = opened.page.locator("#funnel tbody tr").all_inner_texts()
    assert len(rows) == len(expected.funnel)
    for row, stage in zip(rows, expected.funnel, strict=True):
        assert f"{stage.people:,}" in row.split()
        assert row.startswith(STAGES[stage.stage])
    # Something is drawn: a black canvas would be all of one colour.
    opened.until("live.skies[0].frames > 3")
    opened.page.screenshot(path=shots / "live_end.png", full_page=True)


def test_a_slider_changes_the_outcome(opened: Opened) -> None:
    opened.run_to_the_end()
    before = opened.page.inner_text("#sentence")
    opened.get("window.before = live.campaigns")
    slider = opened.page.locator('input[type=range][aria-label^="Strangers\' share"]')
    slider.focus()
    for _ in range(3):
        slider.press("PageUp")
    opened.restarted()
    opened.run_to_the_end()
    value = float(opened.page.input_value("#lever-share-base-stranger"))
    assert value > 0.05
    expected = result(**{"share.base.stranger": value})
    assert opened.page.inner_text("#sentence") == headline(expected) != before


def test_what_is_not_allowed_is_said_where_it_happened(opened: Opened) -> None:
    opened.run_to_the_end()
    opened.fill("share.base.stranger", "2")
    problem = opened.page.locator("#lever-share-base-stranger-problem")
    problem.wait_for(state="visible")
    assert "share.base.stranger" in problem.inner_text()
    opened.fill("share.base.stranger", "0.05")
    opened.restarted()
    assert not problem.is_visible()
    opened.wrong[:] = [each for each in opened.wrong if "400" not in each]


def test_two_side_by_side_say_who_was_won_and_lost(opened: Opened, shots: Path) -> None:
    opened.run_to_the_end()
    opened.get("window.before = live.campaigns")
    opened.page.check("#both")
    opened.until("live.campaigns.length === 2 && live.campaigns.every((c) => c.end)")
    opened.fill("share.base.stranger", str(CHANGE))
    opened.restarted()
    opened.run_to_the_end()
    first, second = result(), result(**{"share.base.stranger": CHANGE})
    for value, steps in (("0", [s.NOTICED]), ("1", [s.SHARED, s.RESHARED]), ("2", [s.CONVERTED])):
        opened.page.check(f"[name=step][value='{value}']")
        before, after = took(first, *steps), took(second, *steps)
        won, lost = len(after - before), len(before - after)
        assert opened.page.inner_text("#won") == f"{won:,}"
        assert opened.page.inner_text("#lost") == f"{lost:,}"
        assert f"{len(after):,} against {len(before):,}" in opened.page.inner_text("#sentence")
    opened.page.check("[name=step][value='1']")
    opened.page.screenshot(path=shots / "live_two.png", full_page=True)
    opened.page.set_viewport_size({"width": 390, "height": 844})
    time.sleep(0.4)
    assert overflow(opened.page) == 0
    opened.page.screenshot(path=shots / "live_two_phone.png", full_page=True)


def test_a_question_mark_says_what_a_lever_means(opened: Opened) -> None:
    opened.run_to_the_end()
    meaning = opened.page.locator("#lever-attention-help")
    assert not meaning.is_visible()
    opened.page.click("[aria-controls=lever-attention-help]")
    assert "take in" in meaning.inner_text()


def test_in_the_middle_of_a_tick_whole_ticks_are_counted(opened: Opened) -> None:
    opened.run_to_the_end()
    opened.get("window.before = live.campaigns")
    opened.page.check("#both")
    opened.until("live.campaigns.length === 2 && live.campaigns.every((c) => c.end)")
    opened.fill("share.base.stranger", str(CHANGE))
    opened.restarted()
    opened.get("live.clock.play(false)")
    opened.page.check("[name=step][value='0']")
    told = []
    for clock in (6.0, 6.9):
        opened.get("live.clock.seek(0)")
        opened.get(f"live.clock.seek({clock})")
        told.append(opened.page.inner_text("#difference-sentence"))
    assert told[0] == told[1]
    reached = opened.get("live.campaigns.map((c) => c.frameAt(6.9).funnel[3])")
    assert f"{reached[1]:,.0f} against {reached[0]:,.0f}" in told[0]


def test_how_sure_is_told_by_many_worlds(opened: Opened) -> None:
    from wordofmouth.experiments.answers.comparison.find import compare

    opened.page.check("#both")
    # What is typed before both have ended could be taken for what they were begun with.
    opened.until("live.campaigns.length === 2 && live.campaigns.every((c) => c.end)")
    opened.fill("share.base.stranger", str(CHANGE))
    opened.restarted()
    opened.page.click("#pairs")
    opened.until("document.querySelector('#pairs-found .finding') !== null", 60)
    scenarios = [
        load("open_house").replace(
            {"network.people": PEOPLE, "horizon": 24, "share.base.stranger": value}
        )
        for value in (0.05, CHANGE)
    ]
    expected = compare(*scenarios, names=("A", "B"), replicates=20, seed=7)
    assert opened.page.inner_text("#pairs-found .finding") == expected.sentence
    # The diagnosis that gave way for it is taken up again.
    opened.until("document.querySelector('#neck-bars li') !== null", 60)


def test_a_campaign_that_the_server_does_not_end_is_a_sentence(opened: Opened) -> None:
    opened.run_to_the_end()
    opened.page.route("**/api/run", lambda route: route.fulfill(status=200, body=b""))
    opened.page.click("#run")
    opened.page.locator("#problem").wait_for(state="visible")
    assert "start wom serve again" in opened.page.inner_text("#problem")
    # What was there is still there.
    assert opened.page.inner_text("#sentence") == headline(result())


def test_the_bottleneck_is_told(opened: Opened) -> None:
    opened.until("document.querySelector('#neck-bars li') !== null", 60)
    assert "open_house" in opened.page.inner_text("#neck-sentence")
    assert opened.page.locator("#neck-bars li").count() > 3
