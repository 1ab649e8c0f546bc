"""The house itself: what is shipped, what an import costs, and that every example is true."""

from __future__ import annotations

import doctest
import importlib
import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("sim", "agents", "scenarios", "experiments")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LISTED = PROJECT["tool"]["setuptools"]["packages"]
SOURCES = sorted(source for folder in FOLDERS for source in (ROOT / folder).rglob("*.py"))

# What `import wordofmouth` must not cost: each of these takes from 0.2 to 2 seconds.
HEAVY = {"mesa", "matplotlib", "pandas", "pyarrow", "networkx"}


def name_of(path: Path) -> str:
    """Return the import name of a folder or source file of the checkout."""
    parts = (part.removesuffix(".py") for part in path.relative_to(ROOT).parts)
    return ".".join(("wordofmouth", *(part for part in parts if part != "__init__")))


def tracked() -> list[Path]:
    """Return the files that git knows, or would know after `git add .`."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("needs git and a checkout")
    paths = (ROOT / name for name in names.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


def test_every_package_is_listed() -> None:
    found = {name_of(source.parent) for source in SOURCES} | {"wordofmouth"}
    assert sorted(LISTED) == sorted(found)


def test_every_package_has_an_init_file() -> None:
    folders = {source.parent for source in SOURCES}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_the_root_ships_nothing_but_the_front_door() -> None:
    # Every .py file in the root would be installed as a module of wordofmouth.
    assert [path.name for path in ROOT.glob("*.py")] == ["__init__.py"]


def test_every_file_that_is_not_python_is_declared_as_package_data() -> None:
    patterns = PROJECT["tool"]["setuptools"]["package-data"]
    forgotten = []
    for path in tracked():
        inside = path.relative_to(ROOT).parts
        if path.suffix == ".py" or not (inside[0] in FOLDERS or inside == ("py.typed",)):
            continue
        package = next(p for p in (path.parent, *path.parents) if name_of(p) in LISTED)
        wanted = path.relative_to(package).as_posix()
        if not any(fnmatch(wanted, pattern) for pattern in patterns.get(name_of(package), ())):
            forgotten.append("/".join(inside))
    assert forgotten == []


def test_the_import_is_light() -> None:
    question = "import json, sys, wordofmouth; print(json.dumps(list(sys.modules)))"
    answer = subprocess.run(
        [sys.executable, "-c", question], capture_output=True, check=True, cwd=ROOT.parent
    )
    loaded = {module.partition(".")[0] for module in json.loads(answer.stdout)}
    assert loaded & HEAVY == set()


def test_the_version_is_that_of_the_project_file() -> None:
    assert importlib.metadata.version("wordofmouth") == PROJECT["project"]["version"]


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    # A slash that follows a letter belongs to an address or to a relative path.
    machine = re.compile(r"(?<![\w.~:/-])(/(home|Users|root|work|tmp)/[\w.]|[C-Z]:\\Users)")
    guilty = {}
    for path in tracked():
        found = machine.search(path.read_text(encoding="utf-8", errors="ignore"))
        if found is not None:
            guilty[path.relative_to(ROOT).as_posix()] = found.group()
    assert guilty == {}


# Not pytest's --doctest-modules: it names a module after its path, and the folder of the checkout
# is not called wordofmouth, so that each module would be imported a second time under that name.
@pytest.mark.parametrize("module", [name_of(source) for source in (ROOT / "__init__.py", *SOURCES)])
def test_every_example_is_true(module: str) -> None:
    found = importlib.import_module(module)
    runner = doctest.DocTestRunner(
        optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE, verbose=False
    )
    report: list[str] = []
    for example in doctest.DocTestFinder(exclude_empty=True).find(found, module):
        runner.run(example, out=report.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(report)
