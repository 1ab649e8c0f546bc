"""The live page by raw sockets: whatever arrives, it answers below 500 or hangs up, and goes on."""

from __future__ import annotations

import atexit
import json
import logging
import re
import socket
import threading
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, ClassVar, Final, NamedTuple

import wordofmouth as wom
from wordofmouth.sim.errors import InputError

from .slips import slipped

PATHS: Final = ("run", "layout", "person", "diagnose", "compare")
_PATIENCE: Final = 0.4
_MOST: Final = 2**16
# What is sent as it stands; HOST and TOKEN are put in, BODY is a request.
_RAW: Final = (
    b"GET / HTTP/1.1\r\nHost: HOST\r\nX-Wom-Token: TOKEN\r\n\r\n",
    b"GET /../app.py HTTP/1.1\r\nHost: HOST\r\nX-Wom-Token: TOKEN\r\n\r\n",
    b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: HOST\r\nX-Wom-Token: TOKEN\r\n\r\n",
    b"GET /?token=TOKEN HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: evil.example\r\nX-Wom-Token: TOKEN\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: HOST\r\nOrigin: http://evil.example\r\nX-Wom-Token: TOKEN\r\n\r\n",
    b"GET /api/about?scenario=x HTTP/1.1\r\nHost: HOST\r\nX-Wom-Token: TOKEN\r\n\r\n",
    (b"GET / HTTP/1.1\r\nHost: HOST\r\nX-Wom-Token: TOKEN\r\nConnection: Upgrade\r\n"
     b"Upgrade: websocket"
    b"\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"),
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
    b"POST /api/run HTTP/1.1\r\nHost: HOST\r\nX-Wom-Token: TOKEN\r\nContent-Length: 9\r\n\r\n{",
    b"POST /api/run HTTP/1.1\r\nHost: HOST\r\nX-Wom-Token: TOKEN\r\nContent-Length: 999999\r\n\r\n",
    (b"POST /api/layout HTTP/1.1\r\nHost: HOST\r\nX-Wom-Token: TOKEN\r\n"
     b"Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n0\r\n\r\n"),
    (b"POST /api/run HTTP/1.1\r\nHost: HOST\r\nX-Wom-Token: TOKEN\r\nTransfer-Encoding: chunked\r\n"
    b"Content-Length: 5\r\n\r\nzz\r\n"),
    (b"POST /api/person HTTP/1.1\r\nHost: HOST\r\nX-Wom-Token: TOKEN\r\n"
     b"Content-Length: LENGTH\r\n\r\nBODY"),
    b"GET http://HOST/ HTTP/1.1\r\nHost: HOST\r\nX-Wom-Token: TOKEN\r\n\r\n",
    b"OPTIONS * HTTP/1.0\r\n\r\n",
    b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03",
    b"",
)  # fmt: skip
_WORDS: Final = (
    b"\r\n", b"\n", b"\0", b"\r\nHost: x", b"\r\nX: " + b"y" * 70_000, b"\r\nX: \xff\xfe", b"%00",
    b"%",
    b"/" * 3_000, b"\r\n" * 500, b" HTTP/9.9", b"\r\nCookie: a=b; =; ;;", b"?token=x",
    b"Expect: 100-continue",
    b"\r\nContent-Length: -1", b"\r\nTransfer-Encoding: gzip, chunked", b"\r\nContent-Length: 1e9",
)  # fmt: skip


class Server(NamedTuple):
    """The server of this process: where, what lets one in, and what is under way."""

    port: int
    token: str
    streams: Any


