"""Numbers as people read them."""

from __future__ import annotations

import pytest
from wordofmouth.experiments.show import notebook, terminal
from wordofmouth.experiments.show.cells import Code, Group
from wordofmouth.experiments.show.document import Document, Section, Table
from wordofmouth.experiments.show.numbers import percent, written


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (0.0, "rate", "0 %"),
        (0.999, "rate", "100 %"),
        (0.0999, "rate", "10 %"),
        (0.05, "rate", "5 %"),
        (-0.0534, "rate", "-5.3 %"),
        (None, "rate", "–"),
        (0.00123, "money", "0.0012"),
        (1234.5, "money", "1,234.50"),
        (0.0, "money", "0.00"),
        (1234.5, "number", "1,234"),
        (0.12345, "number", "0.123"),
        (999.6, "number", "1,000"),
    ],
)
def test_values_are_written_for_people(value: float | None, form: str, expected: str) -> None:
    assert written(value, form) == expected


def test_no_rate_is_a_dash() -> None:
    assert percent(float("nan")) == "–"


def test_no_code_becomes_a_picture_and_no_card_ends_in_the_title_of_a_group() -> None:
    rows = [Group("One"), (Code("x:a:1"), "1"), ("b", "2"), Group("Two"), ("c", "3")]
    table = Table("Of what", ("Name", "Number"), rows, most=2)
    document = Document("answer", "Of what", "It is so.", [Section("All", [table])])
    assert "x:a:1" in terminal.text(document)
    card = notebook.html(document)
    assert ">2</td>" in card
    assert "Two" not in card
    assert "and 1 more" in card
