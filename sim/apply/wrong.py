"""What went wrong for somebody who bought: trust lost, patience that runs, a desk that may hear."""

from __future__ import annotations

import numpy as np

from .. import state as s
from ..jit import jit
from ..plan import Plan
from ..stages.relate import harmed
from ..state import State
from .room import schedule


@jit
def went_wrong(
    plan: Plan,
    state: State,
    topic: int,
    heard: bool,
    person: int,
    hop: int,
    paid: int,
    tick: int,
) -> None:
    """Write that a transaction went wrong about a topic, and whether the brand heard of it.

    `hop` is where the offer came from; `paid` the millionths that they paid: so much is a refund,
    whatever the price is when it is given.
    """
    complain = plan.complain
    about = complain.first + topic
    state.relation["open"][person] = topic + 1
    state.owed[person] = paid
    state.crowd["trust"][person] = harmed(np.float64(state.crowd["trust"][person]), complain.loss)
    state.series[tick, s.WENT_WRONG] += 1
    wrongs = state.relation["wrongs"]
    which = min(np.int64(wrongs[person]) + 1, 65_535)
    wrongs[person] = which
    flags = state.relation["flags"]
    flags[person] = (flags[person] & ~s.DISCOUNTED) | (s.DISCOUNTED * np.uint8(hop > 0))
    until = tick + 1 + complain.patience
    schedule(state, s.OUTBURST, about, person, which, topic, until)
    if heard:
        state.series[tick, s.HEARD_OF] += 1
        state.gaps[topic] += 1
        # A desk that learns of it when it has been told everywhere can mend nothing.
        if complain.delay < complain.patience:
            schedule(state, s.SERVICE, about, person, which, until, tick + 1 + complain.delay)
