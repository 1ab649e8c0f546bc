"""The network: who hears whom, from a file, from arrays or from a generator.

`Network` is loaded on first use, so that `kinds` and `size`, which the command line asks before
anything is made, cost no import of numpy or numba.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .assortativity import assortativity
    from .clustering import clustering, transitivity
    from .distance import distances
    from .kinds import KINDS
    from .network import Network
    from .reciprocity import reciprocity
    from .size import estimate

__all__ = [
    "KINDS",
    "Network",
    "assortativity",
    "clustering",
    "distances",
    "estimate",
    "reciprocity",
    "transitivity",
]

_HOME = {
    "KINDS": "kinds",
    "Network": "network",
    "assortativity": "assortativity",
    "clustering": "clustering",
    "distances": "distance",
    "estimate": "size",
    "reciprocity": "reciprocity",
    "transitivity": "clustering",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value  # over the submodule of the same name, which import_module put there
    return value
