"""What every command answers on every shipped scenario, as documents kept in `golden/`.

Written anew by a script alone, and the diff is read: ``python tests/experiments/golden.py``, with
the names of commands for theirs alone. Numbers are kept to ten digits; what a clock or a machine
says is left out.
"""

from __future__ import annotations

import contextlib
import io
import json
import math
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parent / "golden"
# What a clock or a folder says, beside the documents in which it is what is asked.
PASSING = frozenset(("seconds", "report"))
ESTIMATES = frozenset(("check",))
DIGITS = 10

_FEW = ("--set", "network.people=400", "--seed", "3")
_PAIRS = ("--replicates", "3", "--jobs", "1")
# How each command is asked of a scenario.
ASKED: dict[str, tuple[str, ...]] = {
    "run": ("--set", "network.people=2000", "--seed", "3"),
    "check": ("--set", "network.people=2000"),
    "diagnose": (*_FEW, *_PAIRS),
    "compare": (
        "--both", "network.people=400", "--seed", "3", "--set", "share.base.fan=0.05", *_PAIRS,
    ),
    "levers": (
        *_FEW, "--lever", "bold:share.base.fan=0.05", "--lever", "incentives.reward=8", *_PAIRS,
    ),
    "economics": (*_FEW, *_PAIRS),
    "credit": _FEW,
    # As many plans as are tried before the sampler draws any: numbers of ours alone.
    "optimise": (
        *_FEW, "--over", "share.base.fan=0.01..0.1", "--over", "publish.seeding=random|followers",
        "--outcome", "reach", "--trials", "4", "--worlds", "2", "--fresh", "3", "--jobs", "1",
    ),
}  # fmt: skip
# What the file of all that is asked of no scenario is called.
OTHERS = "others"
STUDY = """\
scenario = "open_house"
replicates = 2
seed = 3

[set]
"network.people" = 400

[axes]
"share.base.fan" = [0.02, 0.1]
"incentives.reward" = [0.0, 5.0]
"""


def told(*arguments: str) -> Any:
    """The exit code of a command, the document that it prints, and its errors if there are any."""
    from wordofmouth.experiments.commands.main import main

    out, error = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        code = main([*arguments, "--json"])
    text, passing = out.getvalue(), PASSING - (PASSING if arguments[0] in ESTIMATES else set())
    errors = (line for line in error.getvalue().splitlines() if line.startswith("error:"))
    wrong = [re.sub(r"there is [\d.]+ GiB", "there is less", line) for line in errors]
    document = rounded(json.loads(text), passing) if text else None
    return {"code": code, "told": document, **({"errors": wrong} if wrong else {})}


def rounded(given: Any, passing: Set[str]) -> Any:
    """A document without what passes, its numbers to ten digits."""
    if isinstance(given, dict):
        kept = {name: each for name, each in given.items() if name not in passing}
        return {name: rounded(each, passing) for name, each in kept.items()}
    if isinstance(given, list):
        return [rounded(each, passing) for each in given]
    if isinstance(given, float) and math.isfinite(given):
        return float(f"{given:.{DIGITS}g}")
    return given


def of_scenario(command: str, name: str) -> Any:
    """What a command answers on a scenario."""
    return told(command, name, *ASKED[command])


def of_others() -> Iterator[tuple[str, Any]]:
    """What the commands answer that are asked of no scenario, in an empty folder."""
    yield "scenarios", told("scenarios")
    yield "reproduce", told("reproduce")
    yield "reproduce gleeson_2014", told("reproduce", "gleeson_2014")
    Path("study.toml").write_text(STUDY, encoding="utf-8")
    yield "sweep", told("sweep", "study.toml", "--out", "study", "--jobs", "1")
    yield "status", told("status", "study")
    yield "analyse", told("analyse", "study")
    yield "export", told("export", "study", "--to", "runs.csv")
    yield "report", told("report", "study")
    yield "unknown scenario", told("run", "open_hose")
    yield "unknown outcome", told("diagnose", "open_house", "--outcome", "conversion")
    yield "out of range", told("run", "open_house", "--set", "share.base.fan=2")
    yield "too large", told("run", "open_house", "--set", "network.people=2000000000")
    yield "no folder", told("report", "nowhere")
    yield "no study", told("sweep", "nowhere.toml")


@contextlib.contextmanager
def elsewhere() -> Iterator[None]:
    """An empty folder to work in."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def kept(name: str) -> dict[str, Any]:
    """What is kept of a command."""
    found: dict[str, Any] = json.loads((GOLDEN / f"{name}.json").read_bytes())
    return found


def _write(name: str, documents: dict[str, Any]) -> None:
    lines = (f" {json.dumps(key)}: {json.dumps(each)}" for key, each in documents.items())
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (GOLDEN / f"{name}.json").write_text(text, encoding="utf-8")


def main(wanted: list[str]) -> None:
    """Write those of some commands anew, or all of them."""
    from wordofmouth.scenarios.loader import names

    GOLDEN.mkdir(exist_ok=True)
    with elsewhere():
        for command in wanted or [*ASKED, OTHERS]:
            told_of = (
                of_others()
                if command == OTHERS
                else ((name, of_scenario(command, name)) for name in names())
            )
            _write(command, dict(told_of))
            print(command)


if __name__ == "__main__":
    main(sys.argv[1:])
