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
from typing import Any, Final
from urllib.parse import parse_qs

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
# Of which a request has one; of two, who comes after may believe the other.
_ONCE: Final = (b"host", b"origin", b"content-length", HEADER.encode())


class Guard:
    """Lets through what carries the token and comes from where it should (ASGI).

    Parameters
    ----------
    app
        Whom it guards.
    token
        The secret that was printed.
    host, port
        Where the server is bound: a name or a numeric address.
    """

    def __init__(self, app: Any, *, token: str, host: str, port: int) -> None:
        self.app, self.token, self.port = app, token, port
        self.cookie = f"wom_{port}"
        self._any_address = is_everywhere(host)
        self._names = {*_LOOPBACK, bracketed(host).lower()}
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
        names = [name.lower() for name, _ in scope["headers"]]
        for name in _ONCE:
            if names.count(name) > 1:
                return 400, f"the request says {name.decode()} twice; say it once."
        host = headers.get(b"host", "")
        if not self._is_ours(host):
            return 403, f"Host {host!r} is not this server's; use the address that `wom` printed."
        origin = headers.get(b"origin")
        if origin is not None and origin.lower() != f"http://{host}".lower():
            return 403, f"Origin {origin!r} is not this page's; use the address that was printed."
        if not self._knows(scope, headers):
            return 403, "the token is missing or wrong; use the address that `wom serve` printed."
        length = headers.get(b"content-length", "0")
        # Of more digits Python makes no number.
        if not length.isdecimal() or len(length) > 9 or int(length) > MOST_BODY:
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
        tokens = self._kept(scope) if given is None else [given]
        return any(hmac.compare_digest(each.encode(), self.token.encode()) for each in tokens)

    def _kept(self, scope: Scope) -> list[str]:
        """The tokens among the cookies.

        Other servers of this machine set cookies for the same host: what they write, and that one
        has the name of ours, must not lock anybody out. A strict parser gives up all for one.
        """
        sent = b";".join(value for name, value in scope["headers"] if name.lower() == b"cookie")
        pairs = (each.strip().partition("=") for each in sent.decode("latin-1").split(";"))
        return [value for name, _, value in pairs if name == self.cookie]


def _typed(scope: Scope) -> str | None:
    """The token in the address, if there is one."""
    query = parse_qs(scope["query_string"].decode("latin-1"))
    return query["token"][-1] if "token" in query else None


def bracketed(host: str) -> str:
    """A host as it stands in an address: of IPv6 in brackets.

    Examples
    --------
    >>> bracketed("::1"), bracketed("localhost")
    ('[::1]', 'localhost')
    """
    return f"[{host}]" if ":" in host else host


def is_everywhere(host: str) -> bool:
    """Whether who binds there listens on all addresses of the machine.

    Examples
    --------
    >>> is_everywhere("0.0.0.0"), is_everywhere("::"), is_everywhere("10.1.2.3")
    (True, True, False)
    """
    return _is_address(host) and ipaddress.ip_address(host).is_unspecified


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
