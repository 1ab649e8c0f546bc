"""The memory of ads: each showing adds to it, and it fades."""

from __future__ import annotations

import numpy as np

from ..exposures import Exposures
from ..jit import jit
from ..plan import AD, Plan
from ..stages.notice import remembered
from ..state import State
from ..wave import Wave


@jit
def apply_wear(
    plan: Plan, state: State, wave: Wave, met: Exposures, message: int, tick: int
) -> None:
    """Write down that ads were shown to those who met them, whether they noticed it or not."""
    worn, showing = state.worn, wave.showing
    if worn.shape[0] == 0 or plan.messages["kind"][message] != AD:
        return
    half_life = plan.notice.ad_half_life
    for row in range(met.start[message], met.start[message + 1]):
        if showing[met.entry[row]] >= 0:
            i = met.person[row]
            ticks = tick - np.float64(worn[i, 1])
            left = remembered(np.float64(worn[i, 0]), ticks, half_life)
            worn[i, 0], worn[i, 1] = left + 1.0, tick
