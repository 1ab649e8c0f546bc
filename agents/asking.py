"""Whom the brand asks in person to pass on its posts, whether they comply, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..sim.plan import POST
from ..sim.seeding import seed_contact, seed_costs
from .person import Person

if TYPE_CHECKING:
    from .model import CampaignModel

# By message: whom the brand asks, and whether they comply.
Asked = dict[int, dict[Person, bool]]


def requests(model: CampaignModel) -> Asked:
    """Whom the brand asks to pass on each post of this tick, and whether they comply."""
    messages = model.plan.messages
    now = (messages["kind"] == POST) & (messages["released"] == model.tick)
    return {
        message: {person: person.comply(message) for person in model.brand.ask()}
        for message in np.flatnonzero(now).tolist()
    }


def request_cost(person: Person, comply: bool) -> int:
    """Millionths of money that asking somebody costs: a fee too, if they comply."""
    model, scenario = person.model, person.model.campaign.scenario
    if not comply:
        return seed_contact(scenario)
    return int(seed_costs(scenario, model.network, [person.row])[0])
