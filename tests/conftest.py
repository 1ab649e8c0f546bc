"""What all tests share: compiled kernels, the data folder, hypothesis."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"

WORKER = os.environ.get("PYTEST_XDIST_WORKER")

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("explore", deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
# So many examples of each property at most, and none made smaller: for planted bugs (`mutants`),
# where it is enough to know that a test fails.
EXAMPLES = os.environ.get("WOM_EXAMPLES")


class RootIsAFolder:
    """Keeps pytest from importing the root's `__init__.py` under the name of the checkout."""

    @staticmethod
    def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Dir | None:
        """Take the root for a plain folder, and leave all others to pytest."""
        return pytest.Dir.from_parent(parent, path=path) if path == ROOT else None


def compile_for_workers() -> None:
    """Compile once what every worker would compile for itself."""
    from wordofmouth.sim.kernels import kept

    folder = kept()
    done = folder / "all" if folder is not None else None
    if done is not None and not done.exists():
        print("compiling the kernels, once for all workers: a minute or two", flush=True)
        compile_all = "from wordofmouth.experiments.commands.main import main; main(['compile'])"
        subprocess.run([sys.executable, "-c", compile_all], check=True)
        done.touch()


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(RootIsAFolder(), "root is a folder")
    interpreted = os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")
    if interpreted:
        # Draws wrap around, and pytest sets aside what `sim/jit.py` says about it.
        config.addinivalue_line("filterwarnings", "ignore:overflow encountered:RuntimeWarning")
    several = config.getoption("numprocesses", None) and not config.option.collectonly
    # For workers, the process that started them has done it.
    if WORKER is None and several and not interpreted:
        compile_for_workers()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if EXAMPLES is None:
        return
    name = "_hypothesis_internal_use_settings"
    for item in items:
        test = getattr(item, "obj", None)
        own = getattr(test, name, hypothesis.settings())
        if hasattr(test, "hypothesis"):
            most = min(int(EXAMPLES), own.max_examples)
            phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
            setattr(test, name, hypothesis.settings(own, max_examples=most, phases=phases))


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """The path of a file of real data, or a skip where it is absent."""

    def find(name: str) -> Path:
        path = DATA / name
        if not path.exists():
            pytest.skip(f"real data {name} is not there: put it into {DATA}")
        return path

    return find


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real networks and measured campaigns beside the checkout, or skip."""
    if not DATA.is_dir():
        pytest.skip("needs the folder ../shared/data beside the checkout")
    return DATA
