"""Records that compiled code hands on by reference.

Numba takes a tuple apart at every call: the world, the plan and the state together into hundreds
of arguments, with a reference counted for each array among them. Passed as one pointer they
compile in half the time, and a tick of a small campaign takes a third of it. To Python, and in
the text of the kernels, they are the named tuples that they are declared as.
"""

from __future__ import annotations

from functools import cached_property
from hashlib import blake2b
from typing import Any, Final, TypeVar

from numba.core import cgutils, types
from numba.core.extending import NativeValue, box, intrinsic, overload, typeof_impl, unbox
from numba.core.types.containers import StructRef, StructRefPayload
from numba.core.types.misc import unliteral
from numba.core.typing.typeof import typeof
from numba.experimental import structref

Record = TypeVar("Record", bound=type)

# Whatever is given for a field of these annotations, it has one type in compiled code; what may be
# given loses nothing by it.
_DECLARED: Final = {
    "int": (types.int64, (types.Integer, types.Boolean)),
    "float": (types.float64, (types.Float, types.Integer)),
    "bool": (types.boolean, (types.Boolean,)),
}


class _Record(type):
    """The class of records: of the class of any named tuple numba makes a constructor of tuples."""


typeof_impl.register(_Record)(lambda _record, _purpose: None)


def _declared(record: Any, name: str, kind: types.Type) -> types.Type:
    how = record.__annotations__[name]
    wanted, allowed = _DECLARED.get(getattr(how, "__forward_arg__", how), (kind, (types.Type,)))
    if not issubclass(type(kind), allowed):
        raise TypeError(f"{record.__name__}.{name} is declared {wanted}; {kind} is none.")
    return wanted


@structref.register
class ByReference(StructRef):  # type: ignore[misc]
    """The type of a record in compiled code; its name is short, as it is part of every symbol."""

    name: str

    def __init__(self, record: Any, kinds: tuple[types.Type, ...]) -> None:
        self.record = record
        super().__init__(
            [
                (name, _declared(record, name, unliteral(kind)))
                for name, kind in zip(record._fields, kinds, strict=True)
            ]
        )
        digest = blake2b(f"{record.__module__} {self.name}".encode(), digest_size=5)
        self.name = f"{record.__qualname__}_{digest.hexdigest()}"

    @cached_property
    def field_dict(self) -> dict[str, types.Type]:
        """The type of each field."""
        return dict(self._fields)

    @cached_property
    def _payload(self) -> types.Type:
        return StructRefPayload(typename=self.name, fields=self._fields)

    def get_data_type(self) -> types.Type:
        """The type of what is referred to."""
        return self._payload


def _content(kind: ByReference, value: Any, context: Any, builder: Any) -> Any:
    """What a reference refers to."""
    helper = cgutils.create_struct_proxy(kind)(context, builder, value=value)
    content = cgutils.create_struct_proxy(kind.get_data_type())
    data = context.nrt.meminfo_data(builder, helper.meminfo)
    model = context.data_model_manager[kind.get_data_type()]
    pointer = builder.bitcast(data, model.get_value_type().as_pointer())
    return content(context, builder, ref=pointer)


@intrinsic
def _filled(_typing: Any, empty: Any, values: Any) -> Any:
    """The record, with these values in its fields."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind, given = signature.args
        content = _content(kind, args[0], context, builder)
        for place, (name, wanted) in enumerate(kind.field_dict.items()):
            value = builder.extract_value(args[1], place)
            value = context.cast(builder, value, given[place], wanted)
            context.nrt.incref(builder, wanted, value)
            setattr(content, name, value)
        context.nrt.incref(builder, kind, args[0])
        return args[0]

    return empty(empty, values), generate


@box(ByReference)  # type: ignore[untyped-decorator]
def _boxed(kind: ByReference, value: Any, c: Any) -> Any:
    content = _content(kind, value, c.context, c.builder)
    fields = []
    for name, field in kind.field_dict.items():
        held = getattr(content, name)
        c.context.nrt.incref(c.builder, field, held)
        fields.append(c.box(field, held))
    record = c.pyapi.unserialize(c.pyapi.serialize_object(kind.record))
    made = c.pyapi.call_function_objargs(record, fields)
    for one in [record, *fields]:
        c.pyapi.decref(one)
    c.context.nrt.decref(c.builder, kind, value)
    return made


@unbox(ByReference)  # type: ignore[untyped-decorator]
def _unboxed(kind: ByReference, record: Any, c: Any) -> Any:
    no_memory, value = c.pyapi.call_jit_code(lambda: structref.new(kind), kind(), [])
    failed = cgutils.alloca_once_value(c.builder, no_memory)
    end = c.builder.append_basic_block("unboxed")
    with c.builder.if_then(no_memory, likely=False):
        c.builder.branch(end)
    content = _content(kind, value, c.context, c.builder)
    for place, (name, field) in enumerate(kind.field_dict.items()):
        native = c.unbox(field, c.pyapi.tuple_getitem(record, place))
        with c.builder.if_then(native.is_error, likely=False):
            c.builder.store(cgutils.true_bit, failed)
            c.context.nrt.decref(c.builder, kind, value)
            c.builder.branch(end)
        setattr(content, name, native.value)
    c.builder.branch(end)
    c.builder.position_at_end(end)
    return NativeValue(value, is_error=c.builder.load(failed))


def by_reference(record: Record) -> Record:
    """Let compiled code pass a named tuple on by reference, build it, and hand it back.

    In compiled code it is made from positions, not from names.
    """
    body = {name: getattr(record, name) for name in ("__doc__", "__module__", "__qualname__")}
    own: Any = _Record(
        record.__name__,
        (record,),
        {**body, "__slots__": (), "__annotations__": record.__annotations__},
    )

    typeof_impl.register(own)(lambda value, _: ByReference(own, tuple(map(typeof, value))))

    @overload(own)
    def make(*fields: Any) -> Any:
        kind = ByReference(own, tuple(fields))

        def fill(*fields: Any) -> Any:
            return _filled(structref.new(kind), fields)  # type: ignore[call-arg]

        return fill

    return own
