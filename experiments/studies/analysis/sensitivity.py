"""Which axis matters: Sobol's and Morris's indices, with the share of noise in what they explain.

Sobol's first-order index of an axis is the share of the variance between points that it explains by
itself, its total index the share that it takes part in (Sobol 2001; Saltelli et al. 2010). Morris's
mu* is the mean size of the change when an axis alone moves, per full range of the axis; sigma is
how much that depends on where (Morris 1991; Campolongo et al. 2007). SALib works both out.

A run is luck too. With y of point p and replicate r = point + replicate + rest, the noise is what
is not the point; the mean over replicates, which the indices are about, keeps of it the rest by the
number of replicates.
"""

from __future__ import annotations

import math
from itertools import combinations
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ....sim.errors import InputError
from ...show import notebook
from ...show.cells import Cell, Measured
from ...show.document import Document, Section, Table
from ..design.sampler import Sampler, salib
from .table import RunTable

# Samplers whose points are chosen for indices.
SAMPLED: Final = ("saltelli", "morris")
_PAIR: Final = ["axis", "other", "second", "low", "high"]
# By how much a total may miss the whole that it is, where one axis explains all there is.
_ROUGH: Final = 0.05


class Noise(NamedTuple):
    """How much of the variance is luck; nan where one replicate cannot tell.

    Attributes
    ----------
    run
        Share of the variance of single runs.
    mean
        Share of the variance of the means over replicates.
    """

    run: float
    mean: float


class Sensitivity(NamedTuple):
    """The indices of a study.

    Attributes
    ----------
    outcome, method
        What was asked about, and how: ``saltelli`` or ``morris``.
    table
        One row an axis. Sobol: `first`, `total`, each with `low` and `high` of its 95 % interval.
        Morris: `mu`, `mu_star` with `low` and `high`, `sigma`.
    noise
        The share of luck.
    pairs
        One row two axes, of a design with ``second_order``: `axis`, `other`, `second`, the share of
        variance that these explain only together, with `low` and `high`. Else empty.
    points
        Of the design, before the method multiplies them.
    """

    outcome: str
    method: str
    table: pd.DataFrame
    noise: Noise
    pairs: pd.DataFrame
    points: int

    @property
    def too_few(self) -> str:
        """Why these indices say nothing, in words; empty where they do.

        A share of the variance is no more than all of it, and an interval wider than that holds
        whatever could have come out.
        """
        if self.method != "saltelli":
            return ""
        for row in self.table.to_dict("records"):
            if row["total"] > 1.0 + _ROUGH:
                return (
                    f"{row['axis']} would take part in {100 * row['total']:.0f} % of the variance"
                )
            for _, low, high in self.indices.values():
                if row[high] - row[low] > 1.0:
                    return f"the interval of {row['axis']} is {row[high] - row[low]:.2g} wide"
        return ""

    @property
    def sentence(self) -> str:
        """What it comes to."""
        if why := self.too_few:
            return (
                f"{self.outcome}: {self.points:,} points are too few to say which axis matters, "
                f"since {why}; give design.points = {2 * self.points} or more."
            )
        name = "total" if self.method == "saltelli" else "mu_star"
        ranked = self.table.sort_values(name, ascending=False)
        order = ", ".join(
            f"{axis} ({small(value)})" for axis, value in ranked[["axis", name]].values
        )
        what = "total share of variance" if self.method == "saltelli" else "mean effect, mu*"
        luck = (
            "one replicate cannot tell how much of it is luck"
            if math.isnan(self.noise.run)
            else f"luck is {100 * self.noise.run:.0f} % of the variance of a run and "
            f"{100 * self.noise.mean:.0f} % of that of the means"
        )
        return f"{self.outcome} by {what}: {order}; {luck}."

    @property
    def indices(self) -> dict[str, tuple[str, str, str]]:
        """What each index says: its column, and those of its interval."""
        if self.method == "saltelli":
            return {
                "by itself": ("first", "first_low", "first_high"),
                "in all": ("total", "total_low", "total_high"),
            }
        return {"mean effect, mu*": ("mu_star", "low", "high")}

    def document(self) -> Document:
        """The indices of each axis, those that matter most first."""
        ranked = self.table.sort_values(list(self.indices.values())[-1][0], ascending=False)
        morris = self.method == "morris"
        rows: list[list[Cell]] = []
        for row in ranked.to_dict("records"):
            cells: list[Cell] = [str(row["axis"])]
            for mean, low, high in self.indices.values():
                cells.append(Measured(float(row[mean]), row[low], row[high], "number"))
            rows.append([*cells, *([small(row["sigma"])] if morris else [])])
        head = ["axis", *self.indices, *(["sigma: how uneven"] if morris else [])]
        together = [
            (
                f"{row['axis']} and {row['other']}",
                Measured(row["second"], row["low"], row["high"], "number"),
            )
            for row in self.pairs.sort_values("second", ascending=False).to_dict("records")
        ]
        tables = [Table("", head, rows, more=".table")]
        if together:
            said = "What two axes explain only together"
            tables.append(Table(said, ("axes", "together"), together, more=".pairs"))
        return Document(
            kind="sensitivity",
            title=f"Indices of {self.outcome}, {self.method}",
            sentence=self.sentence,
            sections=[Section("Which axis matters", tables)],
            hint="`study.plot('sensitivity')` shows it, `.table` is a table.",
        )

    def _repr_html_(self) -> str:
        return notebook.html(self.document())


