"""When something was made."""

from __future__ import annotations

import os
from datetime import UTC, datetime


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
