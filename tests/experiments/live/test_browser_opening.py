"""The live page as it opens, and what stands beside what: no number without its campaign."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from wordofmouth.experiments.results.headline import headline

from ..browser import listen
from .browsing import CHANGE, PEOPLE, Opened, Server, is_streamed, result

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


@pytest.fixture
def held(chromium: Browser, server: Server) -> Iterator[tuple[Opened, list[Any]]]:
    """Open the page while the server keeps the full campaign back."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page, kept = context.new_page(), []

    def hold(route: Any) -> None:
        if json.loads(route.request.post_data)["people"] == PEOPLE:
            kept.append(route)
        else:
            route.continue_()

    page.route("**/api/run", hold)
    wrong = listen(page)
    page.goto(server.address)
    yield Opened(page, wrong, []), kept
    assert [each for each in wrong if not is_streamed(each)] == []
    context.close()


def test_a_small_world_is_there_until_the_full_one_is(
    held: tuple[Opened, list[Any]], shots: Path
) -> None:
    opened, kept = held
    opened.until("window.live && live.look !== null && live.clock.now > 1")
    assert opened.get("live.campaigns.length") == 0
    assert opened.get("live.look.people") == 300
    told = opened.page.inner_text("#look")
    assert told == f"A first look: 300 people. The campaign with {PEOPLE} is being made."
    assert opened.page.inner_text("#sentence").startswith("First look. Of 300 people ")
    opened.page.screenshot(path=shots / "live_first_look.png")
    while not kept:
        opened.page.wait_for_timeout(50)
    kept.pop().continue_()
    opened.run_to_the_end()
    assert opened.get("live.look") is None
    assert not opened.page.locator("#look").is_visible()
    assert opened.page.inner_text("#sentence") == headline(result())


def test_nothing_of_a_scenario_stands_while_another_is_opened(opened: Opened) -> None:
    opened.run_to_the_end()
    kept: list[Any] = []
    opened.page.route("**/api/about?*", lambda route: kept.append(route))
    opened.page.select_option("#scenario", "reunion")
    while not kept:
        opened.page.wait_for_timeout(50)
    assert opened.page.inner_text("#sentence") == "Opening reunion …"
    assert opened.page.locator("#funnel tbody tr").count() == 0
    assert opened.page.inner_text("#price") == ""
    assert opened.page.locator("#charts canvas").count() == 0
    kept.pop().continue_()
    opened.run_to_the_end()
    assert opened.get("live.campaigns[0].head.scenario") == "reunion"
    assert opened.page.inner_text("#sentence").startswith("Of 3,000 people ")


def test_what_was_won_stands_beside_what_it_cost(opened: Opened, shots: Path) -> None:
    opened.run_to_the_end()
    cost, revenue = (f"{result().kpis[name]:,.2f}" for name in ("cost", "revenue"))
    assert opened.page.inner_text("#price") == f"Cost so far: {cost}. Revenue: {revenue}."
    opened.get("window.before = live.campaigns")
    opened.page.check("#both")
    opened.until("live.campaigns.length === 2 && live.campaigns.every((c) => c.end)")
    opened.fill("share.base.stranger", str(CHANGE))
    opened.restarted()
    opened.fill("incentives.reward", "5")
    opened.restarted()
    opened.run_to_the_end()
    first = result()
    second = result(**{"share.base.stranger": CHANGE, "incentives.reward": 5.0})
    a, b = first.kpis["cost"], second.kpis["cost"]
    assert b > a
    assert opened.page.inner_text("#difference-price") == f"for {b - a:,.2f} more"
    told = opened.page.inner_text("#difference-cost")
    assert told.startswith(f"Cost so far: A {a:,.2f}, B {b:,.2f}: {b - a:,.2f} more")
    assert opened.page.inner_text("#price") == told
    # The rates of both.
    rows = opened.page.locator("#funnel tbody tr").all()
    for row, one, two in zip(rows, first.funnel, second.funnel, strict=True):
        cells = row.locator("td").all_inner_texts()
        assert cells[:2] == [f"{one.people:,}", f"{two.people:,}"]
        for cell, rate in zip(cells[2:], (one.rate, two.rate), strict=True):
            number = cell.removesuffix(" %").replace(",", "")
            assert number == "–" or float(number) == pytest.approx(100 * rate, rel=0.05)
    # The maps keep level whatever their captions say, and both name the outlets.
    tops = opened.get(
        "[...document.querySelectorAll('.sky')].map((each) => each.getBoundingClientRect().top)"
    )
    assert tops[0] == tops[1]
    labels = opened.get(
        "[...document.querySelectorAll('.labels')].map((each) => [...each.children]"
        ".filter((label) => label.checkVisibility() && label.offsetWidth > 8)"
        ".map((label) => label.textContent))"
    )
    assert labels[0] == labels[1]
    assert len(labels[0]) == 4
    opened.page.screenshot(path=shots / "live_cost.png", full_page=True)


def test_what_is_refused_is_not_captioned_as_used(opened: Opened) -> None:
    opened.page.check("#both")
    opened.until("live.campaigns.length === 2 && live.campaigns.every((c) => c.end)")
    opened.fill("share.base.stranger", str(CHANGE))
    opened.restarted()
    caption = opened.page.inner_text("#view-b .caption")
    assert caption.endswith(f": {CHANGE}")
    opened.fill("share.base.stranger", "2")
    opened.page.locator("#lever-share-base-stranger-problem").wait_for(state="visible")
    assert opened.page.inner_text("#view-b .caption") == caption
    lever = opened.page.locator(".lever", has=opened.page.locator("#lever-share-base-stranger"))
    assert lever.locator(".was").inner_text() == f"not used; in use: {CHANGE}"
    opened.wrong[:] = [each for each in opened.wrong if "400" not in each]


@pytest.mark.parametrize("width", [390, 1440])
def test_the_headline_keeps_its_height(opened: Opened, width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 844})
    opened.run_to_the_end()
    opened.get("live.clock.play(false)")
    tall = set()
    for tick in (0, 3, 8, 24):
        opened.get(f"live.clock.seek({tick})")
        tall.add(opened.get("document.querySelector('main').getBoundingClientRect().top + scrollY"))
        hidden = "(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)"
        assert opened.get(f"{hidden}(document.querySelector('#sentence'))") <= 1
    assert len(tall) == 1
