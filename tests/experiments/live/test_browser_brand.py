"""Your brand as a form of the live page, the keys that can be switched off, and the dark page."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from wordofmouth.experiments.live.brand import scenario_of
from wordofmouth.experiments.results.headline import headline
from wordofmouth.scenarios.observing.brand import QUESTIONS, brand
from wordofmouth.sim.campaign import run

from ..browser import listen, overflow
from .browsing import Opened, Server, is_streamed
from .test_browser_layout import FAINT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

NUMBERS = {
    "followers": 400, "posts": 2, "reach": 90, "likes": 9, "shares": 1, "clicks": 4,
    "conversions": 6, "value": 20,
}  # fmt: skip


def test_ten_numbers_become_a_campaign(opened: Opened, shots: Path) -> None:
    opened.run_to_the_end()
    page = opened.page
    page.click("#brand summary")
    assert page.locator("#brand-fields input").count() == len(QUESTIONS) == 10
    for name, value in NUMBERS.items():
        page.fill(f"#brand-{name}", str(value))
    page.fill("#brand-likes", "9000")
    page.click("#brand-form button")
    page.locator("#brand-likes-problem").wait_for(state="visible")
    assert "more than its reach of 90" in page.inner_text("#brand-likes-problem")
    assert opened.get("document.activeElement.id") == "brand-likes"
    page.fill("#brand-likes", "nine")
    page.click("#brand-form button")
    opened.until("document.querySelector('#brand-likes-problem').textContent.includes('nine')")
    page.fill("#brand-likes", "9")
    opened.get("window.before = live.campaigns")
    page.click("#brand-form button")
    opened.until("live.campaigns !== window.before && live.campaigns.length > 0")
    opened.run_to_the_end()
    assert not page.locator("#brand-likes-problem").is_visible()
    expected = run(scenario_of(brand(NUMBERS)), seed=7)
    assert page.inner_text("#sentence") == headline(expected)
    assert opened.get("live.campaigns[0].end.digest") == expected.digest
    rows = page.locator("#brand-found li").all_inner_texts()
    assert any(
        "interact.like" in row and "0.1" in row and "9 likes / reach 90" in row for row in rows
    )
    assert opened.get(FAINT) == []
    page.screenshot(path=shots / "live_brand.png", full_page=True)
    # Its sliders work as those of any campaign, and a question about a person is about this one.
    opened.fill("incentives.reward", "3")
    opened.restarted()
    opened.run_to_the_end()
    page.fill("#person", "5")
    page.press("#person", "Enter")
    opened.until("document.querySelector('#history h3') !== null")
    opened.wrong[:] = [each for each in opened.wrong if "400" not in each]


def test_single_keys_can_be_switched_off(opened: Opened) -> None:
    opened.run_to_the_end()
    opened.page.click(".keys summary")
    opened.page.uncheck("#single-keys")
    opened.get("document.activeElement.blur()")
    opened.page.keyboard.press("+")
    opened.page.keyboard.press("n")
    time.sleep(0.2)
    assert opened.get("live.skies[0].camera.zoom") == 1
    assert opened.page.input_value("#person") == ""
    opened.page.keyboard.press("ArrowLeft")
    assert opened.get("live.clock.now") == opened.get("live.clock.horizon - 1")
    opened.page.check("#single-keys")
    opened.get("document.activeElement.blur()")
    opened.page.keyboard.press("+")
    assert opened.get("live.skies[0].camera.zoom") > 1


@pytest.mark.parametrize("width", [390, 1440])
def test_the_dark_page_can_be_read(
    chromium: Browser, server: Server, shots: Path, width: int
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 844}, color_scheme="dark", reduced_motion="reduce"
    )
    page = context.new_page()
    wrong = listen(page)
    page.goto(server.address)
    opened = Opened(page, wrong, [])
    opened.until("Boolean(window.live)")
    opened.run_to_the_end()
    ground = "getComputedStyle(document.body).backgroundColor"
    assert opened.get(ground) == "rgb(16, 21, 31)"
    opened.get("document.querySelector('#both').click()")
    opened.until("live.campaigns.length === 2 && live.campaigns.every((c) => c.end)")
    opened.get("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    time.sleep(0.3)
    assert opened.get(FAINT) == []
    assert overflow(page) == 0
    page.screenshot(path=shots / f"live_dark_{width}.png", full_page=True)
    # The switch on the page is stronger than the system.
    page.select_option("#theme", "light")
    assert opened.get(ground) == "rgb(250, 249, 246)"
    assert [each for each in wrong if not is_streamed(each)] == []
    context.close()
