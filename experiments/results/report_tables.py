"""The tables of a campaign's report: funnel, indicators, posts, ladder, money, traffic."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from ...sim.comparison import sentence
from ...sim.ledger import ACCOUNTS
from ...sim.result import Result
from ..commands.console import compared
from ..show.numbers import percent, written
from ..show.old_page import Bar, Facts, Group, Row, Section, Table, Words
from ..show.telling import FINITE
from ..vocabulary.glossary import GROUPS, STAGES

# Into how many parts the ladder divides the campaign.
_LADDER: Final = 10
# Posts that a page has room for.
_POSTS: Final = 60
_RUNGS: Final = (
    "People who ever noticed a post; who follow the brand; who ever shared or commented; whom the "
    "brand approached; who accepted; who were nurtured; who speak for it."
)


def stage_in_words(stage: str) -> str:
    """What people did at a stage, and its name.

    Examples
    --------
    >>> stage_in_words("publish"), stage_in_words("click")
    ('Saw a post arrive (publish)', 'Clicked (click)')
    """
    did = STAGES.get(stage)
    return stage.capitalize() if did is None else f"{did[:1].upper()}{did[1:]} ({stage})"


def funnel(result: Result) -> Section:
    """People by stage, each as a share of those who could."""
    rows = [
        (
            stage_in_words(stage.stage),
            Bar(0.0 if math.isnan(stage.rate) else stage.rate),
            percent(stage.rate),
            f"{stage.people:,}",
            f"{stage.events:,}",
            stage.of,
        )
        for stage in result.funnel
    ]
    head = ("Stage", "Of those who could", "Rate", "People", "Times", "Who could")
    return Section(
        "The funnel",
        [Table("People at each stage, and as a share of those who could", head, rows, (2, 3, 4))],
        "How many people got how far. A rate is the part of those who could take a stage that did; "
        "the bar is that rate.",
    )


def spread(result: Result) -> Section:
    """The cascades in numbers."""
    found = result.cascades.summary
    if not found["count"]:
        return Section("How it spread", [Words("Nobody passed it on, so there is no cascade.")])
    pairs = [
        ("Cascades", f"{found['count']:,}"),
        ("Largest", f"{found['max_size']:,} shares"),
        ("Mean size", f"{written(found['mean_size'], 'number')} shares"),
        ("That nobody passed on", percent(found["share_alone"])),
        ("Of 100 shares or more", percent(found["share_ge_100"])),
        ("Mean depth", f"{written(found['mean_depth'], 'number')} hops"),
        ("Structural virality", written(found["structural_virality"], "number")),
    ]
    return Section(
        "How it spread",
        [Facts(pairs)],
        "A cascade is all that began with one person who passed on what the brand had shown: that "
        "share, the re-shares that it brought, those that these brought, and so on.",
    )


def indicators(result: Result) -> Section:
    """All indicators by group, each with what it says."""
    rows: list[Row | Group] = []
    for group, terms in GROUPS.items():
        rows.append(Group(group))
        rows += [
            (label, written(result.kpis[name], form), meaning)
            for name, (label, form, meaning) in terms.items()
        ]
    table = Table("Indicators of the campaign", ("Indicator", "Value", "What it says"), rows, (1,))
    return Section(
        "Indicators",
        [table],
        f"A dash stands where there is nothing to divide by, or no second run. {FINITE}",
    )


def posts(result: Result) -> Section | None:
    """What each message came to; nothing where none was posted."""
    table = result.breakdown("message")
    counts = {str(stage): table[stage].tolist() for stage in table}
    rows = [
        (
            post.type.replace("_", " "),
            post.brand or "the brand",
            "–" if post.tick is None else f"{post.tick:,}",
            post.channel or next(iter(result.scenario.channels)),
            *(f"{counts[stage][k]:,}" for stage in ("publish", "notice", "click")),
            f"{counts['share'][k] + counts['reshare'][k]:,}",
            f"{counts['convert'][k]:,}",
        )
        for k, post in enumerate(result.posts)
        if result.ours[k]
    ]
    if not rows:
        return None
    head = (
        "Post",
        "Of",
        "Tick",
        "Channel",
        "Impressions",
        "Noticed",
        "Clicks",
        "Passed on",
        "Sold",
    )
    shown = Table("What each post came to", head, rows[:_POSTS], (2, 4, 5, 6, 7, 8))
    more = f" The first {_POSTS} of {len(rows):,}." if len(rows) > _POSTS else ""
    hours = result.scenario.hours_per_tick
    return Section(
        "Post by post",
        [shown],
        f"A tick is {hours:g} hour{'' if hours == 1 else 's'}; a dash: it was never posted.{more}",
    )


def ladder(result: Result) -> Section | None:
    """How many stand on each rung, at some ticks; nothing where nobody ever stood on any."""
    rungs = result.ladder
    if not rungs.to_numpy().any():
        return None
    ticks = sorted({round(k * (len(rungs) - 1) / _LADDER) for k in range(_LADDER + 1)})
    rows = [(str(tick), *(f"{people:,}" for people in rungs.loc[tick])) for tick in ticks]
    head = ("After tick", *(str(name).capitalize() for name in rungs))
    table = Table("People on each rung during the campaign", head, rows, range(len(head)))
    return Section("The ladder", [table], _RUNGS)


def money(result: Result) -> Section | None:
    """The ledger by account; nothing where nothing was paid for."""
    paid = result.payments.groupby("account", sort=False)[["units", "amount"]].sum()
    paid = paid[paid["amount"] > 0.0].reindex([name for name in ACCOUNTS if name in paid.index])
    cost = float(paid["amount"].sum())
    rows: list[Row] = [
        (
            name.capitalize(),
            f"{units:,.0f}",
            written(amount, "money"),
            Bar(amount / cost),
            percent(amount / cost),
        )
        for name, units, amount in paid.dropna().itertuples()
    ]
    if not rows:
        return None
    rows.append(("Together", "", written(cost, "money"), "", percent(1.0)))
    head = ("Account", "Units", "Amount", "Part of the cost", "")
    return Section(
        "What was paid for",
        [Table("Cost by account", head, rows, (1, 2, 4))],
        "Every payment of the campaign by its account; what costs nothing is not listed.",
    )


def traffic(result: Result) -> Section | None:
    """Traffic by channel; nothing where nobody clicked."""
    if not result.traffic.any():
        return None
    rows = [
        (name, *(f"{number:,}" for number in row))
        for name, row in zip(result.scenario.channels, result.traffic.tolist(), strict=True)
    ]
    head = ("Channel", "Clicks", "Finds", "Conversions")
    return Section(
        "Traffic by channel",
        [Table("Clicks, finds of the brand and conversions by channel", head, rows, (1, 2, 3))],
        "By the channel over which the post came that was clicked on; of those who came back later "
        "nothing is counted here.",
    )


def broadcast(result: Result) -> Section | None:
    """The comparison with a broadcast; nothing where the scenario names none."""
    if result.comparison is None:
        return None
    head, rows = compared(result.comparison)
    head, rows = [text.capitalize() for text in head], [[r[0].capitalize(), *r[1:]] for r in rows]
    table = Table("Exposures, and what a thousand cost", head, rows, range(1, len(head)))
    return Section(
        "Beside television",
        [Words(sentence(result.comparison)), table],
        "The sum that multiplies friends by friends of friends; what the network does, in which "
        "people have friends in common and little attention; and what television costs.",
    )


def tables_of(result: Result) -> Iterator[Section]:
    """The sections that hold numbers, in the order in which they are read."""
    made = (funnel, spread, indicators, posts, ladder, money, traffic, broadcast)
    yield from (section for make in made if (section := make(result)) is not None)
