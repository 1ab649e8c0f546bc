"""Scenario files: the shipped ones by name, anybody's by path.

A scenario file names only what differs from the defaults of the schema. Two things are filled in
beneath it: the file's name as the scenario's, and the shipped content types, so that a campaign
can be replayed with any other content. Neither numpy nor the compiler is imported here: whether
a file is valid is known before either would be there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final

from ..sim.border import border, brief
from ..sim.errors import InputError, StorageError, hint
from ..sim.parameters import Scenario
from ..sim.parameters.sentence import number_in
from .toml import parsed

HERE: Final = Path(__file__).resolve().parent
CONTENT_TYPES: Final = HERE / "content_types.toml"
# What names a file in a scenario.
FILES: Final = ("network.file", "people.file")

# Far beyond any scenario, and soon reached by a device or a pipe that never ends.
_MOST_BYTES: Final = 16 * 1024 * 1024
_WORDS: Final = re.compile(r"[^\W\d][\w .&'-]*")
_AT_LINE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def names() -> list[str]:
    """The names of the shipped scenarios, sorted.

    Examples
    --------
    >>> "open_house" in names()
    True
    """
    return sorted(file.stem for file in HERE.glob("*.toml") if file != CONTENT_TYPES)


def question(name: str | PathLike[str]) -> str:
    """The question that a scenario asks, without validating the rest of it.

    Raises
    ------
    InputError, StorageError
        As `load`, for what cannot be read.

    Examples
    --------
    >>> question("cascade")
    'How far does a message get that everybody passes on with the same chance?'
    """
    return str(read_tables(find(name)).get("question", ""))


def load(name_or_path: str | PathLike[str]) -> Scenario:
    """Load a shipped scenario by its name, or a scenario file by its path.

    A shipped name wins over a file of that name; write ``./open_house`` for the file. Of a name
    that is neither, the file ``NAME.toml`` is meant, if it is there.
    A `network.file` or `people.file` that is not absolute is looked for beside the scenario file.

    Parameters
    ----------
    name_or_path
        Such as ``"open_house"`` or ``"campaigns/autumn.toml"``.

    Raises
    ------
    InputError
        If there is no such scenario or file, if it is a folder, not TOML or not UTF-8, or if
        what it says is not allowed: then every sentence begins with the file.
    StorageError
        If the file is there and cannot be read.

    Examples
    --------
    >>> load("cascade").share.base.fan
    0.1
    """
    path = find(name_or_path)
    return _made(complete(read_tables(path), path), path)


def load_whole(path: Path) -> Scenario:
    """A scenario from a file that says all of it, as a folder keeps one: nothing is filled in.

    Raises
    ------
    InputError, StorageError
        As `load`.
    """
    return _made(_placed(read_tables(path), path), path)


def _made(tables: dict[str, Any], path: Path) -> Scenario:
    try:
        with border("the scenario", fault="this is not allowed"):
            return Scenario(**tables)
    except InputError as error:
        lines = str(error).splitlines()
        raise InputError("\n".join(f"{path}: {line}" for line in lines)) from None


def find(name_or_path: object) -> Path:
    """The file of a shipped name, or the path itself; whether it exists is for the reader to see.

    Raises
    ------
    InputError
        If a bare name is neither that of a shipped scenario nor of a file that is there.
    """
    if not isinstance(name_or_path, (str, PathLike)) or isinstance(fspath(name_or_path), bytes):
        raise InputError(f"{name_or_path!r} is no scenario; give a shipped name or a path.")
    path = Path(name_or_path)
    bare = isinstance(name_or_path, str) and path.name == name_or_path
    shipped = names()
    if bare and name_or_path in shipped:
        return HERE / f"{name_or_path}.toml"
    with border(repr(brief(str(path))), remedy="check the spelling"):
        there = path.exists()
    if bare and path.name and path.suffix != ".toml":
        file = path.with_name(f"{path.name}.toml")
        if not path.is_file() and file.is_file():
            return file
    if bare and path.suffix != ".toml" and not there:
        known = [*shipped, *(each.stem for each in Path().glob("*.toml"))]
        meant = hint(name_or_path, known, f"there are {', '.join(shipped)}.")
        raise InputError(f"there is no scenario {brief(str(path))!r}; {meant}")
    return path


def read_tables(path: str | PathLike[str]) -> dict[str, Any]:
    """The tables of a TOML file, as they stand there.

    Raises
    ------
    InputError
        If there is no such file, if it is a folder, or if it is not TOML or not UTF-8.
    StorageError
        If the file is there and cannot be read.
    """
    file = Path(path)
    with border(str(file), fault="this cannot be read as TOML", remedy="shorten it"):
        text = _text(file, _bytes(file))
        try:
            return parsed(text)
        except tomllib.TOMLDecodeError as problem:
            line, reason = _where(text, str(problem))
            raise InputError(
                f"{file}, line {line}: this is not TOML ({reason}); {_remedy(text, line)}."
            ) from None


def complete(tables: dict[str, Any], path: Path) -> dict[str, Any]:
    """The tables of a scenario file with what a file may leave out: name and content types."""
    whole = {"name": path.stem, **tables}
    own = tables.get("content_types", {})
    if isinstance(own, dict):
        whole["content_types"] = read_tables(CONTENT_TYPES)
        for name, preset in own.items():
            shipped = whole["content_types"].get(name, {})
            # What is no table is left for the validation, which has the sentence for it.
            whole["content_types"][name] = (
                {**shipped, **preset} if isinstance(preset, dict) else preset
            )
    return _placed(whole, path)


def _placed(tables: dict[str, Any], path: Path) -> dict[str, Any]:
    """Tables in which files of a network or of people are looked for beside the scenario's."""
    whole = dict(tables)
    for name in ("network", "people"):
        table = tables.get(name)
        file = table.get("file") if isinstance(table, dict) else None
        if isinstance(table, dict) and isinstance(file, str) and file != "-":
            whole[name] = {**table, "file": str(path.parent / file)}
    return whole


