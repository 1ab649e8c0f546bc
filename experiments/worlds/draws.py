"""What is not known of a scenario, as draws: a world has one, and what is changed comes on top.

A draw yields to what a variant changes, and to nothing else. What a variant *does* to a parameter,
such as raising odds by a tenth, it does to the value of the draw; what it *sets*, it sets in every
draw; and of a scenario that is given as a whole it is what differs from the base that counts.
"""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from numbers import Real
from typing import Any, Final

from ...sim.errors import InputError
from ...sim.parameters import Scenario
from ...sim.parameters.paths import flat
from .variant import Changes, Variant, meet, upon, value_at

# Scenarios of draws that are kept at a time: those of the worlds that come again and again.
_KEPT: Final = 256
# Parameters that a sentence names.
_NAMED: Final = 12


class Uncertain(ABC):
    """Something that stands for many scenarios, such as a fit."""

    @abstractmethod
    def drawn(self) -> Draws:
        """The scenarios that it stands for."""


@dataclass(frozen=True)
class Draws:
    """A scenario of which something is not known, and draws of that.

    World r has draw ``r mod len(changes)``: with many worlds a draw comes again, with other luck.

    Attributes
    ----------
    base
        What an answer is said to be about: a scenario in the middle of the draws.
    changes
        What each draw changes in it, by dotted path.
    before
        The scenario before anything was learned of it; the base if None.
    source
        What the draws were learned from: the name of a file.
    open
        What that left open, a sentence each.
    doubt
        What of it no draw agrees with, in a sentence; empty where all do.
    folder
        Where they are kept, as it was typed.
    since
        What was set since, by dotted path.
    given
        Parameters that were set since, and so have no draws any more.

    Raises
    ------
    InputError
        If there is no draw.

    Examples
    --------
    >>> from wordofmouth.experiments.worlds.variant import changed
    >>> from wordofmouth.sim.parameters import Scenario
    >>> shop = Scenario(horizon=3)
    >>> draws = Draws(shop, ({"transact.convert": 0.2}, {"transact.convert": 0.8}))
    >>> [draws.at(world).transact.convert for world in range(3)]
    [0.2, 0.8, 0.2]
    >>> dear = changed(shop, {"transact.price": 90.0})
    >>> [draws.of(1, dear).transact.convert, draws.of(1, dear).transact.price]
    [0.8, 90.0]
    """

    base: Scenario
    changes: tuple[Changes, ...]
    before: Scenario | None = None
    source: str = ""
    open: tuple[str, ...] = ()
    doubt: str = ""
    folder: str = ""
    since: Changes = field(default_factory=dict)
    given: tuple[str, ...] = ()
    _made: dict[int, Scenario] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.changes:
            raise InputError("there is no draw; give one mapping of changes at least.")

    def __getstate__(self) -> dict[str, Any]:
        # Scenarios are made again in other processes: there may be thousands.
        return {**self.__dict__, "_made": {}}

    def __len__(self) -> int:
        return len(self.changes)

    @property
    def paths(self) -> tuple[str, ...]:
        """The parameters that differ from draw to draw."""
        return tuple(dict.fromkeys(path for each in self.changes for path in each))

    @property
    def digest(self) -> str:
        """A hash over all draws: of the numbers, and of their order."""
        each = [self.numbered(place) for place in range(len(self))]
        text = json.dumps(each, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def numbered(self, world: int) -> dict[str, Any]:
        """The draw of a world with all numbers of one type: a column of a file has but one."""
        return {
            path: value if isinstance(value, bool) or not isinstance(value, Real) else float(value)
            for path, value in self.draw(world).items()
        }

    @property
    def of_what(self) -> str:
        """Whose draws they are, in words."""
        return f"the fit of {self.source}" if self.source else "what is not known"

    def told(self, worlds: int) -> str:
        """What so many worlds have of them, in a sentence."""
        many, paths = len(self.changes), self.paths
        if not paths:
            return f"All that {self.of_what} left open was set since: worlds differ in luck alone."
        more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
        has = "another" if many >= worlds > 1 else "one"
        whose = f"{many:,} draw{'s' * (many != 1)} of {self.of_what}"
        each = "The one world" if worlds == 1 else f"Each of {worlds:,} worlds"
        return f"{each} has {has} of {whose}, which differ in {', '.join(paths[:_NAMED])}{more}."

    def draw(self, world: int) -> Changes:
        """What the draw of a world changes."""
        return self.changes[world % len(self.changes)]

    def beside(self, changes: Changes, world: int) -> Changes:
        """Changes of the base and, beside them, those of the draw of a world that they leave."""
        mine = flat(changes)
        own = {
            path: value
            for path, value in self.draw(world).items()
            if not any(meet(path, other) for other in mine)
        }
        return {**own, **changes}

    def at(self, world: int) -> Scenario:
        """The scenario of a world, before anything is changed in it.

        Raises
        ------
        InputError
            If its draw is not allowed, with the number of the draw.
        """
        place = world % len(self.changes)
        found = self._made.get(place)
        if found is None:
            if len(self._made) >= _KEPT:
                self._made.clear()
            found = self._made[place] = self._of(place)
        return found

    def check(self) -> None:
        """InputError if one of the draws is not allowed, with its number."""
        for place in range(len(self.changes)):
            self._of(place)

    def _of(self, place: int) -> Scenario:
        try:
            return self.base.replace(self.changes[place])
        except InputError as problem:
            lines = str(problem).splitlines()
            raise InputError("\n".join(f"draws[{place}]: {line}" for line in lines)) from None

    def of(self, world: int, asked: Scenario | Variant) -> Scenario:
        """What is asked for, in a world.

        Parameters
        ----------
        world
            The number of the world.
        asked
            A variant, which is made of the draw; or a scenario as a whole, of which that counts in
            which it differs from the base.
        """
        drawn = self.at(world)
        if isinstance(asked, Variant):
            return asked.make(drawn)
        if asked is self.base or asked == self.base:
            return drawn
        own, given, there = (each.to_dict() for each in (self.base, asked, drawn))
        return Scenario(**upon(own, given, there))

    def under(self, changes: Changes) -> Draws:
        """The same with something set in the base and in every draw, which yields to it."""
        if not changes:
            return self
        base = self.base.replace(changes)
        gone = [path for path in self.paths if any(meet(path, own) for own in flat(changes))]
        left = tuple(
            {path: value for path, value in each.items() if path not in gone}
            for each in self.changes
        )
        since = {**self.since, **changes}
        given = (*self.given, *gone)
        return replace(self, base=base, changes=left, since=since, given=given, _made={})

    def taken(self, scenario: Scenario) -> Scenario:
        """A scenario beside these draws: parameters as they were before are not its own.

        Who fits a file and then changes something else in that file means the change, and not the
        values from before that still stand in it: these become those of the base.
        """
        if self.before is None:
            return scenario
        mine, theirs, was = (each.to_dict() for each in (self.base, scenario, self.before))
        same = {
            path: value_at(mine, path)
            for path in self.paths
            if value_at(theirs, path) == value_at(was, path) != value_at(mine, path)
        }
        return scenario.replace(same) if same else scenario

    def own(self, scenario: Scenario) -> tuple[str, ...]:
        """The parameters with draws that a scenario sets itself: no draw reaches them there."""
        mine, theirs = self.base.to_dict(), scenario.to_dict()
        return tuple(path for path in self.paths if value_at(mine, path) != value_at(theirs, path))
