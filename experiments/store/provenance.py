"""When something was made, and with what."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version


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


def versions() -> dict[str, str]:
    """What numbers were made with: wordofmouth, the libraries that compute them, the machine."""
    packages = {name: version(name) for name in ("wordofmouth", "numpy", "numba")}
    return {**packages, "python": platform.python_version(), "machine": platform.machine()}
