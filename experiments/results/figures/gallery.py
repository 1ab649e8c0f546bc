"""The gallery: every figure by its name, what it takes, what it shows, and when it says something.

``write(folder)`` draws all of them from small campaigns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from ....sim.errors import InputError
from ....sim.network.check import closest
from ....sim.parameters import Scenario
from ....sim.result import Result
from ...show.style import png, svg
from .campaign import campaign
from .generations import generations
from .ladder import ladder
from .money import money
from .network import network
from .relation import moved, relation
from .tail import cascades
from .voice import voice

# A larger file is kept as points; more people are no network to the eye on a page.
_LARGEST: Final = 400_000
_DRAWN: Final = 1_000


@dataclass(frozen=True)
class Entry:
    """A figure of a result.

    Attributes
    ----------
    draw
        The function from a `Result` to a picture; it may take options.
    takes
        What it needs, in words.
    line
        What it shows, in a line.
    shows
        Whether it has something to say about a result: reports leave it out otherwise.
    """

    draw: Callable[..., Figure]
    takes: str
    line: str
    shows: Callable[[Result], bool]

    def __call__(self, result: Result) -> Figure | None:
        """The figure; None where it has nothing to say."""
        return self.draw(result) if self.shows(result) else None


def _climbed(result: Result) -> bool:
    names = ("identified", "participants", "new_advocates", "new_fans", "lost_fans")
    return any(result.columns[name].any() for name in names)


def _several(result: Result) -> bool:
    others = ("rival_impressions", "negative_impressions")
    return any(result.columns[name].any() for name in others)


GALLERY: Final[Mapping[str, Entry]] = {
    "campaign": Entry(
        campaign,
        "a result",
        "the funnel, reach over time, and how large the cascades became",
        lambda result: result.role.size > 0,
    ),
    "generations": Entry(
        generations,
        "a result in which somebody shared",
        "who noticed and who passed it on by hop and over time, and R with its error",
        lambda result: len(result.cascades) > 0,
    ),
    "cascades": Entry(
        cascades,
        "a result in which somebody's share was passed on",
        "the sizes of cascades with a fitted tail, and the largest as a tree",
        lambda result: bool((result.cascades.size > 1).any()),
    ),
    "ladder": Entry(
        ladder,
        "a result in which anybody took part",
        "how many stand on each rung of the ladder of advocacy, over time",
        _climbed,
    ),
    "relation": Entry(
        relation,
        "a result in which trust or bond moved",
        "trust and bond at the end, by role at birth",
        lambda result: any(bool(moved(result, name).any()) for name in ("trust", "bond")),
    ),
    "voice": Entry(
        voice,
        "a result with rivals or complaints",
        "who was heard, and how unequally messages were noticed",
        _several,
    ),
    "money": Entry(
        money,
        "a result in which something was paid for",
        "what was spent for what, and what a thousand people cost, beside television if asked",
        lambda result: bool(np.any(result.money)) or result.prize is not None,
    ),
    "network": Entry(
        network,
        "a result, and its network unless the scenario makes it; igraph",
        "where in the network it went; densities above 10,000 people",
        lambda result: result.role.size <= _DRAWN and bool(result.steps.any()),
    ),
}


class Other(NamedTuple):
    """A figure that something other than a result draws by its own ``.plot()``.

    Attributes
    ----------
    takes
        What makes it, as it is typed.
    line
        What it shows, in a line.
    make
        What makes it from a scenario, small enough for an example.
    """

    takes: str
    line: str
    make: Callable[[Scenario], Any]


def _diagnosis(scenario: Scenario) -> Any:
    from ...answers.diagnosis.find import diagnose

    return diagnose(scenario, "reach", replicates=12)


def _comparison(scenario: Scenario) -> Any:
    from ...answers.comparison.find import compare

    colder = scenario.replace({"share.weight.trust": 0.0})
    names = ["open_house", "without trust"]
    return compare(scenario, colder, names=names, outcome="reach", replicates=12)


def _levers(scenario: Scenario) -> Any:
    from ...answers.levers.find import levers

    by = {
        "attention": {"attention": 20.0},
        "a reward": {"incentives.reward": 10.0},
        "more fans": {"people.fans": 0.2},
    }
    return levers(scenario, by, outcome="reach", replicates=12)


def _economics(scenario: Scenario) -> Any:
    from ...answers.economics.find import economics

    return economics(scenario, replicates=40, breaks_even=False)


def _credit(scenario: Scenario) -> Any:
    from ....sim.campaign import run
    from ...answers.credit.find import credit

    return credit(run(scenario.replace({"transact.click": 0.2}), seed=7))


def _study(scenario: Scenario) -> Any:
    from ...studies.sweep import sweep

    axes = {"incentives.reward": [0.0, 5.0, 10.0, 20.0]}
    return sweep(scenario, axes, replicates=8, progress=False)


ELSEWHERE: Final[Mapping[str, Other]] = {
    "diagnosis": Other(
        "wom.diagnose(...)",
        "what improving each stage would bring, beside what it loses",
        _diagnosis,
    ),
    "comparison": Other(
        "wom.compare(...)", "which indicators differ between scenarios, with intervals", _comparison
    ),
    "levers": Other("wom.levers(...)", "what each of several changes adds", _levers),
    "economics": Other("wom.economics(...)", "what a campaign costs and is worth", _economics),
    "credit": Other("wom.credit(...)", "to whom the buyers are owed", _credit),
    "study": Other("wom.sweep(...)", "how an outcome answers to what was varied", _study),
}


def plot(result: Result, kind: str = "campaign", **options: Any) -> Figure:
    """Draw a figure of the gallery by its name.

    Raises
    ------
    InputError
        If there is none of that name; or as the figure does.
    """
    if kind not in GALLERY:
        raise InputError(
            f"kind = {kind!r} is not allowed{closest(kind, list(GALLERY))}; "
            f"give one of {', '.join(GALLERY)}."
        )
    return GALLERY[kind].draw(result, **options)


# For the documentation ---------------------------------------------------------------------------

# From which scenario, with what changed, each figure of a result is drawn there.
_EXAMPLES: Final[Mapping[str, tuple[str, dict[str, Any]]]] = {
    "campaign": ("open_house", {}),
    "generations": ("meme_contest", {}),
    "cascades": ("meme_contest", {}),
    "ladder": ("advocacy_programme", {"network.people": 3_000}),
    "relation": ("advocacy_programme", {"network.people": 3_000}),
    "voice": ("meme_contest", {}),
    "money": ("super_bowl", {}),
    "network": ("open_house", {"network.people": 700, "network.m": 4, "share.base.stranger": 0.05}),
}


def write(folder: str | Path, *, seed: int = 7) -> dict[str, Path]:
    """Draw every figure of `GALLERY` and `ELSEWHERE` into a folder, from small campaigns.

    Returns
    -------
    dict
        The file of each: SVG, or PNG where that would be larger than 400 kB.
    """
    from ....scenarios.loader import load
    from ....sim.campaign import run

    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    results: dict[str, Result] = {}
    files = {}
    for name, (scenario, changes) in _EXAMPLES.items():
        key = f"{scenario} {changes}"
        if key not in results:
            results[key] = run(load(scenario).replace(changes), seed=seed)
        files[name] = _kept(GALLERY[name].draw(results[key]), folder / name)
    small = load("open_house").replace({"network.people": 1_000})
    for name, other in ELSEWHERE.items():
        files[name] = _kept(other.make(small).plot(), folder / name)
    return files


def _kept(figure: Figure, path: Path) -> Path:
    drawn, suffix = svg(figure), ".svg"
    if len(drawn) > _LARGEST:
        drawn, suffix = png(figure, dpi=150), ".png"
    file = path.with_suffix(suffix)
    if not file.is_file() or file.read_bytes() != drawn:  # what builds upon it goes by its time
        file.write_bytes(drawn)
    return file
