"""What a diagnosis finds at a stage: what the step, money and remedies bring there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from ...estimates.interval import Estimate


@dataclass(frozen=True)
class Bought:
    """What an amount of money buys at a stage.

    Attributes
    ----------
    what
        What is bought.
    spent
        What it really cost more.
    gain
        What it brings in the outcome.
    """

    what: str
    spent: Estimate
    gain: Estimate

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "what": self.what,
            "spent": self.spent.to_dict(),
            "gain": self.gain.to_dict(),
        }


@dataclass(frozen=True)
class Part:
    """What a stage does in one part of the campaign.

    Attributes
    ----------
    by, part
        The way of breaking down, and the part: ``role`` and ``fan``.
    rate
        Of events that could take the stage there, those that did; nan where there are none, or
        where the stage is not one of the funnel.
    gain
        How much of the stage's gain falls there; None of an outcome that is not counted so.
    """

    by: str
    part: str
    rate: float
    gain: Estimate | None

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "by": self.by,
            "part": self.part,
            "rate": number(self.rate),
            "gain": None if self.gain is None else self.gain.to_dict(),
        }


@dataclass(frozen=True)
class StageGain:
    """What improving one stage brings.

    Attributes
    ----------
    stage, act
        Its name, and what is done there.
    rate
        Of those who could take it, the part that does now, over all replicates; nan if nobody
        could.
    gain
        The change of the outcome by the common step in its odds.
    opened
        By opening it as far as it goes; None if it was not run.
    bought
        By the common amount of money; None where no parameter turns money into improvement.
    no_price
        Why there is nothing to buy.
    idle
        Why the stage cannot change anything in this scenario; it was not run then.
    pairing
        How many times as many replicates `gain` would have taken unpaired.
    parts
        By role, hop, content and channel.
    """

    stage: str
    act: str
    rate: float
    gain: Estimate
    opened: Estimate | None
    bought: Bought | None
    no_price: str
    idle: str
    pairing: float
    parts: tuple[Part, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values; gain and interval at the top, as the contract of ``--json`` has them."""
        return {
            "stage": self.stage,
            "rate": number(self.rate),
            "gain": number(self.gain.mean),
            "low": number(self.gain.low),
            "high": number(self.gain.high),
            "opened": None if self.opened is None else self.opened.to_dict(),
            "bought": None if self.bought is None else self.bought.to_dict(),
            "no_price": self.no_price or None,
            "idle": self.idle or None,
            "pairing": number(self.pairing),
            "parts": [each.to_dict() for each in self.parts],
        }


@dataclass(frozen=True)
class RemedyGain:
    """What a remedy brings.

    Attributes
    ----------
    remedy, source
        Its name, and the document that names it.
    stages
        Those of the top three at which it acts.
    settings
        What it changes, as one would type it after ``--set``.
    gain, cost
        The change of the outcome, and of the campaign's cost.
    """

    remedy: str
    source: str
    stages: tuple[str, ...]
    settings: tuple[str, ...]
    gain: Estimate
    cost: Estimate

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "remedy": self.remedy,
            "source": self.source,
            "stages": list(self.stages),
            "settings": list(self.settings),
            "gain": self.gain.to_dict(),
            "cost": self.cost.to_dict(),
        }


def number(value: float) -> float | None:
    """A number as JSON has it; None where it is not finite."""
    return value if math.isfinite(value) else None
