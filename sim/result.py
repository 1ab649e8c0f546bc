"""What a campaign came to: funnel, series, forest, indicators and a digest of all of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import state as s
from .forest import Cascades, cascades, in_order
from .kpis import kpis, ratio
from .network import Network
from .parameters import Post, Scenario
from .state import SERIES, Log, State
from .trace import trace
from .world import World

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

# Stage, its step, and the step of those who could have taken it (None: everybody).
FUNNEL = (
    ("publish", s.EXPOSED, None, "all people"),
    ("notice", s.NOTICED, s.EXPOSED, "those in whose feed a post arrived"),
    ("share", s.SHARED, s.NOTICED_FIRST, "those who noticed a post at first hand"),
    ("reshare", s.RESHARED, s.NOTICED_LATER, "those who noticed a post that a person passed on"),
    ("click", s.CLICKED, s.NOTICED, "those who noticed"),
    ("find", s.FOUND, s.CLICKED, "those who clicked"),
    ("convert", s.CONVERTED, s.FOUND, "those who found the brand"),
    ("follow", s.FOLLOWED, s.NOTICED, "those who noticed"),
)


class Stage(NamedTuple):
    """A row of the funnel.

    Attributes
    ----------
    stage
        Its name.
    people
        Distinct people who took it at least once.
    events
        How often it was taken.
    rate
        `people` as a share of those who could; nan if nobody could.
    of
        Who could, in words.
    """

    stage: str
    people: int
    events: int
    rate: float
    of: str


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """What a campaign came to. Everything is derived from what was decided, and nothing drawn.

    Attributes
    ----------
    scenario, seed, world, ticks
        What was run, its luck, the seed of its world, and how many ticks it lasted so far.
    network
        ``agents``, ``arcs``, ``digest`` and ``ids`` of the network (ids: None if rows).
    posts
        What was posted, in the order of the messages; tick None: never.
    columns
        The series, int64, one value a tick for each name.
    counts
        int64 ``[message, step, role, hop, 0 or 1]``: events, and people by message, each at the
        hop of their first noticing.
    people
        Distinct people who took each step.
    share_log, buyer_log
        The forest and the conversions as arrays, ordered by message, tick and person; people
        as rows, a sender below 0 being the brand (-1) or an outlet (-2, -3, ...).
    role_at_birth, role, trust, bond, steps
        A value for each person, at birth and at the end.
    trace
        A fingerprint of who did what with which message, and of when shares are posted.
    """

    scenario: Scenario
    seed: int
    world: int
    ticks: int
    network: dict[str, Any]
    posts: list[Post]
    columns: dict[str, NDArray[np.int64]]
    counts: NDArray[np.int64]
    people: list[int]
    share_log: Log
    buyer_log: Log
    role_at_birth: NDArray[np.uint8]
    role: NDArray[np.uint8]
    trust: NDArray[np.float32]
    bond: NDArray[np.float32]
    steps: NDArray[np.uint16]
    trace: int

    def __repr__(self) -> str:
        return f"<Result of {self.scenario.name!r}, seed {self.seed}: {self.sentence}>"

    @cached_property
    def digest(self) -> str:
        """SHA-256 over everything that was decided: the same for equal campaigns only."""
        hashed = hashlib.sha256(self.trace.to_bytes(8, "little"))
        arrays: list[NDArray[Any]] = [*self.columns.values(), self.counts]
        arrays.append(np.array(self.people, np.int64))
        arrays += [*self.share_log, *self.buyer_log, self.role, self.trust, self.bond, self.steps]
        for array in arrays:
            kind = array.dtype.newbyteorder("<")
            hashed.update(f"{kind.str}{array.shape}".encode())
            hashed.update(np.ascontiguousarray(array, kind).data)
        return hashed.hexdigest()

    @cached_property
    def funnel(self) -> list[Stage]:
        """The funnel, stage by stage; each row is a part of those who could (`Stage.of`)."""
        events = self.counts[..., 0].sum(axis=(0, 2, 3))
        return [
            Stage(
                stage,
                self.people[step],
                int(events[step]),
                ratio(self.people[step], self.role.size if of is None else self.people[of]),
                words,
            )
            for stage, step, of, words in FUNNEL
        ]

    @cached_property
    def kpis(self) -> dict[str, float]:
        """The indicators by name (see `wordofmouth.sim.kpis.kpis` for each formula)."""
        return kpis(self)

    @cached_property
    def ledger(self) -> dict[str, float]:
        """What was spent, by account; their sum is the cost."""
        scenario, incentives = self.scenario, self.scenario.incentives
        posts = sum(post.tick is not None and post.tick < self.ticks for post in self.posts)
        sharers = self.share_log.person.size
        # Without a reward nothing is raffled: the campaign to compare with pays for no prize.
        raffled = sharers > 0 and incentives.reward > 0.0
        per_draw = max(incentives.prize, incentives.reward) if raffled else 0.0
        rewards = sharers * incentives.reward if incentives.paid == "share" else per_draw
        return {
            "posts": posts * scenario.publish.cost,
            "placements": posts * sum(outlet.fee for outlet in scenario.publish.outlets),
            "rewards": rewards,
            "thanks": int(self.columns["thanks"].sum()) * scenario.interact.cost,
        }

    @cached_property
    def cascades(self) -> Cascades:
        """The cascades: trees of shares, each rooted at a share at first hand."""
        return cascades(self.share_log, self.role.size)

    @property
    def series(self) -> pd.DataFrame:
        """One row a tick."""
        import pandas as pd

        return pd.DataFrame(self.columns).rename_axis("tick")

    @property
    def shares(self) -> pd.DataFrame:
        """The exact forest: message, person, sender, hop, tick; people by their ids."""
        return self._table(self.share_log)

    @property
    def buyers(self) -> pd.DataFrame:
        """The conversions: message, person, sender (who had brought it), hop, tick."""
        return self._table(self.buyer_log)

    def _table(self, log: Log) -> pd.DataFrame:
        import pandas as pd

        table = pd.DataFrame(log._asdict())
        ids = self.network["ids"]
        if ids is not None:
            table["person"] = ids[log.person]
            named = pd.Series(ids[np.maximum(log.sender, 0)])
            table["sender"] = named.astype("object").where(log.sender >= 0, log.sender)
        return table

    def breakdown(self, by: str) -> pd.DataFrame:
        """Events of each stage, by hop, role, message, content or channel.

        Parameters
        ----------
        by
            One of these words. The last hop stands for itself and all later ones.

        Raises
        ------
        InputError
            If it is another.
        """
        import pandas as pd

        from .errors import InputError
        from .world import ROLES

        axes = {"message": 0, "content": 0, "channel": 0, "role": 2, "hop": 3}
        if by not in axes:
            raise InputError(f"by = {by!r} is not allowed; give one of {', '.join(axes)}.")
        keep = axes[by]
        events = self.counts[..., 0].sum(axis=tuple({0, 2, 3} - {keep}))
        steps = events if keep == 0 else events.T
        table = pd.DataFrame(
            {
                stage: steps[:, step]
                for stage, step, _, _ in FUNNEL
                if (by, stage) != ("role", "publish")
            }
        )
        if by in ("content", "channel"):
            labels = [post.type if by == "content" else post.channel for post in self.posts]
            return table.groupby(pd.Index(labels, name=by), sort=False).sum()
        return table.set_axis(ROLES if by == "role" else table.index).rename_axis(by)

    @cached_property
    def sentence(self) -> str:
        """The campaign in one plain sentence."""
        reach, later = self.people[s.NOTICED], self.people[s.NOTICED_LATER]
        total = {name: int(column.sum()) for name, column in self.columns.items()}
        shares, reshares = total["shares"], total["reshares"]
        parts = [
            f"Of {self.role.size:,} people {reach:,} noticed the campaign"
            + (f", {later:,} of them through people who passed it on" if later else ""),
            f"{shares + reshares:,} times it was passed on, {reshares:,} of them by people who "
            "had it from somebody else"
            if shares
            else "nobody passed it on",
        ]
        if self.scenario.transact.click > 0.0:
            parts.append(f"{self.scenario.outcome}: {total['conversions']:,}")
        return "; ".join(parts) + "."

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told of a run: plain values; what is not defined is None."""
        return {
            "scenario": self.scenario.name,
            "seed": self.seed,
            "agents": self.network["agents"],
            "arcs": self.network["arcs"],
            "ticks": self.ticks,
            "digest": self.digest,
            "sentence": self.sentence,
            "funnel": [_plain(stage._asdict()) for stage in self.funnel],
            "kpis": _plain(self.kpis),
            "cascades": _plain(self.cascades.summary),
        }

    def plot(self) -> Figure:
        """The campaign in a picture: funnel, reach over time, cascade sizes."""
        figure: Figure = _door("figures").campaign(self)
        return figure

    def save(self, folder: str | Path) -> Path:
        """Write the result to a folder, aside first and then renamed; see `Result.load`."""
        path: Path = _door("archive").save(self, folder)
        return path

    @staticmethod
    def load(folder: str | Path) -> Result:
        """Read a result that `save` wrote."""
        result: Result = _door("archive").load(folder)
        return result


