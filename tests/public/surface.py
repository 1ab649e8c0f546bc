"""What people call: every name of the front door with its signature, and the members of classes.

Also the commands with their options. Whoever changes one of these changes what somebody's notebook
or script relies on.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import typer
import wordofmouth as wom
from pydantic import BaseModel
from wordofmouth.experiments.commands import main as _main  # noqa: F401  adds all commands
from wordofmouth.experiments.commands.options import app

FILE = Path(__file__).with_name("surface.txt")


def signature(function: Any) -> str:
    """How it is called; defaults that are objects by their class."""
    try:
        found = inspect.signature(function)
    except (TypeError, ValueError):
        return "(...)"
    plain = (bool, int, float, str, tuple, type(None))
    parameters = [
        each if each.default is each.empty or isinstance(each.default, plain)
        else each.replace(default=type(each.default))
        for each in found.parameters.values()
    ]  # fmt: skip
    text = str(found.replace(parameters=parameters, return_annotation=found.empty))
    annotation = found.return_annotation
    return text if annotation is found.empty else f"{text} -> {annotation}"


def members(kind: type) -> Iterator[str]:
    """The public members that a class of this package adds to those of others."""
    for name in sorted(vars_of(kind)):
        found = inspect.getattr_static(kind, name, None)
        if isinstance(found, classmethod | staticmethod):
            yield f".{name}{signature(found.__func__)}  [{type(found).__name__}]"
        elif inspect.isfunction(found):
            yield f".{name}{signature(found)}"
        else:
            yield f".{name}"


def vars_of(kind: type) -> set[str]:
    """The names of what it has, fields included, but of what others' classes have."""
    own = [each for each in kind.__mro__ if each.__module__.startswith("wordofmouth")]
    names = {name for each in own for name in vars(each)}
    if dataclasses.is_dataclass(kind):
        names |= {each.name for each in dataclasses.fields(kind)}
    if issubclass(kind, BaseModel):  # its parameters are in docs/parameters.md, and tested by it
        names -= set(kind.model_fields)
    return {name for name in names if not name.startswith("_") and not name.startswith("model_")}


def surface() -> str:
    """All of it, a line each."""
    lines = []
    for name in sorted(wom.__all__):
        found = getattr(wom, name)
        if inspect.isclass(found):
            lines.append(f"class {name}")
            lines += [f"  {line}" for line in members(found)]
        elif callable(found):
            lines.append(f"def {name}{signature(found)}")
        else:
            lines.append(f"{name}: {type(found).__name__}")
    lines += [f"wom {line}" for line in commands()]
    return "\n".join(lines) + "\n"


def commands() -> Iterator[str]:
    """The commands, with what can be typed after them."""
    group = typer.main.get_command(app)
    context = click.Context(group)
    for name in sorted(group.list_commands(context)):
        command = group.get_command(context, name)
        words = [
            "/".join([*each.opts, *each.secondary_opts]) if each.param_type_name == "option"
            else str(each.name).upper()
            for each in command.params
        ]  # fmt: skip
        yield " ".join([name, *sorted(words)])
