"""The live page in a real browser: Chromium, headless, from the command to the picture."""

from __future__ import annotations

import json
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from wordofmouth.experiments.vocabulary.glossary import STAGES
from wordofmouth.scenarios.loader import load
from wordofmouth.sim import state as s
from wordofmouth.sim.campaign import run
from wordofmouth.sim.result import Result

from ..browser import chromium, listen, overflow, shots  # noqa: F401
from ..typed import start

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

PEOPLE = 600
SETTINGS = (f"network.people={PEOPLE}", "horizon=24", "share.base.stranger=0.05")
CHANGE = 0.2


@dataclass
class Server:
    address: str
    base: str
    port: int
    token: str


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    typed = [word for text in SETTINGS for word in ("--set", text)]
    process = start(
        tmp_path_factory.mktemp("serve"), "serve", "open_house", "--seed", "7", "--no-open",
        "--json", *typed,
    )  # fmt: skip
    assert process.stdout is not None
    text = ""
    for line in process.stdout:
        text += line
        if line.startswith("}"):
            break
    told = json.loads(text)
    base = f"http://127.0.0.1:{told['port']}"
    yield Server(told["address"], base, told["port"], told["token"])
    process.send_signal(signal.SIGINT)
    # Ctrl-C is the way to end it, also while something runs: no failure, no traceback.
    _, error = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in error


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


def is_streamed(wrong: str) -> bool:
    """Whether what went wrong is that a streamed answer was read, which Chromium calls aborted."""
    return wrong.startswith("requestfailed") and wrong.rpartition("/api/")[2] in (
        "run", "diagnose", "compare", "person", "layout",
    )  # fmt: skip


@dataclass
class Opened:
    """A page, what went wrong on it, and whom it asked."""

    page: Page
    wrong: list[str]
    asked: list[str]

    def get(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def until(self, expression: str, seconds: float = 60.0) -> None:
        """Wait; the page's own policy forbids what Playwright's waiting does."""
        end = time.monotonic() + seconds
        while not self.get(expression):
            assert time.monotonic() < end, f"waited for {expression}: {self.wrong}"
            time.sleep(0.05)

    def run_to_the_end(self) -> None:
        self.until("live.campaigns.length > 0 && live.campaigns.every((c) => c.end)")
        self.get("live.clock.seek(live.clock.horizon)")
        self.until("live.clock.now === live.clock.horizon")

    def fill(self, path: str, value: str) -> None:
        self.get("window.before = live.campaigns")
        field = self.page.locator(f"#lever-{path.replace('.', '-')}")
        field.fill(value)
        field.press("Tab")

    def restarted(self) -> None:
        self.until("live.campaigns !== window.before && live.campaigns.every((c) => c.end)")


@pytest.fixture
def opened(chromium: Browser, server: Server) -> Iterator[Opened]:  # noqa: F811
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    wrong, asked = listen(page), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server.address)
    found = Opened(page, wrong, asked)
    found.until("Boolean(window.live)")
    yield found
    assert [each for each in found.wrong if not is_streamed(each)] == []
    assert [url for url in asked if not url.startswith(server.base + "/")] == []
    context.close()


def result(**changes: Any) -> Result:
    settings = {"network.people": PEOPLE, "horizon": 24, "share.base.stranger": 0.05}
    return run(load("open_house").replace(settings | changes), seed=7)


def took(campaign: Result, *steps: int) -> set[int]:
    bits = sum(1 << step for step in steps)
    return set(np.flatnonzero(campaign.steps & bits).tolist())


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


def test_it_plays_by_itself_to_the_horizon(opened: Opened, shots: Path) -> None:  # noqa: F811
    opened.until("live.campaigns.length && live.clock.now > 2")
    assert "token" not in opened.page.url
    opened.page.select_option("#speed", "4")
    opened.until("live.clock.now === live.clock.horizon", 60)
    assert opened.get("document.querySelector('#play').getAttribute('aria-label')") == "Play"
    expected = result()
    assert opened.page.inner_text("#sentence") == expected.sentence
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
    assert opened.page.inner_text("#sentence") == expected.sentence != before


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


def test_two_side_by_side_say_who_was_won_and_lost(opened: Opened, shots: Path) -> None:  # noqa: F811
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


def test_an_answer_about_a_person_goes_with_its_number(opened: Opened) -> None:
    opened.run_to_the_end()
    opened.page.fill("#person", "5")
    opened.get("window.before = live.campaigns")
    assert opened.page.locator("#hint").is_visible()
    opened.page.click("#ask button[type=submit]")
    opened.until("document.querySelector('#history h3') !== null")
    opened.until("document.querySelector('#asking').textContent === ''")
    opened.page.check("#both")
    opened.restarted()
    assert opened.page.input_value("#person") == ""
    assert opened.page.inner_text("#history") == ""
    assert opened.page.locator("#hint").is_visible()
    opened.fill("share.base.stranger", str(CHANGE))
    opened.restarted()
    assert not opened.page.locator("#hint").is_visible()


def test_of_whom_nothing_reached_it_is_told_whom_they_hear(opened: Opened) -> None:
    opened.run_to_the_end()
    opened.get("live.clock.play(false); live.clock.seek(1)")
    person = opened.get(
        """(() => {
          const [campaign] = live.campaigns;
          return campaign.times[0].findIndex((when) => when > 1);
        })()"""
    )
    opened.get(
        """(() => {
          const [place, heard] = [document.querySelector("#asking"), (window.heard = [])];
          const hear = () => heard.push(place.textContent);
          new MutationObserver(hear).observe(place, { childList: true });
        })()"""
    )
    opened.page.fill("#person", str(person))
    opened.page.press("#person", "Enter")
    opened.until("document.querySelector('#history h3') !== null")
    opened.until("window.heard.length === 2")
    assert opened.get("window.heard") == [f"asking person {person} …", ""]
    told = opened.page.inner_text("#history")
    assert "Nothing of the campaign has reached them yet. They hear " in told
    assert "nothing has reached them yet" in opened.page.inner_text("#view-a .card")


