"""What somebody wrote as an axis of a study: utilities of sharing, classes of people and brands."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from ....sim.errors import InputError
from .function import identity_of

if TYPE_CHECKING:
    from ....sim.campaign import Campaign
    from ....sim.network import Network
    from ....sim.parameters import Scenario

# What can be written, and what it is called in a figure.
KINDS: Final = {
    "utility": "Utility of sharing",
    "brand": "Class of brands",
    "stranger": "Class of strangers",
    "fan": "Class of fans",
    "advocate": "Class of advocates",
    "outlet": "Class of outlets",
}

# By kind, what there is by name; None is what is built in.
Named = Mapping[str, Mapping[str, Any]]


def apart(axes: Any) -> tuple[Any, dict[str, dict[str, Any]]]:
    """Axes as a file would say them, and what their names stand for.

    Raises
    ------
    InputError
        If such an axis is no table of names, or what a name stands for is nothing to call.

    Examples
    --------
    >>> axes, named = apart({"utility": {"usual": None, "none": lambda reasons: -9.0}})
    >>> axes, list(named["utility"])
    ({'utility': ['usual', 'none']}, ['usual', 'none'])
    """
    if not isinstance(axes, Mapping):
        return axes, {}
    plain, named = dict(axes), {}
    for kind in KINDS.keys() & axes.keys():
        given = axes[kind]
        what = "functions" if kind == "utility" else "classes"
        if not isinstance(given, Mapping) or not given:
            raise InputError(
                f"axes: {kind} = {given!r} is not allowed; give {what} by name, and None for what "
                f"is built in, such as {{'usual': None, 'mine': ...}}."
            )
        for name, each in given.items():
            if each is not None and not callable(each):
                raise InputError(
                    f"axes: {kind}: {name} = {each!r} is not allowed; give one of your {what}, or "
                    "None for what is built in."
                )
        plain[kind] = [str(name) for name in given]
        named[kind] = {str(name): each for name, each in given.items()}
    return plain, named


class Own:
    """What the names of such axes stand for.

    Parameters
    ----------
    named
        By kind and name.
    """

    def __init__(self, named: Named) -> None:
        self.named = {kind: dict(each) for kind, each in named.items()}
        self._known: dict[int, str] = {}
        kinds = [kind for kind in self.named if kind != "utility"]
        if kinds:
            from .... import agents
            from ....agents.subclasses import check_kind

            for kind in kinds:
                ours = getattr(agents, kind.capitalize())
                for each in self.named[kind].values():
                    if each is not None:
                        check_kind(each, ours, "kernels")

    def rest(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """What a point changes in the scenario itself."""
        return {path: value for path, value in changes.items() if path not in KINDS}

    def chosen(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """What a point chooses by kind, without what is built in.

        Raises
        ------
        InputError
            If nobody said what a name stands for, as in a study that was read from a file.
        """
        found = {}
        for kind in KINDS.keys() & changes.keys():
            name = changes[kind]
            if name not in self.named.get(kind, {}):
                raise InputError(
                    f"{kind} = {name!r} is something of your own, which no file holds; call "
                    f"wom.sweep with axes = {{{kind!r}: {{{name!r}: ...}}}} of it."
                )
            found[kind] = self.named[kind][name]
        return {kind: each for kind, each in sorted(found.items()) if each is not None}

    def identities(self, changes: Mapping[str, Any]) -> dict[str, str]:
        """What tells from any other what a point chooses; from all others, where nobody can."""
        for thing in self.chosen(changes).values():
            if id(thing) not in self._known:
                try:
                    self._known[id(thing)] = _identity(thing)
                except InputError:
                    self._known[id(thing)] = f"unlike any other: {secrets.token_hex(16)}"
        return {kind: self._known[id(each)] for kind, each in self.chosen(changes).items()}

    def identify(self) -> None:
        """InputError if nobody could tell later whether something else is the same."""
        for each in self.named.values():
            for thing in each.values():
                if thing is not None:
                    _identity(thing)


def refuse_idle(scenario: Scenario, chosen: Mapping[str, Any]) -> None:
    """InputError if a utility goes with a rule of sharing that asks none."""
    if "utility" in chosen and scenario.share.rule != "logit":
        raise InputError(
            f"share.rule = {scenario.share.rule!r} asks no utility; leave the utility out, or set "
            "share.rule = 'logit'."
        )


def campaign(
    scenario: Scenario, network: Network, seed: int, world: int, chosen: Mapping[str, Any]
) -> Campaign:
    """The campaign of a point, at its end, by what it chooses."""
    from ....sim.campaign import Campaign

    if set(chosen) <= {"utility"}:
        made = Campaign(scenario, network=network, seed=seed, world=world, **chosen)
        made.finish()
        return made
    from ....agents import CampaignModel

    model = CampaignModel(scenario, network=network, rng=seed, world=world, **chosen)
    while model.running:
        model.step()
    return model.campaign


def _identity(thing: Any) -> str:
    """What tells a function from any other, or a class with all that it does itself."""
    if not isinstance(thing, type):
        return identity_of(thing)
    house = __name__.partition(".")[0]
    told = []
    for kind in thing.__mro__:
        told.append(f"{kind.__module__}.{kind.__qualname__}")
        if kind.__module__.partition(".")[0] in (house, "mesa", "builtins"):
            continue
        for name, value in sorted(vars(kind).items()):
            if not name.startswith("__") or callable(value):
                asked = getattr(value, "fget", None) or getattr(value, "__func__", value)
                told.append(f"{name}: {identity_of(asked)}")
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
