"""Forecast: how a fitted campaign goes on, given what it came to so far.

Campaigns are simulated from draws of the posterior, each in a world of its own, from the first row
to the last of the forecast. Each is then moved to where the data are, as in the fit: with y the
logarithm of what an indicator comes to in the rows ahead, and s what the rows so far tell of it,

    y* = m(s_obs) + (y - m(s)) sigma(s_obs) / sigma(s)

and its rows ahead are multiplied by what that changes. So a campaign that ran ahead of its
parameters by luck is forecast from where it is.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ....scenarios.observing.observed import Observed
from ....sim.errors import InputError
from ....sim.given import whole_number
from ....sim.parameters import Scenario
from ...studies.sweep import hire
from ..fit.answer import Fit
from ..fit.find import RUNS as FITTING
from ..fit.find import WORLDS, pool
from ..fit.find import fit as fit_to
from ..fit.infer import Learned, adjusted, weighted_quantiles
from ..fit.prior import values
from ..fit.rounds import Laboratory, Simulations, Tell
from ..fit.seen import LEAST_ROWS, Reals, Seen, Summaries
from .ahead import BAND
from .answer import Forecast

if TYPE_CHECKING:
    from ....sim.network import Network

RUNS: Final = 2_000
# Of the rows, those that a backtest hides where nobody says.
_HIDDEN: Final = 3
# Rows that a naive extrapolation takes the mean of.
_LATELY: Final = 7


def forecast(
    fit: Fit | str | PathLike[str],
    *,
    days: int | None = None,
    changes: Mapping[str, Any] | None = None,
    runs: int = RUNS,
    worlds: int = WORLDS,
    seed: int = 0,
    network: Network | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
    dask: str | None = None,
    progress: Tell | None = None,
) -> Forecast:
    """Forecast how a fitted campaign goes on.

    Parameters
    ----------
    fit
        A fit, or the folder that keeps one.
    days
        How many rows (days, or weeks where the data are by the week) beyond the data; to the end of
        the scenario if None.
    changes
        What is done otherwise from the end of the data on, by dotted path.
    runs
        How many campaigns are simulated.
    worlds, seed, network, jobs, executor, dask, progress
        As for `wordofmouth.fit`.

    Raises
    ------
    InputError
        If there is nothing ahead, or a change is not allowed.
    """
    fit = fit if isinstance(fit, Fit) else Fit.load(fit)
    began = time.perf_counter()
    runs = whole_number("runs", runs, 200, len(fit.z))
    reading = fit.what.reading
    ahead = _ahead(fit, days)
    rows = reading.rows + ahead
    scenario = fit.scenario.replace({"horizon": rows * reading.ticks})
    if changes:
        scenario = _changed(scenario, changes, reading.horizon)
    generator = np.random.default_rng([seed, 20])
    z = fit.z[generator.choice(len(fit.z), runs, replace=False)]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="wom-forecast-")))
        crew = partial(
            hire, jobs=jobs, executor=executor, dask=dask, processes=False if jobs == 1 else None
        )
        laboratory = Laboratory(
            scenario, replace(reading, rows=rows), folder, crew, seed, network, progress, runs
        )
        sims = laboratory.run(
            "forecast", fit.paths, z, values(list(fit.priors), z), pool(seed, worlds, runs)
        )
    bands, totals, past = conditioned(fit.what, sims)
    return Forecast(
        scenario=scenario,
        what=fit.what,
        bands=bands,
        totals=totals,
        past=past,
        changes=dict(changes or {}),
        runs=runs,
        seconds=time.perf_counter() - began,
        seed=seed,
    )


def _ahead(fit: Fit, days: int | None) -> int:
    """How many rows there are beyond the data."""
    reading = fit.what.reading
    if not reading.indicators:
        raise InputError("this fit has no data over time, so that there is nothing to go on with.")
    if days is not None:
        return whole_number("days", days, 1, 100_000)
    ahead = fit.scenario.horizon // reading.ticks - reading.rows
    if ahead < 1:
        raise InputError(
            f"the data go to the end of the scenario, after {reading.rows} rows; say how many "
            "more: --days 10."
        )
    return ahead


def _changed(scenario: Scenario, changes: Mapping[str, Any], tick: int) -> Scenario:
    """A scenario in which something is done otherwise from a tick on."""
    earlier = scenario.to_dict().get("timeline", [])
    return scenario.replace({"timeline": [*earlier, {"tick": tick, "set": dict(changes)}]})


def conditioned(what: Seen, sims: Simulations) -> tuple[Reals, Reals, Reals]:
    """Bands of the rows ahead, and of all rows together, given those that were seen.

    Returns
    -------
    (quantiles, indicators, rows), (quantiles, indicators), (quantiles, indicators, rows)
        At `BAND`: what is counted in each row ahead; by the end, what was seen included; and what
        the same campaigns counted in the rows that were seen.
    """
    rows = what.reading.rows
    summaries = Summaries(what)
    past = summaries.of(sims.tables[:, :, :rows], sims.numbers)
    ahead = sims.tables[:, :, rows:]
    sums = ahead.sum(axis=2)
    target = np.log1p(sums)
    learned = Learned(past, target, summaries.main)
    told = learned.of(summaries.of_seen(what))[0]
    found = adjusted(learned.told, target, told, share=0.7)
    after = np.expm1(np.maximum(found.z, 0.0))
    before = sums[found.kept]
    factor = np.where(before > 0.0, after / np.maximum(before, 1e-9), 0.0)
    moved = ahead[found.kept] * factor[:, :, None]
    many, indicators, length = moved.shape
    # What is counted is a whole number, after it was moved too.
    whole = np.array([name not in ("revenue", "cost") for name in what.reading.indicators])
    moved = np.where(whole[None, :, None], np.rint(moved), moved)
    flat = moved.reshape(many, indicators * length)
    bands = weighted_quantiles(flat, found.weights, BAND).reshape(-1, indicators, length)
    seen = np.nansum(what.table, axis=1)
    totals = weighted_quantiles(seen + moved.sum(axis=2), found.weights, BAND)
    # Between two counts a quantile has no meaning of its own.
    bands[:, whole], totals[:, whole] = np.rint(bands[:, whole]), np.rint(totals[:, whole])
    before_it = sims.tables[found.kept, :, :rows].reshape(many, indicators * rows)
    past = weighted_quantiles(before_it, found.weights, BAND).reshape(-1, indicators, rows)
    return bands, totals, past


def backtest(
    fit: Fit | str | PathLike[str],
    *,
    hide: int | None = None,
    fitting: int = FITTING,
    runs: int = RUNS,
    worlds: int = WORLDS,
    seed: int = 0,
    network: Network | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
    dask: str | None = None,
    progress: Tell | None = None,
) -> Forecast:
    """Hide the last rows of the data, fit to the others, forecast, and look.

    Parameters
    ----------
    hide
        How many rows; the last third if None.
    fitting
        How many campaigns the fit to the others takes.
    fit, runs, worlds, seed, network, jobs, executor, dask, progress
        As for `forecast`.

    Raises
    ------
    InputError
        If fewer than five rows would be left.
    """
    fit = fit if isinstance(fit, Fit) else Fit.load(fit)
    what, rows = fit.what, fit.what.reading.rows
    if not what.reading.indicators:
        raise InputError("this fit has no data over time, of which something could be hidden.")
    hide = max(rows // _HIDDEN, 1) if hide is None else whole_number("hide", hide, 1, rows)
    if rows - hide < LEAST_ROWS:
        raise InputError(
            f"hide = {hide} leaves {rows - hide} of {rows} rows; leave {LEAST_ROWS} or more."
        )
    names = what.reading.indicators
    series = {name: what.table[k, : rows - hide] for k, name in enumerate(names)}
    hours = what.reading.ticks * fit.scenario.hours_per_tick
    how: dict[str, Any] = {
        "worlds": worlds, "seed": seed, "network": network, "jobs": jobs, "executor": executor,
        "dask": dask, "progress": progress,
    }  # fmt: skip
    early = fit_to(
        fit.scenario,
        Observed(what.source, hours, series=series),
        free=list(fit.paths),
        priors={each.path: each for each in fit.priors},
        runs=fitting,
        **how,
    )
    found = forecast(early, days=hide, runs=runs, **how)
    hidden = what.table[:, rows - hide :]
    return replace(found, hidden=hidden, naive=naive(early.what.table, hide))


def naive(seen: Reals, rows: int) -> Reals:
    """(indicators, rows) of a forecast without a model: the mean of the last seven rows, on and on.

    Examples
    --------
    >>> naive(np.array([[1.0, 3.0]]), 2)
    array([[2., 2.]])
    """
    lately = np.nan_to_num(np.nanmean(seen[:, -_LATELY:], axis=1))
    return np.repeat(lately[:, None], rows, axis=1)
