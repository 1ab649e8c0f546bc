"""The command of this room: `wom reproduce`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from . import console
from .waiting import waited

if TYPE_CHECKING:
    from ..answers.reproduction.answer import Reproduction


def list_papers(*, as_json: bool) -> None:
    """Tell which published results can be made again."""
    from ..answers.reproduction.papers import PAPERS

    if as_json:
        papers = [
            {"name": paper.name, "cite": paper.cite, "claim": paper.claim}
            for paper in PAPERS.values()
        ]
        console.document({"papers": papers})
        return
    width = max(map(len, PAPERS))
    console.say("\n".join(f"{name:<{width}}  {paper.claim}" for name, paper in PAPERS.items()))


def run_reproduce(name: str, *, out: str | None, as_json: bool) -> int:
    """Make a published result again, keep it if asked, and tell it.

    Returns
    -------
    int
        The exit code: 1 if a number is apart from what is known.

    Raises
    ------
    CampaignError
        If there is no such paper, or it cannot be kept; then nothing is written.
    """
    from ..answers.reproduction.papers import paper_of

    paper_of(name)
    if out is not None:
        from ..store.folder import check

        check(out)
    from ..answers.reproduction.find import reproduce

    found = waited(lambda tell: reproduce(name, progress=tell), unit="run")
    if out is not None:
        found.save(out, command=f"wom reproduce {name} --out {shlex.quote(out)}")
    if as_json:
        console.document(found.to_dict())
        console.say(found.sentence, json=True)
    else:
        console.say(_told(found))
    if out is not None:
        page = Path(out) / "report.html"
        console.say(f"kept in {out}; {page} is the page to read.", json=as_json)
    return 0 if found.agrees else 1


def _told(found: Reproduction) -> str:
    from ..show.old_terminal import drawn, literally, table

    paper = found.paper
    return drawn(
        [
            table(("", "known", "here", ""), found.rows()),
            f"[bold]{literally(found.sentence)}[/]\n",
            f"[dim]{literally(f'{paper.setting} {paper.differs}')}\n{literally(paper.cite)}[/]",
        ]
    )
