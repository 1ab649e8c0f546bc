"""Compiles what most tests run, beside the sources, where `wom` and plain pytest find it too.

A program of two processes: what a campaign takes, and what agents ask. `conftest.py` runs it before
the workers of a parallel run begin; each of them starts with a copy, and compiles little.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections.abc import Callable
from multiprocessing.synchronize import Lock
from typing import Any

import wordofmouth as wom
from numba.core.caching import IndexDataCacheFile

SMALL = {"network.people": 300, "horizon": 8}


class Same(wom.Fan):
    """A fan who decides alone, as would be decided anyway."""

    def share(self, exposure: Any) -> Any:
        """As the kernels do."""
        return super().share(exposure)


def campaigns() -> None:
    """A campaign in one compiled loop, and what is no campaign."""
    assert wom.run(wom.load("open_house").replace(SMALL), seed=1).kpis
    network = wom.Network.generate("preferential_attachment", 1000, m=2, seed=1)
    wom.cascades(network, 0.02, seeds="uniform", replicates=10, seed=1)


def agents() -> None:
    """Campaigns in which some decide alone, and all."""
    for how in ({"fan": Same}, {"by": "agents"}):
        model = wom.CampaignModel(wom.load("open_house").replace(SMALL), rng=1, **how)
        while model.running:
            model.step()
        assert model.result.kpis


def compile_by(part: Callable[[], None], one_at_a_time: Lock) -> None:
    """Run a part; of two processes that write into one cache, one waits (see `conftest.py`)."""
    save = IndexDataCacheFile.save

    def save_alone(self: IndexDataCacheFile, key: object, data: object) -> None:
        with one_at_a_time:
            save(self, key, data)

    IndexDataCacheFile.save = save_alone
    # The compiler makes many objects and keeps most: looking for others took a tenth of its time.
    gc.set_threshold(20_000, 20, 50)
    part()


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    lock = context.Lock()
    processes = [context.Process(target=compile_by, args=(p, lock)) for p in (campaigns, agents)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    sys.exit(any(process.exitcode for process in processes))
