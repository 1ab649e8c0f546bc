"""One tick in which everybody decides for themselves: who meets what, and when.

The page of the engine (`sim.engine.page`), told by the agents. What they decide is written by
the same `apply`, so that a difference between the two is a difference between decisions.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ..sim.agenda import in_line, is_round, own
from ..sim.apply import (
    apply,
    apply_arrivals,
    apply_payments,
    apply_promotion,
    apply_returns,
    apply_service,
    apply_silence,
    apply_wear,
    end_of_tick,
)
from ..sim.exposures import Exposures
from ..sim.ledger import DRAW
from ..sim.ledger import SHARE as EACH_SHARE
from ..sim.plan import BASS, COMPLAINT, NEVER, OWN, POST, RIVAL
from ..sim.stages.complain import FINE
from ..sim.stages.promote import Promoted, nurturing
from ..sim.stages.publish import is_posted
from ..sim.stages.revisit import ANOTHER, BOUGHT, CAME, MORE, Revisits
from ..sim.stages.reward import Paid
from ..sim.stages.serve import NEW, Served
from ..sim.stages.start import Started
from ..sim.state import BUYER, CLAIM, COMMENT, EXPOSED, OUTBURST, SERVICE, THANKS, VISITOR
from ..sim.wave import Wave, names_of
from .account import Ad, Rival
from .advocate import Advocate
from .asking import Asked, request_cost, requests
from .exposure import Exposure
from .fan import Fan
from .occasion import Claim, Contact, Visit
from .person import Person
from .turn import Readers, as_decided, as_noticed, barred, count_showings, turn, yes

if TYPE_CHECKING:
    from .model import CampaignModel


def play(model: CampaignModel) -> None:
    """One tick: publish, deliver, notice, transact, share, interact, serve, reward, promote."""
    posts = model.posts()
    wave = as_wave(model, posts)
    asked = requests(model)
    started = starts(model, asked)
    deliver(model, wave, posts, started, asked)
    visitors = sorted(model.visitors.pop(model.tick, ()), key=lambda person: person.row)
    front = met_in(model, visitors)
    # Who visits their feed more than once meets at each visit what has come since.
    first = True
    while first or visitors:
        visitors = [person for person in visitors if person.look_in()]
        for message in sorted(
            {post.message for person in visitors for post in person.met} | started.keys()
        ):
            readers = notice(visitors, started.get(message, []), message)
            wear(model, front, visitors, message)
            read(model, front, readers, message)
        first, started = False, {}
    # Who comes back or is approached has not noticed anything to reckon with their silence.
    for rows in (model.today.due.tasks[:, 2], model.today.due.candidates[:, 0]):
        apply_silence(model.plan, model.state, own(model.state, rows), model.tick)
    come_back(model)
    serve(model, posts)
    reward(model, posts)
    promote(model)
    model.write(end_of_tick(model.plan, model.state, model.today.due, model.tick))
    model.campaign.tick += 1


def starts(model: CampaignModel, asked: dict[int, dict[Person, bool]]) -> dict[int, list[Person]]:
    """Who begins to pass on each message, without having it from anybody, by row."""
    messages, plan = model.plan.messages, model.plan
    found: dict[int, list[Person]] = {}
    for message in range(len(model.campaign.entries)):
        kind, released = messages["kind"][message], messages["released"][message]
        people = []
        if kind == POST:
            people = [person for person, comply in asked.get(message, {}).items() if comply]
            if plan.adopt.rule == BASS and released <= model.tick:
                people = people + [
                    person
                    for person in model.everybody
                    if not person.passed_on(message) and person.adopt(message)
                ]
        elif kind == RIVAL and is_posted(plan, model.today.due, message, model.tick):
            rival = model.accounts[int(messages["account"][message])]
            people = rival.asks() if isinstance(rival, Rival) else []
        elif kind == OWN and released == model.tick and messages["mention"][message]:
            people = [person for person in model.everybody if person.mention(message)]
        elif kind == OWN and released == model.tick:
            people = [
                person
                for person in model.brand.followers
                if isinstance(person, Advocate) and person.speak(message)
            ]
        elif kind == COMPLAINT:
            topic = message - plan.complain.first
            people = [
                person
                for task in model.today.tasks(OUTBURST)
                for person in [model.person(task.person)]
                if task.message == message
                and task.sender == person.wrongs
                and person.speak_out(topic)
            ]
        if people:
            found[message] = sorted(set(people), key=lambda person: person.row)
    return found


def deliver(
    model: CampaignModel,
    wave: Wave,
    posts: list[Exposure],
    started: dict[int, list[Person]],
    asked: Asked,
) -> None:
    """Put each post into the feeds of those who hear it, where it waits for their next visit."""
    state, last = model.state, model.campaign.scenario.horizon
    rows: list[tuple[int, int]] = []
    reached: set[Person] = set()
    for post in posts:
        if isinstance(post.sender, Ad):
            hearers = post.sender.hearers(post.message, post.showing)
        else:
            hearers = post.sender.hearers(post.message)
        for person in hearers:
            exposure = replace(post)
            person.hear(exposure)
            due = int(min(exposure.visit / model.plan.hours, last))
            if due < last:
                model.visitors.setdefault(max(due, model.tick), set()).add(person)
            rows.append((post.entry, person.row))
        if model.is_ours(post.message):
            reached.update(hearers)
    # What one begins to pass on lies before one too, and is nobody's post.
    for message, people in started.items():
        if model.is_ours(message):
            reached.update(people)
    new = [person.row for person in reached if not state.steps[person.row] >> EXPOSED & 1]
    state.steps[new] |= np.uint16(1 << EXPOSED)
    entry = np.array([entry for entry, _ in rows], np.int32)
    exposures = Exposures(
        entry,
        np.array([row for _, row in rows], np.int32),
        np.searchsorted(entry, wave.start).astype(np.int64),
        np.empty(0, np.float64),
        len(new),
        0,
    )
    costs = [request_cost(*each) for people in asked.values() for each in people.items()]
    begin = as_started(started, len(model.campaign.entries), costs)
    apply_arrivals(model.world, model.plan, state, wave, exposures, begin, model.tick)


def met_in(model: CampaignModel, visitors: list[Person]) -> Wave:
    """The posts that people meet in this tick, messages in order; each learns its place there."""
    met = [post for person in visitors for post in person.waiting()]
    posts = {post.number: post for post in met}
    order = sorted(posts, key=lambda number: (posts[number].message, number))
    places = {number: place for place, number in enumerate(order)}
    for post in met:
        post.entry = places[post.number]
    return as_wave(model, [posts[number] for number in order])


def notice(visitors: list[Person], begin: list[Person], message: int) -> Readers:
    """Who noticed a message, or begins to pass it on, by row; each with what they noticed."""
    beginning = set(begin)
    readers: Readers = {}
    visiting = set(visitors)
    for person in sorted({*visitors, *begin}, key=lambda person: person.row):
        met = [post for post in person.met if post.message == message and person in visiting]
        count_showings(met)
        seen = [post for post in met if yes(person, "notice", post)]
        if seen or person in beginning:
            readers[person] = (seen, person in beginning)
    return readers


def wear(model: CampaignModel, wave: Wave, visitors: list[Person], message: int) -> None:
    """Whoever met an ad remembers that it was shown to them, noticed or not."""
    met = [(post.entry, person.row) for person in visitors for post in person.met]
    met = [(entry, row) for entry, row in met if wave.message[entry] == message]
    start = np.zeros(len(model.campaign.entries) + 1, np.int64)
    start[message + 1 :] = len(met)
    rows = np.array(met, np.int32).reshape(-1, 2)
    exposures = Exposures(
        rows[:, 0].copy(), rows[:, 1].copy(), start, np.empty(0, np.float64), 0, 0
    )
    apply_wear(model.plan, model.state, wave, exposures, message, model.tick)


def read(model: CampaignModel, wave: Wave, readers: Readers, message: int) -> None:
    """Everybody who noticed a message decides what to do about it, and it is done."""
    noticed = as_noticed(readers, message)
    apply_silence(model.plan, model.state, noticed.person, model.tick)
    turns = [turn(person, seen, asked, message) for person, (seen, asked) in readers.items()]
    world, plan, state = model.world, model.plan, model.state
    decided = as_decided(turns)
    model.write(apply(world, plan, state, wave, noticed, decided, message, model.tick))


def come_back(model: CampaignModel) -> None:
    """Visitors and buyers come back, or do not."""
    rows, what, abouts, heard = [], [], [], []
    buyers: set[Person] = set()
    for task in model.today.tasks(VISITOR, BUYER):
        person, visit = model.person(task.person), Visit(task.message, task.hop, task.kind == BUYER)
        if not person.come_back(visit):
            continue
        done = int(CAME)
        had = barred(person, visit.message) or (model.plan.transact.once and person in buyers)
        if person.buy_again(visit) and (visit.buyer or not had):
            done |= int(BOUGHT)
            if not visit.buyer:
                buyers.add(person)
            if visit.buyer:
                done |= int(MORE) * person.buy_more(visit)
                done |= int(ANOTHER) * person.buy_another(visit)
        about = None
        if done & BOUGHT and person.complaint is None:
            about = person.complain(visit.message, person.visits)
        rows.append(task.row)
        what.append(done)
        abouts.append(FINE if about is None else about)
        heard.append(about is not None and model.brand.hear(person, visit.message, person.visits))
    revisits = Revisits(
        np.array(rows, np.int64),
        np.array(what, np.uint8),
        np.array(abouts, np.int32),
        np.array(heard, np.bool_),
    )
    world, plan, state = model.world, model.plan, model.state
    model.write(apply_returns(world, plan, state, model.today.due, revisits, model.tick))


def serve(model: CampaignModel, posts: list[Exposure]) -> None:
    """The brand mends, replies and thanks."""
    model.write(apply_service(model.plan, model.state, answers(model, posts), model.tick))


def answers(model: CampaignModel, posts: list[Exposure]) -> Served:
    """Who is at the brand's desk in this tick, and whom it answers."""
    brand, now = model.brand, model.tick
    contacts: dict[int, list[Contact]] = {SERVICE: [], COMMENT: []}
    shares = [post for post in our_shares(model, posts) if brand.sees(post)]
    rows = {
        id(post): [THANKS, post.message, post.sender.row, -1, post.hop - 1, now, NEW]
        for post in shares
        if isinstance(post.sender, Person)
    }
    waiting = in_line(model.state, now, int(NEVER))
    for task in np.concatenate([waiting, model.today.due.tasks]).tolist():
        kind, message, row, occasion, hop, since, _ = task
        person = model.person(row)
        if kind == THANKS:
            hours = since * model.plan.hours
            shares.append(Exposure(message, person, hop + 1, tick=since, hours=hours))
            rows[id(shares[-1])] = task
        elif kind in contacts:
            contact = Contact(person, message, since, occasion)
            if since < now or brand.sees(contact):
                contacts[kind].append(contact)
                rows[id(contact)] = task
    shares.sort(key=brand.order)
    complaints, comments = (sorted(some, key=brand.order) for some in contacts.values())
    answered = {id(each) for some in brand.serve(complaints, comments, shares) for each in some}
    line = [id(each) for each in [*complaints, *comments, *shares]]
    return Served(
        np.array([rows[each] for each in line], np.int32).reshape(-1, 7),
        np.array([each in answered for each in line], np.bool_),
    )


