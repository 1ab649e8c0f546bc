"""Which branches tests take: ``make coverage``, or ``python -m tests.branches --part sim``.

What numba compiles cannot be watched, so that there are two parts: all quick tests, compiled; and
the tests that find the planted bugs of the engine (`tests/mutants`), with compilation off. A branch
counts that either takes. Prints the files that are not whole, a line a package; 1 below `LEAST`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from coverage import Coverage

from ..mutants.table import BUGS

ROOT = Path(__file__).resolve().parents[2]
PACKAGES: Final = ("agents", "experiments", "scenarios", "sim")
# Per cent of the branches and lines of a package.
LEAST: Final = 95.0


def measured(words: list[str], **settings: str) -> None:
    """Run tests and write down what they passed; that they pass is the matter of `make test`."""
    asked = [sys.executable, "-m", "coverage", "run", "-m", "pytest", "-q", *words]
    subprocess.run(asked, cwd=ROOT, env={**os.environ, **settings}, check=False)


def interpreted() -> list[str]:
    """The tests that find bugs in the engine."""
    return sorted({test for bug in BUGS if not bug.compiled for test in bug.tests})


def main() -> int:
    """Run both parts, and print the score."""
    asked = argparse.ArgumentParser(prog="python -m tests.branches")
    asked.add_argument("--workers", default="2")
    asked.add_argument("--part", choices=("all", "sim", "report"), default="all",
                       help="sim: compilation off; report: what was measured before")  # fmt: skip
    how = asked.parse_args()
    many = ["-n", how.workers]
    if how.part != "report":
        Coverage().erase()
        off = {"NUMBA_DISABLE_JIT": "1", "WOM_EXAMPLES": "12"}
        measured([*many, *interpreted()], **off)
    if how.part == "all":
        measured([*many, "--dist", "loadfile", "-m", "not slow"])
    found = Coverage()
    found.combine(keep=True)
    shares = {
        name: found.report(include=[f"{name}/*"], skip_covered=True, show_missing=True)
        for name in PACKAGES
    }
    for name, share in shares.items():
        print(f"{name:<12} {share:5.1f} % of lines and branches")
    return int(min(shares.values()) < LEAST)


if __name__ == "__main__":
    sys.exit(main())
