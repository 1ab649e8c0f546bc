"""What a table says of the people of a network: columns, a value a row, no files and no formats."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .network.arrays import frozen

# Numbers that a person may bring: what is missing is nan.
NUMBERS: Final = (
    "trust",
    "bond",
    "activity",
    "susceptibility",
    "interest",
    "affinity",
    "cost",
)
# Texts: what is missing is empty. `role` is one of `ROLES`, `channels` names with commas between.
WORDS: Final = ("role", "channels", "label", "segment")
# What results have of themselves, by person or by breakdown: no column that is kept is called so.
RESERVED: Final = frozenset(
    (
        "hop", "role", "message", "content", "channel", "person", "outlet", "segment", "people",
        "id", "role_at_birth", "role_now", "trust_now", "bond_now",
    )
)  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class PeopleTable:
    """What is said of people, row by row of their network.

    Attributes
    ----------
    numbers
        Of `NUMBERS` those that the table has: float64 columns, nan where nothing is said.
    words
        Of `WORDS` those that it has: columns of texts, empty where nothing is said.
    kept
        Other columns, as texts: nothing acts by them, and results are broken down by them.
    understood
        What was understood of the table, in pairs of texts; no part of the digest.
    """

    numbers: dict[str, NDArray[np.float64]]
    words: dict[str, NDArray[Any]]
    kept: dict[str, NDArray[Any]]
    understood: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for columns in (self.numbers, self.words, self.kept):
            for values in columns.values():
                frozen(values)

    def number(self, name: str) -> NDArray[np.float64] | None:
        """A column of numbers, if there is one."""
        return self.numbers.get(name)

    def word(self, name: str) -> NDArray[Any] | None:
        """A column of texts, if there is one."""
        return self.words.get(name)

    @property
    def about(self) -> dict[str, NDArray[Any]]:
        """What results are broken down by: the columns that are kept, and what people are called.

        Segments apart, to which a scenario adds.
        """
        label = {"label": self.words["label"]} if "label" in self.words else {}
        return {**label, **self.kept}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the columns and their names, in hexadecimal."""
        total = hashlib.sha256()
        for columns in (self.numbers, self.words, self.kept):
            for name in sorted(columns):
                values = columns[name]
                total.update(f"{len(name)} {name} {values.size} ".encode())
                if values.dtype.kind == "f":
                    total.update(values.astype("<f8").tobytes())
                else:
                    parts = [str(each).encode("utf-8", "surrogatepass") for each in values.tolist()]
                    total.update(np.array([len(each) for each in parts], "<i8").tobytes())
                    total.update(b"".join(parts))
        return total.hexdigest()
