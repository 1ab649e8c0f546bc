"""`wom compile`: the compiler's work done at once, for who installs for others."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from ...sim.errors import InputError, StorageError
from .options import command

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

_PEOPLE: Final = 2_000

# A processor that nearly every machine of its kind exceeds, by LLVM's name, and what it must have.
_COMMON: Final = {
    "x86_64": (
        "x86-64-v3",
        "avx avx2 bmi bmi2 cx16 f16c fma lzcnt movbe popcnt sahf sse3 sse4.1 sse4.2 ssse3 xsave",
    ),
    "aarch64": ("generic", ""),
}


@command
def compile(  # noqa: A001
    ship: Annotated[
        bool,
        typer.Option(
            "--ship", help="Into the package, for any such machine: a wheel then carries them."
        ),
    ] = False,
) -> None:
    """Compile all kernels now, in two processes, rather than when they are first needed."""
    from . import console

    if ship:
        console.say(f"{_shipped()} compiled kernels will be in the wheel.")
        return
    folder = _both()
    from ...sim.kernels import CALLED

    console.say(f"{len(list(folder.glob(f'*{CALLED}')))} compiled kernels are kept in {folder}.")


def campaigns() -> None:
    """Each scenario in one compiled loop, and what is no campaign."""
    from ...scenarios.loader import load, names
    from ...sim.campaign import run
    from ...sim.cascades import cascades
    from ...sim.network import Network
    from ...sim.seeds import POLICIES, seeds

    for name in names():
        scenario = load(name)
        few = min(scenario.network.people, _PEOPLE)
        _ = run(scenario.replace({"network.people": few}), seed=1).kpis
    network = Network.generate("preferential_attachment", _PEOPLE, m=2, seed=1)
    cascades(network, 0.02, seeds="uniform", replicates=10, seed=1)
    for policy in POLICIES:
        seeds(network, 2, policy=policy)


def agents() -> None:
    """Campaigns in which some decide alone, and all."""
    from ...agents import CampaignModel, Fan
    from ...scenarios.loader import load

    class Same(Fan):
        """A fan who decides alone, as would be decided anyway."""

        def share(self, exposure: Any) -> Any:
            """As the kernels do."""
            return super().share(exposure)

    ways: list[dict[str, Any]] = [{"fan": Same}, {"by": "agents"}]
    for way in ways:
        model = CampaignModel(
            load("open_house").replace({"network.people": 300, "horizon": 8}), rng=1, **way
        )
        while model.running:
            model.step()


def _work(part: Callable[[], None]) -> None:
    import gc

    # The compiler makes many objects and keeps most: looking for others took a tenth of its time.
    gc.set_threshold(20_000, 20, 50)
    part()


def _both() -> Path:
    """Compile all, and say where it is kept."""
    import multiprocessing

    from ...sim.kernels import kept

    folder = kept()
    if folder is None:
        raise StorageError(
            "no folder can be written to keep the kernels in; name one in NUMBA_CACHE_DIR."
        )
    context = multiprocessing.get_context("spawn")
    processes: list[SpawnProcess] = [
        context.Process(target=_work, args=(part,)) for part in (campaigns, agents)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        raise StorageError("the kernels could not be compiled; what is said above says why.")
    return folder


def _shipped() -> int:
    if platform.machine() not in _COMMON:
        raise InputError(
            f"there is no common processor for machines of the kind {platform.machine()!r}; "
            f"ship from one of {', '.join(_COMMON)}."
        )
    if "numba" in sys.modules:  # it has read what is set below, and compiles for this very machine
        raise InputError("--ship needs a process of its own; type wom compile --ship.")
    processor, needs = _COMMON[platform.machine()]
    with tempfile.TemporaryDirectory() as aside:
        # Read when numba is imported, here and by the processes that follow.
        os.environ |= {
            "NUMBA_CPU_NAME": processor,
            "NUMBA_CPU_FEATURES": "",
            "NUMBA_CACHE_DIR": aside,
        }
        made = _both()
        from ...sim.kernels import CALLED, MERGED, NEEDS, SHIPPED, text, triple

        for before in SHIPPED.glob(f"{sys.implementation.cache_tag}-*-{processor}"):
            shutil.rmtree(before)
        folder = SHIPPED / f"{text()}-{processor}"
        folder.mkdir(parents=True)
        kernels = list(made.glob(f"*{CALLED}"))
        # Parts are for who compiles something else from this checkout; a wheel leaves them out.
        for path in (*kernels, *made.glob(f"*{MERGED}")):
            shutil.copy(path, folder)
        # Last, so that a folder that has it is whole.
        (folder / NEEDS).write_text(f"{triple()} {needs}\n")
    return len(kernels)
