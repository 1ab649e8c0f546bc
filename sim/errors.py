"""What can go wrong through no fault of the program, each with the command line's exit code."""

from __future__ import annotations

from typing import ClassVar


class CampaignError(Exception):
    """A mistake or a limit that one sentence explains; shown without a traceback."""

    exit_code: ClassVar[int] = 2


class InputError(CampaignError, ValueError):
    """A scenario, a network file or an argument that is not valid (exit code 2)."""


class LimitError(CampaignError, MemoryError):
    """A run that would not fit into this machine, refused before it starts (exit code 3)."""

    exit_code = 3


class StorageError(CampaignError, OSError):
    """A file or folder that cannot be read or written (exit code 4)."""

    exit_code = 4
