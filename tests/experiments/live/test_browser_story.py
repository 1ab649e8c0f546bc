"""The story of the live page: a guess, then the campaign itself, by keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from wordofmouth.sim import state as s

from ..browser import overflow
from .browsing import Opened, result, serving, took
from .test_browser_layout import FAINT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

DONE = "document.querySelector('#story button.main:not([type=submit])') !== null"


def test_a_guess_comes_first_and_stands_beside_what_happened(opened: Opened, shots: Path) -> None:
    opened.run_to_the_end()
    page = opened.page
    page.focus("#story-begin")
    page.keyboard.press("Enter")
    told = []
    for number in range(1, 6):
        assert page.inner_text("#story-title").startswith(f"{number} of 5: ")
        assert opened.get("document.activeElement.id") == "story-title"
        # Nothing is shown of it before there is a guess.
        assert opened.get("live.clock.now") == 0
        assert page.inner_text("#story-found") == ""
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.locator("#story .problem").wait_for(state="visible")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        opened.until(DONE, 60)
        told.append(page.inner_text("#story-found"))
        assert told[-1].startswith("You said: "), told
        assert opened.get("live.clock.now") == opened.get("live.clock.horizon")
        if number in (1, 3):
            page.screenshot(path=shots / f"live_story_{number}.png")
        if number < 5:
            page.keyboard.press("Enter")
    base, rewarded = result(), result(**{"incentives.reward": 5.0})
    (strangers, _), (fans, _) = re.findall(r"([\d,]+) of ([\d,]+)", told[0])
    assert int(strangers) + int(fans) == len(took(base, s.SHARED, s.RESHARED))
    assert "longest chain" in told[1]
    more = rewarded.kpis["cost"] - base.kpis["cost"]
    assert f"for {more:,.2f} more" in told[2]
    assert page.locator("#story li").count() == 4
    assert opened.get(FAINT) == []
    page.screenshot(path=shots / "live_story_5.png")
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) == 0
    page.screenshot(path=shots / "live_story_phone.png")
    page.keyboard.press("Escape")
    assert not page.locator("#story").is_visible()
    assert opened.get("document.activeElement.id") == "story-begin"


def test_escape_leaves_while_it_runs(opened: Opened) -> None:
    opened.run_to_the_end()
    opened.page.click("#story-begin")
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Space")
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Escape")
    assert not opened.page.locator("#story").is_visible()


def test_the_command_begins_with_it(chromium: Browser, tmp_path: Path) -> None:
    context = chromium.new_context()
    with serving(tmp_path, "--story") as served:
        page = context.new_page()
        page.goto(served.address)
        page.locator("#story").wait_for(state="visible")
        assert page.inner_text("#story-title") == "1 of 5: Who will share?"
        context.close()
