"""Credit: to whom the conversions of a campaign are owed, told exactly."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from ....sim.errors import InputError
from ....sim.parameters import Scenario
from ....sim.result import Result
from ...show.cells import Cell, Code
from ...show.document import Document
from ...show.numbers import percent
from ..answer import Answer
from . import shown

if TYPE_CHECKING:
    import pandas as pd

    from ...show.style import Picture

RULES: Final = ("first", "last", "shapley")
# People who are named.
_MOST: Final = 20

# To whom, and the parts of conversions that go to them, a column for each rule.
Owed = tuple[list[Any] | range, NDArray[Any]]


@dataclass(frozen=True, eq=False, repr=False)
class Credit(Answer):
    """The conversions of a campaign, shared out; `credit` makes it.

    Attributes
    ----------
    result
        The campaign.
    parts
        In how many parts a conversion is divided: so many that every share of one is whole, and
        that all of them together are the conversions to the last part.
    shares
        int or object ``[share, rule]``: the parts that go to each share of ``Result.share_log``,
        by the rules of `RULES`.
    buyers
        int64 ``[conversion]``: the share that each conversion was had from; -1: directly.
    root
        int64 ``[share]``: the share at which the cascade of each share began.
    length
        int64 ``[conversion]``: people between the brand and the buyer, the buyer not counted.
    owed
        The parts that go to each person, role, hop, outlet, channel and content.
    """

    kind: ClassVar[str] = "credit"

    result: Result
    parts: int
    shares: NDArray[Any]
    buyers: NDArray[np.int64]
    root: NDArray[np.int64]
    length: NDArray[np.int64]
    owed: Mapping[str, Owed]

    @property
    def total(self) -> int:
        """The conversions; what every column of every table adds up to."""
        return self.buyers.size

    @property
    def direct(self) -> int:
        """Conversions without people between the brand or an outlet and the buyer."""
        return int((self.buyers < 0).sum())

    def by(self, what: str) -> pd.DataFrame:
        """Conversions by what they are credited to, a column for each rule, most first.

        Parameters
        ----------
        what
            ``person``: whoever passed it on, by their ids; below 0 the brand (-1) or an outlet
            (-2, -3, ...), from whom it was had directly. ``role``: their role at the end of the
            campaign. ``hop``: the hop at which what they passed on is seen, 0 for the post itself,
            so that the last touch is `Result.buyers` by hop. ``outlet``: the profile of the brand,
            an outlet, an ad or an advocate's own post; here the post that began it takes part in
            the game too, beside the people. ``channel``, ``content``: of the message, equal for
            all who are on the chain and so under every rule; of channels it is the one on which
            the brand posted it, or the flight of an ad (for that of each click see
            `Result.sources`).

        Raises
        ------
        InputError
            If it is another word.
        """
        import pandas as pd

        if what not in self.owed:
            raise InputError(f"by = {what!r} is not allowed; give one of {', '.join(self.owed)}.")
        labels, parts = self.owed[what]
        table: pd.DataFrame = pd.DataFrame(
            (parts / self.parts).astype(np.float64), columns=list(RULES), index=labels
        )
        table = table[(parts != 0).any(axis=1)].rename_axis(what)
        if what == "hop":
            return table.sort_index()
        return table.sort_values(["shapley", "last", "first"], ascending=False, kind="stable")

    def table(self, what: str = "role") -> pd.DataFrame:
        """Conversions by what they are credited to: `by`, of the role if nothing else is said."""
        return self.by(what)

    @property
    def sentence(self) -> str:
        """Whom the conversions are owed to, in one plain sentence."""
        if not self.total:
            return "There were no conversions, so that there is no credit to give."
        through = self.total - self.direct
        text = (
            f"Of {self.total:,} conversions {self.direct:,} came straight from the brand, its "
            f"outlets and ads, and {through:,} through people"
        )
        if not through:
            return text + "."
        parts = np.zeros(self.result.network["agents"], self.shares.dtype)
        np.add.at(parts, self.result.share_log.person, self.shares[:, RULES.index("shapley")])
        earned = np.sort(parts.astype(np.float64))[::-1]
        named = int((earned > 0).sum())
        tenth = math.ceil(named / 10)
        top = float(earned[:tenth].sum() / earned.sum())
        who = "one of these is" if tenth == 1 else f"{tenth:,} of these are"
        return f"{text}: over chains of {named:,} people, and {who} owed {percent(top)} of them."

    def document(self, by: Sequence[str] | None = None) -> Document:
        """Conversions by whom they are owed to, under each rule.

        Parameters
        ----------
        by
            Which tables a terminal shows, and in which order; those by role, hop and outlet if
            None.
        """
        result = self.result
        name, seed, world = result.scenario.name, result.seed, result.world
        other = "" if world == seed else f", world={world}"
        facts: list[tuple[str, Cell]] = [
            ("Scenario", name), ("Seed of the campaign", str(seed)),
            ("Seed of the world", str(world)), ("Digest of the campaign", Code(result.digest)),
        ]  # fmt: skip
        asked = dict.fromkeys(shown.FIRST if by is None else by)
        return Document(
            kind=self.kind,
            title=f"Credit for the {self.total:,} conversions of {name}, seed {seed}",
            sentence=self.sentence,
            question="To whom are the conversions of this campaign owed?",
            numbers=shown.numbers(self.total, self.direct),
            sections=[
                *(
                    shown.owed(what, self.by(what), _MOST, screen=what in asked)
                    for what in {**asked, **dict.fromkeys(shown.TITLES)}
                ),
                shown.rules(),
            ],
            details=[f"seed {seed}"],
            hint="`.plot()` shows it, `.table('person')` tells who, `.save(folder)` keeps it with "
            "a report.",
            facts=facts,
            python="import wordofmouth as wom\n\n"
            f'result = wom.run(wom.load("scenario.toml"), seed={seed}{other})\n'
            "found = wom.credit(result)",
            files=shown.FILES,
        )

    def plot(self) -> Picture:
        """Conversions by role, hop and outlet under each rule, in a picture."""
        note = f"{self.result.scenario.name}, seed {self.result.seed}"
        return shown.touches(self.sentence, note, {what: self.by(what) for what in shown.FIRST})

    @property
    def about(self) -> Scenario:
        """The scenario of the campaign."""
        return self.result.scenario

    def tables(self) -> dict[str, pd.DataFrame]:
        """A table for each word of `by`."""
        tables = {what: self.by(what).reset_index() for what in self.owed}
        # Ids of people beside the numbers of outlets: one kind of value in a column.
        return {
            what: table.astype({what: str}) if table[what].dtype == object else table
            for what, table in tables.items()
        }

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told: plain values; of people the twenty who are owed most."""
        tables = {what: self.by(what) for what in self.owed}
        tables["person"] = tables["person"].head(_MOST)
        return {
            "scenario": self.result.scenario.name,
            "seed": self.result.seed,
            "world": self.result.world,
            "digest": self.result.digest,
            "conversions": self.total,
            "direct": self.direct,
            "sentence": self.sentence,
            **{
                what: [
                    {what: _plain(label), **row}
                    for label, row in zip(table.index, table.to_dict(orient="records"), strict=True)
                ]
                for what, table in tables.items()
            },
        }


def _plain(label: Any) -> Any:
    return label.item() if isinstance(label, np.generic) else label
