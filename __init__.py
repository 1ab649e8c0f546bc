"""How word of mouth carries a campaign: an agent-based simulator of viral social media.

>>> import wordofmouth as wom
>>> result = wom.run(wom.load("open_house"), seed=7)
>>> result.kpis["reach"] > 0
True

The names below are imported when they are first used: importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .agents import Advocate, Brand, CampaignModel, Fan, Outlet, Stranger
    from .experiments.answers.comparison.find import compare
    from .experiments.answers.credit.find import credit
    from .experiments.answers.diagnosis.find import diagnose
    from .experiments.answers.economics.find import economics
    from .experiments.answers.fit.answer import Fit
    from .experiments.answers.fit.find import fit
    from .experiments.answers.forecast.answer import Forecast
    from .experiments.answers.forecast.find import backtest, forecast
    from .experiments.answers.levers.find import levers
    from .experiments.answers.look import look
    from .experiments.answers.optimum.find import optimise
    from .experiments.answers.reproduction.find import reproduce
    from .experiments.answers.truth.find import known_truth
    from .experiments.results import demo
    from .experiments.studies.study import Study
    from .experiments.studies.sweep import sweep
    from .scenarios.loader import load, names
    from .scenarios.observing.observed import Observed
    from .sim.campaign import run, simulate
    from .sim.cascades import cascades
    from .sim.competition import competition
    from .sim.errors import InputError, LimitError, StorageError
    from .sim.network import Network
    from .sim.parameters import Scenario
    from .sim.result import Result
    from .sim.seeds import seeds

__version__ = "0.1.0"

_ROOMS = {
    "agents": ("Advocate", "Brand", "CampaignModel", "Fan", "Outlet", "Stranger"),
    "experiments.results": ("demo",),
    "experiments.answers.comparison.find": ("compare",),
    "experiments.answers.credit.find": ("credit",),
    "experiments.answers.diagnosis.find": ("diagnose",),
    "experiments.answers.economics.find": ("economics",),
    "experiments.answers.fit.answer": ("Fit",),
    "experiments.answers.fit.find": ("fit",),
    "experiments.answers.forecast.answer": ("Forecast",),
    "experiments.answers.forecast.find": ("backtest", "forecast"),
    "experiments.answers.levers.find": ("levers",),
    "experiments.answers.look": ("look",),
    "experiments.answers.optimum.find": ("optimise",),
    "experiments.answers.reproduction.find": ("reproduce",),
    "experiments.answers.truth.find": ("known_truth",),
    "experiments.studies.study": ("Study",),
    "experiments.studies.sweep": ("sweep",),
    "scenarios.loader": ("load", "names"),
    "scenarios.observing.observed": ("Observed",),
    "sim.cascades": ("cascades",),
    "sim.competition": ("competition",),
    "sim.campaign": ("run", "simulate"),
    "sim.errors": ("InputError", "LimitError", "StorageError"),
    "sim.network": ("Network",),
    "sim.parameters": ("Scenario",),
    "sim.result": ("Result",),
    "sim.seeds": ("seeds",),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "Advocate",
    "Brand",
    "CampaignModel",
    "Fan",
    "Fit",
    "Forecast",
    "InputError",
    "LimitError",
    "Network",
    "Observed",
    "Outlet",
    "Result",
    "Scenario",
    "StorageError",
    "Stranger",
    "Study",
    "backtest",
    "cascades",
    "compare",
    "competition",
    "credit",
    "demo",
    "diagnose",
    "economics",
    "fit",
    "forecast",
    "known_truth",
    "levers",
    "load",
    "look",
    "names",
    "optimise",
    "reproduce",
    "run",
    "seeds",
    "simulate",
    "sweep",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
