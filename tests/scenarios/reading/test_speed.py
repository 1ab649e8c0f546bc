"""A million ties of plain integers: the time of the processor, and the memory."""

from __future__ import annotations

import time
import tracemalloc

import numpy as np
import pytest
from wordofmouth.sim.network import Network

MOST_SECONDS = 1.0
MOST_BYTES_A_BYTE = 20


@pytest.mark.slow
@pytest.mark.parametrize("separator", [" ", ",", "\t"])
def test_a_million_ties(tmp_path, separator):
    ends = np.random.default_rng(1).integers(0, 300_000, (1_000_000, 2))
    path = tmp_path / "ties"
    path.write_text("".join(f"{u}{separator}{v}\n" for u, v in ends.tolist()))
    Network.from_file(path)  # what is imported and compiled is none of it
    took = []
    for _ in range(3):
        before = time.process_time()
        network = Network.from_file(path)
        took.append(time.process_time() - before)
    print(f"{min(took):.2f} s of CPU")
    assert network.n > 290_000
    assert min(took) <= MOST_SECONDS
    tracemalloc.start()
    Network.from_file(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most <= MOST_BYTES_A_BYTE * path.stat().st_size
