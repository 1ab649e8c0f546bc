"""People in a list that somebody typed: ids with commas between them."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from ...sim.errors import InputError

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray


def people_of(text: str, ids: NDArray[Any] | None) -> list[int] | list[str]:
    """The ids in a list such as ``12,7``: texts if those of the network are, else numbers.

    An id that has a comma in it is written in quotes: ``'"Doe, J",ann'``.

    Parameters
    ----------
    text
        What was typed.
    ids
        Those of the network; None: they are the numbers from 0.

    Raises
    ------
    InputError
        If the list is empty or an id is not of the network's kind.

    Examples
    --------
    >>> import numpy as np
    >>> people_of('"Doe, J", ann', np.array(["Doe, J", "ann"], object))
    ['Doe, J', 'ann']
    """
    textual = ids is not None and ids.dtype.kind == "O"
    names = [name.strip() for row in csv.reader([text], skipinitialspace=True) for name in row]
    if not names or not all(names):
        raise InputError(f"--seeds {text!r} is not allowed; give ids such as 12,7.")
    if ids is not None and textual:
        whole = set(ids.tolist())
        if text in whole and not {*names} <= whole:
            return [text]  # one who has a comma in the name, without quotes
        return names
    for name in names:
        if not name.removeprefix("-").isdecimal():
            raise InputError(
                f"--seeds {text!r} names {name!r}, but the ids of this network are whole numbers; "
                "give ids such as 12,7."
            )
    return [int(name) for name in names]
