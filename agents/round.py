"""One tick in which everybody decides for themselves: who meets what, and when.

The page of the engine (`sim.engine.page`), told by the agents. What they decide is written by
the same `apply`, so that a difference between the two is a difference between decisions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..sim import state as s
from ..sim.apply import apply, apply_arrivals, apply_thanks
from ..sim.plan import DOSES
from ..sim.stages.deliver import MOST_ARRIVALS, Exposures
from ..sim.stages.notice import Noticed
from ..sim.stages.share import ASKED, NOT
from ..sim.wave import Wave
from .exposure import Exposure
from .person import Person

if TYPE_CHECKING:
    from .model import CampaignModel


def play(model: CampaignModel) -> None:
    """One tick: publish, deliver, notice, share, transact, interact."""
    campaign, tick = model.campaign, model.tick
    posts = model.posts()
    wave = as_wave(posts, len(campaign.posts))
    reached = deliver(model, wave, posts)
    for message in sorted({post.message for post in posts}):
        noticed: dict[Person, list[Exposure]] = {}
        for person in reached:
            seen = [e for e in person.feed if e.message == message and person.notice(e)]
            if seen:
                noticed[person] = seen
        asked = model.asked(message)
        for person in asked:
            noticed.setdefault(person, [])
        people = sorted(noticed, key=lambda person: person.row)
        who_noticed = as_noticed(people, [noticed[person] for person in people], asked, message)
        shared = [
            ASKED
            if person in asked and not person.passed_on(message)
            else chosen(person.share, person.share_luck, noticed[person])
            if not person.passed_on(message)
            else NOT
            for person in people
        ]
        clicked = [
            NOT
            if person.done(message) & s.CLICKED_ON
            else chosen(person.click, person.click_luck, noticed[person])
            for person in people
        ]
        through = [
            next((e for e in noticed[person] if e.entry == entry), None)
            for person, entry in zip(people, clicked, strict=True)
        ]
        found = [
            e is not None and person.find(e) for person, e in zip(people, through, strict=True)
        ]
        converted = [
            e is not None and there and person.convert(e)
            for person, e, there in zip(people, through, found, strict=True)
        ]
        follows = [
            (a != NOT or b != NOT) and person.follow(message)
            for person, a, b in zip(people, shared, clicked, strict=True)
        ]
        state = apply(
            model.world,
            model.plan,
            model.state,
            wave,
            who_noticed,
            np.array(shared, np.int32),
            np.array(clicked, np.int32),
            np.array(found, np.bool_),
            np.array(converted, np.bool_),
            np.array(follows, np.bool_),
            message,
            tick,
        )
        campaign.states = [state]
        # Who followed is a fan when the next message of the tick is read.
        model.people(person.row for person, yes in zip(people, follows, strict=True) if yes)
    for person in reached:
        person.feed.clear()
    shares = [post for post in posts if isinstance(post.sender, Person)]
    thanked = np.array([post.entry for post in model.brand.thank(shares)], np.int64)
    apply_thanks(model.plan, model.state, wave, thanked, tick)
    campaign.tick += 1


def deliver(model: CampaignModel, wave: Wave, posts: list[Exposure]) -> list[Person]:
    """Put each post into the feeds of those who hear it; whom anything reached, by row."""
    state, now = model.state, model.tick + 1
    rows: list[tuple[int, int]] = []
    contacts: dict[Person, int] = {}
    for post in posts:
        hearers = post.sender.hearers(post.message)
        for person in hearers:
            person.hear(Exposure(post.message, post.sender, post.hop, post.entry))
            rows.append((post.entry, person.row))
        asked = model.asked(post.message) if post.sender is model.brand else []
        for person in [*hearers, *asked]:
            contacts[person] = contacts.get(person, 0) + 1
    new = sum(state.arrived[person.row] == 0 for person in contacts)
    for person, times in contacts.items():
        state.arrived[person.row] = now
        state.arrivals[person.row] = min(times, MOST_ARRIVALS)
    entry = np.array([entry for entry, _ in rows], np.int32)
    exposures = Exposures(
        entry,
        np.array([row for _, row in rows], np.int32),
        np.searchsorted(entry, wave.start).astype(np.int64),
        int(new),
    )
    apply_arrivals(model.world, state, wave, exposures, model.tick)
    return sorted(contacts, key=lambda person: person.row)


def chosen(
    decide: Callable[[Exposure], bool],
    luck: Callable[[Exposure], np.uint64],
    exposures: list[Exposure],
) -> int:
    """Of the exposures that a person decides for, the one with the smallest draw, or NOT."""
    yes = [exposure for exposure in exposures if decide(exposure)]
    return min(yes, key=luck).entry if yes else NOT


def as_wave(posts: list[Exposure], messages: int) -> Wave:
    """The posts of a tick, which stand in the order of their messages, as the kernels' wave."""
    message = np.array([post.message for post in posts], np.int32)
    sender = [
        post.sender.row if isinstance(post.sender, Person) else post.sender.sender
        for post in posts
    ]
    return Wave(
        message,
        np.array(sender, np.int32),
        np.array([post.hop for post in posts], np.int32),
        np.searchsorted(message, np.arange(messages + 1)).astype(np.int64),
    )


def as_noticed(
    people: list[Person], exposures: list[list[Exposure]], asked: list[Person], message: int
) -> Noticed:
    """Who noticed, as the kernels' columns; fills in the doses of the exposures."""
    before = np.array([person.done(message) for person in people], np.uint8)
    doses = np.array(
        [
            min((done >> s.DOSE) + len(seen), DOSES)
            for done, seen in zip(before.tolist(), exposures, strict=True)
        ],
        np.uint8,
    )
    for count, seen in zip(doses.tolist(), exposures, strict=True):
        for exposure in seen:
            exposure.doses = count
    who: NDArray[np.int32] = np.repeat(
        np.arange(len(people), dtype=np.int32), [len(seen) for seen in exposures]
    )
    return Noticed(
        np.array([person.row for person in people], np.int32),
        before,
        doses,
        np.array([person in asked for person in people], np.bool_),
        np.array([e.entry for seen in exposures for e in seen], np.int32),
        who,
    )
