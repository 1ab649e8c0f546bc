"""What is to be run, from what was typed: a scenario, its settings, its network, its seeds."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...scenarios.loader import load
from ...scenarios.toml import setting
from ...sim.errors import InputError
from ...sim.parameters import Scenario

if TYPE_CHECKING:
    from ...sim.network import Network


@dataclass(frozen=True)
class Choice:
    """A scenario as somebody typed it, and everything that the result depends on.

    The fields are the arguments of ``wom run``.
    """

    name: str
    settings: Sequence[str] = ()
    network: str | None = None
    directed: bool | None = None
    arrow: str | None = None
    seed: int = 0
    world: int | None = None
    seeds: str | None = None

    def scenario(self) -> Scenario:
        """The scenario with all that was typed changed in it.

        Raises
        ------
        InputError
            As `load` and `Scenario.replace`; or if the file of the network is described and
            there is none.
        """
        changes: dict[str, Any] = dict(setting(text) for text in self.settings)
        about = {"directed": self.directed, "arrow": self.arrow}
        typed = {key: value for key, value in about.items() if value is not None}
        changes |= {f"network.{key}": value for key, value in typed.items()}
        if self.network is not None:
            changes["network.file"] = str(Path(self.network).absolute())
        scenario = load(self.name)
        if changes:
            scenario = scenario.replace(changes)
        if typed and scenario.network.file is None:
            raise InputError(
                f"--{next(iter(typed))} says how a network file is read; give --network FILE too."
            )
        return scenario

    def command(
        self, verb: str = "run", names: Sequence[str] = (), more: Mapping[str, Any] | None = None
    ) -> str:
        """What to type for the same result.

        Parameters
        ----------
        verb
            The command.
        names
            What stands first, if it is not the name of the scenario alone.
        more
            Further options by their names; what is None was not given, a list is repeated, and
            true or false is a switch.

        Examples
        --------
        >>> Choice("reunion").command("diagnose", more={"step": 1.2, "width": None, "plain": True})
        'wom diagnose reunion --seed 0 --step 1.2 --plain'
        """
        words = ["wom", verb, *(names or (self.name,))]
        for text in self.settings:
            words += ["--set", text]
        if self.directed is not None:
            words.append("--directed" if self.directed else "--undirected")
        for option in ("network", "arrow", "seed", "world", "seeds"):
            value = getattr(self, option)
            if value is not None:
                words += [f"--{option}", str(value)]
        for name, value in (more or {}).items():
            option = f"--{name.replace('_', '-')}"
            if isinstance(value, bool):
                words.append(option if value else f"--no-{option[2:]}")
                continue
            several = value if isinstance(value, (list, tuple)) else [value]
            words += [word for each in several if each is not None for word in (option, str(each))]
        return shlex.join(words)


def people_of(text: str, network: Network | None) -> list[int] | list[str]:
    """The ids in a list such as ``12,7``: texts if the network's ids are texts, else numbers.

    Raises
    ------
    InputError
        If the list is empty or an id is not of the network's kind.
    """
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        raise InputError(f"--seeds {text!r} is not allowed; give ids such as 12,7.")
    if network is not None and network.ids is not None and network.ids.dtype.kind == "U":
        return names
    for name in names:
        if not name.removeprefix("-").isdecimal():
            raise InputError(
                f"--seeds {text!r} names {name!r}, but the ids of this network are whole numbers; "
                "give ids such as 12,7."
            )
    return [int(name) for name in names]