def reward(model: CampaignModel, posts: list[Exposure]) -> None:
    """The brand pays rewards."""
    pay = model.plan.pay
    claims: list[Claim] = []
    if pay.event == EACH_SHARE:
        claims = [Claim(post.sender, post.message, None) for post in our_shares(model, posts)]
    else:
        claims = [
            Claim(model.person(task.person), task.message, model.person(task.sender))
            for task in model.today.tasks(CLAIM)
        ]
    nothing = pay.reward + pay.recipient == 0 or pay.event == DRAW
    paid = [] if nothing else model.brand.reward(claims)
    rows = np.array([claim.person.row for claim, _ in paid], np.int32)
    frauds = np.array([times for _, times in paid], np.int64)
    apply_payments(model.plan, model.state, Paid(rows, frauds), model.tick)


def promote(model: CampaignModel) -> None:
    """In a round of the advocacy programme: identify, activate, nurture, empower."""
    plan, brand = model.plan, model.brand
    if not is_round(plan, model.tick):
        return
    acts = {model.person(row): acts for row, acts in model.today.due.candidates.tolist()}
    chosen = sorted(brand.identify(acts), key=lambda person: person.row) if acts else []
    accepts = [isinstance(person, Fan) and person.accept() for person in chosen]
    rows = np.array([person.row for person in chosen], np.int32)
    policy = plan.promote._replace(empower=brand.empower())
    nurture = float(nurturing(plan, model.today.due)) if brand.nurture() else 0.0
    promoted = Promoted(rows, np.array(accepts, np.bool_), nurture)
    plan = plan._replace(promote=policy)
    model.write(apply_promotion(plan, model.state, promoted, model.tick))


