"""A function as the model of a study: whatever takes numbers by name and gives numbers back."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from ....sim.errors import InputError
from ..design.design import TAKEN
from .key import digest_of
from .model import Outcome
from .source import source_of


class Function:
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
        try:
            arguments = inspect.signature(function).parameters
        except (TypeError, ValueError):
            raise InputError(f"{function!r} tells no arguments; wrap it in a def.") from None
        self.names = tuple(arguments)
        self._any = any(each.kind is each.VAR_KEYWORD for each in arguments.values())
        self._asked = tuple(
            name
            for name, each in arguments.items()
            if each.default is each.empty
            and each.kind in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY)
            and name != "seed"
        )

    @property
    def name(self) -> str:
        """The function's."""
        return getattr(self.function, "__name__", type(self.function).__name__)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Nobody knows before it ran."""
        return ()

    def known(self, name: str) -> str:
        """The name itself."""
        return name

    def label(self, name: str) -> str:
        """The name itself."""
        return name

    def parameters(self, changes: Mapping[str, Any]) -> str:
        """The digest of arguments and function, as `source_of` tells it.

        Raises
        ------
        InputError
            If it does not take these.
        """
        for name in changes:
            if not self._any and name not in self.names:
                close = get_close_matches(name, self.names, n=1)
                hint = f"did you mean {close[0]!r}?" if close else f"it has {self.names}."
                raise InputError(f"{name}: {self.name} has no such argument; {hint}")
        missing = [name for name in self._asked if name not in changes]
        if missing:
            raise InputError(f"{missing[0]}: {self.name} asks for it; make it an axis or set it.")
        return digest_of({"function": self._source, **changes})

    @cached_property
    def _source(self) -> str:
        return source_of(self.function)

    def network(self, changes: Mapping[str, Any]) -> str:  # noqa: ARG002  there is none
        """There is none."""
        return ""

    def value(self, name: str) -> Any:  # noqa: ARG002
        """What it would take by itself is its own affair."""
        return None

    def need(self, changes: Mapping[str, Any]) -> tuple[int, float]:  # noqa: ARG002
        """Nobody can say."""
        return 0, 0.0

    def run(
        self,
        changes: Mapping[str, Any],
        seed: int,
        world: int,  # noqa: ARG002  a function has no world
        keep: tuple[str, ...] = (),  # noqa: ARG002
    ) -> Outcome:
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
        return Outcome(numbers, digest_of({name: repr(v) for name, v in numbers.items()}))
