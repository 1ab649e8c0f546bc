"""The live page on a phone, by keyboard alone, and without motion."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ..browser import overflow
from .browsing import Opened, Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

# Texts whose contrast is below what WCAG 2 asks at level AA; on the sky labels have a ground.
FAINT = """(() => {
  const part = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const numbers = (text) => text.match(/[\\d.]+/g).map(Number);
  const ground = (each) => {
    for (let here = each; here; here = here.parentElement) {
      const colour = numbers(getComputedStyle(here).backgroundColor);
      if (colour.length < 4 || colour[3] > 0.9) return colour;
    }
    return [255, 255, 255];
  };
  const wrong = [];
  for (const each of document.querySelectorAll("body *")) {
    const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !each.checkVisibility() || each.closest(".sky, .hidden, .skip")) continue;
    const style = getComputedStyle(each);
    const [a, b] = [light(numbers(style.color)), light(ground(each))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const large = parseFloat(style.fontSize) >= 24;
    if (ratio < (large ? 3 : 4.5)) wrong.push(`${each.outerHTML.slice(0, 80)}: ${ratio}`);
  }
  return wrong;
})()"""


@pytest.mark.parametrize("width", [390, 1440])
def test_the_layout_holds(opened: Opened, shots: Path, width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 844 if width < 900 else 900})
    opened.run_to_the_end()
    opened.get("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    time.sleep(0.5)
    assert overflow(opened.page) == 0
    found = opened.get(
        """(() => {
          const all = [...document.querySelectorAll("button, input, select, summary")];
          const seen = all.filter((each) => each.checkVisibility({ visibilityProperty: true }));
          const boxes = seen.map((each) => each.getBoundingClientRect());
          const wrong = [];
          boxes.forEach((a, i) => {
            if (a.right > innerWidth + 0.5 || a.left < -0.5) wrong.push(seen[i].outerHTML);
            boxes.forEach((b, j) => {
              if (j <= i || seen[i].contains(seen[j]) || seen[j].contains(seen[i])) return;
              const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
              const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
              if (wide > 1 && high > 1) {
                wrong.push(seen[i].outerHTML + " over " + seen[j].outerHTML);
              }
            });
          });
          return wrong;
        })()"""
    )
    assert found == []
    assert opened.get(FAINT) == []
    opened.page.screenshot(path=shots / f"live_{width}.png", full_page=True)


def test_every_control_is_reached_by_tab_and_works_by_keyboard(opened: Opened) -> None:
    page = opened.page
    opened.page.check("#both")
    opened.until("live.campaigns.length === 2")
    opened.run_to_the_end()
    opened.get("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    wanted = opened.get(
        """(() => {
          const all = document.querySelectorAll(
            "a[href], button, input, select, summary, canvas[tabindex='0']");
          const radios = new Set();
          window.order = [...all].filter((each) => {
            if (each.disabled || !each.checkVisibility({ visibilityProperty: true })) return false;
            if (each.type !== "radio") return true;
            return each.checked; // of a group of radio buttons Tab reaches the one that is chosen
          });
          return window.order.length;
        })()"""
    )
    assert wanted > 50
    opened.get("document.activeElement.blur(); window.reached = new Set()")
    hidden_focus = []
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        place = opened.get(
            """(() => {
              const here = document.activeElement;
              window.reached.add(window.order.indexOf(here));
              const style = getComputedStyle(here);
              return here === document.body || style.outlineStyle !== "none" ? "" : here.outerHTML;
            })()"""
        )
        if place:
            hidden_focus.append(place)
    missed = opened.get(
        "window.order.filter((_, k) => !window.reached.has(k)).map((each) => each.outerHTML)"
    )
    assert missed == []
    assert hidden_focus == []
    # Keys: space plays and pauses, arrows step, those who passed it on one after the other.
    opened.get("document.activeElement.blur(); live.clock.seek(5)")
    page.keyboard.press("ArrowRight")
    assert opened.get("live.clock.now") == 6
    page.keyboard.press("ArrowLeft")
    assert opened.get("live.clock.now") == 5
    page.keyboard.press("Space")
    assert opened.get("live.clock.playing")
    page.keyboard.press("Space")
    assert not opened.get("live.clock.playing")
    page.focus("#view-a canvas.people")
    camera = opened.get("({ ...live.skies[0].camera })")
    page.keyboard.press("+")
    page.keyboard.press("ArrowLeft")
    moved = opened.get("({ ...live.skies[0].camera })")
    assert moved["zoom"] > camera["zoom"]
    assert moved["x"] < camera["x"]
    assert opened.get("live.skies[1].camera.zoom") == moved["zoom"]
    page.keyboard.press("0")
    assert opened.get("live.skies[0].camera.zoom") == 1
    page.focus("#play")
    page.keyboard.press("Enter")
    assert opened.get("live.clock.playing")
    # An indicator opens its meaning.
    page.focus("#kpis button")
    page.keyboard.press("Enter")
    assert opened.page.locator("#kpis .meaning").first.is_visible()


def test_without_motion_it_shows_the_end(chromium: Browser, server: Server) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(server.address)
    opened = Opened(page, [], [])
    opened.until("window.live && live.campaigns.length && live.clock.now === live.clock.horizon")
    assert not opened.get("live.clock.playing")
    context.close()


@pytest.mark.parametrize("campaigns", [1, 2])
def test_names_in_the_picture_stand_apart_on_a_telephone(opened: Opened, campaigns: int) -> None:
    opened.page.set_viewport_size({"width": 390, "height": 844})
    opened.run_to_the_end()
    if campaigns == 2:
        opened.get("document.querySelector('#both').click()")
        opened.until("live.campaigns.length === 2 && live.campaigns.every((c) => c.end)")
    opened.until("live.skies[0].tiesStale === false")
    edges = """((box) => [box.left, box.right, box.top, box.bottom])"""
    boxes = opened.get(
        f"[...document.querySelectorAll('#view-a .labels span')]"
        f".map((label) => {edges}(label.getBoundingClientRect()))"
    )
    sky = opened.get(f"{edges}(document.querySelector('#view-a .sky').getBoundingClientRect())")
    assert len(boxes) == 4
    for k, one in enumerate(boxes):
        assert sky[0] - 1 <= one[0] < one[1] <= sky[1] + 1
        for other in boxes[:k]:
            wide = min(one[1], other[1]) - max(one[0], other[0])
            high = min(one[3], other[3]) - max(one[2], other[2])
            assert min(wide, high) <= 1, (one, other)


def test_the_question_of_the_story_is_seen_with_its_picture(opened: Opened) -> None:
    opened.page.set_viewport_size({"width": 390, "height": 844})
    opened.get("document.querySelector('#controls').open = false")
    opened.run_to_the_end()
    opened.page.click("#story-begin")
    opened.page.locator("#story").wait_for(state="visible")
    opened.until("Math.abs(document.querySelector('#story').getBoundingClientRect().top) < 2")
    end = opened.get("document.querySelector('#view-a .sky').getBoundingClientRect().bottom")
    assert end < 844
