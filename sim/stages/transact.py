"""Transact: click, find the brand, convert (source 000).

    logit P(click)   = logit(click) + click_trust * W + click_offer * offer
                       + ln(mean k ** click_doses) + segment
    P(find)          = 1 - (1 - link * fidelity ** hop) (1 - recall ** hop)
    logit P(convert) = logit(convert) + convert_trust * trust + convert_value * value
                       + convert_given * given - convert_price * ln(1 + price / scale)
                       - elasticity * ln(price / reference price)
                       - convert_risk * risk * (1 - trust) - warned + segment

A brand whose orders of the last week are below its target, in a company that wants to see results
soon (`hurdles.short_term`), sells harder: the effort taken from nurturing goes into selling.

What people add who are in a segment, a price of their own included, is `segment`.

Who notices a showing of an ad answers it by the response of the ad in place of `click`: the share
of impressions shown that are answered by people of ordinary trust. There is nothing to click in a
broadcast: its answer is a search for the brand, which is found by memory, as at hop 1 without a
link: P(find) = recall.

Whoever noticed a complaint is warned, and loses `negative.convert` for it, however many they
noticed; what it costs their trust comes on top.

Whoever comes through a person, at hop 1 or more, gets the recipient's reward and pays the price
less the discount: that is in the log-odds of clicking and converting there.

Each time that a person notices the message is a trial of a click; a person clicks at most once on
a message, and where several trials succeed in a tick, the click is owed to one of them, each as
likely as the others. The more often a message was passed on, the harder its source is to find.

`k` counts the senders from whom a person noticed the message, 15 at most, and the mean is over
those who came now: with click_doses below 0 each further one brings less than the one before, and
what many bring levels off (Leskovec, Adamic & Huberman 2007), however finely the clock is read. Who
bought has what is offered: over another post of the campaign they do not buy it again
(`transact.once`), but on coming back (`revisit`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..agenda import Due, on_offer, rush
from ..arithmetic import logistic, power, shifted
from ..draws import CLICK, CONVERT, FIND, draw, happens, mix
from ..jit import inline, jit
from ..plan import OWN, Plan, Transacting, about, credibility
from ..state import CLICKED_ON, CONVERTED, DOSE, WARNED, State
from ..wave import BRAND, OUTLET, Wave, post_key
from ..world import STRANGER, World, identity_of
from .notice import Noticed
from .share import NOT, closeness_of


@inline
def click_probability(
    transact: Transacting, base: float, believed: float, offer: float, dosed: float, segment: float
) -> float:
    """The chance that a person who noticed a message clicks on it.

    `base` are the log-odds without trust and offer (`click_base`), or the response of an ad;
    `dosed` is the term of the senders, which is looked up, and `segment` what those who are like
    them add.
    """
    log_odds = base + transact.click_trust * believed + transact.click_offer * offer
    return logistic(log_odds + dosed + segment)


@inline
def click_base(transact: Transacting, hop: int) -> float:
    """The log-odds of clicking on a post at a hop, without trust and offer."""
    return transact.click if hop == 0 else transact.click_friend


@inline
def search_probability(transact: Transacting) -> float:
    """The chance that who searches for the brand finds it."""
    return shifted(transact.recall, transact.boost_find)


@inline
def find_probability(transact: Transacting, fidelity: float, hop: int) -> float:
    """The chance that the brand can still be found after `hop` shares."""
    by_link = transact.link * power(fidelity, hop)
    by_memory = power(transact.recall, hop)
    return shifted(1.0 - (1.0 - by_link) * (1.0 - by_memory), transact.boost_find)


@inline
def convert_probability(
    transact: Transacting,
    trust: float,
    value: float,
    given: float,
    warned: float,
    hop: int,
    segment: float,
) -> float:
    """The chance of a transaction by a person who found the brand.

    Parameters
    ----------
    transact
        Log-odds and weights.
    trust
        In the brand, 0..1.
    value, given
        Of the post, and of what the person got from the brand before, 0..1.
    warned
        1 if the person noticed a complaint, else 0.
    hop
        At which the person saw what brought them.
    segment
        What those who are like the person add to the log-odds, and what a brand in a hurry does.
    """
    log_odds = transact.convert if hop == 0 else transact.convert_friend
    log_odds = log_odds + transact.convert_trust * trust + transact.convert_value * value
    return logistic(
        log_odds
        + transact.convert_given * given
        - transact.convert_risk * (1.0 - trust)
        - transact.convert_warned * warned
        + segment
    )


@inline
def segment_of(segment: NDArray[np.uint8], person: int) -> int:
    """The place of a person's segment in `plan.Segmented`; 0 where nothing goes by segments."""
    return np.int64(segment[person]) if segment.size else 0


@jit
def terms(plan: Plan, offered: bool) -> Transacting:
    """What clicking and converting weigh: the recipient's reward only while it is on offer."""
    return plan.transact if offered else plan.transact_unrewarded


