"""Believe: advice from a friend is believed more than a business (source 004).

    W = friend * closeness * attenuation ** (hop - 1) + (1 - friend) * trust - k * commerciality

and at hop 0, where the brand speaks for itself, W = trust - k * commerciality.
"""

from __future__ import annotations

from ..arithmetic import power
from ..jit import inline
from ..plan import Believing


@inline
def credibility(
    believe: Believing, hop: int, closeness: float, trust: float, commerciality: float
) -> float:
    """How far a message is believed.

    Parameters
    ----------
    believe
        Weight of the friend, what a hop leaves, and what selling hard costs.
    hop
        Shares between the brand's post and what is seen.
    closeness
        Of the tie to the one who passed it on, 0..1.
    trust
        In the brand, 0..1.
    commerciality
        How hard the message sells, 0..1.
    """
    price = believe.commerciality * commerciality
    if hop == 0:
        return trust - price
    friend = believe.friend * closeness * power(believe.attenuation, hop - 1)
    return friend + (1.0 - believe.friend) * trust - price
