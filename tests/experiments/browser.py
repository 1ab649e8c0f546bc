"""A browser for the tests of pages: Chromium, without a network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# What a browser does besides showing a page is switched off. How it draws is left to it: on
# machines without a graphics card it does so as for anybody who has none, and WebGL is computed.
_SWITCHES = (
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--enable-unsafe-swiftshader",
)


def _nothing_to_show_it_with(reason: str) -> None:
    """Skip; or fail, where somebody has said that there must be a browser."""
    if os.environ.get("WOM_BROWSER") == "required":
        pytest.fail(f"WOM_BROWSER=required, but {reason}")
    pytest.skip(f"{reason}; WOM_CHROMIUM names the browser's program")


# Of a module and no more: while Playwright is there, a loop runs in this thread, and whatever else
# wants one of its own (notebooks, a test client) fails.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Launch Chromium: that of WOM_CHROMIUM, or the one on the path."""
    program = os.environ.get("WOM_CHROMIUM") or shutil.which("chromium")
    if not program:
        _nothing_to_show_it_with("there is no chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _nothing_to_show_it_with("playwright is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_SWITCHES))
        yield browser
        browser.close()


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """Make the folder for pictures of pages: that of WOM_SHOTS, or the test's own."""
    folder = Path(os.environ.get("WOM_SHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def listen(page: Page) -> list[str]:
    """Collect what goes wrong on a page: errors of scripts and of the console, failed requests."""
    wrong: list[str] = []

    def told(message: Any) -> None:
        if message.type in ("error", "warning"):
            wrong.append(f"{message.type}: {message.text}")

    page.on("console", told)
    page.on("pageerror", lambda error: wrong.append(f"pageerror: {error}"))
    page.on("requestfailed", lambda request: wrong.append(f"requestfailed: {request.url}"))
    return wrong


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window; 0 if it need not be scrolled."""
    root = "document.documentElement"
    wide = page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
    return max(int(wide), 0)
