"""The rows of a campaign as three marketing mix models read them, each with its own column names.

=====================  =======================================================================
``robyn.csv``          ``DATE``; ``revenue`` and ``conversions``; of each channel ``NAME_S``
                       (spend) and ``NAME_I`` (impressions) or ``NAME_P`` (placements)
``meridian.csv``       ``time``; ``conversions``, ``revenue``, ``revenue_per_conversion``; of
                       each channel ``NAME_impression`` or ``NAME_placement``, and ``NAME_spend``
``pymc_marketing.csv`` ``date``; ``y`` (revenue, or conversions where nothing is sold); of each
                       channel ``NAME_spend``, and ``NAME_impressions`` or ``NAME_placements``
=====================  =======================================================================

All three end with the controls that vary. `arguments` has the same as each model's arguments.

References
----------
Robyn: `robyn_inputs`; Meridian: `CoordToColumns` of its `CsvDataLoader`; PyMC-Marketing: `MMM`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .paid import PaidChannel
from .rows import controls_of

if TYPE_CHECKING:
    import pandas as pd


def kpi_of(rows: pd.DataFrame) -> str:
    """What a model is to explain: revenue, or conversions where nothing is sold."""
    return "revenue" if (rows["revenue"] != 0.0).any() else "conversions"


def files(rows: pd.DataFrame, channels: list[PaidChannel]) -> dict[str, pd.DataFrame]:
    """The table of each model, by the name of its file."""
    return {
        "robyn.csv": _robyn(rows, channels),
        "meridian.csv": _meridian(rows, channels),
        "pymc_marketing.csv": _pymc(rows, channels),
    }


def arguments(rows: pd.DataFrame, channels: list[PaidChannel]) -> dict[str, dict[str, Any]]:
    """What each model is told about the columns of its file, in its own words."""
    controls, kpi = controls_of(rows), kpi_of(rows)
    shown = {each: each.unit.removesuffix("s") for each in channels}
    meridian: dict[str, Any] = {
        "time": "time",
        "kpi": kpi,
        "kpi_type": "revenue" if kpi == "revenue" else "non_revenue",
        "media": [f"{each.word}_{shown[each]}" for each in channels],
        "media_spend": [f"{each.word}_spend" for each in channels],
    }
    return {
        "robyn": {
            "date_var": "DATE",
            "dep_var": kpi,
            "dep_var_type": kpi.removesuffix("s"),
            "paid_media_spends": [f"{each.word}_S" for each in channels],
            "paid_media_vars": [_exposure(each) for each in channels],
            "context_vars": controls,
        },
        "meridian": meridian | ({"controls": controls} if controls else {}),
        "pymc_marketing": {
            "date_column": "date",
            "target_column": "y",
            "channel_columns": [f"{each.word}_spend" for each in channels],
            "control_columns": controls or None,
        },
    }


def _robyn(rows: pd.DataFrame, channels: list[PaidChannel]) -> pd.DataFrame:
    table: dict[str, Any] = {"DATE": rows["date"]}
    table |= {name: rows[name] for name in ("revenue", "conversions")}
    for each in channels:
        table[f"{each.word}_S"] = rows[f"spend_{each.word}"]
        table[_exposure(each)] = rows[f"bought_{each.word}"]
    return _whole(table, rows)


def _meridian(rows: pd.DataFrame, channels: list[PaidChannel]) -> pd.DataFrame:
    sold, came = rows["conversions"].sum(), rows["revenue"].sum()
    # A row without a conversion has no price of its own: that of the campaign stands in.
    usual = came / sold if sold else 0.0
    count = rows["conversions"].to_numpy(np.float64)
    each_brought = np.where(count > 0, rows["revenue"] / np.maximum(count, 1.0), usual)
    table: dict[str, Any] = {"time": rows["date"]}
    table |= {name: rows[name] for name in ("conversions", "revenue")}
    table["revenue_per_conversion"] = np.round(each_brought, 6)
    for each in channels:
        table[f"{each.word}_{each.unit.removesuffix('s')}"] = rows[f"bought_{each.word}"]
        table[f"{each.word}_spend"] = rows[f"spend_{each.word}"]
    return _whole(table, rows)


def _pymc(rows: pd.DataFrame, channels: list[PaidChannel]) -> pd.DataFrame:
    table: dict[str, Any] = {"date": rows["date"], "y": rows[kpi_of(rows)]}
    for each in channels:
        table[f"{each.word}_spend"] = rows[f"spend_{each.word}"]
        table[f"{each.word}_{each.unit}"] = rows[f"bought_{each.word}"]
    return _whole(table, rows)


def _whole(table: dict[str, Any], rows: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({**table, **{name: rows[name] for name in controls_of(rows)}})


def _exposure(each: PaidChannel) -> str:
    return f"{each.word}_{each.unit[0].upper()}"
