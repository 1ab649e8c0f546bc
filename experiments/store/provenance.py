"""Where numbers come from: when something was made, and with what."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final

_PACKAGES: Final = ("wordofmouth", "numpy", "numba", "scipy")


def moment() -> str:
    """The time, to the second; that of SOURCE_DATE_EPOCH where somebody wants the same files.

    Examples
    --------
    >>> len(moment()), moment().endswith("+00:00")
    (25, True)
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    known = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
    return known.isoformat(timespec="seconds")


@cache
def versions() -> dict[str, str]:
    """The packages, the Python and the machine that numbers are made with.

    Examples
    --------
    >>> sorted(versions())
    ['machine', 'numba', 'numpy', 'python', 'scipy', 'system', 'wordofmouth']
    """
    return {
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
