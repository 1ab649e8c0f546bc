"""The report of a campaign."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Final

from ...sim.result import Result
from ..show.numbers import written
from ..show.old_page import Code, Facts, Number, Page, Section
from ..show.old_parameters import differing
from ..show.old_provenance import again, citation, files, provenance
from ..vocabulary.glossary import TERMS
from ..vocabulary.headlines import headlines
from .report_figures import drawn
from .report_tables import tables_of

# The numbers to be seen at once, of those that matter in the campaign.
_NUMBERS: Final = ("reach", "shares", "reshares", "conversions", "cost", "return_on_spend")
_FILES: Final = (
    ("run.json", "What --json prints, all parameters, versions, checksums"),
    ("scenario.toml", "The scenario, complete"),
    ("series.parquet", "A row a tick: what was counted in it"),
    ("shares.parquet", "The exact forest: who passed on what, from whom, at which hop, when"),
    ("buyers.parquet", "The conversions, likewise"),
    ("messages.parquet", "A row a message: what it is, content type, tick, channel, brand"),
    ("counts.parquet", "Events and people by message, step, role and hop"),
    ("people.parquet", "A row a person: role, trust, bond and all else of the end"),
    ("climbs.parquet", "Every change of rung on the ladder of advocacy"),
    ("payments.parquet", "The ledger by tick and account"),
    ("traffic.parquet", "Clicks, finds and conversions by channel"),
    ("accounts.parquet", "Posts that each outlet, ad and rival took up"),
    ("topics.parquet", "Complaints that the brand heard, by topic"),
)
_WORDS: Final = (
    ("Noticed", "Somebody saw a post among all that arrived in their feed."),
    ("Hop", "0: seen as the brand posted it; 1: passed on by a person; 2: passed on twice."),
    ("Share, re-share", "Passing on what the brand has shown; passing on what a person shared."),
    ("Tick", "The step of the simulation; the scenario says how many hours it lasts."),
    ("Seed", "The number that the luck of a campaign is drawn from; another seed, other luck."),
    ("World", "The network and its people; one world may see many campaigns."),
    ("Digest", "64 digits that are equal for equal results only."),
)


def campaign_page(
    result: Result, *, command: str, versions: Mapping[str, str], made: str = ""
) -> Page:
    """The report of a result.

    Parameters
    ----------
    result
        What is told.
    command
        The command that makes it again.
    versions
        What it was made with: name to version.
    made
        When, as ISO 8601 has it; empty where nobody noted it.
    """
    scenario = result.scenario
    first, *others = drawn(result)
    figures = [Section("In pictures", others)] if others else []
    return Page(
        kind="run",
        title=f"{scenario.name}, seed {result.seed}",
        sentence=result.sentence,
        question=scenario.question,
        numbers=list(_numbers(result)),
        picture=first,
        sections=[
            *figures,
            *tables_of(result),
            differing(scenario),
            Section("Words used here", [Facts(_WORDS)]),
            _provenance(result, versions, made),
            _again(result, command),
            files(_FILES, "pandas.read_parquet opens a table; wordofmouth.Result.load the folder."),
        ],
        made_with=f"wordofmouth {versions.get('wordofmouth', '')}".strip(),
    )


def _numbers(result: Result) -> Iterator[Number]:
    shown = [name for names in headlines(result).values() for name in names]
    for name in _NUMBERS:
        if name in shown:
            label, form, meaning = TERMS[name]
            if name == "conversions":
                label = result.scenario.outcome.capitalize()
            yield Number(label, written(result.kpis[name], form), meaning)


def _provenance(result: Result, versions: Mapping[str, str], made: str) -> Section:
    scenario, network = result.scenario, result.network
    what = f"scenario {scenario.name}, seed {result.seed}, world {result.world}"
    return provenance(
        [
            citation(what, versions, made, f"digest {result.digest[:16]}"),
            ("Scenario", scenario.name),
            ("Its sources", ", ".join(scenario.sources) or "–"),
            ("Network", f"{network['agents']:,} people, {network['arcs']:,} arcs"),
            ("Length", f"{result.ticks:,} ticks of {scenario.hours_per_tick:g} hours"),
            ("Seed of the campaign", str(result.seed)),
            ("Seed of the world", str(result.world)),
            ("Digest of the result", Code(result.digest)),
            ("Digest of the network", Code(network["digest"])),
        ],
        made,
        versions,
    )


def _again(result: Result, command: str) -> Section:
    words = shlex.split(command)
    asked = words[words.index("--seeds") + 1] if "--seeds" in words else None
    here = ["wom", "run", "scenario.toml", "--seed", str(result.seed)]
    how = [f"seed={result.seed}"]
    if result.world != result.seed:
        here += ["--world", str(result.world)]
        how.append(f"world={result.world}")
    if asked is not None:
        here += ["--seeds", asked]
        how.append(f"seeds={_people(asked, result)!r}")
    python = (
        "import wordofmouth as wom\n\n"
        f'result = wom.run(wom.load("scenario.toml"), {", ".join(how)})\n'
        f'assert result.digest == "{result.digest}"'
    )
    note = (
        "A network or first sharers that were handed over in Python are no part of the scenario: "
        "hand them over again, and compare the digests."
    )
    return again(command, shlex.join(here), python, note)


def _people(asked: str, result: Result) -> list[int] | list[str]:
    """The people who were asked to pass on every post, as Python has them."""
    ids = result.network["ids"]
    names = [name.strip() for name in asked.split(",")]
    return names if ids is not None and ids.dtype.kind == "U" else [int(name) for name in names]
