"""A word to those who wait for the compiler: the first run of an installation takes a minute."""

from __future__ import annotations

import multiprocessing
import sys
import threading
import time
from typing import Any, Final

PATIENCE: Final = 2.0
NOTICE: Final = (
    "wordofmouth: compiling the kernels; this happens once after installation and takes a minute "
    "or two. "
)

# From one kernel to the next there is a moment in which none is compiled.
_BREATH: Final = 0.5


class _Compiler:
    """What is known of the compiler: whether it is at work, and whether that was told."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.listening = False
        self.told = False
        self.depth = 0
        self.ended = -_BREATH
        self.waiting = False

    @property
    def at_work(self) -> bool:
        return self.depth > 0 or time.monotonic() - self.ended < _BREATH

    def begin(self, module: str) -> None:
        self.depth += 1
        if module.startswith("wordofmouth") and not (self.told or self.waiting):
            self.waiting = True
            threading.Thread(target=self.tell, daemon=True).start()

    def end(self) -> None:
        self.depth -= 1
        self.ended = time.monotonic()

    def tell(self) -> None:
        time.sleep(PATIENCE)
        if self.at_work and not self.told and _watched():
            self.told = True
            sys.stderr.write(f"{NOTICE}{_kept()}\n")
            sys.stderr.flush()
        self.waiting = False


def _kept() -> str:
    from .kernels import kept

    folder = kept()
    if folder is None:
        return "No folder can be written to keep them in: name one in NUMBA_CACHE_DIR."
    return f"They are kept in {folder}."


_compiler = _Compiler()


def announce() -> None:
    """From now on, tell who waits for the compiler so; where nobody sits there, say nothing."""
    with _compiler.lock:
        if _compiler.listening:
            return
        _compiler.listening = True
    from numba.core import event

    class Listener(event.Listener):  # type: ignore[misc]
        """Hears when numba finds no kernel in its cache and compiles it."""

        def on_start(self, event: Any) -> None:
            _compiler.begin(str(event.data["dispatcher"].py_func.__module__))

        def on_end(self, event: Any) -> None:  # noqa: ARG002  numba calls it so
            _compiler.end()

    event.register("numba:compile", Listener())


def silence() -> None:
    """Say nothing from now on: progress is shown otherwise."""
    _compiler.told = True


def compiling() -> bool:
    """Whether the compiler is at work."""
    return _compiler.at_work


def _watched() -> bool:
    """Whether a person sits there: at a prompt, in a notebook, at a terminal; not at a worker."""
    if multiprocessing.parent_process() is not None:
        return False
    return hasattr(sys, "ps1") or "IPython" in sys.modules or sys.stderr.isatty()
