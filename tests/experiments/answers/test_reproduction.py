"""Published results made again: they agree, would not if a little were wrong, and are told so."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from wordofmouth.experiments.answers.reproduction import find as shelf
from wordofmouth.experiments.answers.reproduction.answer import Reproduction
from wordofmouth.experiments.answers.reproduction.find import reproduce
from wordofmouth.experiments.answers.reproduction.paper import Finding, Paper, findings
from wordofmouth.sim.errors import InputError

from ..typed import Answer

Wom = Callable[..., Answer]

# The standard error of each paper's numbers in per cent of the number, at most: a bias of 4 times
# as much would be seen. What is compared by its side alone, or cannot differ, is left out.
POWER = {
    "bass_1969": 0.5,
    "watts_2002": 0.6,
    "newman_2002": 7.0,
    "gleeson_2014": 0.5,
    "goel_2016": 2.0,
    "hinz_2011": 15.0,
    "centola_2010": 0.0,
    "watts_dodds_2007": 1.2,
    "kempe_2003": 0.0,
    "stonedahl_2010": 0.0,
    "goldenberg_2001": 0.0,
    "bampo_2008": 0.0,
    "leskovec_2007": 0.0,
    "vanderlans_2010": 7.0,
}
SLOW = (
    "goel_2016", "newman_2002", "watts_2002", "watts_dodds_2007", "kempe_2003", "stonedahl_2010",
    "goldenberg_2001", "vanderlans_2010",
)  # fmt: skip
# What does not come out as the paper says, and how many times as large as the number or the side
# of it that it is measured by ours is: `docs/verification.md` says why.
APART = {
    "goldenberg_2001": {"effect of weak over strong ties, until 95% know, against 1": (0.6, 0.8)},
    "leskovec_2007": {"buyers, at 10 recommendations over at 2": (2.0, 2.5)},
    "vanderlans_2010": {"whom one brings, first 7 days over all, with hubs": (1.2, 1.8)},
}


def _marked(name: str) -> object:
    return pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name


@pytest.mark.parametrize("name", [_marked(name) for name in shelf.PAPERS])
def test_the_numbers_of_a_paper_come_out(name: str) -> None:
    """A1, A2, A7, A9 to A11, A13, B3, B4, B6, B7, B9 to B11; or lie apart as is known."""
    told: list[tuple[int, int]] = []
    found = reproduce(name, progress=lambda *step: told.append(step))
    expected = APART.get(name, {})
    apart = {each.what: each for each in found.findings if not each.agrees}
    assert set(apart) == set(expected), found.table()
    for what, (low, high) in expected.items():
        off = 4 * apart[what].error
        assert low < (apart[what].ours - off) / apart[what].base, apart[what]
        assert (apart[what].ours + off) / apart[what].base < high, apart[what]
    for each in found.findings:
        if each.side is None:
            assert each.error <= POWER[name] / 100 * each.known, each
            assert each.within <= 0.021 * each.known, each
    done, of = zip(*told, strict=True)
    assert set(of) == {len(done)}
    assert list(done) == list(range(len(done)))


def _paper(*rows: Finding) -> Paper:
    return Paper("a_2000", "A (2000)", "It is so.", "Set.", "Nothing.", lambda tell: list(rows))


@pytest.mark.parametrize(
    ("finding", "agrees"),
    [
        (Finding("x", 1.0, 1.39, 0.1), True),
        (Finding("x", 1.0, 1.41, 0.1), False),
        (Finding("x", 1.0, 1.41, 0.1, within=0.02), True),
        (Finding("x", 2.0, 9.0, 0.1, side=1.0), True),
        (Finding("x", 2.0, 1.3, 0.1, side=1.0), False),
        (Finding("x", -np.inf, 0.5, 0.1, side=1.0), True),
        (Finding("x", -np.inf, 0.7, 0.1, side=1.0), False),
        (Finding("x", 499.0, 499.0, 0.0), True),
        (Finding("x", 499.0, 500.0, 0.0), False),
    ],
)
def test_a_number_agrees_by_4_standard_errors(finding: Finding, agrees: bool) -> None:
    assert finding.agrees is agrees
    found = Reproduction(_paper(), (finding,))
    assert found.agrees is agrees
    assert ("apart: x" in found.sentence) is not agrees
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["agrees"] is agrees
    assert found.plot().axes


def test_columns_of_runs_become_means_and_errors() -> None:
    (found,) = findings(["x"], [2.0], [[1.0], [2.0], [3.0]])
    assert (found.ours, found.error) == (2.0, pytest.approx(1 / np.sqrt(3)))


def test_a_name_that_is_none_is_met_with_the_nearest() -> None:
    with pytest.raises(InputError, match="did you mean 'bass_1969'"):
        reproduce("bass1969")


def test_the_command_lists_and_tells(wom: Wom, tmp_path: Path) -> None:
    listed = wom("reproduce")
    assert listed.code == 0
    assert [line.split()[0] for line in listed.out.splitlines()] == list(shelf.PAPERS)
    goal = tmp_path / "hinz"
    told = wom("reproduce", "hinz_2011", "--json", "--out", str(goal))
    assert told.code == 0
    assert told.told == reproduce("hinz_2011").to_dict()
    kept = json.loads((goal / "run.json").read_text())
    assert kept["format"] == "wordofmouth reproduction 2"
    assert (goal / "picture.png").stat().st_size > 10_000
    again = wom("reproduce", "hinz_2011", "--out", str(goal))
    assert again.code == 0
    assert "persuasion" in again.out
    assert wom("reproduce", "nobody").code == 2


def test_numbers_apart_are_an_exit_code(wom: Wom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(shelf.PAPERS, "a_2000", _paper(Finding("x", 1.0, 2.0, 0.1)))
    told = wom("reproduce", "a_2000")
    assert told.code == 1
    assert "APART" in told.out
