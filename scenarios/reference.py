"""The parameter reference: all that a scenario may say, read off the schema where it is declared.

``python -m wordofmouth.scenarios.reference > docs/parameters.md`` renews the page.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

from ..sim.network.kinds import KINDS, Argument, Generator
from ..sim.parameters import Scenario
from ..sim.parameters.interact import NEGATIVE_PRESETS
from ..sim.parameters.timeline import fixed_at_birth
from .toml import literal

Schema: TypeAlias = Mapping[str, Any]

# What stands in a path for one table of a list, and for a name that a scenario chooses.
EACH: Final = "[]"
NAMED: Final = ".NAME"
NONE: Final = "none"
_JSON: Final = {int: "integer", float: "number", bool: "boolean", str: "string", list: "array"}

_HEAD: Final = """\
# Parameters

All that a scenario may say, written by `python -m wordofmouth.scenarios.reference` from the
schema in `sim/parameters/`: change it there, not here. What each does in the model, and in which
formula, stands in [odd.md](odd.md).

A path is what a scenario file, `--set` and `Scenario.replace` call a parameter. `[]` stands for
each table of a list (`[[publish.outlets]]` in a file), `NAME` for a name that the scenario chooses
(`[channels.facebook]`). What is marked † is decided before the first tick: a timeline cannot change
it. A source of three digits, 000 to 004, is one of the five texts that the model starts from; "the
scenario" says that there is nothing to know beforehand; "assumed" that nobody measured it.
"""

_COLUMNS: Final = (
    "| parameter | default | range | unit | what it is | source |\n|---|---|---|---|---|---|\n"
)


class Parameter(NamedTuple):
    """A parameter as the page shows it: every field a text, `unit` empty for a pure number."""

    path: str
    default: str
    allowed: str
    unit: str
    label: str
    source: str

    @property
    def assumed(self) -> bool:
        """Whether its default or range is assumed, at least in part."""
        return "assumed" in self.source

    @property
    def fixed(self) -> bool:
        """Whether it is decided before the first tick."""
        return fixed_at_birth(self.path.replace(EACH, "").replace(NAMED, ""))


class Chapter(NamedTuple):
    """A table of a scenario: its path (empty at the top), what it is, what stands in it."""

    path: str
    text: str
    parameters: tuple[Parameter, ...]


def sections() -> list[Chapter]:
    """The sections of a scenario in the order of the schema, those in a section right after it."""
    return list(_everything())


@lru_cache(maxsize=1)
def _everything() -> tuple[Chapter, ...]:
    schema = Scenario.model_json_schema()
    return tuple(_sections("", schema, {}, schema["$defs"]))


def parameters() -> list[Parameter]:
    """All parameters, in the order of the page.

    Examples
    --------
    >>> [each.default for each in parameters() if each.path == "share.base.stranger"]
    ['0.0017']
    """
    return [each for section in sections() for each in section.parameters]


def reference() -> str:
    """The page, in Markdown."""
    everything = parameters()
    assumed = [each for each in everything if each.assumed]
    closing = (
        "## Assumed\n\n"
        f"Of {len(everything)} parameters {len(assumed)} have a default or a range that is "
        "assumed, wholly or in part:\n\n" + "".join(f"- `{each.path}`\n" for each in assumed)
    )
    return "\n".join([_HEAD, *(_table(section) for section in sections()), closing])


def _sections(path: str, schema: Schema, defaults: Schema, known: Schema) -> Iterator[Chapter]:
    rows, below = [], []
    for name, field in schema["properties"].items():
        here = f"{path}.{name}" if path else name
        default = defaults.get(name, field.get("default"))
        if "$ref" in field:
            below.append((here, field["$ref"], default))
            continue
        rows.append(_parameter(here, field, default))
        if "$ref" in field.get("items", {}):
            below.append((here + EACH, field["items"]["$ref"], {}))
        named = field.get("additionalProperties")
        if isinstance(named, Mapping):
            below.append((here + NAMED, named["$ref"], {}))
    if rows:
        yield Chapter(path, _first_sentence(schema["description"]), tuple(rows))
    if path == "network":
        yield from (_generator(kind) for kind in KINDS.values())
    for here, target, default in below:
        yield from _sections(here, known[target.rpartition("/")[2]], default or {}, known)


def _parameter(path: str, field: Schema, default: Any) -> Parameter:
    return Parameter(
        path, _default(default), _allowed(field), field["unit"], field["title"], field["source"]
    )


def _generator(kind: Generator) -> Chapter:
    """What a kind of network asks for, beside `network.kind`."""
    rows = (
        Parameter(
            path=f"network.{each.name}",
            default=_default(each.default),
            allowed=_allowed(_schema_of(each)),
            unit="",
            label=each.text,
            source=kind.source,
        )
        for each in kind.parameters
    )
    return Chapter(f'network.kind = "{kind.kind}"', f"How it is made: {kind.text}.", tuple(rows))


def _schema_of(asked: Argument) -> Schema:
    """What the schema would say of a generator's parameter."""
    if asked.choices:
        return {"enum": asked.choices}
    limits = {"minimum": asked.low, "maximum": asked.high}
    finite = {name: limit for name, limit in limits.items() if math.isfinite(limit)}
    return {"type": _JSON[asked.type], **finite}


