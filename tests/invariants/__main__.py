"""What holds in every campaign, asked of many: ``make invariants``, N=, SEED=.

Campaigns are those of hypothesis (`tests/agents/generated.py`): a seed gives the same again, so
that two Pythons, or two machines, can be compared by the one number that is printed last.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ..agents.generated import PARTS, SCALES, scenarios
from ..agents.generated_networks import networks, peopled
from .holds import Case, doors, doubled, kept, money, numbers, one_campaign, text
from .interpreted import digests

# Campaigns that are run a second time without the compiler: of so few people, and so many.
SMALL, INTERPRETED = 70, 0.1


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A campaign of any kind."""
    network = draw(networks())
    people = draw(peopled(network))
    scenario = draw(scenarios(parts=PARTS | SCALES))
    return Case(scenario, people, draw(st.integers(0, 2**62)))


def generated(many: int, seed: int) -> Iterator[Case]:
    """So many campaigns."""
    found: list[Case] = []

    @hypothesis.seed(seed)
    @settings(
        max_examples=many, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(cases())
    def collect(case: Case) -> None:
        found.append(case)

    collect()
    yield from found[:many]


def asked(case: Case, folder: Path) -> dict[str, Callable[[], None]]:
    """Everything that is asked of a campaign, by name."""
    longer, wider = doubled(case)
    once: dict[str, Callable[[], None]] = {
        "funnel, sums, forest": lambda: one_campaign(case),
        "numbers": lambda: numbers(case),
        "money": lambda: money(case),
        "text": lambda: text(case),
        "doors and threads": lambda: doors(case),
        "kept": lambda: kept(case, folder),
    }
    for name, more in (("ticks", longer), ("people", wider)):
        once |= {
            f"twice the {name}: funnel": lambda more=more: one_campaign(more),  # type: ignore[misc]
            f"twice the {name}: numbers": lambda more=more: numbers(more),  # type: ignore[misc]
            f"twice the {name}: money": lambda more=more: money(more),  # type: ignore[misc]
        }
    return once


def main() -> int:
    """Ask, and print the score; 1 if something did not hold."""
    words = argparse.ArgumentParser(prog="python -m tests.invariants")
    words.add_argument("--cases", type=int, default=500)
    words.add_argument("--seed", type=int, default=None)
    how = words.parse_args()
    seed = int(time.time()) % 100_000 if how.seed is None else how.seed
    print(f"seed {seed}", flush=True)
    began, held, broken = time.time(), Counter[str](), 0
    small: list[tuple[int, Case]] = []
    found: list[str] = []
    with tempfile.TemporaryDirectory(prefix="wom-invariants-") as folder:
        home = Path(folder)
        for number, case in enumerate(generated(how.cases, seed)):
            found.append(case.run().digest)
            if case.network.n <= SMALL and len(small) < INTERPRETED * how.cases:
                small.append((number, case))
            for name, ask in asked(case, home / str(number)).items():
                try:
                    ask()
                    held[name] += 1
                except Exception:  # noqa: BLE001  whatever it is, it is counted and shown
                    broken += 1
                    fault = f"  campaign {number} of seed {seed}, {name}"
                    print(f"{fault}\n{traceback.format_exc(-3)}", flush=True)
        plain = digests([case for _, case in small], home / "plain", 60.0 + 30.0 * len(small))
        for (number, _), digest in zip(small, plain, strict=True):
            if digest == found[number]:
                held["compilation off"] += 1
            else:
                broken += 1
                print(f"  campaign {number} of seed {seed} is another one with compilation off")
    for name, count in held.items():
        print(f"{name:<32} {count:>6} hold")
    together = sha256("".join(found).encode()).hexdigest()[:16]
    print(
        f"{len(found)} campaigns of seed {seed}: {sum(held.values())} questions hold, {broken} do "
        f"not, {time.time() - began:.0f} s; digest of all {together}"
    )
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
