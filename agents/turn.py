"""A person's turn: what they do about a message of which they noticed one post or more."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..sim import state as s
from ..sim.apply import Decided
from ..sim.draws import mix
from ..sim.errors import InputError
from ..sim.plan import ALWAYS, DOSES
from ..sim.stages.complain import FINE
from ..sim.stages.notice import Noticed
from ..sim.stages.react import COMMENTS, LIKES
from ..sim.stages.share import ASKED, NOT
from .account import Account
from .exposure import Exposure
from .fan import Fan
from .person import Person
from .stranger import Stranger

# What each of some people noticed of a message, and whether they begin to pass it on.
Readers = dict[Person, tuple[list[Exposure], bool]]


class Turn(NamedTuple):
    """What a person who noticed a message decided, in the order of `sim.apply.Decided`."""

    shared: int
    clicked: int
    found: bool
    converted: bool
    lead: bool
    reacted: int
    follows: bool
    leaves: bool
    about: int
    heard: bool
    seen: int


def turn(person: Person, seen: list[Exposure], asked: bool, message: int) -> Turn:
    """What somebody decides about a message that they noticed, or begin to pass on.

    Parameters
    ----------
    person
        Who.
    seen
        What they noticed of it in this tick.
    asked
        Whether they begin to pass it on: asked by the brand, or of their own accord.
    message
        Which message.
    """
    model, brand = person.model, person.model.brand
    ours, first = model.is_ours(message), not person.noticed(message)
    heard = first and is_audience(person, asked, message)
    clicked = click(person, seen, message)
    found = clicked is not None and yes(person, "find", clicked)
    converted = clicked is not None and found and convert(person, clicked)
    shared = share(person, seen, clicked if converted else None, asked, message)
    liked = ours and heard and yes(person, "like", message)
    commented = ours and heard and yes(person, "comment", message)
    topic = person.complain(message) if converted and person.complaint is None else None
    acts = {"share": shared != NOT, "comment": commented}
    return Turn(
        shared,
        entry_of(clicked),
        found,
        converted,
        found and not converted and person.leave_address(message),
        liked * int(LIKES) | commented * int(COMMENTS),
        follow(person, shared, clicked, found, seen, message),
        unfollow(person, asked, message),
        FINE if topic is None else topic,
        topic is not None and brand.hear(person, message),
        observed(person, shared, acts, message),
    )


def observed(person: Person, shared: int, acts: dict[str, bool], message: int) -> int:
    """How many of somebody's acts the brand sees: a follower's, or what anybody says of it."""
    model, brand = person.model, person.model.brand
    if model.plan.messages["mention"][message]:
        return int(shared == ASKED and brand.find(person, message))
    sees = model.is_ours(message) and not isinstance(person, Stranger)
    return sum(sees and done and brand.see(person, message, act) for act, done in acts.items())


def share(
    person: Person,
    seen: list[Exposure],
    bought: Exposure | None,
    asked: bool,
    message: int,
) -> int:
    """The entry of the post that somebody passes on, or NOT, or ASKED; a message only once.

    `bought` is the post over which they bought: where only buyers may pass on, they can that one.
    """
    if person.passed_on(message):
        return NOT
    if asked:
        return ASKED
    if person.model.plan.adopt.buyers_only and person.model.is_ours(message):
        seen = [] if bought is None else [bought]
    return entry_of(chosen(person, "share", person.share_luck, seen))


def click(person: Person, seen: list[Exposure], message: int) -> Exposure | None:
    """The post that somebody clicks on, if it is the brand's; on a message only once."""
    if person.clicked_on(message) or not person.model.is_ours(message):
        return None
    return chosen(person, "click", person.click_luck, seen)


def convert(person: Person, post: Exposure) -> bool:
    """Whether somebody who found the brand converts, if they may."""
    return not barred(person, post.message) and yes(person, "convert", post)


def barred(person: Person, message: int) -> bool:
    """Whether somebody cannot have what a message offers: for followers alone, or had already."""
    exclusive = bool(person.model.plan.messages["exclusive"][message])
    had = bool(person.model.plan.transact.once) and person.bought
    return had or (exclusive and isinstance(person, Stranger))


def comes(
    person: Person, shared: int, clicked: Exposure | None, found: bool, seen: list[Exposure]
) -> bool:
    """Whether somebody shared or clicked, and finds the brand so that they could follow it.

    Of who passed a post on without a click it is whether they would find it from there; whom the
    brand asked knows it.
    """
    if clicked is not None or shared == ASKED:
        return found or shared == ASKED
    passed = next((post for post in seen if post.entry == shared), None)
    return passed is not None and yes(person, "find", passed)


def follow(
    person: Person,
    shared: int,
    clicked: Exposure | None,
    found: bool,
    seen: list[Exposure],
    message: int,
) -> bool:
    """Whether a stranger who shared or clicked, and finds the brand, comes to follow it."""
    if not (person.model.is_ours(message) and isinstance(person, Stranger)):
        return False
    return comes(person, shared, clicked, found, seen) and yes(person, "follow", message)


