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
from ..sim.draws import mix
from ..sim.plan import DOSES
from ..sim.stages.deliver import MOST_ARRIVALS, Exposures
from ..sim.stages.notice import Noticed
from ..sim.stages.share import ASKED, NOT
from ..sim.wave import Wave
from .exposure import Exposure
from .person import Person
from .stranger import Stranger

if TYPE_CHECKING:
    from .model import CampaignModel

# What each of some people noticed of a message; nothing for whoever is only asked to pass it on.
Readers = dict[Person, list[Exposure]]


def play(model: CampaignModel) -> None:
    """One tick: publish, deliver, notice, share, transact, interact."""
    campaign, tick = model.campaign, model.tick
    posts = model.posts()
    wave = as_wave(posts, len(campaign.posts))
    reached = deliver(model, wave, posts)
    for message in sorted({post.message for post in posts}):
        asked = model.asked(message)
        readers = notice(reached, asked, message)
        noticed = as_noticed(readers, asked, message)
        shared = [share(person, seen, asked, message) for person, seen in readers.items()]
        clicked = [click(person, seen, message) for person, seen in readers.items()]
        found = [
            post is not None and person.find(post)
            for person, post in zip(readers, clicked, strict=True)
        ]
        converted = [
            post is not None and there and person.convert(post)
            for person, post, there in zip(readers, clicked, found, strict=True)
        ]
        follows = [
            (passed_on != NOT or post is not None) and follow(person, message)
            for person, passed_on, post in zip(readers, shared, clicked, strict=True)
        ]
        state = apply(
            model.world,
            model.plan,
            model.state,
            wave,
            noticed,
            np.array(shared, np.int32),
            np.array([entry_of(post) for post in clicked], np.int32),
            np.array(found, np.bool_),
            np.array(converted, np.bool_),
            np.array(follows, np.bool_),
            message,
            tick,
        )
        campaign.states = [state]
        # Who followed is a fan when the next message of the tick is read.
        model.people(person.row for person, yes in zip(readers, follows, strict=True) if yes)
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
        # Whoever is asked is approached in person: that takes attention, and is no exposure.
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
    asks = np.array([person.row for person in model.brand.asks()], np.int32)
    asks.flags.writeable = False  # as all columns of the world
    apply_arrivals(model.world._replace(seeds=asks), state, wave, exposures, model.tick)
    return sorted(contacts, key=lambda person: person.row)


def notice(reached: list[Person], asked: list[Person], message: int) -> Readers:
    """Who noticed a message, or is asked to pass it on, by row; each with what they noticed."""
    readers: Readers = {}
    for person in reached:
        seen = [post for post in person.feed if post.message == message and person.notice(post)]
        if seen or person in asked:
            readers[person] = seen
    return readers


def share(person: Person, seen: list[Exposure], asked: list[Person], message: int) -> int:
    """The entry of the post that a person passes on, or NOT, or ASKED; a message only once."""
    if person.passed_on(message):
        return NOT
    if person in asked:
        return ASKED
    return entry_of(chosen(person.share, person.share_luck, seen))


def click(person: Person, seen: list[Exposure], message: int) -> Exposure | None:
    """The post that a person clicks on; on a message only once."""
    return None if person.clicked_on(message) else chosen(person.click, person.click_luck, seen)


def follow(person: Person, message: int) -> bool:
    """Whether a person who shared or clicked comes to follow the brand; all others do already."""
    return isinstance(person, Stranger) and person.follow(message)


def chosen(
    decide: Callable[[Exposure], bool],
    luck: Callable[[Exposure], np.uint64],
    seen: list[Exposure],
) -> Exposure | None:
    """Of the posts that a person decides for, one, each as likely as the others; None of none."""
    return min(
        (post for post in seen if decide(post)), key=lambda post: mix(luck(post)), default=None
    )


def entry_of(post: Exposure | None) -> int:
    """The entry of the wave that a post is, or NOT."""
    return NOT if post is None else post.entry


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
        np.searchsorted(message, np.arange(messages + 1)).astype(np.int64),
    )


def as_noticed(readers: Readers, asked: list[Person], message: int) -> Noticed:
    """Who noticed, as the kernels' columns; fills in the doses of the exposures."""
    before = np.array([person.done(message) for person in readers], np.uint8)
    times = [len(seen) for seen in readers.values()]
    doses = np.minimum((before >> s.DOSE).astype(np.int64) + times, DOSES).astype(np.uint8)
    for count, seen in zip(doses.tolist(), readers.values(), strict=True):
        for post in seen:
            post.doses = count
    who: NDArray[np.int32] = np.repeat(np.arange(len(readers), dtype=np.int32), times)
    return Noticed(
        np.array([person.row for person in readers], np.int32),
        before,
        doses,
        np.array([person in asked for person in readers], np.bool_),
        np.array([post.entry for seen in readers.values() for post in seen], np.int32),
        who,
    )
