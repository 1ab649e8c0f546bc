"""TOML by hand: values as typed on the command line, and scenarios written back to files."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final

from ..sim.border import border, brief
from ..sim.errors import InputError

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_WHOLE: Final = re.compile(r"([+-]?\d+)e\+?(\d{1,2})")
_POINTED: Final = re.compile(r"[+-]?(\.\d+|\d+\.)([eE][+-]?\d+)?")
# Tables in one another, far more than a scenario or a study has.
_DEEPEST: Final = 64
# The parser takes time with the square of the dots in a name.
_MANY_DOTS: Final = re.compile(
    r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){64}"""
)
_BITS: Final = 4096


def setting(text: str) -> tuple[str, Any]:
    """The dotted path and the value of ``key=value``.

    Raises
    ------
    InputError
        If there is no ``=`` or nothing before it.

    Examples
    --------
    >>> setting("share.base.fan=0.02")
    ('share.base.fan', 0.02)
    >>> setting("content=funny_video")
    ('content', 'funny_video')
    """
    path, equals, value = text.partition("=")
    if not equals or not path.strip():
        raise InputError(
            f"--set {text!r} is not allowed; give key=value, such as share.base.fan=0.02."
        )
    return path.strip(), value_of(value.strip())


def value_of(text: str) -> Any:
    """The TOML value that `text` is, else `text` itself: quotes are for files.

    ``1e6`` is a whole number here, as people mean it: TOML would make it 1000000.0, which no
    number of people can be.

    Raises
    ------
    InputError
        If it has digits or brackets without end.

    Examples
    --------
    >>> value_of('["a", "b"]'), value_of("true"), value_of("1e6"), value_of(".5"), value_of("a, b")
    (['a', 'b'], True, 1000000, 0.5, 'a, b')
    """
    with border(f"the value {brief(text)!r}", remedy="give a shorter one"):
        whole = _WHOLE.fullmatch(text)
        if whole is not None:
            return int(whole[1]) * 10 ** int(whole[2])
        try:
            table = parsed(f"value = {text}")
        except tomllib.TOMLDecodeError:
            # TOML wants a digit on either side of the point; people leave one out.
            return float(text) if _POINTED.fullmatch(text) else text
    alone = set(table) == {"value"} and not isinstance(table["value"], (date, time))
    return table["value"] if alone else text


def parsed(text: str) -> dict[str, Any]:
    """The tables of a text in TOML: nowhere else is the parser called, and always in a `border`.

    Raises
    ------
    TOMLDecodeError
        As the parser.
    ValueError, RecursionError
        Of numbers or nesting without end, which the parser takes minutes for, or which nothing
        could write down again.
    """
    if _MANY_DOTS.search(text):
        raise RecursionError
    tables = tomllib.loads(text)
    waiting: list[tuple[Any, int]] = [(tables, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > _DEEPEST:
            raise RecursionError
        if isinstance(value, int) and value.bit_length() > _BITS:
            raise ValueError("a number of thousands of digits")
        if isinstance(value, (dict, list)):
            inner = value.values() if isinstance(value, dict) else value
            waiting += [(each, depth + 1) for each in inner]
    return tables


def literal(value: Any) -> str:
    """A plain value as TOML writes it.

    Examples
    --------
    >>> literal([{"type": "post", "tick": 3}])
    '[{type = "post", tick = 3}]'
    """
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case Mapping():
            pairs = (f"{_key(name)} = {literal(inner)}" for name, inner in value.items())
            return "{" + ", ".join(pairs) + "}"
        case list() | tuple():
            return "[" + ", ".join(literal(inner) for inner in value) + "]"
        case _:
            raise TypeError(f"TOML has no form for {value!r}")


def document(tables: Mapping[str, Any], before: str = "") -> str:
    """Nested tables as the text of a TOML file; `before` is the path of `tables` in it.

    Examples
    --------
    >>> print(document({"horizon": 3, "share": {"base": {"fan": 0.5}}}), end="")
    horizon = 3
    <BLANKLINE>
    [share.base]
    fan = 0.5
    """
    inner = {name: value for name, value in tables.items() if isinstance(value, Mapping)}
    plain = [
        f"{_key(name)} = {literal(value)}\n" for name, value in tables.items() if name not in inner
    ]
    header = f"\n[{before}]\n" if before and (plain or not inner) else ""
    rest = (
        document(value, f"{before}.{_key(name)}" if before else _key(name))
        for name, value in inner.items()
    )
    return header + "".join(plain) + "".join(rest)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else literal(name)
