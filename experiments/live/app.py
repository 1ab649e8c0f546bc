"""The application: what can be asked for, each answer in its own file."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from ...sim.errors import CampaignError
from .asked import Shelf, asked, document, whole
from .brand import questions
from .frames import layout, told
from .guard import Guard
from .limits import MOST_BODY, MOST_RUNS, MOST_STUDIES, MOST_TICKS, Refused, Slots
from .stream import Streams, Work
from .work import MOST_PAIRS, PAIRS, LiveRun, bottleneck, line, pairs, same_world, warmed

PAGE: Final = Path(__file__).parent / "page"
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".md": "text/plain; charset=utf-8",
    ".LICENSE": "text/plain; charset=utf-8",
}


class Live:
    """What a session of the live page serves.

    Parameters
    ----------
    shelf
        The scenarios.
    """

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.streams = Streams()
        self.runs = Slots(MOST_RUNS, "runs")
        self.histories = Slots(MOST_RUNS, "histories")
        self.layouts = Slots(1, "layouts", patience=120.0)
        self.studies = Slots(MOST_STUDIES, "studies of many worlds")
        self.files = {
            path.relative_to(PAGE).as_posix(): path for path in PAGE.rglob("*") if path.is_file()
        }

    async def warm(self) -> None:
        """Load the kernels while the browser opens, so that its first campaign need not wait."""

        async def never() -> bool:
            return False

        # What is wrong with the scenario is told to whoever asks for it.
        with suppress(Exception):
            await self.streams.find(lambda stop: warmed(self.shelf, stop), never)

    async def page(self, request: Request) -> Response:
        """A file of the page; the list of those that there are was made at the start."""
        name = request.path_params.get("name") or "index.html"
        path = self.files.get(name)
        if path is None or path.suffix not in _TYPES:
            raise Refused(f"there is no {name}; the page is at /.", 404)
        return FileResponse(path, media_type=_TYPES[path.suffix])

    async def about(self, request: Request) -> Response:
        """The scenarios, or one of them with its levers."""
        name = request.query_params.get("scenario")
        if name is None:
            from ...scenarios.loader import names, question

            shipped = names()
            return JSONResponse(
                {
                    "first": self.shelf.first.name,
                    "seed": self.shelf.seed,
                    "story": self.shelf.story,
                    "questions": questions(),
                    "scenarios": [
                        {
                            "name": each,
                            "question": question(each)
                            if each in shipped and each != self.shelf.first.name
                            else self.shelf.first.question,
                        }
                        for each in self.shelf.names()
                    ],
                }
            )
        return JSONResponse(self.shelf.about(name))

    async def brand(self, request: Request) -> Response:
        """A brand in ten numbers, with its levers."""
        numbers = (await _table(request)).get("brand")

        def find(_: threading.Event) -> dict[str, Any]:
            return self.shelf.about_brand(numbers)

        return JSONResponse(await self.streams.find(find, request.is_disconnected))

    async def run(self, request: Request) -> Response:
        """A campaign, streamed tick by tick."""
        run = LiveRun(asked(self.shelf, await _table(request)), self.runs)
        blocks = self.streams.read(run.work, run.news, lambda sentence: told({"error": sentence}))
        return StreamingResponse(blocks, media_type="application/octet-stream")

    async def layout(self, request: Request) -> Response:
        """Where people stand and a sample of their ties."""
        wanted = asked(self.shelf, await _table(request))

        def find(stop: threading.Event) -> bytes:
            with self.layouts.taken(stop):
                return layout(wanted.who_hears_whom())

        content = await self.streams.find(find, request.is_disconnected)
        return Response(content, media_type="application/octet-stream")

    async def person(self, request: Request) -> Response:
        """The history of a person up to a tick."""
        table = await _table(request)
        wanted = asked(self.shelf, table)
        row = whole(table, "person", 0, 2**31 - 1)
        tick = whole(table, "tick", 0, MOST_TICKS)

        def tell(stop: threading.Event) -> dict[str, Any]:
            from .why import told_of

            with self.histories.taken(stop):
                return told_of(wanted, row, tick, stop)

        return JSONResponse(await self.streams.find(tell, request.is_disconnected))

    async def diagnose(self, request: Request) -> Response:
        """The bottleneck."""
        work = bottleneck(asked(self.shelf, await _table(request)), self.studies)
        return self._lines(work)

    async def compare(self, request: Request) -> Response:
        """The difference of two campaigns in many worlds."""
        table = await _table(request)
        before = asked(self.shelf, table)
        after = same_world(before, asked(self.shelf, table, "set_b"))
        worlds = whole({"replicates": PAIRS} | dict(table), "replicates", 2, MOST_PAIRS)
        return self._lines(pairs(before, after, worlds, self.studies))

    def _lines(self, work: Work) -> Response:
        blocks = self.streams.read(
            work, lambda: line({"waiting": True}), lambda sentence: line({"error": sentence})
        )
        return StreamingResponse(blocks, media_type="application/x-ndjson")


def application(shelf: Shelf, *, token: str, host: str, port: int) -> tuple[Guard, Live]:
    """The guarded application, and what it serves."""
    live = Live(shelf)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        warming = asyncio.create_task(live.warm())
        yield
        live.streams.close()
        await warming

    routes = [
        Route("/api/about", live.about),
        Route("/api/brand", live.brand, methods=["POST"]),
        Route("/api/run", live.run, methods=["POST"]),
        Route("/api/layout", live.layout, methods=["POST"]),
        Route("/api/person", live.person, methods=["POST"]),
        Route("/api/diagnose", live.diagnose, methods=["POST"]),
        Route("/api/compare", live.compare, methods=["POST"]),
        Route("/", live.page),
        Route("/{name:path}", live.page),
    ]
    problems: Any = {CampaignError: _refused, ClientDisconnect: _gone}
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers=problems)
    return Guard(app, token=token, host=host, port=port), live


async def _refused(_: Request, problem: Exception) -> Response:
    status = problem.status if isinstance(problem, Refused) else 400
    # As ASCII: what was asked for may hold half a character, which is no UTF-8.
    return Response(json.dumps({"error": str(problem)}), status, media_type="application/json")


async def _gone(_: Request, __: Exception) -> Response:
    """Whoever asked went away while they asked: no failure, and nobody reads this."""
    return Response(status_code=400)


async def _table(request: Request) -> Any:
    """The body, as far as it may be long."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BODY:
            raise Refused(f"the request is too long; {MOST_BODY} bytes are allowed.", 413)
    return document(body)