def unfollow(person: Person, asked: bool, message: int) -> bool:
    """Whether a follower leaves over a message of the brand that they notice first now."""
    first = person.model.is_ours(message) and not person.noticed(message)
    heard = first and is_audience(person, asked, message)
    return heard and isinstance(person, Fan) and yes(person, "unfollow", message)


def is_audience(person: Person, asked: bool, message: int) -> bool:
    """Whether somebody is audience of a message: not of what they say of their own accord."""
    return not (asked and person.model.is_own(message))


def chosen(
    person: Person,
    verb: str,
    luck: Callable[[Exposure], np.uint64],
    seen: list[Exposure],
) -> Exposure | None:
    """Of the posts that a person decides for, one, each as likely as the others; None of none."""
    return min(
        (post for post in seen if yes(person, verb, post)),
        key=lambda post: mix(luck(post)),
        default=None,
    )


def yes(person: Person, verb: str, about: Exposure | int) -> bool:
    """What somebody decides, of whatever class they are.

    Raises
    ------
    InputError
        If a class of one's own says neither yes nor no: "no" would be true.
    """
    said = getattr(person, verb)(about)
    if isinstance(said, bool | np.bool_):
        return bool(said)
    raise InputError(
        f"{type(person).__name__}.{verb} returned {said!r} of person {person.row}; "
        "it returns True or False."
    )


def from_people(seen: list[Exposure]) -> int:
    """From how many people somebody noticed a message in a tick."""
    return sum(isinstance(post.sender, Person) for post in seen)


def again(person: Person, seen: list[Exposure], message: int) -> bool:
    """Whether an account shows its ad once more to somebody who noticed it: nobody new."""
    shown = person.model.is_ad(message) and any(isinstance(post.sender, Account) for post in seen)
    return shown and person.noticed(message)


def count_showings(met: list[Exposure]) -> None:
    """Tell each showing of an ad how many of it its person met before at this visit.

    They stand in the order in which they were shown.
    """
    shown = [post for post in met if post.showing >= 0]
    for before, post in enumerate(shown):
        post.before = before


def repeats(person: Person, seen: list[Exposure], message: int) -> int:
    """How often an account shows its ad to somebody once more at one visit."""
    if not person.model.is_ad(message):
        return 0
    return max(sum(isinstance(post.sender, Account) for post in seen) - 1, 0)


def entry_of(post: Exposure | None) -> int:
    """The entry of the wave that a post is, or NOT."""
    return NOT if post is None else post.entry


def as_noticed(readers: Readers, message: int) -> Noticed:
    """Who noticed, as the kernels' columns; fills in the doses of the exposures."""
    before = np.array([person.done(message) for person in readers], np.uint8)
    times = [len(seen) for seen, _ in readers.values()]
    # An account that shows its ad more than once at a visit, or did before, is nobody new.
    senders = [len(seen) - repeats(person, seen, message) for person, (seen, _) in readers.items()]
    known = [again(person, seen, message) for person, (seen, _) in readers.items()]
    capped = np.minimum(senders, DOSES) - np.array(known, np.int64)
    doses = np.minimum((before >> s.DOSE).astype(np.int64) + capped, DOSES).astype(np.uint8)
    earlier = (before >> s.DOSE).tolist()
    for count, had, (seen, _) in zip(doses.tolist(), earlier, readers.values(), strict=True):
        for post in seen:
            post.doses, post.people, post.known = count, from_people(seen), had
    who: NDArray[np.int32] = np.repeat(np.arange(len(readers), dtype=np.int32), times)
    return Noticed(
        np.array([person.row for person in readers], np.int32),
        before,
        doses,
        np.array([asked for _, asked in readers.values()], np.bool_),
        np.array([post.entry for seen, _ in readers.values() for post in seen], np.int32),
        who,
        np.array([hour for person, (seen, _) in readers.items() for hour in _visit(person, seen)]),
    )


def _visit(person: Person, seen: list[Exposure]) -> list[float]:
    """The hour of a visit; the beginning of the tick, where somebody only begins to pass on.

    None where people are always online, who meet each post when it is posted.
    """
    plan = person.model.plan
    if plan.notice.activity == ALWAYS:
        return []
    return [seen[0].visit if seen else person.model.tick * plan.hours]


def as_decided(turns: list[Turn]) -> Decided:
    """What everybody decided, as the kernels' columns."""
    kinds = (np.int32, np.int32, *[np.bool_] * 3, np.uint8, *[np.bool_] * 2, np.int32, np.bool_)
    columns = zip(*turns, strict=True) if turns else [()] * len(Turn._fields)
    return Decided(
        *(np.array(column, kind) for column, kind in zip(columns, (*kinds, np.uint8), strict=True))
    )
