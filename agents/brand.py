"""The brand publishes, asks people to pass its posts on, and thanks those who did.

`publish` and `thank` are its decisions; override them to give a brand a policy of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import mesa
import numpy as np

from ..sim.arithmetic import logistic
from ..sim.draws import THANK, happens
from ..sim.parameters import Post
from ..sim.state import HEARERS
from ..sim.wave import BRAND

if TYPE_CHECKING:
    from .exposure import Exposure
    from .model import CampaignModel
    from .person import Person


class Brand(mesa.Agent):
    """The brand whose campaign it is. Subclass it to give it a policy of its own.

    Attributes
    ----------
    sender
        What stands for the brand among the senders of the wave.
    VERBS
        The decisions that the kernels leave to a class which overrides them.

    Examples
    --------
    A brand that posts by itself every third tick, whatever its calendar says:

    >>> import wordofmouth as wom
    >>> class Chatty(wom.Brand):
    ...     def publish(self):
    ...         return ["funny_video"] if self.model.tick % 3 == 0 else []
    >>> scenario = wom.load("open_house").replace({"network.people": 200, "horizon": 7})
    >>> model = wom.CampaignModel(scenario, rng=7, brand=Chatty)
    >>> while model.running:
    ...     model.step()
    >>> [(post.type, post.tick) for post in model.result.posts if post.tick is not None]
    [('funny_video', 0), ('funny_video', 3), ('funny_video', 6)]
    """

    model: CampaignModel
    sender: ClassVar[int] = BRAND
    VERBS: ClassVar[tuple[str, ...]] = ("publish", "thank")

    @property
    def identity(self) -> int:
        """Whom the draws about the brand are about: senders that are no people count down."""
        return 2**64 + self.sender

    @property
    def followers(self) -> list[Person]:
        """Those who follow the brand since before this tick."""
        state = self.model.state
        return self.model.people(state.followers[: state.size[HEARERS]])

    def hearers(self, message: int) -> list[Person]:  # noqa: ARG002 (for classes that choose by it)
        """Those in whose feed the brand's own posts arrive: its followers."""
        return self.followers

    def publish(self) -> list[Post | str]:
        """What the brand posts in this tick: what its calendar says for it.

        Returns
        -------
        list
            Posts of the calendar (`model.calendar`), posts of your own, of which a tick is ignored,
            or just names of content types.
        """
        return [post for post in self.model.calendar if post.tick == self.model.tick]

    def asks(self) -> list[Person]:
        """The people whom the brand asks in person to pass on what it posts: they all do."""
        return self.model.people(self.model.world.seeds)

    def thank(self, posts: list[Exposure]) -> list[Exposure]:
        """Which of the shares that people posted in this tick the brand thanks them for (004).

        It sees each with the chance `interact.thank`, and thanks as many as its capacity allows,
        those with the smallest draws.

        Parameters
        ----------
        posts
            The shares of the tick; `sender` is who posted it.
        """
        interact = self.model.plan.interact
        chance = logistic(interact.thank)
        seen = [(self.thank_luck(post), post) for post in posts]
        seen = [(bits, post) for bits, post in seen if happens(bits, chance)]
        seen.sort(key=lambda pair: pair[0])
        return [post for _, post in seen[: interact.capacity]]

    def thank_luck(self, post: Exposure) -> np.uint64:
        """The draw on seeing a share; the brand thanks those with the smallest ones."""
        return self.model.luck(post.sender.identity, THANK, post.message)
