"""Every parameter that is declared, by its dotted path, read off the schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from wordofmouth import Scenario


class Declared(NamedTuple):
    """A parameter: the table in which it is declared, its name there, and how."""

    section: type[BaseModel]
    name: str
    field: FieldInfo


def sections_of(annotation: object) -> Iterator[type[BaseModel]]:
    """The tables that may stand in a field: its own, those of a list, those of a dict."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from sections_of(inner)


def walk(model: type[BaseModel], before: str = "") -> Iterator[tuple[str, Declared]]:
    """Every parameter, and its dotted path."""
    for name, field in model.model_fields.items():
        tables = list(sections_of(field.annotation))
        if not (tables and isinstance(field.default, BaseModel)):
            yield f"{before}{name}", Declared(model, name, field)
        for table in tables:
            yield from walk(table, f"{before}{name}.")


PARAMETERS = dict(walk(Scenario))
