"""`wom forecast`: how a fitted campaign goes on, and how such a forecast held before."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Seed, Settings, Telling, command

if TYPE_CHECKING:
    from ..answers.forecast.answer import Forecast


@command
def forecast(
    fit: Annotated[str, typer.Argument(metavar="FIT", help="The folder of a fit: wom fit --out.")],
    telling: Telling,
    settings: Settings = None,
    days: Annotated[
        int | None,
        typer.Option("--days", metavar="N", help="Rows beyond the data; to the end if left out."),
    ] = None,
    backtest: Annotated[
        bool, typer.Option("--backtest", help="Hide the last rows, fit again, and look.")
    ] = False,
    hide: Annotated[
        int | None,
        typer.Option("--hide", metavar="N", help="How many; the last third if left out."),
    ] = None,
    runs: Annotated[int, typer.Option("--runs", metavar="N", help="Campaigns to simulate.")] = 2000,
    seed: Seed = 0,
    jobs: Annotated[
        int | None, typer.Option("--jobs", metavar="N", help="Workers; as many as there are cores.")
    ] = None,
) -> None:
    """Say how a fitted campaign goes on, with bands; what is --set holds from the data's end on.

    With --backtest the last rows are hidden, and it says how far off the forecast was of them.
    """
    from ...scenarios.toml import setting
    from ...sim.errors import InputError
    from ..answers.fit.answer import Fit
    from .answering import answered, ready

    ready(telling=telling)
    changes: dict[str, Any] = dict(setting(text) for text in settings or ())
    if backtest and (changes or days is not None):
        raise InputError("--backtest goes with neither --set nor --days; leave them out.")
    if hide is not None and not backtest:
        raise InputError("--hide is for --backtest; add that, or leave it out.")
    fitted = Fit.load(fit)

    def find(tell: Callable[[int, int], None]) -> Forecast:
        from ..answers.forecast import find

        if backtest:
            return find.backtest(fitted, hide=hide, runs=runs, seed=seed, jobs=jobs, progress=tell)
        return find.forecast(
            fitted, days=days, changes=changes, runs=runs, seed=seed, jobs=jobs, progress=tell
        )

    words = ["wom", "forecast", fit, *(word for each in settings or () for word in ("--set", each))]
    words += [] if days is None else ["--days", str(days)]
    words += ["--backtest"] if backtest else []
    words += [] if hide is None else ["--hide", str(hide)]
    words += ["--runs", str(runs), "--seed", str(seed)]
    answered(find, telling, lambda _: shlex.join(words))
