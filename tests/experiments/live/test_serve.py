"""The command `wom serve`: what it says, where it listens, how it ends."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from wordofmouth.experiments.commands.main import main

from ..typed import Answer, finish, start

QUICK = ("--set", "network.people=300", "--set", "horizon=5", "--no-open")


def begun(process: object) -> dict[str, object]:
    text = ""
    for line in process.stdout:  # type: ignore[attr-defined]
        text += line
        if line.startswith("}"):
            break
    return dict(json.loads(text))


def test_without_a_web_server_it_says_what_to_install(
    wom: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    answer = wom("serve")
    assert answer.code == 2
    assert answer.error.count("\n") == 1
    assert 'pip install "wordofmouth[live]"' in answer.error


def test_a_taken_port_is_a_sentence(wom: Callable[..., Answer]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = wom("serve", "--no-open", "--port", str(port))
    assert answer.code == 2
    assert f"--port {port} cannot be listened at" in answer.error
    assert "give another port" in answer.error


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("--port", "99999"), "--port 99999 is not allowed"),
        (("--host", "nowhere.invalid"), "nowhere.invalid"),
        (("--host", "a" * 70), "cannot be listened at"),
        (("nonsense",), "nonsense"),
        (("--set", "share.base.fan=2"), "share.base.fan"),
        (("--set", "network.people=10000000"), "live page takes"),
        (("--set", "horizon=100000"), "live page takes"),
    ],
)
def test_what_cannot_be_served_is_a_sentence(
    wom: Callable[..., Answer], typed: tuple[str, ...], words: str
) -> None:
    answer = wom("serve", "--no-open", *typed)
    assert answer.code == 2
    assert words in answer.error
    assert "Traceback" not in answer.error


def test_it_tells_its_address_and_ends_by_an_interrupt(tmp_path: Path) -> None:
    process = start(tmp_path, "serve", *QUICK)
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:(\d+)/\?token=([\w-]{40,})", line)
    assert found is not None
    connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=10)
    connection.request("GET", f"/?token={found[2]}")
    assert connection.getresponse().status == 200
    connection.close()
    process.send_signal(signal.SIGINT)
    answer = finish(process)
    assert answer.code == 0
    assert answer.error.strip() == "The live page has ended."


@pytest.mark.slow
def test_whoever_goes_away_while_they_ask_is_no_failure(tmp_path: Path) -> None:
    process = start(tmp_path, "serve", *QUICK, "--json")
    told = begun(process)
    where = f"127.0.0.1:{told['port']}"
    head = f"POST /api/run HTTP/1.1\r\nHost: {where}\r\nX-Wom-Token: {told['token']}\r\n"
    with socket.create_connection(("127.0.0.1", int(str(told["port"])))) as asking:
        asking.sendall(f"{head}Content-Length: 100\r\n\r\n{{".encode())
        time.sleep(0.5)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    ended = finish(process)
    assert ended.code == 0
    assert "warning" not in ended.error
    assert "Traceback" not in ended.error


@pytest.mark.slow
@pytest.mark.parametrize("host", ["0", "::"])
def test_everywhere_is_everywhere_however_it_is_written(tmp_path: Path, host: str) -> None:
    process = start(tmp_path, "serve", *QUICK, "--json", "--host", host)
    told = begun(process)
    here = "127.0.0.1" if host == "0" else "[::1]"
    assert str(told["address"]).startswith(f"http://{here}:")
    assert told["host"] == ("0.0.0.0" if host == "0" else "::")
    process.send_signal(signal.SIGINT)
    assert "lets other machines reach this page" in finish(process).error


@pytest.mark.slow
def test_other_machines_only_if_asked_and_with_a_warning(tmp_path: Path) -> None:
    process = start(tmp_path, "serve", *QUICK, "--json", "--host", "0.0.0.0")
    told = begun(process)
    connection = http.client.HTTPConnection("127.0.0.1", int(str(told["port"])), timeout=10)
    for host, status in (("10.1.2.3", 200), ("evil.example", 403)):
        headers = {"Host": f"{host}:{told['port']}", "X-Wom-Token": str(told["token"])}
        connection.request("GET", "/api/about", headers=headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == status
    connection.close()
    process.send_signal(signal.SIGINT)
    ended = finish(process)
    assert ended.code == 0
    assert "warning: 0.0.0.0 lets other machines reach this page" in ended.error


@pytest.mark.slow
def test_whoever_goes_away_leaves_room_and_an_interrupt_ends_runs(tmp_path: Path) -> None:
    process = start(tmp_path, "serve", "--no-open", "--json")
    told = begun(process)
    headers = {"X-Wom-Token": str(told["token"])}
    asked = {"scenario": "everyday", "seed": 1, "people": 50_000}

    def ask(people: int) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
        connection = http.client.HTTPConnection("127.0.0.1", int(str(told["port"])), timeout=60)
        connection.request("POST", "/api/run", json.dumps(asked | {"people": people}), headers)
        return connection, connection.getresponse()

    def close(connection: http.client.HTTPConnection, answer: http.client.HTTPResponse) -> None:
        answer.close()
        connection.close()

    for _ in range(2):
        connection, answer = ask(50_000)
        assert answer.read(64)
        close(connection, answer)
    began = time.monotonic()
    connection, answer = ask(300)
    assert b'"end": true' in answer.read()
    assert time.monotonic() - began < 30.0
    connection.close()
    # Ctrl-C while something runs: it ends, soon and in silence.
    connection, answer = ask(50_000)
    answer.read(64)
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    ended = finish(process)
    assert time.monotonic() - began < 15.0
    assert ended.code == 0
    assert "Traceback" not in ended.error
    close(connection, answer)


def test_help_says_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--help"]) == 0
    assert "in a browser" in capsys.readouterr().out
    assert main([]) == 0
    assert "wom serve" in capsys.readouterr().out
