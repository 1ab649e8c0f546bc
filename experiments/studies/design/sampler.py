"""Samplers: places in the unit cube of a study's axes, from the libraries that are kept for it.

=================== ===============================================================================
``grid``            every combination of the levels of the axes
``random``          `points` places at random
``latin_hypercube`` `points` places, each axis cut into as many slices with one place each
``sobol``           `points` places of Sobol's scrambled sequence; a power of two keeps its balance
``saltelli``        (axes + 2) or, with `second_order`, (2 axes + 2) times `points` places, from
                    which Sobol's indices are worked out (Saltelli et al. 2010)
``morris``          (axes + 1) times `points` places: paths on which one axis changes at a time, for
                    the elementary effects of Morris (1991)
=================== ===============================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ....sim.errors import InputError

SAMPLERS: Final = ("grid", "random", "latin_hypercube", "sobol", "saltelli", "morris")
_MOST: Final = 10_000_000


class Sampler(NamedTuple):
    """How the points of a design are chosen; only `kind` matters to a grid."""

    kind: str = "grid"
    points: int = 0
    seed: int = 0
    second_order: bool = False
    levels: int = 4

    def problem(self, names: tuple[str, ...]) -> dict[str, Any]:
        """The axes as SALib wants to be told of them, in the unit cube."""
        return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def sampler(given: Mapping[str, Any], seed: int) -> Sampler:
    """Read the table `[design]` of a study.

    Raises
    ------
    InputError
        Naming the key, its value and what is allowed.
    """
    unknown = set(given) - {"sampler", "points", "seed", "second_order", "levels"}
    if unknown:
        raise InputError(
            f"design.{min(unknown)}: there is no such key; allowed here: sampler, points, seed, "
            "second_order, levels."
        )
    kind = given.get("sampler", "grid")
    if kind not in SAMPLERS:
        raise InputError(
            f"design.sampler = {kind!r} is not allowed; give one of {', '.join(SAMPLERS)}."
        )
    if kind == "grid" and set(given) - {"sampler"}:
        raise InputError(
            f"design.{min(set(given) - {'sampler'})} means nothing to a grid, which takes the "
            "levels of the axes; leave it out, or name another sampler."
        )
    points = _whole("points", given.get("points", 0 if kind == "grid" else None), 1, _MOST)
    levels = _whole("levels", given.get("levels", 4), 2, 1000)
    if levels % 2:
        raise InputError(f"design.levels = {levels} is not allowed; give an even number.")
    second = given.get("second_order", False)
    if not isinstance(second, bool):
        raise InputError(f"design.second_order = {second!r} is not allowed; give true or false.")
    of = _whole("seed", given.get("seed", seed), 0, 2**63 - 1)
    return Sampler(kind, points, of, second, levels)


def places(chosen: Sampler, names: tuple[str, ...]) -> NDArray[np.float64]:
    """The points of a sampler as rows of numbers from 0 to 1, a column an axis.

    Raises
    ------
    InputError
        If the extra `sensitivity` is asked for and not installed.

    Examples
    --------
    >>> places(Sampler("latin_hypercube", 4, seed=1), ("x", "y")).shape
    (4, 2)
    """
    # SALib knows seeds of 32 bits.
    generator, short = np.random.default_rng(chosen.seed), chosen.seed % 2**32
    match chosen.kind:
        case "random":
            return generator.random((chosen.points, len(names)))
        case "latin_hypercube":
            from scipy.stats.qmc import LatinHypercube

            return LatinHypercube(len(names), rng=generator).random(chosen.points)
        case "sobol":
            import warnings

            from scipy.stats.qmc import Sobol

            with warnings.catch_warnings():
                # That another number than a power of two is less balanced, its reader is told.
                warnings.simplefilter("ignore", UserWarning)
                return Sobol(len(names), rng=generator).random(chosen.points)
        case "saltelli":
            sample = salib("sample.sobol").sample
            how: dict[str, Any] = {"calc_second_order": chosen.second_order, "seed": short}
            return _sampled(sample, chosen.problem(names), chosen.points, **how)
        case "morris":
            sample = salib("sample.morris").sample
            how = {"num_levels": chosen.levels, "seed": short}
            return _sampled(sample, chosen.problem(names), chosen.points, **how)
    raise AssertionError(chosen.kind)


def salib(room: str) -> Any:
    """A module of SALib.

    Raises
    ------
    InputError
        If it is not installed.
    """
    from importlib import import_module

    try:
        return import_module(f"SALib.{room}")
    except ImportError:
        raise InputError(
            "SALib is not installed, which knows Sobol's and Morris's indices; "
            "install wordofmouth[sensitivity]."
        ) from None


def _sampled(sample: Any, *args: Any, **how: Any) -> NDArray[np.float64]:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        found: NDArray[np.float64] = sample(*args, **how)
    return found


def _whole(key: str, value: Any, low: int, high: int) -> int:
    if value is None:
        raise InputError(f"design.{key} is missing; say how many points, such as points = 128.")
    if key == "points" and value == 0:
        return 0
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise InputError(
            f"design.{key} = {value!r} is not allowed; give a whole number {low} to {high}."
        )
    return value
