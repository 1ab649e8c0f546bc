"""A campaign under way, as far as its funnel and its headline are told from it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...sim import state as s
from ...sim.apply import settled
from ...sim.campaign import Campaign
from ...sim.plan import OWN
from ...sim.result import Result, Stage


class Glance:
    """What is read of a campaign between two ticks, without making its result.

    Parameters
    ----------
    campaign
        On its way; after its next tick this is out of date.
    """

    def __init__(self, campaign: Campaign) -> None:
        state, at = campaign.states[0], campaign.tick
        self._campaign = campaign
        self.scenario = campaign.scenario
        self.counts = state.counts
        self.kinds = campaign.plan.messages["kind"][: state.counts.shape[0]]
        self.mentions = campaign.plan.messages["mention"][: self.kinds.size].astype(np.bool_)
        self.people = state.people.tolist()
        self.role, self.steps = state.crowd["role"], state.crowd["steps"]
        self.columns = dict(zip(s.SERIES, state.series[:at].T, strict=True))
        self.placed, self.by_source = state.placed, state.sources[:at]

    @property
    def ours(self) -> NDArray[np.bool_]:
        """Which messages are the brand's own."""
        return self.kinds <= OWN

    @property
    def trust(self) -> NDArray[np.float32]:
        """Trust in the brand at this moment."""
        campaign = self._campaign
        return settled(campaign.plan, campaign.states[0], campaign.tick)[0]

    @property
    def funnel(self) -> list[Stage]:
        """The funnel, in the result's own words."""
        parts: Any = self
        found: list[Stage] = Result.funnel.func(parts)  # type: ignore[attr-defined]
        return found
