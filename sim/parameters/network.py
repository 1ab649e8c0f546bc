"""Which network the campaign runs on."""

from __future__ import annotations

from typing import Any, Literal

from .declare import Section, parameter


class NetworkChoice(Section):
    """A generated network (`kind`, `people` and what the kind asks for) or one from a `file`."""

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
    arrow: Literal["hears", "follows"] = parameter(
        "hears",
        "What a directed line `u v` says",
        source="design: v hears u",
    )
    options: dict[str, int | float | str | bool] = parameter(
        {}, "What the kind of network asks for, by name", source="the generator"
    )

    def generator_options(self) -> dict[str, Any]:
        """The keyword arguments of the generator, beside the number of people and the seed."""
        return dict(self.options)
