"""What every reader ends in: ties between people by name, and what the file says of them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


@dataclass(frozen=True)
class Ties:
    """Ties as a file gives them.

    Attributes
    ----------
    title, form
        What complaints call the file, and the name of its format.
    source, target
        Texts, one a tie: the names of both ends.
    directed, said
        Whether ties have a direction, and who says so; None if nobody does.
    weight, column
        Numbers, finite and not negative, and what they are called in the file.
    meaning
        What the name of that column says of its meaning.
    both
        Of a network with directions, which ties go both ways.
    people
        The names of all people, where the file lists them: those without a tie exist too.
    arrow
        Who says who hears whom, where the file does.
    follows
        Whether they say that source follows target, and not that target hears source.
    once
        Whether the format cannot give a tie twice.
    notes
        What else was understood, a line each.
    """

    title: str
    form: str
    source: pa.Array
    target: pa.Array
    directed: bool | None = None
    said: str = ""
    weight: NDArray[np.float64] | None = None
    column: str = ""
    meaning: str | None = None
    both: NDArray[np.bool_] | None = None
    people: pa.Array | None = None
    arrow: str = ""
    follows: bool = False
    notes: list[tuple[str, str]] = field(default_factory=list)


def texts(values: list[str]) -> pa.Array:
    """Texts as a column."""
    return pa.array(values, pa.large_string())
