"""The network: where in it a campaign went, and who had it from whom."""

from __future__ import annotations

from textwrap import fill
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from ....sim import state as s
from ....sim.campaign import choose_network, peopled
from ....sim.errors import InputError
from ....sim.network import Network
from ....sim.result import Result
from ....sim.wave import BRAND
from ...show.colours import BOUGHT, NOTICED, PASSED_ON
from ...show.numbers import percent
from ...show.places import among, communities, packed, positions
from ...show.style import GREY, INK, Picture, empty, headed, titled

# More people are drawn in the groups of those who hear each other, without ties: these would cover
# everything.
_FEW: Final = 300
# More people are drawn as densities, from a sample of so many; more than `_HEAVY` are drawn as
# points of a picture, not as outlines.
MOST: Final = 10_000
_TIES: Final = 4_000
_HEAVY: Final = 1_500
# Inches: panels beside and below each other, people, and people for a telephone.
_WIDE: Final = (11.0, 5.0)
_TALL: Final = (4.6, 15.0)
_SQUARE: Final = (8.0, 8.4)
_SMALL: Final = (4.6, 5.8)
# Of a note, on a line of a narrow picture.
_LETTERS: Final = 60
# Cells of the raster each way, and with fewer people in one its shares say nothing.
_CELLS: Final = 28
_FEWEST: Final = 8
_RASTERS: Final = (
    ("Where people stand", 0),
    ("How many were reached", 1),
    ("How many passed it on, or converted", 2),
)
# From pale on, so that a cell of nobody is told from one of too few to say.
_SCALE: Final = LinearSegmentedColormap.from_list("blues", ["#E4EEF6", "#56A0CE", "#08306B"])
# What somebody did, the furthest last: name, colour, form, size.
DEEDS: Final = (
    ("not reached", "#C4C4C4", "o", 0.6),
    ("only noticed it", NOTICED, "o", 1.0),
    ("passed it on", PASSED_ON, "s", 2.0),
    ("converted", BOUGHT, "^", 3.4),
)


def network(
    result: Result, *, network: Network | None = None, seed: int = 0, narrow: bool = False
) -> Picture:
    """Draw the people of a campaign where they stand in their network, by what they did.

    Parameters
    ----------
    result
        Of a campaign.
    network
        The network that it ran on; None: the one that the scenario and its world give, made again.
    seed
        Of the layout, and of the sample where there are more than 10,000 people: then a sample of
        as many and the ties among them is laid out, and drawn as densities.
    narrow
        Whether it is for a telephone: panels one below the other, and letters as large as else.

    Raises
    ------
    InputError
        If the campaign ran on another network, or igraph is not installed.
    """
    known = _known(result, network)
    note = f"{result.scenario.name}, seed {result.seed}"
    if known.n > MOST:
        rows = np.sort(np.random.default_rng(seed).permutation(known.n)[:MOST])
        part = among(known, rows)
        tied = (part.followers + part.following) > 0
        note = (
            f"{np.count_nonzero(tied):,} of {known.n:,} people: of a sample of {MOST:,} those with "
            f"ties in it, who have more ties than most; {note}"
        )
        figure, top = titled(sentence(result), _folded(note, narrow), _TALL if narrow else _WIDE)
        if not tied.any():
            empty(figure.add_axes((0.05, 0.05, 0.9, top - 0.1)), "Nobody in the sample is tied.")
            return figure
        did, places = deeds(result)[rows][tied], positions(part, seed=seed)[tied]
        _densities(figure, top, did, places, narrow=narrow)
        return figure
    told = sentence(result)
    if known.n > _FEW:
        group = communities(known, seed=seed)
        places, groups = packed(group), int(group.max()) + 1
        told += f" They stand in {groups:,} groups of people who hear each other more than others."
    else:
        places, groups = positions(known, seed=seed), 0
    figure, top = titled(told, note, _SMALL if narrow else _SQUARE)
    axes = figure.add_axes((0.02, 0.035, 0.96, top - 0.045))
    _people(axes, result, known, places, ties=not groups, columns=2 if narrow else 4)
    return figure


def _folded(note: str, narrow: bool) -> str:
    """A note in lines that a narrow picture has room for."""
    return fill(note, _LETTERS) if narrow else note


def deeds(result: Result) -> NDArray[np.int64]:
    """The furthest that each person went: 0 not reached, 1 noticed, 2 passed it on, 3 converted."""
    steps = result.steps
    did = [((steps >> step) & 1).astype(bool) for step in (s.NOTICED, s.CONVERTED)]
    shared = (steps & ((1 << s.SHARED) | (1 << s.RESHARED))) > 0
    return np.select([did[1], shared, did[0]], [3, 2, 1], 0)


def sentence(result: Result) -> str:
    """Where in the network the campaign went, in a sentence."""
    count, n = np.bincount(deeds(result), minlength=4), result.role.size
    if count[0] == n:
        return f"Nobody of {n:,} people was reached."
    reached = n - int(count[0])
    log = result.share_log
    passed = int((((result.steps >> s.SHARED) | (result.steps >> s.RESHARED)) & 1).sum())
    told = f"{percent(reached / n)} of {n:,} people were reached"
    if not log.person.size:
        return f"{told}; nobody passed it on."
    return f"{told}; {passed:,} passed it on and {result.people[s.CONVERTED]:,} converted."


def _known(result: Result, given: Network | None) -> Network:
    """The network that a campaign ran on, given or made again."""
    digest = result.network["digest"]
    if given is None:
        given = choose_network(result.scenario, result.world)
        if given.digest != digest:
            raise InputError(
                f"the campaign ran on the network {digest[:12]}, and its scenario with world "
                f"{result.world} gives {given.digest[:12]}; give network=, the one that it ran on."
            )
    elif (given := peopled(result.scenario, given)).digest != digest:
        raise InputError(
            f"network = {given.digest[:12]} is not the network {digest[:12]} that the campaign ran "
            "on; give that one, or none to have it made again."
        )
    return given


