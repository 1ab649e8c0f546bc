"""The figures of a campaign's report, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator

from ...sim.result import Result
from ..figures import campaign
from .page import Picture
from .pictures import embedded, untitled


def drawn(result: Result) -> Iterator[Picture]:
    """The figures of a campaign that have something to say; the first is that of the whole."""
    alt = f"Funnel, reach over time and cascade sizes. {result.sentence}"
    yield embedded(untitled(campaign(result)), alt, cut=True)