def test_a_click_in_the_picture_brings_the_answer_into_view(opened: Opened) -> None:
    opened.page.set_viewport_size({"width": 1440, "height": 700})
    opened.run_to_the_end()
    opened.until("live.skies[0].to === null && live.skies[0].ties.length > 0")
    opened.get("scrollTo(0, 0)")
    spot = opened.get(
        """(() => {
          const [sky] = live.skies;
          const box = sky.canvas.getBoundingClientRect();
          for (let x = 200; x < box.width; x += 5) for (let y = 100; y < box.height - 100; y += 5)
            if (sky.near(x, y, live.clock.now) >= 0) return [box.left + x, box.top + y];
        })()"""
    )
    opened.page.mouse.click(*spot)
    opened.until(
        """(() => {
          const title = document.querySelector("#history h3");
          return title !== null && title.getBoundingClientRect().bottom < innerHeight;
        })()"""
    )
    assert opened.get("scrollY") > 0
    assert opened.get("document.activeElement.closest('#history')") is None


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
    opened.get("window.before = live.campaigns")
    opened.until("live.campaigns.length === 2")
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
    assert opened.page.inner_text("#sentence") == result().sentence


def test_the_bottleneck_is_told(opened: Opened) -> None:
    opened.until("document.querySelector('#neck-bars li') !== null", 60)
    assert "open_house" in opened.page.inner_text("#neck-sentence")
    assert opened.page.locator("#neck-bars li").count() > 3


def test_a_click_on_a_person_tells_their_history(opened: Opened, shots: Path) -> None:  # noqa: F811
    opened.run_to_the_end()
    opened.until("live.skies[0].to === null && live.skies[0].ties.length > 0")
    opened.until("live.skies[0].drawnClock === live.clock.now")
    # Where somebody stands who had it from a person and passed it on.
    spot = opened.get(
        """(() => {
          const [sky, campaign] = [live.skies[0], live.campaigns[0]];
          const box = sky.canvas.getBoundingClientRect();
          for (const person of campaign.sharers) {
            if (campaign.firstFrom[person] < 0) continue;
            for (let x = 4; x < box.width; x += 4) for (let y = 4; y < box.height; y += 4)
              if (sky.near(x, y, live.clock.now) === person)
                return [box.left + x, box.top + y, person];
          }
        })()"""
    )
    assert spot is not None
    opened.page.mouse.click(spot[0], spot[1])
    opened.until("document.querySelector('#history h3') !== null")
    assert opened.page.inner_text("#history h3").startswith(f"Person {spot[2]}")
    history = opened.page.inner_text("#history")
    assert "Passed it on" in history
    assert "the chance was" in history
    opened.page.screenshot(path=shots / "live_person.png", full_page=True)
    # The sender is a link to the sender.
    link = opened.page.locator("#history button.link").first
    sender = link.inner_text().split()[-1]
    link.click()
    opened.until(
        f"document.querySelector('#history h3').textContent.startsWith('Person {sender},')"
    )
    # Where the link led to one goes on reading: the focus is not lost.
    assert opened.get("document.activeElement.matches('#history h3')")
    # By the keyboard: those who passed it on, one after the other.
    opened.get("document.activeElement.blur()")
    opened.page.keyboard.press("n")
    sharer = opened.get("live.campaigns[0].sharers")
    opened.until(
        f"{json.dumps(sharer)}.some((k) => "
        "document.querySelector('#history h3').textContent.startsWith(`Person ${k},`))"
    )


@pytest.mark.parametrize("width", [390, 1440])
def test_the_layout_holds(opened: Opened, shots: Path, width: int) -> None:  # noqa: F811
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


def test_without_motion_it_shows_the_end(chromium: Browser, server: Server) -> None:  # noqa: F811
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(server.address)
    opened = Opened(page, [], [])
    opened.until("window.live && live.campaigns.length && live.clock.now === live.clock.horizon")
    assert not opened.get("live.clock.playing")
    context.close()


def test_without_webgl_the_numbers_still_come(chromium: Browser, server: Server) -> None:  # noqa: F811
    context = chromium.new_context()
    context.add_init_script(
        "const real = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...more) {"
        "  return kind === 'webgl2' ? null : real.call(this, kind, ...more); };"
    )
    page = context.new_page()
    wrong = listen(page)
    page.goto(server.address)
    opened = Opened(page, wrong, [])
    opened.until("Boolean(window.live)")
    opened.run_to_the_end()
    assert opened.page.inner_text("#sentence") == result().sentence
    assert "WebGL 2" in opened.page.inner_text("#view-a")
    assert [each for each in wrong if not is_streamed(each)] == []
    context.close()


def test_ten_thousand_people_are_drawn(opened: Opened, capsys: pytest.CaptureFixture[str]) -> None:
    opened.get("window.before = live.campaigns")
    opened.page.fill("#people", "10000")
    opened.page.press("#people", "Tab")
    opened.until("live.campaigns !== window.before && live.clock.ready > 20")
    time.sleep(1.0)
    began = opened.get("[performance.now(), live.skies[0].frames]")
    time.sleep(3.0)
    ended = opened.get("[performance.now(), live.skies[0].frames]")
    rate = 1000 * (ended[1] - began[1]) / (ended[0] - began[0])
    with capsys.disabled():
        print(f"\n10,000 people, computed WebGL, this machine: {rate:.1f} frames a second")
    assert rate > 0.5
