"""What all tests share: a compiled-code cache that can be trusted, the data folder, hypothesis."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"

# Two xdist workers must not write one cache: numba numbers the machine code of a function in the
# order of its signatures, and two writers can give one number to two signatures.
WORKER = os.environ.get("PYTEST_XDIST_WORKER")
WORKER_CACHES = ROOT / ".pytest_cache" / "numba"
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


def remove_stale_kernels() -> None:
    """Delete compiled kernels that are older than the newest source of the engine.

    numba compiles anew when the file of a kernel changes, but a kernel has its callees inlined,
    and a change in the file of a callee goes unnoticed: the test would run yesterday's code.
    """
    newest = max(source.stat().st_mtime for source in (ROOT / "sim").rglob("*.py"))
    for folder in (ROOT / "sim", WORKER_CACHES):
        for compiled in folder.rglob("*.nb[ic]"):
            try:
                if compiled.stat().st_mtime < newest:
                    compiled.unlink()
            except FileNotFoundError:  # another test run was quicker
                continue


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(RootIsAFolder(), "root is a folder")
    if WORKER is None:  # for workers, the process that started them has done it
        remove_stale_kernels()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real networks and measured campaigns beside the checkout, or skip."""
    if not DATA.is_dir():
        pytest.skip("needs the folder ../shared/data beside the checkout")
    return DATA
