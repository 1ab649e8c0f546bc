"""The command line: `wom`, its commands, and one clear sentence for everything that goes wrong.

Nothing heavy is imported here: a command imports what it needs when it runs.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pkgutil import iter_modules
from typing import Annotated, Any

import typer

from ...sim.errors import CampaignError
from .options import UsageError, app

_INTERRUPTED = 130
# Seconds after which a callback that was interrupted has ended.
_SOON = 0.05

_NEXT = """\
wom simulates how word of mouth carries a campaign over a social network.

  wom demo               run a university's open house, with a picture
  wom scenarios          list what else is there
  wom run open_house     run one campaign; --set share.base.fan=0.02 changes it
  wom serve              watch it spread in a browser: sliders, two side by side, ask anybody why
  wom diagnose NAME      what holds a campaign back, and what would help most
  wom compare A B        the difference, in the same worlds and with the same luck
  wom levers NAME        what each of several changes adds; --lever KEY=VALUE names one
  wom economics NAME     what a campaign costs and is worth, and what may go wrong
  wom credit NAME        to whom its conversions are owed
  wom report NAME|DIR    the page to read: of a campaign in many worlds, of what wom kept
  wom verify DIR         whether it comes out again, and what differs
  wom look FRIENDS.csv   what is understood of your network, before a campaign runs on it
  wom look --data E.csv  what is understood of what you measured
  wom new mine.toml      write a scenario of your own; --from E.csv or --ask: of your numbers
  wom explain KEY        what a number of it means, and where it comes from
  wom check mine.toml    whether it is valid, and what it needs
  wom sweep              studies: many runs, none of them lost
  wom reproduce          published results, made again
  wom --help             all commands\
"""


# The order in which `wom --help` lists what is there; what is not named here comes last.
_ORDER = (
    "run", "diagnose", "compare", "levers", "economics", "credit", "serve", "look", "check",
    "report", "verify", "scenarios", "new", "explain", "demo", "reproduce", "sweep", "status",
    "export",
    "analyse", "compile",
)  # fmt: skip


def _all_commands() -> None:
    """Import every file of this folder, so that each adds its command."""
    here = sys.modules[__package__ or ""]
    names = sorted(module.name for module in iter_modules(here.__path__))
    names.sort(key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))
    for name in names:
        import_module(f".{name}", __package__)


@app.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    from .console import say

    if version:
        from ... import __version__

        say(f"wordofmouth {__version__}")
    elif context.invoked_subcommand is None:
        say(_NEXT)


_all_commands()


def main(arguments: list[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    arguments
        What was typed after ``wom``; that of this process if None.

    Returns
    -------
    int
        The exit code: 0 done, 1 some runs failed or are not as they were, 2 usage or invalid input,
        3 refused because of limits, 4 storage, 130 interrupted.
    """
    try:
        code = _ended(arguments)
    except KeyboardInterrupt:  # once more, while the first was told of or all was done
        code = _INTERRUPTED
    if code == _INTERRUPTED and arguments is None:
        # The campaign's thread may be deep in compiled code: Python's own way out would wait
        # for it, or pull the interpreter from under it.
        os._exit(code)
    return code


def _ended(arguments: list[str] | None) -> int:
    """Run a command, and tell how it ended."""
    try:
        _open_streams()
        with _interrupts_kept():
            ended: Any = typer.main.get_command(app).main(
                args=arguments, prog_name="wom", standalone_mode=False
            )
        code = ended if isinstance(ended, int) else 0
    except CampaignError as problem:
        return _fail(str(problem), problem.exit_code)
    except UsageError as problem:
        command = problem.ctx.command_path if problem.ctx else "wom"
        message = _plainly(problem)
        end = "" if message.endswith(("?", ".")) else "."
        return _fail(f"{message}{end} See {command} --help.", 2)
    except BrokenPipeError:
        return 0
    except OSError as problem:
        reason = problem.strerror or str(problem)
        what = "" if problem.filename is None else f"{problem.filename}: "
        return _fail(f"{what}the system refuses this ({reason}); name something else.", 4)
    except MemoryError:
        return _fail("the campaign needs more memory than there is; ask for fewer people.", 3)
    except (KeyboardInterrupt, typer.Abort):
        code = _INTERRUPTED
    if code == _INTERRUPTED:
        _fail("interrupted; nothing was written.", code)
    return code


def _plainly(problem: Any) -> str:
    """What is wrong with the arguments; of a number that is none, in our words."""
    message: str = problem.format_message()
    errors = getattr(problem.__cause__, "errors", None)
    if errors is None:
        return message
    # typer lets pydantic read numbers, and says what pydantic says.
    found = errors()[0]
    whole = "whole " if "int" in found["type"] else ""
    told = f"{found['input']!r} is no {whole}number; give digits alone, such as 100."
    return message.replace(str(problem.message), told)


@contextmanager
def _interrupts_kept() -> Iterator[None]:
    """Ctrl-C is heard wherever it comes.

    Within a callback Python prints and forgets it: it comes again outside of it. And what others
    wrote in C may make another error of it: whatever fails after Ctrl-C fails because of it.
    """
    usual, before = sys.unraisablehook, signal.getsignal(signal.SIGINT)
    coming: list[threading.Timer] = []
    heard = threading.Event()

    def hear(*_: Any) -> None:
        heard.set()
        raise KeyboardInterrupt

    def again(found: Any) -> None:
        if found.exc_type is None or not issubclass(found.exc_type, KeyboardInterrupt):
            usual(found)
            return
        # At once, it would be raised in this function, which is a callback too.
        coming.append(threading.Timer(_SOON, _thread.interrupt_main))
        coming[-1].daemon = True
        coming[-1].start()

    ours = before is signal.default_int_handler
    ours = ours and threading.current_thread() is threading.main_thread()
    sys.unraisablehook = again
    if ours:
        signal.signal(signal.SIGINT, hear)
    try:
        yield
    except Exception:
        if heard.is_set():
            raise KeyboardInterrupt from None
        raise
    finally:
        sys.unraisablehook = usual
        try:
            for each in coming:  # none comes when nobody hears it any more
                each.join()
        finally:
            if ours:
                signal.signal(signal.SIGINT, signal.default_int_handler)


def _open_streams() -> None:
    """Open what was closed: nobody wants to hear it, and the next file would take its number."""
    number = -1
    while number < 2:
        number = os.open(os.devnull, os.O_RDWR)
    os.close(number)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def _fail(message: str, code: int) -> int:
    for line in message.splitlines():
        print(f"error: {line}", file=sys.stderr)
    sys.stderr.flush()
    return code
