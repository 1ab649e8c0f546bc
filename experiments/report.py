"""A result as one page of HTML that needs nothing from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from html import escape
from string import Template
from typing import Final

from ..sim.comparison import sentence
from ..sim.parameters import Scenario
from ..sim.result import Result
from .console import compared
from .figures import campaign, png
from .glossary import percent, term, written
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
    rows = []
    for name, value in result.kpis.items():
        label, form, meaning = term(name)
        rows.append((label, written(value, form), meaning))
    return _table(("Indicator", "Value", "What it says"), rows, "1")


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
