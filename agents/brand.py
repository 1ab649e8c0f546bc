"""The brand publishes, asks people to pass its posts on, and thanks those who did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np

from ..sim.arithmetic import logistic
from ..sim.draws import THANK, happens, key, luck
from ..sim.parameters import Post
from ..sim.state import HEARERS
from ..sim.wave import BRAND

if TYPE_CHECKING:
    from .exposure import Exposure
    from .model import CampaignModel
    from .person import Person


class Brand(mesa.Agent):
    """The brand whose campaign it is. Subclass it to give it a policy of its own.

    Examples
    --------
    A brand that posts by itself every third tick, whatever its calendar says::

        class Chatty(Brand):
            def publish(self):
                return ["funny_video"] if self.model.tick % 3 == 0 else []

        model = CampaignModel(wom.load("open_house"), rng=7, brand=Chatty)
    """

    model: CampaignModel
    sender = BRAND
    VERBS = ("publish", "thank")

    @property
    def identity(self) -> int:
        """Whom the draws about the brand are about: senders that are no people count down."""
        return 2**64 + self.sender

    @property
    def followers(self) -> list[Person]:
        """Those who follow the brand since before this tick."""
        state = self.model.state
        return self.model.people(state.followers[: state.size[HEARERS]])

    def hearers(self, message: int) -> list[Person]:
        """Those in whose feed the brand's own posts arrive."""
        return self.followers

    def publish(self) -> list[Post | str]:
        """What the brand posts in this tick: posts of its calendar, or names of content types."""
        return [post for post in self.model.calendar if post.tick == self.model.tick]

    def asks(self) -> list[Person]:
        """The people whom the brand asks to pass on what it posts."""
        return self.model.people(self.model.world.seeds)

    def thank(self, posts: list[Exposure]) -> list[Exposure]:
        """Which of the shares that people posted in this tick the brand thanks them for (004)."""
        interact = self.model.plan.interact
        chance = logistic(interact.thank)
        seen = [(self.thank_luck(post), post) for post in posts]
        seen = [(bits, post) for bits, post in seen if happens(bits, chance)]
        seen.sort(key=lambda pair: pair[0])
        return [post for _, post in seen[: interact.capacity]]

    def thank_luck(self, post: Exposure) -> np.uint64:
        """The draw on seeing a share; the brand thanks those with the smallest ones."""
        named = key(self.model.plan.luck, THANK, post.message)
        return luck(named, post.sender.identity)
