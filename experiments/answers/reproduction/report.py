"""The report of a published result that was made again."""

from __future__ import annotations

from collections.abc import Iterator

from ...show.numbers import written
from ...show.old_page import Facts, Number, Page, Row, Section, Table
from ...show.old_provenance import again, citation, files, provenance
from ...show.telling import Told
from ..shelved import Shelved, picture_of


def reproduction_page(found: Shelved) -> Page:
    """The report of a published result that was made again."""
    told = found.told
    versions, made = told["versions"], told.get("made", "")
    what = f"{told['paper']} made again"
    return Page(
        kind=found.kind,
        title=what,
        sentence=told["sentence"],
        question=told["claim"],
        numbers=list(_numbers(told)),
        picture=picture_of(found),
        sections=[
            _findings(told),
            Section(
                "What was done",
                [Facts([("Setting", told["setting"]), ("What differs", told["differs"])])],
            ),
            provenance([citation(what, versions, made), ("Paper", told["cite"])], made, versions),
            again(f"wom reproduce {told['paper']}", "", ""),
            files([("run.json", "What --json prints"), ("picture.png", "The picture")]),
        ],
        made_with=f"wordofmouth {versions.get('wordofmouth', '')}".strip(),
    )


def _numbers(told: Told) -> Iterator[Number]:
    agree = sum(bool(each["agrees"]) for each in told["findings"])
    yield Number("Numbers that agree", f"{agree:,}", f"Of {len(told['findings']):,} compared.")


def _findings(told: Told) -> Section:
    rows: list[Row] = []
    for each in told["findings"]:
        form = each["form"]
        ours = written(each["ours"], form)
        if each["error"]:
            ours += f" ± {written(each['error'], form)}"
        known = written(each["known"], form)
        if each["known"] is None and each["side"] is not None:
            known = f"one side of {each['side']:g}"
        rows.append((each["what"], known, ours, "agrees" if each["agrees"] else "apart"))
    head = ("Number", "Known", "Ours, with its standard error", "Which")
    table = Table("Published numbers beside ours", head, rows, (1, 2))
    return Section("Number by number", [table])
