"""Which network the campaign runs on."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import ConfigDict, model_validator

from ..errors import InputError, hint
from ..network.check import check
from ..network.kinds import KINDS
from .declare import Parameters, parameter

# What is for networks from files alone.
_READING: Final = ("directed", "arrow", "source", "target", "weight", "time", "repeated")


class NetworkChoice(Parameters):
    """A generated network (`kind`, `people` and what the kind asks for) or one from a `file`.

    What a kind asks for stands beside it: ``network.m``, ``network.exponent`` and so on.
    """

    model_config = ConfigDict(extra="allow")

    kind: str = parameter(
        "clustered_preferential_attachment",
        "Kind of network",
        source="Holme & Kim 2002: scale-free and clustered",
    )
    people: int = parameter(
        10_000, "People", low=1, high=2_000_000_000_000, unit="people", source="assumed"
    )
    file: str | None = parameter(None, "Network file", source="the user's data")
    directed: bool | None = parameter(
        None, "Whether the file's lines are directed", source="the file's header"
    )
    arrow: Literal["hears", "follows"] | None = parameter(
        None,
        "What a directed line `u v` says",
        source="design: v hears u",
    )

    source: str | int | None = parameter(
        None, "The file's column of who stands first in a tie", source="the file's names"
    )
    target: str | int | None = parameter(
        None, "The file's column of who stands second", source="the file's names"
    )
    weight: str | int | None = parameter(
        None, "What the file's weights mean, or where they stand", source="the file's names"
    )
    time: str | int | None = parameter(
        None, "The file's column of times", source="the file's names"
    )
    repeated: Literal["sum", "once"] | None = parameter(
        None, "What becomes of a tie that the file gives again", source="design: once"
    )

    @model_validator(mode="after")
    def _can_be_made(self) -> NetworkChoice:
        asked = self.generator_options()
        known = {each.name for kind in KINDS.values() for each in kind.parameters}
        for name in asked.keys() - known:
            if meant := hint(name, type(self).model_fields, before="network."):
                raise InputError(f"network.{name}: there is no such parameter; {meant}")
        # Beside a file, what the scenario's own network asked for is left unused.
        if self.file is None:
            check(self.kind, self.people, asked)
            unused = next((n for n in _READING if getattr(self, n) not in (None, "hears")), None)
            if unused is not None:
                raise InputError(
                    f"network.{unused} = {getattr(self, unused)!r} says how a file is read; give "
                    "network.file too, or leave it out"
                )
        return self

    def generator_options(self) -> dict[str, Any]:
        """The keyword arguments of the generator, beside the number of people and the seed."""
        return dict(self.model_extra or {})
