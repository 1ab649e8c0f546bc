"""Who looks on and decides nothing changes nothing, compiled or in Python."""

from __future__ import annotations

import pytest
import wordofmouth as wom
from numba.core.errors import TypingError
from wordofmouth.sim.campaign import Campaign
from wordofmouth.sim.deciders import KERNELS, Deciders
from wordofmouth.sim.engine import advance

SCENARIO = wom.load("marketing_cycle").replace({"network.people": 200, "horizon": 30})


class Onlooker(Deciders):
    """Somebody who decides nothing."""


def test_the_page_in_python_decides_what_the_compiled_one_decides() -> None:
    digests = {wom.run(SCENARIO, seed=3).digest}
    for deciders in (KERNELS, Onlooker()):
        campaign = Campaign(SCENARIO, seed=3)
        while campaign.running:
            campaign.step(deciders)
        digests.add(campaign.result().digest)
    assert len(digests) == 1


def test_the_compiled_page_refuses_deciders_that_it_would_not_ask() -> None:
    with pytest.raises(TypingError, match="Onlooker"):
        advance(None, None, None, None, 0, Onlooker())  # type: ignore[arg-type]
