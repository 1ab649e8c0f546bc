"""A comparison: how every indicator differs, and whom the change won or lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ....scenarios.charges import Unpriced, unpriced
from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ...show.document import Document, Figure, Section
from ...show.framed import called, seeds
from ...show.numbers import mean
from ...vocabulary.outcomes import Outcome
from ..answer import Answer
from ..price import not_priced
from ..unknown import Unknown, brief, opened, sections, told
from . import shown
from .changes import OrderCost, OutcomeChange, Swayed, earns, unpaid

if TYPE_CHECKING:
    import pandas as pd

    from ...show.style import Picture


@dataclass(frozen=True, repr=False)
class Comparison(Answer):
    """How scenarios differ from the first of them.

    Attributes
    ----------
    scenarios
        By name; the first is what the others are compared with.
    outcome
        What the sentence is about.
    changed
        For each other scenario, the change of every outcome.
    incremental
        For each, what an order costs that is there only because of it.
    people
        For each, who noticed, shared, bought or joined only because of it; None where its network
        is another, so that its people are others.
    replicates, seed, world, budget, unknown
        As in a `Diagnosis`.
    """

    kind: ClassVar[str] = "comparison"

    scenarios: Mapping[str, Scenario]
    outcome: Outcome
    changed: Mapping[str, Mapping[str, OutcomeChange]]
    incremental: Mapping[str, OrderCost]
    people: Mapping[str, Mapping[str, Swayed] | None]
    replicates: int
    seed: int
    world: int | None
    budget: str
    unknown: Unknown | None = None

    def __getitem__(self, name: str) -> Mapping[str, OutcomeChange]:
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

    def changes(self, name: str) -> list[OutcomeChange]:
        """The changes that a scenario makes, in the order of the glossary."""
        return list(self[name].values())

    @property
    def sentence(self) -> str:
        """What changes in the outcome, how sure that is, and for whom."""
        each = (self._sentence(name) for name in self.changed)
        return " ".join(filter(None, (*each, brief(self.unknown))))

    def _sentence(self, name: str) -> str:
        changes, asked = self.changed[name], self.outcome.name
        first, other = self.scenarios[self._first], self.scenarios[name]
        # A change of what is called by its own name: without it that is as it is.
        whole = " as it is" if self._first == first.name == other.name else ""
        text = changes[asked].told(other, name, f"{self._first}{whole}", self.replicates)
        people = self.people[name]
        if people is not None and asked == "conversions" and changes[asked].difference.moved:
            won, lost = (
                mean(each.mean, "count") for each in (people["bought"].won, people["bought"].lost)
            )
            text += (
                f"; {won} people a world bought only with {name}, {lost} only with {self._first}"
            )
        said = [text]
        if asked != "profit" and earns(changes):
            said.append(changes["profit"].told(other, name, "", self.replicates))
        said.append(unpaid(first, other, changes["reward_cost"], self.replicates))
        return " ".join(f"{each}." for each in said if each)

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
                "cost_per_incremental_conversion": self.incremental[name].to_dict(),
                "unpriced": [each.path for each in self._unpriced(name)],
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
            "cost_per_incremental_conversion": against[0]["cost_per_incremental_conversion"],
            "people": against[0]["people"],
            "against_first": against,
            **told(self.unknown),
        }

    def plot(self) -> Picture:
        """The changes of all indicators that moved, with intervals."""
        return self._drawn(narrow=False)

    def stacked(self) -> Picture:
        """The same for a telephone."""
        return self._drawn(narrow=True)

    def _drawn(self, *, narrow: bool) -> Picture:
        note = f"{self.replicates:,} worlds from seed {self.seed}; 95 % intervals"
        return shown.forests(self.sentence, note, self._first, self.changed, narrow=narrow)

    def document(self) -> Document:
        """What differs, how sure that is, and who was won and lost."""
        noun, others = self.outcome.noun(self.about), ", ".join(self.changed)
        title = f"{others} against {self._first}"
        options = {
            "names": list(self.scenarios), "outcome": self.outcome.name,
            "replicates": self.replicates, "seed": self.seed, "world": self.world,
        }  # fmt: skip
        given = [f"wom.load({name!r})" for name in self.others()]
        if self.unknown is not None:
            base = self.unknown.draws.base
            fit = next((k for k, each in enumerate(self.scenarios.values()) if each is base), 0)
            given[fit] = opened(self.unknown)
        return Document(
            kind=self.kind,
            title=f"Comparison of {title}, {self.replicates:,} worlds from seed {self.seed}",
            sentence=self.sentence,
            question=f"How does {others} differ from {self._first}?",
            numbers=shown.numbers(
                next(iter(self.changed.values()))[self.outcome.name],
                noun, list(self.scenarios), next(iter(self.people.values())),
            ),
            picture=Figure(
                "How each indicator differs.", draw=self.plot, narrow=self.stacked
            ),
            sections=[
                *(part for name in self.changed for part in self._sections(name)),
                *sections(self.unknown),
            ],
            details=shown.details(self.seed, self.budget),
            hint="`.plot()` shows it, `.table()` has every indicator, `.won()` the people who were "
            "won and lost, `.save(folder)` keeps it with a report.",
            facts=[
                ("Compared", ", ".join(self.scenarios)), ("Outcome", noun),
                *seeds(self.replicates, self.seed, self.world, self.budget),
            ],
            python=called("wom.compare", given, options),
            files=shown.FILES,
        )  # fmt: skip

    def _sections(self, name: str) -> list[Section]:
        first, other = self.scenarios[self._first], self.scenarios[name]
        suffix = f": {name}" if len(self.changed) > 1 else ""
        return [
            *shown.what_was_changed(suffix, self._first, first, other),
            shown.in_money(
                suffix,
                self._first,
                name,
                self[name],
                self.incremental[name],
                self.outcome_noun(name),
            ),
            *not_priced({f"what {name} changes": self._unpriced(name)}, suffix),
            shown.what_differs(
                suffix, self._first, name, self.changes(name), self.outcome.name, self.replicates
            ),
            shown.who(suffix, self.people[name], self.seed),
        ]

    def _unpriced(self, name: str) -> tuple[Unpriced, ...]:
        """What of the change from the first scenario nothing charges for."""
        return unpriced(self.scenarios[self._first], self.scenarios[name])

    def outcome_noun(self, name: str) -> str:
        """What a conversion is called in a scenario."""
        return self.scenarios[name].outcome

    @property
    def _first(self) -> str:
        return next(iter(self.scenarios))

    def tables(self) -> dict[str, pd.DataFrame]:
        """All indicators, the people won and lost, and who they are in the first world."""
        import pandas as pd

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
        return {
            "indicators": whole("table"),
            "people": whole("won"),
            "who": pd.DataFrame(who, columns=columns),
        }

    @property
    def about(self) -> Scenario:
        """The last of them."""
        return list(self.scenarios.values())[-1]

    def others(self) -> dict[str, Scenario]:
        """All that were compared."""
        return {f"scenario-{k}.toml": each for k, each in enumerate(self.scenarios.values(), 1)}
