"""What only a page says of a campaign: cascades, posts, ladder, money, traffic, words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from ...sim.creatives import flight_names
from ...sim.kpis import ratio
from ...sim.plan import AD
from ...sim.sources import CHANNEL
from ..show.cells import Rate, Row
from ..show.dates import clock_of, when
from ..show.document import Block, Facts, On, Section, Table, Words
from ..show.networks import facts
from ..show.numbers import percent, written
from ..show.parameters import differing
from ..vocabulary.currency import in_currency

if TYPE_CHECKING:
    from ...sim.result import Result

# Into how many parts the ladder divides the campaign, and posts that a page has room for.
_LADDER: Final = 10
_POSTS: Final = 60
_RUNGS: Final = (
    "People who ever noticed a post; who follow the brand; who ever shared or commented; whom the "
    "brand approached; who accepted; who were nurtured; who speak for it."
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


def in_full(result: Result) -> Iterator[Section]:
    """The sections that close the page of a campaign; those of which there is nothing are empty."""
    yield from (_spread(result), _posts(result), _ladder(result), _money(result), _traffic(result))
    yield _network(result)
    yield _people(result)
    yield differing(result.scenario)
    yield _on_a_page("Words used here", Facts(_WORDS))


def _on_a_page(title: str, block: Block, note: str = "") -> Section:
    return Section(title, [block], note, On.PAGE)


def _network(result: Result) -> Section:
    """What was understood of the file of the network; nothing where it was made."""
    pairs = facts(result.network["understood"], result.network["shape"])
    return Section(
        "The network as it was read",
        [Facts(pairs)] if pairs else [],
        "What its file says, and what was made of it: `wom look FILE` shows the same.",
        On.PAGE,
    )


def _people(result: Result) -> Section:
    """What was understood of a table of the people; nothing where there is none."""
    told = result.network["people"]
    pairs = facts(told["understood"], {}) if told else []
    return Section(
        "The people as they were read",
        [Facts(pairs)] if pairs else [],
        "What their table says, and what was made of it: `wom look --people FILE` shows the same.",
        On.PAGE,
    )


def _spread(result: Result) -> Section:
    """The cascades in numbers."""
    found = result.cascades.summary
    if not found["count"]:
        return _on_a_page("How it spread", Words("Nobody passed it on, so there is no cascade."))
    pairs = [
        ("Cascades", f"{found['count']:,}"),
        ("Largest", f"{found['max_size']:,} shares"),
        ("Mean size", f"{written(found['mean_size'], 'number')} shares"),
        ("That nobody passed on", percent(found["share_alone"])),
        ("Of 100 shares or more", percent(found["share_ge_100"])),
        ("Mean depth", f"{written(found['mean_depth'], 'number')} hops"),
        ("Structural virality", written(found["structural_virality"], "number")),
    ]
    return _on_a_page(
        "How it spread",
        Facts(pairs),
        "A cascade is all that began with one person who passed on what the brand had shown: that "
        "share, the re-shares that it brought, those that these brought, and so on.",
    )


def _posts(result: Result) -> Section:
    """What each message came to."""
    table = result.breakdown("message")
    counts = {str(stage): table[stage].tolist() for stage in table}
    flights = flight_names(result.scenario)
    ads = dict(zip(np.flatnonzero(result.kinds == AD).tolist(), flights, strict=True))
    rows = [
        (
            post.type.replace("_", " "),
            post.brand or "the brand",
            "–" if post.tick is None else when(result.scenario, post.tick),
            f"ad: {ads[k]}" if k in ads else post.channel or next(iter(result.scenario.channels)),
            *(f"{counts[stage][k]:,}" for stage in ("publish", "notice", "click")),
            f"{counts['share'][k] + counts['reshare'][k]:,}",
            f"{counts['convert'][k]:,}",
        )
        for k, post in enumerate(result.posts)
        if result.ours[k]
    ]
    head = (
        "Post", "Of", clock_of(result.scenario), "Channel", "Impressions", "Noticed", "Clicks",
        "Passed on", "Sold",
    )  # fmt: skip
    more = f" The first {_POSTS} of {len(rows):,}." if len(rows) > _POSTS else ""
    hours = result.scenario.hours_per_tick
    return _on_a_page(
        "Post by post",
        Table("What each post came to", head, rows[:_POSTS]),
        f"A tick is {hours:g} hour{'' if hours == 1 else 's'}; a dash: it was never posted.{more}",
    )


def _ladder(result: Result) -> Section:
    """How many stand on each rung, at some ticks; nothing where nobody ever stood on any."""
    rungs = result.ladder
    ticks = sorted({round(k * (len(rungs) - 1) / _LADDER) for k in range(_LADDER + 1)})
    scenario = result.scenario
    rows = [(when(scenario, tick), *(f"{each:,}" for each in rungs.loc[tick])) for tick in ticks]
    head = (f"After {clock_of(scenario).lower()}", *(str(name).capitalize() for name in rungs))
    caption = "People on each rung during the campaign"
    table = Table(caption, head, rows if rungs.to_numpy().any() else [])
    return _on_a_page("The ladder", table, _RUNGS)


def _money(result: Result) -> Section:
    """The ledger by account: what costs nothing is not listed."""
    paid = {account: amount for account, amount in result.ledger.items() if amount > 0.0}
    money = in_currency("money", result.scenario)
    units, cost = result.payments.groupby("account")["units"].sum(), sum(paid.values())
    rows: list[Row] = [
        (name.capitalize(), f"{units[name]:,}", written(amount, money), Rate(amount / cost))
        for name, amount in paid.items()
    ]
    if rows:
        rows.append(("Together", "", written(cost, money), Rate(1.0)))
    return _on_a_page(
        "What was paid for",
        Table("Cost by account", ("Account", "Units", "Amount", "Part of the cost"), rows),
        "Every payment of the campaign by its account; what costs nothing is not listed.",
    )


def _traffic(result: Result) -> Section:
    """Traffic by channel, outlet and flight; nothing where nobody clicked."""
    money = in_currency("money", result.scenario)
    rows = []
    for name, each in result.sources.iterrows():
        paid, clicks, sold = each["cost"], each["clicks"], each["conversions"]
        kind = "" if each["kind"] == CHANNEL else f" ({each['kind']})"
        rows.append((
            f"{name}{kind}",
            *(f"{each[what]:,}" for what in ("clicks", "visits", "conversions", "repeats")),
            *(("–",) * 3 if kind == "" else (
                written(paid, money), written(ratio(paid, clicks), money),
                written(ratio(paid, sold), money),
            )),
        ))  # fmt: skip
    head = (
        "Source", "Clicks", "Visits", "Conversions", "Bought again", "Cost", "A click",
        "A conversion",
    )  # fmt: skip
    caption = "Traffic by channel, outlet and flight"
    return _on_a_page(
        "Traffic by channel and by what was paid for",
        Table(caption, head, rows if result.traffic.any() else []),
        "What an outlet or an ad showed itself is its own; what people passed on, ads too, came "
        "over a channel. What the brand's posts, rewards and service cost is above, not here.",
    )
