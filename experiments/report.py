"""A result as one page of HTML that needs nothing from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from html import escape
from string import Template
from typing import Final

from ..sim.comparison import sentence
from ..sim.ledger import ACCOUNTS
from ..sim.parameters import Scenario
from ..sim.result import Result
from .console import compared
from .figures import campaign, png
from .glossary import GROUPS, percent, written
from .toml import literal

_PAGE: Final = Template("""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
body { margin: 2rem auto; max-width: 62rem; padding: 0 1rem; color: #222;
       font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.3; }
h2 { font-size: 1.1rem; margin: 2.2rem 0 .5rem; }
.question, .note { color: #666; }
img { width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #e6e6e6; text-align: left;
         vertical-align: top; }
th.group { padding-top: 1.2rem; color: #666; }
.n { text-align: right; white-space: nowrap; }
code, pre { font: .88em ui-monospace, monospace; overflow-wrap: anywhere; }
pre { background: #f5f5f5; padding: .8rem; white-space: pre-wrap; }
</style>
<h1>$sentence</h1>
<p class="question">$question</p>
<img alt="Funnel, reach over time and cascade sizes. $sentence" src="data:image/png;base64,$image">
<h2>The funnel</h2>
$funnel
<h2>Indicators</h2>
$indicators
$ladder
$payments
$traffic
$broadcast
<h2>What differs from the default</h2>
$parameters
<h2>Where it comes from</h2>
$provenance
<h2>To run it again</h2>
<pre>$command</pre>
</html>
""")

# Parameters that are words about the scenario, and those of content that it may not post.
_WORDS: Final = frozenset(("name", "question", "sources", "outcome"))
_TYPES: Final = "content_types."
# Into how many parts the ladder divides the campaign.
_LADDER: Final = 10


def report(result: Result, *, command: str, versions: Mapping[str, str]) -> str:
    """The page of a result.

    Parameters
    ----------
    result
        What is told.
    command
        The command that makes it again.
    versions
        What it was made with: name to version.
    """
    scenario = result.scenario
    image = b64encode(png(campaign(result), dpi=150)).decode()
    return _PAGE.substitute(
        title=escape(f"{scenario.name}, seed {result.seed}"),
        sentence=escape(result.sentence),
        question=escape(scenario.question),
        image=image,
        funnel=_funnel(result),
        indicators=_indicators(result),
        ladder=_ladder(result),
        payments=_payments(result),
        traffic=_traffic(result),
        broadcast=_broadcast(result),
        parameters=_parameters(scenario),
        provenance=_provenance(result, versions),
        command=escape(command),
    )


def _funnel(result: Result) -> str:
    rows = (
        (stage.stage, f"{stage.people:,}", f"{stage.events:,}", percent(stage.rate), stage.of)
        for stage in result.funnel
    )
    return _table(("Stage", "People", "Events", "Rate", "of"), rows, "123")


def _indicators(result: Result) -> str:
    lines = ["<table>", f"<tr>{_cells('th', ('Indicator', 'Value', 'What it says'), '1')}</tr>"]
    for group, terms in GROUPS.items():
        lines.append(f"<tr><th class=group colspan=3>{escape(group)}</th></tr>")
        for name, (label, form, meaning) in terms.items():
            row = (label, written(result.kpis[name], form), meaning)
            lines.append(f"<tr>{_cells('td', row, '1')}</tr>")
    return "\n".join([*lines, "</table>"])


def _ladder(result: Result) -> str:
    """How many stand on each rung, at some ticks; nothing where nobody ever stood on any."""
    ladder = result.ladder
    if not ladder.to_numpy().any():
        return ""
    ticks = sorted({round(k * (len(ladder) - 1) / _LADDER) for k in range(_LADDER + 1)})
    rows = ((str(tick), *(f"{people:,}" for people in ladder.loc[tick])) for tick in ticks)
    head = ("After tick", *(str(name).capitalize() for name in ladder))
    return _section(
        "The ladder",
        "People who ever noticed a post; who follow the brand; who ever shared or commented; whom "
        "the brand approached; who accepted; who were nurtured; who speak for it.",
        _table(head, rows, "01234567"),
    )


def _payments(result: Result) -> str:
    """The ledger by account; nothing where nothing was paid for."""
    paid = result.payments.groupby("account", sort=False)[["units", "amount"]].sum()
    paid = paid[paid["amount"] > 0.0].reindex([name for name in ACCOUNTS if name in paid.index])
    cost = float(paid["amount"].sum())
    rows = [
        (name.capitalize(), f"{units:,.0f}", written(amount, "money"), percent(amount / cost))
        for name, units, amount in paid.dropna().itertuples()
    ]
    if not rows:
        return ""
    rows.append(("Together", "", written(cost, "money"), percent(1.0)))
    return _section(
        "What was paid for",
        "Every payment of the campaign by its account; what costs nothing is not listed.",
        _table(("Account", "Units", "Amount", "Share"), rows, "123"),
    )


def _traffic(result: Result) -> str:
    """Traffic by channel; nothing where nobody clicked."""
    if not result.traffic.any():
        return ""
    rows = (
        (name, *(f"{number:,}" for number in row))
        for name, row in zip(result.scenario.channels, result.traffic, strict=True)
    )
    return _section(
        "Traffic by channel",
        "Clicks, finds of the brand and conversions by the channel over which the post came that "
        "was clicked on; of those who came back later nothing is counted here.",
        _table(("Channel", "Clicks", "Finds", "Conversions"), rows, "123"),
    )


def _section(title: str, note: str, table: str) -> str:
    return f'<h2>{escape(title)}</h2>\n<p class="note">{escape(note)}</p>\n{table}'


def _broadcast(result: Result) -> str:
    """The comparison with a broadcast; nothing where the scenario names none."""
    if result.comparison is None:
        return ""
    head, rows = compared(result.comparison)
    table = _table(head, rows, "1234567")
    return f"<h2>Beside a broadcast</h2>\n{table}\n<p>{escape(sentence(result.comparison))}</p>"


def _parameters(scenario: Scenario) -> str:
    posted = {post.type for post in scenario.content}
    rows = [
        (path, literal(value))
        for path, value in scenario.differs_from(Scenario()).items()
        if path not in _WORDS and (not path.startswith(_TYPES) or path.split(".")[1] in posted)
    ]
    if not rows:
        return '<p class="note">Nothing: every parameter has its default.</p>'
    return _table(("Parameter", "Value"), rows, "")


def _provenance(result: Result, versions: Mapping[str, str]) -> str:
    scenario, network = result.scenario, result.network
    rows = [
        ("Scenario", scenario.name),
        ("Sources", ", ".join(scenario.sources) or "–"),
        ("Network", f"{network['agents']:,} people, {network['arcs']:,} arcs"),
        ("Length", f"{result.ticks:,} ticks of {scenario.hours_per_tick:g} hours"),
        ("Seed of the campaign", str(result.seed)),
        ("Seed of the world", str(result.world)),
        ("Digest of the result", result.digest),
        ("Digest of the network", network["digest"]),
        ("Made with", ", ".join(f"{name} {number}" for name, number in versions.items())),
    ]
    return _table((), rows, "")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]], numeric: str) -> str:
    """A table; `numeric` names the columns of numbers by their places."""
    lines = ["<table>"]
    if cells := _cells("th", head, numeric):
        lines.append(f"<tr>{cells}</tr>")
    lines += [f"<tr>{_cells('td', row, numeric)}</tr>" for row in rows]
    return "\n".join([*lines, "</table>"])


def _cells(tag: str, texts: Iterable[str], numeric: str) -> str:
    return "".join(
        f"<{tag}{' class=n' if str(k) in numeric else ''}>{escape(text)}</{tag}>"
        for k, text in enumerate(texts)
    )
