"""The known truth of a campaign: effects of paid channels, and the tables for models to try."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ...estimates.interval import Estimate, plain
from ...estimates.paired import difference
from ...estimates.ratio import Ratio, ratio
from ...show.document import Document
from ...studies.analysis.table import unspoken
from ..answer import Answer
from . import shown
from .paid import ALL, NONE, PaidChannel
from .rows import arguments, files

if TYPE_CHECKING:
    import pandas as pd

    from ...show.style import Picture

OUTCOMES: Final = ("impressions", "clicks", "conversions", "revenue")

Numbers = dict[str, float]


@dataclass(frozen=True, eq=False, repr=False)
class KnownTruth(Answer):
    """What each paid channel of a campaign really brought; `known_truth` makes it.

    Attributes
    ----------
    scenario
        The campaign.
    channels
        Its paid channels.
    every
        Of what a row is: ``day`` or ``week``.
    rows
        The campaign of replicate 0, a row a day or week: see `rows.rows_of`.
    absent
        The same campaign without each channel, by the channel's word, and without all of them.
    numbers
        Sums of every campaign, one a replicate, by what was left out.
    digest
        Of the campaign that is shown.
    seed, world, level
        The seed of replicate 0, that of the world if it is one for all, and the level of intervals.
    """

    kind: ClassVar[str] = "truth"

    scenario: Scenario
    channels: list[PaidChannel]
    every: str
    rows: pd.DataFrame
    absent: Mapping[str, pd.DataFrame]
    numbers: Mapping[str, Sequence[Numbers]]
    digest: str
    seed: int
    world: int | None
    level: float

    @property
    def replicates(self) -> int:
        """Over how many worlds the effects are means."""
        return len(self.numbers[NONE])

    @property
    def about(self) -> Scenario:
        """The campaign."""
        return self.scenario

    def effects(self, channel: str, outcome: str) -> NDArray[np.float64]:
        """What a channel brought in each world: the outcome with it less that without it.

        Raises
        ------
        InputError
            If there is no such channel or outcome.
        """
        if channel not in self.absent:
            known = ", ".join(self.absent)
            raise InputError(f"channel = {channel!r} is not there; give one of {known}.")
        if outcome not in OUTCOMES:
            raise InputError(
                f"outcome = {outcome!r} is not allowed; give one of {', '.join(OUTCOMES)}."
            )
        return self._column(NONE, outcome) - self._column(channel, outcome)

    def effect(self, channel: str, outcome: str) -> Estimate:
        """Its mean over the worlds, with its interval."""
        self.effects(channel, outcome)
        with_it, without_it = (self._column(each, outcome) for each in (NONE, channel))
        return difference(with_it, without_it, self.level)

    def spend(self, channel: str) -> NDArray[np.float64]:
        """What was spent on a channel in each world, or on all."""
        words = [each.word for each in self.channels] if channel == ALL else [channel]
        each = [self._column(NONE, f"spend_{word}") for word in words]
        return np.asarray(np.sum(each, axis=0), np.float64)

    def per_spend(self, channel: str, outcome: str) -> Ratio:
        """Mean effect by mean spend."""
        return ratio(self.effects(channel, outcome), self.spend(channel), self.level)

    def credited(self, channel: str, outcome: str) -> float:
        """What counting clicks credits it with in the campaign that is shown; nan of others."""
        words = [each.word for each in self.channels] if channel == ALL else [channel]
        first = self.numbers[NONE][0]
        return sum(first.get(f"{outcome}_{word}", float("nan")) for word in words)

    def table(self) -> pd.DataFrame:
        """A row a channel and outcome: the effect in the shown world, and over all of them."""
        import pandas as pd

        names = {each.word: (each.source.name, each.source.kind) for each in self.channels}
        rows = []
        for word in self.absent:
            name, kind = names.get(word, ("", "all"))
            for outcome in OUTCOMES:
                effects, found = self.effects(word, outcome), self.effect(word, outcome)
                bought = self.per_spend(word, outcome)
                rows.append({
                    "channel": word, "name": name, "kind": kind, "outcome": outcome,
                    "spend": round(float(self.spend(word)[0]), 6),
                    "credited": self.credited(word, outcome),
                    "effect": round(float(effects[0]), 6),
                    "mean": found.mean, "low": found.low, "high": found.high,
                    "worlds": found.replicates, "moved": found.moved,
                    "per_spend": bought.value,
                    "per_spend_low": bought.low, "per_spend_high": bought.high,
                })  # fmt: skip
        return pd.DataFrame(rows)

    def by_row(self) -> pd.DataFrame:
        """The effect on conversions and revenue in each row of the campaign that is shown."""
        import pandas as pd

        parts = [
            pd.DataFrame({
                "date": self.rows["date"],
                "channel": word,
                **{name: (self.rows[name] - rows[name]).round(6)
                   for name in ("conversions", "revenue")},
            })
            for word, rows in self.absent.items()
        ]  # fmt: skip
        return pd.concat(parts, ignore_index=True)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Effects, effects by row, the campaign by row, and the sums of every campaign."""
        import pandas as pd

        sums = [
            {"without": name, "replicate": k, **numbers}
            for name, many in self.numbers.items()
            for k, numbers in enumerate(many)
        ]
        return {
            "truth": self.table(),
            "truth_by_date": self.by_row(),
            "campaign": self.rows,
            "replicates": pd.DataFrame(sums),
        }

    def extra(self) -> dict[str, bytes]:
        """The files of the three models, the truth as CSV and JSON."""
        tables = files(self.rows, self.channels)
        # Names are the user's own, and a spreadsheet takes some for formulas.
        table = self.table()
        table["name"] = table["name"].map(unspoken)
        tables |= {"truth.csv": table, "truth_by_date.csv": self.by_row()}
        found = {name: _csv(table) for name, table in tables.items()}
        found["truth.json"] = (json.dumps(self.to_dict(), indent=2) + "\n").encode()
        return found

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told: effects, and what each model is to be told of its columns."""
        return plain(
            {
                "scenario": self.scenario.name,
                "sentence": self.sentence,
                "digest": self.digest,
                "seed": self.seed,
                "world": self.world,
                "replicates": self.replicates,
                "level": self.level,
                "every": self.every,
                "rows": len(self.rows),
                "effects": self.table().to_dict(orient="records"),
                "arguments": arguments(self.rows, self.channels),
                "notes": self.notes,
            }
        )

    @property
    def notes(self) -> list[str]:
        """What to know before a model is held against it."""
        return shown.notes(self.scenario, self.rows, self.channels, self.every, self.world)

    @property
    def sentence(self) -> str:
        """What paid media brought, and what counting clicks says, in plain words."""
        words = [each.word for each in self.channels]
        found = {word: self.effect(word, "conversions") for word in (*words, ALL)}
        credited = {word: self.credited(word, "conversions") for word in (*words, ALL)}
        return shown.sentence(self.scenario, found, credited, ALL)

    def document(self) -> Document:
        """All of it, to be shown anywhere."""
        return shown.document(self.scenario, self.table(), self.notes, self.sentence, {
            "every": self.every, "replicates": self.replicates, "seed": self.seed,
            "world": self.world, "level": self.level,
        }, self.digest)  # fmt: skip

    def plot(self) -> Picture:
        """True effects on conversions, beside what clicks credit each channel with."""
        words = [each.word for each in self.channels] + [ALL]
        note = f"{self.scenario.name}, {self.replicates} worlds from seed {self.seed}"
        return shown.picture(
            self.sentence,
            note,
            {word: self.effect(word, "conversions") for word in words},
            {word: self.credited(word, "conversions") for word in words},
        )

    def _column(self, name: str, number: str) -> NDArray[np.float64]:
        return np.array([each[number] for each in self.numbers[name]], np.float64)


def _csv(table: pd.DataFrame) -> bytes:
    text: str = table.to_csv(index=False, lineterminator="\n")
    return text.encode()
