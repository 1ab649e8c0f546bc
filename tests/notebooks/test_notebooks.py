"""The notebooks: each asks a question, runs as it is, and its finding is what it printed."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
README = FOLDER / "README.md"

# Seconds of processor time, over all threads; none took 30 when this was written.
LONGEST = 60.0

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)

Cell = dict[str, Any]


def cells_of(path: Path) -> list[Cell]:
    book = json.loads(path.read_text(encoding="utf-8"))
    return [cell | {"source": "".join(cell["source"])} for cell in book["cells"]]


def is_solution(cell: Cell) -> bool:
    return "solution" in cell["metadata"].get("tags", [])


def code_of(cells: list[Cell]) -> list[Cell]:
    """What is run before the exercises."""
    return [cell for cell in cells if cell["cell_type"] == "code" and not is_solution(cell)]


def text_below(cells: list[Cell], heading: str) -> str:
    """The one text that has this heading."""
    [found] = [
        cell["source"]
        for cell in cells
        if cell["cell_type"] == "markdown" and cell["source"].startswith(f"## {heading}\n")
    ]
    return str(found)


def numbers_in(text: str) -> set[str]:
    """Numbers as they are written, without signs and commas."""
    return {each.replace(",", "") for each in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def claims_of(cells: list[Cell]) -> set[str]:
    """The numbers on which the finding rests: those in bold."""
    bold = re.findall(r"\*\*(.+?)\*\*", text_below(cells, "Finding"), re.DOTALL)
    return numbers_in(" ".join(bold))


def sayings_of(cells: list[Cell]) -> dict[str, str]:
    """What the finding says in words, each with the expression that is true where it holds.

    They stand in the cell that prints its numbers, as the metadatum `claims`.
    """
    [numbers] = [cell for cell in cells if cell["id"] == "numbers"]
    return dict(numbers["metadata"]["claims"])


def test_they_are_in_order() -> None:
    assert [path.stem[:2] for path in NOTEBOOKS] == [f"{k:02d}" for k in range(1, 12)]


@each_notebook
def test_it_is_kept_without_what_a_run_leaves(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    book = json.loads(text)
    assert text == json.dumps(book, indent=1, ensure_ascii=False) + "\n"
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)
    assert book["metadata"]["kernelspec"]["name"] == "python3"
    assert "version" not in book["metadata"]["language_info"]
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


@each_notebook
def test_its_cells_have_names_of_their_own(path: Path) -> None:
    names = [cell["id"] for cell in cells_of(path)]
    assert len(set(names)) == len(names)
    # Words, where Jupyter would draw eight digits at random.
    assert all(re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", name) for name in names)


@each_notebook
def test_it_asks_finds_and_sets_exercises(path: Path) -> None:
    cells = cells_of(path)
    title, number = cells[0]["source"], int(path.stem[:2])
    assert title.startswith(f"# {number}. ")
    assert "\n**Question.** " in title
    assert "\n**Why it matters.** " in title
    assert title.split("**Question.** ")[1].split("\n\n")[0].endswith("?")
    headings = [
        line
        for cell in cells
        if cell["cell_type"] == "markdown"
        for line in cell["source"].splitlines()
        if line.startswith("## ")
    ]
    assert headings[-3:] == ["## Finding", "## Exercises", "## Solutions"]
    assert 6 <= len(code_of(cells)) <= 10
    # The cell above the finding prints its numbers, and fails if they no longer hold.
    last = code_of(cells)[-1]
    assert last["id"] == "numbers"
    assert "print(" in last["source"]
    assert "assert " in last["source"]
    assert cells.index(last) + 1 == [cell["id"] for cell in cells].index("finding")
    assert claims_of(cells)


@each_notebook
def test_what_its_finding_says_in_words_can_be_judged(path: Path) -> None:
    cells = cells_of(path)
    finding = " ".join(text_below(cells, "Finding").split())
    sayings = sayings_of(cells)
    assert len(sayings) >= 2
    for words, expression in sayings.items():
        assert words in finding
        parts = ast.walk(ast.parse(expression, mode="eval"))
        assert any(isinstance(part, ast.Compare) for part in parts)


@each_notebook
def test_every_exercise_has_a_solution_that_is_folded(path: Path) -> None:
    cells = cells_of(path)
    exercises = re.findall(r"^\d+\. ", text_below(cells, "Exercises"), re.MULTILINE)
    solutions = [cell for cell in cells if is_solution(cell)]
    assert exercises == [f"{k}. " for k in range(1, len(exercises) + 1)]
    assert len(exercises) in (2, 3)
    assert [cell["id"] for cell in solutions] == [
        f"solution-{k}" for k in range(1, len(exercises) + 1)
    ]
    assert all(cell["metadata"]["jupyter"]["source_hidden"] for cell in solutions)
    assert cells[-len(solutions) :] == solutions


@each_notebook
def test_it_takes_nothing_but_the_package_and_what_the_package_needs(path: Path) -> None:
    code = "\n".join(cell["source"] for cell in cells_of(path) if cell["cell_type"] == "code")
    imported = set(re.findall(r"^\s*(?:import|from) (\w+)", code, re.MULTILINE))
    assert imported <= {"matplotlib", "numpy", "pandas", "pathlib", "wordofmouth"}


def test_the_readme_lists_them() -> None:
    row = r"^\| \[(\d\d)\]\((\S+)\) \| (.+\?.*?) \| (.+?) \|$"
    rows = re.findall(row, README.read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for _, name, _, _ in rows] == [path.name for path in NOTEBOOKS]
    assert all(name.startswith(f"{number}_") for number, name, _, _ in rows)


def executed(path: Path, folder: Path) -> tuple[list[Any], float]:
    """The cells with their outputs, and the processor time that all of it took."""
    client = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    book = nbformat.read(path, as_version=4)
    clock = nbformat.v4.new_code_cell("import time\nprint(time.process_time())")
    [place] = [k for k, cell in enumerate(book.cells) if cell.id == "numbers"]
    sayings = sayings_of(book.cells)
    judged = "\n".join(f"assert {each}, {words!r}" for words, each in sayings.items())
    book.cells.insert(place + 1, nbformat.v4.new_code_cell(judged))
    book.cells.append(clock)
    resources = {"metadata": {"path": folder}}
    client.NotebookClient(book, timeout=500, resources=resources).execute()
    *cells, clock = book.cells
    return cells, float(clock.outputs[0].text)


def said(cells: list[Any], stream: str) -> str:
    outputs = [each for cell in cells for each in cell.get("outputs", [])]
    streams = [each for each in outputs if each.output_type == "stream"]
    return "".join(each.text for each in streams if each.name == stream)


@pytest.mark.slow
@each_notebook
def test_it_runs_and_its_finding_is_what_it_printed(path: Path, tmp_path: Path) -> None:
    cells, seconds = executed(path, tmp_path)
    complaints = said(cells, "stderr").splitlines()
    assert [line for line in complaints if "compiling the kernels" not in line] == []
    outputs = [each for cell in cells for each in cell.get("outputs", [])]
    assert any("image/png" in each.get("data", {}) for each in outputs)
    [numbers] = [cell for cell in cells if cell.id == "numbers"]
    assert claims_of(cells) <= numbers_in(said([numbers], "stdout"))
    if seconds > LONGEST:  # the kernels were compiled: again, now that they are
        _, seconds = executed(path, tmp_path)
    print(f"{path.stem}: {seconds:.1f} s")
    assert seconds < LONGEST
