"""What all tests share: a compiled-code cache that can be trusted, the data folder, hypothesis."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"

# Two xdist workers must not write one cache: numba numbers the machine code of a function in the
# order of its signatures, and two writers can give one number to two signatures. So each has a
# cache of its own, which begins as a copy of what lies beside the sources.
WORKER = os.environ.get("PYTEST_XDIST_WORKER")
WORKER_CACHES = ROOT / ".pytest_cache" / "numba" / str(sys.implementation.cache_tag)
# Its time is that of the oldest source that the workers' kernels may be of.
BEGAN = WORKER_CACHES / "began"
if WORKER is not None:
    os.environ["NUMBA_CACHE_DIR"] = str(WORKER_CACHES / WORKER)

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("explore", deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


class RootIsAFolder:
    """Keeps pytest from importing the root's `__init__.py` under the name of the checkout."""

    @staticmethod
    def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Dir | None:
        """Take the root for a plain folder, and leave all others to pytest."""
        return pytest.Dir.from_parent(parent, path=path) if path == ROOT else None


def newest_source() -> float:
    """When a source of the engine was last changed."""
    return max(source.stat().st_mtime for source in (ROOT / "sim").rglob("*.py"))


def remove_stale_kernels() -> None:
    """Delete compiled kernels that are older than the newest source of the engine.

    numba compiles anew when the file of a kernel changes, but a kernel has its callees inlined,
    and a change in the file of a callee goes unnoticed: the test would run yesterday's code.
    """
    newest = newest_source()
    for compiled in (ROOT / "sim").rglob("*.nb[ic]"):
        try:
            if compiled.stat().st_mtime < newest:
                compiled.unlink()
        except FileNotFoundError:  # another test run was quicker
            continue


def compile_for_workers() -> None:
    """Compile once, beside the sources, what every worker would compile for itself."""
    if BEGAN.exists() and BEGAN.stat().st_mtime >= newest_source():
        return
    shutil.rmtree(WORKER_CACHES, ignore_errors=True)
    began = time.time()
    print("compiling the kernels, once for all workers: a minute or two", flush=True)
    subprocess.run([sys.executable, ROOT / "tests" / "compiled.py"], check=True)
    WORKER_CACHES.mkdir(parents=True, exist_ok=True)
    BEGAN.touch()
    os.utime(BEGAN, (began, began))


def begin_with_a_copy(own: Path) -> None:
    """Copy what is compiled into a worker's own cache, each folder to where numba will look."""
    from numba.core.caching import _CacheLocator

    found = importlib.util.find_spec("wordofmouth")
    assert found is not None
    assert found.origin is not None
    aside = own.with_name(f"{own.name}.begun")
    shutil.rmtree(aside, ignore_errors=True)
    for compiled in (Path(found.origin).parent / "sim").rglob("__pycache__"):
        place = aside / _CacheLocator.get_suitable_cache_subpath(str(compiled))
        shutil.copytree(compiled, place, ignore=shutil.ignore_patterns("*.pyc"))
    aside.rename(own)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(RootIsAFolder(), "root is a folder")
    if WORKER is None:  # for workers, the process that started them has done it
        remove_stale_kernels()
        if config.getoption("numprocesses", None) and not config.option.collectonly:
            compile_for_workers()
    elif not (WORKER_CACHES / WORKER).is_dir():
        begin_with_a_copy(WORKER_CACHES / WORKER)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real networks and measured campaigns beside the checkout, or skip."""
    if not DATA.is_dir():
        pytest.skip("needs the folder ../shared/data beside the checkout")
    return DATA
