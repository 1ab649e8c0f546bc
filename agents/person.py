"""A person hears a post, notices it, passes it on, clicks, finds, buys, follows.

Each verb is a decision: it returns yes or no and changes nothing. The formulas are those of the
stages; the draws are those of the kernels: a person who decides here decides as there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import mesa
import numpy as np

from ..sim import state as s
from ..sim.draws import (
    CLICK,
    CONVERT,
    FIND,
    NOTICE,
    ONLINE,
    SHARE,
    happens,
    key,
    luck,
)
from ..sim.errors import InputError
from ..sim.plan import POSTS, UNLIMITED
from ..sim.stages.believe import credibility
from ..sim.stages.notice import freshness, notice_probability
from ..sim.stages.share import appeal, inclination, share_probability, topic_fit
from ..sim.stages.transact import click_probability, convert_probability, find_probability
from ..sim.world import ROLES
from .exposure import Exposure

if TYPE_CHECKING:
    from .model import CampaignModel


class Person(mesa.Agent):
    """Somebody in the network; reads and writes one row of the model's columns.

    Attributes
    ----------
    row
        Their row in the network.
    feed
        The posts that arrived in the current tick, where agents decide.
    """

    model: CampaignModel
    VERBS: ClassVar = ("notice", "share", "click", "find", "convert", "follow")

    def __init__(self, model: CampaignModel, row: int) -> None:
        super().__init__(model)
        self.row = row
        self.feed: list[Exposure] = []

    # who they are -----------------------------------------------------------------------------

    @property
    def role(self) -> str:
        """``"stranger"``, ``"fan"`` or ``"advocate"``."""
        return ROLES[self.model.state.role[self.row]]

    @property
    def trust(self) -> float:
        """Trust in the brand, 0..1."""
        return float(self.model.state.trust[self.row])

    @trust.setter
    def trust(self, value: float) -> None:
        self.model.state.trust[self.row] = _share(value, "trust")

    @property
    def bond(self) -> float:
        """Bond with the brand, 0..1."""
        return float(self.model.state.bond[self.row])

    @bond.setter
    def bond(self, value: float) -> None:
        self.model.state.bond[self.row] = _share(value, "bond")

    @property
    def identity(self) -> int:
        """Whom the draws about this person are about."""
        column = self.model.world.identity
        return int(column[self.row]) if column.size else self.row

    @property
    def susceptibility(self) -> float:
        """How easily they pass things on, in log-odds."""
        column = self.model.world.susceptibility
        return float(column[self.row]) if column.size else 0.0

    @property
    def affinity(self) -> float:
        """What a reward means to them, 1 being usual."""
        column = self.model.world.affinity
        return float(column[self.row]) if column.size else 1.0

    @property
    def earlier(self) -> int:
        """Messages of the campaign that they noticed so far."""
        return int(self.model.state.earlier[self.row])

    def done(self, message: int) -> int:
        """What they did with a message so far: flags and doses (see `sim.state`)."""
        state = self.model.state
        page = state.page[message, self.row // s.PAGE]
        return int(state.pages[page, self.row % s.PAGE]) if page >= 0 else 0

    def noticed(self, message: int) -> bool:
        """Whether they noticed a message so far."""
        return bool(self.done(message) & s.SAW)

    def passed_on(self, message: int) -> bool:
        """Whether they passed a message on so far."""
        return bool(self.done(message) & s.PASSED_ON)

    def hearers(self, message: int) -> list[Person]:
        """Those who hear what they post."""
        world = self.model.world
        row = world.indices[world.indptr[self.row] : world.indptr[self.row + 1]]
        return self.model.people(row)

    # what they meet ---------------------------------------------------------------------------

    def hear(self, exposure: Exposure) -> None:
        """A post arrives in their feed."""
        self.feed.append(exposure)

    def online(self) -> bool:
        """Whether they look at their feed in this tick."""
        activity = self.model.plan.notice.activity
        return activity >= 1.0 or happens(self.luck(ONLINE, self.model.tick), activity)

    def closeness(self, exposure: Exposure) -> float:
        """How close the sender is to them, 0..1."""
        world = self.model.world
        if not isinstance(exposure.sender, Person) or not world.closeness.size:
            return self.model.plan.believe.closeness
        start, end = world.indptr[exposure.sender.row], world.indptr[exposure.sender.row + 1]
        place = start + np.searchsorted(world.indices[start:end], self.row)
        return float(world.closeness[place])

    def believes(self, exposure: Exposure) -> float:
        """How far they believe a message: a friend more than a business (004)."""
        sells = self.model.plan.messages.commerciality[exposure.message]
        believe = self.model.plan.believe
        return credibility(
            believe, exposure.hop, self.closeness(exposure), self.trust, float(sells)
        )

    def fit(self, message: int) -> float:
        """How near the topic is to their interest, -1..1."""
        interest = self.model.world.interest
        if not interest.size:
            return 0.0
        return topic_fit(float(interest[self.row]), float(self.model.plan.messages.topic[message]))

    # what they decide -------------------------------------------------------------------------

    def notice(self, exposure: Exposure) -> bool:
        """Memes compete for attention: is this post among those they notice? (001)"""
        if not self.online():
            return False
        plan, message = self.model.plan, exposure.message
        if plan.notice.attention == UNLIMITED:
            return True
        state = self.model.state
        rivals = plan.notice.background * int(state.following[self.row])
        arrivals = int(state.arrivals[self.row]) + rivals
        age = self.model.tick - int(plan.messages.released[message])
        fresh = freshness(age, float(plan.messages.half_life[message]))
        chance = notice_probability(plan.notice.attention, arrivals, fresh, plan.notice.boost)
        return happens(self.luck(NOTICE, message, exposure.sender.identity), chance)

    def share(self, exposure: Exposure) -> bool:
        """Why would they take the trouble to pass it on? (000)"""
        plan, message = self.model.plan, exposure.message
        own = inclination(
            plan.share,
            float(plan.base[ROLES.index(self.role)]),
            self.susceptibility,
            self.fit(message),
            self.affinity,
            self.bond,
            float(plan.doses[exposure.doses]),
            float(plan.fatigue[min(self.earlier, POSTS)]),
        )
        appealing = appeal(
            plan.share,
            float(plan.messages.contagiousness[message]),
            float(plan.messages.spotlight[message]),
            float(plan.messages.effort[message]),
        )
        trusted = plan.share.trust * self.believes(exposure)
        boost = plan.share.boost if exposure.hop == 0 else plan.share.reboost
        chance = share_probability(own, appealing, trusted, boost)
        return happens(self.share_luck(exposure), chance)

    def click(self, exposure: Exposure) -> bool:
        """Does the call to action make them click?"""
        offer = float(self.model.plan.messages.offer[exposure.message])
        chance = click_probability(self.model.plan.transact, self.believes(exposure), offer)
        return happens(self.click_luck(exposure), chance)

    def find(self, exposure: Exposure) -> bool:
        """Can they still find the brand, after so many shares? (000)"""
        fidelity = float(self.model.plan.messages.fidelity[exposure.message])
        chance = find_probability(self.model.plan.transact, fidelity, exposure.hop)
        return happens(self.luck(FIND, exposure.message), chance)

    def convert(self, exposure: Exposure) -> bool:
        """Are they willing to start a transaction? (000)"""
        value = float(self.model.plan.messages.value[exposure.message])
        chance = convert_probability(self.model.plan.transact, self.trust, value)
        return happens(self.luck(CONVERT, exposure.message), chance)

    def follow(self, message: int) -> bool:
        """Do they follow the brand after having shared or clicked? Only strangers can."""
        return False

    # their luck -------------------------------------------------------------------------------

    def luck(self, what: int, message: int, sender: int | None = None) -> np.uint64:
        """The draw on a decision of theirs: the same whenever it is asked for."""
        named = key(self.model.plan.luck, what, message)
        return luck(named if sender is None else key(named, sender), self.identity)

    def share_luck(self, exposure: Exposure) -> np.uint64:
        """The draw on passing this on; of several that succeed, the smallest is the one."""
        return self.luck(SHARE, exposure.message, exposure.sender.identity)

    def click_luck(self, exposure: Exposure) -> np.uint64:
        """The draw on clicking on this."""
        return self.luck(CLICK, exposure.message, exposure.sender.identity)


def _share(value: float, name: str) -> float:
    if not 0.0 <= value <= 1.0:
        raise InputError(f"{name} = {value!r} is not allowed; give a number from 0 to 1.")
    return value
