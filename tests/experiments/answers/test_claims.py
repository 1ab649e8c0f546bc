"""The claims of the five texts: each goes the way its row says, and the page is what they make."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from wordofmouth.experiments.answers.claims.claim import Effect, Statement
from wordofmouth.experiments.answers.claims.page import row
from wordofmouth.experiments.answers.claims.texts import TEXTS
from wordofmouth.experiments.estimates.interval import estimate
from wordofmouth.experiments.vocabulary.outcomes import OUTCOMES

from ..typed import SMALL, Answer, settings

Wom = Callable[..., Answer]

PAGE = Path(__file__).resolve().parents[3] / "docs" / "claims.md"
RENEW = "python -m wordofmouth.experiments.answers.claims.page > docs/claims.md"
CLAIMS = {f"{text.number}.{k}": each for text in TEXTS for k, each in enumerate(text.claims, 1)}
# Of each text one that holds, and some that do not; all of them together take a minute.
QUICK = {"000.10", "000.11", "000.16", "001.2", "002.7", "003.4", "003.20", "004.8", "004.17"}


def written() -> str:
    return PAGE.read_text(encoding="utf-8")


def _marked(place: str) -> object:
    return place if place in QUICK else pytest.param(place, marks=pytest.mark.slow)


@pytest.mark.parametrize("place", [_marked(place) for place in CLAIMS])
def test_a_claim_comes_out_as_its_row_says(place: str) -> None:
    """Sign and size hold; or, where the row tells why not, still do not."""
    claim = CLAIMS[place]
    found = claim.measure()
    assert found.holds is not bool(claim.fails), found
    assert row(place, found) in written(), f"renew it: {RENEW}"


def test_the_page_has_every_claim_and_hides_none() -> None:
    page = written()
    rows = re.findall(r"^\| (\d{3}\.\d+) \|.*\| (\S.*) \|$", page, re.MULTILINE)
    assert len({place for place, _ in rows}) == len(rows) == len(CLAIMS)
    told = dict(rows)
    for place, claim in CLAIMS.items():
        assert told[place] == ("**no**" if claim.fails else "yes"), place
        assert f"$ {claim.command}\n" in page, place
        assert f"- {place}: {claim.fails}" in page or not claim.fails, f"renew it: {RENEW}"
        assert f"- {place}: {claim.note}" in page or not claim.note, f"renew it: {RENEW}"
    fail = sum(bool(each.fails) for each in CLAIMS.values())
    # The row after each of these is no claim of a text: it asks the same more narrowly.
    claims = len(rows) - fail
    assert f"Of {claims} claims {claims - fail} hold, and {fail} do not." in page
    assert f"Of {fail} that do not a narrower question is asked" in page


def test_a_question_that_was_asked_more_narrowly_stands_beside_as_the_text_has_it() -> None:
    """Only whoever sees both can tell that the second holds by what was added to it."""
    for text, place in (("000", 16), ("003", 4), ("004", 17)):
        asked, again = CLAIMS[f"{text}.{place}"], CLAIMS[f"{text}.{place + 1}"]
        assert asked.fails
        assert not again.fails
        assert asked.says != again.says


@pytest.mark.parametrize("place", CLAIMS)
def test_what_a_claim_compares_can_be_compared(place: str) -> None:
    claim = CLAIMS[place]
    off, on = claim.scenarios()
    assert off != on
    assert on.name == claim.scenario
    assert on.network.people <= 20_000
    assert claim.outcome in OUTCOMES
    # A size that the test could not hold, or that goes the other way, would be no size.
    assert claim.size is None or (claim.size - 1) * claim.sign > 0
    assert not claim.fails or claim.size is None


def found(off: float, on: float, *, sign: int = 1, size: float | None = None) -> Effect:
    """What was measured of a claim about nothing, in four pairs that hardly differ."""
    claim = Statement("x", "reunion", ("attention=2",), "reach", sign, size=size)
    apart = [(on - off) * (1 + tiny) for tiny in (-0.01, 0.0, 0.0, 0.01)]
    return Effect(claim, off, on, estimate(apart), "count")


@pytest.mark.parametrize(
    ("measured", "holds"),
    [
        (found(10, 12), True),
        (found(10, 12, sign=-1), False),
        (found(12, 10, sign=-1), True),
        (found(10, 10), False),
        (found(10, 10, sign=0), True),
        (found(10, 10.1, sign=0), False),
        (found(10, 12, size=1.2), True),
        (found(10, 10.8, size=1.2), False),
        (found(10, 15, size=1.2), False),
        (found(0, 15, size=1.2), False),
        (found(-1, 15, size=1.2), False),
    ],
)
def test_a_claim_holds_by_sign_and_size(measured: Effect, holds: bool) -> None:
    assert measured.holds is holds


def test_a_published_number_is_held_too() -> None:
    claim = Statement("x", "reunion", ("attention=2",), "reach", 1, published=(1.5, 3.0, "A 2000"))
    assert found(10, 20)._replace(claim=claim).holds
    assert not found(10, 12)._replace(claim=claim).holds


# wom compare --both -----------------------------------------------------------------------------


def test_both_changes_both_alike(wom: Wom, tmp_path: Path) -> None:
    both = [word.replace("--set", "--both") for word in settings(*SMALL)]
    goal = tmp_path / "kept"
    typed = wom(
        "compare", "open_house", *both, *settings("publish.seeds=9"), "--outcome", "shares",
        "--replicates", "3", "--json", "--out", str(goal),
    )  # fmt: skip
    assert typed.code == 0
    alone = wom(
        "compare", "open_house", "open_house", *settings(*SMALL), "--outcome", "shares",
        "--replicates", "3", "--json",
    )  # fmt: skip
    base = [each.told["kpis"]["shares"]["base"] for each in (typed, alone)]
    assert base[0] == base[1]
    assert typed.told["kpis"]["shares"]["difference"] > 0
    page = (goal / "report.html").read_text(encoding="utf-8")
    assert f"--both {SMALL[0]}" in page


def test_of_several_scenarios_both_is_refused(wom: Wom) -> None:
    told = wom("compare", "open_house", "reunion", "--both", "attention=2")
    assert told.code == 2
    assert "--both attention=2 is for one scenario and --set" in told.error
