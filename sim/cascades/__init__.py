"""The independent cascade alone: the propagation kernel, many replicates in one compiled loop."""

from .forest import Forest
from .run import cascades

__all__ = ["Forest", "cascades"]
