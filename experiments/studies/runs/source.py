"""What a function is, as text: its code, and what that code reads beside its arguments.

A function that was rewritten, or reads another constant, or closes over another number, is
another function; where it stands, how it is laid out and what is said of it in comments is not
part of it.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import inspect
import pickle
import textwrap
from collections.abc import Callable, Iterator, Mapping
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any


def source_of(function: Callable[..., Any]) -> str:
    """A hash of a function with its defaults, what it closes over, and what it reads globally.

    Functions of the same module that it calls count with their own text; those of other modules
    by their names: they are libraries, whose versions the ledger notes.

    Examples
    --------
    >>> def scaled(by):
    ...     return lambda x: by * x
    >>> source_of(scaled(2)) == source_of(scaled(2)), source_of(scaled(2)) == source_of(scaled(3))
    (True, False)
    """
    return hashlib.sha256("\n".join(_told(function, set())).encode()).hexdigest()


def _told(thing: Any, seen: set[int], home: str | None = None) -> Iterator[str]:
    """Whatever tells one thing from another, line by line; `home`: the module whose code counts."""
    if isinstance(thing, functools.partial):
        yield "partial"
        for part in (thing.func, *thing.args):
            yield from _told(part, seen, home)
        for name, value in sorted(thing.keywords.items()):
            yield name
            yield from _told(value, seen, home)
    elif isinstance(thing, MethodType):
        yield from _told(thing.__func__, seen, home)
        yield from _state(thing.__self__, seen, home)
    elif isinstance(thing, FunctionType):
        if id(thing) in seen:
            return
        seen.add(id(thing))
        yield f"{thing.__module__}.{thing.__name__}"
        if home is None or thing.__module__ == home:
            yield from _function(thing, seen)
    elif hasattr(thing, "__wrapped__"):  # a decorator's, or a compiler's
        yield from _told(thing.__wrapped__, seen, home)
    elif hasattr(thing, "py_func"):
        yield from _told(thing.py_func, seen, home)
    elif callable(thing) and not isinstance(thing, type) and hasattr(thing, "__dict__"):
        yield from _told(type(thing).__call__, seen, home)
        yield from _state(thing, seen, home)
    else:
        yield from _value(thing)


def _function(function: FunctionType, seen: set[int]) -> Iterator[str]:
    code, home = function.__code__, function.__module__
    yield _text(function)
    beside: dict[str, Any] = dict(enumerate(function.__defaults__ or ()))  # type: ignore[arg-type]
    beside |= function.__kwdefaults__ or {}
    for name, cell in zip(code.co_freevars, function.__closure__ or (), strict=True):
        try:
            beside[name] = cell.cell_contents
        except ValueError:  # it is not there yet
            continue
    for name in sorted(_names(code)):
        if name in function.__globals__:
            beside[name] = function.__globals__[name]
    for name, value in beside.items():
        yield str(name)
        yield from _told(value, seen, home)


def _names(code: CodeType) -> set[str]:
    """The names that code reads from its module, or of attributes, and that inside of it does."""
    inner = (each for each in code.co_consts if isinstance(each, CodeType))
    return set(code.co_names).union(*map(_names, inner))


def _text(function: FunctionType) -> str:
    """The code as its syntax says it; where nobody kept the text, as the interpreter reads it."""
    code = function.__code__
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return _compiled(code)
    if function.__name__ != "<lambda>":
        return ast.unparse(_bare(tree))
    lambdas = [node for node in ast.walk(tree) if isinstance(node, ast.Lambda)]
    # A line may hold several, in a call that says much that is none of theirs.
    same = [node for node in lambdas if _compiled(_alone(node)) == _compiled(code)]
    return ast.unparse(same[0]) if same else _compiled(code)


def _bare(tree: ast.AST) -> ast.AST:
    """A tree without what is only said to readers."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body = body[1:] if body else node.body
    return tree


def _alone(node: ast.Lambda) -> CodeType:
    module = compile(ast.Expression(node), "<lambda>", "eval")
    return next(each for each in module.co_consts if isinstance(each, CodeType))


def _compiled(code: CodeType) -> str:
    consts = [
        _compiled(each) if isinstance(each, CodeType) else "\n".join(_value(each))
        for each in code.co_consts
    ]
    return f"{code.co_code.hex()} {consts} {code.co_names} {code.co_varnames}"


def _state(thing: Any, seen: set[int], home: str | None) -> Iterator[str]:
    """An object whose method is called: its class, and what it holds."""
    yield f"{type(thing).__module__}.{type(thing).__qualname__}"
    if id(thing) in seen:
        return
    seen.add(id(thing))
    for name, value in sorted(getattr(thing, "__dict__", {}).items()):
        yield name
        yield from _told(value, seen, home)


def _value(value: Any) -> Iterator[str]:
    if isinstance(value, ModuleType | type):
        yield value.__name__
    elif value is None or isinstance(value, bool | int | float | complex | str | bytes):
        yield repr(value)
    elif isinstance(value, Mapping):
        yield "{"
        for key, inner in value.items():
            yield repr(key)
            yield from _value(inner)
    elif isinstance(value, set | frozenset):
        yield from _value(sorted(value, key=repr))
    elif isinstance(value, list | tuple):
        yield "["
        for inner in value:
            yield from _value(inner)
    else:
        try:
            yield hashlib.sha256(pickle.dumps(value, protocol=5)).hexdigest()
        except Exception:  # noqa: BLE001  what cannot be written down is what it is called
            yield type(value).__qualname__
