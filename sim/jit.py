"""The one decorator of all compiled code.

Kernels release the interpreter lock, so that threads may run them side by side, are cached on
disk, and keep IEEE arithmetic: `fastmath` would let a digest depend on the compiler's mood.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def jit(function: Function) -> Function:
    """Compile `function` on first call: cached, without the interpreter lock, IEEE arithmetic."""
    return numba.njit(cache=True, nogil=True, fastmath=False, error_model="numpy")(function)


def inline(function: Function) -> Function:
    """As `jit`, and merged into the kernels that call it: for what they do for every exposure.

    A call that is not merged counts references to each array it is given, atomically: two
    threads then wait for each other at every exposure. Give such functions only the arrays that
    they read.
    """
    return numba.njit(
        cache=True, nogil=True, fastmath=False, error_model="numpy", forceinline=True
    )(function)
