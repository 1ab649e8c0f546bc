"""What the axes and outcomes of a study are called in its report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...show.old_page import Cell
from ...show.telling import FINITE
from ...vocabulary.outcomes import OUTCOMES

# What tells two outcomes apart that are easily taken for one another.
_MORE = {
    "shares": "Those of what the brand itself posted; all later ones are re-shares.",
    "reshares": "All later ones; the first, of what the brand itself posted, are shares.",
    "r_later_hops": FINITE,
}


def without_unit(label: str) -> str:
    """A label without what stands in brackets at its end.

    Examples
    --------
    >>> without_unit("Length of a tick (hours)"), without_unit("Reach")
    ('Length of a tick', 'Reach')
    """
    return label.rpartition(" (")[0] if label.endswith(")") else label


def meanings(names: Sequence[str]) -> Iterator[tuple[str, Cell]]:
    """What outcomes say, a line each; those of a function of one's own say nothing."""
    for name in names:
        if name in OUTCOMES and (meaning := OUTCOMES[name].meaning):
            yield OUTCOMES[name].label, f"{meaning} {_MORE.get(name, '')}".strip()
