"""The first run: what the compiler takes, and what a run takes once all is compiled.

    python -m benchmarks.first_run [--rounds N]

CPU seconds of whole processes. Cold: `wom run open_house` with an empty folder for kernels. Warm:
the same again. Bare: Python with numpy, pydantic and numba imported and one kernel called, which no
run can do without. The digests of cold and warm runs are compared before anything is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from statistics import median

RUN = "from wordofmouth.experiments.commands.main import main; main({arguments!r})"
BARE = """
import numpy, pydantic
from wordofmouth.sim.draws import key_of
key_of(numpy.uint64(1), numpy.uint64(2))
"""


def seconds_of(text: str, kernels: str) -> tuple[float, str]:
    """CPU seconds of a process that runs a text, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = subprocess.run(
        [sys.executable, "-c", text],
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "NUMBA_CACHE_DIR": kernels},
    ).stdout.decode()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return busy, told


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    run = RUN.format(arguments=["run", "open_house", "--seed", "7", "--json"])
    with tempfile.TemporaryDirectory() as kernels:
        cold, first = seconds_of(run, kernels)
        seconds_of(BARE, kernels)
        warm, bare, digests = [], [], {json.loads(first)["digest"]}
        for _ in range(rounds):
            found, told = seconds_of(run, kernels)
            warm.append(found)
            bare.append(seconds_of(BARE, kernels)[0])
            digests.add(json.loads(told)["digest"])
    print(f"wom run open_house, CPU of the process; digests equal: {len(digests) == 1}")
    print(f"   cold {cold:.1f} s, warm {median(warm):.2f} s; numba alone {median(bare):.2f} s")


if __name__ == "__main__":
    main()
