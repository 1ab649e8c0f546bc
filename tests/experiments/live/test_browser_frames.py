"""How the network of the live page is drawn: by a card or without one, and how fast without."""

from __future__ import annotations

import io
import statistics
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from wordofmouth.experiments.results.headline import headline

from ..browser import listen
from .browsing import Opened, Server, is_streamed, opening, result

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

# A page can tell a computed WebGL from that of a card by this name alone.
CARD = """
const real = WebGL2RenderingContext.prototype.getParameter;
WebGL2RenderingContext.prototype.getParameter = function (name) {
  const found = real.call(this, name);
  return /swiftshader|llvmpipe|software/i.test(found) ? "a card" : found;
};
"""
NO_WEBGL = """
const real = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind === "webgl2" ? null : real.call(this, kind, ...more);
};
"""
# A card that draws for the first canvas that asks, and for no other.
ONLY_ASKED = (
    CARD
    + """
const given = HTMLCanvasElement.prototype.getContext;
let asked = 0;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind === "webgl2" && asked++ ? null : given.call(this, kind, ...more);
};
"""
)
LOST_AND_RESTORED = """new Promise((done) => {
  const [sky] = live.skies;
  const loser = sky.painter.gl.getExtension("WEBGL_lose_context");
  const back = () => setTimeout(() => loser.restoreContext(), 100);
  sky.canvas.addEventListener("webglcontextlost", back);
  sky.canvas.addEventListener("webglcontextrestored", () => done(true));
  loser.loseContext();
})"""
EMPTY = """<body><canvas width="{}" height="{}"></canvas><script>
const context = document.querySelector("canvas").getContext("2d");
window.frames_drawn = 0;
function turn() {{
  window.frames_drawn += 1;
  context.fillStyle = frames_drawn % 2 ? "white" : "black";
  context.fillRect(frames_drawn % 200, 50, 4, 4);
  requestAnimationFrame(turn);
}}
turn();
</script></body>"""
TURNS = 5


def rate(page: Page, frames: str, seconds: float = 1.2) -> float:
    """Frames of the browser's own in a second of its clock."""
    page.bring_to_front()
    time.sleep(0.3)
    now = f"[performance.now(), {frames}]"
    (began, first), _, (ended, last) = page.evaluate(now), time.sleep(seconds), page.evaluate(now)
    return float(1000 * (last - first) / (ended - began))


def rates(opened: Opened) -> list[tuple[float, float]]:
    """Frames a second of 10,000 people, and of an empty canvas, by turns."""
    page = opened.page
    opened.get("window.before = live.campaigns")
    page.fill("#people", "10000")
    page.press("#people", "Tab")
    opened.restarted()
    assert opened.get("live.skies[0].painter.constructor.name") == "Pixels"
    # What the server still works out would take the processors.
    opened.until("document.querySelector('#neck-bars li') !== null", 120)
    size = opened.get("[live.skies[0].canvas.width, live.skies[0].canvas.height]")
    empty = page.context.new_page()
    empty.set_content(EMPTY.format(*size))
    opened.get("live.clock.speed = 0.5")
    pairs = []
    for _ in range(TURNS):
        there = rate(empty, "frames_drawn")
        opened.get("live.clock.seek(4); live.clock.play(true)")
        pairs.append((rate(page, "live.skies[0].frames"), there))
        assert opened.get("live.clock.playing")
    return pairs


def test_ten_thousand_people_move_at_half_the_pace_of_an_empty_canvas_or_better(
    chromium: Browser, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    # Without WebGL, so that a computer with a card measures the same.
    with opening(chromium, server, NO_WEBGL) as opened:
        pairs = rates(opened)
    # As a ratio, by turns: how fast this machine is, and how busy, is the same for both.
    ratio = statistics.median(here / there for here, there in pairs)
    here, there = (statistics.median(column) for column in zip(*pairs, strict=True))
    with capsys.disabled():
        print(
            f"\n10,000 people, no graphics card: {here:.0f} frames a second, "
            f"an empty canvas {there:.0f}; ratio {ratio:.2f}"
        )
    # An empty canvas at 60 frames a second, the people at 30.
    assert ratio > 0.5


def picture(
    chromium: Browser, server: Server, script: str, then: str = "true"
) -> tuple[str, NDArray[Any]]:
    """Who drew the network, and the picture in the middle of the campaign."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(script)
    page = context.new_page()
    wrong = listen(page)
    page.goto(server.address)
    opened = Opened(page, wrong, [])
    opened.until("Boolean(window.live)")
    opened.run_to_the_end()
    assert page.inner_text("#sentence") == headline(result())
    opened.until("live.skies[0].ties.length > 0 && live.skies[0].to === null")
    opened.get("live.clock.play(false); live.clock.seek(8.5)")
    opened.until("live.skies[0].drawnClock === 8.5")
    assert opened.get(then)
    opened.until("!live.skies[0].stale")
    time.sleep(0.3)
    shot = Image.open(io.BytesIO(page.locator("#view-a .sky").screenshot()))
    name = opened.get("live.skies[0].painter.constructor.name")
    # A driver that computes WebGL says that reading a picture back is slow.
    mine = [each for each in wrong if not is_streamed(each) and "ReadPixels" not in each]
    assert mine == []
    context.close()
    return name, np.asarray(shot.convert("RGB"), dtype=float)


def test_with_a_card_or_without_it_is_the_same_picture(chromium: Browser, server: Server) -> None:
    by, drawn = picture(chromium, server, CARD)
    assert by == "Graphics"
    without, computed = picture(chromium, server, NO_WEBGL)
    assert without == "Pixels"
    night = np.median(drawn.reshape(-1, 3), axis=0)
    seen = np.abs(drawn - night).max(axis=2) > 60
    assert seen.mean() > 0.01  # there is something to see
    assert np.abs(drawn - computed).mean() < 2.0
    alike = np.corrcoef(drawn.ravel(), computed.ravel())[0, 1]
    assert alike > 0.95


def test_a_card_that_was_lost_draws_everybody_where_they_stand(
    chromium: Browser, server: Server
) -> None:
    _, before = picture(chromium, server, CARD)
    by, after = picture(chromium, server, CARD, LOST_AND_RESTORED)
    assert by == "Graphics"
    assert np.abs(before - after).mean() < 0.1


def test_where_the_canvas_gets_no_card_the_processor_draws(
    chromium: Browser, server: Server
) -> None:
    by, drawn = picture(chromium, server, ONLY_ASKED)
    assert by == "Pixels"
    assert drawn.std() > 0.0


def test_a_network_of_which_no_size_is_known_yet_can_be_cleared(
    chromium: Browser, server: Server
) -> None:
    unseen = NO_WEBGL + "window.ResizeObserver = class { observe() {} };"
    with opening(chromium, server, unseen) as opened:
        opened.run_to_the_end()
        assert opened.get("live.skies.every((sky) => sky.painter.constructor.name === 'Pixels')")
        opened.get("live.skies[1].clear()")
        assert opened.get("live.skies[1].canvas.width") > 0
