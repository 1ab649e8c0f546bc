"""What a folder keeps of an answer that has figures of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd
from matplotlib.figure import Figure as Drawing
from wordofmouth.experiments.answers.answer import Answer
from wordofmouth.experiments.answers.keep import kept
from wordofmouth.experiments.show.document import Document, Figure, Section, Words
from wordofmouth.experiments.show.page import html


class Drawn(Answer):
    """An answer with two figures in its sections."""

    kind: ClassVar[str] = "drawn"
    sentence = "It is drawn."

    def document(self) -> Document:
        figures = [Figure("One line.", draw=self.plot), Figure("Another.", draw=self.plot)]
        sections = [Section("One", [Words("It is."), figures[0]]), Section("Two", [figures[1]])]
        return Document(self.kind, "Of lines", self.sentence, sections)

    def to_dict(self) -> dict[str, Any]:
        return {"sentence": self.sentence}

    def table(self) -> pd.DataFrame:
        return pd.DataFrame({"x": [1.0, 2.0]})

    def tables(self) -> dict[str, pd.DataFrame]:
        return {"line": self.table()}

    def plot(self) -> Drawing:
        figure = Drawing(figsize=(2, 1))
        figure.text(0.1, 0.9, self.sentence)
        figure.subplots().plot([1.0, 2.0])
        return figure


def test_figures_of_sections_are_kept_and_shown_again(tmp_path: Path) -> None:
    home = Drawn().save(tmp_path / "kept")
    document, files = kept(home)
    names = [
        block.file
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Figure)
    ]
    assert names == ["figure-1.svg", "figure-2.svg"]
    assert {*names, "line.parquet"} <= {*json.loads((home / "run.json").read_text())["files"]}
    assert "line.parquet" not in files
    assert html(document, files) == (home / "report.html").read_text(encoding="utf-8")
    Drawn().save(home)
