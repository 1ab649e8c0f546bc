"""A stranger does not follow the brand; they meet it through others, and may come to follow it."""

from __future__ import annotations

from typing import ClassVar

from ..sim.draws import FOLLOW, happens
from ..sim.stages.interact import follow_probability
from .person import Person


class Stranger(Person):
    """Someone outside the brand's network (000), who hears of it from people and outlets.

    A stranger who follows is a fan: the agent stays the same object, and its class changes.
    """

    VERBS: ClassVar[tuple[str, ...]] = (*Person.VERBS, "follow")

    def follow(self, message: int) -> bool:
        """Whether they, having shared or clicked and found it, follow the brand (000, stage 5).

        logit P = logit(follow) + follow_trust * trust + follow_exclusive * exclusive
        + follow_value * value; once for each message.
        """
        exclusive = bool(self.model.plan.messages["exclusive"][message])
        value = self.model.number("value", message)
        chance = follow_probability(self.model.plan.interact, self.trust, exclusive, value)
        return happens(self.luck_of(message, FOLLOW), chance)
