"""What the package is made of, what it brings along, and what it never does."""

from __future__ import annotations

import ast
import hashlib
import inspect
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name
from packaging.version import Version

from .locks import FILES, PROJECT, asked, installed, locked

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("sim", "agents", "scenarios", "experiments")
SOURCES = [ROOT / "__init__.py", *sorted(p for f in FOLDERS for p in (ROOT / f).rglob("*.py"))]


@cache
def trees() -> dict[str, ast.Module]:
    """Each source, parsed."""
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in SOURCES
    }


# Pickles are read by the kernels alone, out of folders in which nobody else may write, each beside
# its checksum; what names a function by its values writes one, and nobody reads it.
PICKLES = {"sim/kernels.py": {"loads"}, "experiments/studies/runs/function.py": {"dumps"}}
UNSAFE = {"marshal", "shelve", "dill", "cloudpickle", "joblib", "yaml"}
# Who would fetch something from elsewhere.
OUTWARD = {"requests", "httpx", "aiohttp", "ftplib", "smtplib", "telnetlib", "urllib.request",
           "http.client", "xmlrpc.client"}  # fmt: skip


def calls(tree: ast.AST) -> list[tuple[str, ast.Call]]:
    """Calls, by the name of what is called: `eval`, `pickle.loads`."""
    return [(ast.unparse(node.func), node) for node in ast.walk(tree) if isinstance(node, ast.Call)]


def imports(tree: ast.AST) -> set[str]:
    """The modules of others that a file imports, at its head or in a function."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return found


@pytest.mark.parametrize("room", ["__init__.py", *FOLDERS])
def test_nothing_is_evaluated_unpickled_or_fetched(room: str) -> None:
    for file, tree in trees().items():
        if file.startswith(room):
            nothing_unsafe(file, tree)


def nothing_unsafe(file: str, tree: ast.AST) -> None:
    """Nothing that would run, or bring in, what somebody else wrote."""
    for name, call in calls(tree):
        assert name not in ("eval", "exec", "compile", "__import__", "os.system", "os.popen"), name
        if name.startswith("pickle."):
            assert name.partition(".")[2] in PICKLES.get(file, ()), name
        told = {each.arg: ast.unparse(each.value) for each in call.keywords}
        assert told.get("shell", "False") == "False", name
        if name == "np.load":
            assert told.get("allow_pickle") == "False", file
        assert not name.endswith("read_pickle"), name
    used = imports(tree)
    assert not used & (UNSAFE | OUTWARD)
    assert "pickle" not in used or file in PICKLES


def test_sockets_are_on_this_machine_alone_unless_one_says_otherwise() -> None:
    from wordofmouth.experiments.commands import serve as command
    from wordofmouth.experiments.live.serve import _bound

    here = [file for file, tree in trees().items() for name, _ in calls(tree)
            if name == "socket.socket" or name.endswith(".bind")]  # fmt: skip
    assert set(here) == {"experiments/live/serve.py"}
    assert inspect.signature(command.serve).parameters["host"].default == "127.0.0.1"
    listening = _bound("127.0.0.1", None)
    assert listening.getsockname()[0] == "127.0.0.1"
    listening.close()
    # Dask's page would listen everywhere.
    (local,) = [call for name, call in calls(trees()["experiments/studies/runs/cluster.py"])
                if name.endswith("LocalCluster")]  # fmt: skip
    assert {each.arg: ast.unparse(each.value) for each in local.keywords}[
        "dashboard_address"
    ] == "None"


@pytest.mark.parametrize("file", FILES)
def test_each_package_is_locked_in_one_version_by_its_hashes(file: str) -> None:
    found = locked(file)
    assert len(found) > 40
    for each in found:
        (pin,) = each.requirement.specifier
        assert pin.operator == "==", each.requirement
        assert each.hashes, f"{file}: {each.name} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in each.hashes), each.name


@pytest.mark.parametrize("extra", [None, *PROJECT["optional-dependencies"]])
def test_what_is_asked_for_is_locked(extra: str | None) -> None:
    every = {}
    for file in FILES:
        for each in locked(file):
            every.setdefault(each.name, []).append(each.requirement)
    for wanted in asked(extra):
        pins = every.get(canonicalize_name(wanted.name), [])
        assert pins, f"{wanted} is in no lock file: make lock"
        versions = [Version(pin.version) for each in pins for pin in each.specifier]
        assert any(wanted.specifier.contains(each, prereleases=True) for each in versions), wanted


def test_lock_files_agree() -> None:
    """One environment takes them one after the other."""
    first = {(each.name, str(each.requirement.marker)): str(each.requirement.specifier)
             for each in locked("requirements.lock")}  # fmt: skip
    for file in FILES[1:]:
        for each in locked(file):
            key = each.name, str(each.requirement.marker)
            assert first.get(key, str(each.requirement.specifier)) == str(
                each.requirement.specifier
            )


# Whoever installs the package may use, change and pass on what comes along; python -m
# tests.supply.locks lists it anew.
FREE = re.compile(
    r"MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|CC0|LLVM-exception|MPL-2\.0"
)
# igraph finds places for people in pictures, in two extras; it comes from its authors, and
# nothing of it is in the wheel.
COPYLEFT = {"igraph": "GNU General Public License (GPL)"}


def test_licences_are_listed_and_free() -> None:
    lines = (Path(__file__).parent / "licences.tsv").read_text(encoding="utf-8").splitlines()
    listed = dict(line.split("\t") for line in lines)
    for name, licence in listed.items():
        allowed = COPYLEFT.get(name) == licence or FREE.search(licence) is not None
        assert allowed, f"{name} is under {licence or 'no licence'}"
        assert name in COPYLEFT or "GPL" not in licence, name
    unlisted = {name: licence for name, licence in installed().items() if name not in listed}
    assert unlisted == {}, "python -m tests.supply.locks"


@pytest.mark.slow
def test_two_wheels_have_equal_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("one", "another"):
        source = tmp_path / name
        goal = tmp_path / f"{name}-wheel"
        left = shutil.ignore_patterns("__pycache__", "compiled", "_build", ".*", "dist", "build")
        shutil.copytree(ROOT, source, ignore=left)
        build = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet",
                 "--no-deps", "--no-build-isolation", "--wheel-dir", str(goal),
                 str(source)]  # fmt: skip
        where = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600", "PYTHONHASHSEED": str(len(name))}
        where.pop("PYTHONPATH", None)
        subprocess.run(build, check=True, env=where)
        (wheel,) = goal.iterdir()
        made.append((wheel.name, hashlib.sha256(wheel.read_bytes()).hexdigest()))
    assert made[0] == made[1]
