"""Figures: each a function from a result or a table to a picture; one style, one idea a file."""

from .campaign import campaign
from .style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    SKY,
    Picture,
    bare,
    headed,
    png,
    svg,
    titled,
)

__all__ = [
    "BLUE", "GREY", "INK", "ORANGE", "PALE", "SKY", "Picture", "bare", "campaign", "headed", "png",
    "svg", "titled",
]  # fmt: skip
