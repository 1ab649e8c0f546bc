"""What a campaign came to: funnel, series, forest, indicators and a digest of all of it."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import state as s
from .comparison import comparison
from .creatives import flight_names
from .door import door
from .draws import LUCK, key
from .flows import cost_by_tick, revenue_by_tick
from .forest import Cascades, cascades
from .kpis import kpis, ratio
from .ledger import ACCOUNTS, ADS, FIRST, MILLION, PLACEMENTS, PRODUCTION, REWARDS
from .parameters import Post, Scenario
from .plan import AD, KINDS, MENTION, OWN, RIVAL
from .plan.messages import appeal, identities
from .sources import (
    BOUGHT,
    BROUGHT,
    CLICKS,
    CONVERSIONS,
    FLIGHT,
    OUTLET,
    PAID,
    REPEATS,
    VISITS,
    sources,
)
from .sources import PRODUCTION as MAKING
from .state import RELATION, RUNGS, Log
from .weeks import weeks
from .world import ADVOCATE, ROLES, STRANGER

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

# What people are called in breakdowns of whom nothing is said.
NOBODY = "(none)"
# And what the brand itself is called beside its rivals.
BRAND = "the brand"

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
        ``agents``, ``arcs``, ``digest`` and ``ids`` of the network (ids: None if rows); of one
        that was read also ``understood``, in pairs of texts, and ``shape``, in numbers; of a table
        of its people, in ``people``, ``digest`` and ``understood``.
    posts, kinds
        The messages, in their order: as posts, with tick None of what was never posted and of what
        people complain about, and by their kind, a place in `KINDS` (`plan.messages`): a post, an
        ad, people's own, a rival's or a complaint. People's own are what advocates post and what
        anybody says unasked (`mentions`). `messages` is a table of them.
    columns
        The series, int64, one value a tick for each name.
    counts
        int64 ``[message, step, role, hop, 0 or 1]``: events, and people by message, each at the
        hop of their first noticing.
    people
        Distinct people who took each step.
    share_log, buyer_log, climb_log
        The forest, the conversions and the changes of rung as arrays, ordered by message, tick
        and person; people as rows, a sender below 0 being the brand (-1) or an outlet (-2, -3,
        ...). In a change of rung `sender` is the rung before and `hop` the one after.
    share_hours
        When each share of the forest is posted: hours since the beginning of the campaign.
    role_at_birth, role, trust, bond, steps, relation
        A value for each person, at birth and at the end.
    community
        The sense of community of each person who follows the brand at the end; nan of others.
    traffic
        Clicks, finds and conversions by the channel over which they came.
    by_source
        int64 ``[tick, source, column of sim.sources.BROUGHT]``: what the brand's channels and each
        outlet and flight brought, and what those were paid; no sources where there is one channel
        alone.
    gaps, placed
        Complaints heard by topic; posts that each outlet took up.
    topic, topics
        In which part of the circle of topics each person's interest lies (`topic_map.topics`), and
        each message.
    units, money
        The ledger, by tick and account: units, and millionths of money.
    trace
        A fingerprint of who did what with which message, and of when shares are posted.
    about
        What is known of each person beside what happened: their segment, where there are any, and
        what a table of people calls them and has more of them; texts, empty where nothing is said.
    """

    scenario: Scenario
    seed: int
    world: int
    ticks: int
    network: dict[str, Any]
    posts: list[Post]
    kinds: NDArray[np.int8]
    columns: dict[str, NDArray[np.int64]]
    counts: NDArray[np.int64]
    people: list[int]
    share_log: Log
    share_hours: NDArray[np.float64]
    buyer_log: Log
    climb_log: Log
    role_at_birth: NDArray[np.uint8]
    role: NDArray[np.uint8]
    trust: NDArray[np.float32]
    bond: NDArray[np.float32]
    steps: NDArray[np.uint16]
    relation: NDArray[np.void]
    community: NDArray[np.float64]
    traffic: NDArray[np.int64]
    by_source: NDArray[np.int64]
    gaps: NDArray[np.int64]
    placed: NDArray[np.int64]
    topic: NDArray[np.int16]
    topics: NDArray[np.int16]
    units: NDArray[np.int64]
    money: NDArray[np.int64]
    trace: int
    about: dict[str, NDArray[Any]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Result of {self.scenario.name!r}, seed {self.seed}: {self.sentence}>"

    @cached_property
    def digest(self) -> str:
        """SHA-256 over everything that was decided: the same for equal campaigns only."""
        hashed = hashlib.sha256(self.trace.to_bytes(8, "little"))
        # A column of events that were counted later is there only where there were any.
        later_columns = s.SERIES[s.COUNTED_FIRST :]
        counted = [
            column
            for name, column in self.columns.items()
            if name not in later_columns or column.any()
        ]
        arrays: list[NDArray[Any]] = [*counted, self.counts]
        arrays.append(np.array(self.people, np.int64))
        arrays += [*self.share_log, *self.buyer_log, *self.climb_log]
        arrays += [self.role, self.trust, self.bond, self.steps, self.traffic]
        arrays += [self.relation[name] for name in RELATION.names or ()]
        arrays += [self.gaps, self.placed, self.units[:, :FIRST], self.money[:, :FIRST]]
        later = self.units[:, FIRST:], self.money[:, FIRST:]
        arrays += later if any(each.any() for each in later) else ()
        for array in arrays:
            kind = array.dtype.newbyteorder("<")
            hashed.update(f"{kind.str}{array.shape}".encode())
            hashed.update(np.ascontiguousarray(array, kind).data)
        return hashed.hexdigest()

    @property
    def ours(self) -> NDArray[np.bool_]:
        """Which messages the funnel is about: neither rivals' nor complaints."""
        return self.kinds <= OWN

    @property
    def mentions(self) -> NDArray[np.bool_]:
        """Which messages are what people say of the brand unasked (`talk.rate`)."""
        found = np.zeros(self.kinds.size, np.bool_)
        if any(then.talk.rate > 0.0 for then in self.scenario.ever()):
            # They stand behind what advocates post in rounds of the programme.
            own = np.flatnonzero(self.kinds == OWN)
            found[own[own.size - len(weeks(self.scenario)) :]] = True
        return found

    @property
    def kind_names(self) -> list[str]:
        """What each message is, in a word of `KINDS`; or "mention", which is nobody's programme."""
        return [
            MENTION if mention else KINDS[kind]
            for kind, mention in zip(self.kinds.tolist(), self.mentions.tolist(), strict=True)
        ]

    @cached_property
    def funnel(self) -> list[Stage]:
        """The funnel, stage by stage; each row is a part of those who could (`Stage.of`)."""
        events = self.counts[self.ours, ..., 0].sum(axis=(0, 2, 3))
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
        """What was spent, by account; their sum is the cost, and that of `payments`."""
        spent = dict(zip(ACCOUNTS, (self.money.sum(axis=0) / MILLION).tolist(), strict=True))
        if self.prize is not None:
            spent["rewards"] += self.prize[1]
        return spent

    @cached_property
    def prize(self) -> tuple[int, float] | None:
        """When the prize of a draw came to be owed, and how much it is; None if nobody took part.

        It is one prize for all who share. Without a reward nothing is raffled (the campaign to
        compare with pays for no prize), nor beyond the budget.
        """
        if all(then.incentives.paid != "draw" for then in self.scenario.ever()):
            return None
        log = self.share_log
        ticks = sorted({0, *(change.tick for change in self.scenario.timeline)})
        then = dict(zip(ticks, self.scenario.ever(), strict=True))
        for tick in np.unique(log.tick[self.ours[log.message]]).tolist():
            incentives = then[max(each for each in ticks if each <= tick)].incentives
            amount, budget = max(incentives.prize, incentives.reward), incentives.budget
            drawn = incentives.paid == "draw" and incentives.reward > 0.0
            if drawn and (budget is None or amount <= budget):
                return tick, amount
        return None

    @property
    def payments(self) -> pd.DataFrame:
        """The ledger: tick, account, units and amount of everything that was paid during it.

        What was paid for placements and ads has its `source`, the outlet or the flight; else it is
        empty.
        """
        import pandas as pd

        units, amount = self.units.copy(), self.money / MILLION
        if self.prize is not None:
            units[self.prize[0], REWARDS] += 1
            amount[self.prize[0], REWARDS] += self.prize[1]
        bought = [self._bought(account) for account in (PLACEMENTS, ADS, PRODUCTION)]
        units[:, [PLACEMENTS, ADS, PRODUCTION]] = 0
        amount[:, [PLACEMENTS, ADS, PRODUCTION]] = 0.0
        # Of an ad that few see, less than half an impression may have been paid for.
        tick, account = np.nonzero((units != 0) | (amount != 0.0))
        rest = {
            "tick": tick,
            "account": [ACCOUNTS[k] for k in account],
            "units": units[tick, account],
            "amount": amount[tick, account],
            "source": "",
        }
        table = pd.concat([pd.DataFrame(rest), *(each for each in bought if len(each))])
        place = table["account"].map(ACCOUNTS.index)
        order = np.lexsort((place, table["tick"]))
        return table.iloc[order].reset_index(drop=True)

    def _bought(self, account: int) -> pd.DataFrame:
        """The payments of an account for what an outlet or a flight showed, a row each."""
        import pandas as pd

        names = sources(self.scenario) if self.by_source.shape[1] else ()
        rows = []
        for k, source in enumerate(names):
            units, money = self.by_source[:, k, BOUGHT], self.by_source[:, k, PAID]
            if account == PRODUCTION:
                money = self.by_source[:, k, MAKING]
                begun = [ad.tick for ad in self.scenario.publish.ads if ad.name == source.name]
                begun = [tick for tick in begun if tick < self.ticks]
                units = np.bincount(begun, minlength=self.ticks).astype(np.int64)
            if source.kind == (OUTLET if account == PLACEMENTS else FLIGHT):
                rows += [
                    (tick, ACCOUNTS[account], units[tick], money[tick] / MILLION, source.name)
                    for tick in np.flatnonzero((units != 0) | (money != 0)).tolist()
                ]
        return pd.DataFrame(rows, columns=["tick", "account", "units", "amount", "source"])

    @property
    def ladder(self) -> pd.DataFrame:
        """The ladder of advocacy, one row a tick (002).

        Followers and advocates are those there are; aware, participants, identified, activated and
        nurtured are those who ever got so far.
        """
        import pandas as pd

        columns = self.columns
        fans = int((self.role_at_birth != STRANGER).sum())
        advocates = int((self.role_at_birth == ADVOCATE).sum())

        def total(*names: str) -> NDArray[np.int64]:
            return np.sum([np.cumsum(columns[name]) for name in names], axis=0)

        return pd.DataFrame(
            {
                "aware": total("reach"),
                "followers": fans + total("new_fans") - total("lost_fans"),
                "participants": total("participants"),
                "identified": total("identified"),
                "activated": total("activated"),
                "nurtured": total("nurtured"),
                "advocates": advocates + total("new_advocates") - total("lost_advocates"),
            }
        ).rename_axis("tick")

    @property
    def climbs(self) -> pd.DataFrame:
        """The history of the ladder: person, rung before, rung after, tick."""
        table = self._table(self.climb_log)[["person", "sender", "hop", "tick"]]
        for column in ("sender", "hop"):
            table[column] = [RUNGS[rung] for rung in self.climb_log._asdict()[column]]
        return table.rename(columns={"sender": "before", "hop": "rung"})

    @cached_property
    def cascades(self) -> Cascades:
        """The cascades: trees of shares, each rooted at a share at first hand."""
        ours = self.ours[self.share_log.message]
        shares = Log(*(column[ours] for column in self.share_log))
        return cascades(shares, self.role.size, self.network["ids"], self.share_hours[ours])

    @property
    def series(self) -> pd.DataFrame:
        """One row a tick: what was counted, revenue and cost; by source where there are several.

        Clicks, visits and conversions of each channel, outlet and flight end in its name:
        ``clicks_facebook``, ``conversions_flight_spring``.
        """
        import pandas as pd

        table = {**self.columns, "revenue": revenue_by_tick(self), "cost": cost_by_tick(self)}
        if self.by_source.shape[1]:
            for k, source in enumerate(sources(self.scenario)):
                for what in (CLICKS, VISITS, CONVERSIONS):
                    table[f"{BROUGHT[what]}_{source.column}"] = self.by_source[:, k, what]
        return pd.DataFrame(table).rename_axis("tick")

    @property
    def sources(self) -> pd.DataFrame:
        """A row a source of clicks: its kind, what it brought, what of it was bought, and its cost.

        The brand's channels; and outlets and flights, to which belongs what they showed themselves.
        What people passed on came over a channel, whatever it was. `bought` are impressions of a
        flight and placements at an outlet; `cost` is what they cost, making the ad included.
        """
        import pandas as pd

        names = sources(self.scenario)
        total = self.by_source.sum(axis=0)
        if not self.by_source.shape[1]:
            total = np.zeros((1, len(BROUGHT)), np.int64)
            total[0, : CONVERSIONS + 1] = self.traffic[0]
            total[0, REPEATS] = self.columns["repeats"].sum()
        table: dict[str, Any] = {"kind": [source.kind for source in names]}
        table |= {name: total[:, k] for k, name in enumerate(BROUGHT[:PAID])}
        table["cost"] = (total[:, PAID] + total[:, MAKING]) / MILLION
        index = pd.Index([source.name for source in names], name="source", dtype=object)
        return pd.DataFrame(table, index=index)

    @property
    def shares(self) -> pd.DataFrame:
        """The exact forest: message, person, sender, hop, tick, hours, kind; people by their ids.

        What people passed on of anything: `kind` says of what, as in `messages`. The indicators are
        about the brand's own, "mention" included, but neither "rival" nor "complaint"; who begins a
        complaint has the sender -1 and hop 0 as who is asked by the brand. `hours` is when it is
        posted, at a visit or later (`share.delay`). `tick` is when it was worked off: the tick of
        the visit, but the one after where what was met there had arrived in the same tick, so that
        `hours` may lie shortly before `tick` begins.
        """
        kind = np.array(self.kind_names)[self.share_log.message]
        return self._table(self.share_log).assign(hours=self.share_hours, kind=kind)

    @property
    def messages(self) -> pd.DataFrame:
        """What was posted, a row a message: kind, type, tick, channel, brand, appeal.

        `tick` is none where it was never posted, and of what people complain about; `appeal` by how
        much it is more contagious than its type, in log-odds (`contagiousness_spread`).
        """
        import pandas as pd

        types = self.scenario.content_types
        spread = np.array([types[post.type].contagiousness_spread for post in self.posts], float)
        table = {"kind": self.kind_names}
        for name in ("type", "tick", "channel", "brand"):
            table[name] = [getattr(post, name) for post in self.posts]
        frame = pd.DataFrame(table).astype({"tick": "Int64"}).rename_axis("message")
        told = identities(self.scenario, self.kinds)
        return frame.assign(appeal=appeal(key(self.seed, int(LUCK)), told, spread))

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
        """The funnel by hop, role, message, brand, content, channel or flight; or by people.

        Parameters
        ----------
        by
            One of these words, for the events of each stage; of the brand's own messages, but by
            message and brand, where rivals have rows of their own. The last hop stands for itself
            and all later ones. A flight is an ad by its name, with all that was passed on of it; by
            channel it has a row of its own, since it was bought and not posted there. Or
            ``"segment"``, or a column that a table of people has more: for the people who took each
            stage at least once, beside how many there are (``people``). A column that was called as
            one of the words is kept as ``own_channel`` and the like.

        Raises
        ------
        InputError
            If it is another.
        """
        import pandas as pd

        from .errors import InputError

        axes = {"message": 0, "brand": 0, "content": 0, "channel": 0, "flight": 0}
        axes |= {"role": 2, "hop": 3}
        if by in self.about and by not in axes:
            return self._by_people(by)
        if by not in axes:
            raise InputError(
                f"by = {by!r} is not allowed; give one of {', '.join((*axes, *self.about))}."
            )
        keep = axes[by]
        told = self.ours | ((self.kinds == RIVAL) & (by in ("message", "brand")))
        counts = self.counts[..., 0] * told[:, None, None, None]
        events = counts.sum(axis=tuple({0, 2, 3} - {keep}))
        steps = events if keep == 0 else events.T
        table = pd.DataFrame(
            {
                stage: steps[:, step]
                for stage, step, _, _ in FUNNEL
                if (by, stage) != ("role", "publish")
            }
        )
        if by in ("brand", "content", "channel", "flight"):
            kept = self.kinds == AD if by == "flight" else told
            labels = np.array(self.labels(by), object)[kept]
            table = table[kept].set_axis(pd.Index(labels, name=by, dtype=object))
            return table.groupby(level=0, sort=False).sum()
        return table.set_axis(ROLES if by == "role" else table.index).rename_axis(by)

    def labels(self, by: str) -> list[str | None]:
        """What each message is called in a breakdown by brand, content, channel or flight.

        By channel an ad is called by its flights: it was bought, and not posted there. Flights of
        one format and content type show the same ad.
        """
        if by == "content":
            return [post.type for post in self.posts]
        if by == "brand":
            return [post.brand or BRAND for post in self.posts]
        labels = [post.channel for post in self.posts]
        ads = np.flatnonzero(self.kinds == AD).tolist()
        for k, name in zip(ads, flight_names(self.scenario), strict=True):
            labels[k] = name if by == "flight" else f"{name} (ad)"
        return labels

    def _by_people(self, by: str) -> pd.DataFrame:
        """How many people of each kind took each stage at least once."""
        import pandas as pd

        said = np.where(self.about[by] == "", NOBODY, self.about[by])
        # As texts of numpy's own each of them would take as much room as the longest.
        of, names = pd.factorize(said, sort=True)
        table = {"people": np.bincount(of, minlength=names.size)}
        for stage, step, _, _ in FUNNEL:
            took = (self.steps >> step) & 1 == 1
            table[stage] = np.bincount(of[took], minlength=names.size)
        frame = pd.DataFrame(table, index=pd.Index(names, name=by, dtype=object))
        wanted = [*self.scenario.segments] if by == "segment" else _in_order(frame.index.tolist())
        last = [NOBODY] * (NOBODY in frame.index)
        known = [name for name in wanted if name in frame.index and name != NOBODY]
        rest = [name for name in frame.index if name not in {*known, *last}]
        return frame.loc[[*known, *rest, *last]]

    @property
    def population(self) -> pd.DataFrame:
        """A row a person: who they are, what a table says of them, and what they did.

        `id`, what is in `about`, role at birth and at the end, trust, bond, and for each stage of
        the funnel whether they took it.
        """
        import pandas as pd

        ids = self.network["ids"]
        table: dict[str, Any] = {"id": np.arange(self.role.size) if ids is None else ids}
        table |= self.about
        table["role_at_birth"] = np.array(ROLES)[self.role_at_birth]
        table["role_now"] = np.array(ROLES)[self.role]
        table |= {"trust_now": self.trust, "bond_now": self.bond}
        for stage, step, _, _ in FUNNEL:
            table[f"took_{stage}"] = (self.steps >> step) & 1 == 1
        return pd.DataFrame(table).set_index("id")

    @cached_property
    def sentence(self) -> str:
        """What answers the campaign's question, and how far it went, in plain words."""
        return str(door("headline")(self))

    @cached_property
    def comparison(self) -> dict[str, Any] | None:
        """The naive sum, the network's answer and a broadcast (004; see `sim.comparison`).

        None where the scenario names no broadcast.
        """
        return comparison(self)

    def to_dict(self) -> dict[str, Any]:
        """What a machine is told of a run: plain values; what is not defined is None."""
        compared = {} if self.comparison is None else {"comparison": self.comparison}
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
            **compared,
            **({"segments": self._segments()} if "segment" in self.about else {}),
            **(
                {"people_digest": self.network["people"]["digest"]}
                if self.network["people"]
                else {}
            ),
        }

    def _segments(self) -> list[dict[str, Any]]:
        """The people of each segment, and how many of them took each stage."""
        table = self.breakdown("segment").reset_index()
        return [
            {str(k): v if isinstance(v, str) else int(v) for k, v in row.items()}
            for row in table.to_dict("records")
        ]

    def _repr_html_(self) -> str:
        shown: str = door("result_card")(self)
        return shown

    def plot(self, kind: str = "campaign", **options: Any) -> Figure:
        """A figure of the gallery: the whole campaign in a picture, or a part of it by its name.

        Parameters
        ----------
        kind
            ``campaign`` (funnel, reach over time, cascade sizes), ``generations``, ``cascades``,
            ``ladder``, ``relation``, ``voice``, ``money`` or ``network``.
        options
            What the figure takes: ``network`` and ``seed`` for ``network``.

        Raises
        ------
        InputError
            If there is no figure of that name, or it cannot be drawn.
        """
        figure: Figure = door("plot")(self, kind, **options)
        return figure

    def save(self, folder: str | Path) -> Path:
        """Write the result to a folder, aside first and then renamed; see `Result.load`."""
        path: Path = door("save")(self, folder)
        return path

    @staticmethod
    def load(folder: str | Path) -> Result:
        """Read a result that `save` wrote."""
        result: Result = door("load")(folder)
        return result


def _in_order(names: list[str]) -> list[str]:
    """Values in the order of numbers, where all are numbers, else of letters."""
    try:
        return sorted(names, key=lambda name: math.inf if name == NOBODY else float(name))
    except ValueError:
        return sorted(names)


def _plain(table: dict[str, Any]) -> dict[str, Any]:
    return {
        name: None if isinstance(value, float) and value != value else value
        for name, value in table.items()
    }
