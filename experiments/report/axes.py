"""What the axes and outcomes of a study are called in its report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from ..outcomes import OUTCOMES
from ..reference import Parameter, parameters
from ..studies.study import Study
from .page import Cell
from .telling import FINITE

# What tells two outcomes apart that are easily taken for one another.
_MORE = {
    "shares": "Those of what the brand itself posted; all later ones are re-shares.",
    "reshares": "All later ones; the first, of what the brand itself posted, are shares.",
    "r_later_hops": FINITE,
}


def axis_label(study: Study, axis: str) -> str:
    """What an axis is called, with its unit; one of several parameters by what they share."""
    label = study.label(axis)
    if "*" not in axis or not label.startswith(axis):
        return label
    found = [each for each in parameters() if fnmatchcase(each.path, axis)]
    if not found:
        return label
    unit = f" ({found[0].unit})" if found[0].unit else ""
    return f"{_shared(found)}{unit}"


def without_unit(label: str) -> str:
    """A label without what stands in brackets at its end.

    Examples
    --------
    >>> without_unit("Length of a tick (hours)"), without_unit("Reach")
    ('Length of a tick', 'Reach')
    """
    return label.rpartition(" (")[0] if label.endswith(")") else label


def _shared(found: Sequence[Parameter]) -> str:
    """The words in which all labels end, and the parameters that they are of."""
    names = [each.path.rpartition(".")[2] for each in found]
    words: list[str] = []
    for each in zip(*(reversed(one.label.split()) for one in found), strict=False):
        if len(set(each)) > 1:
            break
        words.insert(0, each[0])
    label = " ".join(words) or f"{found[0].label} and others"
    return f"{label[:1].upper()}{label[1:]}, {', '.join(names)} alike"


def meanings(names: Sequence[str]) -> Iterator[tuple[str, Cell]]:
    """What outcomes say, a line each; those of a function of one's own say nothing."""
    for name in names:
        if name in OUTCOMES and (meaning := OUTCOMES[name].meaning):
            yield OUTCOMES[name].label, f"{meaning} {_MORE.get(name, '')}".strip()