class _Failures(logging.Handler):
    """Keeps what the server says of its own failures."""

    said: ClassVar[list[str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR:
            self.said.append(f"{record.getMessage()} {record.exc_info}")


class Sent(NamedTuple):
    """Pieces of bytes, the wait between them, over how many connections, whether one hangs up."""

    pieces: list[bytes]
    pause: float
    connections: int
    hangs_up: bool


@cache
def server() -> Server:
    """Serve a small scenario until this process ends."""
    from wordofmouth.experiments.live.app import application
    from wordofmouth.experiments.live.asked import Shelf
    from wordofmouth.experiments.live.serve import server_of

    few = {"network.people": 60, "horizon": 6}
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    port, token = listening.getsockname()[1], "token-of-a-test"
    guarded, live = application(
        Shelf(wom.load("open_house").replace(few)), token=token, host="127.0.0.1", port=port
    )
    running = server_of(guarded)
    running.config.log_config = None
    words = logging.getLogger("uvicorn.error")
    words.handlers, words.propagate = [_Failures()], False
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)

    def end() -> None:
        live.streams.close()
        running.should_exit = True
        thread.join(5.0)
        listening.close()

    atexit.register(end)
    return Server(port, token, live.streams)


def body(rng: Random, requests: Sequence[bytes]) -> tuple[str, bytes]:
    """What is asked, and with which document."""
    return rng.choice(PATHS), slipped(rng, requests)[: 2**16]


def ask(case: tuple[str, bytes], folder: Path) -> None:
    """Ask the server for something, and hang up once it has begun to answer at length."""
    path, document = case
    head = (
        b"POST /api/%s HTTP/1.1\r\nHost: HOST\r\nX-Wom-Token: TOKEN\r\nContent-Length: %d\r\n\r\n"
    )
    _answered(Sent([head % (path.encode(), len(document)) + document], 0.0, 1, True), patience=5.0)


def raw(rng: Random, requests: Sequence[bytes]) -> Sent:
    """Bytes that may be a request."""
    data = rng.choice(_RAW) if rng.random() < 0.3 else slipped(rng, _RAW, _WORDS)
    asked = rng.choice(requests)
    data = data.replace(b"BODY", asked).replace(b"LENGTH", b"%d" % len(asked))
    cut = rng.choice((len(data) + 1, len(data) + 1, 1 + len(data) // 2, 1 + len(data) // 8))
    pieces = [data[k : k + cut] for k in range(0, len(data), cut)]
    many = 40 if rng.random() < 0.03 else 1
    return Sent(pieces, 0.01 if len(pieces) > 1 else 0.0, many, rng.random() < 0.2)


def send(case: Sent, folder: Path) -> None:
    """Send it, look at what comes back, and see whether the server still serves."""
    try:
        _answered(case, patience=_PATIENCE)
    finally:
        assert _status(Sent([_RAW[0]], 0.0, 1, False), 5.0) == [200], "the server serves no more"


def _answered(case: Sent, patience: float) -> None:
    found = _status(case, patience)
    failed, _Failures.said[:] = list(_Failures.said), []
    assert not failed, failed
    assert all(status < 500 or status == 503 for status in found), f"it answers {found}"
    if any(status >= 400 for status in found):
        raise InputError(f"it answers {found}.")


def _status(case: Sent, patience: float) -> list[int]:
    """The status of each answer that comes."""
    here = server()
    opened = [
        socket.create_connection(("127.0.0.1", here.port), 5.0) for _ in range(case.connections)
    ]
    found = []
    try:
        for each in opened:
            _put(each, case, here)
        for each in opened:
            each.settimeout(patience)
            told = b"" if case.hangs_up and case.connections > 1 else _got(each)
            assert not told or told.startswith(b"HTTP/1.1 "), told[:80]
            found += [int(status) for status in re.findall(rb"^HTTP/1\.1 (\d{3})", told[:12])]
            _documented(told)
    finally:
        for each in opened:
            each.close()
    until = time.monotonic() + 5.0
    while here.streams.threads and time.monotonic() < until:
        time.sleep(0.005)
    assert not here.streams.threads, "it works on for nobody"
    return found


def _put(to: socket.socket, case: Sent, here: Server) -> None:
    host = b"127.0.0.1:%d" % here.port
    for piece in case.pieces:
        data = piece.replace(b"HOST", host).replace(b"TOKEN", here.token.encode())
        try:
            to.sendall(data)
        except OSError:  # it has hung up
            return
        if case.pause:
            time.sleep(case.pause)


def _got(each: socket.socket) -> bytes:
    told = b""
    try:
        while len(told) < _MOST and (piece := each.recv(_MOST)):
            told += piece
            head, _, rest = told.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            if length and len(rest) >= int(length[1]):
                break
            if b"chunked" in head.lower() and rest:
                break
    except OSError:
        pass
    return told


def _documented(told: bytes) -> None:
    """What is refused is refused in a sentence, as JSON, by the server's own layer in words."""
    head, _, rest = told.partition(b"\r\n\r\n")
    if head[9:10] == b"4" and b"application/json" in head.lower():
        length = re.search(rb"(?i)content-length: (\d+)", head)
        said: Any = json.loads(rest[: int(length[1])] if length else rest)
        assert said["error"], rest
        assert "Traceback" not in said["error"], rest
