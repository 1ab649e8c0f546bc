"""The brand publishes, listens, answers, rewards, and looks for advocates.

Each verb is a decision; override them to give a brand a policy of its own. What it can do in a
tick is bounded: contacts by its capacity, rewards by the budget, the programme by its outreach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import mesa
import numpy as np

from ..sim.agenda import hands, week_of
from ..sim.arithmetic import logistic
from ..sim.draws import (
    AUDIT,
    HEARD,
    IDENTIFY,
    MENTION_FOUND,
    OBSERVE,
    PAY,
    REPLY,
    THANK,
    happens,
    mix,
)
from ..sim.parameters import Post
from ..sim.state import HEARERS
from ..sim.wave import BRAND
from .occasion import Claim, Contact

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
    standing, paid
        As an outlet has them: it is believed as the brand that it is, and is not paid.
    left
        How many more contacts it can handle in this tick.
    week, requests
        The week in which it asked last, and how many it asked in it.
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
    standing: ClassVar[float] = -1.0
    paid: ClassVar[float] = 0.0
    VERBS: ClassVar[tuple[str, ...]] = ("publish", "sees", "mend", "reply", "thank")

    def __init__(self, model: CampaignModel) -> None:
        super().__init__(model)
        self.left = 0
        self.week, self.requests = 0, 0

    @property
    def identity(self) -> int:
        """Whom the draws about the brand are about: senders that are no people count down."""
        return 2**64 + self.sender

    # publish and participate ------------------------------------------------------------------

    @property
    def followers(self) -> list[Person]:
        """Those who follow the brand since before this tick."""
        state = self.model.state
        listed = self.model.people(state.followers[: state.size[HEARERS]])
        return [person for person in listed if person.role != "stranger"]

    def hearers(self, message: int) -> list[Person]:
        """Those in whose feed a post of the brand arrives: its followers on the post's channels."""
        there = int(self.model.plan.messages["channels"][message])
        return [person for person in self.followers if person.channels & there]

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
        """The people whom the brand asks in person to pass on what it posts, in this order."""
        world = self.model.world
        return self.model.people(world.seeds[np.argsort(world.turns)])

    def ask(self) -> list[Person]:
        """Whom it asks to pass on a post: as many of them as its outreach allows in a week."""
        ask, people = self.model.plan.ask, self.asks()
        if ask.outreach < 0:
            return people
        week = int(week_of(self.model.tick, ask.hours))
        if week != self.week:
            self.week, self.requests = week, 0
        people = people[: max(ask.outreach - self.requests, 0)]
        self.requests += len(people)
        return people

    # listen -----------------------------------------------------------------------------------

    def hear(self, person: Person, message: int, *visit: int) -> bool:
        """Whether the brand hears that what somebody bought over a message went wrong (003).

        `visit` is how often they had come back before, if they bought on coming back.
        """
        return happens(person.luck_of(message, HEARD, *visit), self.model.plan.complain.detection)

    def see(self, person: Person, message: int, act: str) -> bool:
        """Whether it sees an act of a follower, ``"share"`` or ``"comment"``: listening (002)."""
        bits = person.luck_of(message, OBSERVE)
        return happens(
            np.uint64(mix(bits)) if act == "comment" else bits, self.model.plan.promote.listen
        )

    def find(self, person: Person, message: int) -> bool:
        """Whether it finds what somebody says of it unasked, looking for its name (001)."""
        return happens(person.luck_of(message, MENTION_FOUND), self.model.plan.promote.found)

    # interact ---------------------------------------------------------------------------------

    def serve(
        self, complaints: list[Contact], comments: list[Contact], shares: list[Exposure]
    ) -> tuple[list[Contact], list[Contact], list[Exposure]]:
        """Which complaints the brand mends, which comments it answers, which shares it thanks for.

        Complaints come first, then comments, then shares, as far as its capacity goes. Who is left
        over waits, and is here again in the next tick.

        Parameters
        ----------
        complaints, comments, shares
            What it sees and has not answered yet, what came first first.
        """
        self.left = int(hands(self.model.plan, self.model.tick))
        mended = self.mend(complaints)
        self.left -= len(mended)
        replied = self.reply(comments)
        self.left -= len(replied)
        thanked = self.thank(shares)
        self.left -= len(thanked)
        return mended, replied, thanked

    def meets(self, person: Person) -> bool:
        """Whether it can meet somebody on the channel on which it interacts (000)."""
        channel = self.model.plan.interact.channel
        return channel < 0 or bool(person.channels >> channel & 1)

    def sees(self, thing: Contact | Exposure) -> bool:
        """Whether it sees a complaint, a comment or a share that has just come.

        Every complaint that reached its desk; a comment with the chance `interact.reply`, a share
        with `interact.thank`; of those whom it can meet.
        """
        interact = self.model.plan.interact
        if isinstance(thing, Contact):
            chance = logistic(interact.reply) if thing.occasion < 0 else 1.0
            return self.meets(thing.person) and happens(_reply_luck(thing), chance)
        return self.meets(thing.sender) and happens(
            self.thank_luck(thing), logistic(interact.thank)
        )

    def order(self, thing: Contact | Exposure) -> tuple[int, int]:
        """Who is answered first: those who came in an earlier tick, and of one tick by luck."""
        if isinstance(thing, Contact):
            return thing.since, int(_reply_luck(thing))
        return thing.tick, int(self.thank_luck(thing))

    def mend(self, complaints: list[Contact]) -> list[Contact]:
        """Which of the complaints that reached their desk it mends in this tick (003, 004).

        Parameters
        ----------
        complaints
            What people complain about and have not told everybody; each is a message of its own.
        """
        return complaints[: max(self.left, 0)]

    def reply(self, comments: list[Contact]) -> list[Contact]:
        """Which of the comments that it has seen it answers in this tick (004)."""
        return comments[: max(self.left, 0)]

    def thank(self, posts: list[Exposure]) -> list[Exposure]:
        """Which of the shares that it has seen it thanks people for in this tick (004).

        Parameters
        ----------
        posts
            The shares; `sender` is who posted it, `tick` when.
        """
        return posts[: max(self.left, 0)]

    def thank_luck(self, post: Exposure) -> np.uint64:
        """The draw on seeing a share."""
        return post.sender.luck_of(post.message, THANK)

    # reward -----------------------------------------------------------------------------------

    def reward(self, claims: list[Claim]) -> list[tuple[Claim, int]]:
        """Which claims it pays in this tick, out of what is left of the budget (000, 002).

        Where that does not pay for all, it pays for those with the smallest draws. Somebody who
        brought a visitor may refer an account of their own too; unless an audit finds that out, it
        pays for it as well.

        Returns
        -------
        list
            Pairs of a claim and for how many accounts of their own it pays too.
        """
        pay, spent = self.model.plan.pay, self.model.today.due.spent
        left = max(pay.budget - spent, 0) // (pay.reward + pay.recipient)
        paid = []
        for claim in sorted(claims, key=pay_luck):
            if left == 0:
                break
            left -= 1
            tries = left > 0 and claim.brought is not None and claim.person.refer_themselves()
            own = int(tries and not self.audit(claim))
            left -= own
            paid.append((claim, own))
        return paid

    def audit(self, claim: Claim) -> bool:
        """Whether it finds out that somebody refers an account of their own."""
        brought = claim.brought.identity if claim.brought else claim.person.identity
        return happens(
            claim.person.luck_of(claim.message, AUDIT, brought), self.model.plan.pay.audit
        )

    # identify, activate, nurture, empower -----------------------------------------------------

    def identify(self, followers: dict[Person, int]) -> list[Person]:
        """Whom it approaches in a round of the programme, as many as its outreach allows (002).

        Parameters
        ----------
        followers
            Those whom it has not approached yet, with how many of their acts it saw. Those whom it
            saw do most come first; luck decides among equals.
        """

        def rank(person: Person) -> int:
            luck = int(person.luck(IDENTIFY, self.model.tick)) >> 16
            return (65_535 - followers[person] << 48) | luck

        return sorted(followers, key=rank)[: self.model.plan.promote.outreach]

    def nurture(self) -> bool:
        """Whether it nurtures, in this round, those whom it activated before (002)."""
        return self.model.plan.promote.nurture > 0.0

    def empower(self) -> bool:
        """Whether it lets those whose bond is strong enough speak for it from now on (002)."""
        return self.model.plan.promote.empower


def pay_luck(claim: Claim) -> np.uint64:
    """The draw on a claim; where not all can be paid, those with the smallest are."""
    brought = () if claim.brought is None else (claim.brought.identity,)
    return claim.person.luck_of(claim.message, PAY, *brought)


def _reply_luck(contact: Contact) -> np.uint64:
    return contact.person.luck_of(contact.message, REPLY, contact.occasion % 2**64)
