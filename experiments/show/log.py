"""Progress where nobody sits: whole lines, because a log has no cursor to go back with."""

from __future__ import annotations

from typing import TextIO


class PlainLines:
    r"""A stream on which a bar that is drawn over and over is a line each time it says more.

    Parameters
    ----------
    file
        Where the lines go.

    Examples
    --------
    >>> import io
    >>> log = PlainLines(io.StringIO())
    >>> for text in ("\r1/4", "\r1/4", "\r2/4", "\r   \r", "\n"):
    ...     log.write(text)
    >>> log.file.getvalue()
    '1/4\n2/4\n'
    """

    def __init__(self, file: TextIO) -> None:
        self.file = file
        self.encoding = getattr(file, "encoding", None)
        self._last = ""

    def write(self, text: str) -> None:
        """Write what is new, without going back."""
        line = text.replace("\r", "").replace("\n", "").rstrip()
        if line and line != self._last:
            self._last = line
            self.file.write(f"{line.strip()}\n")

    def flush(self) -> None:
        """Let out what was written."""
        self.file.flush()

    def isatty(self) -> bool:
        """Nobody sits there."""
        return False
