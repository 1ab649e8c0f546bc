"""A comparison: how every indicator differs, and whom the change won or lost."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ...estimates.interval import Estimate
from ...show.numbers import interval, mean
from ...vocabulary.outcomes import Outcome
from ..diagnosis.gain import number

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Change:
    """How one outcome differs.

    Attributes
    ----------
    outcome
        Which.
    base, value
        Of the first scenario, and of this one, in the worlds in which both have a value.
    difference
        Of the second less the first, in pairs.
    pairing
        How many times as many replicates the same interval would have taken unpaired.
    """

    outcome: Outcome
    base: Estimate
    value: Estimate
    difference: Estimate
    pairing: float

    @property
    def better(self) -> float:
        """How sure it is that the change is for the better; nan where more is neither."""
        if self.outcome.direction == 0:
            return math.nan
        return self.difference.better(self.outcome.direction)

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        found = self.difference.to_dict()
        return {
            "difference": found["mean"],
            "low": found["low"],
            "high": found["high"],
            "better": number(self.better),
            "wins": found["wins"],
            "base": self.base.to_dict()["mean"],
            "value": self.value.to_dict()["mean"],
            "replicates": self.difference.replicates,
            "pairing": number(self.pairing),
        }


@dataclass(frozen=True)
class Group:
    """Those who took part only because of the change, and those who did only without it.

    Attributes
    ----------
    won, lost
        How many in a world.
    won_ids, lost_ids
        Who they are in replicate 0.
    """

    won: Estimate
    lost: Estimate
    won_ids: tuple[Any, ...]
    lost_ids: tuple[Any, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "won": self.won.to_dict(),
            "lost": self.lost.to_dict(),
            "won_ids": list(self.won_ids),
            "lost_ids": list(self.lost_ids),
        }


@dataclass(frozen=True)
class Comparison:
    """How scenarios differ from the first of them.

    Attributes
    ----------
    scenarios
        By name; the first is what the others are compared with.
    outcome
        What the sentence is about.
    changed
        For each other scenario, the change of every outcome.
    people
        For each, who noticed, shared, bought or joined only because of it; None where its network
        is another, so that its people are others.
    replicates, seed, world, budget
        As in a `Diagnosis`.
    """

    scenarios: Mapping[str, Scenario]
    outcome: Outcome
    changed: Mapping[str, Mapping[str, Change]]
    people: Mapping[str, Mapping[str, Group] | None]
    replicates: int
    seed: int
    world: int | None
    budget: str

    def __repr__(self) -> str:
        return f"<Comparison of {', '.join(self.scenarios)}: {self.sentence}>"

    def __getitem__(self, name: str) -> Mapping[str, Change]:
        """The changes that a scenario makes, by outcome.

        Raises
        ------
        InputError
            If it is not one that was compared with the first.
        """
        if name not in self.changed:
            raise InputError(
                f"scenario = {name!r} was not compared with {next(iter(self.scenarios))!r}; give "
                f"one of {', '.join(self.changed)}."
            )
        return self.changed[name]

    def changes(self, name: str) -> list[Change]:
        """The changes that a scenario makes, in the order of the glossary."""
        return list(self[name].values())

    @property
    def sentence(self) -> str:
        """What changes in the outcome, how sure that is, and for whom."""
        return " ".join(self._sentence(name) for name in self.changed)

    def _sentence(self, name: str) -> str:
        change, first = self.changed[name][self.outcome.name], next(iter(self.scenarios))
        noun, form = self.outcome.noun(self.scenarios[name]), self.outcome.form
        found = change.difference
        if found.replicates == 0:
            return f"Of {noun} there is no value in {name} and {first} to compare."
        if found.moved == 0:
            worlds = (
                "the one world" if self.replicates == 1 else f"any of {self.replicates:,} worlds"
            )
            return f"{name} changes no {noun} in {worlds}."
        text = (
            f"Against {first}, {name} changes {noun} by {interval(found, form)} from "
            f"{mean(change.base.mean, form)}"
        )
        if found.replicates < self.replicates:
            text += (
                f" in the {found.replicates:,} of {self.replicates:,} worlds in which both have any"
            )
        if not found.sure:
            text += ", which may be luck"
        people = self.people[name]
        if people is not None and self.outcome.name == "conversions":
            won, lost = people["bought"].won, people["bought"].lost
            text += (
                f"; {mean(won.mean, form)} people a world bought only because of it, "
                f"{mean(lost.mean, form)} only without it"
            )
        return f"{text}."

    def table(self, name: str | None = None) -> pd.DataFrame:
        """A row an outcome: base, value, difference with interval, chance of being better.

        Parameters
        ----------
        name
            Of which scenario; the last one if None.
        """
        import pandas as pd

        rows = [
            {
                "outcome": each.outcome.name,
                "base": each.base.mean,
                "value": each.value.mean,
                "difference": each.difference.mean,
                "low": each.difference.low,
                "high": each.difference.high,
                "better": each.better,
                "replicates": each.difference.replicates,
                "pairing": each.pairing,
            }
            for each in self.changes(name or list(self.changed)[-1])
        ]
        return pd.DataFrame(rows).set_index("outcome")

    def won(self, name: str | None = None) -> pd.DataFrame:
        """A row a group of people: how many were won and lost, with intervals."""
        import pandas as pd

        people = self.people[name or list(self.changed)[-1]] or {}
        rows = [
            {
                "group": group,
                **dict(zip(("won", "won_low", "won_high"), each.won[:3], strict=True)),
                **dict(zip(("lost", "lost_low", "lost_high"), each.lost[:3], strict=True)),
            }
            for group, each in people.items()
        ]
        columns = ["group", "won", "won_low", "won_high", "lost", "lost_low", "lost_high"]
        return pd.DataFrame(rows, columns=columns).set_index("group")

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told; `kpis` and `people` at the top are those of the second."""
        against = [
            {
                "scenario": name,
                "kpis": {each.outcome.name: each.to_dict() for each in self.changes(name)},
                "people": None
                if (people := self.people[name]) is None
                else {group: each.to_dict() for group, each in people.items()},
            }
            for name in self.changed
        ]
        return {
            "scenarios": list(self.scenarios),
            "outcome": self.outcome.name,
            "sentence": self.sentence,
            "seed": self.seed,
            "world": self.world,
            "replicates": self.replicates,
            "budget": self.budget,
            "kpis": against[0]["kpis"],
            "people": against[0]["people"],
            "against_first": against,
        }

    def plot(self) -> Figure:
        """The changes of all indicators that moved, with intervals."""
        from ..diagnosis.pictures import comparison

        return comparison(self)

    def save(self, folder: str | Path, *, command: str | None = None) -> Path:
        """Write it to a folder, aside first and then renamed; see `shelf` for the files."""
        import pandas as pd

        from ..keep import shelve

        def whole(table: str) -> pd.DataFrame:
            each = {name: getattr(self, table)(name).reset_index() for name in self.changed}
            joined: pd.DataFrame = pd.concat(each, names=["scenario", None])
            return joined.reset_index("scenario")

        who = [
            {"scenario": name, "group": group, "won": won, "person": person}
            for name, people in self.people.items()
            for group, each in (people or {}).items()
            for won, ids in ((True, each.won_ids), (False, each.lost_ids))
            for person in ids
        ]
        columns = ["scenario", "group", "won", "person"]
        tables = {
            "indicators": whole("table"),
            "people": whole("won"),
            "who": pd.DataFrame(who, columns=columns),
        }
        every = list(self.scenarios.values())
        return shelve(
            folder, "comparison", self.to_dict(), tables, self.plot(), every[-1],
            beside={f"scenario-{k}.toml": each for k, each in enumerate(every, 1)},
            command=command,
        )  # fmt: skip

    def _repr_html_(self) -> str:
        from ..diagnosis.cards import comparison

        return comparison(self)
