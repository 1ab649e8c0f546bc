"""What a command says: to people in words, to machines one document on standard output."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from ...sim.errors import StorageError


def say(text: str, *, json: bool = False) -> None:
    """Tell people; on standard error where a machine has standard output for itself.

    Raises
    ------
    StorageError
        If standard output cannot be written, as on a full disk.
    """
    if json:
        print(text, file=sys.stderr, flush=True)
        return
    try:
        print(text, flush=True)
    except OSError as problem:
        # What is left in the buffer would fail again, with a traceback, at the very end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(problem, BrokenPipeError):
            raise  # who reads has read enough, as `head` has: nothing to complain about
        raise StorageError(
            f"standard output cannot be written ({problem.strerror}); "
            "make room or send it elsewhere."
        ) from problem


def tell_machine(told: dict[str, Any]) -> None:
    """Tell a machine: one JSON document on standard output."""
    say(json.dumps(told, indent=2, allow_nan=False))
