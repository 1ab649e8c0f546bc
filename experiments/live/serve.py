"""A server for the live page, on this machine alone unless asked."""

from __future__ import annotations

import ipaddress
import logging
import os
import secrets
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ...sim.errors import InputError
from ...sim.parameters import Scenario
from .limits import MOST_CONNECTIONS, MOST_HEADERS

if TYPE_CHECKING:
    from .app import Live

REMEDY: Final = (
    'wom serve needs a web server, which is not installed; give pip install "wordofmouth[live]".'
)


class Address(NamedTuple):
    """Where the live page is, and what lets one in.

    Attributes
    ----------
    address
        What to type in a browser.
    host, port, token
        Its parts.
    scenario
        The name of what the page begins with.
    open_to_others
        Whether other machines reach it.
    """

    address: str
    host: str
    port: int
    token: str
    scenario: str
    open_to_others: bool


def serve(
    scenario: Callable[[], Scenario],
    *,
    seed: int,
    host: str,
    port: int | None,
    opens: bool,
    story: bool = False,
    tell: Callable[[Address], None],
    ended: Callable[[], None],
) -> None:
    """Serve the live page until Ctrl-C, which is the way to end it and no failure.

    Parameters
    ----------
    scenario
        Makes what the page begins with; asked once it is known that there is a web server.
    seed
        With which it begins.
    host, port
        Where; a free port if None.
    opens
        Whether a browser is opened.
    story
        Whether the page begins with its story of five questions.
    tell, ended
        Called with the address once it is known, and when it is over.

    Raises
    ------
    InputError
        If the scenario is not valid, the port is taken, or there is no web server.
    """
    try:
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as problem:
        raise InputError(REMEDY) from problem
    from .app import application
    from .guard import bracketed, is_everywhere
    from .limits import check_size

    shelf = _shelf(scenario(), seed)
    shelf.story = story
    check_size(shelf.first, None if shelf.network is None else shelf.network.n)
    listening = _bound(host, port)
    # Where it is bound in numbers: "0" and "" are everywhere too, and localhost is not.
    bound, port = str(listening.getsockname()[0]), int(listening.getsockname()[1])
    host = bound if is_everywhere(bound) else host
    token = secrets.token_urlsafe(32)
    guarded, live = application(shelf, token=token, host=host, port=port)
    here = "::1" if ":" in host else "127.0.0.1"
    shown = bracketed(here if is_everywhere(host) else host)
    address = f"http://{shown}:{port}/?token={token}"
    alone = ipaddress.ip_address(bound.partition("%")[0]).is_loopback
    tell(Address(address, host, port, token, shelf.first.name, not alone))
    server = server_of(guarded)
    if opens:
        _when_ready(server, lambda: webbrowser.open(address))
    _until_interrupted(server, listening, live)
    ended()
    if not live.streams.ended(1.0):
        # A thread deep in the compiler hears nothing: Python's own way out would wait for it, or
        # pull the interpreter from under it.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def server_of(guarded: Any) -> Any:
    """The web server of the page: nobody who connects may hold more of it than one who looks."""
    import uvicorn

    config = uvicorn.Config(
        guarded,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=3,
        limit_concurrency=MOST_CONNECTIONS,
        h11_max_incomplete_event_size=MOST_HEADERS,
        http="h11",
        ws="none",
    )
    logging.getLogger("uvicorn.error").addFilter(_failed)
    return uvicorn.Server(config)


def _failed(record: logging.LogRecord) -> bool:
    """Whether what the server says of a failure is one: not that somebody broke off the talk.

    Who sends what is no HTTP while they are answered cannot be answered to the end.
    """
    from h11 import LocalProtocolError

    return not (record.exc_info and isinstance(record.exc_info[1], LocalProtocolError))


def _until_interrupted(server: Any, listening: socket.socket, live: Live) -> None:
    """Serve until Ctrl-C; runs end at once then."""
    handle = server.handle_exit

    def ends(signal: int, frame: Any) -> None:
        live.streams.close()
        handle(signal, frame)

    server.handle_exit = ends
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        return
    finally:
        live.streams.close()
        listening.close()


def _shelf(scenario: Scenario, seed: int) -> Any:
    from .asked import Shelf

    network = None
    if scenario.network.file is not None:
        from ...sim.campaign import choose_network

        network = choose_network(scenario, seed)
    return Shelf(scenario, seed, network)


def _bound(host: str, port: int | None) -> socket.socket:
    """A socket that listens there."""
    if port is not None and not 0 <= port <= 65535:
        raise InputError(f"--port {port} is not allowed; give a whole number 0 to 65535.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere it would let another program listen at the same port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port or 0))
        listening.listen(64)
    except (OSError, UnicodeError) as problem:  # the latter: no name of a host can be so
        listening.close()
        where = f"--host {host!r}" if not host else f"--host {host}"
        where += f" --port {port}" if port else ""
        why = getattr(problem, "strerror", None) or problem
        raise InputError(
            f"{where} cannot be listened at ({why}); give another port, or none for a free one."
        ) from problem
    return listening


def _when_ready(server: Any, act: Any) -> None:
    """Do it once the server answers."""

    def wait() -> None:
        done = threading.Event()
        while not server.started and not server.should_exit:
            done.wait(0.05)
        if server.started:
            act()

    threading.Thread(target=wait, daemon=True).start()
