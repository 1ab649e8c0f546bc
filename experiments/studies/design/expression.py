"""What follows from other axes by arithmetic: derived axes, and constraints on points."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from ....sim.errors import InputError

_ALLOWED: Final = "+ - * /, numbers, brackets and the names of axes"
_BINARY: Final[dict[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARED: Final[dict[type[ast.cmpop], Callable[[Any, Any], bool]]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


@lru_cache(maxsize=256)
def parsed(text: str, *, holds: bool = False) -> ast.expr:
    """The syntax of an expression, in which nothing but arithmetic stands.

    Parameters
    ----------
    holds
        Whether it is a comparison, as a constraint is.

    Raises
    ------
    InputError
        Naming what else stands in it.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise InputError(f"{text!r} cannot be read; it takes {_ALLOWED}.") from None
    if holds != isinstance(tree, ast.Compare):
        if holds:
            raise InputError(f"constraint = {text!r} compares nothing; say such as 'x + y <= 10'.")
        raise InputError(f"{text!r} is a comparison, which is no value; it takes {_ALLOWED}.")
    for part in [tree.left, *tree.comparators] if isinstance(tree, ast.Compare) else [tree]:
        _refuse_other(part, text)
    return tree


def names(text: str, *, holds: bool = False) -> tuple[str, ...]:
    """The names that an expression reads, in order.

    Examples
    --------
    >>> names("budget - 2 * effort.selling")
    ('budget', 'effort.selling')
    """
    found: dict[str, None] = {}
    _collect(parsed(text, holds=holds), found)
    return tuple(found)


def value_of(text: str, values: Mapping[str, Any]) -> float:
    """What an expression comes to, without what rounding leaves of .3 - .1.

    Raises
    ------
    InputError
        If a value is no number, or it divides by 0.

    Examples
    --------
    >>> value_of("budget - x", {"budget": 0.3, "x": 0.1})
    0.2
    """
    try:
        found = _worked_out(parsed(text), values, text)
    except (ZeroDivisionError, OverflowError) as problem:
        raise InputError(f"{text!r} has no value here ({problem}).") from None
    return found if isinstance(found, int) else float(f"{found:.12g}")


def holds(text: str, values: Mapping[str, Any]) -> bool:
    """Whether a constraint holds, with a word of an axis or a number to either side.

    Examples
    --------
    >>> holds("0 <= x - y < 2", {"x": 3, "y": 2}), holds("x != y", {"x": 1, "y": 1.0})
    (True, False)
    """
    tree: Any = parsed(text, holds=True)
    try:
        sides = [_worked_out(each, values, text) for each in (tree.left, *tree.comparators)]
    except (ZeroDivisionError, OverflowError):
        return False
    # To as many digits as tables have: .1 + .2 <= .3 is meant to hold.
    sides = [each if isinstance(each, int) else float(f"{each:.12g}") for each in sides]
    return all(
        _COMPARED[type(how)](one, other)
        for how, one, other in zip(tree.ops, sides, sides[1:], strict=False)
    )


def _refuse_other(tree: ast.expr, text: str) -> None:
    match tree:
        case ast.Constant(value=bool() | complex()):
            pass
        case ast.Constant(value=int() | float()) | ast.Name():
            return None
        case ast.Attribute(value=ast.Name() | ast.Attribute() as inner):
            return _refuse_other(inner, text)
        case ast.BinOp(left=left, op=how, right=right) if type(how) in _BINARY:
            _refuse_other(left, text)
            return _refuse_other(right, text)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=inner):
            return _refuse_other(inner, text)
    raise InputError(f"{text!r}: {ast.unparse(tree)!r} is not allowed in it; it takes {_ALLOWED}.")


def _collect(tree: ast.AST, found: dict[str, None]) -> None:
    if isinstance(tree, ast.Name | ast.Attribute):
        found[ast.unparse(tree)] = None
        return
    for inner in ast.iter_child_nodes(tree):
        _collect(inner, found)


def _worked_out(tree: ast.expr, values: Mapping[str, Any], text: str) -> Any:
    match tree:
        case ast.Constant():
            return tree.value
        case ast.BinOp():
            left, right = (_worked_out(each, values, text) for each in (tree.left, tree.right))
            return _BINARY[type(tree.op)](left, right)
        case ast.UnaryOp():
            inner = _worked_out(tree.operand, values, text)
            return -inner if isinstance(tree.op, ast.USub) else inner
    name = ast.unparse(tree)
    value = values[name]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"{text!r}: {name} = {value!r} is no number.")
    return value
