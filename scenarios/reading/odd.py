"""Ids that look odd: what may be a gap, a slip of the pen, or a column of something else."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from .complaints import brief

_GAPS: Final = ("na", "n/a", "nan", "null", "none", "nil", "-", "?", "unknown", "#n/a")
_LONG: Final = 100
_SHOWN: Final = 3


def odd_ids(ids: NDArray[Any]) -> str:
    """What looks odd among ids, in words; empty where nothing does.

    Examples
    --------
    >>> odd_ids(np.array(["Ann", "ann", "NA", "bea"], object))
    "1 like a gap ('NA'); 2 the same but for case ('Ann', 'ann')"
    """
    if ids.dtype.kind == "i":
        negative = int((ids < 0).sum())
        return f"{negative:,} below 0" if negative else ""
    names = pa.array(ids, pa.large_string())
    low = pc.utf8_lower(pc.utf8_trim_whitespace(names))
    codes = low.dictionary_encode().indices.to_numpy()
    numbers = _mask(pc.match_substring_regex(names, r"^[0-9]+$"))
    mostly = 2 * int(numbers.sum()) > ids.size
    found = {
        "like a gap": _mask(pc.is_in(low, value_set=pa.array(_GAPS, pa.large_string()))),
        "the same but for case": np.bincount(codes)[codes] > 1,
        "very long": _mask(pc.greater(pc.utf8_length(names), _LONG)),
        "with a mark in front": _mask(pc.match_substring_regex(names, r"^[#%'\"]")),
        "not a number" if mostly else "a number": ~numbers if mostly else numbers,
        "with signs that are not shown": _mask(
            pc.match_substring_regex(names, r"[\p{Cc}\p{Cf}\x{FFFD}]")
        ),
    }
    return "; ".join(
        f"{int(odd.sum()):,} {what} ({brief(', '.join(map(repr, ids[odd][:_SHOWN])))})"
        for what, odd in found.items()
        if odd.any() and not (what == "a number" and odd.all())
    )


def _mask(found: Any) -> NDArray[np.bool_]:
    mask: NDArray[np.bool_] = found.to_numpy(zero_copy_only=False)
    return mask
