"""TOML by hand: everything that is written is read back as it was."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wordofmouth.scenarios.toml import document, literal, setting, value_of
from wordofmouth.sim.errors import InputError

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
PLAIN = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    TEXT,
)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3)
)


@given(st.dictionaries(TEXT, VALUES, max_size=4))
def test_what_is_written_is_read_back(tables: dict[str, Any]) -> None:
    assert tomllib.loads(document(tables)) == tables


@given(VALUES)
def test_a_value_on_the_command_line_is_itself(value: Any) -> None:
    assert value_of(literal(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("5.0", 5.0),
        ("1e12", 10**12),
        ("-2e3", -2000),
        ("1e-3", 0.001),
        ("true", True),
        ("funny_video", "funny_video"),
        ("", ""),
        ("1\nother = 2", "1\nother = 2"),
        ("2024-01-01", "2024-01-01"),
        ("a = b", "a = b"),
    ],
)
def test_values_as_people_type_them(text: str, value: Any) -> None:
    found = value_of(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", ["", "key", "=3", " = 3"])
def test_a_setting_has_a_key_and_an_equals_sign(text: str) -> None:
    with pytest.raises(InputError, match="key=value"):
        setting(text)
