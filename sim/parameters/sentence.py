"""What is wrong with a scenario or a study, in sentences: path, value, what is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from ..errors import hint

_TYPES = {
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "string_type": "text in quotes",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "tuple_type": "a list",
    "finite_number": "a finite number",
}
_NUMBERS = ("float_type", "int_type")
# Parameters of the same name that are told at most.
_MEANT = 3
_TYPED = re.compile(r"([+-]?[1-9]\d{0,2}(?:[,_' ]\d{3})+|[+-]?\d+)(\.\d+)?\s*(%?)")
# A comma before the decimals, as half of the world writes them.
_COMMA = re.compile(r"[+-]?(?:0,\d+|\d+,\d)\s*%?")


def sentences(model: type[BaseModel], error: ValidationError, what: str = "parameter") -> str:
    """All that `error` holds, a line each, without repeating a path; `what` a field is called."""
    said: dict[str, str] = {}
    for item in error.errors(include_url=False, include_context=True):
        where = list(item["loc"])
        path = ".".join(str(part) for part in where)
        said.setdefault(path or item["msg"], _sentence(model, path, where, dict(item), what))
    return "\n".join(said.values())


def _sentence(
    model: type[BaseModel], path: str, where: list[int | str], item: dict[str, Any], what: str
) -> str:
    kind, value = item["type"], item.get("input")
    if kind == "extra_forbidden":
        names = list(_section(model, where[:-1]))
        before = path.removesuffix(str(where[-1]))
        elsewhere = [each for each in _paths(model) if each.endswith(f".{where[-1]}")]
        other = f"allowed here: {', '.join(names)}."
        if elsewhere:
            other = f"did you mean {' or '.join(map(repr, elsewhere[:_MEANT]))}?"
        meant = hint(where[-1], names, other, before=before)
        return f"{path}: there is no such {what}; {meant}"
    if kind == "value_error":
        reason = str(item["ctx"]["error"])
        # A section says itself which of its parameters are wrong together.
        whole = not path or isinstance(value, (Mapping, BaseModel))
        return reason if whole else f"{path} = {_shown(value)} {reason}"
    if kind == "literal_error":
        return f"{path} = {_shown(value)} is not allowed; give {item['ctx']['expected']}."
    allowed = _TYPES.get(kind) or _range(model, where) or item["msg"].lower()
    if kind == "missing":
        return f"{path} is missing; give {allowed}."
    if isinstance(value, str) and kind in _NUMBERS and (number := number_in(value)):
        return f"{path} = {_shown(value)} is not allowed; write {number}."
    return f"{path} = {_shown(value)} is not allowed; give {allowed}."


def _shown(value: object) -> str:
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # digits or brackets without end
        return f"<{type(value).__name__}>"
    return text if len(text) <= 60 else text[:57] + "..."


def number_in(text: str) -> str:
    """How a number is to be written that people write with a per cent sign or commas."""
    text = text.strip()
    found = _TYPED.fullmatch(text.replace(",", ".") if _COMMA.fullmatch(text) else text)
    if found is None:
        return ""
    whole = "".join(each for each in found[1] if each.isdigit() or each in "+-")
    number = float(whole + (found[2] or ""))
    return f"{number / 100:.10g}" if found[3] else f"{number:.15g}"


def _paths(model: type[BaseModel], before: str = "") -> Iterator[str]:
    """The dotted paths of all parameters that are in tables of the schema alone."""
    for name, field in _fields(model).items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from _paths(inner, f"{before}{name}.")
        else:
            yield before + name


def _section(model: type[BaseModel], where: list[int | str]) -> dict[str, FieldInfo]:
    """The fields of the section at `where`; none where the path leaves the schema."""
    outer = fields = _fields(model)
    for part in where:
        inner = _model_in(fields[str(part)].annotation) if str(part) in fields else None
        if inner is None and not (isinstance(part, int) or fields is not outer):
            return {}
        if inner is not None:
            fields = _fields(inner)
    return fields


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields by what a file calls them."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)


def _bound(value: float) -> str:
    """A bound in few letters; in full where these would say another number."""
    short = f"{value:g}"
    return short if float(short) == value else str(value)


def _range(model: type[BaseModel], where: list[int | str]) -> str:
    field = _section(model, where[:-1]).get(str(where[-1])) if where else None
    if field is None:
        return ""
    bounds = {
        type(bound).__name__: next(iter(vars(bound).values()), None)
        if hasattr(bound, "__dict__")
        else getattr(bound, type(bound).__name__.lower())
        for bound in field.metadata
        if type(bound).__name__ in ("Ge", "Gt", "Le")
    }
    low, above, high = bounds.get("Ge"), bounds.get("Gt"), bounds.get("Le")
    extra = field.json_schema_extra
    unit = str(extra.get("unit") or "") if isinstance(extra, dict) else ""
    lower = f"above {_bound(above)}" if above is not None else ""
    lower = f"from {_bound(low)}" if low is not None else lower
    upper = f"to {_bound(high)}" if high is not None else ""
    return " ".join(filter(None, ("a value", lower, upper, f"({unit})" if unit else "")))
