"""An account with an audience: an outlet where posts are placed, an ad, a rival brand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import mesa
import numpy as np

from ..sim.agenda import ranks
from ..sim.draws import SHOWN, happens
from ..sim.stages.publish import beyond, falls_on, runs, showing_key, shown_before
from ..sim.wave import OUTLET

if TYPE_CHECKING:
    from .model import CampaignModel
    from .person import Person


class Account(mesa.Agent):
    """An account beside the brand's own.

    Attributes
    ----------
    number
        Its place among the accounts: outlets come first, then flights of ads, then rivals, then
        ranked feeds.
    name
        As the scenario says.
    sender
        What stands for it among the senders of the wave.
    VERBS
        None: where the kernels decide, an account is what the scenario says.
    """

    model: CampaignModel
    VERBS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, model: CampaignModel, number: int, name: str) -> None:
        super().__init__(model)
        self.number, self.name = number, name
        self.sender = OUTLET - number

    @property
    def place(self) -> int:
        """A number that it keeps, whatever accounts of another kind there are."""
        return int(self.model.plan.accounts["identity"][self.number])

    @property
    def identity(self) -> int:
        """Whom the draws about this account are about: senders that are no people count down."""
        return 2**64 + OUTLET - self.place

    @property
    def audience(self) -> list[Person]:
        """Those who look at it."""
        offsets = self.model.world.outlet_offsets
        members = self.model.world.outlet_members[offsets[self.number] : offsets[self.number + 1]]
        return self.model.people(members)

    @property
    def standing(self) -> float:
        """How far it is believed, as a friend's closeness; below 0 as the brand itself."""
        return float(self.model.plan.accounts["standing"][self.number])

    @property
    def paid(self) -> float:
        """What it costs a post here in credibility that it is paid for."""
        return float(self.model.plan.accounts["paid"][self.number])

    @property
    def shown(self) -> float:
        """The chance that a post is shown to one of the audience; of an ad the mean exposures."""
        return float(self.model.plan.accounts["shown"][self.number])

    def takes(self, message: int) -> bool:
        """Whether it posts a message: its own, which nobody else posts."""
        return int(self.model.plan.messages["account"][message]) == self.number

    @property
    def showings(self) -> list[int]:
        """Which showings it makes of what it posts in a tick: one, of no number."""
        return [-1]

    def shows(self, message: int, person: Person) -> bool:
        """Whether a post is shown to one of the audience."""
        return happens(person.luck_of(message, SHOWN, self.place), self.shown)

    def hearers(self, message: int) -> list[Person]:
        """Those to whom a post is shown, on whatever channels they are."""
        return [person for person in self.audience if self.shows(message, person)]


class Rival(Account):
    """A rival brand (001): its followers hear what names it; it asks people, and reacts."""

    def asks(self) -> list[Person]:
        """The people whom it asks to pass on what it posts, and who all do."""
        world = self.model.world
        first = int(self.model.plan.ranking.first) - (world.rival_offsets.size - 1)
        start, stop = world.rival_offsets[self.number - first : self.number - first + 2]
        return self.model.people(world.rival_seeds[start:stop])


class Feed(Account):
    """The feeds of a channel that are ranked by engagement, which show posts beyond followers."""

    def takes(self, message: int) -> bool:  # noqa: ARG002 (it posts nothing of its own accord)
        """Whether it posts a message: a feed shows what did well, later (`ranks`)."""
        return False

    @property
    def row(self) -> int:
        """Its place among the channels that rank their feeds."""
        return self.number - int(self.model.plan.ranking.first)

    @property
    def bit(self) -> int:
        """Its channel, as one bit."""
        return 1 << int(self.model.plan.ranking.channel[self.row])

    def ranks(self, message: int) -> bool:
        """Whether it judges a post in this tick: `ranking_test` hours after it was posted."""
        return bool(ranks(self.model.plan, message, self.row, self.model.tick))

    def hearers(self, message: int) -> list[Person]:
        """The strangers on its channel to whom it shows a post, the more the better it did.

        P = ranking_reach * e / (e + ranking_half), with e the likes, comments and shares for each
        who noticed the post so far.
        """
        model, ranking = self.model, self.model.plan.ranking
        acts, noticed = model.today.due.judged[message].tolist()
        chance = beyond(acts, noticed, ranking.most[self.row], ranking.half[self.row])
        return [
            person
            for person in model.everybody
            if person.role == "stranger"
            and person.channels & self.bit
            and happens(person.luck_of(message, SHOWN, self.place), chance)
        ]


class Ad(Account):
    """A flight of paid media (004), which runs for some ticks, among an audience.

    Flights of one format and content type show the same ad, which is one message; people view
    unevenly, and whoever views more is shown more of it.
    """

    def takes(self, message: int) -> bool:
        """Whether the ad of its flight is this message, and it runs."""
        ours = int(self.model.plan.accounts["message"][self.number]) == message
        return ours and bool(runs(self.model.plan, self.number, self.model.tick))

    @property
    def showings(self) -> list[int]:
        """Which showings of the ad it may make: as many as one person has room for."""
        return list(range(int(self.model.plan.accounts["most"][self.number])))

    def viewing(self, person: Person) -> float:
        """How much one of the audience views, against the mean."""
        world, rows = self.model.world, self.model.world.outlet_members
        first, stop = world.outlet_offsets[self.number], world.outlet_offsets[self.number + 1]
        return float(world.outlet_viewing[first + rows[first:stop].searchsorted(person.row)])

    def hearers(self, message: int, showing: int = 0) -> list[Person]:
        """Those of whom this showing falls on this flight, of all that show the same ad."""
        plan, tick = self.model.plan, self.model.tick
        begins = float(shown_before(plan, self.number, tick))
        ends = begins + self.shown
        key = np.uint64(showing_key(plan, message, tick))
        return [
            person
            for person in self.audience
            for views in [self.viewing(person)]
            if falls_on(key, np.uint64(person.identity), showing, begins * views, ends * views)
        ]

    @property
    def noticed(self) -> float:
        """The share of its showings that are noticed at first sight."""
        return float(self.model.plan.accounts["noticed"][self.number])

    @property
    def response(self) -> float:
        """The log-odds that who noticed it answers, but for trust and offer."""
        return float(self.model.plan.accounts["response"][self.number])

    @property
    def searched(self) -> bool:
        """Whether the answer is a search for the brand: there is nothing to click."""
        return bool(self.model.plan.accounts["searched"][self.number])