def _people(
    axes: Axes,
    result: Result,
    network: Network,
    places: NDArray[np.float32],
    *,
    ties: bool,
    columns: int,
) -> None:
    """Draw everybody: ties faint, who had it from whom darker, people by what they did."""
    n, heavy = network.n, network.n > _HEAVY
    axes.set_axis_off()
    source = np.repeat(np.arange(n), np.diff(network.indptr))
    pairs = np.stack([source, network.indices], axis=1)
    pairs = pairs[(pairs[:, 0] < pairs[:, 1]) | network.directed]
    drawn = pairs[:0]
    if ties:
        drawn = pairs[np.random.default_rng(0).permutation(len(pairs))[:_TIES]]
        axes.add_collection(
            LineCollection(list(places[drawn]), colors="#E4E4E4", linewidths=0.4, zorder=1)
        )
    log = result.share_log
    first = np.unique(log.person[result.ours[log.message] & (log.sender == BRAND)])
    # Where it was let go: in the empty middle of the groups, or among those who had it from there.
    brand = places[first].mean(axis=0) if ties and first.size else np.zeros(2, np.float32)
    from_it = [np.stack([brand, each]) for each in places[first]]
    if from_it:
        axes.add_collection(
            LineCollection(
                from_it,
                colors=PASSED_ON,
                linewidths=0.6,
                zorder=2,
                rasterized=heavy,
                alpha=float(np.clip(60 / len(from_it), 0.12, 0.5)),
            )
        )
    axes.plot(*brand, "*", color=INK, markersize=15, mec="white", zorder=9)
    passed = result.ours[log.message] & (log.sender >= 0)
    if passed.any():
        along = np.stack([log.sender[passed], log.person[passed]], axis=1)
        fainter = float(np.clip(60 / len(along), 0.12, 0.6))
        axes.add_collection(
            LineCollection(
                list(places[along]),
                colors=INK,
                linewidths=0.6,
                alpha=fainter,
                zorder=2,
                rasterized=heavy,
            )
        )
    size = float(np.clip(12_000 / n, 3.5, 60))
    did = deeds(result)
    shown = []
    for code, (name, colour, form, larger) in enumerate(DEEDS):
        some = places[did == code]
        axes.scatter(
            some[:, 0], some[:, 1], size * larger, colour, marker=form, zorder=3 + code,
            linewidths=0.5 * (code == 3), edgecolors=INK, rasterized=heavy,
        )  # fmt: skip
        shown.append(Line2D([], [], color=colour, marker=form, lw=0, label=name))
    shown.append(Line2D([], [], color=INK, lw=0.9, label="passed on along it"))
    shown.append(Line2D([], [], color=INK, marker="*", lw=0, markersize=9, label="the brand"))
    if ties:
        part = "" if len(drawn) == len(pairs) else f" ({len(drawn):,} of {len(pairs):,})"
        shown.append(Line2D([], [], color="#C0C0C0", lw=0.9, label=f"tie{part}"))
    edge = 1.02 * max(float(np.abs(places).max(initial=0)), 0.1)
    axes.set(xlim=(-edge, edge), ylim=(-edge, edge), aspect="equal")
    axes.legend(
        handles=shown, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=columns, frameon=False,
        fontsize=9, handlelength=1.2, handletextpad=0.5, columnspacing=1.6, labelcolor=INK,
        borderaxespad=0, borderpad=0,
    )  # fmt: skip


def _densities(
    figure: Picture,
    top: float,
    did: NDArray[np.int64],
    places: NDArray[np.float32],
    *,
    narrow: bool,
) -> None:
    """Draw where a sample stands, and what part of it was reached and passed it on, by cell."""
    # Small groups that drift away from all others are outside the window.
    edge = 1.05 * float(np.quantile(np.abs(places), 0.98))
    cells = [np.linspace(-edge, edge, _CELLS + 1)] * 2
    everybody = np.histogram2d(places[:, 0], places[:, 1], cells)[0]
    shape, bottom = ((3, 1), 0.07) if narrow else ((1, 3), 0.14)
    grid = figure.add_gridspec(
        *shape, left=0.025, right=0.975, top=top, bottom=bottom, wspace=0.12, hspace=0.3
    )
    for k, (name, least) in enumerate(_RASTERS):
        axes = figure.add_subplot(grid[k])
        some = places[did >= least]
        values = np.histogram2d(some[:, 0], some[:, 1], cells)[0]
        if least:
            with np.errstate(invalid="ignore"):
                values = np.where(everybody >= _FEWEST, values / everybody, np.nan)
        else:
            values = np.where(values > 0, values, np.nan)
        headed(axes, name)
        image = axes.imshow(
            values.T, cmap=_SCALE, origin="lower", extent=(-edge, edge, -edge, edge), vmin=0,
            vmax=max(float(np.nanmax(values, initial=0)), 1e-9), interpolation="nearest",
        )  # fmt: skip
        axes.set_xticks([])
        axes.set_yticks([])
        for spine in axes.spines.values():
            spine.set_visible(False)
        bar = figure.colorbar(image, ax=axes, orientation="horizontal", pad=0.02, fraction=0.05)
        bar.outline.set_visible(False)
        bar.ax.tick_params(labelsize=9, colors=GREY, length=0)
        bar.ax.xaxis.set_major_locator(MaxNLocator(3, integer=not least))
        bar.set_label(
            ("people in a cell", *["of the people in a cell"] * 2)[k],
            color=GREY, fontsize=9,
        )  # fmt: skip
        if least:
            bar.ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))
