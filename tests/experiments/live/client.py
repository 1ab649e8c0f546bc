"""A client of the live page's server, in this process, and a reader of its frames."""

from __future__ import annotations

import asyncio
import json
import struct
from dataclasses import dataclass, field
from typing import Any

import httpx
import numpy as np
from numpy.typing import NDArray
from wordofmouth.experiments.live.app import application
from wordofmouth.experiments.live.asked import Shelf
from wordofmouth.scenarios.loader import load

TOKEN, PORT = "a-token-that-nobody-guesses", 8123
BASE = f"http://127.0.0.1:{PORT}"
SMALL = {"scenario": "open_house", "seed": 7, "people": 600}
SHORT = load("open_house").replace(
    {"horizon": 30, "share.base.stranger": 0.05, "transact.click": 0.2}
)


class Client:
    """Asks the application itself, each time in a loop of its own; cookies are kept."""

    def __init__(self, app: Any, headers: dict[str, str]) -> None:
        self.app, self.headers, self.cookies = app, headers, httpx.Cookies()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def get(self, path: str, **how: Any) -> httpx.Response:
        return self._ask("GET", path, how)

    def post(self, path: str, **how: Any) -> httpx.Response:
        return self._ask("POST", path, how)

    def _ask(self, method: str, path: str, how: dict[str, Any]) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(
                transport=transport, base_url=BASE, headers=self.headers, cookies=self.cookies
            ) as asked:
                answer = await asked.request(method, path, **how)
                self.cookies = asked.cookies
                return answer

        return asyncio.run(ask())


def client(*, token: str | None = TOKEN, shelf: Shelf | None = None) -> Client:
    guarded, _ = application(shelf or Shelf(SHORT), token=TOKEN, host="127.0.0.1", port=PORT)
    return Client(guarded, {} if token is None else {"x-wom-token": token})


@dataclass
class Tick:
    number: int
    series: NDArray[np.float64]
    funnel: NDArray[np.float64]
    indicators: NDArray[np.float64]
    noticed: NDArray[np.int32]
    shares: NDArray[np.int32]
    buys: NDArray[np.int32]
    roles: NDArray[np.int32]
    sentence: str


@dataclass
class Stream:
    """What a run told."""

    documents: list[dict[str, Any]] = field(default_factory=list)
    drawn: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    role: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    ticks: list[Tick] = field(default_factory=list)

    @property
    def head(self) -> dict[str, Any]:
        return next(each for each in self.documents if "head" in each)

    @property
    def end(self) -> dict[str, Any]:
        return next(each for each in self.documents if "end" in each)

    @property
    def error(self) -> str | None:
        return next((each["error"] for each in self.documents if "error" in each), None)

    def took(self, step: str) -> set[int]:
        """Who noticed, shared or converted, of the brand's own."""
        ours = {k for k, each in enumerate(self.head["messages"]) if each["kind"] <= 2}
        found: set[int] = set()
        for tick in self.ticks:
            if step == "noticed":
                person, _, message = tick.noticed
            else:
                message, person, _, _ = tick.shares if step == "shared" else tick.buys
            found |= {
                p for p, m in zip(person.tolist(), message.tolist(), strict=True) if m in ours
            }
        return found


def read(content: bytes) -> Stream:
    stream, at = Stream(), 0
    while at < len(content):
        kind, length = struct.unpack_from("<II", content, at)
        payload = content[at + 8 : at + 8 + length]
        at += 8 + length
        if kind == 1:
            stream.documents.append(json.loads(payload))
        elif kind == 2:
            n, drawn = np.frombuffer(payload, "<i4", 2)
            stream.drawn = np.frombuffer(payload, "<i4", drawn, 8)
            stream.role = np.frombuffer(payload, np.uint8, n, 8 + 8 * drawn)
        else:
            stream.ticks.append(_tick(payload))
    assert at == len(content)
    return stream


def _tick(payload: bytes) -> Tick:
    number, series, funnel, known, noticed, shares, buys, roles, words, _ = np.frombuffer(
        payload, "<i4", 10
    ).tolist()
    at = 40
    parts = []
    for count in (series, funnel, known):
        parts.append(np.frombuffer(payload, "<f8", count, at))
        at += 8 * count
    tables = []
    for width, count in ((3, noticed), (4, shares), (4, buys), (2, roles)):
        tables.append(np.frombuffer(payload, "<i4", width * count, at).reshape(width, count))
        at += 4 * width * count
    return Tick(number, *parts, *tables, payload[at : at + words].decode())
