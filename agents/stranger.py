"""A stranger does not follow the brand; they meet it through others, and may come to follow it."""

from __future__ import annotations

from ..sim.draws import FOLLOW, happens
from ..sim.stages.interact import follow_probability
from .person import Person


class Stranger(Person):
    """Someone outside the brand's network (000)."""

    def follow(self, message: int) -> bool:
        """Do they follow the brand, having shared or clicked? (000, stage 5)"""
        chance = follow_probability(self.model.plan.interact, self.trust)
        return happens(self.luck(FOLLOW, message), chance)
