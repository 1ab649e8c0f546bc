"""A hint to the processor that an array's element will be read soon; it changes no result."""

from __future__ import annotations

from typing import Any, Final

import numba
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

# How many reads ahead the hint is given: enough to cover a trip to memory.
AHEAD: Final = 32


@intrinsic  # type: ignore[untyped-decorator]
def _hint(_context: Any, array: Any, index: Any) -> Any:
    """Ask for the cache line of `array[index]`, in compiled code; out of bounds does no harm."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        values = context.make_array(signature.args[0])(context, builder, arguments[0])
        (stride,) = cgutils.unpack_tuple(builder, values.strides)
        byte = ir.IntType(8).as_pointer()
        place = builder.mul(context.cast(builder, arguments[1], index, types.intp), stride)
        address = builder.gep(builder.bitcast(values.data, byte), [place])
        flag = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [address.type, flag, flag, flag])
        hint = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        # For reading, into every cache, data and not code.
        builder.call(hint, [address, flag(0), flag(3), flag(1)])
        return context.get_dummy_value()

    return types.void(array, index), generate


def _nothing(_array: Any, _index: Any) -> None:
    """Do nothing: plain Python has no processor to give a hint to, and calls no intrinsic."""


prefetch: Final[Any] = _nothing if numba.config.DISABLE_JIT else _hint
