"""A person hears a post, notices it, passes it on, clicks, finds the brand, buys.

Each verb is a decision: it returns yes or no and changes nothing. The formulas are those of the
stages; the draws are those of the kernels: a person who decides here decides as there. Read from
`notice` to `convert`, the verbs are what a person does with a post, in this order; whoever
notices a post decides about passing it on and about clicking independently of each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import mesa
import numpy as np

from ..sim import state as s
from ..sim.draws import CLICK, CONVERT, FIND, NOTICE, ONLINE, SHARE, happens
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

    People are strangers, fans or advocates: derive a class of your own from one of these.

    Attributes
    ----------
    row
        Their row in the network.
    feed
        The posts that arrived in the current tick; empty where the kernels decide.
    VERBS
        The decisions that the kernels leave to a class which overrides them.
    """

    model: CampaignModel
    VERBS: ClassVar[tuple[str, ...]] = ("notice", "share", "click", "find", "convert")

    def __init__(self, model: CampaignModel, row: int) -> None:
        super().__init__(model)
        self.row = row
        self.feed: list[Exposure] = []

    # who they are -----------------------------------------------------------------------------

    @property
    def role(self) -> str:
        """Their relation to the brand: ``"stranger"``, ``"fan"`` or ``"advocate"``."""
        return ROLES[self.model.state.role[self.row]]

    @property
    def trust(self) -> float:
        """Trust in the brand, 0..1; what is written here counts from the next decision on.

        Raises
        ------
        InputError
            If what is written is no number from 0 to 1.
        """
        return float(self.model.state.trust[self.row])

    @trust.setter
    def trust(self, value: float) -> None:
        self.model.state.trust[self.row] = _share(value, "trust")

    @property
    def bond(self) -> float:
        """Bond with the brand, 0..1; written as `trust` is."""
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
        """How easily they pass things on, in log-odds; 0 is usual."""
        return float(self.model.world.susceptibility[self.row])

    @property
    def affinity(self) -> float:
        """What a reward means to them, 1 being usual."""
        return float(self.model.world.affinity[self.row])

    @property
    def earlier(self) -> int:
        """Messages of the campaign that they noticed so far."""
        return int(self.model.state.earlier[self.row])

    def done(self, message: int) -> int:
        """What they did with a message so far: flags and doses (see `sim.state`)."""
        state = self.model.state
        return int(s.record(state.page, state.pages, message, self.row))

    def noticed(self, message: int) -> bool:
        """Whether they noticed a message so far."""
        return bool(self.done(message) & s.SAW)

    def passed_on(self, message: int) -> bool:
        """Whether they passed a message on so far."""
        return bool(self.done(message) & s.PASSED_ON)

    def clicked_on(self, message: int) -> bool:
        """Whether they clicked on a message so far."""
        return bool(self.done(message) & s.CLICKED_ON)

    def hearers(self, message: int) -> list[Person]:  # noqa: ARG002 (for classes that choose by it)
        """Those who hear what they post: their neighbours in the network."""
        world = self.model.world
        row = world.indices[world.indptr[self.row] : world.indptr[self.row + 1]]
        return self.model.people(row)

    # what they meet ---------------------------------------------------------------------------

    def hear(self, exposure: Exposure) -> None:
        """A post arrives in their feed."""
        self.feed.append(exposure)

    def online(self) -> bool:
        """Whether they look at their feed in this tick, with the chance `people.activity`."""
        activity = self.model.plan.notice.activity
        return activity >= 1.0 or happens(self.luck(ONLINE, self.model.tick), activity)

    def closeness(self, exposure: Exposure) -> float:
        """How close the sender is to them: the weight of the tie, where the network has weights."""
        world = self.model.world
        if not isinstance(exposure.sender, Person) or not world.closeness.size:
            return self.model.plan.believe.closeness
        start, end = world.indptr[exposure.sender.row], world.indptr[exposure.sender.row + 1]
        place = start + np.searchsorted(world.indices[start:end], self.row)
        return float(world.closeness[place])

    def believes(self, exposure: Exposure) -> float:
        """How far they believe a message: a friend more than a business (004).

        W = friend * closeness * attenuation ** (hop - 1) + (1 - friend) * trust
        - k * commerciality; at hop 0, where the brand speaks for itself, trust - k * commerciality.
        """
        sells = self.model.plan.messages.commerciality[exposure.message]
        believe = self.model.plan.believe
        return credibility(
            believe, exposure.hop, self.closeness(exposure), self.trust, float(sells)
        )

    def fit(self, message: int) -> float:
        """How near the topic is to their interest: 1 the same, -1 the opposite."""
        interest = float(self.model.world.interest[self.row])
        return topic_fit(interest, float(self.model.plan.messages.topic[message]))

    # what they decide -------------------------------------------------------------------------

    def notice(self, exposure: Exposure) -> bool:
        """Whether this post is among those that they notice: memes compete for attention (001).

        If they are online at all, with the chance

            min(1, attention / (arrivals + background * following)) * 2 ** (-age / half-life)

        where `arrivals` counts the posts in their feed in this tick; with unlimited attention they
        notice everything. The same post from another sender is another chance.
        """
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
        """Whether they take the trouble to pass it on, and why they would (000).

        The log-odds are a sum of reasons: the base of their role, what they are like
        (`susceptibility`), what they find in it (`fit`, `affinity` for a reward, `bond`), from how
        many they had it (`doses`) and what they are tired of (`earlier`); what the message is like
        (contagiousness, spotlight, effort, the look of a reward); and how far they believe it
        (`believes`). Each exposure that they noticed is a chance; they pass a message on once.
        """
        plan, message = self.model.plan, exposure.message
        own = inclination(
            plan.share,
            float(plan.base[ROLES.index(self.role)]),
            self.susceptibility,
            self.fit(message),
            self.affinity,
            self.bond,
            float(plan.doses[exposure.doses]),
            float(plan.fatigue[min(self.earlier - self.noticed(message), POSTS)]),
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
        """Whether the call to action makes them click (000).

        logit P = logit(click) + click_trust * W + click_offer * offer; once for each message.
        """
        offer = float(self.model.plan.messages.offer[exposure.message])
        chance = click_probability(self.model.plan.transact, self.believes(exposure), offer)
        return happens(self.click_luck(exposure), chance)

    def find(self, exposure: Exposure) -> bool:
        """Whether they, having clicked, can still find the brand after so many shares (000).

        By the link, as far as the re-shares kept it, or by memory:
        P = 1 - (1 - link * fidelity ** hop) * (1 - recall ** hop).
        """
        fidelity = float(self.model.plan.messages.fidelity[exposure.message])
        chance = find_probability(self.model.plan.transact, fidelity, exposure.hop)
        return happens(self.luck(FIND, exposure.message), chance)

    def convert(self, exposure: Exposure) -> bool:
        """Whether they, having found it, are willing to start a transaction (000).

        logit P = logit(convert) + convert_trust * trust + convert_value * value - price - risk.
        """
        value = float(self.model.plan.messages.value[exposure.message])
        chance = convert_probability(self.model.plan.transact, self.trust, value)
        return happens(self.luck(CONVERT, exposure.message), chance)

    # their luck -------------------------------------------------------------------------------

    def luck(self, what: int | np.uint64, message: int, sender: int | None = None) -> np.uint64:
        """The draw on a decision of theirs: 64 bits, the same whenever they are asked for.

        Parameters
        ----------
        what
            The decision, a number of `sim.draws`; those from 1,000 on are for decisions of your
            own.
        message, sender
            What it is about, and through whom: a message's number, a sender's `identity`.
        """
        about = (message,) if sender is None else (message, sender)
        return self.model.luck(self.identity, what, *about)

    def share_luck(self, exposure: Exposure) -> np.uint64:
        """The draw on passing this on; of several that succeed, luck takes one."""
        return self.luck(SHARE, exposure.message, exposure.sender.identity)

    def click_luck(self, exposure: Exposure) -> np.uint64:
        """The draw on clicking on this."""
        return self.luck(CLICK, exposure.message, exposure.sender.identity)


def _share(value: float, name: str) -> float:
    number = isinstance(value, (int, float, np.integer, np.floating))
    if not number or isinstance(value, bool) or not 0.0 <= value <= 1.0:
        raise InputError(f"{name} = {value!r} is not allowed; give a number from 0 to 1.")
    return value
