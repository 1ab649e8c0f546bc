"""A campaign as it is shown: complete, true to the result, and its page closed to the outside."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
from wordofmouth.experiments.results.archive import whole
from wordofmouth.experiments.results.headline import headline
from wordofmouth.experiments.results.shown import document
from wordofmouth.experiments.show import terminal
from wordofmouth.experiments.show.cells import Group
from wordofmouth.experiments.show.document import On, Table
from wordofmouth.experiments.show.numbers import percent, written
from wordofmouth.experiments.show.page import html
from wordofmouth.experiments.show.parameters import differing
from wordofmouth.experiments.vocabulary.glossary import GROUPS, TERMS, stage_in_words
from wordofmouth.experiments.vocabulary.headlines import headlines
from wordofmouth.experiments.vocabulary.outcomes import named
from wordofmouth.scenarios.loader import load
from wordofmouth.sim.campaign import run
from wordofmouth.sim.parameters import Scenario
from wordofmouth.sim.result import Result

from ..pages import Reading, check

SHORT = Scenario(horizon=4).replace({"network.people": 60})


@cache
def page(result: Result, command: str = "wom run open_house --seed 7") -> str:
    made_with = {"wordofmouth": "9.9", "numpy": "2.0"}
    return html(whole(result, command, made_with, "2026-01-02T03:04:05+00:00"))


def row(read: Reading, *first: str) -> list[list[str]]:
    """Return the rows that begin with these cells."""
    return [cells for cells in read.rows if cells[: len(first)] == list(first)]


def test_it_is_well_formed_and_needs_nothing(result: Result, everything: Result) -> None:
    check(page(result))
    check(page(everything))


def test_the_sentence_is_the_heading(result: Result) -> None:
    read = check(page(result))
    assert read.headings[0] == ("h1", headline(result))
    assert all(headline(result) in alt for alt in read.images[:1])
    assert result.scenario.question in read.words


def test_every_indicator_is_written_as_the_glossary_writes_it(everything: Result) -> None:
    read = check(page(everything))
    for name, (known, form, meaning) in TERMS.items():
        label = named(everything.scenario) if name == "conversions" else known
        assert [label, written(everything.kpis[name], form), meaning] in read.rows, name
    assert all([group] in read.rows for group in GROUPS)


def test_the_funnel_has_a_bar_for_each_stage(result: Result) -> None:
    text = page(result)
    read = check(text)
    for stage in result.funnel:
        [cells] = row(read, stage_in_words(stage.stage))
        shown = [f"{stage.people:,}", f"{stage.events:,}", percent(stage.rate), stage.of]
        assert cells[1:] == shown
    widths = [float(width) for width in re.findall(r'<i style="width:([\d.]+)%">', text)]
    assert len(widths) >= len(result.funnel)
    assert all(0 <= width <= 100 for width in widths)
    [share] = [stage for stage in result.funnel if stage.stage == "share"]
    assert abs(widths[2] - 100 * share.rate) < 0.1


def test_a_stage_is_told_in_words_with_its_name(result: Result) -> None:
    read = check(page(result))
    assert row(read, "Saw a post arrive (publish)")
    assert row(read, "Passed a share on (reshare)")


def test_a_narrow_screen_gets_the_panels_below_one_another(result: Result) -> None:
    [narrow] = re.findall(r'media="screen and \(max-width: 34rem\)" srcset="([^"]+)"', page(result))
    assert narrow in check(page(result)).sources
    assert narrow.startswith("data:image/")


def test_money_is_told_by_account(everything: Result) -> None:
    read = check(page(everything))
    for account, spent in everything.ledger.items():
        assert bool(row(read, account.capitalize())) == (spent > 0), account
    [together] = row(read, "Together")
    assert written(everything.kpis["cost"], "money") in together


def test_traffic_ladder_and_posts(everything: Result) -> None:
    read = check(page(everything))
    for name, each in everything.sources.iterrows():
        kind = "" if each["kind"] == "channel" else f" ({each['kind']})"
        cost = "–" if each["kind"] == "channel" else written(each["cost"], "money")
        told = [f"{each[what]:,}" for what in ("clicks", "visits", "conversions", "repeats")]
        assert row(read, f"{name}{kind}", *told, cost)
    assert row(read, "39", *(f"{people:,}" for people in everything.ladder.iloc[-1]))
    posts = [cells for cells in read.rows if len(cells) == 9 and cells[1] == "the brand"]
    assert len(posts) == int(everything.ours.sum())
    assert sum(int(cells[6].replace(",", "")) for cells in posts) == everything.kpis["clicks"]


def test_television_stands_beside_where_there_is_one(result: Result) -> None:
    small = load("super_bowl").replace({"network.people": 500, "horizon": 20})
    assert "Beside television" in check(page(run(small, seed=1))).words
    assert "Beside television" not in check(page(result)).words


def test_what_differs_has_label_unit_default_and_source(result: Result) -> None:
    read = check(page(result))
    [cells] = row(read, "hours_per_tick")
    assert cells[1:] == ["6.0", "1.0", "Length of a tick", "hours", "assumed"]
    assert row(read, "network.people")[0][1] == "400"
    named = [cells[0] for cells in read.rows]
    assert "content_types.invitation" in named
    assert "content_types.hard_sell" not in named  # it is not posted
    shown = {cells[0] for cells in read.rows if len(cells) == 6}
    others = result.scenario.differs_from(Scenario())
    plain = {path for path in others if not path.startswith(("content_types.", "channels."))}
    assert plain - {"name", "question", "outcome", "sources"} <= shown


def test_the_default_scenario_differs_in_nothing() -> None:
    read = check(page(run(Scenario(horizon=48), seed=1)))
    assert "Nothing: every parameter has its default." in read.words


def test_it_says_where_it_comes_from_and_how_to_cite_it(result: Result) -> None:
    words = check(page(result)).words
    for text in (
        result.digest, result.network["digest"], "numpy 2.0", "2026-01-02 03:04:05 UTC",
        "The wordofmouth authors, wordofmouth 9.9. Scenario open_house, seed 7, world 7.",
    ):  # fmt: skip
        assert text in words
    assert "When not noted" in check(html(whole(result, "wom", {}, ""))).words


def test_whatever_a_scenario_says_is_only_text(result: Result) -> None:
    bad = '"><script>alert(1)</script><img src=x onerror="alert(2)">&amp;'
    words = {"name": f"n{bad}", "question": f"q{bad}", "outcome": f"o{bad}"}
    text = page(replace(result, scenario=result.scenario.replace(words)), f"wom run '{bad}'")
    read = check(text)
    assert f"q{bad}" in read.words
    assert any(bad in code for code in read.codes)
    assert "<script" not in text.split("</style>")[1]


def test_what_there_is_nothing_of_is_left_out() -> None:
    read = check(page(run(SHORT.replace({"people.fans": 0.0}), seed=1)))
    titles = {title for level, title in read.headings if level == "h2"}
    assert not titles & {"The ladder", "What was paid for", "Traffic by channel"}
    assert "Nobody passed it on, so there is no cascade." in read.words


def test_every_part_is_in_the_contents(result: Result) -> None:
    read = check(page(result))
    assert len(read.links) == len([1 for level, _ in read.headings if level == "h2"]) > 8


def test_the_same_result_makes_the_same_page(result: Result) -> None:
    assert page(result) == page.__wrapped__(result)


def test_a_screen_shows_what_matters(everything: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "width", lambda: 80)
    sure = {"share.base": dict.fromkeys(("stranger", "fan", "advocate"), 0.3)}
    small = run(load("cascade").replace({"network.people": 300, **sure}), seed=1)
    assert set(headlines(small)) == {"Reach", "Passing on"}
    assert set(headlines(everything)) == set(GROUPS)
    for result in (small, everything):
        for group, names in headlines(result).items():
            assert set(names) <= set(GROUPS[group])
        lines = terminal.text(document(result, On.SCREEN, seconds=1.0)).splitlines()
        assert max(map(len, lines)) <= 80
        assert headline(result) in " ".join(lines)
        for names in headlines(result).values():
            for name in names:
                label, form, _ = TERMS[name]
                if name == "conversions":
                    label = result.scenario.outcome
                words = (
                    rf"{re.escape(label.lower())} +{re.escape(written(result.kpis[name], form))}"
                )
                assert any(re.search(words, line) for line in lines), name
    no_complaints = everything.scenario.replace({"complaints.rate": 0.0})
    assert "Complaints" in headlines(everything)
    assert "Complaints" not in headlines(run(no_complaints, seed=7))


def test_a_source_is_named_once_and_pointed_at_below() -> None:
    (table,) = differing(load("shop")).blocks
    assert isinstance(table, Table)
    sources = [str(row[-1]) for row in table.rows if not isinstance(row, Group)]
    assert sum("Bringmann" in each for each in sources) == 1
    assert sources.count("as for network.mean") == 6
    # What is shorter than a pointer stands as it is.
    assert sources.count("assumed") > 5
