"""A fan follows the brand: its posts arrive in their feed at hop 0."""

from __future__ import annotations

from typing import ClassVar

from ..sim.draws import ACCEPT, UNFOLLOW, happens
from ..sim.plan import POSTS
from ..sim.stages.interact import unfollow_probability
from ..sim.stages.promote import accept_probability
from .person import Person


class Fan(Person):
    """Someone who follows the brand (000, 004): decides as everybody, but hears it at first hand.

    Examples
    --------
    Fans who never pass anything on, and fans who are in the mood for it half of the time. A
    choice of one's own asks `luck` rather than a running generator: the campaign then ends the
    same whoever is asked first.

    >>> import wordofmouth as wom
    >>> from wordofmouth.sim.draws import happens
    >>> class Silent(wom.Fan):
    ...     def share(self, exposure):
    ...         return False
    >>> class Moody(wom.Fan):
    ...     def share(self, exposure):
    ...         in_the_mood = happens(self.luck(1_000, exposure.message), 0.5)
    ...         return in_the_mood and super().share(exposure)
    >>> scenario = wom.load("open_house").replace({"network.people": 500, "share.base.fan": 0.5})
    >>> shares = {}
    >>> for kind in (wom.Fan, Moody, Silent):
    ...     model = wom.CampaignModel(scenario, rng=7, fan=kind)
    ...     while model.running:
    ...         model.step()
    ...     shares[kind.__name__] = model.shared
    >>> shares["Fan"] > shares["Moody"] > shares["Silent"]
    True
    """

    VERBS: ClassVar[tuple[str, ...]] = (*Person.VERBS, "unfollow")

    def unfollow(self, message: int) -> bool:
        """Whether they leave over a message that they notice for the first time.

        logit P = logit(unfollow) + unfollow_fatigue * ln(1 + earlier)
        + unfollow_selling * commerciality - unfollow_bond * bond
        - unfollow_community * sense of community; `earlier` are those noticed in a month.
        """
        plan = self.model.plan
        chance = unfollow_probability(
            plan.interact,
            float(plan.tired[self.lately]),
            float(plan.messages["commerciality"][message]),
            self.bond,
            self.community,
        )
        return happens(self.luck_of(message, UNFOLLOW), chance)

    def accept(self) -> bool:
        """Whether they, whom the brand approaches in this tick, let it activate them (002).

        logit P = logit(accept) + accept_bond * bond + accept_activity * ln(1 + acts).
        """
        plan = self.model.plan
        active = float(plan.active[min(self.acts, POSTS)])
        chance = accept_probability(plan.promote, self.bond, active)
        return happens(self.luck(ACCEPT), chance)
