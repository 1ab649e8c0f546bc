"""A person hears a post, notices it, passes it on, clicks, finds the brand, buys, complains.

Each verb is a decision: it returns yes or no and changes nothing. The formulas are those of the
stages; the draws are those of the kernels: a person who decides here decides as there. Read from
`notice` to `buy_another`, the verbs are what a person does with a post and after it, in this order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ..sim.arithmetic import logistic
from ..sim.draws import (
    ADOPT,
    BOUNCE,
    BUY_AGAIN,
    CLICK,
    COMMENT,
    COMPLY,
    CONVERT,
    FIND,
    FRAUD,
    LEAD,
    LIKE,
    MENTION,
    NOTICE,
    RETURN,
    SHARE,
    WRONG,
    happens,
    mix,
)
from ..sim.plan import ALWAYS, EVERYBODY, POSTS, THRESHOLD, UNLIMITED, credibility
from ..sim.stages.complain import FINE, goes_wrong
from ..sim.stages.deliver import MOST_ARRIVALS
from ..sim.stages.feed import next_visit, since_last_visit
from ..sim.stages.notice import (
    ad_probability,
    freshness,
    in_a_month,
    notice_probability,
    remembered,
)
from ..sim.stages.react import comment_probability, like_probability
from ..sim.stages.revisit import return_probability
from ..sim.stages.share import (
    appeal,
    arc_of,
    at_hop,
    felt,
    inclination,
    passes_threshold,
    share_probability,
    topic_fit,
)
from ..sim.stages.start import adoption_probability, comply_probability, mention_probability
from ..sim.stages.transact import (
    click_base,
    click_probability,
    convert_probability,
    find_probability,
    search_probability,
)
from ..sim.stages.utility import Reasons
from ..sim.state import EVERY_CHANNEL
from ..sim.wave import SHOWINGS
from .account import Account, Ad
from .exposure import Exposure
from .resident import Resident

if TYPE_CHECKING:
    from .brand import Brand
    from .model import CampaignModel
    from .occasion import Visit


class Person(Resident):
    """Somebody in the network, who decides for themselves.

    People are strangers, fans or advocates: derive a class of your own from one of these.

    Attributes
    ----------
    feed
        The posts that wait for their next visit; empty where the kernels decide.
    met
        The posts that they meet at the visit that they pay just now.
    VERBS
        The decisions that the kernels leave to a class which overrides them.
    """

    VERBS: ClassVar[tuple[str, ...]] = (
        "notice",
        "click",
        "find",
        "convert",
        "share",
        "like",
        "comment",
    )

    def __init__(self, model: CampaignModel, row: int) -> None:
        super().__init__(model, row)
        self.feed: list[Exposure] = []
        self.met: list[Exposure] = []

    # what they meet ---------------------------------------------------------------------------

    def shares_on(self, message: int) -> int:
        """The channels on which they pass a message on, a bit each (003: bouncing).

        Those of the message on which they are; or, with the chance `share.bounce`, all their own.
        """
        if not self.model.world.channels.size:
            return int(EVERY_CHANNEL)
        if happens(self.luck_of(message, BOUNCE), self.model.plan.adopt.bounce):
            return self.channels
        return self.channels & int(self.model.plan.messages["channels"][message])

    def hearers(self, message: int) -> list[Person]:
        """Those who hear what they post: their neighbours on the channels on which they do."""
        world, there = self.model.world, self.shares_on(message)
        row = world.indices[world.indptr[self.row] : world.indptr[self.row + 1]]
        hearers = self.model.people(row)
        if not world.channels.size:
            return hearers
        return [person for person in hearers if person.channels & there]

    def hear(self, exposure: Exposure) -> None:
        """A post arrives in their feed, and waits there for their next visit."""
        exposure.visit = self.next_visit(exposure.hours)
        self.feed.append(exposure)

    def next_visit(self, hours: float) -> float:
        """The hour of their first visit to the feed after an hour (`people.activity`).

        Who is always online meets what is posted in a tick in that tick.
        """
        model = self.model
        if model.plan.notice.activity == ALWAYS:
            return max(hours, model.tick * model.plan.hours)
        name = np.uint64(self.identity)
        return float(next_visit(model.plan.notice, self.activity, name, hours))

    def waiting(self) -> list[Exposure]:
        """What they meet in this tick, and did not yet."""
        now, hours = self.model.tick, self.model.plan.hours
        return [post for post in self.feed if post.visit / hours < now + 1]

    def look_in(self) -> bool:
        """Pay the next visit of this tick to the feed; whether there is anything to meet at one.

        What waited for it is `met`: all that arrived since the visit before.
        """
        waiting = self.waiting()
        first = min((post.visit for post in waiting), default=0.0)
        if self.model.plan.notice.activity != ALWAYS:
            waiting = [post for post in waiting if post.visit == first]
        self.met = waiting
        self.feed = [post for post in self.feed if post not in waiting]
        self.model.state.arrivals[self.row] = min(len(self.met), MOST_ARRIVALS)
        return bool(self.met)

    def base(self, exposure: Exposure) -> float:
        """The log-odds from which all reasons start: those of their role.

        Or those of the tie over which they heard, where its weight is a probability.
        """
        world, sender = self.model.world, exposure.sender
        if world.odds.size and isinstance(sender, Person):
            return float(world.odds[self._tie(sender)])
        return self.model.base(self.role)

    def _tie(self, sender: Person) -> int:
        """The place of the tie over which they hear somebody."""
        return int(arc_of(self.model.world.indptr, self.model.world.indices, sender.row, self.row))

    def closeness(self, exposure: Exposure) -> float:
        """How close the sender is to them, 0..1; below 0 where the brand speaks for itself.

        Of a person it is the closeness of the tie, of an outlet its standing.
        """
        world, sender = self.model.world, exposure.sender
        if not isinstance(sender, Person):
            return sender.standing
        if not world.closeness.size:
            return self.model.plan.believe.closeness
        return float(world.closeness[self._tie(sender)])

    def believes(self, exposure: Exposure) -> float:
        """How far they believe a message: a friend more than a business (004).

        W = friend * closeness * attenuation ** (hop - 1) + (1 - friend) * trust - price; at hop 0,
        where the brand speaks for itself, trust - price. The price is what selling hard, being off
        brand, and being known to be paid cost. Trust is that in whoever speaks: of a rival's post
        the rival.
        """
        model, message = self.model, exposure.message
        price, other = model.number("price", message), model.number("trust", message)
        if isinstance(exposure.sender, Person):
            believe = model.plan.believe
            if model.is_ours(message):
                price += believe.paid if model.today.on_offer else believe.unpaid
        else:
            price += exposure.sender.paid
        trust = self.trust if other < 0.0 else other
        close = self.closeness(exposure)
        return float(credibility(model.plan.believe, exposure.hop, close, trust, price))

    def fit(self, message: int) -> float:
        """How near the topic is to their interest: 1 the same, -1 the opposite."""
        return float(topic_fit(self.interest, self.model.number("topic", message)))

    def comply(self, message: int) -> bool:
        """Whether they, whom the brand asks in person to pass on a post, do.

        logit P = logit(accept) + reward * affinity * u(reward) + bond_weight * bond, with the
        parameters `publish.seed_accept`; decided once for each post.
        """
        ask = self.model.plan.ask
        reward = ask.reward if self.model.today.on_offer else ask.unrewarded
        chance = comply_probability(ask, reward, self.affinity, self.bond)
        return happens(self.luck_of(message, COMPLY), chance)

    # what they do with a post -----------------------------------------------------------------

    def notice(self, exposure: Exposure) -> bool:
        """Whether this post is among those that they notice: memes compete for attention (001).

        With the chance

            min(1, attention / (arrivals + background * following * hours))
            * 2 ** (-age / half-life)

        where `arrivals` counts the posts that they meet at this visit, `hours` those since the one
        before, and `age` is the time since this post arrived; of the brand's own messages it is
        taken times (1 + those noticed in a month) ** -habit. With unlimited attention they notice
        everything. The same post from another sender is another chance. An ad that is shown does
        not compete: see `notice_ad`.
        """
        plan, message = self.model.plan, exposure.message
        if isinstance(exposure.sender, Ad):
            return self.notice_ad(exposure, exposure.sender)
        if plan.notice.attention == UNLIMITED:
            return True
        arrivals, fresh = float(self.model.state.arrivals[self.row]), 1.0
        if plan.notice.background > 0.0:
            name, habits = np.uint64(self.identity), plan.notice
            since = float(
                since_last_visit(habits, self.activity, name, exposure.hours, exposure.visit)
            )
            arrivals += habits.background * self.following * since
        if plan.notice.activity != ALWAYS:
            age = exposure.visit - exposure.hours
            fresh = freshness(age, self.model.number("half_life", message))
        chance = notice_probability(plan.notice.attention, arrivals, fresh, plan.notice.boost)
        if self.model.is_ours(message):
            chance *= float(plan.notice.habit[self.lately])
        return happens(self.post_luck(exposure, NOTICE), chance)

    def notice_ad(self, exposure: Exposure, ad: Ad) -> bool:
        """Whether they notice a showing of an ad, which has a place that was paid for.

        With the chance noticed * 2 ** (-memory / wear_out), where `noticed` is the ad's and
        `memory` what they remember of showings of all of the brand's ads before (`ad_memory`), and
        those of this one that they met earlier at the same visit.
        """
        notice, memory = self.model.plan.notice, 0.0
        if self.model.state.worn.shape[0]:
            memory = exposure.before + self.ad_memory
        chance = ad_probability(ad.noticed, memory, notice.wear_out, notice.boost)
        return happens(self.post_luck(exposure, NOTICE), chance)

    @property
    def ad_memory(self) -> float:
        """Showings of the brand's ads that they remember, each as far as it has not faded."""
        worn = self.model.state.worn
        if not worn.shape[0]:
            return 0.0
        ticks = self.model.tick - float(worn[self.row, 1])
        half_life = self.model.plan.notice.ad_half_life
        return float(remembered(float(worn[self.row, 0]), ticks, half_life))

    def click(self, exposure: Exposure) -> bool:
        """Whether the call to action makes them click (000).

        logit P = logit(click) + click_trust * W + click_offer * offer + ln(mean k ** click_doses)
        + what their segment adds; once for each message. `k` counts the senders from whom they
        noticed it, and the mean is over those who are new: the tenth who recommends it brings less
        than the first. Of an ad that is shown the ad's own response takes the place of `click`.
        """
        ad, terms = exposure.sender, self.model.today.terms(self.model.plan)
        offer, hop = self.model.number("offer", exposure.message), exposure.hop
        chance = click_probability(
            terms,
            ad.response if isinstance(ad, Ad) else float(click_base(terms, hop)),
            self.believes(exposure),
            offer,
            float(self.model.plan.click_doses[exposure.known, exposure.doses]),
            self._added("click"),
        )
        return happens(self.click_luck(exposure), chance)

    def find(self, exposure: Exposure) -> bool:
        """Whether they, having clicked, can still find the brand after so many shares (000).

        By the link, as far as the re-shares kept it, or by memory:
        P = 1 - (1 - link * fidelity ** hop) * (1 - recall ** hop). Who searches for the brand of a
        broadcast, where there is no link, finds it by memory alone: P = recall.
        """
        if isinstance(exposure.sender, Ad) and exposure.sender.searched:
            chance = search_probability(self.model.plan.transact)
            return happens(self.luck_of(exposure.message, FIND), chance)
        fidelity = self.model.number("fidelity", exposure.message)
        chance = find_probability(self.model.plan.transact, fidelity, exposure.hop)
        return happens(self.luck_of(exposure.message, FIND), chance)

    def convert(self, exposure: Exposure) -> bool:
        """Whether they, having found it, are willing to start a transaction (000).

        logit P = logit(convert) + convert_trust * trust + convert_value * value
        + convert_given * given - price - risk - warned + what their segment adds, and what a brand
        in a hurry does; the price by its elasticity too. What is for followers alone strangers are
        not asked about.
        """
        value = self.model.number("value", exposure.message)
        chance = convert_probability(
            self.model.today.terms(self.model.plan),
            self.trust,
            value,
            self.given,
            float(self.warned),
            exposure.hop,
            self.model.today.rush
            + self._added("convert" if not exposure.hop else "convert_friend"),
        )
        return happens(self.luck_of(exposure.message, CONVERT), chance)

    def share(self, exposure: Exposure) -> bool:
        """Whether they take the trouble to pass it on, and why they would (000).

        The log-odds are a sum of reasons, which `why` tells one by one: the base of their role,
        what they are like (`susceptibility`), what they find in it (`fit`, `affinity` for a reward,
        `bond`, what people gave them, whether they were thanked), from how many they had it
        (`doses`) and what they are tired of (`earlier`); what the message is like (contagiousness,
        spotlight, effort, the look of a reward); how far they believe it (`believes`); and whether
        they had it from whoever shared it first. Each exposure that they noticed is a chance; they
        pass a message on once.

        Under the rule `threshold` they do as soon as they noticed it from enough people. Where
        only buyers may, nobody else is asked. A utility of the model's own takes the place of the
        sum.
        """
        model, message = self.model, exposure.message
        if model.plan.adopt.rule == THRESHOLD and model.is_ours(message):
            count = float(exposure.people + self.heard_from(message))
            following = float(self.following)
            return bool(passes_threshold(model.plan.adopt.threshold, count, following))
        sharing = model.today.sharing(model.plan, message)
        by_tie = bool(model.world.odds.size)
        own = inclination(
            sharing,
            0.0 if by_tie else self.base(exposure),
            self.susceptibility,
            self.fit(message),
            felt(sharing, self.affinity, self.ties),
            self.bond,
            self.helped,
            float(self.answers > 0),
            float(model.plan.doses[exposure.doses]),
            self.fatigue(message),
        )
        own += self.base(exposure) if by_tie else 0.0
        appealing = appeal(
            sharing,
            model.number("contagiousness", message),
            model.number("spotlight", message),
            model.number("effort", message),
        )
        trusted = sharing.trust * self.believes(exposure)
        boost = at_hop(sharing, exposure.hop)
        chance = share_probability(own, appealing, trusted, boost)
        if model.utility is not None and model.is_ours(message):
            log_odds = own + appealing + trusted + boost
            chance = logistic(float(model.utility(self.reasons(exposure, log_odds))))
        return happens(self.share_luck(exposure), chance)

    def reasons(self, exposure: Exposure, log_odds: float) -> Reasons:
        """What a utility of the model's own is told; `log_odds` is what the built-in one gives."""
        number, message = self.model.number, exposure.message
        return Reasons(
            log_odds=log_odds,
            base=self.base(exposure),
            susceptibility=self.susceptibility,
            fit=self.fit(message),
            affinity=self.affinity,
            bond=self.bond,
            helped=self.helped,
            doses=float(exposure.doses),
            earlier=float(self.others(message)),
            contagiousness=number("contagiousness", message),
            spotlight=number("spotlight", message),
            effort=number("effort", message),
            credibility=self.believes(exposure),
            hop=float(exposure.hop),
        )

    def others(self, message: int) -> int:
        """Messages of the brand's that they noticed so far, this one not counted."""
        return self.earlier - (self.model.is_ours(message) and self.noticed(message))

    @property
    def lately(self) -> int:
        """Messages of the brand's that they noticed in a month on average, as far as tables go."""
        model = self.model
        return min(int(in_a_month(self.earlier, model.tick, model.plan.hours)), POSTS)

    def fatigue(self, message: int) -> float:
        """What being tired of the brand's posts takes from the log-odds of passing one on."""
        return float(self.model.plan.fatigue[min(self.others(message), POSTS)])

    def why(
        self, about: Exposure | int, sender: Brand | Account | Person | None = None
    ) -> dict[str, float]:
        """Why they would pass a message on: each reason in log-odds, which add up to theirs (000).

        Parameters
        ----------
        about
            A post as they met it; or the number of a message.
        sender
            Who would have brought that message: the brand if None.

        Returns
        -------
        dict
            Reason to log-odds; the chance to pass it on is ``1 / (1 + exp(-sum))``.

        Examples
        --------
        >>> import wordofmouth as wom
        >>> scenario = wom.load("open_house").replace({"network.people": 200})
        >>> model = wom.CampaignModel(scenario, rng=7)
        >>> reasons = model.brand.followers[0].why(0)
        >>> max(reasons, key=reasons.get), min(reasons, key=reasons.get)
        ('trust', 'base')
        """
        model = self.model
        if not isinstance(about, Exposure):
            about = model.exposure(about, sender)
        message, sharing = about.message, model.today.sharing(model.plan, about.message)
        own = {
            "base": self.base(about),
            "susceptibility": self.susceptibility,
            "fit": self.fit(message),
            "affinity": felt(sharing, self.affinity, self.ties),
            "bond": self.bond,
            "helped": self.helped,
            "thanked": float(self.answers > 0),
            "dosed": float(model.plan.doses[about.doses]),
            "fatigue": self.fatigue(message),
        }
        # The formula is a sum, and each reason is what it comes to with all others at 0.
        alone = {
            name: inclination(sharing, *(value * (name == other) for other in own))
            for name, value in own.items()
            if name != "base"
        }
        nothing = appeal(sharing, 0.0, 0.0, 0.0)
        return {
            "base": own["base"],
            "contagiousness": model.number("contagiousness", message),
            "susceptibility": alone["susceptibility"],
            "topic": alone["fit"],
            "trust": sharing.trust * self.believes(about),
            "reward": alone["affinity"],
            "status": appeal(sharing, 0.0, model.number("spotlight", message), 0.0) - nothing,
            "reciprocity": alone["bond"],
            "generalised": alone["helped"],
            "thanked": alone["thanked"],
            "doses": alone["dosed"],
            "image": -sharing.image,
            "recipient": sharing.recipient,
            "fatigue": alone["fatigue"],
            "effort": -model.number("effort", message),
            "first": sharing.first if about.hop == 1 else 0.0,
            "boost": sharing.boost if about.hop == 0 else sharing.reboost,
        }

    def mention(self, message: int) -> bool:
        """Whether they mention the brand in this week, unasked (001).

        P = rate * bond * trust; `message` is what people say of it in this week.
        """
        chance = mention_probability(self.model.plan.promote.mention, self.bond, self.trust)
        return happens(self.luck_of(message, MENTION), chance)

    def adopt(self, message: int) -> bool:
        """Whether they adopt now, under the rule `bass` (Bass 1969), asked in every tick.

        P = innovation + imitation * the share of those who have: of all, or of whom they hear.
        """
        model, adopt, sharers = self.model, self.model.plan.adopt, self.model.today.due.sharers
        if adopt.mixing == EVERYBODY:
            adopters = float(sharers[message]) if sharers.size else 0.0
            adopted = adopters / max(model.network.n - 1, 1)
        else:
            adopted = self.heard_from(message) / max(float(self.following), 1.0)
        chance = adoption_probability(adopt.innovation, adopt.imitation, adopted)
        return happens(self.luck_of(message, ADOPT, model.tick), chance)

    def like(self, message: int) -> bool:
        """Whether they like a message, when they notice it first (001, 003).

        logit P = logit(like) + like_bond * bond.
        """
        chance = like_probability(self.model.plan.interact, self.bond)
        return happens(self.luck_of(message, LIKE), chance)

    def comment(self, message: int) -> bool:
        """Whether they comment on a message, when they notice it first (001, 003).

        logit P = logit(comment) + comment_bond * bond + comment_dialogue * dialogue
        + comment_community * sense of community.
        """
        dialogue, plan = self.model.number("dialogue", message), self.model.plan
        chance = comment_probability(plan.interact, self.bond, dialogue, self.community)
        return happens(self.luck_of(message, COMMENT), chance)

    # what comes after a click -----------------------------------------------------------------

    def leave_address(self, message: int) -> bool:
        """Whether they, who found the brand and did not buy, leave an address (003: leads)."""
        return happens(self.luck_of(message, LEAD), self.model.plan.returns.lead)

    def complain(self, message: int, *visit: int) -> int | None:
        """The topic about which they, having bought, have to complain; None if all went well.

        Whether the brand hears of it, and in time, is another matter (`Brand.hear`).

        Parameters
        ----------
        message
            The message over which they bought.
        visit
            How often they had come back before, if they bought on coming back.
        """
        complain = self.model.plan.complain
        about = goes_wrong(self.luck_of(message, WRONG, *visit), complain.rate, complain.topics)
        return None if about == FINE else int(about)

    def speak_out(self, topic: int) -> bool:
        """Whether they, at the end of their patience, tell everybody: if nobody mended it (004)."""
        return self.complaint == topic

    def come_back(self, visit: Visit) -> bool:
        """Whether they visit the brand again, or come back to buy again (001, 003).

        logit P = logit(visit or repeat) + bond_weight * bond.
        """
        chance = return_probability(self.model.plan.returns, visit.buyer, self.bond)
        return happens(self.luck_of(visit.message, RETURN, self.visits), chance)

    def buy_again(self, visit: Visit) -> bool:
        """Whether they, who came back, buy: buyers do, others with the chance of any visitor."""
        if visit.buyer:
            return True
        value = self.model.number("value", visit.message)
        chance = convert_probability(
            self.model.today.terms(self.model.plan),
            self.trust,
            value,
            self.given,
            float(self.warned),
            visit.hop,
            self.model.today.rush + self._added("convert" if not visit.hop else "convert_friend"),
        )
        return happens(self.luck_of(visit.message, BUY_AGAIN, self.visits), chance)

    def buy_more(self, visit: Visit) -> bool:
        """Whether a buyer who came back buys more than before (003: upsell)."""
        bits = self.luck_of(visit.message, BUY_AGAIN, self.visits)
        return happens(bits, self.model.plan.returns.upsell)

    def buy_another(self, visit: Visit) -> bool:
        """Whether a buyer who came back buys another product too (003: cross-sell)."""
        bits = self.luck_of(visit.message, BUY_AGAIN, self.visits)
        return happens(np.uint64(mix(bits)), self.model.plan.returns.cross_sell)

    def refer_themselves(self) -> bool:
        """Whether they, who are paid for whom they bring, also refer an account of their own."""
        return happens(self.luck(FRAUD), self.model.plan.pay.fraud)

    # their luck -------------------------------------------------------------------------------

    def luck(self, what: int | np.uint64, *about: int) -> np.uint64:
        """The draw on a decision of theirs: 64 bits, the same whenever they are asked for.

        Parameters
        ----------
        what
            The decision, a number of `sim.draws`; those from 1,000 on are for decisions of your
            own.
        about
            What it is about, and through whom: a message's number, a sender's `identity`.
        """
        return self.model.luck(self.identity, what, *about)

    def luck_of(self, message: int, what: int | np.uint64, *about: int) -> np.uint64:
        """The draw on a decision of theirs about a message, whatever else is posted beside it."""
        return self.luck(what, self.model.name(message), *about)

    def post_luck(self, exposure: Exposure, what: int | np.uint64) -> np.uint64:
        """The draw on a decision about a post: each sender is a trial, each showing of an ad."""
        if exposure.showing >= 0:
            showing = 2**64 + SHOWINGS - exposure.showing
            return self.luck_of(exposure.message, what, showing, exposure.tick)
        return self.luck_of(exposure.message, what, exposure.sender.identity)

    def share_luck(self, exposure: Exposure) -> np.uint64:
        """The draw on passing this on; of several that succeed, luck takes one."""
        return self.post_luck(exposure, SHARE)

    def click_luck(self, exposure: Exposure) -> np.uint64:
        """The draw on clicking on this."""
        return self.post_luck(exposure, CLICK)
