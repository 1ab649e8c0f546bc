"""The guard: who may talk to the server, and what a browser may do with its answers.

A page on the internet can make a browser send requests to this machine, and can make its own name
point here (DNS rebinding). So everything, files too, asks for the token that was printed, for a
Host that is this server's, and for an Origin that is this page's wherever a browser names one.
"""

from __future__ import annotations

import hmac
import ipaddress
import json
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from .limits import MOST_BODY

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
HEADER: Final = "x-wom-token"
_LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
_EVERYWHERE: Final = ("0.0.0.0", "::")  # noqa: S104  where it is bound is the user's choice


class Guard:
    """Lets through what carries the token and comes from where it should (ASGI).

    Parameters
    ----------
    app
        Whom it guards.
    token
        The secret that was printed.
    host, port
        Where the server is bound.
    """

    def __init__(self, app: Any, *, token: str, host: str, port: int) -> None:
        self.app, self.token, self.port = app, token, port
        self.cookie = f"wom_{port}"
        self._any_address = host in _EVERYWHERE
        named = f"[{host}]" if ":" in host else host
        self._names = {*_LOOPBACK, named.lower()}
        if self._any_address:
            self._names.add(socket.gethostname().lower())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the guarded one answer."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        problem = self._problem(scope, headers)
        if problem is not None:
            await _answer(send, *problem)
            return
        typed = _typed(scope)

        async def dressed(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                own = [pair for pair in message["headers"] if pair[0].decode() not in HEADERS]
                message["headers"] = own + _encoded(HEADERS)
                if typed is not None:
                    # The page is asked for with the token in its address, once; from then on the
                    # browser brings it, and the page takes it out of the address.
                    cookie = f"{self.cookie}={self.token}; Path=/; HttpOnly; SameSite=Strict"
                    message["headers"] += _encoded({"set-cookie": cookie})
            await send(message)

        await self.app(scope, receive, dressed)

    def _problem(self, scope: Scope, headers: dict[bytes, str]) -> tuple[int, str] | None:
        """Why a request is not let through: status and sentence."""
        host = headers.get(b"host", "")
        if not self._is_ours(host):
            return 403, f"Host {host!r} is not this server's; use the address that `wom` printed."
        origin = headers.get(b"origin")
        if origin is not None and urlsplit(origin)[:2] != ("http", host.lower()):
            return 403, f"Origin {origin!r} is not this page's; use the address that was printed."
        if not self._knows(scope, headers):
            return 403, "the token is missing or wrong; use the address that `wom serve` printed."
        length = headers.get(b"content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BODY:
            return 413, f"the request is too long; {MOST_BODY} bytes are allowed."
        return None

    def _is_ours(self, host: str) -> bool:
        name, colon, port = host.lower().rpartition(":")
        if not colon or not port.isdecimal():
            name, port = host.lower(), "80"
        if port != str(self.port):
            return False
        return name in self._names or (self._any_address and _is_address(name))

    def _knows(self, scope: Scope, headers: dict[bytes, str]) -> bool:
        """Whether the token is there; a wrong one in the address is not made good by a cookie."""
        given = _typed(scope)
        if given is None:
            given = headers.get(HEADER.encode())
        if given is None:
            try:
                kept = SimpleCookie(headers.get(b"cookie", "")).get(self.cookie)
            except CookieError:
                kept = None
            given = "" if kept is None else kept.value
        return hmac.compare_digest(given.encode(), self.token.encode())


def _typed(scope: Scope) -> str | None:
    """The token in the address, if there is one."""
    query = parse_qs(scope["query_string"].decode("latin-1"))
    return query["token"][-1] if "token" in query else None


def _is_address(name: str) -> bool:
    """Whether a name is a numeric address, which no name server can point elsewhere."""
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _encoded(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]


async def _answer(send: Send, status: int, sentence: str) -> None:
    body = json.dumps({"error": sentence}).encode()
    headers = HEADERS | {"content-type": "application/json", "content-length": str(len(body))}
    await send({"type": "http.response.start", "status": status, "headers": _encoded(headers)})
    await send({"type": "http.response.body", "body": body})
