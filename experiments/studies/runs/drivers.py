"""Who is at work on a study: drivers that say so now and then, and what the dead had claimed."""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from .database import Database

# Seconds after which a driver that says nothing, on another machine, is taken for dead.
LEASE: Final = 60.0

TABLE: Final = """
CREATE TABLE IF NOT EXISTS drivers (
  driver TEXT PRIMARY KEY, host TEXT NOT NULL, process INTEGER NOT NULL, started TEXT NOT NULL,
  beat REAL NOT NULL) WITHOUT ROWID
"""


class Drivers:
    """The drivers of a study; `name` is the one that this process is.

    Parameters
    ----------
    database
        Which has the table.
    release
        Opens what the driver of a name had claimed, within a transaction.
    """

    def __init__(self, database: Database, release: Callable[[str], None]) -> None:
        self._database, self._release = database, release
        self._process, self._host = os.getpid(), machine()
        # As people see it, who may have to end it: host, process, and which driver of it.
        self.name = f"{socket.gethostname()}:{self._process}:{secrets.token_hex(4)}"

    def sign_on(self) -> None:
        """Say that this driver is at work, and take over from the dead."""
        with self._database.writing():
            self.beat()
            self.bury()

    def sign_off(self) -> None:
        """Give back what was claimed and not run."""
        with self._database.writing():
            self._leave(self.name)

    def still(self) -> None:
        """Say that this driver is still at work."""
        with self._database.writing():
            self.beat()

    def beat(self) -> None:
        """As `still`, within a transaction.

        Who was taken for dead, because its machine slept, is at work again from here on.
        """
        self._database.base.execute(
            "INSERT OR REPLACE INTO drivers VALUES (?, ?, ?, ?, ?)",
            (self.name, self._host, self._process, started(self._process), time.time()),
        )

    def bury(self) -> None:
        """Open what the dead had claimed; within a transaction."""
        for driver, host, process, then, beat in self._database.base.execute(
            "SELECT driver, host, process, started, beat FROM drivers WHERE driver <> ?",
            (self.name,),
        ).fetchall():
            here = host == self._host
            dead = here and started(process) != then
            if dead or (not here and time.time() - beat > LEASE):
                self._leave(driver)

    def others(self) -> list[str]:
        """The other drivers at work on this study, living or not yet known to be dead."""
        rows = self._database.read("SELECT driver FROM drivers WHERE driver <> ?", (self.name,))
        return [driver for (driver,) in rows]

    def _leave(self, driver: str) -> None:
        self._release(driver)
        self._database.base.execute("DELETE FROM drivers WHERE driver = ?", (driver,))


def machine() -> str:
    """The place whose processes this one can see: a host since it was started, or a container.

    A host's name is not enough: two containers may bear one, and the number of a process means
    nothing outside of its own.
    """
    known = [socket.gethostname()]
    with suppress(OSError):
        known.append(Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip())
    with suppress(OSError):
        known.append(str(Path("/proc/self/ns/pid").readlink()))
    return " ".join(known)


def started(process: int) -> str:
    """When a process of this machine started: a number that another of its number has not.

    Empty if there is none, or if it is dead and nobody has asked what became of it.
    """
    try:
        text = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
        fields = text.rpartition(")")[2].split()
        return "" if fields[0] in "ZX" else fields[19]
    except (OSError, IndexError):
        pass
    if Path("/proc/self/stat").exists():
        return ""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return ""
    except (OSError, SystemError):
        pass
    return "unknown"
