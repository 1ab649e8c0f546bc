"""The glossary has a line for every indicator."""

from __future__ import annotations

from wordofmouth.experiments.vocabulary.glossary import GROUPS, TERMS
from wordofmouth.sim.result import Result


def test_every_indicator_is_explained(result: Result) -> None:
    assert set(result.kpis) == set(TERMS)
    assert len(TERMS) == sum(map(len, GROUPS.values()))
    assert all(term.meaning.endswith(".") for term in TERMS.values())
    assert {term.form for term in TERMS.values()} == {"count", "number", "rate", "money"}
