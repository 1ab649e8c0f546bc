"""A thousand kills: ``make kills``, KILLS=, SEED=."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from .kills import FaultError, score


def main() -> int:
    """End commands at random moments; 1 if something was lost."""
    words = argparse.ArgumentParser(prog="python -m tests.faults")
    words.add_argument("--kills", type=int, default=1000)
    words.add_argument("--seed", type=int, default=None)
    how = words.parse_args()
    seed = int(time.time()) % 100_000 if how.seed is None else how.seed
    with tempfile.TemporaryDirectory(prefix="wom-kills-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        try:
            print(score(home, how.kills, seed))
        except FaultError as fault:
            print(fault)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
