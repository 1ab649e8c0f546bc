r"""Credit for the conversions of one campaign: to people, roles, hops, outlets, channels, content.

The forest is exact, so that for every conversion the chain of people is known over whom it came
from the brand to the buyer. Three rules share out a conversion among the ``d`` people of its chain:

``first``
    First touch: all to whoever began to pass it on, the root of the cascade.
``last``
    Last touch: all to whoever the buyer had it from.
``shapley``
    The Shapley value of the game that the recorded chain makes: the conversion happens if
    everybody on it passes it on and not otherwise, ``v(C) = 1`` for ``C`` that contains the whole
    chain and else 0. That is a unanimity game, whose Shapley value is ``1 / d`` for each on the
    chain and 0 for everybody else (Shapley 1953).

A conversion without people on its chain is the brand's or the outlet's own under every rule. That
the buyer might have heard it another way, had one on the chain kept silent, is no part of the
game: what a person's silence would have changed is asked of two campaigns, not of one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from ....sim.errors import InputError
from ....sim.forest import parents
from ....sim.metrics import trees
from ....sim.result import Result
from ...show.numbers import percent
from .chains import handed_up, source_of
from .creditors import RULES, TABLES, person_parts

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

# Parts of a conversion are whole numbers that fit into 64 bits, or Python's own above this.
_FIT: Final = 2**62


@dataclass(frozen=True, eq=False, repr=False)
class Credit:
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
    """

    result: Result
    parts: int
    shares: NDArray[Any]
    buyers: NDArray[np.int64]
    root: NDArray[np.int64]

    def __repr__(self) -> str:
        return f"<Credit: {self.sentence}>"

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
            the brand posted it (for that of each click see `Result.traffic`).

        Raises
        ------
        InputError
            If it is another word.
        """
        import pandas as pd

        if what not in TABLES:
            raise InputError(f"by = {what!r} is not allowed; give one of {', '.join(TABLES)}.")
        labels, parts = TABLES[what](self)
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

    @cached_property
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
        earned = np.sort(person_parts(self)[:, RULES.index("shapley")].astype(np.float64))[::-1]
        named = int((earned > 0).sum())
        tenth = math.ceil(named / 10)
        top = float(earned[:tenth].sum() / earned.sum())
        who = "one of these is" if tenth == 1 else f"{tenth:,} of these are"
        return f"{text}: over chains of {named:,} people, and {who} owed {percent(top)} of them."

    def _repr_html_(self) -> str:
        from ..economics.cards import credit

        return credit(self)

    def plot(self) -> Figure:
        """Conversions by role, hop and outlet under each rule, in a picture."""
        from .touches import touches

        return touches(self)

    def save(self, folder: str | Path, *, command: str | None = None) -> Path:
        """Keep it in a folder: ``run.json``, a table for each word and a picture (`shelf`)."""
        from ..old_keep import shelve

        tables = {}
        for what in TABLES:
            table = self.by(what).reset_index()
            # Ids of people beside the numbers of outlets: one kind of value in a column.
            tables[what] = table.astype({what: str}) if table[what].dtype == object else table
        scenario = self.result.scenario
        return shelve(
            folder, "credit", self.to_dict(), tables, self.plot(), scenario, command=command
        )

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told: plain values; of people the twenty who are owed most."""
        tables = {what: self.by(what) for what in TABLES}
        tables["person"] = tables["person"].head(20)
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


def credit(result: Result) -> Credit:
    """Share out the conversions of a campaign among those over whom they came.

    Parameters
    ----------
    result
        The campaign; its first purchases are shared out, not the repeated ones.

    Returns
    -------
    Credit
        ``credit(result).by("person")``; each column adds up to the conversions.

    Examples
    --------
    >>> from wordofmouth.experiments.answers.credit.answer import credit
    >>> from wordofmouth.sim.campaign import run
    >>> from wordofmouth.sim.parameters import Scenario
    >>> certain = {"share.base.fan": 1.0, "share.base.stranger": 1.0, "publish.seeds": 1}
    >>> sure = {"transact.click": 1.0, "transact.convert": 1.0, "transact.recall": 1.0}
    >>> small = Scenario(horizon=4).replace({"network.people": 50, "people.fans": 0.0})
    >>> owed = credit(run(small.replace(certain | sure), seed=1))
    >>> owed.total == round(owed.by("hop")["shapley"].sum())
    True

    References
    ----------
    Shapley 1953, "A value for n-person games" (unanimity games); Singal, Besbes, Desir, Goyal &
    Iyengar 2022, "Shapley meets uniform: an axiomatic framework for attribution in online
    advertising".
    """
    if not isinstance(result, Result):
        raise InputError(
            f"result = {result!r} is not allowed; give a Result, such as "
            "wordofmouth.run(wordofmouth.load('open_house'))."
        )
    shares, buyers, n = result.share_log, result.buyer_log, result.network["agents"]
    parent = parents(shares, n)
    source = source_of(result)
    length = np.where(source < 0, 1, buyers.hop).astype(np.int64)
    # With the post that began it among the players a chain is longer by one.
    lengths = np.unique(np.concatenate([length, length[source >= 0] + 1])).tolist()
    whole = math.lcm(*lengths) if lengths else 1
    exact: Any = np.int64 if whole * max(buyers.person.size, 1) < _FIT else object
    parts = np.zeros((shares.person.size, len(RULES)), exact)
    root = trees(parent).root
    through = source >= 0
    at = source[through]
    np.add.at(parts[:, 0], root[at], whole)
    np.add.at(parts[:, 1], at, whole)
    each = np.array([whole // d for d in length[through].tolist()], exact)
    parts[:, 2] = handed_up(parent, shares.hop, at, each)
    return Credit(result=result, parts=whole, shares=parts, buyers=source, root=root)


def _plain(label: Any) -> Any:
    return label.item() if isinstance(label, np.generic) else label