@jit
def click(
    world: World,
    plan: Plan,
    state: State,
    due: Due,
    wave: Wave,
    noticed: Noticed,
    message: int,
) -> NDArray[np.int32]:
    """For each who noticed, the entry of the wave that they click on, or NOT."""
    offered, believe = on_offer(plan, due), plan.believe
    transact = terms(plan, offered)
    person, before, who, entry = noticed.person, noticed.before, noticed.who, noticed.entry
    doses, dosed = noticed.doses, plan.click_doses
    via = np.full(person.size, NOT, np.int32)
    # On what is not the brand's there is nothing to click that would lead to it.
    response, standing, paid = (
        plan.accounts["response"],
        plan.accounts["standing"],
        plan.accounts["paid"],
    )
    answers = -np.inf
    for account in range(response.size):
        if plan.accounts["message"][account] == message:
            answers = max(answers, response[account])
    likely = max(transact.click, answers)
    if likely == -np.inf or plan.messages["kind"][message] > OWN:
        return via
    known = believe.paid if offered else believe.unpaid
    identity, trust = world.identity, state.crowd["trust"]
    named = identity.size > 0
    indptr, indices, closeness = world.indptr, world.indices, world.closeness
    poster, hops = wave.person, wave.hop
    offer = plan.messages["offer"][message]
    price = plan.messages["price"][message]
    # As in sharing: most draws exceed the chance of the most credulous, and are settled unread.
    segment, added = world.segment, plan.segmented.click
    most = max(likely, transact.click_friend) + transact.most + plan.segmented.likeliest
    ceiling = logistic(most + transact.click_offer * offer)
    best = np.empty(person.size, np.uint64)
    click_key = about(plan, CLICK, message)
    names, posted, showing = wave.name, wave.tick, wave.showing
    last, sender, hop = -1, 0, 0
    key = np.uint64(0)
    for row in range(entry.size):
        at = who[row]
        k = entry[row]
        if k != last:
            last, sender, hop = k, poster[k], hops[k]
            key = post_key(click_key, names[k], showing[k] >= 0, posted[k])
        i = person[at]
        bits = draw(key, identity[i] if named else np.uint64(i))
        if not happens(bits, ceiling) or before[at] & CLICKED_ON:
            continue
        believed = 0.0
        if transact.click_trust != 0.0:
            close, cost = believe.closeness, price
            if hop > 0:
                cost += known
                if closeness.size:
                    close = closeness_of(indptr, indices, closeness, sender, i)
            else:
                close = -1.0 if sender == BRAND else standing[OUTLET - sender]
                cost += 0.0 if sender == BRAND else paid[OUTLET - sender]
            believed = credibility(believe, hop, close, np.float64(trust[i]), cost)
        mine = segment_of(segment, i)
        base = click_base(transact, hop)
        if showing[k] >= 0:
            base = response[OUTLET - sender]
        came = dosed[before[at] >> DOSE, doses[at]]
        if happens(bits, click_probability(transact, base, believed, offer, came, added[mine])):
            luck = mix(bits)
            if via[at] == NOT or luck < best[at]:
                via[at] = k
                best[at] = luck
    return via


@jit
def findable(plan: Plan, wave: Wave, entry: int, message: int) -> float:
    """The chance that who has a message by an entry of the wave finds the brand."""
    sender = wave.person[entry]
    if sender <= OUTLET and plan.accounts["searched"][OUTLET - sender]:
        return search_probability(plan.transact)
    return find_probability(plan.transact, plan.messages["fidelity"][message], wave.hop[entry])


@jit
def find(
    world: World, plan: Plan, wave: Wave, noticed: Noticed, clicked: NDArray[np.int32], message: int
) -> NDArray[np.bool_]:
    """Whether each who clicked finds the brand."""
    found = np.zeros(clicked.size, np.bool_)
    key = about(plan, FIND, message)
    identity, person = world.identity, noticed.person
    for at in range(clicked.size):
        if clicked[at] != NOT:
            chance = findable(plan, wave, clicked[at], message)
            bits = draw(key, identity_of(identity, person[at]))
            found[at] = happens(bits, chance)
    return found


@jit
def convert(
    world: World,
    plan: Plan,
    state: State,
    due: Due,
    wave: Wave,
    noticed: Noticed,
    clicked: NDArray[np.int32],
    found: NDArray[np.bool_],
    message: int,
) -> NDArray[np.bool_]:
    """Whether each who found the brand buys, registers, or whatever the transaction is.

    What is for followers alone, strangers cannot have; nor who has it already.
    """
    converted = np.zeros(found.size, np.bool_)
    key = about(plan, CONVERT, message)
    value, transact = plan.messages["value"][message], terms(plan, on_offer(plan, due))
    exclusive = plan.messages["exclusive"][message]
    identity, person, trust, hops = world.identity, noticed.person, state.crowd["trust"], wave.hop
    given, role = state.relation["given"], state.crowd["role"]
    steps, once = state.crowd["steps"], np.uint16(transact.once << CONVERTED)
    flags = state.relation["flags"]
    segment, added = world.segment, plan.segmented.convert
    friend = plan.segmented.convert_friend
    hurry = rush(plan, due)
    for at in range(found.size):
        if found[at]:
            i = person[at]
            if (exclusive and role[i] == STRANGER) or steps[i] & once:
                continue
            hop, mine = hops[clicked[at]], segment_of(segment, i)
            chance = convert_probability(
                transact,
                np.float64(trust[i]),
                value,
                np.float64(given[i]),
                np.float64(flags[i] & WARNED != 0),
                hop,
                hurry + (added[mine] if hop == 0 else friend[mine]),
            )
            converted[at] = happens(draw(key, identity_of(identity, i)), chance)
    return converted
