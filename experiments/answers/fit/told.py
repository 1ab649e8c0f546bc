"""What a fit says in sentences: what the data tell, what they cannot, and what would."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from ...show.numbers import listed, percent
from ...vocabulary.labels import label_of

if TYPE_CHECKING:
    from .fitted import Fitted

# Of the width of the prior that is left: from here on the data do not see a parameter, and up to
# here they tell it well.
UNSEEN: Final = 0.9
TOLD: Final = 0.5
# From this correlation on two parameters trade off.
TRADE: Final = 0.7


def digits(value: float) -> str:
    """A value of a parameter, with three digits.

    Examples
    --------
    >>> digits(0.012345), digits(1234.5)
    ('0.0123', '1,234')
    """
    return f"{value:.3g}" if abs(value) < 999.5 else f"{value:,.0f}"


def headline(fit: Fitted) -> str:
    """What was found, in a sentence."""
    left = dict(zip(fit.paths, fit.left, strict=True))
    well = [path for path in fit.paths if left[path] <= TOLD]
    unseen = [path for path in fit.paths if left[path] >= UNSEEN]
    best = min(left, key=lambda path: left[path])
    low, high = fit.interval(best)
    said = (
        f"The data tell {len(well)} of {len(fit.paths)} parameters well (to less than half of the "
        f"width that they had); best of them {best}, {digits(fit.median(best))} "
        f"({digits(low)} to {digits(high)})."
        if well
        else f"The data tell none of {len(fit.paths)} parameters well; best of them {best}, "
        f"{digits(fit.median(best))} ({digits(low)} to {digits(high)})."
    )
    if unseen:
        said += f" They do not see {listed(unseen)}."
    return f"{said} {doubt(fit)}".rstrip()


# In deviations of the prior: beyond nine tenths of it; moved, though no narrower.
_EDGE: Final = 1.2816
_MOVED: Final = 0.5


def doubt(fit: Fitted) -> str:
    """That the fit misses what was measured, in a sentence; empty where it does not."""
    return misfit_share(fit) if fit.checked.serious else ""


def misfit_share(fit: Fitted) -> str:
    """How much of what was measured no parameter repairs."""
    many, asked = len(fit.checked.misfits), fit.checked.asked
    return (
        f"{many} of {asked} sums that were compared lie outside of what 99 % of campaigns of the "
        f"posterior come to, where luck alone makes {fit.checked.by_luck:.1f}: no value of these "
        "parameters that their priors allow repairs that."
    )


def open_questions(fit: Fitted) -> list[str]:
    """What the data cannot tell, a sentence each, with what would."""
    found = []
    left = dict(zip(fit.paths, fit.left, strict=True))
    for path, place in zip(fit.paths, np.median(fit.z, axis=0).tolist(), strict=True):
        if abs(place) > _EDGE:
            side = "above" if place > 0.0 else "below"
            found.append(
                f"The data pull {path} to the edge of its prior: its median is {side} nine tenths "
                "of that. The prior may be too narrow, and then the interval is too; give a wider "
                f"one (--prior '{path}=uniform LOW HIGH')."
            )
        if left[path] < UNSEEN or abs(place) > _MOVED:
            continue
        moved = [name for name in fit.moved.get(path, ()) if name in fit.what.reading.indicators]
        why = (
            "nothing that was measured moved with it in the trials"
            if not moved
            else f"{listed(moved)} moved with it, but by less than luck and worlds do"
        )
        found.append(
            f"The data do not see {path}: its posterior is its prior "
            f"({percent(min(left[path], 1.0))} of the width is left; {why}). "
            f"{_would_help(fit, path)}"
        )
    for one, other, r in trades(fit):
        way = "together up" if r < 0 else "up"
        first = (
            f"{one} and {other} trade off (correlation {r:+.2f}): more of the one and less of the "
            "other fit as well."
            if r < 0
            else f"{one} and {other} are known only together (correlation {r:+.2f}): more of both "
            f"or less of both fits as well; neither is to be read alone, {way} or down."
        )
        found.append(f"{first} {_would_help(fit, one)}")
    return found


def trades(fit: Fitted) -> list[tuple[str, str, float]]:
    """Pairs of parameters that the data cannot tell apart, with the correlation of their draws."""
    if fit.z.shape[1] < 2:
        return []
    table = np.atleast_2d(np.corrcoef(fit.z.T))
    return [
        (fit.paths[i], fit.paths[j], float(table[i, j]))
        for i in range(len(fit.paths))
        for j in range(i)
        if abs(table[i, j]) >= TRADE
    ]


def _would_help(fit: Fitted, path: str) -> str:
    names = fit.helpers(path)
    if not names:
        return "No indicator that is not measured would tell much more of it."
    return f"Measured as well, {listed(names)} would tell more of it."


def notes(fit: Fitted) -> list[str]:
    """What a reader should know of how it was found."""
    found = [fit.known.sentence] if fit.known is not None else []
    found += [
        f"{each.what}: {digits(each.seen)} was measured, and 98 % of campaigns with these "
        f"parameters come to {digits(each.low)} to {digits(each.high)}."
        for each in fit.checked.misfits
    ]
    return [*found, *fit.more, *fit.what.notes]


def labels(fit: Fitted, paths: Sequence[str]) -> dict[str, str]:
    """What parameters are called."""
    return {path: label_of(fit.scenario, path) for path in paths}
