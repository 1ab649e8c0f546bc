"""What is too much or not allowed is refused in a sentence; what nobody waits for ends."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

import pytest
from wordofmouth.experiments.live import limits
from wordofmouth.experiments.live.asked import Shelf, asked
from wordofmouth.experiments.live.limits import Refused, Slots
from wordofmouth.experiments.live.stream import Put, Stopped, Streams
from wordofmouth.experiments.live.work import LiveRun
from wordofmouth.scenarios.loader import load
from wordofmouth.sim.errors import InputError

from .client import SMALL, client, read


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"people": 10_000_000}, "people = 10000000 is not allowed; give a whole number 1 to"),
        ({"people": 0}, "people = 0"),
        ({"people": "9"}, "people = '9'"),
        ({"seed": -1}, "seed = -1"),
        ({"seed": True}, "seed = True"),
        ({"scenario": "/etc/passwd"}, "is not here"),
        ({"scenario": None}, "is not here"),
        ({"set": {"network.file": "/etc/passwd"}}, "is no lever"),
        ({"set": {"horizon": 10**9}}, "is no lever"),
        ({"set": [1]}, "give a table"),
        ({"set": {"posts": 1.5}}, "posts = 1.5 is not allowed; give a whole number 1 to 5."),
        ({"set": {"posts": 99}}, "posts = 99 is not allowed; give a whole number 1 to 5."),
        ({"set": {"share.base.fan": 2.0}}, "share.base.fan"),
        ({"set": {"share.base.fan": "a"}}, "share.base.fan"),
        ({"set": {"content.*.type": "nonsense"}}, "nonsense"),
    ],
)
def test_what_is_not_allowed_is_a_sentence(change: dict[str, Any], words: str) -> None:
    with client() as page:
        answer = page.post("/api/run", json=SMALL | change)
    assert 400 <= answer.status_code < 500
    problem = answer.json()["error"]
    assert words in problem
    assert problem.endswith(".")
    assert "Traceback" not in problem


def test_the_schema_refuses_in_its_own_words() -> None:
    with client() as page:
        told = page.post("/api/run", json=SMALL | {"set": {"attention": -1.0}}).json()["error"]
    with pytest.raises(InputError) as problem:
        load("open_house").replace({"attention": -1.0})
    assert told == str(problem.value)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"[" * 5000, b"\xff\xfe"])
def test_a_body_that_is_no_table_is_refused(body: bytes) -> None:
    for path in ("/api/run", "/api/layout", "/api/person", "/api/diagnose", "/api/compare"):
        with client() as page:
            answer = page.post(path, content=body)
        assert answer.status_code == 400
        assert "reload" in answer.json()["error"]


def test_half_a_character_is_refused_as_any_other() -> None:
    with client() as page:
        answer = page.post("/api/run", content=b'{"scenario": "\\ud800", "seed": 1}')
    assert answer.status_code == 404
    assert "is not here" in answer.json()["error"]


def test_a_long_body_is_refused() -> None:
    async def chunks() -> Any:
        for _ in range(100):
            yield b" " * 1024

    with client() as page:
        for answer in (
            page.post("/api/run", content=b" " * 100_000),
            page.post("/api/run", content=chunks()),
        ):
            assert answer.status_code == 413
            assert "too long" in answer.json()["error"]


def test_a_long_campaign_is_refused() -> None:
    scenario = load("open_house").replace({"horizon": limits.MOST_TICKS + 1})
    with client(shelf=Shelf(scenario)) as page:
        answer = page.post("/api/run", json=SMALL)
    assert answer.status_code == 400
    assert "horizon = 2001" in answer.json()["error"]


def test_no_more_runs_than_there_are_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PATIENCE", 0.2)
    slots = Slots(1, "runs")
    wanted = asked(Shelf(load("open_house")), SMALL)
    stop = threading.Event()

    def put(block: bytes) -> None:
        with pytest.raises(Refused, match="under way") as refused:
            LiveRun(wanted, slots).work(stop, put)
        assert refused.value.status == 429
        raise Stopped

    for _ in range(2):  # whoever ends makes room
        with pytest.raises(Stopped):
            LiveRun(wanted, slots).work(stop, put)


def test_a_run_that_is_told_to_stop_stops() -> None:
    slots, blocks = Slots(1, "runs"), list[bytes]()

    def put(block: bytes) -> None:
        if len(blocks) == 4:
            raise Stopped
        blocks.append(block)

    with pytest.raises(Stopped):
        LiveRun(asked(Shelf(load("open_house")), SMALL), slots).work(threading.Event(), put)
    with slots.taken(threading.Event()):
        assert len(blocks) == 4


def test_nothing_is_put_once_it_is_to_stop() -> None:
    streams, stopped = Streams(), threading.Event()

    def work(stop: threading.Event, put: Put) -> None:
        put(b"x")
        stop.wait(20.0)
        try:
            put(b"y")
        except Stopped:
            stopped.set()
            raise

    async def reads() -> list[bytes]:
        blocks = []
        async for block in streams.read(work):
            blocks.append(block)
            streams.close()
        return blocks

    assert asyncio.run(reads()) == [b"x"]
    assert streams.ended(5.0)
    assert stopped.is_set()


def test_a_run_takes_no_longer_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wordofmouth.experiments.live.work.MOST_SECONDS", 0.0)
    with client() as page:
        stream = read(page.post("/api/run", json=SMALL).content)
    assert stream.error is not None
    assert "took more than" in stream.error


def test_a_reader_does_not_wait_for_work_that_hears_nothing() -> None:
    streams, done = Streams(), threading.Event()

    def deaf(stop: threading.Event, put: Put) -> None:
        done.wait(20.0)
        put(b"x")

    async def reads() -> list[bytes]:
        blocks = []
        async for block in streams.read(deaf, lambda: b"waiting"):
            blocks.append(block)
            streams.close()
        return blocks

    began = time.monotonic()
    assert asyncio.run(reads()) == [b"waiting"]
    assert time.monotonic() - began < 5.0
    assert not streams.ended(0.01)
    done.set()
    assert streams.ended(5.0)


def test_whoever_waits_for_one_answer_is_told_so_when_it_cannot_come() -> None:
    streams, done = Streams(), threading.Event()
    told: list[bool] = []

    def deaf(stop: threading.Event) -> int:
        done.wait(20.0)
        told.append(stop.is_set())
        return 1

    async def nobody_left() -> bool:
        return True

    async def still_there() -> bool:
        streams.close()
        return False

    def short(stop: threading.Event) -> int:
        raise MemoryError

    began = time.monotonic()
    for gone in (nobody_left, still_there):
        with pytest.raises(Refused) as refused:
            asyncio.run(streams.find(deaf, gone))
        assert refused.value.status == 503
    assert time.monotonic() - began < 5.0
    assert not streams.ended(0.01)
    done.set()
    assert streams.ended(5.0)
    assert told == [True, True]
    with pytest.raises(Refused, match="not enough memory"):
        asyncio.run(Streams().find(short, nobody_left))


def test_all_ends_when_the_server_does() -> None:
    streams, begun = Streams(), threading.Event()

    def work(stop: threading.Event, put: Put) -> None:
        begun.set()
        while not stop.wait(0.01):
            put(b"x")

    async def reads() -> None:
        async for _ in streams.read(work):
            streams.close()

    began = time.monotonic()
    asyncio.run(reads())
    assert begun.is_set()
    assert streams.ended(2.0)
    assert time.monotonic() - began < 5.0
