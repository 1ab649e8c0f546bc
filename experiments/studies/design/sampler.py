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

import warnings
from importlib import import_module
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict, Field, model_validator

from ....sim.errors import InputError
from ....sim.parameters.declare import Parameters


class Sampler(Parameters):
    """How the points of a design are chosen; only `kind` matters to a grid.

    Its `seed` is that of the study where none is given.
    """

    model_config = ConfigDict(populate_by_name=True)

    kind: Literal["grid", "random", "latin_hypercube", "sobol", "saltelli", "morris"] = Field(
        "grid", alias="sampler"
    )
    points: int = Field(0, ge=0, le=10_000_000)
    seed: int = Field(0, ge=0, le=2**63 - 1)
    second_order: bool = False
    levels: int = Field(4, ge=2, le=1000)

    @model_validator(mode="after")
    def _knows_how_many(self) -> Sampler:
        given = sorted(self.model_fields_set - {"kind"})
        if self.kind == "grid" and given:
            raise InputError(
                f"design.{given[0]} means nothing to a grid, which takes the levels of the axes; "
                "leave it out, or name another sampler."
            )
        if self.kind != "grid" and not self.points:
            raise InputError("design.points is missing; say how many, such as points = 128.")
        if self.levels % 2:
            raise InputError(f"design.levels = {self.levels} is not allowed; give an even number.")
        return self

    def size(self, axes: int) -> int:
        """How many places there are over so many axes."""
        if self.kind == "saltelli":
            return self.points * ((2 * axes if self.second_order else axes) + 2)
        return self.points * (axes + 1 if self.kind == "morris" else 1)

    def problem(self, names: tuple[str, ...]) -> dict[str, Any]:
        """The axes as SALib wants to be told of them, in the unit cube."""
        return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}

    def places(self, names: tuple[str, ...]) -> NDArray[np.float64]:
        """The points as rows of numbers from 0 to 1, a column an axis; of a grid there are none.

        Raises
        ------
        InputError
            If the extra `sensitivity` is asked for and not installed.

        Examples
        --------
        >>> Sampler(kind="latin_hypercube", points=4, seed=1).places(("x", "y")).shape
        (4, 2)
        """
        from scipy.stats import qmc

        generator, found = np.random.default_rng(self.seed), np.empty((0, len(names)))
        # SALib knows seeds of 32 bits.
        how: dict[str, Any] = {"seed": self.seed % 2**32}
        with warnings.catch_warnings():
            # That another number than a power of two is less balanced, its reader is told.
            warnings.simplefilter("ignore", UserWarning)
            match self.kind:
                case "random":
                    found = generator.random((self.points, len(names)))
                case "latin_hypercube":
                    found = qmc.LatinHypercube(len(names), rng=generator).random(self.points)
                case "sobol":
                    found = qmc.Sobol(len(names), rng=generator).random(self.points)
                case "saltelli":
                    how["calc_second_order"] = self.second_order
                    sample = salib("sample.sobol").sample
                    found = sample(self.problem(names), self.points, **how)
                case "morris":
                    how["num_levels"] = self.levels
                    sample = salib("sample.morris").sample
                    found = sample(self.problem(names), self.points, **how)
        return found


def salib(room: str) -> Any:
    """A module of SALib.

    Raises
    ------
    InputError
        If it is not installed.
    """
    try:
        return import_module(f"SALib.{room}")
    except ImportError:
        raise InputError(
            "SALib is not installed, which knows Sobol's and Morris's indices; "
            "install wordofmouth[sensitivity]."
        ) from None
