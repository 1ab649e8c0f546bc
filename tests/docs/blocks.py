"""The code of a page: its fenced blocks, and what the page says that they print.

A block of Python may be followed by a block of text, which is what it prints. A block of the
console holds commands after `$`, and below each what it prints; where no line has a `$`, every line
is a command. A block of TOML that begins with the name of a file in a comment is that file. In what
is printed, `...` stands for anything, and how lines are filled does not matter.
"""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_FENCE = re.compile(
    r"^(?P<fence>```+)(?P<language>[^\n`]*)\n(?P<text>.*?)^(?P=fence) *$", re.MULTILINE | re.DOTALL
)
_FILE = re.compile(r"# (?P<name>\w+\.toml)\n")
_CODE = re.compile(r"\s+# exit code (?P<code>\d+)$")
_RULES = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
_SAME = doctest.OutputChecker()


class Block(NamedTuple):
    """A fenced block: its language, its text, and the line of the page where it begins."""

    language: str
    text: str
    line: int


class Typed(NamedTuple):
    """A command of a console: what is typed, the exit code, and what is shown, if anything is."""

    command: str
    code: int
    shown: str


def blocks_of(page: Path) -> list[Block]:
    """Every fenced block of a page; text that follows Python has the language ``output``."""
    text = page.read_text(encoding="utf-8")
    blocks: list[Block] = []
    end = 0
    for found in _FENCE.finditer(text):
        language = found["language"].strip()
        after = bool(blocks) and blocks[-1].language == "python"
        answers = after and not text[end : found.start()].strip()
        if language == "text" and answers:
            language = "output"
        blocks.append(Block(language, found["text"], text.count("\n", 0, found.start()) + 1))
        end = found.end()
    return blocks


def file_of(block: Block) -> str | None:
    """The name of the file that a block of TOML is."""
    found = _FILE.match(block.text)
    return found["name"] if found else None


def typed(block: Block) -> Iterator[Typed]:
    """The commands of a block of the console, in order."""
    text = block.text.replace("\\\n", " ")
    if not re.search(r"^\$ ", text, re.MULTILINE):
        text = re.sub(r"^(?=\S)", "$ ", text, flags=re.MULTILINE)
    for entry in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = entry.partition("\n")
        code = _CODE.search(command)
        command = re.sub(r"\s+# .*$", "", command)
        yield Typed(command.strip(), int(code["code"]) if code else 0, shown.strip())


def agree(shown: str, printed: str) -> bool:
    """Whether a page shows what is printed."""
    return _SAME.check_output(shown.strip() + "\n", printed.strip() + "\n", _RULES)
