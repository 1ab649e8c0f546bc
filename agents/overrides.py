"""People of a class of one's own decide in Python; the kernels decide for all the others.

Only the verbs that a subclass overrides are asked: a fan who never shares still notices, clicks
and buys compiled.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..sim.stages.deliver import Exposures
from ..sim.stages.notice import Noticed
from ..sim.stages.share import ASKED, NOT
from ..sim.state import CLICKED_ON, PASSED_ON
from ..sim.wave import Wave
from .brand import Brand
from .exposure import Exposure
from .person import Person
from .round import as_noticed, chosen, entry_of
from .stranger import Stranger
from .subclasses import ROLE_KINDS, overridden

if TYPE_CHECKING:
    from .model import CampaignModel


class Overrides:
    """The deciders of a model whose classes override some verbs (`sim.engine.Deciders`).

    Attributes
    ----------
    roles
        For each verb the roles whose class overrides it.
    thanks
        Whether the brand decides whom to thank.
    """

    def __init__(self, model: CampaignModel) -> None:
        self.model = model
        self.roles: dict[str, list[int]] = {verb: [] for verb in Stranger.VERBS}
        for role, ours in ROLE_KINDS.items():
            for verb in overridden(model.kinds[role], ours):
                self.roles[verb].append(role)
        self.thanks = "thank" in overridden(model.brand_kind, Brand)

    def __bool__(self) -> bool:
        """Whether anybody has to be asked."""
        return self.thanks or any(self.roles.values())

    def notice(self, wave: Wave, exposures: Exposures, noticed: Noticed, message: int) -> Noticed:
        """Who noticed, those who decide for themselves asked anew."""
        roles = self.roles["notice"]
        if not roles:
            return noticed
        role = self.model.state.role
        seen: dict[int, list[Exposure]] = {}
        for at, entry in zip(noticed.who.tolist(), noticed.entry.tolist(), strict=True):
            row = int(noticed.person[at])
            if role[row] not in roles:
                seen.setdefault(row, []).append(self._exposure(message, wave, entry))
        start, stop = exposures.start[message], exposures.start[message + 1]
        hearers, entries = exposures.person[start:stop], exposures.entry[start:stop]
        for place in np.flatnonzero(np.isin(role[hearers], roles)):
            exposure = self._exposure(message, wave, int(entries[place]))
            if self.model.person(int(hearers[place])).notice(exposure):
                seen.setdefault(int(hearers[place]), []).append(exposure)
        asked = self.model.people(noticed.person[noticed.asked])
        for person in asked:
            seen.setdefault(person.row, [])
        readers = {self.model.person(row): seen[row] for row in sorted(seen)}
        return as_noticed(readers, asked, message)

    def share(
        self, wave: Wave, noticed: Noticed, shared: NDArray[np.int32], message: int
    ) -> NDArray[np.int32]:
        """What each passes on."""
        for at, person, exposures in self._readers("share", message, wave, noticed, PASSED_ON):
            if shared[at] != ASKED:
                shared[at] = entry_of(chosen(person.share, person.share_luck, exposures))
        return shared

    def click(
        self, wave: Wave, noticed: Noticed, clicked: NDArray[np.int32], message: int
    ) -> NDArray[np.int32]:
        """What each clicks on."""
        for at, person, exposures in self._readers("click", message, wave, noticed, CLICKED_ON):
            clicked[at] = entry_of(chosen(person.click, person.click_luck, exposures))
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
        for at, person in self._deciders("find", noticed):
            found[at] = clicked[at] != NOT and person.find(
                self._exposure(message, wave, int(clicked[at]), int(noticed.doses[at]))
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
        for at, person in self._deciders("convert", noticed):
            converted[at] = found[at] and person.convert(
                self._exposure(message, wave, int(clicked[at]), int(noticed.doses[at]))
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
        """Whether each stranger who shared or clicked follows the brand."""
        for at, person in self._deciders("follow", noticed):
            active = shared[at] != NOT or clicked[at] != NOT
            follows[at] = active and isinstance(person, Stranger) and person.follow(message)
        return follows

    def thank(self, wave: Wave, thanked: NDArray[np.int64]) -> NDArray[np.int64]:
        """Whom the brand thanks."""
        if not self.thanks:
            return thanked
        shares = [
            self._exposure(int(wave.message[entry]), wave, entry)
            for entry in np.flatnonzero(wave.person >= 0).tolist()
        ]
        return np.array([post.entry for post in self.model.brand.thank(shares)], np.int64)

    def _deciders(self, verb: str, noticed: Noticed) -> list[tuple[int, Person]]:
        """Those who decide on a verb for themselves, each with their place in the list."""
        roles = self.roles[verb]
        if not roles:
            return []
        places = np.flatnonzero(np.isin(self.model.state.role[noticed.person], roles)).tolist()
        return [(at, self.model.person(int(noticed.person[at]))) for at in places]

    def _readers(
        self, verb: str, message: int, wave: Wave, noticed: Noticed, done: np.uint8
    ) -> Iterator[tuple[int, Person, list[Exposure]]]:
        """Of the deciders those who have not done it before, each with what they noticed."""
        deciders = self._deciders(verb, noticed)
        if not deciders:
            return
        order = np.argsort(noticed.who, kind="stable")
        entry = noticed.entry[order]
        start = np.searchsorted(noticed.who[order], np.arange(noticed.person.size + 1))
        for at, person in deciders:
            if not noticed.before[at] & done:
                entries, doses = entry[start[at] : start[at + 1]], int(noticed.doses[at])
                yield (
                    at,
                    person,
                    [self._exposure(message, wave, k, doses) for k in entries.tolist()],
                )

    def _exposure(self, message: int, wave: Wave, entry: int, doses: int = 0) -> Exposure:
        sender = self.model.sender(int(wave.person[entry]))
        return Exposure(message, sender, int(wave.hop[entry]), entry, doses)
