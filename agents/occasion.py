"""What comes up again at a later tick: contacts that wait for an answer, visits, claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .person import Person


class Task(NamedTuple):
    """Something that is due in a tick (`sim.state.TASK`); `row` is its place among them."""

    kind: int
    message: int
    person: int
    sender: int
    hop: int
    row: int


@dataclass(frozen=True, slots=True)
class Contact:
    """A comment that waits for an answer, or a complaint that reached its desk.

    Attributes
    ----------
    person, message
        Whose it is, and about what; a complaint is a message of its own.
    since
        The tick in which it came.
    occasion
        Which of their complaints it is; -1 for a comment.
    """

    person: Person
    message: int
    since: int
    occasion: int = -1


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that a person may pay to the brand again.

    Attributes
    ----------
    message, hop
        Which message had brought them first, and at which hop.
    buyer
        Whether they bought then, or only left an address.
    """

    message: int
    hop: int
    buyer: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """A reward that somebody may be paid: for a share, or for whom it brought.

    Attributes
    ----------
    person, message
        Whose share of which message it is about.
    brought
        Who came through it; None where the share itself is paid for.
    """

    person: Person
    message: int
    brought: Person | None
