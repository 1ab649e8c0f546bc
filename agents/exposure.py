"""What a person meets: a message, brought by somebody, at a hop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .brand import Brand
    from .outlet import Outlet
    from .person import Person


@dataclass(slots=True)
class Exposure:
    """A post as one person meets it.

    Attributes
    ----------
    message
        Its number in the calendar.
    sender
        Who posted it: the brand, an outlet or a person.
    hop
        Shares between the brand's own post and this one.
    entry
        Its place among the posts of the tick.
    doses
        From how many senders the person noticed the message so far, this tick included; 0 as
        long as nothing of it has been noticed.
    """

    message: int
    sender: Brand | Outlet | Person
    hop: int
    entry: int = 0
    doses: int = 0
