"""The report of credit: to whom the conversions of a campaign are owed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ...show.old_page import Code, Facts, Number, Page, Section, Table
from ...show.telling import Told, value
from ..shelved import Shelved, framed

_HOLDS: Final = (
    ("person.parquet", "By person, all of them"),
    ("role.parquet …", "By role, hop, outlet, channel and content, a file each"),
)
_TITLES: Final = {
    "role": "By role",
    "hop": "By hop",
    "outlet": "By where it began",
    "channel": "By channel",
    "content": "By content",
    "person": "By person",
}
_NOTES: Final = {
    "role": "Their role at the end of the campaign.",
    "hop": "0: what was passed on was the brand's own post; 1: somebody's share of it; and so on.",
    "outlet": "The brand's profile, an outlet, an ad; beside them the people who passed it on.",
    "channel": "The channel on which the brand posted it.",
    "content": "What the post was.",
    "person": "The twenty to whom most is owed; -1 is the brand, -2 and below its outlets and ads.",
}
_RULES: Final = (
    ("First touch", "The whole conversion goes to whoever began to pass it on."),
    ("Last touch", "The whole conversion goes to whoever the buyer had it from."),
    (
        "Shapley",
        "It is shared out evenly along the chain: without any of them it would not have come.",
    ),
)


def credit_page(found: Shelved) -> Page:
    """The report of credit."""
    told = found.told
    world = told.get("world")
    seeds = f"seed={told['seed']}" + (
        "" if world is None or world == told["seed"] else f", world={world}"
    )
    facts: list[tuple[str, Any]] = [("Seed of the campaign", str(told["seed"]))]
    if world is not None:
        facts += [
            ("Seed of the world", str(world)),
            ("Digest of the campaign", Code(told["digest"])),
        ]
    return framed(
        found,
        what=f"Credit for {told['scenario']}, seed {told['seed']}",
        question="To whom are the conversions of this campaign owed?",
        numbers=list(_numbers(told)),
        sections=[*_sections(told), Section("The three rules", [Facts(_RULES)])],
        facts=facts,
        python=f'result = wom.run(wom.load("scenario.toml"), {seeds})\nfound = wom.credit(result)',
        holds=_HOLDS,
    )


def _numbers(told: Told) -> Iterator[Number]:
    total, direct = told["conversions"], told["direct"]
    yield Number("Conversions", f"{total:,}", "First purchases, each shared out once.")
    yield Number("Directly", f"{direct:,}", "From the brand, its outlets and ads.")
    yield Number("Through people", f"{total - direct:,}", "Over chains of people who passed it on.")


def _sections(told: Told) -> Iterator[Section]:
    for what, title in _TITLES.items():
        rows = [
            (
                str(row[what]).replace("_", " "),
                *(value(row[rule], "number") for rule in ("first", "last", "shapley")),
            )
            for row in told[what]
        ]
        if rows:
            head = (what.capitalize(), "First touch", "Last touch", "Shapley")
            table = Table(f"Conversions {title.lower()}", head, rows, (1, 2, 3))
            yield Section(title, [table], _NOTES[what])
