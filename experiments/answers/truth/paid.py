"""The paid channels of a campaign: what each is called, cost and showed, and the campaign without.

A channel is a flight or an outlet with a fee, those of one name together, as in `Result.sources`.
One that is left out keeps its place in the scenario and buys nothing: every other message then
keeps its draws, and a channel that does nothing changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ....sim.errors import InputError
from ....sim.ledger import MILLION
from ....sim.parameters import Scenario
from ....sim.result import Result
from ....sim.sources import BOUGHT, FLIGHT, OUTLET, PAID, PRODUCTION, Source, sources

# What a flight and an outlet no longer do in a campaign without them.
_SILENT: Final[dict[str, dict[str, float]]] = {
    FLIGHT: {"impressions": 0.0, "production": 0.0},
    OUTLET: {"acceptance": 0.0},
}


# Called so is what leaves out every channel at once, and what leaves out none.
ALL: Final = "all_paid_media"
NONE: Final = "campaign"


class PaidChannel(NamedTuple):
    """A paid channel.

    Attributes
    ----------
    source
        Its kind, flight or outlet, and its name in the scenario.
    word
        What columns call it: lower case letters, digits and underscores.
    place
        Its place among `sources`.
    """

    source: Source
    word: str
    place: int

    @property
    def unit(self) -> str:
        """What is bought of it: impressions, or placements at an outlet."""
        return "impressions" if self.source.kind == FLIGHT else "placements"

    def spend(self, result: Result) -> NDArray[np.float64]:
        """Money spent on it in each tick, making an ad included."""
        paid = result.by_source[:, self.place, [PAID, PRODUCTION]].sum(axis=1)
        return np.asarray(paid / MILLION, np.float64)

    def bought(self, result: Result) -> NDArray[np.int64]:
        """Impressions or placements bought in each tick."""
        return np.asarray(result.by_source[:, self.place, BOUGHT])


def paid_channels(scenario: Scenario) -> list[PaidChannel]:
    """The paid channels of a scenario, in the order of its sources.

    Raises
    ------
    InputError
        If it has none.

    Examples
    --------
    >>> found = paid_channels(Scenario(publish={"ads": [{"name": "TV & radio"}]}))
    >>> [each.word for each in found]
    ['tv_radio']
    """
    fees = {outlet.name: outlet.fee for outlet in scenario.publish.outlets if outlet.fee > 0.0}
    found: list[PaidChannel] = []
    for place, source in enumerate(sources(scenario)):
        if source.kind == FLIGHT or (source.kind == OUTLET and source.name in fees):
            taken = {ALL, NONE, *(each.word for each in found)}
            found.append(PaidChannel(source, _word(source.name, taken), place))
    if not found:
        raise InputError(
            f"{scenario.name} buys no media: publish.ads is empty and no outlet of publish.outlets "
            "has a fee, so that no paid channel has an effect to tell; give it an ad, such as "
            "[[publish.ads]] with name, tick, ticks and impressions."
        )
    return found


def without(scenario: Scenario, silent: Iterable[PaidChannel]) -> Scenario:
    """The scenario in which some of its channels buy nothing and show nothing."""
    gone = {each.source for each in silent}
    publish = scenario.to_dict()["publish"]
    changes = {
        f"publish.{name}": [
            each | (_SILENT[kind] if Source(kind, each["name"]) in gone else {})
            for each in publish[name]
        ]
        for name, kind in (("ads", FLIGHT), ("outlets", OUTLET))
    }
    return scenario.replace(changes)


def _word(name: str, taken: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "channel"
    word = plain if plain[0].isalpha() else f"channel_{plain}"
    number = 1
    found = word
    while found in taken:
        number += 1
        found = f"{word}_{number}"
    return found
