"""Offsets in log-odds, a stage each: the handle of a diagnosis."""

from __future__ import annotations

from .declare import Parameters, weight


def _offset(stage: str) -> float:
    return weight(0.0, f"Offset of {stage}", source="0: nothing changed")


class Boost(Parameters):
    """Offsets in log-odds: the handle that makes one stage a little better, nothing else."""

    publish: float = _offset("being shown a placed post")
    notice: float = _offset("noticing")
    share: float = _offset("sharing what the brand posted")
    reshare: float = _offset("re-sharing what a person shared")
    click: float = _offset("clicking")
    find: float = _offset("finding the brand")
    convert: float = _offset("the transaction")
    follow: float = _offset("following")
    thank: float = _offset("seeing a share to thank for")
    reply: float = _offset("seeing a comment to reply to")
    mend: float = _offset("hearing of a complaint")
    unfollow: float = _offset("no longer following")
