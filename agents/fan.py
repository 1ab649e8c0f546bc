"""A fan follows the brand: its posts arrive in their feed at hop 0."""

from __future__ import annotations

from .person import Person


class Fan(Person):
    """Someone who follows the brand (000, 004)."""
