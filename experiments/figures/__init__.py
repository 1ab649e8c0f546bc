"""Figures: each a function from a result or a table to a picture; one style, one idea a file."""

from .campaign import campaign
from .gallery import GALLERY
from .style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    SKY,
    Picture,
    above,
    balanced,
    bare,
    decades,
    empty,
    headed,
    png,
    sheet,
    svg,
    ticks,
    title,
    titled,
    words_below,
)

__all__ = [
    "BLUE", "GALLERY", "GREY", "INK", "ORANGE", "PALE", "SKY", "Picture", "above", "balanced",
    "bare", "campaign", "decades", "empty", "headed", "png", "sheet", "svg", "ticks", "title",
    "titled", "words_below",
]  # fmt: skip
