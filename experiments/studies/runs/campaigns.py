"""Campaigns as the model of a study: a scenario, changed at each point, run under each seed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ....sim.parameters.paths import flat
from ...vocabulary.outcomes import OUTCOMES, outcome, read
from .key import digest_of
from .model import Outcome, label_of, spread_out

if TYPE_CHECKING:
    from ....sim.network import Network

Made = TypeVar("Made")

# What describes a scenario and decides nothing.
_WORDS: Final = ("name", "question", "outcome", "sources")
# Networks and scenarios that a process remembers: those of a few replicates and of many points.
_NETWORKS: Final = 8
_SCENARIOS: Final = 4096


class Remembered(Generic[Made]):
    """What is made once a process and shared by its threads, the latest `most` of it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: OrderedDict[Hashable, tuple[threading.Event, list[Made]]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What was made for this key; made now, while others wait, if it never was."""
        with self._lock:
            found = self._made.get(key)
            if found is None:
                mine = self._made[key] = (threading.Event(), [])
                while len(self._made) > self._most:
                    self._made.popitem(last=False)
            else:
                self._made.move_to_end(key)
        if found is None:
            try:
                mine[1].append(make())
            except BaseException:
                with self._lock:
                    self._made.pop(key, None)
                raise
            finally:
                mine[0].set()
            return mine[1][0]
        found[0].wait()
        # Whoever made it failed: the same will happen here, with its own error.
        return found[1][0] if found[1] else make()


_networks: Remembered[Network] = Remembered(_NETWORKS)
_scenarios: Remembered[Scenario] = Remembered(_SCENARIOS)


class Campaigns:
    """The model of a study over a scenario.

    Parameters
    ----------
    scenario
        What every point changes.
    network
        Who hears whom, at every point; the network of each point's scenario if None.
    """

    def __init__(self, scenario: Scenario, network: Network | None = None) -> None:
        self.scenario = scenario
        self.given = network
        self._tables: dict[str, Any] = scenario.to_dict()
        self._digest = digest_of(self._tables)
        self._free: int | None = None
        # What was in the files of networks when the study was planned, by what asks for them.
        self._files: dict[str, str] = {}

    def __getstate__(self) -> dict[str, Any]:
        return {"scenario": self.scenario, "given": self.given, "files": self._files}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["scenario"], state["given"])  # type: ignore[misc]
        self._files = state["files"]

    @property
    def name(self) -> str:
        """The scenario's."""
        return self.scenario.name

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The names of all that a run comes to."""
        return tuple(OUTCOMES)

    def known(self, name: str) -> str:
        """The full name of an outcome; InputError if there is none."""
        return outcome(name).name

    def label(self, name: str) -> str:
        """What an axis or an outcome is called in a figure, with its unit."""
        return label_of(self.scenario, name)

    def at(self, changes: Mapping[str, Any]) -> Scenario:
        """The scenario of a point.

        Raises
        ------
        InputError
            If a path does not exist or a value is not allowed there.
        """
        changed = self.scenario.replace(spread_out(self._tables, changes))
        # What is the same is held once, however many points are remembered.
        same = {
            name: value
            for name, value in self.scenario
            if name != "network" and getattr(changed, name) == value
        }
        return changed.model_copy(update=same)

    def parameters(self, changes: Mapping[str, Any]) -> str:
        """The digest of the complete parameters of a point; InputError if they are not valid.

        Of a network that is given or read nothing but its own digest counts (`network`), wherever
        its file lies.
        """
        scenario = self.scenario.replace(spread_out(self._tables, changes))
        self._afford(scenario)
        tables = {name: value for name, value in scenario.to_dict().items() if name not in _WORDS}
        if self.given is not None or scenario.network.file is not None:
            tables.pop("network")
        return digest_of(tables)

    def network(self, changes: Mapping[str, Any]) -> str:
        """The digest of the network that is given or read; empty where it is generated."""
        if self.given is not None:
            return self.given.digest
        if changes.get("network.file", self.scenario.network.file) is None:
            return ""
        scenario = self.at(changes)
        digest = self._network(scenario, 0).digest
        self._files[scenario.network.model_dump_json()] = digest
        return digest

    def value(self, name: str) -> Any:
        """What the scenario has at a path, for points that say nothing of it."""
        return flat(self._tables).get(name)

    def need(self, changes: Mapping[str, Any]) -> tuple[int, float]:
        """Bytes of memory and seconds that a run takes at most."""
        from ....sim.budget import need

        scenario = self.at(changes)
        if self.given is not None:
            found = need(scenario, self.given.n, self.given.arcs)
        elif scenario.network.file is None:
            found = need(scenario)
        else:
            known = self._network(scenario, 0)
            found = need(scenario, known.n, known.arcs)
        return found.bytes, found.seconds

    def run(
        self, changes: Mapping[str, Any], seed: int, world: int, keep: tuple[str, ...] = ()
    ) -> Outcome:
        """Run the campaign of a point."""
        from ....sim.campaign import Campaign

        point = digest_of(changes)
        scenario = _scenarios.get((self._digest, point), lambda: self.at(changes))
        network = self._network(scenario, world)
        planned = self._files.get(scenario.network.model_dump_json(), network.digest)
        if self.given is None and scenario.network.file is not None and planned != network.digest:
            raise InputError(
                f"{scenario.network.file}: this network is not the one that the study was planned "
                "with; restore it and --retry-failed, or start the study again on this one."
            )
        campaign = Campaign(scenario, network=network, seed=seed, world=world)
        campaign.finish()
        result = campaign.result()
        values = read(result).tolist()
        tables: dict[str, Any] = {}
        if "series" in keep:
            tables["series"] = {name: column.copy() for name, column in result.columns.items()}
        if "shares" in keep:
            tables["shares"] = result.share_log._asdict()
        return Outcome(
            dict(zip(OUTCOMES, values, strict=True)), result.digest, network.digest, tables
        )

    def _afford(self, scenario: Scenario) -> None:
        from ....sim.budget import afford, memory, need

        if self._free is None:
            self._free = memory()
        size: tuple[int | None, int] = (None, 0)
        if self.given is not None:
            size = (self.given.n, self.given.arcs)
        elif scenario.network.file is not None:
            return  # as large as the file says, which is read when it runs
        # Asking how much is free takes longer than all the rest, and large designs ask often.
        if need(scenario, *size).bytes > self._free // 2:
            afford(scenario, *size)

    def _network(self, scenario: Scenario, world: int) -> Network:
        from ....sim.campaign import choose_network

        if self.given is not None:
            return self.given
        choice = scenario.network
        asked: Hashable = (choice.model_dump_json(), world)
        if choice.file is not None:
            asked = (choice.model_dump_json(), _state_of(choice.file))
        return _networks.get(asked, lambda: choose_network(scenario, world))


def _state_of(file: str) -> tuple[int, ...]:
    """What changes when a file does; () where there is none, which its reader will say."""
    try:
        found = Path(file).stat()
    except (OSError, ValueError):
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns


def campaigns(scenario: Any, network: Any = None) -> Campaigns:
    """The model over a scenario, or over the name or the file of one."""
    if not isinstance(scenario, Scenario):
        from ....scenarios.loader import load

        scenario = load(scenario)
    if network is not None:
        from ....sim.network import Network

        if not isinstance(network, Network):
            raise InputError(f"network = {network!r} is not allowed; give a wordofmouth.Network.")
    return Campaigns(scenario, network)
