"""One tick in which everybody decides for themselves: who meets what, and when.

The page of the engine (`sim.engine.page`), told by the agents. What they decide is written by
the same `apply`, so that a difference between the two is a difference between decisions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..sim.agenda import is_round, own
from ..sim.apply import (
    apply,
    apply_arrivals,
    apply_payments,
    apply_promotion,
    apply_returns,
    apply_service,
    apply_silence,
    end_of_tick,
)
from ..sim.ledger import DRAW
from ..sim.ledger import SHARE as EACH_SHARE
from ..sim.plan import BASS, COMPLAINT, OWN, POST
from ..sim.stages.complain import FINE
from ..sim.stages.deliver import MOST_ARRIVALS, Exposures
from ..sim.stages.promote import Promoted
from ..sim.stages.revisit import ANOTHER, BOUGHT, CAME, MORE, Revisits
from ..sim.stages.reward import Paid
from ..sim.stages.serve import Served
from ..sim.stages.start import Started
from ..sim.state import BUYER, CLAIM, COMMENT, OUTBURST, SERVICE, VISITOR
from ..sim.wave import Wave
from .advocate import Advocate
from .exposure import Exposure
from .fan import Fan
from .occasion import Claim, Contact, Visit
from .person import Person
from .turn import Readers, as_decided, as_noticed, barred, turn

if TYPE_CHECKING:
    from .model import CampaignModel


def play(model: CampaignModel) -> None:
    """One tick: publish, deliver, notice, transact, share, interact, serve, reward, promote."""
    posts = model.posts()
    wave = as_wave(posts, len(model.campaign.entries))
    started = starts(model)
    reached = deliver(model, wave, posts, started)
    for message in sorted({post.message for post in posts} | started.keys()):
        read(model, wave, notice(reached, started.get(message, []), message), message)
    for person in reached:
        person.feed.clear()
    # Who comes back or is approached has not noticed anything to reckon with their silence.
    for rows in (model.today.due.tasks[:, 2], model.today.due.candidates[:, 0]):
        apply_silence(model.plan, model.state, own(model.state, rows), model.tick)
    come_back(model)
    serve(model, wave, posts)
    reward(model, posts)
    promote(model)
    model.write(end_of_tick(model.state, model.today.due, model.tick))
    model.campaign.tick += 1


def starts(model: CampaignModel) -> dict[int, list[Person]]:
    """Who begins to pass on each message, without having it from anybody, by row."""
    messages, plan = model.plan.messages, model.plan
    found: dict[int, list[Person]] = {}
    for message in range(len(model.campaign.entries)):
        kind, released = messages["kind"][message], messages["released"][message]
        people = []
        if kind == POST:
            people = model.brand.asks() if released == model.tick else []
            if plan.adopt.rule == BASS and released <= model.tick:
                people = people + [
                    person
                    for person in model.everybody
                    if not person.passed_on(message) and person.adopt(message)
                ]
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
    model: CampaignModel, wave: Wave, posts: list[Exposure], started: dict[int, list[Person]]
) -> list[Person]:
    """Put each post into the feeds of those who hear it; whom anything reached, by row."""
    state, now = model.state, model.tick + 1
    rows: list[tuple[int, int]] = []
    contacts: dict[Person, int] = {}
    met: set[Person] = set()
    for post in posts:
        hearers = post.sender.hearers(post.message)
        for person in hearers:
            person.hear(Exposure(post.message, post.sender, post.hop, post.entry, post.channels))
            rows.append((post.entry, person.row))
        for person in hearers:
            contacts[person] = contacts.get(person, 0) + 1
        if model.is_ours(post.message):
            met.update(hearers)
    # What one begins to pass on lies before one too: that takes attention, and is nobody's post.
    for message, people in started.items():
        for person in people:
            contacts[person] = contacts.get(person, 0) + 1
        if model.is_ours(message):
            met.update(people)
    # Below 0 as long as nothing of the campaign's own arrived.
    new = sum(state.arrived[person.row] <= 0 for person in met)
    for person, times in contacts.items():
        known = person in met or state.arrived[person.row] > 0
        state.arrived[person.row] = now if known else -now
        state.arrivals[person.row] = min(times, MOST_ARRIVALS)
    entry = np.array([entry for entry, _ in rows], np.int32)
    exposures = Exposures(
        entry,
        np.array([row for _, row in rows], np.int32),
        np.searchsorted(entry, wave.start).astype(np.int64),
        int(new),
    )
    asks = np.array([person.row for person in model.brand.asks()], np.int32)
    asks.flags.writeable = False  # as all columns of the world
    world = model.world._replace(seeds=asks)
    begin = as_started(started, len(model.campaign.entries))
    apply_arrivals(world, model.plan, state, wave, exposures, begin, model.tick)
    return sorted(contacts, key=lambda person: person.row)


def notice(reached: list[Person], begin: list[Person], message: int) -> Readers:
    """Who noticed a message, or begins to pass it on, by row; each with what they noticed."""
    beginning = set(begin)
    readers: Readers = {}
    for person in sorted({*reached, *begin}, key=lambda person: person.row):
        seen = [post for post in person.feed if post.message == message and person.notice(post)]
        if seen or person in beginning:
            readers[person] = (seen, person in beginning)
    return readers


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
    for task in model.today.tasks(VISITOR, BUYER):
        person, visit = model.person(task.person), Visit(task.message, task.hop, task.kind == BUYER)
        if not person.come_back(visit):
            continue
        done = int(CAME)
        if person.buy_again(visit) and (visit.buyer or not barred(person, visit.message)):
            done |= int(BOUGHT)
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


def serve(model: CampaignModel, wave: Wave, posts: list[Exposure]) -> None:
    """The brand mends, replies and thanks."""
    served = answers(model, posts)
    apply_service(model.plan, model.state, model.today.due, wave, served, model.tick)


def answers(model: CampaignModel, posts: list[Exposure]) -> Served:
    """Whom the brand answers in this tick."""
    complaints, comments = (
        [
            Contact(model.person(task.person), task.message, task.row, task.sender)
            for task in model.today.tasks(kind)
        ]
        for kind in (SERVICE, COMMENT)
    )
    mended, replied, thanked = model.brand.serve(complaints, comments, our_shares(model, posts))
    return Served(
        np.array(sorted(contact.row for contact in mended), np.int64),
        np.array(sorted(contact.row for contact in replied), np.int64),
        np.array(sorted(post.entry for post in thanked), np.int64),
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
    policy = plan.promote._replace(
        nurture=plan.promote.nurture if brand.nurture() else 0.0, empower=brand.empower()
    )
    promoted = Promoted(rows, np.array(accepts, np.bool_))
    plan = plan._replace(promote=policy)
    model.write(apply_promotion(plan, model.state, promoted, model.tick))


def our_shares(model: CampaignModel, posts: list[Exposure]) -> list[Exposure]:
    """What people passed on of the brand's own among the posts of a tick."""
    return [
        post for post in posts if isinstance(post.sender, Person) and model.is_ours(post.message)
    ]


def as_started(started: dict[int, list[Person]], messages: int) -> Started:
    """Who begins to pass on each message, as the kernels have it."""
    people = [started.get(message, []) for message in range(messages)]
    start = np.cumsum([0, *map(len, people)])
    return Started(np.array([one.row for some in people for one in some], np.int32), start)


def as_wave(posts: list[Exposure], messages: int) -> Wave:
    """The posts of a tick, which stand in the order of their messages, as the kernels' wave."""
    message = np.array([post.message for post in posts], np.int32)
    sender = [
        post.sender.row if isinstance(post.sender, Person) else post.sender.sender for post in posts
    ]
    return Wave(
        message,
        np.array(sender, np.int32),
        np.array([post.hop for post in posts], np.int32),
        np.array([post.channels for post in posts], np.uint8),
        np.searchsorted(message, np.arange(messages + 1)).astype(np.int64),
    )
