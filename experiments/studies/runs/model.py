"""What a study needs of a model: that a point of parameters and a seed come to some numbers.

A run's key is a hash of what its outcome depends on, and nothing else. Two runs of one key have one
outcome, so that the second is never made: whatever study, order, machine or number of workers it
would belong to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from ...worlds.draws import Draws

# The declared version of the model: raised when the same parameters and seed come to another
# outcome. tests/experiments/studies/test_key.py fails when it has to be.
MODEL: Final = 2


class RunOutcome(NamedTuple):
    """What a run came to.

    Attributes
    ----------
    values
        Numbers by name; nan where one is not defined.
    digest
        A hash over everything that was decided.
    network
        The digest of the network, where there is one.
    tables
        Columns by name, of each table that is kept.
    """

    values: dict[str, float]
    digest: str = ""
    network: str = ""
    tables: dict[str, dict[str, Any]] = {}  # noqa: RUF012  nobody writes into it


class Model:
    """The model of a study; it travels to other processes.

    Here stands what is so for a model of which nobody knows more than its name.
    """

    name: str
    # The names of its outcomes; () where they are known once it ran.
    outcomes: tuple[str, ...] = ()
    # Whether a run depends on the seed of its luck, and on that of its world.
    lucky: bool = True
    worldly: bool = True

    # What is not known of it: replicate r has a draw of that at every point.
    draws: Draws | None = None

    def identify(self) -> None:
        """InputError if nobody could tell later whether another model is the same."""

    def known(self, name: str) -> str:
        """The full name of an outcome; InputError if there is none."""
        return name

    def label(self, name: str) -> str:
        """What an axis or an outcome is called in a figure, with its unit."""
        return name

    def parameters(self, changes: Mapping[str, Any]) -> str:
        """The digest of the complete parameters of a point; InputError if they are not valid."""
        raise NotImplementedError

    def in_replicate(self, changes: Mapping[str, Any], replicate: int) -> dict[str, Any]:
        """What a point changes in a replicate: beside its own, what it lets the draw change."""
        return dict(changes if self.draws is None else self.draws.beside(changes, replicate))

    def digest_in(self, parameters: str, replicate: int) -> str:
        """The digest of a point in a replicate, by that of its parameters."""
        if self.draws is None:
            return parameters
        return digest_of({"point": parameters, "draw": self.draws.numbered(replicate)})

    def notes(self, replicates: int) -> list[str]:
        """Which draws the worlds have and what is left open, a sentence each."""
        if self.draws is None:
            return []
        few = "One replicate shows one draw; with more, intervals show what is not known."
        left = [f"The fit left open: {each}" for each in self.draws.open]
        return [self.draws.told(replicates), *([few] if replicates == 1 else []), *left]

    def network(self, changes: Mapping[str, Any]) -> str:  # noqa: ARG002
        """The digest of a network that is not made from parameters and world; else empty."""
        return ""

    def value(self, name: str, changes: Mapping[str, Any]) -> Any:
        """What a point that is not asked for it has at a path; None where there is nothing."""
        return changes.get(name)

    def idle(self, changes: Mapping[str, Any]) -> set[str]:  # noqa: ARG002
        """The paths that play no part at a point, since what they are of is not chosen there."""
        return set()

    def need(self, changes: Mapping[str, Any]) -> tuple[int, float]:  # noqa: ARG002
        """Bytes of memory and seconds that a run takes at most; 0 where nobody can say."""
        return 0, 0.0

    def run(
        self, changes: Mapping[str, Any], seed: int, world: int, keep: tuple[str, ...] = ()
    ) -> RunOutcome:
        """Run it."""
        raise NotImplementedError


def digest_of(parameters: Mapping[str, Any]) -> str:
    """A hash of complete parameters, whatever order they are named in.

    Examples
    --------
    >>> digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
    True
    """
    text = json.dumps(parameters, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def run_key(
    parameters: str, seed: int, world: int, network: str = "", keep: tuple[str, ...] = ()
) -> str:
    """The key of a run.

    Parameters
    ----------
    parameters
        `digest_of` its complete parameters.
    seed, world
        Its seeds: of its luck, and of its network and people.
    network
        The digest of the network that was given; empty where parameters and world make it.
    keep
        The tables that are kept: a run that kept none is another than one that kept them.
    """
    whole = f"{MODEL}|{parameters}|{seed}|{world}|{network}|{','.join(sorted(keep))}"
    return hashlib.sha256(whole.encode()).hexdigest()[:32]
