"""How a parameter is declared: once, with default, range, unit, label and source.

Everything that names a parameter elsewhere, from the scenario file to the axis label and the
reference page, reads it from here.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from .frozen import FrozenTable, refuse_change

Item = TypeVar("Item")

# A TOML array arrives as a list; what is frozen holds a tuple.
Listed = Annotated[
    tuple[Item, ...],
    BeforeValidator(lambda value: tuple(value) if isinstance(value, list) else value),
]
# A table of tables, by the names that a scenario gives them.
Named = Annotated[dict[str, Item], AfterValidator(FrozenTable)]


class Parameters(BaseModel):
    """A table of a scenario file: frozen, nothing unknown, nothing coerced, no NaN."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, validate_default=True
    )

    def __setattr__(self, name: str, value: Any) -> None:
        refuse_change(name)

    def __delattr__(self, name: str) -> None:
        refuse_change(name)


def parameter(
    default: Any,
    label: str,
    *,
    source: str,
    low: float | None = None,
    high: float | None = None,
    above: float | None = None,
    unit: str = "",
) -> Any:
    """Declare a parameter.

    Parameters
    ----------
    default
        Its value where a scenario says nothing.
    label
        What it is, in the words of an axis label.
    source
        Where default and range come from: a source document (``"000"``), a paper, or
        ``"assumed"``.
    low, high, above
        The closed range, or the open lower end.
    unit
        Its unit; empty for a pure number.
    """
    return Field(
        default=default,
        ge=low,
        le=high,
        gt=above,
        title=label,
        json_schema_extra={"unit": unit, "source": source},
    )


def chance(default: float, label: str, *, source: str) -> Any:
    """Declare a probability."""
    return parameter(default, label, low=0.0, high=1.0, unit="probability", source=source)


def weight(default: float, label: str, *, source: str) -> Any:
    """Declare a weight: log-odds per unit of what it weighs."""
    return parameter(default, label, low=-50.0, high=50.0, unit="log-odds", source=source)
