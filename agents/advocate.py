"""An advocate is a fan who stands up for the brand."""

from __future__ import annotations

from ..sim.draws import SPEAK, happens
from .fan import Fan


class Advocate(Fan):
    """A fan who was empowered to speak for the brand (002): shares more readily, posts unasked.

    Who becomes one stays the same object; only its class changes.
    """

    def speak(self, message: int) -> bool:
        """Whether they post, of their own accord, in a round of the advocacy programme.

        Parameters
        ----------
        message
            What advocates post in this round: a message of its own.
        """
        return happens(self.luck_of(message, SPEAK), self.model.plan.promote.post)
