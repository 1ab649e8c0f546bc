"""Where numbers come from: when something was made, and with what."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
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


@cache
def commit() -> str:
    """The commit of the checkout that runs, with a plus where files differ; else empty."""
    root = Path(__file__).resolve().parents[2]
    git = shutil.which("git")
    if git is None or not (root / ".git").exists():
        return ""

    def said(*words: str) -> str:
        done = subprocess.run(  # noqa: S603  fixed words
            [git, "-C", str(root), *words], capture_output=True, text=True, check=True, timeout=10
        )
        return done.stdout.strip()

    try:
        changed = said("status", "--porcelain", "--untracked-files=no")
        return said("rev-parse", "HEAD") + ("+" if changed else "")
    except (OSError, subprocess.SubprocessError):  # somebody else's folder, or a broken one
        return ""


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
