"""What money comes back, and where nothing is left of it, as the field counts both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ....sim.flows import Flow
from ...estimates.interval import LEVEL
from ...estimates.ratio import Ratio, ratio

# What is told, and how it is written.
RETURNS: Final = {
    "return on spend": "number",
    "return on spend that breaks even": "number",
    "return on investment": "rate",
    "a conversion pays up to": "money",
}


def returns(numbers: Mapping[str, Flow], level: float = LEVEL) -> dict[str, Ratio]:
    """Return on spend and on investment, and at which of these prices a campaign breaks even.

    Return on spend (ROAS) is revenue / cost, and looks at no margin: it breaks even at revenue /
    gross profit, which is 1 / margin where all that is sold has one. Return on investment (ROI) is
    profit / cost and breaks even at 0. A conversion pays as long as it costs less than gross profit
    / conversions, purchases made again included.

    Parameters
    ----------
    numbers
        Of the books of a campaign (`books.Books`), one a replicate; nothing is told of what sells
        nothing.
    level
        Of the intervals.

    Examples
    --------
    >>> import numpy as np
    >>> books = {"revenue": [400.0, 800.0], "gross_profit": [160.0, 320.0], "cost": [100.0, 100.0],
    ...     "profit": [60.0, 220.0], "conversions": [10.0, 20.0]}
    >>> found = returns({name: np.array(each) for name, each in books.items()})
    >>> [round(each.value, 9) for each in found.values()]
    [6.0, 2.5, 1.4, 16.0]
    """
    if not numbers["revenue"].any():
        return {}
    pairs = (
        ("revenue", "cost"), ("revenue", "gross_profit"), ("profit", "cost"),
        ("gross_profit", "conversions"),
    )  # fmt: skip
    return {
        name: ratio(numbers[above], numbers[below], level)
        for name, (above, below) in zip(RETURNS, pairs, strict=True)
    }
