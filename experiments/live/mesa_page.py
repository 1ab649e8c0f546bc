"""A campaign on Mesa's own page, SolaraViz, for who knows it; `wom serve` is the page of ours.

Mesa's visualisation is young and changes between versions: nothing else imports this file, and what
it needs is asked for first.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from ...agents import CampaignModel
from ...scenarios.loader import load
from ...sim.errors import InputError
from ...sim.parameters import Scenario
from ..results.figures.campaign import campaign

if TYPE_CHECKING:
    from collections.abc import Mapping

# The levers of the page: parameter, smallest and largest value, step. Labels are those of the page.
LEVERS: Final[Mapping[str, tuple[float, float, float]]] = {
    "share.base.fan": (0.0, 0.5, 0.01),
    "share.base.stranger": (0.0, 0.2, 0.005),
    "incentives.reward": (0.0, 50.0, 1.0),
    "network.people": (500, 5_000, 500),
}


def page(scenario: Scenario | str = "open_house", *, seed: int = 7) -> Any:
    """Put a campaign on Mesa's page: its picture as it grows, and sliders.

    A file `app.py` with ``page = wordofmouth.experiments.live.mesa_page.page()`` is shown by
    ``solara run app.py``.

    Parameters
    ----------
    scenario
        What is simulated, or its name.
    seed
        The seed with which the page begins.

    Returns
    -------
    object
        The element of `mesa.visualization.SolaraViz`.

    Raises
    ------
    InputError
        If Mesa's visualisation is not installed, or of a version that this page does not know.
    """
    solara, viz = _needed()
    chosen = load(scenario) if isinstance(scenario, str) else scenario
    start = {name: _within(chosen, name) for name in LEVERS}

    class Page(CampaignModel):
        """The campaign with what the sliders say."""

        def __init__(self, *, rng: int = seed, **sliders: float) -> None:
            asked = {_parameter(name): value for name, value in sliders.items()}
            if "network.people" in asked:
                asked["network.people"] = int(asked["network.people"])
            super().__init__(chosen.replace({**start, **asked}), rng=int(rng))

    def picture(model: CampaignModel) -> Any:
        """Draw the campaign so far."""
        import_module("mesa.visualization.utils").update_counter.get()
        return solara.FigureMatplotlib(campaign(model.result), format="png")

    sliders = {
        _keyword(name): viz.Slider(name, value=start[name], min=low, max=high, step=step)
        for name, (low, high, step) in LEVERS.items()
    }
    asked: dict[str, Any] = {
        "rng": {"type": "InputText", "value": seed, "label": "seed"},
        **sliders,
    }
    shown = solara.component(picture)
    return viz.SolaraViz(
        Page(), components=[(shown, 0)], model_params=asked, name=f"wordofmouth: {chosen.name}"
    )


def _needed() -> tuple[Any, Any]:
    try:
        solara = import_module("solara")
        viz = import_module("mesa.visualization")
    except ImportError as problem:
        raise InputError(
            f"Mesa's page needs {problem.name}, which is not installed; "
            "pip install 'wordofmouth[mesa-page]' on Python 3.12 or later."
        ) from problem
    if not hasattr(viz.SpaceRenderer, "setup_agents"):
        raise InputError(
            "this version of Mesa has another page; install mesa 3.5, or use `wom serve`."
        )
    return solara, viz


def _within(scenario: Scenario, name: str) -> float:
    """What the scenario says, as far as the slider goes."""
    value: Any = scenario
    for part in name.split("."):
        value = getattr(value, part)
    low, high, _ = LEVERS[name]
    kept = min(max(value, low), high)
    return int(kept) if name == "network.people" else float(kept)


def _keyword(name: str) -> str:
    return name.replace(".", "__")


def _parameter(keyword: str) -> str:
    return keyword.replace("__", ".")
