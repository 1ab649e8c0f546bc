"""The memory that campaigns take, against what `wom check` expects.

    python -m benchmarks.memory [--people N] [SCENARIO ...]

Each scenario runs in a process of its own, with its kernels loaded and so many people. What it
takes is how far the process grows while the network is made, the campaign runs and its result is
told: the high-water mark of Linux, which can be set back. Scenarios whose network is a file have no
expectation and are left out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

import wordofmouth as wom
from wordofmouth.scenarios import names

CHILD = """
from pathlib import Path
import sys
import wordofmouth as wom
from wordofmouth.sim.expected import expected

scenario = wom.load(sys.argv[1]).replace({"network.people": int(sys.argv[2])})
if scenario.network.kind == "social":
    scenario = scenario.replace({"network.nearest": True})
told = expected(scenario)  # and every kernel is loaded

def status(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return 1024 * int(next(line.split()[1] for line in lines if line.startswith(name)))

Path("/proc/self/clear_refs").write_text("5")
before = status("VmRSS")
result = wom.run(scenario, seed=1)
_ = result.kpis["reach"]
print(told.bytes, status("VmHWM") - before, result.network["arcs"])
"""


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="*")
    parser.add_argument("--people", type=int, default=50_000)
    chosen = parser.parse_args()
    asked = chosen.scenario or [name for name in names() if wom.load(name).network.file is None]
    print(f"{'scenario':24} {'expected':>9} {'taken':>9}  expected / taken   ({chosen.people:,})")
    for name in asked:
        words = [sys.executable, "-c", CHILD, name, str(chosen.people)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name:24} {done.stderr.strip().splitlines()[-1]}")
            continue
        told, taken, _ = map(int, done.stdout.split())
        print(
            f"{name:24} {told / 2**20:7.1f} M {taken / 2**20:7.1f} M  {told / taken:.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
