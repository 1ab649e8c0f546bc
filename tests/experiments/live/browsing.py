"""The live page as it is opened in a browser: a server of its own, and what may not go wrong."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from wordofmouth.scenarios.loader import load
from wordofmouth.sim.campaign import run
from wordofmouth.sim.result import Result

from ..browser import listen
from ..typed import start

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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
    with serving(tmp_path_factory.mktemp("serve")) as served:
        yield served


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Server]:
    """Serve the page until one leaves."""
    typed = [word for text in SETTINGS for word in ("--set", text)]
    process = start(
        folder, "serve", "open_house", "--seed", "7", "--no-open", "--json", *typed, *options
    )
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
def opened(chromium: Browser, server: Server) -> Iterator[Opened]:
    with opening(chromium, server) as found:
        yield found


@contextmanager
def opening(chromium: Browser, server: Server, script: str = "") -> Iterator[Opened]:
    """Open the page in a browser in which a script has run before."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(script)
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