def beside(tables: Mapping[str, Any], folder: Path, before: str = "") -> dict[str, Any]:
    """Tables with every file of a network or of people in them, set or an axis, from anywhere.

    Examples
    --------
    >>> beside({"set": {"network": {"file": "b.npz"}}}, Path("/a"))
    {'set': {'network': {'file': '/a/b.npz'}}}
    """

    def placed(value: Any, path: str) -> Any:
        if isinstance(value, Mapping):
            return beside(value, folder, f"{path}.")
        if isinstance(value, list | tuple):
            return [placed(each, path) for each in value]
        if isinstance(value, str) and value != "-" and path.endswith(FILES):
            return str((folder / value).absolute())
        return value

    return {name: placed(value, f"{before}{name}") for name, value in tables.items()}


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        there = (each.name for each in file.parent.glob("*.toml"))
        meant = hint(file.name, there, "check the spelling and the folder.")
        raise InputError(f"{file}: there is no such file; {meant}") from None
    except IsADirectoryError:
        raise InputError(f"{file}: this is a folder; give a scenario file in it.") from None
    except (OSError, ValueError) as problem:  # a name with a null in it is a ValueError
        reason = getattr(problem, "strerror", None) or problem
        raise StorageError(
            f"{file}: the file cannot be read ({reason}); check who may read it."
        ) from None
    if len(data) > _MOST_BYTES:
        raise InputError(
            f"{file}: this is over 16 MiB, too long for a scenario; give another file."
        )
    return data.removeprefix(b"\xef\xbb\xbf")  # the mark that some editors put before UTF-8


def _text(file: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise InputError(f"{file}, line {line}: the text is not UTF-8; save it as UTF-8.") from None


def _remedy(text: str, line: int) -> str:
    """What to write in place of a value that only looks like one."""
    typed = (
        ([*text.splitlines(), *[""] * line][line - 1].partition("=")[2]).partition("#")[0].strip()
    )
    if (number := number_in(typed)) not in ("", typed):
        return f"write {number}"
    return f'write "{typed}"' if _WORDS.fullmatch(typed) else "correct it"


def _where(text: str, problem: str) -> tuple[int, str]:
    """The line of a TOML error, and its reason without the place."""
    found = _AT_LINE.search(problem)
    line = found[1] if found else None
    reason = problem[: found.start()] if found else problem
    return int(line) if line else len(text.splitlines()) or 1, reason[:1].lower() + reason[1:]
