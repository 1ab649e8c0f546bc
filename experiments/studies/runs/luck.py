"""How the runs of a study share their luck and their worlds."""

from __future__ import annotations

import hashlib

from ....sim.errors import InputError
from ...worlds.variant import meet
from ..design.design import Design
from .model import Model


def own_seed(seed: int, replicate: int, parameters: str, before: int) -> int:
    """The seed of a run that shares it with no other.

    It is a hash of what the run is, not of where it stands: a design to which points are added
    keeps those that ran.

    Parameters
    ----------
    seed
        That of the study.
    parameters
        The digest of the parameters of its point.
    before
        How many points of equal parameters come before it: each is a run of its own.
    """
    text = f"{seed}|{replicate}|{parameters}|{before}"
    # As many bits as readers of tables keep, for whom a number may be a float.
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> 11


def notes(design: Design, model: Model) -> list[str]:
    """What who reads a study should know of how its runs share their luck."""
    own = _decided(design, model)
    if own:
        have = "is set by the study and has" if len(own) == 1 else "are set by the study and have"
        return [f"{', '.join(own)} {have} no draws.", *_lucky(design, model)]
    return _lucky(design, model)


def _decided(design: Design, model: Model) -> list[str]:
    """The parameters with draws that a study sets itself, at one point or at all."""
    paths = {
        path
        for part in design.parts
        for path in (*part.settings, *(each for axis in part.axes.values() for each in axis.paths))
    }
    drawn = () if model.draws is None else model.draws.paths
    return [each for each in drawn if any(meet(each, path) for path in paths)]


def _lucky(design: Design, model: Model) -> list[str]:
    sampled = any(part.sampler.kind != "grid" for part in design.parts)
    if not (sampled and model.lucky and design.luck == "shared" and design.replicates == 1):
        return []
    said = (
        "All points have the luck of one replicate: what they show is compared fairly, but is one "
        "draw of luck, and a fit to it is surer than it may be; give luck = 'each', or more "
        "replicates."
    )
    return [said]


def pairing(design: Design, model: Model) -> str:
    """What the runs of one replicate share, in words; empty where they share nothing."""
    world, luck = design.world != "each" and model.worldly, design.luck == "shared"
    shared = [name for name, is_shared in (
        ("world", world), ("luck", luck), ("draw", bool(model.draws))
    ) if is_shared]  # fmt: skip
    return " and ".join(filter(None, (", ".join(shared[:-1]), *shared[-1:])))


def refuse_idle(design: Design, model: Model) -> None:
    """InputError if runs are to differ in what the model does not have, or are told by a name."""
    if model.draws and "draw" in design.columns:
        raise InputError("axes: 'draw' is the number of the draw of a fit; call it otherwise.")
    if design.luck == "each" and not model.lucky:
        raise InputError(
            f"luck = 'each' would have no effect: {model.name} takes no seed; leave it out, or let "
            "it take one."
        )
    if design.world == "each" and not model.worldly:
        raise InputError(
            f"world = 'each' would have no effect: {model.name} is a function, which has no world; "
            "leave it out, or say luck = 'each'."
        )
