"""Whom to ask first: people ranked by place in the network, or chosen for what each adds."""

from .choose import POLICIES, WEIGHTED_CASCADE, choose
from .run import Seeds, seeds
from .wanted import Wanted

__all__ = ["POLICIES", "WEIGHTED_CASCADE", "Seeds", "Wanted", "choose", "seeds"]
