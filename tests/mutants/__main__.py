"""Planted bugs and the tests that find them: ``make mutants``, or ``python -m tests.mutants``.

Each bug is planted into a copy of the checkout, alone, and the tests that are named for it are run
there, those of the engine with compilation off. Before that the same tests have to pass without it.
Prints the score and who survived; 1 if any did.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from wordofmouth.sim.kernels import kept

from .bug import Bug
from .table import BUGS

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("agents", "experiments", "scenarios", "sim")
BESIDE = ("tests", "docs", "notebooks", "benchmarks")
FILES = ("__init__.py", "py.typed", "pyproject.toml", "README.md", "CHANGELOG.md")
# Seconds of CPU for the tests of one bug, which a busy machine gives as well, and of patience.
MOST, PATIENCE = 600, 3_600
# What pytest answers when tests failed and nothing else went wrong; what stands for no answer.
FAILED, NO_ANSWER = 1, -1


def copied(to: Path) -> None:
    """Copy the checkout, and a folder in which the package has its name."""
    left = shutil.ignore_patterns("__pycache__", "compiled", "_build", ".*")
    for name in (*PARTS, *BESIDE):
        shutil.copytree(ROOT / name, to / name, ignore=left)
    for name in FILES:
        shutil.copy(ROOT / name, to / name)
    view = to / ".view" / "wordofmouth"
    view.mkdir(parents=True)
    for name in (*PARTS, "__init__.py", "py.typed"):
        (view / name).symlink_to(to / name)
    # Bugs outside of the engine leave its kernels what they are.
    if (kernels := kept()) is not None:
        shutil.copytree(kernels, to / "sim" / "__pycache__" / kernels.name)


def ran(
    root: Path, tests: tuple[str, ...], compiled: bool, examples: int, bugs: int = 1
) -> tuple[int, str]:
    """Run the tests of so many bugs in a copy: what pytest answered, and its last words."""
    most = MOST * bugs
    where = {
        "PYTHONPATH": str(root / ".view"), "PYTHONDONTWRITEBYTECODE": "1",
        "WOM_EXAMPLES": str(examples), "NUMBA_DISABLE_JIT": "0" if compiled else "1",
        "MPLBACKEND": "agg",
    }  # fmt: skip
    asked = ["-x", "-q", "--no-header", "--tb=line", "-p", "no:cacheprovider", *tests]
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "pytest", *asked], cwd=root, env={**os.environ, **where},
            capture_output=True, text=True, check=False, timeout=PATIENCE * bugs,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1)),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return NO_ANSWER, f"no answer within {PATIENCE * bugs} seconds"
    if -answer.returncode in (signal.SIGXCPU, signal.SIGKILL):
        return NO_ANSWER, f"no answer within {most} seconds of CPU"
    return answer.returncode, "\n".join(answer.stdout.splitlines()[-8:])


def is_found(bug: Bug, code: int) -> bool:
    """Whether tests that end with this code have found a bug.

    A test without an answer may have been slow, or the machine busy: it tells of a loop without
    end only where the table says that the bug makes one.
    """
    return code == FAILED or (code == NO_ANSWER and bug.endless)


def planted(root: Path, bug: Bug) -> tuple[int, str]:
    """Run the tests of a bug with it, and take it out again."""
    path = root / bug.file
    text = path.read_text(encoding="utf-8")
    assert text.count(bug.before) == 1, bug
    path.write_text(text.replace(bug.before, bug.after), encoding="utf-8")
    try:
        return ran(root, bug.tests, bug.compiled, bug.examples)
    finally:
        path.write_text(text, encoding="utf-8")


def main() -> int:
    """Plant, run, and print the score; 1 if a bug survived, 2 if a test fails without one."""
    asked = argparse.ArgumentParser(prog="python -m tests.mutants")
    asked.add_argument("--only", default="", help="bugs whose name or file has this in it")
    asked.add_argument("--unplanted", action=argparse.BooleanOptionalAction, default=True,
                       help="run the same tests without a bug first")  # fmt: skip
    asked.add_argument("--list", action="store_true")
    how = asked.parse_args()
    bugs = [bug for bug in BUGS if how.only in bug.name or how.only in bug.file]
    if how.list:
        for bug in bugs:
            print(f"{bug.file:<40} {bug.name}")
        return 0
    survivors, late, began = [], 0, time.time()
    by_file: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="wom-mutants-") as folder:
        root = Path(folder)
        copied(root)
        # All at once, as most of a test is to begin a process.
        ways: defaultdict[tuple[bool, int], set[str]] = defaultdict(set)
        for bug in bugs if how.unplanted else ():
            ways[bug.compiled, bug.examples].update(bug.tests)
        for (compiled, examples), tests in sorted(ways.items()):
            code, said = ran(root, tuple(sorted(tests)), compiled, examples, len(tests))
            if code:
                print(f"a test fails without a bug: {code}\n{said}", flush=True)
                return 2
        passed = len(set().union(*ways.values()))
        print(f"{passed} tests pass without a bug, {time.time() - began:.0f} s", flush=True)
        for number, bug in enumerate(bugs, 1):
            since = time.time()
            code, said = planted(root, bug)
            found = is_found(bug, code)
            by_file[bug.file.split("/")[0]] += found
            late += code == NO_ANSWER
            word = "found" if found else "NO ANSWER" if code == NO_ANSWER else "SURVIVED"
            print(f"{number:>3} {word:<9} {time.time() - since:5.1f} s  {bug.file}: {bug.name}",
                  flush=True)  # fmt: skip
            if not found:
                survivors.append(bug)
                print(f"{said}\n", flush=True)
    parts = ", ".join(f"{name} {count}" for name, count in sorted(by_file.items()))
    print(f"{len(bugs) - len(survivors)} of {len(bugs)} planted bugs found ({parts}), "
          f"{late} without an answer, {time.time() - began:.0f} s")  # fmt: skip
    for bug in survivors:
        print(f"survived: {bug.file}: {bug.name}")
    return int(bool(survivors))


if __name__ == "__main__":
    sys.exit(main())
