"""What a person meets: a message, brought by somebody, at a hop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..sim.state import EVERY_CHANNEL

if TYPE_CHECKING:
    from .account import Account
    from .brand import Brand
    from .person import Person


@dataclass(slots=True, eq=False)
class Exposure:
    """A post as one person meets it.

    Attributes
    ----------
    message
        Its number among the campaign's messages.
    sender
        Who posted it: the brand, another account or a person.
    hop
        Shares between the brand's own post and this one.
    entry
        Its place among the posts of the tick, or among those that are met in it.
    channels
        The channels on which it is posted, a bit each.
    tick, hours
        When it was posted: the tick, and the hour, which may be any within one.
    visit
        The hour of the visit to their feed at which the person meets it.
    showing
        Of an ad that an account shows the how-manieth showing of the tick it is, counted from 0;
        -1 of all others.
    before
        Of a showing of an ad how many showings of it the person met before at the same visit.
    number
        Its place among all posts so far; 0 where the kernels decide.
    doses
        From how many senders the person noticed the message so far, this tick included, at most
        15; 0 as long as nothing of it has been noticed.
    people
        From how many people the person noticed it in this tick.
    known
        From how many senders they had noticed it before, at most 15.
    """

    message: int
    sender: Brand | Account | Person
    hop: int
    entry: int = 0
    channels: int = int(EVERY_CHANNEL)
    tick: int = 0
    hours: float = 0.0
    visit: float = 0.0
    showing: int = -1
    before: int = 0
    number: int = 0
    doses: int = 0
    people: int = 0
    known: int = 0
