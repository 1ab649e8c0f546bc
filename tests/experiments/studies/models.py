"""Models of studies that are over in a moment, in a file that other processes can import."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np


def noisy(x: float, y: float, seed: int) -> dict[str, float]:
    """Return a plane with noise that is the same at every point of a replicate."""
    luck = np.random.default_rng(seed).normal()
    return {"height": 2 * x + luck, "other": x * y}


def fragile(x: float, seed: int) -> float:
    if x == 2 and seed == 1:
        raise ValueError("two is\ntoo much")
    return x


def repaired(x: float, seed: int) -> float:
    if not Path(os.environ["WOM_TEST_REPAIRED"]).exists():
        return fragile(x, seed)
    return x


def logged(x: float, seed: int) -> float:
    """Write down that it ran, take two milliseconds, and give what depends on both arguments."""
    with Path(os.environ["WOM_TEST_LOG"]).open("a") as log:
        log.write(f"{x:g} {seed}\n")
    time.sleep(0.002)
    return x * 1000 + seed


def deadly(x: float, seed: int) -> float:
    """Take the process down, once."""
    mark = Path(os.environ["WOM_TEST_LOG"])
    if x == 3 and seed == 0 and not mark.exists():
        mark.touch()
        os._exit(9)
    return x + seed


def ishigami(x1: float, x2: float, x3: float, x4: float = 0.0) -> float:
    """Give the function of Ishigami & Homma (1990), a = 7 and b = .1; x4 does nothing."""
    return float(np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)) + 0 * x4
