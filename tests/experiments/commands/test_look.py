"""`wom look`: what is wrong with a table of people is told in full, and is an exit code too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..typed import Answer


def test_a_table_with_faults_is_told_in_full_and_refused(
    wom: Callable[..., Answer], tmp_path: Path
) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,trust,role\nann,2,fan\nbea,.5,boss\n")
    found = wom("look", "--people", "people.csv")
    assert found.code == 2
    assert "trust = '2'" in found.out
    assert "role = 'boss'" in found.out
    assert "Its columns" in found.out
    told = wom("look", "--people", "people.csv", "--json")
    assert told.code == 2
    assert len(told.told["faults"]) == 2
    people.write_text("id,trust,role\nann,.2,fan\nbea,.5,\n")
    assert wom("look", "--people", "people.csv").code == 0
