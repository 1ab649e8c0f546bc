"""The reports in a browser, without a network: nothing is cut off, missed or complained of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ..browser import listen, overflow
from ..pages import KINDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTHS = {390: 844, 1440: 900}


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
    assert page.locator("h1").count() == 1
    assert page.locator("h1").is_visible()
    for link in page.locator("nav a").all():
        assert page.locator(str(link.get_attribute("href"))).count() == 1
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
