"""An advocate is a fan who stands up for the brand."""

from __future__ import annotations

from .fan import Fan


class Advocate(Fan):
    """A fan whose trust and bond are those of an ambassador (000, 002)."""
