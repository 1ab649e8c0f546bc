"""Nothing that people call changes unseen, and all of it is typed strictly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .surface import FILE, surface

# Whoever calls the package in a program that is typed strictly: every line is what it says.
PROGRAM = """\
from pathlib import Path
import wordofmouth as wom
from wordofmouth import Network, Result, Scenario

scenario: Scenario = wom.load("open_house").replace({"incentives.reward": 5.0})
network: Network = wom.Network.generate("preferential_attachment", 100, m=3, seed=1)
result: Result = wom.run(scenario, network=network, seed=1)
rate: float = result.funnel[0].rate
kpis: dict[str, float] = result.kpis
saved: Path = result.save("kept")
for step in wom.simulate(scenario, seed=1):
    last: Result = step.result()
answer = wom.compare(scenario, scenario, replicates=2)
low: float = answer["b"]["reach"].difference.low
found = wom.diagnose(scenario, replicates=2)
said: str = found.sentence
"""


def test_what_people_call_is_what_it_was() -> None:
    assert surface() == FILE.read_text(encoding="utf-8"), (
        "the front door changed: python -m tests.public, read the diff, tell it in the changelog"
    )


@pytest.mark.slow
def test_who_calls_it_is_typed_strictly(tmp_path: Path) -> None:
    """With mypy's own settings: nothing of the package's exceptions holds for its users."""
    pytest.importorskip("mypy")
    root = Path(__file__).parents[2]
    (tmp_path / "wordofmouth").mkdir()
    for name in ("sim", "agents", "scenarios", "experiments", "__init__.py", "py.typed"):
        (tmp_path / "wordofmouth" / name).symlink_to(root / name)
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "mypy.ini").write_text(
        "[mypy]\nstrict = true\n[mypy-wordofmouth.*]\nfollow_imports = silent\n", encoding="utf-8"
    )
    told = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "program.py"],
        cwd=tmp_path, env={**os.environ, "MYPYPATH": str(tmp_path)}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout
