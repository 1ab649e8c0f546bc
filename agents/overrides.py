"""People of a class of one's own decide in Python; the kernels decide for all the others.

Only the verbs that a subclass overrides are asked: a fan who never shares still notices, clicks
and buys compiled.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..sim.agenda import Due
from ..sim.deciders import Deciders
from ..sim.exposures import Exposures
from ..sim.stages.notice import Noticed
from ..sim.stages.react import COMMENTS, LIKES
from ..sim.stages.serve import Served
from ..sim.stages.share import ASKED, NOT
from ..sim.state import CLICKED_ON, DOSE, PASSED_ON, SAW, State
from ..sim.wave import Wave
from .brand import Brand
from .exposure import Exposure
from .person import Person
from .round import answers
from .subclasses import ROLE_KINDS, overridden
from .turn import (
    Readers,
    as_noticed,
    click,
    convert,
    count_showings,
    entry_of,
    follow,
    from_people,
    share,
    unfollow,
    yes,
)

if TYPE_CHECKING:
    from .model import CampaignModel


class Overrides(Deciders):
    """The deciders of a model whose classes override some verbs.

    Attributes
    ----------
    roles
        For each verb the roles whose class overrides it.
    serves
        Whether the brand decides whom to answer.
    """

    def __init__(self, model: CampaignModel) -> None:
        self.model = model
        verbs = {verb for ours in ROLE_KINDS.values() for verb in ours.VERBS}
        self.roles: dict[str, list[int]] = {verb: [] for verb in verbs}
        for role, ours in ROLE_KINDS.items():
            for verb in overridden(model.kinds[role], ours):
                self.roles[verb].append(role)
        self.serves = bool(overridden(model.brand_kind, Brand) - {"publish"})

    @property
    def needed(self) -> bool:
        """Whether anybody has to be asked."""
        return self.serves or any(self.roles.values())

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
                post = self._exposure(message, wave, entry)
                if noticed.visit.size:
                    post.visit = float(noticed.visit[at])
                seen.setdefault(row, []).append(post)
        start, stop = exposures.start[message], exposures.start[message + 1]
        hearers, entries = exposures.person[start:stop], exposures.entry[start:stop]
        met: dict[int, list[Exposure]] = {}
        for place in np.flatnonzero(np.isin(role[hearers], roles)):
            exposure = self._exposure(message, wave, int(entries[place]))
            if exposures.visit.size:
                exposure.visit = float(exposures.visit[start + place])
            met.setdefault(int(hearers[place]), []).append(exposure)
        for row, posts in met.items():
            count_showings(posts)
            noted = [post for post in posts if yes(self.model.person(row), "notice", post)]
            if noted:
                seen[row] = noted
        asked = set(noticed.person[noticed.asked].tolist())
        readers: Readers = {
            self.model.person(row): (seen.get(row, []), row in asked)
            for row in sorted(asked | seen.keys())
        }
        return as_noticed(readers, message)

    def click(
        self, wave: Wave, noticed: Noticed, clicked: NDArray[np.int32], message: int
    ) -> NDArray[np.int32]:
        """What each clicks on."""
        for at, person, seen in self._readers("click", message, wave, noticed, CLICKED_ON):
            clicked[at] = entry_of(click(person, seen, message))
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
            post = self._clicked(message, wave, noticed, clicked, at)
            found[at] = post is not None and yes(person, "find", post)
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
            post = self._clicked(message, wave, noticed, clicked, at)
            converted[at] = post is not None and bool(found[at]) and convert(person, post)
        return converted

    def share(
        self,
        wave: Wave,
        noticed: Noticed,
        shared: NDArray[np.int32],
        clicked: NDArray[np.int32],
        converted: NDArray[np.bool_],
        message: int,
    ) -> NDArray[np.int32]:
        """What each passes on."""
        for at, person, seen in self._readers("share", message, wave, noticed, PASSED_ON):
            if shared[at] != ASKED:
                post = self._clicked(message, wave, noticed, clicked, at)
                shared[at] = share(person, seen, post if converted[at] else None, False, message)
        return shared

    def react(
        self, noticed: Noticed, reacted: NDArray[np.uint8], message: int
    ) -> NDArray[np.uint8]:
        """Whether each likes it, comments on it."""
        if not self.model.is_ours(message):
            return reacted
        # Whoever speaks of their own accord is no audience of it.
        heard = (noticed.before & SAW == 0) & ~(noticed.asked & self.model.is_own(message))
        for at, person in self._deciders("like", noticed):
            if heard[at]:
                reacted[at] = reacted[at] & ~LIKES | LIKES * np.uint8(yes(person, "like", message))
        for at, person in self._deciders("comment", noticed):
            if heard[at]:
                commented = np.uint8(yes(person, "comment", message))
                reacted[at] = reacted[at] & ~COMMENTS | COMMENTS * commented
        return reacted

    def follow(
        self,
        wave: Wave,
        noticed: Noticed,
        shared: NDArray[np.int32],
        clicked: NDArray[np.int32],
        found: NDArray[np.bool_],
        follows: NDArray[np.bool_],
        message: int,
    ) -> NDArray[np.bool_]:
        """Whether each stranger who shared or clicked, and finds the brand, follows it."""
        asked = dict(self._deciders("find", noticed)) | dict(self._deciders("follow", noticed))
        for at, person in asked.items():
            post = self._clicked(message, wave, noticed, clicked, at)
            passed = self._clicked(message, wave, noticed, shared, at) if shared[at] >= 0 else None
            seen = [] if passed is None else [passed]
            follows[at] = follow(person, int(shared[at]), post, bool(found[at]), seen, message)
        return follows

    def unfollow(
        self, noticed: Noticed, leaves: NDArray[np.bool_], message: int
    ) -> NDArray[np.bool_]:
        """Whether each follower leaves."""
        for at, person in self._deciders("unfollow", noticed):
            leaves[at] = unfollow(person, bool(noticed.asked[at]), message)
        return leaves

    def wrote(self, state: State) -> State:
        """Show people the state as it stands now: who looks in again knows what they did."""
        self.model.write(state)
        return state

    def serve(self, due: Due, wave: Wave, served: Served) -> Served:  # noqa: ARG002 (the model's own)
        """Whom the brand answers."""
        if not self.serves:
            return served
        posts = [
            self._exposure(int(wave.message[entry]), wave, entry)
            for entry in range(wave.person.size)
        ]
        return answers(self.model, posts)

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
                entries, doses = entry[start[at] : start[at + 1]].tolist(), int(noticed.doses[at])
                seen = [self._exposure(message, wave, k, doses) for k in entries]
                for post in seen:
                    post.people, post.known = from_people(seen), int(noticed.before[at] >> DOSE)
                    post.visit = float(noticed.visit[at]) if noticed.visit.size else post.visit
                yield at, person, seen

    def _clicked(
        self, message: int, wave: Wave, noticed: Noticed, clicked: NDArray[np.int32], at: int
    ) -> Exposure | None:
        """The post that somebody clicked on."""
        if clicked[at] == NOT:
            return None
        post = self._exposure(message, wave, int(clicked[at]), int(noticed.doses[at]))
        senders = wave.person[noticed.entry[noticed.who == at]]
        post.people = int((senders >= 0).sum())
        post.visit = float(noticed.visit[at]) if noticed.visit.size else post.visit
        return post

    def _exposure(self, message: int, wave: Wave, entry: int, doses: int = 0) -> Exposure:
        sender, channels = self.model.sender(int(wave.person[entry])), int(wave.channels[entry])
        tick, hours = int(wave.tick[entry]), float(wave.hours[entry])
        visit = max(hours, self.model.tick * self.model.plan.hours)
        return Exposure(
            message,
            sender,
            int(wave.hop[entry]),
            entry,
            channels,
            tick,
            hours,
            visit,
            int(wave.showing[entry]),
            doses=doses,
        )
