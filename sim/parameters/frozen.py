"""What does not change after birth says so, and what to do instead."""

from __future__ import annotations

from typing import Any, Final, NoReturn, TypeVar

from ..errors import InputError

Item = TypeVar("Item")

_INSTEAD: Final = "use scenario.replace({path: value}), which gives a changed copy, checked again."


def refuse_change(name: str) -> NoReturn:
    """InputError: what was set in place is frozen."""
    raise InputError(f"{name}: a scenario does not change in place; {_INSTEAD}")


class FrozenTable(dict[str, Item]):
    """A table by names that cannot be changed: a dict in everything else.

    Examples
    --------
    >>> FrozenTable({"feed": 1})["feed"] = 2
    Traceback (most recent call last):
    wordofmouth.sim.errors.InputError: feed: a scenario does not change in place; ...
    """

    def __setitem__(self, name: str, value: Item) -> None:
        refuse_change(name)

    def __delitem__(self, name: str) -> None:
        refuse_change(name)

    def clear(self) -> None:
        """Refused."""
        refuse_change("clear")

    def pop(self, name: str, *_: Any) -> NoReturn:
        """Refused."""
        refuse_change(name)

    def popitem(self) -> NoReturn:
        """Refused."""
        refuse_change("popitem")

    def setdefault(self, name: str, *_: Any) -> NoReturn:
        """Refused."""
        refuse_change(name)

    def update(self, *_: Any, **__: Any) -> None:
        """Refused."""
        refuse_change("update")

    def __ior__(self, _: Any) -> NoReturn:  # type: ignore[misc]
        """Refused."""
        refuse_change("|=")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)
