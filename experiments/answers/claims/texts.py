"""The five texts."""

from __future__ import annotations

from typing import Final

from .advocacy import TEXT as ADVOCACY
from .amplification import TEXT as AMPLIFICATION
from .cycle import TEXT as CYCLE
from .memes import TEXT as MEMES
from .sharing import TEXT as SHARING

TEXTS: Final = (SHARING, MEMES, ADVOCACY, CYCLE, AMPLIFICATION)
