"""The reports in a browser, without a network: nothing is cut off, missed or complained of."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from wordofmouth.experiments.commands.main import main

from ..browser import listen, overflow
from ..pages import KINDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTHS = {390: 844, 1440: 900}
# Tables and commands of which a part is seen only by who scrolls sideways.
_SIDEWAYS = """[...document.querySelectorAll(".scroll, pre")]
  .filter((e) => e.scrollWidth > e.clientWidth + 1)
  .map((e) => e.ariaLabel || e.textContent)"""


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_report_is_shown_without_a_network(
    kind: str, width: int, folders: dict[str, Path], chromium: Browser, shots: Path
) -> None:
    size = {"width": width, "height": WIDTHS[width]}
    context = chromium.new_context(viewport=size, offline=True)  # type: ignore[arg-type]
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.route(lambda url: not url.startswith(("file:", "data:")), lambda route: route.abort())
    page = context.new_page()
    wrong = listen(page)
    page.goto((folders[kind] / "report.html").as_uri())
    assert overflow(page) == 0
    drawn = page.evaluate("[...document.images].map(i => i.complete && i.naturalWidth > 100)")
    assert drawn
    assert all(drawn)
    if kind == "run":
        narrow = page.evaluate("document.querySelector('.fits img').clientHeight > innerWidth")
        assert narrow == (width < 544)
        assert page.locator(".numbers div").count() == 5
        assert page.evaluate("document.documentElement.scrollHeight") <= 3 * WIDTHS[width]
        page.screenshot(path=shots / f"report-{kind}-{width}-first.png", full_page=True)
    assert page.locator("h1").count() == 1
    assert page.locator("h1").is_visible()
    for link in page.locator("nav a").all():
        assert page.locator(str(link.get_attribute("href"))).count() == 1
    page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    assert overflow(page) == 0
    if width < 544:
        assert page.evaluate(_SIDEWAYS) == []
    page.screenshot(path=shots / f"report-{kind}-{width}.png", full_page=True)
    assert wrong == []
    assert all(url.startswith(("file:", "data:")) for url in asked)
    context.close()


@pytest.mark.slow
def test_a_report_prints(folders: dict[str, Path], chromium: Browser, shots: Path) -> None:
    page = chromium.new_page()
    page.goto((folders["run"] / "report.html").as_uri())
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('tr')).breakInside") == "avoid"
    data = page.pdf(path=shots / "report-run.pdf", prefer_css_page_size=True)
    assert data.startswith(b"%PDF")
    page.close()


# How light a colour is, and by how much two differ (WCAG 2.1, contrast of text).
_CONTRAST = """() => {
  const part = (v) => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * part(r) + .7152 * part(g) + .0722 * part(b);
  const of = (text) => text.match(/[\\d.]+/g).map(Number);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = of(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > .99) return c;
    }
    return [255, 255, 255];
  };
  let least = 99;
  for (const e of document.querySelectorAll("h1, h2, p, li, dt, dd, b, span, td, th, caption, a")) {
    if (!e.textContent.trim() || !e.checkVisibility()) continue;
    const [a, b] = [of(getComputedStyle(e).color), ground(e)].map(light);
    least = Math.min(least, (Math.max(a, b) + .05) / (Math.min(a, b) + .05));
  }
  return least;
}"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a report for a client."""
    page = tmp_path_factory.mktemp("client") / "client.html"
    assert main(["report", "service_crisis", "--replicates", "3", "--out", str(page)]) == 0
    return page


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_client_has_one_screen_first(
    width: int, scheme: str, client: Path, chromium: Browser, shots: Path
) -> None:
    size = {"width": width, "height": WIDTHS[width]}
    context = chromium.new_context(viewport=size, offline=True, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    wrong = listen(page)
    page.goto(client.as_uri())
    seen = ".first" if width > 1000 else ".numbers"
    bottom = page.evaluate(f"document.querySelector('{seen}').getBoundingClientRect().bottom")
    assert bottom <= WIDTHS[width]
    assert page.evaluate("document.documentElement.scrollHeight") <= 3 * WIDTHS[width]
    assert page.evaluate(_CONTRAST) >= 4.5
    page.screenshot(path=shots / f"client-{width}-{scheme}.png", full_page=True)
    page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    assert overflow(page) == 0
    if width < 544:
        assert page.evaluate(_SIDEWAYS) == []
    assert page.evaluate(_CONTRAST) >= 4.5
    page.screenshot(path=shots / f"client-{width}-{scheme}-open.png", full_page=True)
    assert wrong == []
    context.close()


@pytest.mark.slow
def test_a_figure_has_no_white_slab_in_the_dark(
    client: Path, chromium: Browser, shots: Path
) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, color_scheme="dark")
    page = context.new_page()
    page.goto(client.as_uri())
    file = shots / "client-figure-dark.png"
    page.locator(".first .picture").screenshot(path=file)
    with Image.open(file) as drawn:
        pixels = np.asarray(drawn.convert("L"))
    assert float((pixels > 128).mean()) < 0.1
    assert pixels.max() > 180  # its lines and letters are light
    context.close()


@pytest.mark.slow
def test_a_client_prints_two_pages(client: Path, chromium: Browser, shots: Path) -> None:
    page = chromium.new_page()
    page.goto(client.as_uri())
    data = page.pdf(path=shots / "client.pdf", prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 2
    page.emulate_media(media="print")
    assert page.locator("text=Revenue").first.is_visible()
    assert not page.locator("text=To run it again").last.is_visible()
    page.close()
