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

    What is handed an array counts a reference to it, atomically, and the compiler can take that
    back only where the function has no branch. So such functions get numbers, or arrays and no
    branch: else two threads wait for each other at every exposure, and one is no faster.
    """
    return numba.njit(
        cache=True, nogil=True, fastmath=False, error_model="numpy", forceinline=True
    )(function)
