"""Where compiled kernels are kept, and which of them may be taken.

A file a kernel and signature, in a folder of its own for each text of the engine: a kernel has
what it calls merged into it, and numba's own cache, which goes by the file of the caller, hands
out yesterday's answers after a change, or an upgrade, of the callee. As a file is put there whole,
any number of processes may write side by side; one that is damaged is no kernel.

Looked for first is what a wheel carries (`SHIPPED`): kernels for a processor that nearly every
machine of a kind exceeds. What was compiled here is kept beside the sources or, where these cannot
be written, in the user's cache folder; in NUMBA_CACHE_DIR, if that is set. As a kernel is a
program, no folder is read in which somebody else may write.
"""

from __future__ import annotations

import os
import pickle
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import llvmlite
import numba
from llvmlite.binding import get_host_cpu_features
from numba.core.compiler import CompileResult
from numba.core.serialize import dumps

HERE: Final = Path(__file__).parent
SHIPPED: Final = HERE / "compiled"
NEEDS: Final = "needs"
CALLED: Final = ".kernel"
MERGED: Final = ".part"
_CHECK: Final = 32  # bytes of the digest before a kernel
_DAY: Final = 86_400.0


class Kernels:
    """The compiled forms of one function, as numba asks for them.

    Parameters
    ----------
    function
        The text of the kernel.
    called
        Whether Python calls it; others are merged into those that it calls.
    """

    # Numba looks there for what it tells of its caches; ours has one for all kernels.
    cache_path = ""

    def __init__(self, function: Any, called: bool) -> None:
        self.name = f"{function.__module__}.{function.__qualname__}"
        self.suffix = CALLED if called else MERGED

    def load_overload(self, signature: Any, context: Any) -> Any:
        """The kernel for arguments of these types; None if it has to be compiled."""
        context.refresh()
        for folder in folders():
            with suppress(OSError):
                kernel = self._path(folder, signature).read_bytes()
                if sha256(kernel[_CHECK:]).digest() == kernel[:_CHECK]:
                    form = pickle.loads(kernel[_CHECK:])  # noqa: S301
                    return CompileResult._rebuild(context, *form)  # noqa: SLF001
        return None

    def save_overload(self, signature: Any, compiled: Any) -> None:
        """Keep a kernel that was compiled."""
        folder = kept()
        # What was imported is no longer what stands there: nobody could tell what this is of.
        changed = _stamp() != _imported
        if folder is None or changed or compiled.library.has_dynamic_globals:
            return
        kernel = dumps(compiled._reduce())  # noqa: SLF001
        path = self._path(folder, signature)
        aside = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        with suppress(OSError):  # no room: it is compiled again
            folder.mkdir(mode=0o755, parents=True, exist_ok=True)
            try:
                handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
                with os.fdopen(handle, "wb") as file:
                    file.write(sha256(kernel).digest() + kernel)
                aside.replace(path)
            except BaseException:
                aside.unlink(missing_ok=True)
                raise

    def _path(self, folder: Path, signature: Any) -> Path:
        short = sha256(f"{self.name}{signature}".encode()).hexdigest()[:16]
        return folder / f"{self.name.removeprefix('wordofmouth.sim.')}-{short}{self.suffix}"


def _sources() -> list[Path]:
    found = (path for path in HERE.rglob("*.py") if not path.name.startswith("."))
    return sorted(path for path in found if path.is_file())


def _stamp() -> list[tuple[int, int]]:
    return [(found.st_mtime_ns, found.st_size) for found in map(Path.stat, _sources())]


@cache
def text() -> str:
    """What a kernel depends on, whatever the processor: Python, the compiler, the engine's text."""
    digest = sha256(f"{numba.__version__} {llvmlite.__version__}".encode())
    for source in _sources():
        digest.update(source.relative_to(HERE).as_posix().encode() + source.read_bytes())
    return f"{sys.implementation.cache_tag}-{digest.hexdigest()[:16]}"


# Read as the engine is imported: of a text that changes later nothing here is compiled.
_imported: Final = _stamp()
text()


@cache
def folders() -> tuple[Path, ...]:
    """The folders in which kernels are looked for."""
    if not _sources():  # in an archive: nobody could tell of what text a kernel is
        return ()
    found = [shipped(), *(place / _folder() for place in _places())]
    return tuple(folder for folder in found if folder is not None and _trusted(folder))


@cache
def shipped() -> Path | None:
    """The folder of the kernels that came with the package, if this machine can run them."""
    for folder in SHIPPED.glob(f"{text()}-*"):
        with suppress(OSError, ValueError):
            of, *needs = (folder / NEEDS).read_text().split()
            if of == triple() and all(map(get_host_cpu_features().get, needs)):
                return folder
    return None


@cache
def kept() -> Path | None:
    """The folder of the kernels that were compiled here; None if none can be written."""
    for place in _places() if _sources() else ():
        folder = place / _folder()
        with suppress(OSError):
            folder.mkdir(mode=0o755, parents=True, exist_ok=True)
            if os.access(folder, os.W_OK) and _trusted(folder):
                _tidy(place)
                return folder
    return None


def _folder() -> str:
    processor = sha256(repr(_codegen().magic_tuple()).encode()).hexdigest()[:8]
    return f"{text()}-{processor}"


def _places() -> Iterator[Path]:
    if numba.config.CACHE_DIR:
        yield Path(numba.config.CACHE_DIR) / "wordofmouth"
        return
    yield HERE / "__pycache__"
    with suppress(RuntimeError):  # nobody's home
        yield Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "wordofmouth"


def _trusted(folder: Path) -> bool:
    """Whether nobody writes there but the user, root, and whoever owns the package."""
    if os.name == "nt":
        return True
    try:
        found = folder.stat()
    except FileNotFoundError:
        return True  # nothing to be read there yet
    except OSError:
        return False
    trusted = {0, os.getuid(), HERE.stat().st_uid}
    return found.st_uid in trusted and not found.st_mode & 0o022


def _tidy(place: Path) -> None:
    """Remove what other texts were compiled into, once nothing was added for a day."""
    for before in place.glob(f"{sys.implementation.cache_tag}-*-*"):
        with suppress(OSError):
            old = before.stat().st_mtime < time.time() - _DAY
            if old and not before.name.startswith(text()):
                shutil.rmtree(before)


def _codegen() -> Any:
    from numba.core.registry import cpu_target

    return cpu_target.target_context.codegen()


def triple() -> str:
    """The kind of machine and system, as the compiler names it."""
    return str(_codegen().magic_tuple()[0])
