"""Every command answers as it did: documents and exit codes, on all shipped scenarios."""

from __future__ import annotations

import math
from typing import Any

import pytest
from wordofmouth.scenarios.loader import names

from .golden import ASKED, elsewhere, kept, of_others, of_scenario


def apart(found: Any, wanted: Any, where: str = "") -> str:
    """Where two documents differ first; empty where they do not."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        if list(found) != list(wanted):
            return f"{where}: {list(found)} in place of {list(wanted)}"
        parts = (apart(found[name], wanted[name], f"{where}.{name}") for name in wanted)
        return next(filter(None, parts), "")
    if isinstance(found, list) and isinstance(wanted, list):
        if len(found) != len(wanted):
            return f"{where}: {len(found)} in place of {len(wanted)}"
        parts = (apart(*both, f"{where}[{k}]") for k, both in enumerate(zip(found, wanted)))  # noqa: B905
        return next(filter(None, parts), "")
    if isinstance(found, float) and isinstance(wanted, float):
        same = math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-12)
    else:
        same = type(found) is type(wanted) and found == wanted
    return "" if same else f"{where}: {found!r} in place of {wanted!r}"


# Those of many campaigns take ten seconds and more.
LONG = {"diagnose", "economics", "optimise"}


@pytest.mark.parametrize(
    "command",
    [pytest.param(name, marks=pytest.mark.slow) if name in LONG else name for name in ASKED],
)
def test_a_command_answers_as_it_did(command: str) -> None:
    golden = kept(command)
    assert list(golden) == names()
    with elsewhere():
        for name, wanted in golden.items():
            assert apart(of_scenario(command, name), wanted, name) == ""


def test_the_other_commands_answer_as_they_did() -> None:
    with elsewhere():
        assert apart(dict(of_others()), kept("others")) == ""
