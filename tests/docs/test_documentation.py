"""Every example of the README and of the documentation runs, page by page, as it is printed."""

from __future__ import annotations

import contextlib
import io
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from wordofmouth.experiments.commands.main import main

from .blocks import Block, Typed, agree, blocks_of, file_of, typed

ROOT = Path(__file__).resolve().parents[2]
MADE = ("_build", "generated", "notebooks")  # what the build writes
PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md"))
    if page.relative_to(ROOT).parts[1:2] not in {(name,) for name in MADE}
)

# What a reader meets first is run with every change; together the pages take minutes.
QUICK = {"README.md"}

# Commands that set up a machine, which .ci/run tries; and the server, which ends by Ctrl-C alone
# and has tests of its own.
NOT_RUN = (
    "git clone", "cd ", "make", ". .venv/bin/activate", "python3 -m venv", "pip install",
    "python -m benchmarks", ".ci/run", "wom serve",
)  # fmt: skip

# What a reader brings along: a network of a few friends, in the form that most archives use.
YOURS = {"FRIENDS.txt": "ann bea\nbea cid\ncid ann\ncid dan\ndan eve\n"}


def marked(page: str) -> Any:
    return page if page in QUICK else pytest.param(page, marks=pytest.mark.slow)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder to work in, where figures need no screen."""
    for name, text in YOURS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    import matplotlib as mpl

    mpl.use("Agg")
    return tmp_path


@pytest.mark.parametrize("page", [marked(page) for page in PAGES])
def test_every_example_of_a_page_runs(page: str, folder: Path) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    printed = ""
    for block in blocks_of(ROOT / page):
        where = f"{page}, line {block.line}"
        match block.language:
            case "python":
                printed = run_python(block, where, names)
            case "output":
                assert agree(block.text, printed), f"{where}: it prints\n{printed}"
            case "console" | "sh":
                for each in typed(block):
                    run_command(each, where)
            case "toml":
                tomllib.loads(block.text)
                if file_of(block):
                    (folder / str(file_of(block))).write_text(block.text, encoding="utf-8")
            case language:
                known = language in {"", "text"} or language.startswith("{")
                assert known, f"{where}: what is a block of {language}?"
                hidden = [line for line in block.text.splitlines() if line.startswith("$ wom")]
                assert not hidden, f"{where}: a command in a block that is not run: {hidden[0]}"


def run_python(block: Block, where: str, names: dict[str, Any]) -> str:
    said = io.StringIO()
    lines = "\n" * block.line  # so that a traceback names the line of the page
    with contextlib.redirect_stdout(said):
        exec(compile(lines + block.text, where.partition(",")[0], "exec"), names)
    close_figures()
    return said.getvalue()


def close_figures() -> None:
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def run_command(each: Typed, where: str) -> None:
    words = shlex.split(each.command)
    if each.command.startswith(NOT_RUN):
        assert not each.shown or each.shown == "...", f"{where}: nobody checks what that prints"
        return
    said, told = io.StringIO(), io.StringIO()
    if Path(words[0]).name == "wom":
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(told):
            code = main(words[1:])
    elif words[0] in {"ls", "cat", "head"}:
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        said.write(done.stdout)
        told.write(done.stderr)
        code = done.returncode
    else:
        raise AssertionError(f"{where}: nobody knows how to run {each.command!r}")
    printed = said.getvalue() + told.getvalue()
    assert code == each.code, f"{where}: {each.command} ended with {code}\n{printed}"
    if each.shown:
        shown_by_wom = said.getvalue() if code == 0 else printed
        assert agree(each.shown, shown_by_wom), f"{where}: {each.command} prints\n{shown_by_wom}"


def test_no_page_is_forgotten() -> None:
    assert "README.md" in PAGES
    assert "docs/index.md" in PAGES
    assert set(PAGES) >= QUICK
