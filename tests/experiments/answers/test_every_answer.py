"""Every answer is among those whose card and page are read by the tests."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

from wordofmouth.experiments import answers
from wordofmouth.experiments.answers.answer import Answer

from ..found import KINDS


def kinds(of: type[Answer]) -> set[str]:
    ours = [each for each in of.__subclasses__() if each.__module__.startswith("wordofmouth.")]
    return {kind for each in ours for kind in (each.kind, *kinds(each))}


def test_no_answer_is_forgotten() -> None:
    for module in walk_packages(answers.__path__, f"{answers.__name__}."):
        import_module(module.name)
    assert kinds(Answer) - {*KINDS} == set()
