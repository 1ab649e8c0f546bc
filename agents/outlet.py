"""An outlet is an account with an audience, where the brand's posts can be placed (000, 003)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..sim.draws import TAKEN, happens
from ..sim.plan import POST
from .account import Account

if TYPE_CHECKING:
    from .model import CampaignModel


class Outlet(Account):
    """A place outside the brand's profile, which takes up the brand's posts as well, or not.

    Where the kernels decide, an outlet is what the scenario says; where agents do, derive a class
    of your own and override `takes`, `shows` or `hearers`.

    Attributes
    ----------
    number
        Its place among the scenario's outlets, each of its kind counted.
    fee
        For one placement, as the scenario says.

    Examples
    --------
    A paper that prints nothing which sells:

    >>> import wordofmouth as wom
    >>> class Paper(wom.Outlet):
    ...     def takes(self, message):
    ...         sells = self.model.plan.messages["commerciality"][message] > 0.5
    ...         return not sells and super().takes(message)
    >>> scenario = wom.load("open_house").replace(
    ...     {"network.people": 200, "horizon": 5, "publish.outlets": [{"audience": 0.5}]}
    ... )
    >>> model = wom.CampaignModel(scenario, rng=7, by="agents", outlet=Paper)
    >>> model.outlets[0].takes(0)
    True
    """

    def __init__(self, model: CampaignModel, number: int, name: str, fee: float) -> None:
        super().__init__(model, number, name)
        self.fee = fee

    def takes(self, message: int) -> bool:
        """Whether it takes up a post of the brand, with the chance `acceptance` (003)."""
        if self.model.plan.messages["kind"][message] != POST:
            return False
        chance = float(self.model.plan.accounts["acceptance"][self.number])
        return happens(self.model.luck(self.place, TAKEN, self.model.name(message)), chance)
