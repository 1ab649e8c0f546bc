"""Believe: advice from a friend is believed more than a business (source 004).

    W = friend * closeness * attenuation ** (hop - 1) + (1 - friend) * trust - price

At hop 0, where the brand speaks for itself, W = trust - price; an outlet with a standing of its
own is believed there as a friend of that closeness. The price is what selling hard, being off
brand, and being known to be paid cost.
"""

from __future__ import annotations

from ..arithmetic import power
from ..jit import inline
from .records import Believing


@inline
def credibility(
    believe: Believing, hop: int, closeness: float, trust: float, price: float
) -> float:
    """How far a message is believed.

    Parameters
    ----------
    believe
        Weight of the friend, and what a hop leaves.
    hop
        Shares between the brand's post and what is seen.
    closeness
        Of the tie to the one who passed it on, 0..1; at hop 0 the standing of the account that
        posts it, below 0 where that is the brand itself.
    trust
        In the brand, 0..1.
    price
        What commerciality, being off brand and being paid cost.
    """
    if closeness < 0.0:
        return trust - price
    friend = believe.friend * closeness * power(believe.attenuation, max(hop - 1, 0))
    return friend + (1.0 - believe.friend) * trust - price