def small(value: float) -> str:
    """An index in two digits; 0 where there is nothing to see.

    Examples
    --------
    >>> small(0.1234), small(-1.6e-7)
    ('0.12', '0')
    """
    return f"{value:.2g}" if abs(value) >= 0.001 else "0"


def sensitivity(runs: RunTable, resamples: int = 1000) -> Sensitivity:
    """Sobol's or Morris's indices of a study that was sampled for them.

    Parameters
    ----------
    resamples
        How often the points are drawn again for the intervals.

    Raises
    ------
    InputError
        If the study was sampled in another way, or not all of its points have a value.
    """
    start = 0
    for part in runs.about.parts:
        if part["kind"] in SAMPLED:
            values = _values(runs, start, part["size"])
            noise = noise_of(values)
            means = np.nanmean(values, axis=1)
            chosen = Sampler.model_validate({key: part[key] for key in Sampler.model_fields})
            names = tuple(part["axes"])
            how = _sobol if part["kind"] == "saltelli" else _morris
            table, pairs = how(chosen, names, means, resamples)
            return Sensitivity(runs.y, part["kind"], table, noise, pairs, chosen.points)
        start += part["size"]
    raise InputError(
        f"{runs.about.name!r} was not sampled for indices; give [design] sampler = 'saltelli' or "
        "'morris', or ask for importance, which takes any design."
    )


def noise_of(values: NDArray[np.float64]) -> Noise:
    """The share of luck in a table of points and replicates, by analysis of variance.

    Examples
    --------
    >>> noise_of(np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]))
    Noise(run=0.0, mean=0.0)
    """
    points, replicates = values.shape
    if replicates < 2 or points < 2 or np.isnan(values).any():
        return Noise(math.nan, math.nan)
    whole = values.mean()
    by_point, by_replicate = values.mean(axis=1), values.mean(axis=0)
    rest = values - by_point[:, None] - by_replicate[None, :] + whole
    square_rest = float((rest**2).sum() / ((points - 1) * (replicates - 1)))
    square_point = float(replicates * ((by_point - whole) ** 2).sum() / (points - 1))
    square_replicate = float(points * ((by_replicate - whole) ** 2).sum() / (replicates - 1))
    point = max(0.0, (square_point - square_rest) / replicates)
    replicate = max(0.0, (square_replicate - square_rest) / points)
    run, mean = replicate + square_rest, square_rest / replicates
    return Noise(_share(run, point), _share(mean, point))


def _share(part: float, rest: float) -> float:
    return part / (part + rest) if part + rest > 0 else math.nan


def _values(runs: RunTable, start: int, size: int) -> NDArray[np.float64]:
    """Points by replicates; nan where a run has no value."""
    table = runs.done
    table = table[(table["point"] >= start) & (table["point"] < start + size)]
    values = np.full((size, runs.about.replicates), np.nan)
    values[table["point"] - start, table["replicate"]] = table[runs.y]
    missing = int(np.isnan(values).all(axis=1).sum())
    if missing:
        raise InputError(
            f"{missing:,} of {size:,} points have no value of {runs.y}; indices need all: finish "
            "the study, or --retry-failed."
        )
    return values


def _sobol(
    chosen: Sampler, names: tuple[str, ...], means: NDArray[np.float64], resamples: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    analyse = salib("analyze.sobol").analyze
    # As SALib advises: estimates are steadier around 0.
    centred = means - means.mean()
    if not centred.any():
        zeros, none = np.zeros(len(names)), np.zeros((len(names), len(names)))
        found: Any = dict.fromkeys(("S1", "S1_conf", "ST", "ST_conf"), zeros)
        found |= {"S2": none, "S2_conf": none}
    else:
        found = analyse(
            chosen.problem(names), centred, calc_second_order=chosen.second_order,
            num_resamples=resamples, seed=chosen.seed % 2**32 or 2**32,  # it takes 0 for none
        )  # fmt: skip
    columns: dict[str, Any] = {"axis": names}
    for name, key in (("first", "S1"), ("total", "ST")):
        value, half = np.asarray(found[key]), np.asarray(found[f"{key}_conf"])
        columns |= {name: value, f"{name}_low": value - half, f"{name}_high": value + half}
    rows = []
    for j, k in combinations(range(len(names)), 2) if chosen.second_order else ():
        both, wide = float(found["S2"][j, k]), float(found["S2_conf"][j, k])
        rows.append((names[j], names[k], both, both - wide, both + wide))
    return pd.DataFrame(columns), pd.DataFrame(rows, columns=_PAIR)


def _morris(
    chosen: Sampler, names: tuple[str, ...], means: NDArray[np.float64], resamples: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    found = salib("analyze.morris").analyze(
        chosen.problem(names), chosen.places(names), means, num_levels=chosen.levels,
        num_resamples=resamples, seed=chosen.seed % 2**32,
    )  # fmt: skip
    star, half = np.asarray(found["mu_star"]), np.asarray(found["mu_star_conf"])
    table = pd.DataFrame(
        {"axis": names, "mu": np.asarray(found["mu"]), "mu_star": star, "low": star - half,
         "high": star + half, "sigma": np.asarray(found["sigma"])}
    )  # fmt: skip
    return table, pd.DataFrame([], columns=_PAIR)
