"""The colours of figures: distinct for every kind of colour vision, one for one thing."""

from __future__ import annotations

from typing import Final

# Okabe & Ito 2008: distinct for every kind of colour vision, and in grey.
BLUE: Final = "#0072B2"
ORANGE: Final = "#D55E00"
SKY: Final = "#9CCBE6"
GREEN: Final = "#009E73"
AMBER: Final = "#E69F00"
MAUVE: Final = "#CC79A7"
# One thing has one colour, here and on the live page: what arrived, who noticed, who passed it on,
# what was bought; then who follows the brand, and who speaks for it.
ARRIVED: Final = SKY
NOTICED: Final = BLUE
PASSED_ON: Final = AMBER
BOUGHT: Final = GREEN
COMPLAINED: Final = ORANGE
FANS: Final = MAUVE
ADVOCATES: Final = "#6A3D9A"
STRANGERS: Final = "#8A9099"
# What is told apart by its label alone, such as accounts and channels: earth, dark to pale.
EARTH: Final = ("#5E4526", "#93703D", "#BF9F6B", "#DCC8A2", "#EDE2CB")
INK: Final = "#222222"
GREY: Final = "#767676"
PALE: Final = "#E6E6E6"
