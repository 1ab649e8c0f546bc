"""The key of a run: what its outcome depends on, as a hash, and nothing else.

Two runs of one key have one outcome, so that the second is never made: whatever study, order,
machine or number of workers it would belong to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

# The declared version of the model: raised when the same parameters and seed come to another
# outcome. tests/experiments/studies/test_key.py fails when it has to be.
MODEL: Final = 1


def digest_of(parameters: Mapping[str, Any]) -> str:
    """A hash of complete parameters, whatever order they are named in.

    Examples
    --------
    >>> digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
    True
    """
    return hashlib.sha256(_canonical(parameters)).hexdigest()


def run_key(
    parameters: str, seed: int, world: int, network: str = "", keep: tuple[str, ...] = ()
) -> str:
    """The key of a run.

    Parameters
    ----------
    parameters
        `digest_of` its complete parameters.
    seed, world
        Its seeds: of its luck, and of its network and people.
    network
        The digest of the network that was given; empty where parameters and world make it.
    keep
        The tables that are kept: a run that kept none is another than one that kept them.
    """
    whole = f"{MODEL}|{parameters}|{seed}|{world}|{network}|{','.join(sorted(keep))}"
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def _canonical(parameters: Mapping[str, Any]) -> bytes:
    return json.dumps(parameters, sort_keys=True, separators=(",", ":")).encode()
