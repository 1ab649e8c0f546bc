"""Runs written cases in this process, and prints their digests: with compilation off, say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from .holds import Case, read, write

ROOT = Path(__file__).resolve().parents[2]


def digests(cases: Sequence[Case], folder: Path, seconds: float) -> list[str]:
    """The digests of these campaigns, each run in plain Python by a process of its own."""
    for number, case in enumerate(cases):
        write(case, folder / f"{number:05}")
    told = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.invariants.interpreted", str(folder)],
        cwd=ROOT, env={**os.environ, "NUMBA_DISABLE_JIT": "1"}, timeout=seconds,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    found: list[str] = json.loads(told.stdout)
    return found


if __name__ == "__main__":
    print(json.dumps([read(each).run().digest for each in sorted(Path(sys.argv[1]).iterdir())]))