def _default(value: Any) -> str:
    """A default as TOML writes it; of tables their names."""
    if value is None or value in ("", [], {}):
        return NONE
    if isinstance(value, Mapping):
        return ", ".join(value)
    if isinstance(value, list) and isinstance(value[0], Mapping):
        return ", ".join(str(next(iter(each.values()))) for each in value)
    return literal(value)


def _allowed(field: Schema) -> str:
    """What a value may be, in words."""
    if "anyOf" in field:
        options = (_allowed(each) for each in field["anyOf"] if each.get("type") != "null")
        return ", or ".join(options)
    if "enum" in field or "const" in field:
        return ", ".join(literal(each) for each in field.get("enum", [field.get("const")]))
    words = {
        "boolean": "true, false",
        "string": "text",
        "array": "list of tables" if "$ref" in field.get("items", {}) else "list",
        "object": "table",
        "integer": "whole number",
        "number": "number",
    }[field["type"]]
    low, above, high = (field.get(k) for k in ("minimum", "exclusiveMinimum", "maximum"))
    if low is not None:
        lower = _number(low)
    elif above is not None:
        lower = f"above {_number(above)}"
    else:
        return words
    bounds = f"{lower} or more" if high is None else f"{lower} to {_number(high)}"
    if field["type"] == "array":
        return f"list of whole numbers, {bounds}"
    return f"whole, {bounds}" if field["type"] == "integer" else bounds


def _number(value: float) -> str:
    return f"{value:,.10g}"


def _first_sentence(text: str) -> str:
    paragraph = " ".join(text.split("\n\n")[0].split())
    return re.split(r"(?<=\.) (?=[A-Z])", paragraph, maxsplit=1)[0].replace("``", "`")


def _table(section: Chapter) -> str:
    title = f"`{section.path}`" if section.path else "The scenario"
    presets = ""
    if section.path == "negative":
        named = ", ".join(f"`negative = {literal(name)}`" for name in NEGATIVE_PRESETS)
        presets = f"Presets: {named}.\n\n"
    rows = "".join(_row(each) for each in section.parameters)
    return f"## {title}\n\n{section.text}\n\n{presets}{_COLUMNS}{rows}"


def _row(parameter: Parameter) -> str:
    path = f"`{parameter.path}`" + (" †" if parameter.fixed else "")
    default = parameter.default if parameter.default == NONE else f"`{parameter.default}`"
    cells = (path, default, *parameter[2:])
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    sys.stdout.write(reference())
