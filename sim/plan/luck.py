"""Luck about a message: it belongs to what the message is, not to its place among all of them.

So a post keeps its luck where an ad is put before it, and an ad where a post is: what changes a
scenario changes nobody who has nothing to do with it.
"""

from __future__ import annotations

import numpy as np

from ..draws import decision
from ..jit import jit
from .records import Plan


@jit
def about(plan: Plan, what: np.uint64, message: int) -> np.uint64:
    """The key of a decision about a message."""
    return decision(plan.luck, what, plan.messages[message]["identity"])
