"""Where compiled kernels are kept, and which of them may be taken.

A file a kernel and signature, in a folder of its own for each text of the engine: a kernel has
what it calls merged into it, and numba's own cache, which goes by the file of the caller, hands
out yesterday's answers after a change, or an upgrade, of the callee. As a file is put there whole,
any number of processes may write side by side.

Looked for first is what a wheel carries (`shipping`): kernels for a processor that nearly every
machine of a kind exceeds. What was compiled here is kept beside the sources or, where these cannot
be written, in the user's cache folder; in NUMBA_CACHE_DIR, if that is set.
"""

from __future__ import annotations

import os
import pickle
import shutil
import sys
import tempfile
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
        for folder in (shipped(), kept()):
            if folder is None:
                continue
            with suppress(OSError, EOFError, pickle.UnpicklingError):
                form = pickle.loads(self._path(folder, signature).read_bytes())  # noqa: S301
                return CompileResult._rebuild(context, *form)  # noqa: SLF001
        return None

    def save_overload(self, signature: Any, compiled: Any) -> None:
        """Keep a kernel that was compiled."""
        folder = kept()
        if folder is None or compiled.library.has_dynamic_globals:
            return
        path = self._path(folder, signature)
        with suppress(OSError):  # no room: it is compiled again
            folder.mkdir(parents=True, exist_ok=True)
            handle, aside = tempfile.mkstemp(dir=folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(dumps(compiled._reduce()))  # noqa: SLF001
                Path(aside).replace(path)
            except BaseException:
                Path(aside).unlink(missing_ok=True)
                raise

    def _path(self, folder: Path, signature: Any) -> Path:
        short = sha256(f"{self.name}{signature}".encode()).hexdigest()[:16]
        return folder / f"{self.name.removeprefix('wordofmouth.sim.')}-{short}{self.suffix}"


@cache
def text() -> str:
    """What a kernel depends on, whatever the processor: Python, the compiler, the engine's text."""
    digest = sha256(f"{numba.__version__} {llvmlite.__version__}".encode())
    for source in sorted(HERE.rglob("*.py")):
        digest.update(source.relative_to(HERE).as_posix().encode() + source.read_bytes())
    return f"{sys.implementation.cache_tag}-{digest.hexdigest()[:16]}"


@cache
def shipped() -> Path | None:
    """The folder of the kernels that came with the package, if this machine can run them."""
    for folder in SHIPPED.glob(f"{text()}-*"):
        needs = (folder / NEEDS).read_text().split()
        if needs[0] == triple() and all(map(get_host_cpu_features().get, needs[1:])):
            return folder
    return None


@cache
def kept() -> Path | None:
    """The folder of the kernels that were compiled here; None if none can be written."""
    processor = sha256(repr(_codegen().magic_tuple()).encode()).hexdigest()[:8]
    for place in _places():
        folder = place / f"{text()}-{processor}"
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
            _tidy(place, folder)
            return folder
    return None


def _tidy(place: Path, folder: Path) -> None:
    """Remove what another text of these very sources was compiled into."""
    if place == HERE / "__pycache__":
        for before in place.glob(f"{sys.implementation.cache_tag}-*-*"):
            if before != folder:
                shutil.rmtree(before, ignore_errors=True)


def _places() -> Iterator[Path]:
    if numba.config.CACHE_DIR:
        yield Path(numba.config.CACHE_DIR) / "wordofmouth"
        return
    yield HERE / "__pycache__"
    with suppress(RuntimeError):  # nobody's home
        yield Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "wordofmouth"


def _codegen() -> Any:
    from numba.core.registry import cpu_target

    return cpu_target.target_context.codegen()


def triple() -> str:
    """The kind of machine and system, as the compiler names it."""
    return str(_codegen().magic_tuple()[0])
