"""People of a class of one's own decide in Python; the kernels decide for all the others.

Only the verbs that a subclass overrides are asked: a fan who never shares still notices, clicks
and buys compiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..sim.stages.deliver import Exposures
from ..sim.stages.notice import Noticed
from ..sim.stages.share import ASKED, NOT
from ..sim.state import CLICKED_ON, PASSED_ON
from ..sim.wave import Wave
from ..sim.world import ADVOCATE, FAN, STRANGER
from .advocate import Advocate
from .brand import Brand
from .exposure import Exposure
from .fan import Fan
from .person import Person
from .round import as_noticed, chosen
from .stranger import Stranger

if TYPE_CHECKING:
    from .model import CampaignModel

_OURS: dict[int, type[Person]] = {STRANGER: Stranger, FAN: Fan, ADVOCATE: Advocate}


def overridden(kind: type[Any], ours: type[Any]) -> set[str]:
    """The verbs that a class does not have from ours."""
    return {verb for verb in ours.VERBS if getattr(kind, verb) is not getattr(ours, verb)}


class Overrides:
    """The deciders of a model whose classes override some verbs (`sim.engine.Deciders`)."""

    def __init__(self, model: CampaignModel) -> None:
        self.model = model
        self.roles = {
            verb: {
                role for role, ours in _OURS.items() if verb in overridden(model.kinds[role], ours)
            }
            for verb in Person.VERBS
        }
        self.brand = overridden(type(model.brand), Brand) if model.has_agents else set()

    @classmethod
    def of(cls, model: CampaignModel) -> Overrides | None:
        """The deciders of a model; None where the kernels decide for all."""
        people = any(overridden(model.kinds[role], ours) for role, ours in _OURS.items())
        brand = "thank" in overridden(model.brand_kind, Brand)
        if not people and not brand:
            return None
        model.make_agents()
        return cls(model)

    def _theirs(self, verb: str, noticed: Noticed) -> list[int]:
        """The places of those who decide for themselves."""
        roles = self.roles[verb]
        if not roles:
            return []
        role = self.model.state.role[noticed.person]
        return np.flatnonzero(np.isin(role, list(roles))).tolist()

    def _exposures(self, wave: Wave, noticed: Noticed, at: int) -> list[Exposure]:
        rows = np.flatnonzero(noticed.who == at)
        return [
            self._exposure(wave, int(noticed.entry[row]), int(noticed.doses[at])) for row in rows
        ]

    def _exposure(self, wave: Wave, entry: int, doses: int = 0) -> Exposure:
        sender = self.model.sender(int(wave.person[entry]))
        return Exposure(
            int(wave.message[entry]), sender, int(wave.hop[entry]), entry, doses
        )

    def notice(
        self, wave: Wave, exposures: Exposures, noticed: Noticed, message: int
    ) -> Noticed:
        """Who noticed, those who decide for themselves asked anew."""
        roles = list(self.roles["notice"])
        if not roles:
            return noticed
        role = self.model.state.role
        seen: dict[int, list[Exposure]] = {}
        for at, entry in zip(noticed.who, noticed.entry, strict=True):
            row = int(noticed.person[at])
            if role[row] not in roles:
                seen.setdefault(row, []).append(self._exposure(wave, int(entry)))
        for place in range(exposures.start[message], exposures.start[message + 1]):
            row = int(exposures.person[place])
            if role[row] in roles:
                exposure = self._exposure(wave, int(exposures.entry[place]))
                if self.model.person(row).notice(exposure):
                    seen.setdefault(row, []).append(exposure)
        asked = self.model.people(noticed.person[noticed.asked])
        for person in asked:
            seen.setdefault(person.row, [])
        rows = sorted(seen)
        return as_noticed(
            self.model.people(rows), [seen[row] for row in rows], asked, message
        )

    def share(
        self, wave: Wave, noticed: Noticed, shared: NDArray[np.int32], message: int
    ) -> NDArray[np.int32]:
        """What each passes on."""
        for at in self._theirs("share", noticed):
            if shared[at] != ASKED and not noticed.before[at] & PASSED_ON:
                person = self.model.person(noticed.person[at])
                exposures = self._exposures(wave, noticed, at)
                shared[at] = chosen(person.share, person.share_luck, exposures)
        return shared

    def click(
        self, wave: Wave, noticed: Noticed, clicked: NDArray[np.int32], message: int
    ) -> NDArray[np.int32]:
        """What each clicks on."""
        for at in self._theirs("click", noticed):
            if not noticed.before[at] & CLICKED_ON:
                person = self.model.person(noticed.person[at])
                exposures = self._exposures(wave, noticed, at)
                clicked[at] = chosen(person.click, person.click_luck, exposures)
        return clicked

    def find(
        self,
        wave: Wave,
        noticed: Noticed,
        clicked: NDArray[np.int32],
        found: NDArray[np.bool_],
        message: int,
    ) -> NDArray[np.bool_]:
        """Whether each who clicked finds the brand."""
        for at in self._theirs("find", noticed):
            person = self.model.person(noticed.person[at])
            found[at] = clicked[at] != NOT and person.find(
                self._exposure(wave, int(clicked[at]), int(noticed.doses[at]))
            )
        return found

    def convert(
        self,
        wave: Wave,
        noticed: Noticed,
        clicked: NDArray[np.int32],
        converted: NDArray[np.bool_],
        found: NDArray[np.bool_],
        message: int,
    ) -> NDArray[np.bool_]:
        """Whether each who found the brand converts."""
        for at in self._theirs("convert", noticed):
            person = self.model.person(noticed.person[at])
            converted[at] = found[at] and person.convert(
                self._exposure(wave, int(clicked[at]), int(noticed.doses[at]))
            )
        return converted

    def follow(
        self,
        noticed: Noticed,
        shared: NDArray[np.int32],
        clicked: NDArray[np.int32],
        follows: NDArray[np.bool_],
        message: int,
    ) -> NDArray[np.bool_]:
        """Whether each who shared or clicked follows the brand."""
        for at in self._theirs("follow", noticed):
            active = shared[at] != NOT or clicked[at] != NOT
            follows[at] = active and self.model.person(noticed.person[at]).follow(message)
        return follows

    def thank(self, wave: Wave, thanked: NDArray[np.int64]) -> NDArray[np.int64]:
        """Whom the brand thanks."""
        if "thank" not in self.brand:
            return thanked
        shares = [self._exposure(wave, entry) for entry in np.flatnonzero(wave.person >= 0)]
        return np.array([post.entry for post in self.model.brand.thank(shares)], np.int64)
