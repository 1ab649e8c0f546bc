"""`wom economics`: what a campaign costs, is worth, and may lose."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Final

import typer

from .options import Changed, Jobs, Luck, Replicates, Source, Telling, command

if TYPE_CHECKING:
    from ..answers.economics.answer import Economics

# Seconds from which on it is worth saying how to wait less.
_LONG: Final = 60.0


@command
def economics(
    name: Source,
    changed: Changed,
    luck: Luck,
    telling: Telling,
    replicates: Replicates = 100,
    discount_rate: Annotated[
        float, typer.Option("--discount-rate", metavar="R", help="Of money, a year; 0.1 is 10 %.")
    ] = 0.1,
    cost_per_thousand: Annotated[
        float | None,
        typer.Option(
            "--cost-per-thousand", metavar="MONEY", help="Of the broadcast to compare with."
        ),
    ] = None,
    break_even: Annotated[
        bool,
        typer.Option("--break-even/--no-break-even", help="Whether that share rate is searched."),
    ] = True,
    jobs: Jobs = 2,
) -> None:
    """Say what a campaign costs, is worth, and may lose."""
    from ..worlds.until import check_budget
    from .answering import answered, ready

    check_budget(replicates)
    scenario = changed.campaign(name)
    ready(scenario, telling=telling)

    def find(tell: Callable[[int, int], None]) -> Economics:
        from ..answers.economics.find import economics

        return economics(
            scenario, replicates=replicates, seed=luck.seed, world=luck.world,
            discount_rate=discount_rate, cost_per_thousand=cost_per_thousand,
            breaks_even=break_even, jobs=jobs, progress=tell,
        )  # fmt: skip

    more = {
        **vars(luck), "replicates": replicates, "discount_rate": discount_rate,
        "cost_per_thousand": cost_per_thousand, "break_even": break_even,
    }  # fmt: skip
    answered(
        find,
        telling,
        lambda _: changed.command("economics", [name], more),
        hint=shorter if break_even else None,
    )


def shorter(left: float) -> str:
    """How to wait less, where it takes more than a minute.

    Examples
    --------
    >>> shorter(50.0), shorter(600.0)  # doctest: +ELLIPSIS
    ('', 'This takes about 10 minutes, most of it to search the share rate at which ...')
    """
    if left <= _LONG:
        return ""
    minutes = round(left / 60.0) or 1
    return (
        f"This takes about {minutes} minute{'' if minutes == 1 else 's'}, most of it to search the "
        "share rate at which the campaign breaks even: --no-break-even leaves that out."
    )
