"""The bytes of a network, out of whatever they are packed in."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import multiprocessing
import re
import stat
import sys
import tarfile
import zipfile
from collections.abc import Callable
from functools import cache
from os import PathLike
from pathlib import Path, PurePosixPath
from typing import IO, Final

from ...sim.border import border
from ...sim.budget import memory, size
from ...sim.errors import InputError, LimitError, StorageError, hint
from .complaints import foreign

STDIN: Final = "-"
_DEEPEST: Final = 4
_PACKED: Final[tuple[tuple[re.Pattern[bytes], Callable[[IO[bytes]], io.BufferedIOBase]], ...]] = (
    (re.compile(rb"\x1f\x8b"), lambda packed: gzip.GzipFile(fileobj=packed)),
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), bz2.BZ2File),
    (re.compile(rb"\xfd7zXZ\0"), lzma.LZMAFile),
)
# Bytes of memory that reading takes for each byte of a text; so many are unpacked at once.
_READING: Final = 20
_PIECE: Final = 2**22
# How many times its size a large file unpacks to at most; ties do to some ten times.
_DENSEST: Final = 200
_SMALL: Final = 2**25
_AGAIN: Final = "fetch the file again"
# What lies beside the data in an archive: licences, descriptions, what a Mac leaves behind.
_BESIDE: Final = ("readme", "license", "licence", "meta.", ".", "__macosx")
_WORDS: Final = (".html", ".htm", ".pdf", ".md", ".bib")


def content(path: str | PathLike[str]) -> tuple[str, bytes]:
    """What complaints call it, and its bytes, unpacked and in UTF-8.

    Raises
    ------
    InputError
        If there is no such file, or what it is packed in is damaged or holds several.
    LimitError
        If it unpacks to more than there is memory to read.
    StorageError
        If it exists and cannot be read.
    """
    title = "standard input" if str(path) == STDIN else str(path)
    data = _standard_input() if str(path) == STDIN else _bytes(Path(path))
    for _ in range(_DEEPEST):
        inner = _unpacked(title, data)
        if inner is None:
            return title, _utf8(title, data)
        data = inner
    raise foreign(title, f"packed more than {_DEEPEST} times over", "unpack it first")


@cache
def _standard_input() -> bytes:
    """All that is piped in: it comes once, to one process, and may be asked for twice."""
    if multiprocessing.parent_process() is not None:
        raise InputError(
            "standard input: what is piped in comes to the first process alone, and this is one "
            "beside it; save it to a file and name that"
        )
    return sys.stdin.buffer.read()


def _bytes(path: Path) -> bytes:
    try:
        if stat.S_ISCHR(path.stat().st_mode) or path.is_block_device():
            raise InputError(f"{path}: this is a device, which may never end; give a file")
        return path.read_bytes()
    except InputError:
        raise
    except FileNotFoundError as problem:
        names = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
        said = hint(path.name, names, "check the spelling and the folder")
        raise InputError(f"{path}: there is no such file; {said}") from problem
    except IsADirectoryError as problem:
        raise InputError(f"{path}: this is a folder; give a file in it") from problem
    except ValueError as problem:  # a name with a null in it
        raise InputError(f"{path!r} is no name of a file; check the spelling") from problem
    except OSError as problem:
        raise StorageError(
            f"{path}: the file cannot be read ({problem.strerror}); check who may read it"
        ) from problem


def _unpacked(title: str, data: bytes) -> bytes | None:
    """What is inside; None if it is not packed."""
    with border(title, fault="the compressed data are damaged or end early", remedy=_AGAIN):
        for magic, opened in _PACKED:
            if magic.match(data):
                return _whole(title, opened(io.BytesIO(data)), len(data))
        if data.startswith(b"PK\3\4"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = archive.namelist()
                if "xl/workbook.xml" in names or any(n.endswith(".npy") for n in names):
                    free, inside = memory(), sum(n.file_size for n in archive.infolist())
                    _refuse_more(title, inside, free, free)
                    _refuse_bomb(title, inside, len(data))
                    return None
                name = _the_one(title, [n for n in names if not n.endswith("/")])
                with archive.open(name) as member:
                    return _whole(title, member, len(data))
        if data[257:262] == b"ustar" and b"\0" in data[:257]:
            with tarfile.open(fileobj=io.BytesIO(data)) as tar:
                files = [each.name for each in tar if each.isfile()]
                part = tar.extractfile(_the_one(title, files))
                return b"" if part is None else _whole(title, part, len(data))
    return None


def _whole(title: str, packed: IO[bytes] | io.BufferedIOBase, length: int) -> bytes:
    """All that is in there, as far as there is memory to read it."""
    free, found = memory(), io.BytesIO()
    while piece := packed.read(_PIECE):
        found.write(piece)
        _refuse_more(title, found.tell(), free // _READING, free)
        _refuse_bomb(title, found.tell(), length)
    return found.getvalue()


def _refuse_more(title: str, unpacked: int, most: int, free: int) -> None:
    if unpacked > most:
        raise LimitError(
            f"{title}: it unpacks to more than {size(most)}, and reading that takes more memory "
            f"than is free ({size(free)}); give fewer ties, or more memory"
        )


def _refuse_bomb(title: str, unpacked: int, packed: int) -> None:
    """Refuse what was packed to fill the memory of whoever unpacks it."""
    if unpacked > max(_SMALL, _DENSEST * packed):
        raise InputError(
            f"{title}: it unpacks to more than {_DENSEST} times its size, as no file of ties does; "
            "fetch it again, or unpack it first"
        )


def _the_one(title: str, names: list[str]) -> str:
    """The file of an archive that is the data, where only one can be."""
    data = [
        name
        for name in names
        if not any(part.lower().startswith(_BESIDE) for part in PurePosixPath(name).parts)
        and PurePosixPath(name).suffix.lower() not in _WORDS
    ]
    if len(data) != 1:
        found = ", ".join((data or names)[:4]) or "none"
        raise foreign(
            title, f"an archive of {len(data or names)} files ({found})", "unpack it and name one"
        )
    return data[0]


def _utf8(title: str, data: bytes) -> bytes:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16").encode()
        except UnicodeDecodeError as problem:
            raise InputError(
                f"{title}, line 1: the text is no whole UTF-16; save the file as UTF-8"
            ) from problem
    return data.removeprefix(b"\xef\xbb\xbf")
