"""Ten thousand cases and more: ``make fuzz``, or ``python -m tests.fuzz --cases 20000 --seed 7``.

Prints a score by door, and of each fault the numbers that make it again: what is named by ``--only
"DOOR:SEED:NUMBER"`` alone is made, and written to the corpus with ``--keep``.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings

from . import corpus, saved
from .doors import DOORS
from .judge import Door, Verdict, judge


def drawn(door: Door, many: int, seed: int) -> Iterator[Any]:
    """Cases that hypothesis makes, of doors whose cases it can."""
    found: list[Any] = []
    if door.drawn is None:
        return

    @hypothesis.seed(seed)
    @settings(
        max_examples=many, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(door.drawn)
    def collect(case: Any) -> None:
        found.append(case)

    collect()
    yield from found


def cases(door: Door, many: int, seed: int) -> Iterator[tuple[str, Any]]:
    """Cases of a door with the names that make them again: slips, and as many of hypothesis."""
    slips = many // 2 if door.drawn is not None else many
    for number in range(slips):
        yield f"{door.name}:{seed}:{number}", door.case(seed, number)
    for number, case in enumerate(drawn(door, many - slips, seed)):
        yield f"{door.name}:{seed}:hypothesis {number}", case


def share(door: Door, many: int) -> int:
    """How many of so many cases are a door's."""
    weights = {each.name: 1.0 / each.cost for each in DOORS.values()}
    return max(1, round(many * weights[door.name] / sum(weights.values())))


def within(door: Door, case: Any) -> Verdict:
    """Judge a case in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="wom-fuzz-"))
    try:
        return judge(door, case, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run, and print the score; 1 if there was a fault."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz")
    asked.add_argument("--cases", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=None)
    asked.add_argument("--only", default=None, help="DOOR, or DOOR:SEED:NUMBER")
    asked.add_argument("--keep", action="store_true", help="keep the faults in the corpus")
    how = asked.parse_args()
    seed = int(time.time()) % 100_000 if how.seed is None else how.seed
    name, _, numbers = (how.only or "").rpartition(":")
    one = name.rpartition(":")[0] if numbers.isdecimal() else ""
    doors = [door for door in DOORS.values() if not how.only or door.name in (how.only, one)]
    warm_up(doors)
    faults, began, total = 0, time.time(), 0
    print(f"seed {seed}; each case in {2:g} s of CPU and 512 MiB", flush=True)
    for door in doors:
        ended: Counter[str] = Counter()
        slowest, cpu = 0.0, time.process_time()
        found = (
            [(how.only, door.case(int(name.rpartition(":")[2]), int(numbers)))]
            if one
            else cases(door, how.cases if how.only else share(door, how.cases), seed)
        )
        for what, case in found:
            verdict = within(door, case)
            ended["fault" if verdict.fault else "refused" if verdict.said else "valid"] += 1
            slowest = max(slowest, verdict.seconds)
            if verdict.fault:
                faults += 1
                print(f"  {what}\n    {verdict.fault}", flush=True)
                if how.keep:
                    corpus.keep(door, case, what)
            elif one:
                print(f"  {what}: {verdict.said or 'valid'}\n    {case!r:.2000}")
        total += sum(ended.values())
        print(
            f"{door.name:<16} {sum(ended.values()):>6} cases: {ended['valid']:>6} valid, "
            f"{ended['refused']:>6} refused, {ended['fault']} faults; slowest {slowest:.2f} s, "
            f"{time.process_time() - cpu:.0f} s of CPU",
            flush=True,
        )
    saved.clean()
    print(f"{total:,} cases, {faults} faults, {time.time() - began:.0f} s, seed {seed}")
    return 1 if faults else 0


def warm_up(doors: list[Door]) -> None:
    """Import and compile what is asked for later, so that no case is charged with it."""
    for door in doors:
        some = max(1, 8 // door.cost)
        for case in (*door.known(), *(door.case(0, number) for number in range(some))):
            within(door, case)


if __name__ == "__main__":
    sys.exit(main())
