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
from .browsing import Opened, Server, is_streamed, result

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


def test_ten_thousand_people_move_at_half_the_pace_of_an_empty_canvas_or_better(
    opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
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


def picture(chromium: Browser, server: Server, script: str) -> tuple[str, NDArray[Any]]:
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
