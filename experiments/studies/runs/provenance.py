"""Where numbers come from: the versions of everything that could change them."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from .key import MODEL

_PACKAGES: Final = ("wordofmouth", "numpy", "numba", "scipy")


@cache
def versions() -> dict[str, str | int]:
    """The declared model, packages, Python, and the machine that ran them.

    Examples
    --------
    >>> sorted(versions())
    ['machine', 'model', 'numba', 'numpy', 'python', 'scipy', 'system', 'wordofmouth']
    """
    return {
        "model": MODEL,
        **{name: _version(name) for name in _PACKAGES},
        "python": platform.python_version(),
        "system": platform.system(),
        "machine": platform.machine(),
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
