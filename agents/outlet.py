"""An outlet is an account with an audience, where the brand's posts can be placed (000, 003)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import mesa

from ..sim.draws import SHOWN, happens
from ..sim.wave import OUTLET

if TYPE_CHECKING:
    from .model import CampaignModel
    from .person import Person


class Outlet(mesa.Agent):
    """A place outside the brand's profile, on which each of the brand's posts is placed as well.

    Attributes
    ----------
    number
        Its place among the scenario's outlets.
    sender
        What stands for it among the senders of the wave.
    name, fee
        As the scenario says.
    VERBS
        None: where the kernels decide, an outlet is what the scenario says.
    """

    model: CampaignModel
    VERBS: ClassVar[tuple[str, ...]] = ()

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
        """Whether a placed post is shown to one of the audience, with the outlet's chance."""
        chance = float(self.model.plan.publish.shown[self.number])
        return happens(self.model.luck(person.identity, SHOWN, message, self.number), chance)

    def hearers(self, message: int) -> list[Person]:
        """Those to whom a placed post is shown."""
        return [person for person in self.audience if self.shows(message, person)]
