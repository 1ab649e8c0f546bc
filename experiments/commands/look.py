"""`wom look`: what would be read of a network file, before a campaign is run on it."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from .options import How, Telling, command

if TYPE_CHECKING:
    from ..answers.look import Look


@command
def look(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A network file; - is piped in.")],
    how: How,
    telling: Telling,
) -> None:
    """Say what is understood of a network file: who hears whom, and what it looks like."""
    from .answering import answered, ready

    ready(out=telling.out)

    def find(_: Callable[[int, int], None]) -> Look:
        from ..answers.look import look

        return look(file, **how.reading())

    answered(find, telling, lambda _: shlex.join(["wom", "look", file, *how.words()]))
