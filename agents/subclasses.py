"""What a class of one's own may be derived from, and what it may override.

Where the kernels decide, a class may override its verbs (`Person.VERBS`, `Brand.VERBS`), which are
then asked for. Anything else that it overrides the kernels would pass over in silence: such a
class is refused there, and welcome where agents decide.
"""

from __future__ import annotations

from typing import Any, Final

import mesa

from ..sim.errors import InputError, nearest
from ..sim.world import ADVOCATE, FAN, STRANGER
from .advocate import Advocate
from .fan import Fan
from .person import Person
from .stranger import Stranger

# So much of its letters a method has in common with a verb that it is taken for one.
_NEARLY: Final = 0.8
ROLE_KINDS: dict[int, type[Person]] = {STRANGER: Stranger, FAN: Fan, ADVOCATE: Advocate}


def overridden(kind: type[Any], ours: type[Any]) -> set[str]:
    """The verbs that a class does not have from ours."""
    return {verb for verb in ours.VERBS if getattr(kind, verb) is not getattr(ours, verb)}


def check_kind(kind: object, ours: type[Any], by: str) -> None:
    """InputError if a class is not derived from ours, or overrides what nobody would ask for."""
    if not (isinstance(kind, type) and issubclass(kind, ours)):
        raise InputError(
            f"{ours.__name__.lower()} = {kind!r} is not allowed; "
            f"give a class derived from {ours.__name__}."
        )
    _refuse_misspelt(kind, ours)
    if by == "agents":
        return
    above = ours.__mro__[: ours.__mro__.index(mesa.Agent)]
    names = {name for each in above for name in vars(each) if not name.startswith("_")}
    for name in sorted(names - set(ours.VERBS)):
        if getattr(kind, name) is not getattr(ours, name):
            instead = f"override {', '.join(ours.VERBS)} instead, or " if ours.VERBS else ""
            raise InputError(
                f"{kind.__name__}.{name} is overridden, which the kernels would not see; "
                f"{instead}give by='agents'."
            )


def _refuse_misspelt(kind: type[Any], ours: type[Any]) -> None:
    """Refuse a method that is called nearly as a verb, and would never be asked."""
    known = set(dir(ours))
    own = {name for each in kind.__mro__ if each not in ours.__mro__ for name in vars(each)}
    for name in sorted(own - known):
        meant = nearest(name, ours.VERBS, _NEARLY)
        if meant and not name.startswith("_") and callable(getattr(kind, name)):
            raise InputError(
                f"{kind.__name__}.{name}: nobody asks for it; did you mean {meant!r}? Otherwise "
                f"call it {name!r} with an underscore in front."
            )
