"""The command line from outside: what is typed, what is started, what is answered."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# A campaign of every kind of event that is over in a moment.
SMALL = ("horizon=30", "network.people=400", "network.m=5", "share.base.fan=0.2")


def settings(*texts: str) -> list[str]:
    return [word for text in texts for word in ("--set", text)]


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    error: str

    @property
    def told(self) -> Any:
        return json.loads(self.out)


PROGRAM = "import sys; from wordofmouth.experiments.commands.main import main; sys.exit(main())"


def start(
    folder: Path, *arguments: str, program: str | None = None, stdout: Any = subprocess.PIPE
) -> subprocess.Popen[str]:
    """Start the command itself, as a shell would; or a program of Python."""
    installed = Path(sys.executable).with_name("wom")
    command = [sys.executable, "-c", program or PROGRAM]
    if program is None and installed.is_file():
        command = [str(installed)]
    return subprocess.Popen(
        [*command, *arguments],
        cwd=folder,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hears_interrupts,
    )


def hears_interrupts() -> None:
    """What a job in the background of a shell does not."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def finish(process: subprocess.Popen[str]) -> Answer:
    out, error = process.communicate(timeout=240)
    return Answer(process.returncode, out, error)
