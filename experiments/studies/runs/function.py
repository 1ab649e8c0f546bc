"""A function as the model of a study: whatever takes numbers by name and gives numbers back.

Its runs are kept under its identity: a hash of its code, its defaults, what it closes over, and the
constants and functions of its module that it reads. A function that was rewritten, or reads another
constant, or closes over another number, is another function; where it stands, how it is laid out
and what is said of it in comments is not part of it. Where nobody can tell the identity, no folder
keeps its runs.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import inspect
import json
import pickle
import secrets
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from pydantic import BaseModel

from ....sim.errors import InputError, hint
from ..design.part import TAKEN
from .model import Model, RunOutcome, digest_of


class Function(Model):
    """The model of a study over a function.

    Parameters
    ----------
    function
        Takes the axes by name, and ``seed`` if it has such an argument; gives a number, or numbers
        by name. To run in other processes it has to be one that they can import.

    Raises
    ------
    InputError
        If it has arguments that cannot be named.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.name = getattr(function, "__name__", type(function).__name__)
        try:
            arguments = inspect.signature(function).parameters
        except (TypeError, ValueError):
            raise InputError(f"{function!r} tells no arguments; wrap it in a def.") from None
        if nameless := [n for n, each in arguments.items() if each.kind is each.POSITIONAL_ONLY]:
            raise InputError(
                f"{nameless[0]}: {self.name} takes it by its place alone; wrap it in a def that "
                "takes it by name."
            )
        self.names = tuple(arguments)
        self.lucky, self.worldly = "seed" in self.names, False
        self._any = any(each.kind is each.VAR_KEYWORD for each in arguments.values())
        self._asked = tuple(
            name
            for name, each in arguments.items()
            if each.default is each.empty
            and each.kind in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY)
            and name != "seed"
        )

    def identify(self) -> None:
        """InputError if nobody could tell later whether another function is the same."""
        identity_of(self.function)

    @cached_property
    def _identity(self) -> str:
        return identity(self.function)

    def parameters(self, changes: Mapping[str, Any]) -> str:
        """The digest of arguments and function.

        Raises
        ------
        InputError
            If it does not take these.
        """
        for name in changes:
            if not self._any and name not in self.names:
                meant = hint(name, self.names, f"it has {self.names}.")
                raise InputError(f"{name}: {self.name} has no such argument; {meant}")
        missing = [name for name in self._asked if name not in changes]
        if missing:
            raise InputError(f"{missing[0]}: {self.name} asks for it; make it an axis or set it.")
        if "function" in changes:  # the place of its identity in all keys that are kept
            raise InputError(f"function: {self.name} cannot be told from it; call it otherwise.")
        try:
            return digest_of({"function": self._identity, **changes})
        except (TypeError, ValueError):
            name = next(name for name, value in changes.items() if not _plain(value))
            raise InputError(
                f"{name} = {changes[name]!r} cannot be written down; give numbers, words, or lists "
                "and tables of them."
            ) from None

    def run(
        self,
        changes: Mapping[str, Any],
        seed: int,
        world: int,  # noqa: ARG002  a function has no world
        keep: tuple[str, ...] = (),  # noqa: ARG002
    ) -> RunOutcome:
        """Call the function."""
        how = {"seed": seed} if "seed" in self.names and "seed" not in changes else {}
        told = self.function(**changes, **how)
        values = dict(told) if isinstance(told, Mapping) else {"value": told}
        for name in values:
            if name in changes or name in TAKEN:
                raise InputError(
                    f"outcome {name!r} is also the name of another column of the table; call it "
                    "otherwise."
                )
        numbers = {str(name): float(value) for name, value in values.items()}
        return RunOutcome(numbers, digest_of({name: repr(v) for name, v in numbers.items()}))


def _plain(value: Any) -> bool:
    """Whether JSON can say it."""
    try:
        json.dumps(value, sort_keys=True)
    except (TypeError, ValueError):
        return False
    return True


def identity(function: Callable[..., Any]) -> str:
    """What tells a function from any other; from all others, where nobody can tell."""
    try:
        return identity_of(function)
    except InputError:
        return f"unlike any other: {secrets.token_hex(16)}"


def identity_of(function: Callable[..., Any]) -> str:
    """What tells a function from any other, as a hash.

    Functions of the same module that it calls count with their own code; those of other modules
    by their names: they are libraries, whose versions the ledger notes.

    Raises
    ------
    InputError
        If its code is nowhere to be read, or something that it reads cannot be written down.

    Examples
    --------
    >>> def scaled(by):
    ...     return lambda x: by * x
    >>> identity_of(scaled(2)) == identity_of(scaled(2))
    True
    >>> identity_of(scaled(2)) == identity_of(scaled(3))
    False
    """
    return hashlib.sha256("\n".join(_told(function, set())).encode()).hexdigest()


def _told(thing: Any, seen: set[int], home: str | None = None) -> Iterator[str]:
    """Whatever tells one thing from another, line by line; `home`: the module whose code counts."""
    if isinstance(thing, functools.partial):
        yield "partial"
        for part in (thing.func, *thing.args):
            yield from _told(part, seen, home)
        yield from _named(thing.keywords, seen, home)
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
    yield ast.unparse(_syntax(function))
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


def _syntax(function: FunctionType) -> ast.AST:
    """The syntax of a function without what is only said to readers."""
    code = function.__code__
    try:
        lines, _ = inspect.findsource(function)
        nodes = list(ast.walk(ast.parse("".join(lines))))
    except (OSError, TypeError, SyntaxError):
        nodes = []
    if code.co_name == "<lambda>":
        # A line may hold several: this one has its instructions where its body stands.
        places = {(line, column) for line, _, column, _ in code.co_positions()}
        for node in nodes:
            if isinstance(node, ast.Lambda) and (node.body.lineno, node.body.col_offset) in places:
                return node
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == code.co_name:
            first = min(each.lineno for each in (node, *node.decorator_list))
            if first == code.co_firstlineno:
                return _bare(node)
    raise InputError(
        f"the code of {function.__name__} is nowhere to be read, so that nobody can tell later "
        "whether its runs are there already; define it in a file, or leave out the folder."
    )


def _bare(tree: ast.AST) -> ast.AST:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body = body[1:] if body else node.body
    return tree


def _state(thing: Any, seen: set[int], home: str | None) -> Iterator[str]:
    """An object whose method is called: its class, and what it holds."""
    yield f"{type(thing).__module__}.{type(thing).__qualname__}"
    if id(thing) not in seen:
        seen.add(id(thing))
        yield from _named(getattr(thing, "__dict__", {}), seen, home)


def _named(values: Mapping[str, Any], seen: set[int], home: str | None) -> Iterator[str]:
    for name, value in sorted(values.items()):
        yield name
        yield from _told(value, seen, home)


def _value(value: Any) -> Iterator[str]:
    if isinstance(value, ModuleType | type):
        yield value.__name__
    elif isinstance(value, BaseModel):  # such as a scenario
        yield type(value).__name__
        yield from _value(value.model_dump())
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
        except Exception as problem:  # noqa: BLE001  whatever it raises, it is not written down
            raise InputError(
                f"a {type(value).__name__} that the function reads cannot be told from another one "
                f"({' '.join(str(problem).split())}); make it within the function, or leave out "
                "the folder."
            ) from None
