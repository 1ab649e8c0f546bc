"""`wom reproduce`: published results, made again."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from . import console
from .options import Telling, command

if TYPE_CHECKING:
    from ..answers.reproduction.answer import Reproduction


def _papers() -> list[str]:
    from ..answers.reproduction.find import PAPERS

    return list(PAPERS)


@command
def reproduce(
    telling: Telling,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="A paper by name; none: list them.", autocompletion=_papers
        ),
    ] = None,
) -> int:
    """Make a published result again, its numbers beside ours."""
    from ..answers.reproduction.find import paper_of
    from .answering import answered, ready

    if name is None:
        _list(as_json=telling.as_json)
        return 0
    paper_of(name)
    ready(telling=telling)

    def find(tell: Callable[[int, int], None]) -> Reproduction:
        from ..answers.reproduction.find import reproduce

        return reproduce(name, progress=tell)

    out = shlex.quote(telling.out or "")
    found = answered(find, telling, lambda _: f"wom reproduce {name} --out {out}", unit="run")
    return 0 if found.agrees else 1


def _list(*, as_json: bool) -> None:
    """Tell which published results can be made again."""
    from ..answers.reproduction.find import PAPERS

    if as_json:
        papers = [
            {"name": paper.name, "cite": paper.cite, "claim": paper.claim}
            for paper in PAPERS.values()
        ]
        console.tell_machine({"papers": papers})
        return
    width = max(map(len, PAPERS))
    console.say("\n".join(f"{name:<{width}}  {paper.claim}" for name, paper in PAPERS.items()))
