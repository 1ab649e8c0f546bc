"""A fit as it is shown: parameters before and after, what is open, campaigns beside the data."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import stats

from ...show.cells import Rate, Row
from ...show.document import (
    EVERYWHERE,
    IN_FULL,
    Column,
    Document,
    Facts,
    Figure,
    Number,
    Points,
    Section,
    Table,
)
from ...show.numbers import percent
from ...show.style import BLUE, GREY, INK, ORANGE, SKY, Picture, above, bare, sheet, ticks, title
from ...vocabulary.labels import label_of
from . import told

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .fitted import Fitted
    from .prior import Prior

_WIDE: Final = 3
_PLACES: Final = 400


def document(fit: Fitted) -> Document:
    """All of it, to be shown anywhere."""
    open_, notes = told.open_questions(fit), told.notes(fit)
    sections = [
        Section("What the parameters are", [_parameters(fit)]),
        Section("What the data cannot tell", [Points(open_, EVERYWHERE)] if open_ else []),
        Section("Beside the data", [_beside(fit), _bands(fit)] if fit.checked.totals else []),
        Section("What to know of it", [Points(notes, EVERYWHERE)] if notes else []),
        Section("How it was found", [Facts(_how(fit), IN_FULL)]),
    ]
    return Document(
        kind="fit",
        title=f"{fit.scenario.name}, fitted to {fit.what.source}",
        sentence=told.headline(fit),
        question=fit.scenario.question,
        numbers=[
            Number(path, told.digits(fit.median(path)), _between(fit, path))
            for path in fit.paths[:4]
        ],
        sections=[each for each in sections if each.blocks],
        details=[_details(fit)],
        hint="`.fitted` is the scenario with the medians, `.draws` has the posterior",
        facts=[("Data", fit.what.source), ("Campaigns simulated", f"{fit.runs:,}")],
        files=[
            ("parameters.parquet", "Prior and posterior of each parameter"),
            ("draws.parquet", "Draws of the posterior, a column a parameter"),
            ("places.parquet", "The same draws on the scale of the priors"),
            ("beside.parquet", "The data, and what campaigns of the posterior count"),
            ("fitted.toml", "The scenario with the medians of the posterior"),
        ],
        python="import wordofmouth as wom\n\nfound = wom.fit(SCENARIO, observed)",
    )


def _details(fit: Fitted) -> str:
    return (
        f"{fit.runs:,} campaigns simulated, {fit.cpu_seconds:,.0f} seconds of one core, seed "
        f"{fit.seed}; intervals of 90 %"
    )


def _between(fit: Fitted, path: str) -> str:
    low, high = fit.interval(path)
    return f"Between {told.digits(low)} and {told.digits(high)} in 90 of 100 cases."


def _parameters(fit: Fitted) -> Table:
    rows: list[Row] = []
    for prior, left in zip(fit.priors, fit.left, strict=True):
        before = prior.value(np.array([-1.6448536, 0.0, 1.6448536])).tolist()
        low, high = fit.interval(prior.path)
        rows.append((
            prior.path,
            f"{told.digits(before[1])} ({told.digits(before[0])} to {told.digits(before[2])})",
            f"{told.digits(fit.median(prior.path))} ({told.digits(low)} to {told.digits(high)})",
            Rate(min(left, 1.0)),
            prior.source,
        ))  # fmt: skip
    head = (
        "Parameter", "Before", "After", "Width left", Column("Prior from", IN_FULL, note=True),
    )  # fmt: skip
    return Table("Parameters before and after the data, intervals of 90 %", head, rows)


def _beside(fit: Fitted) -> Table:
    seen = {**fit.what.total, **fit.what.numbers}
    off = {each.what for each in fit.checked.misfits}
    partly = {each.split(", row")[0] for each in off}
    rows: list[Row] = []
    for name, (low, middle, high) in fit.checked.totals.items():
        says = "outside" if name in off else "in part outside" if name in partly else "within"
        between = f"{told.digits(low)} to {told.digits(high)}"
        rows.append((name, told.digits(seen[name]), told.digits(middle), between, says))
    head = ("What", "Measured", "Simulated", "90 % between", "")
    return Table("What was measured beside campaigns of the posterior", head, rows)


def _how(fit: Fitted) -> list[tuple[str, str]]:
    checked = fit.checked
    found = [
        ("Campaigns simulated", f"{fit.runs:,}"),
        ("Seconds of one core", f"{fit.cpu_seconds:,.0f}"),
        ("Seconds by the clock, this time", f"{fit.seconds:,.0f}"),
        ("Of the prior, looked at in the second round", percent(fit.kept_of_prior)),
        (
            "Sums compared, and outside of 99 %",
            f"{checked.asked}, {len(checked.misfits)} ({checked.by_luck:.1f} by luck)",
        ),
    ]
    if checked.tested:
        held = ", ".join(percent(each) for each in checked.tested)
        found.append(
            ("Intervals of 90 % of simulated campaigns near the data held the truth in", held)
        )
    return found


def _bands(fit: Fitted) -> Figure:
    return Figure("Each indicator over time, measured and simulated", draw=lambda: beside(fit))


def parameters(fit: Fitted) -> Picture:
    """Draw prior and posterior of each parameter."""
    many = len(fit.priors)
    wide = min(many, _WIDE)
    high = math.ceil(many / wide)
    figure = sheet(told.headline(fit), fit.what.source, 4.2 * wide + 0.4, 2.7 * high)
    panels = figure.subplots(high, wide, squeeze=False).ravel()
    for k, (axes, prior) in enumerate(zip(panels, fit.priors, strict=False)):
        _one(axes, fit, k, prior)
    for axes in panels[many:]:
        axes.set_visible(False)
    return figure


def _one(axes: Axes, fit: Fitted, k: int, prior: Prior) -> None:
    z = np.linspace(-3.0, 3.0, _PLACES)
    at = prior.value(z)
    slope = np.gradient(at, z)
    fine = slope > 0
    before = stats.norm.pdf(z[fine]) / slope[fine]
    axes.fill_between(at[fine], before, color=SKY, linewidth=0, label="before")
    own = fit.z[:, k]
    if own.std() > 1e-9:
        dense = stats.gaussian_kde(own)(z)[fine] / slope[fine]
        axes.plot(at[fine], dense, color=BLUE, linewidth=2, label="after")
    axes.axvline(fit.median(prior.path), color=INK, linewidth=1, linestyle=":")
    high = np.quantile(np.concatenate([at, fit.draws[:, k]]), 0.98)
    axes.set_xlim(float(at[0]), float(max(high, np.quantile(fit.draws[:, k], 0.999))))
    axes.set_yticks([])
    bare(axes, grid="")
    axes.xaxis.set_major_formatter(ticks())
    axes.set_xlabel(label_of(fit.scenario, prior.path), wrap=True)
    title(axes, prior.path)
    if k == 0:
        above(axes)


def beside(fit: Fitted) -> Picture:
    """Draw what was measured over what campaigns of the posterior count."""
    names = fit.what.reading.indicators
    wide = min(len(names), 2)
    high = math.ceil(len(names) / wide)
    said = "Measured, and what 90 % of campaigns of the posterior count in each row"
    figure = sheet(said, fit.what.source, 5.6 * wide, 2.4 * high)
    panels = figure.subplots(high, wide, squeeze=False).ravel()
    days = np.arange(1, fit.what.reading.rows + 1)
    for k, (axes, name) in enumerate(zip(panels, names, strict=False)):
        low, middle, top = (each[k] for each in fit.checked.bands)
        axes.fill_between(days, low, top, color=SKY, linewidth=0, label="90 % of campaigns")
        axes.plot(days, middle, color=BLUE, label="median")
        axes.plot(days, fit.what.table[k], "o", color=ORANGE, markersize=3.5, label="measured")
        axes.set_ylim(bottom=0)
        axes.set_xlabel("row")
        bare(axes, grid="y")
        axes.yaxis.set_major_formatter(ticks())
        axes.tick_params(labelcolor=GREY)
        title(axes, label_of(fit.scenario, name))
        if k == 0:
            above(axes)
    for axes in panels[len(names) :]:
        axes.set_visible(False)
    return figure