def our_shares(model: CampaignModel, posts: list[Exposure]) -> list[Exposure]:
    """What people passed on of the brand's own among the posts of a tick."""
    return [
        post for post in posts if isinstance(post.sender, Person) and model.is_ours(post.message)
    ]


def as_started(started: dict[int, list[Person]], messages: int, costs: list[int]) -> Started:
    """Who begins to pass on each message, and what asking cost, as the kernels have it."""
    people = [started.get(message, []) for message in range(messages)]
    start = np.cumsum([0, *map(len, people)])
    rows = np.array([one.row for some in people for one in some], np.int32)
    return Started(rows, start, sum(cost > 0 for cost in costs), sum(costs))


def as_wave(model: CampaignModel, posts: list[Exposure]) -> Wave:
    """The posts of a tick, which stand in the order of their messages, as the kernels' wave."""
    world, accounts = model.world, model.plan.accounts["identity"]
    message = np.array([post.message for post in posts], np.int32)
    showing = np.array([post.showing for post in posts], np.int32)
    sender = np.array(
        [
            post.sender.row if isinstance(post.sender, Person) else post.sender.sender
            for post in posts
        ],
        np.int32,
    )
    return Wave(
        message,
        sender,
        np.array([post.hop for post in posts], np.int32),
        np.array([post.channels for post in posts], np.uint8),
        np.array([post.tick for post in posts], np.int32),
        np.array([post.hours for post in posts], np.float64),
        names_of(world.identity, accounts, sender, showing),
        showing,
        np.searchsorted(message, np.arange(len(model.campaign.entries) + 1)).astype(np.int64),
    )
