"""The decorators of all compiled code.

Kernels release the interpreter lock, so that threads may run them side by side, are cached on
disk, and keep IEEE arithmetic: `fastmath` would let a digest depend on the compiler's mood.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from types import FunctionType
from typing import Any, Final, TypeVar

import numba
from numba.core import types
from numba.core.registry import CPUDispatcher
from numba.core.types.misc import unliteral

from .kernels import Kernels

Function = TypeVar("Function", bound=Callable[..., object])

if numba.config.DISABLE_JIT:
    # Draws wrap around at 64 bits, as they do compiled; numpy would say so of each.
    warnings.filterwarnings("ignore", "overflow encountered in scalar", RuntimeWarning)

OPTIONS: Final = {"nogil": True, "fastmath": False, "error_model": "numpy"}


class Compiled(CPUDispatcher):  # type: ignore[misc]
    """A compiled function; what it was compiled into is kept (`kernels`)."""

    def enable_caching(self) -> None:
        """Look for it there, and keep it there."""
        called = not self.targetoptions.get("no_cpython_wrapper", False)
        self._cache = Kernels(self.py_func, called)


class Inlined(Compiled):
    """A compiled function that has one signature, whatever kinds of whole numbers it is given.

    A column of bytes, a count, a constant: numba would compile it for each. They arrive as 64 bits
    with a sign, as Python's own do, and so do not wrap around at 0; unsigned ones of 64 bits, the
    draws, stay what they are.
    """

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """How compiled code calls it."""
        given = {name: _widened(kind) for name, kind in kws.items()}
        return super().get_call_template(tuple(_widened(kind) for kind in args), given)


def _widened(kind: types.Type) -> types.Type:
    if isinstance(kind, types.Boolean):
        return types.boolean
    if not isinstance(kind, types.Integer):
        return kind
    return types.uint64 if unliteral(kind) == types.uint64 else types.int64


class Kernel(Inlined):
    """A compiled function that is mostly called by compiled code.

    To be callable from Python it would have to take apart every record and array that it is
    given, in code that takes longer to compile than itself, and that most kernels never need: that
    is left until Python calls.
    """

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Call it from Python."""
        if not hasattr(self, "from_python"):
            function = self.py_func
            # What is kept goes by the name, which would hand out the other one.
            twin = FunctionType(
                function.__code__,
                function.__globals__,
                function.__name__,
                function.__defaults__,
                function.__closure__,
            )
            twin.__qualname__ = f"{function.__qualname__}_from_python"
            twin.__module__ = function.__module__
            self.from_python = _compiled(Compiled, twin)
        return self.from_python(*args, **named)


def _compiled(kind: type[CPUDispatcher], function: Function, **options: bool) -> Any:
    if numba.config.DISABLE_JIT:
        return function
    kernel = kind(py_func=function, targetoptions={**OPTIONS, **options, "nopython": True})
    kernel.__doc__, kernel.__module__ = function.__doc__, function.__module__
    kernel.enable_caching()
    return kernel


def jit(function: Function) -> Function:
    """Compile `function` when called: cached, without the interpreter lock, IEEE arithmetic."""
    without = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return _compiled(Kernel, function, **without)


def inline(function: Function) -> Function:
    """As `jit`, and merged into the kernels that call it: for what they do for every exposure.

    What is handed an array counts a reference to it, atomically, and the compiler can take that
    back only where the function has no branch. So such functions get numbers, or arrays and no
    branch: else two threads wait for each other at every exposure, and one is no faster.
    """
    return _compiled(Inlined, function, forceinline=True)