def _door(room: str) -> Any:
    """A room of `experiments`: the one place where the engine calls up, as pandas' plot does."""
    return import_module(f"...experiments.{room}", __name__)


def _plain(table: dict[str, Any]) -> dict[str, Any]:
    return {
        name: None if isinstance(value, float) and value != value else value
        for name, value in table.items()
    }


def gather(
    scenario: Scenario,
    network: Network,
    world: World,
    states: list[State],
    posts: list[Post],
    seed: int,
    world_seed: int,
    ticks: int,
) -> Result:
    """Put together what the owners of all people wrote."""
    first = states[0]
    logs = [
        tuple(column[: state.size[size]] for column in getattr(state, name))
        for name, size in (("shares", s.SHARES), ("buyers", s.BUYERS))
        for state in states
    ]
    shares, buyers = (
        in_order(Log(*(np.concatenate(columns) for columns in zip(*part, strict=True))))
        for part in (logs[: len(states)], logs[len(states) :])
    )
    series = np.sum([state.series for state in states], axis=0)
    return Result(
        scenario=scenario,
        seed=seed,
        world=world_seed,
        ticks=ticks,
        network={
            "agents": network.n,
            "arcs": network.arcs,
            "digest": network.digest,
            "ids": network.ids,
        },
        posts=posts,
        columns={name: series[:ticks, k].copy() for k, name in enumerate(SERIES)},
        counts=np.sum([state.counts for state in states], axis=0),
        people=np.sum([state.people for state in states], axis=0).tolist(),
        share_log=shares,
        buyer_log=buyers,
        role_at_birth=world.role,
        role=first.role.copy(),
        trust=first.trust.copy(),
        bond=first.bond.copy(),
        steps=first.steps.copy(),
        trace=sum(int(trace(state)) for state in states) % 2**64,
    )
