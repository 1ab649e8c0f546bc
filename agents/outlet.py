"""An outlet is an account with an audience, where the brand's posts can be placed (000, 003)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from ..sim.draws import SHOWN, happens, key, luck
from ..sim.wave import OUTLET

if TYPE_CHECKING:
    from .model import CampaignModel
    from .person import Person


class Outlet(mesa.Agent):
    """A place outside the brand's profile.

    Attributes
    ----------
    number
        Its place among the scenario's outlets.
    name, fee
        As the scenario says.
    """

    model: CampaignModel

    def __init__(self, model: CampaignModel, number: int) -> None:
        super().__init__(model)
        self.number = number
        self.sender = OUTLET - number
        parameters = model.campaign.scenario.publish.outlets[number]
        self.name, self.fee = parameters.name, parameters.fee

    @property
    def identity(self) -> int:
        """Whom the draws about this outlet are about: senders that are no people count down."""
        return 2**64 + self.sender

    @property
    def audience(self) -> list[Person]:
        """Those who look at it."""
        offsets = self.model.world.outlet_offsets
        members = self.model.world.outlet_members[offsets[self.number] : offsets[self.number + 1]]
        return self.model.people(members)

    def shows(self, message: int, person: Person) -> bool:
        """Whether a placed post is shown to one of the audience."""
        chance = float(self.model.plan.publish.shown[self.number])
        named = key(self.model.plan.luck, SHOWN, message, self.number)
        return happens(luck(named, person.identity), chance)

    def hearers(self, message: int) -> list[Person]:
        """Those to whom a placed post is shown."""
        return [person for person in self.audience if self.shows(message, person)]
