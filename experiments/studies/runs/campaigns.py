"""Campaigns as the model of a study: a scenario, changed at each point, run under each seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final

from ....sim.errors import InputError
from ....sim.network.check import check
from ....sim.network.kinds import KINDS
from ....sim.parameters import Scenario
from ....sim.parameters.paths import flat
from ...vocabulary.labels import label_of
from ...vocabulary.outcomes import OUTCOMES, outcome, read
from ..design.part import TAKEN
from .function import identity, identity_of
from .model import Model, RunOutcome, digest_of
from .own import KINDS as OWN_KINDS
from .own import Named, Own, campaign, refuse_idle

# Kernels take seconds to import: whoever has not begun to run waits for none.
if TYPE_CHECKING:
    from ....sim.network import Network
    from ....sim.result import Result
    from ...worlds.draws import Draws
    from ...worlds.networks import Networks

    Measure = Callable[[Result], float]

# What describes a scenario and decides nothing.
_WORDS: Final = ("name", "question", "outcome", "sources")
# What a process remembers, whichever study it works for: the scenarios of many points, and
# networks of a few replicates.
_scenarios: Final[dict[tuple[str, str], Scenario]] = {}
_MOST_SCENARIOS: Final = 4096
_MOST_NETWORKS: Final = 8


@cache
def _networks() -> Networks:
    from ...worlds.networks import Networks

    return Networks(latest=_MOST_NETWORKS)


def _refuse(name: Any, measure: Any) -> None:
    """InputError if something is no measure, or is called as another column is."""
    taken = {each.lower() for each in (*OUTCOMES, *TAKEN)}
    if not isinstance(name, str) or not name or name.lower() in taken:
        raise InputError(f"measures: {name!r} is the name of another column; call it otherwise.")
    if not callable(measure):
        raise InputError(
            f"measures: {name} = {measure!r} is not allowed; give a function that takes a Result "
            "and gives a number."
        )


def _number(name: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise InputError(f"measures: {name} gave {value!r}; let it give a number.") from None


class Campaigns(Model):
    """The model of a study over a scenario.

    Parameters
    ----------
    scenario
        What every point changes.
    network
        Who hears whom, at every point; the network of each point's scenario if None.
    measures
        Outcomes of one's own by name: functions that take a `Result` and give a number.
    draws
        What is not known of the scenario: replicate r has a draw of it at every point, which yields
        to what the point changes.
    named
        What the names of axes of one's own stand for (`own.KINDS`), by axis and name.

    Raises
    ------
    InputError
        If the network is none, or a measure is none or has a name that is taken.
    """

    def __init__(
        self,
        scenario: Scenario,
        network: Network | None = None,
        measures: Mapping[str, Measure] | None = None,
        draws: Draws | None = None,
        named: Named | None = None,
    ) -> None:
        if network is not None:
            from ....sim.network import Network

            if not isinstance(network, Network):
                raise InputError(
                    f"network = {network!r} is not allowed; give a wordofmouth.Network."
                )
        self.scenario, self.given, self.draws = scenario, network, draws
        self.measures, self.own = dict(measures or {}), Own(named or {})
        for name, measure in self.measures.items():
            _refuse(name, measure)
        self.name, self.outcomes = scenario.name, (*OUTCOMES, *self.measures)
        self._tables: dict[str, Any] = scenario.to_dict()
        self._digest = digest_of(self._tables)
        self._free: int | None = None
        # What was in the files of networks when the study was planned, by what asks for them.
        self._files: dict[str, str] = {}

    def __getstate__(self) -> dict[str, Any]:
        return {
            "scenario": self.scenario, "given": self.given, "files": self._files,
            "measures": self.measures, "draws": self.draws,
            "named": self.own.named,
        }  # fmt: skip

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(  # type: ignore[misc]
            state["scenario"], state["given"], state["measures"], state["draws"], state["named"]
        )
        self._files = state["files"]

    def known(self, name: str) -> str:
        """The full name of an outcome; InputError if there is none."""
        return name if name in self.measures else outcome(name).name

    def identify(self) -> None:
        """InputError if nobody could tell later whether another measure is the same."""
        for measure in self.measures.values():
            identity_of(measure)
        self.own.identify()

    @cached_property
    def _measured(self) -> dict[str, str]:
        """The identity of each measure."""
        return {name: identity(measure) for name, measure in self.measures.items()}

    def label(self, name: str) -> str:
        """What an axis or an outcome is called in a figure, with its unit."""
        if name in self.measures:
            return name
        return OWN_KINDS.get(name) or label_of(self.scenario, name)

    def at(self, changes: Mapping[str, Any]) -> Scenario:
        """The scenario of a point.

        Raises
        ------
        InputError
            If a path does not exist or a value is not allowed there.
        """
        idle = self.idle(changes)
        own = {path: value for path, value in self.own.rest(changes).items() if path not in idle}
        return self.scenario.replace(own)

    def parameters(self, changes: Mapping[str, Any]) -> str:
        """The digest of the complete parameters of a point; InputError if they are not valid.

        Of a network that is given or read nothing but its own digest counts (`network`), wherever
        its file lies.
        """
        scenario = self.at(changes)
        if self.given is not None or scenario.network.file is None:
            self._afford(scenario)  # one in a file is as large as it says when it is read
        tables = {name: value for name, value in scenario.to_dict().items() if name not in _WORDS}
        if self.given is not None or scenario.network.file is not None:
            tables.pop("network")
        if scenario.people.file is not None:  # in the digest of the network
            tables["people"] = {k: v for k, v in tables["people"].items() if k != "file"}
        if self.measures:  # a run that was not asked for them is another
            tables["measures"] = self._measured
        if own := self.own.identities(changes):
            refuse_idle(scenario, own)
            tables["own"] = own
        if self.draws is not None:
            tables["draws"] = self.draws.digest
        return digest_of(tables)

    def network(self, changes: Mapping[str, Any]) -> str:
        """The digest of the network that is given or read; empty where it is generated.

        That of a table of people is in it; alone where the network is generated.
        """
        table = changes.get("people.file", self.scenario.people.file)
        if self.given is not None and (table is None or self.given.people is not None):
            return self.given.digest
        if self.given is not None:
            return self.given.with_people(table).digest
        file = changes.get("network.file", self.scenario.network.file)
        if file is None and table is None:
            return ""
        scenario = self.at(changes)
        network = _networks().of(scenario, 0)
        digest = network.digest
        if file is None:
            digest = "" if network.people is None else network.people.digest
        self._files[scenario.world] = digest
        return digest

    def value(self, name: str, changes: Mapping[str, Any]) -> Any:
        """What the scenario of a point has at a path; None where its network has no such thing."""
        if name in changes:
            return None if name in self.idle(changes) else changes[name]
        scenario = self.at(changes)
        found = flat(scenario.to_dict())
        if name.startswith("network."):
            if self.given is not None or scenario.network.file is not None:
                return found[name] if name == "network.file" else None
            chosen = scenario.network
            options = check(chosen.kind, chosen.people, chosen.generator_options())[1]
            found |= {f"network.{option}": value for option, value in options.items()}
        return found.get(name)

    def idle(self, changes: Mapping[str, Any]) -> set[str]:
        """Parameters of other kinds of networks, where a point chooses the kind."""
        kind = KINDS.get(changes.get("network.kind", ""))
        if kind is None or kind.open:
            return set()
        own = {each.name for each in kind.parameters}
        others = {each.name for other in KINDS.values() for each in other.parameters} - own
        return {path for path in changes if path.removeprefix("network.") in others}

    def need(self, changes: Mapping[str, Any]) -> tuple[int, float]:
        """Bytes of memory and seconds that a run takes at most."""
        from ....sim.budget import need

        scenario = self.at(changes)
        known = self.given
        if known is None and scenario.network.file is not None:
            known = _networks().of(scenario, 0)
        found = need(scenario) if known is None else need(scenario, known.n, known.arcs)
        return found.bytes, found.seconds

    def run(
        self, changes: Mapping[str, Any], seed: int, world: int, keep: tuple[str, ...] = ()
    ) -> RunOutcome:
        """Run the campaign of a point."""
        scenario = self._remembered(changes)
        network = self.given or _networks().of(scenario, world)
        known = network.digest
        if scenario.network.file is None and network.people is not None:
            known = network.people.digest
        if self.given is None and self._files.get(scenario.world, known) != known:
            files = [each for each in (scenario.network.file, scenario.people.file) if each]
            raise InputError(
                f"{' or '.join(files)}: this is not the one that the study was planned with; "
                "restore it and --retry-failed, or start the study again on this one."
            )
        made = campaign(scenario, network, seed, world, self.own.chosen(changes))
        result = made.result()
        values = dict(zip(OUTCOMES, read(result).tolist(), strict=True))
        for name, measure in self.measures.items():
            values[name] = _number(name, measure(result))
        tables: dict[str, Any] = {}
        if "series" in keep:
            tables["series"] = {name: column.copy() for name, column in result.columns.items()}
        if "shares" in keep:
            tables["shares"] = {**result.share_log._asdict(), "hours": result.share_hours}
        return RunOutcome(values, result.digest, made.network.digest, tables)

    def _remembered(self, changes: Mapping[str, Any]) -> Scenario:
        """The scenario of a point, made once for all its replicates."""
        point = self._digest, digest_of(changes)
        found = _scenarios.get(point)
        if found is None:
            if len(_scenarios) >= _MOST_SCENARIOS:
                _scenarios.clear()
            changed = self.at(changes)
            # What is the same is held once, however many points are remembered.
            same = {
                name: value
                for name, value in self.scenario
                if name != "network" and getattr(changed, name) == value
            }
            found = _scenarios[point] = changed.model_copy(update=same)
        return found

    def _afford(self, scenario: Scenario) -> None:
        from ....sim.budget import afford, memory, need

        size = (None, 0) if self.given is None else (self.given.n, self.given.arcs)
        if self._free is None:
            self._free = memory()
        # Asking how much is free takes longer than all the rest, and large designs ask often.
        if need(scenario, *size).bytes > self._free // 2:
            afford(scenario, *size)
