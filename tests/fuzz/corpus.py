"""What has gone wrong once, or is known to go wrong elsewhere: bombs, entities, ways out, formulas.

`CORPUS` is written by hand, or built where it is large; what `make fuzz` found with ``--keep`` lies
in the folder of this name, a file a case, and is tried with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .judge import Door

FOLDER = Path(__file__).parent / "corpus"


def keep(door: Door, case: Any, what: str) -> None:
    """Write a case down."""
