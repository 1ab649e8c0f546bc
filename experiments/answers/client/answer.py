"""The report for a client: a decision, five numbers with intervals, money; internals at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ....sim.parameters import Scenario
from ...estimates.interval import plain
from ...show.document import Document, Figure
from ...show.framed import seeds
from ..answer import Answer
from . import shown, told
from .world import Reported

if TYPE_CHECKING:
    import pandas as pd

    from ...show.style import Picture


@dataclass(frozen=True, eq=False, repr=False)
class ClientReport(Reported, Answer):
    """What a campaign comes to in many worlds, for who pays for it; `client_report` makes it."""

    kind: ClassVar[str] = "report"

    @property
    def about(self) -> Scenario:
        """The campaign."""
        return self.scenario

    @property
    def sentence(self) -> str:
        """The decision, and the numbers that answer the question."""
        said = (
            told.decision(
                self.scenario, self.theme, self.numbers, compares=self.compares, unpaid=self.unpaid
            ),
            told.answer(self.theme, self.numbers, compares=self.compares),
        )
        return " ".join(filter(None, said))

    @property
    def advice(self) -> list[str]:
        """What to do, what to improve first, and how to ask what to do with money."""
        return list(
            told.advice(
                self.scenario, self.theme, self.numbers, self.diagnosis, compares=self.compares,
                replicates=self.replicates, unpaid=bool(self.unpaid), typed=self.typed,
            )
        )  # fmt: skip

    def document(self) -> Document:
        """The first screen, and all else behind its headings."""
        name = self.scenario.name.replace("_", " ")
        return Document(
            kind=self.kind,
            title=f"{name[:1].upper()}{name[1:]}: a report over {self.replicates:,} worlds",
            sentence=self.sentence,
            question=self.scenario.question,
            numbers=list(shown.numbers(self)),
            picture=Figure(
                "How far it went, and what came of it, over time.", shown.caption(self),
                draw=self.plot, narrow=self.stacked,
            ),
            advice=self.advice,
            sections=shown.sections(self),
            details=[f"{self.replicates:,} worlds from seed {self.seed}"],
            facts=[("Scenario", self.scenario.name),
                   *seeds(self.replicates, self.seed, self.world)],
        )  # fmt: skip

    def plot(self) -> Picture:
        """Reach and what the question is about over time, as bands over the worlds."""
        return shown.over_time(self, narrow=False)

    def stacked(self) -> Picture:
        """The same for a telephone."""
        return shown.over_time(self, narrow=True)

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told: plain values; None where there is no number."""
        names = [*self.worlds["with"][0].numbers]
        return plain(
            {
                "scenario": self.scenario.name,
                "sentence": self.sentence,
                "about": self.theme.name,
                "without": told.is_about(self.theme, compares=self.compares).without,
                "replicates": self.replicates,
                "seed": self.seed,
                "world": self.world,
                "fitted": self.fitted,
                "advice": self.advice,
                "caution": told.caution(self.fitted),
                "numbers": {
                    name: dict(zip(("with", "without", "difference"), self.numbers(name),
                                   strict=True))
                    for name in names
                },
                "bottleneck": self.diagnosis.to_dict()["bottleneck"],
            }
        )  # fmt: skip

    def table(self) -> pd.DataFrame:
        """A row a number: its mean with and without, and the difference, with intervals."""
        import pandas as pd

        rows = []
        for name in self.worlds["with"][0].numbers:
            row: dict[str, Any] = {"number": name}
            for kind, found in zip(
                ("with", "without", "difference"), self.numbers(name), strict=True
            ):
                row |= {kind: found.mean, f"{kind}_low": found.low, f"{kind}_high": found.high}
            rows.append(row)
        return pd.DataFrame(rows).set_index("number")  # fmt: skip

    def tables(self) -> dict[str, pd.DataFrame]:
        """The numbers, and a row a world."""
        import pandas as pd

        each = [
            {"campaign": kind, "seed": self.seed + k, **row.numbers}
            for kind, rows in self.worlds.items()
            for k, row in enumerate(rows)
        ]
        return {"numbers": self.table().reset_index(), "worlds": pd.DataFrame(each)}
