"""An answer: what was found out, as data that says what it is and can be shown and kept.

A new answer says its sentence, its document, its tables and what a machine is told; a terminal, a
notebook and a page draw the document, and a folder keeps it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ..show import notebook
from ..show.document import Document

if TYPE_CHECKING:
    import pandas as pd

    from ...sim.parameters import Scenario
    from ..show.style import Picture


class Answer(ABC):
    """What was found out.

    Attributes
    ----------
    kind
        What it is, in a word: the format of its folder.
    """

    kind: ClassVar[str]

    @property
    @abstractmethod
    def sentence(self) -> str:
        """It in plain words."""

    @abstractmethod
    def document(self) -> Document:
        """All of it, to be shown anywhere."""

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """What a machine is told: plain values; None where there is no number."""

    @abstractmethod
    def table(self) -> pd.DataFrame:
        """Its main table, with what a notebook has no room for."""

    @abstractmethod
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables that its folder keeps, by name."""

    @abstractmethod
    def plot(self) -> Picture:
        """It as a picture, under its sentence."""

    @property
    def about(self) -> Scenario | None:
        """The scenario that it is about, if it is about one."""
        return None

    def others(self) -> dict[str, Scenario]:
        """Further scenarios that its folder keeps, by the names of their files."""
        return {}

    def extra(self) -> dict[str, bytes]:
        """Further files that its folder keeps as they are, by name."""
        return {}

    def save(self, folder: str | Path, *, command: str | None = None) -> Path:
        """Keep it in a folder, written aside first and then renamed: see `keep` for the files.

        Raises
        ------
        StorageError
            If the folder is a file, holds something else, or cannot be written.
        """
        from .keep import keep

        return keep(
            folder,
            self.document(),
            self.to_dict(),
            self.tables(),
            self.plot(),
            self.about,
            self.others(),
            command=command or "",
            extra=self.extra(),
        )

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.sentence}>"

    def _repr_html_(self) -> str:
        return notebook.html(self.document())
