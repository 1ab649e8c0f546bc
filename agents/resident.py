"""Who a person is: one row of the model's columns as an agent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np

from ..sim import state as s
from ..sim.apply import apply_silence
from ..sim.errors import InputError
from ..sim.stages.belong import sense_of_community, talk_in
from ..sim.stages.feed import pace
from ..sim.stages.relate import faded
from ..sim.stages.transact import segment_of
from ..sim.world import ROLES, STRANGER
from .history import Event, history

if TYPE_CHECKING:
    from .model import CampaignModel


class Resident(mesa.Agent):
    """Somebody in the network; reads and writes one row of the model's columns.

    Attributes
    ----------
    row
        Their row in the network.
    """

    model: CampaignModel

    def __init__(self, model: CampaignModel, row: int) -> None:
        super().__init__(model)
        self.row = row

    def remove(self) -> None:
        """Nobody leaves the network while a campaign runs.

        Raises
        ------
        InputError
            Always. Of somebody who is to do nothing, override `share`, `click` and `notice`.
        """
        raise InputError(
            "people stay for the whole campaign and cannot be removed; give a network without "
            "them, or a class of your own whose notice returns False."
        )

    # what they are like -----------------------------------------------------------------------

    @property
    def identity(self) -> int:
        """Whom the draws about this person are about."""
        column = self.model.world.identity
        return int(column[self.row]) if column.size else self.row

    @property
    def susceptibility(self) -> float:
        """How easily they pass things on, in log-odds; 0 is usual."""
        return float(self.model.world.traits["susceptibility"][self.row])

    @property
    def interest(self) -> float:
        """What interests them, as a place on the circle of topics, 0..1."""
        return float(self.model.world.traits["interest"][self.row])

    @property
    def affinity(self) -> float:
        """What a reward means to them, 1 being usual."""
        return float(self.model.world.traits["affinity"][self.row])

    @property
    def activity(self) -> float:
        """How often they visit their feed, in visits an hour; infinite where always online."""
        own, often = self.model.world.activity, self.model.plan.notice.activity
        return float(pace(own, often, self.row)) if own.size else float(often)

    @property
    def segment(self) -> str:
        """The name of their segment; empty where they are in none."""
        found = self.model.campaign.membership
        place = 0 if found is None else int(found.code[self.row])
        return found.names[place - 1] if found is not None and place else ""

    @property
    def channels(self) -> int:
        """The channels that they are on, a bit each, in the order of the scenario."""
        return int(self.model.state.channels[self.row])

    @property
    def following(self) -> int:
        """How many people they follow: whose posts arrive in their feed."""
        return int(self.model.network.following[self.row])

    # their relation with the brand ------------------------------------------------------------

    @property
    def role(self) -> str:
        """Their relation to the brand: ``"stranger"``, ``"fan"`` or ``"advocate"``."""
        return ROLES[self.model.state.role[self.row]]

    @property
    def trust(self) -> float:
        """Trust in the brand, 0..1, silence up to now reckoned with (004).

        What is written here counts from the next decision on.

        Raises
        ------
        InputError
            If what is written is no number from 0 to 1.
        """
        relate = self.model.plan.relate
        left = float(relate.trust_left[self.silence]) if relate.fades else 1.0
        return self._after_silence(self.model.state.trust[self.row], relate.prior, left)

    @trust.setter
    def trust(self, value: float) -> None:
        value = _share(value, "trust")
        self._end_silence()
        self.model.state.trust[self.row] = value

    @property
    def bond(self) -> float:
        """Bond with the brand, 0..1; read and written as `trust` is."""
        relate = self.model.plan.relate
        left = float(relate.bond_left[self.silence]) if relate.fades else 1.0
        return self._after_silence(self.model.state.bond[self.row], 0.0, left)

    @bond.setter
    def bond(self, value: float) -> None:
        value = _share(value, "bond")
        self._end_silence()
        self.model.state.bond[self.row] = value

    @property
    def silence(self) -> int:
        """Ticks since trust and bond were last reckoned with, when they heard of the brand."""
        return max(self.model.tick - self._relation("touched"), 0)

    @property
    def given(self) -> float:
        """Value received from the brand, an average over its posts, 0..1 (003: value first)."""
        return float(self.model.state.relation["given"][self.row])

    @property
    def helped(self) -> float:
        """Value received from people, an average over what they passed on, 0..1 (004)."""
        return float(self.model.state.relation["helped"][self.row])

    @property
    def answers(self) -> int:
        """Thanks and replies that they got."""
        return self._relation("answers")

    @property
    def acts(self) -> int:
        """Shares and comments of theirs so far."""
        return self._relation("acts")

    @property
    def visits(self) -> int:
        """How often they came back to the brand."""
        return self._relation("visits")

    @property
    def complaint(self) -> int | None:
        """The topic about which they wait for the brand to mend something; None: about nothing."""
        waiting = self._relation("open")
        return waiting - 1 if waiting else None

    @property
    def bought(self) -> bool:
        """Whether they ever bought, or whatever the transaction is."""
        return bool(self.model.state.steps[self.row] >> s.CONVERTED & 1)

    @property
    def warned(self) -> bool:
        """Whether they noticed what somebody else had to complain about (004)."""
        return bool(self._relation("flags") & s.WARNED)

    @property
    def ties(self) -> float:
        """How close those are who hear them, on average, 0..1."""
        ties = self.model.world.ties
        return float(ties[self.row]) if ties.size else self.model.plan.believe.closeness

    @property
    def community(self) -> float:
        """Their sense of community, 0..1; 0 for who does not follow the brand (003)."""
        model, state = self.model, self.model.state
        if state.role[self.row] == STRANGER:
            return 0.0
        talk, members = 0.0, 0.0
        if model.world.room.size:
            room = model.world.room[self.row]
            talk = float(talk_in(model.plan, model.state, model.today.due, room))
            members = float(model.today.due.members[room])
        joined = self._relation("joined")
        return float(
            sense_of_community(
                model.plan.belong,
                -1.0 if joined < 0 else float(model.tick - joined),
                float(self.answers),
                self.given,
                self.bond,
                talk,
                members,
            )
        )

    @property
    def rung(self) -> str:
        """Where they stand on the ladder of advocacy (002).

        ``"unaware"``, ``"aware"``, ``"follower"``, ``"participant"`` by what they did of their own;
        then, by what the brand did, ``"identified"``, ``"activated"``, ``"nurtured"`` and
        ``"advocate"``.
        """
        climbed = self._relation("rung")
        if climbed != s.NO_RUNG:
            return s.RUNGS[climbed]
        if self.acts:
            return "participant"
        if self.model.state.role[self.row] != STRANGER:
            return "follower"
        return "aware" if self.model.state.steps[self.row] >> s.NOTICED & 1 else "unaware"

    # what they remember -----------------------------------------------------------------------

    @property
    def wrongs(self) -> int:
        """How often something went wrong for them."""
        return int(self._relation("wrongs"))

    @property
    def earlier(self) -> int:
        """Messages of the brand's that they noticed so far."""
        return int(self.model.state.earlier[self.row])

    def done(self, message: int) -> int:
        """What they did with a message so far: flags and doses (see `sim.state`)."""
        state = self.model.state
        return int(s.record(state.page, state.pages, message, self.row))

    def noticed(self, message: int) -> bool:
        """Whether they noticed a message so far."""
        return bool(self.done(message) & s.SAW)

    def passed_on(self, message: int) -> bool:
        """Whether they passed a message on so far."""
        return bool(self.done(message) & s.PASSED_ON)

    def clicked_on(self, message: int) -> bool:
        """Whether they clicked on a message so far."""
        return bool(self.done(message) & s.CLICKED_ON)

    def heard_from(self, message: int) -> int:
        """From how many people they noticed a message; 0 where the rule of sharing does not ask."""
        heard = self.model.state.heard
        return int(heard[message, self.row]) if heard.size else 0

    def history(self) -> list[Event]:
        """What happened to them so far, in order: what, when, about what, and through whom.

        Examples
        --------
        >>> import wordofmouth as wom
        >>> scenario = wom.load("open_house").replace({"network.people": 200, "publish.seeds": 1})
        >>> model = wom.CampaignModel(scenario, rng=7)
        >>> model.step()
        >>> [asked] = model.brand.asks()
        >>> print(*asked.history(), sep=chr(10))
        tick 0: passed on message 0 (invitation), from the brand
        """
        return history(self.model, self.row)

    # ------------------------------------------------------------------------------------------

    def _added(self, name: str) -> float:
        """What their segment adds to the log-odds of a decision (`sim.plan.Segmented`)."""
        place = segment_of(self.model.world.segment, self.row)
        return float(getattr(self.model.plan.segmented, name)[place])

    def _relation(self, name: str) -> int:
        return int(self.model.state.relation[name][self.row])

    def _after_silence(self, value: np.float32, prior: float, left: float) -> float:
        if self.silence == 0 or not self.model.plan.relate.fades:
            return float(value)
        return float(np.float32(faded(float(value), prior, left)))

    def _end_silence(self) -> None:
        """Write what silence left: what is written next has not faded yet."""
        rows = np.array([self.row], np.int32)
        apply_silence(self.model.plan, self.model.state, rows, self.model.tick)


def _share(value: float, name: str) -> float:
    number = isinstance(value, (int, float, np.integer, np.floating))
    if not number or isinstance(value, bool) or not 0.0 <= value <= 1.0:
        raise InputError(f"{name} = {value!r} is not allowed; give a number from 0 to 1.")
    return value
