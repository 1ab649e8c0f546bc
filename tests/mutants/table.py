"""All planted bugs, room by room."""

from __future__ import annotations

from .tables import answers, books, people, readers, stages, studies

BUGS = (*stages.BUGS, *people.BUGS, *books.BUGS, *readers.BUGS, *studies.BUGS, *answers.BUGS)
