"""Nobody gets anything without the token, the right Host and the right Origin."""

from __future__ import annotations

import pytest
from wordofmouth.experiments.live.guard import HEADERS, POLICY

from .client import BASE, PORT, SMALL, TOKEN, client

PATHS = (
    "/",
    "/index.html",
    "/style.css",
    "/main.js",
    "/vendor/uPlot.esm.js",
    "/api/about",
    "/none",
)


@pytest.mark.parametrize("path", PATHS)
def test_everything_asks_for_the_token(path: str) -> None:
    for page in (client(token=None), client(token="wrong")):
        answer = page.get(path)
        assert answer.status_code == 403
        assert "token" in answer.json()["error"]
        assert page.get(f"{path}?token=wrong").status_code == 403
    assert client().get(path).status_code == (404 if path == "/none" else 200)


def test_the_address_gives_a_cookie_that_suffices() -> None:
    page = client(token=None)
    answer = page.get(f"/?token={TOKEN}")
    assert answer.status_code == 200
    kept = answer.headers["set-cookie"].lower()
    assert "httponly" in kept
    assert "samesite=strict" in kept
    assert page.get("/api/about").status_code == 200
    # A wrong token in the address is not made good by a cookie.
    assert page.get("/?token=wrong").status_code == 403


def test_a_cookie_of_another_server_does_not_suffice() -> None:
    page = client(token=None)
    for name, value in ((f"wom_{PORT}", "wrong"), (f"wom_{PORT + 1}", TOKEN), ("x", '"')):
        assert page.get("/", headers={"cookie": f"{name}={value}"}).status_code == 403


def test_what_other_servers_of_this_machine_keep_locks_nobody_out() -> None:
    page = client(token=None)
    for others in ('theirs={"a": [1, 2]}', f"wom_{PORT}=theirs", "a b=c; =; ;;"):
        kept = f"{others}; wom_{PORT}={TOKEN}; last=1"
        assert page.get("/api/about", headers={"cookie": kept}).status_code == 200
        assert page.get("/api/about", headers={"cookie": others}).status_code == 403


def test_what_is_said_twice_or_is_no_length_is_refused() -> None:
    own = ("host", f"127.0.0.1:{PORT}")
    for twice in ([own, ("host", "evil.example")], [own, ("origin", BASE), ("origin", "null")]):
        answer = client().get("/", headers=twice)
        assert answer.status_code == 400
        assert "twice" in answer.json()["error"]
    for length in ("9" * 5000, "-1", "0x1"):
        answer = client().post("/api/run", content=b"", headers={"content-length": length})
        assert answer.status_code == 413


@pytest.mark.parametrize(
    "host",
    ["evil.example", f"evil.example:{PORT}", "127.0.0.1", f"127.0.0.1:{PORT + 1}",
     f"127.0.0.1.evil.example:{PORT}", f"192.168.0.1:{PORT}", ""],
)  # fmt: skip
def test_a_foreign_host_is_refused(host: str) -> None:
    for path in PATHS:
        answer = client().get(path, headers={"host": host})
        assert answer.status_code == 403
        assert "Host" in answer.json()["error"]


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"[::1]:{PORT}"])
def test_its_own_hosts_are_served(host: str) -> None:
    assert client().get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", f"https://127.0.0.1:{PORT}", f"http://localhost:{PORT}",
     "http://127.0.0.1", "", "http://[::1", "http://[evil]:1", f"{BASE}/"],
)  # fmt: skip
def test_a_foreign_origin_is_refused(origin: str) -> None:
    for answer in (
        client().get("/api/about", headers={"origin": origin}),
        client().post("/api/run", json=SMALL, headers={"origin": origin}),
    ):
        assert answer.status_code == 403
        assert "Origin" in answer.json()["error"]
    assert client().get("/api/about", headers={"origin": BASE}).status_code == 200


def test_every_answer_carries_the_policy() -> None:
    page = client()
    answers = [page.get(path) for path in PATHS]
    answers += [client(token=None).get("/"), page.post("/api/run", content=b"no")]
    for answer in answers:
        assert answer.headers["content-security-policy"] == POLICY
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


def test_no_file_beyond_the_page() -> None:
    for path in ("/../app.py", "/%2e%2e/app.py", "/vendor/../../app.py", "/vendor", "//etc/passwd"):
        assert client().get(path).status_code == 404
