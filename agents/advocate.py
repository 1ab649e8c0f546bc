"""An advocate is a fan who stands up for the brand."""

from __future__ import annotations

from .fan import Fan


class Advocate(Fan):
    """A fan with the trust and bond of an ambassador, who shares more readily (000, 002)."""
