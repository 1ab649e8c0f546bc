"""Compiled code off the main thread.

Where an interrupt of the keyboard meets compiled code on its way back into Python, numba takes the
process down with it; other threads are not interrupted.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Found = TypeVar("Found")

# The thread stays from campaign to campaign: to begin one takes a tenth of a small campaign.
_beside: ThreadPoolExecutor | None = None


def aside(call: Callable[[], Found]) -> Found:
    """What a call into compiled code gives, made beside the main thread.

    Examples
    --------
    >>> import threading
    >>> aside(threading.current_thread) is threading.main_thread()
    False
    """
    global _beside
    if threading.current_thread() is not threading.main_thread():
        return call()
    if _beside is None:
        _beside = ThreadPoolExecutor(1, "compiled")
    try:
        return _beside.submit(call).result()
    except KeyboardInterrupt:
        _alone()  # what was interrupted is not waited for by what comes next
        raise


def _alone() -> None:
    global _beside
    _beside = None


# Threads are not there any more in a process that was forked.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_alone)
