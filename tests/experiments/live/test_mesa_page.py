"""Mesa's own page shows a campaign, and says what it needs where that is not there."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from wordofmouth import InputError
from wordofmouth.experiments.live import mesa_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

APP = "from wordofmouth.experiments.live.mesa_page import page as made\n\npage = made()\n"
PATIENCE = 180_000  # the first step may have to compile the kernels


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> ModuleType:
        if name == "solara":
            raise ModuleNotFoundError("No module named 'solara'", name="solara")
        return import_module(name)

    monkeypatch.setattr(mesa_page, "import_module", missing)
    with pytest.raises(InputError, match=r"needs solara.*wordofmouth\[mesa-page\]"):
        mesa_page.page()


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve the page as Mesa's users do."""
    if find_spec("solara") is None:
        pytest.skip("solara is not installed: there is none for Python 3.11")
    (tmp_path / "app.py").write_text(APP)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    where = ["--no-open", "--production", "--host=127.0.0.1", f"--port={port}"]
    server = subprocess.Popen(
        [sys.executable, "-m", "solara", "run", "app.py", *where], cwd=tmp_path
    )
    try:
        for _ in range(600):
            assert server.poll() is None
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.slow
def test_the_page_steps_through_a_campaign(address: str, chromium: Browser, shots: Path) -> None:
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    outside: list[str] = []
    page.on("request", lambda asked: outside.append(asked.url))
    page.goto(address, timeout=PATIENCE)
    step = page.get_by_role("button", name="Step")
    step.wait_for(timeout=PATIENCE)
    assert page.get_by_text("share.base.fan").is_visible()
    for ticks in (1, 2):
        step.click()
        page.get_by_text(f"Time: {ticks}.0").wait_for(timeout=PATIENCE)
    page.wait_for_timeout(1_000)
    assert page.locator("img").count() > 0
    page.screenshot(path=shots / "mesa_page.png")
    here = (address, address.replace("http", "ws"), "data:", "blob:")
    assert [url for url in outside if not url.startswith(here)] == []
    page.close()
