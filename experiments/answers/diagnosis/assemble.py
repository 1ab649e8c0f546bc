"""What was kept of the campaigns of a diagnosis, put together stage by stage."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np

from ....sim.result import FUNNEL
from ...estimates.interval import NOTHING, Estimate, difference, pairing
from ...vocabulary.outcomes import Outcome
from .gain import Bought, Part, StageGain
from .kept import BY, STEP_OF, Kept, gain_of, rate_of, values_of
from .stages import HANDLES


def stage_gain(
    name: str,
    reason: str,
    base: list[Kept],
    rows: list[Kept] | None,
    opened: Estimate | None,
    bought: Mapping[str, Bought],
    asked: Outcome,
) -> StageGain:
    """Put together what was found at a stage."""
    if rows is None:
        gain, ratio = NOTHING, math.nan
    else:
        gain, ratio = gain_of(rows, base), pairing(values_of(rows), values_of(base))
    return StageGain(
        stage=name,
        act=HANDLES[name].act,
        rate=rate_of(base, name),
        gain=gain,
        opened=opened,
        bought=bought.get(name),
        no_price="" if name in bought else "n/a",
        idle=reason,
        pairing=ratio,
        parts=tuple(_parts(name, base, rows, asked)),
    )


def _parts(name: str, base: list[Kept], rows: list[Kept] | None, asked: Outcome) -> Iterable[Part]:
    """Rates and gains by role, hop, content and channel; empty parts are left out."""
    steps = next(((did, could) for stage, did, could, _ in FUNNEL if stage == name), None)
    counted = STEP_OF.get(asked.name)
    for by in BY:
        now = [row.parts[by][0] for row in base]
        total = np.sum(now, axis=0)
        for k, part in enumerate(base[0].parts[by][1]):
            if not total[:, k].any():
                continue
            rate = math.nan
            if steps is not None and steps[1] is not None and total[steps[1], k]:
                rate = float(total[steps[0], k] / total[steps[1], k])
            gain = None
            if counted is not None and rows is not None:
                after = [row.parts[by][0][counted, k] for row in rows]
                gain = difference(after, [each[counted, k] for each in now])
            yield Part(by, part, rate, gain)
