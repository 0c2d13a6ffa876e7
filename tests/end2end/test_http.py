"""Lookups over HTTP: on loopback alone, with the token, from allowed pages, and nothing else."""

from __future__ import annotations

import contextlib
import http.client
import json
import random
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("the local socket tells when the window is there", allow_module_level=True)

from posmember.sandbox.app import Sandbox
from posmember.sandbox.server import RunningSandbox
from tests.end2end.http_window import TOKEN
from tests.end2end.links import answering
from tests.end2end.program import COMMAND, LIMIT_S, Till, ended, write_config
from tests.end2end.test_link import CODE, alike
from tests.end2end.waiting import wait_until
from tests.end2end.written import log_text

ORIGIN = "https://pos.example.com"
HTTP = (*COMMAND[:-1], "tests.end2end.http_window")


def free_port() -> int:
    """A port that is free until the window takes it: none that the system gives to others."""
    given = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii").split()
    ports = range(10_000, min(int(given[0]), 32_768))
    while True:
        port = random.choice(ports)
        with socket.socket() as bound, contextlib.suppress(OSError):
            bound.bind(("127.0.0.1", port))
            return port


def till_on(port: int, folder: Path, base_url: str) -> Till:
    config = write_config(folder / "config.toml", base_url)
    more = f'[beside]\nprograms = "full"\nhttp_port = {port}\nhttp_origins = "{ORIGIN}"\n'
    config.write_text(config.read_text(encoding="utf-8") + more, encoding="utf-8")
    return Till(config, command=HTTP)


def is_open(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@pytest.fixture
def port(served: RunningSandbox, platform: Sandbox, tmp_path: Path) -> Iterator[int]:
    port = free_port()
    with answering(till_on(port, tmp_path, served.base_url)) as process:
        wait_until(lambda: is_open(port), "the port")
        yield port
        process.terminate()
        result = ended(process)
        assert (result.code, result.out, result.err) == (0, "", "")


USUAL = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}


def post(
    port: int,
    headers: dict[str, str] | None = None,
    body: bytes | None = None,
    *,
    method: str = "POST",
    path: str = "/v1/lookup",
) -> tuple[int, dict[str, str], dict[str, Any]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT_S)
    sent = json.dumps({"identifier": CODE}).encode() if body is None else body
    connection.request(method, path, sent, USUAL if headers is None else headers)
    answer = connection.getresponse()
    told = answer.read()
    connection.close()
    names = {name.lower(): value for name, value in answer.getheaders()}
    return answer.status, names, json.loads(told) if told else {}


def test_http(port: int, platform: Sandbox, tmp_path: Path) -> None:
    status, headers, told = post(port)
    assert (status, told["exit"], told["report"]["member"]["name"]) == (200, 0, "王*明")
    assert headers["connection"] == "close"
    assert "access-control-allow-origin" not in headers
    looked_up = replace(Till(tmp_path / "config.toml"), command=COMMAND).run(
        "lookup", CODE, "--json"
    )
    assert alike(told["report"]) == alike(json.loads(looked_up.out))
    allowed = {**USUAL, "Origin": ORIGIN}
    assert post(port, allowed)[1]["access-control-allow-origin"] == ORIGIN
    asks = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
    status, headers, _ = post(port, asks, b"", method="OPTIONS")
    assert (status, headers["access-control-allow-methods"]) == (204, "POST")

    calls = len(platform.calls)
    for code, given, more in (
        (401, {"Content-Type": "application/json"}, {}),
        (401, {**USUAL, "Authorization": f"Bearer {TOKEN[:-1]}"}, {}),
        (401, {**USUAL, "Authorization": f"Basic {TOKEN}"}, {}),
        (401, {**USUAL, "Authorization": "Bearer \xe9"}, {}),
        (403, {**USUAL, "Origin": "https://evil.example.com"}, {}),
        (403, {**USUAL, "Origin": "null"}, {}),
        (403, {"Origin": "https://evil.example.com"}, {"method": "OPTIONS"}),
        (421, {**USUAL, "Host": "evil.example.com"}, {}),
        (421, {**USUAL, "Host": f"evil.example.com:{port}"}, {}),
        (421, {**USUAL, "Host": "127.0.0.1"}, {}),
        (415, {**USUAL, "Content-Type": "text/plain"}, {}),
        (404, USUAL, {"path": "/"}),
        (405, USUAL, {"method": "GET"}),
        (400, USUAL, {"body": b"[]"}),
        (400, USUAL, {"body": b'{"identifier": "x", "amount": "y"}'}),
        (413, USUAL, {"body": b" " * 70_000}),
    ):
        assert post(port, given, **more)[0] == code, (given, more)
    assert len(platform.calls) == calls
    assert TOKEN not in log_text()
    assert CODE not in log_text()


def test_hostile_requests(port: int) -> None:
    for data in (
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\n\r\n",
        b"POST /v1/lookup HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"POST /v1/lookup HTTP/1.1\r\n" + b"X: y\r\n" * 10_000 + b"\r\n",
        b"POST /v1/lookup HTTP/9.9\r\n\r\n",
        b"A" * 1_000_000,
    ):
        with socket.create_connection(("127.0.0.1", port), LIMIT_S) as connection:
            try:
                connection.sendall(data)
                answer = connection.recv(65_536)
            except ConnectionError:
                answer = b""
            assert answer[:12] in (b"", b"HTTP/1.1 400", b"HTTP/1.1 421", b"HTTP/1.1 431"), data[
                :40
            ]
    waiting = [socket.create_connection(("127.0.0.1", port), LIMIT_S) for _ in range(20)]
    assert post(port)[0] == 200
    for connection in waiting:
        connection.close()
    raw = f"POST /v1/lookup HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {TOKEN}\r\n"
    raw += "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), LIMIT_S) as connection:
        connection.sendall(raw.encode() + b"1\r\n{\r\n")
        for _ in range(80):
            try:
                connection.sendall(b"400\r\n" + b" " * 1024 + b"\r\n")
            except ConnectionError:
                break
        # It may have said so, and hung up on what still came.
        with contextlib.suppress(ConnectionResetError):
            assert connection.recv(12) == b"HTTP/1.1 413"


@pytest.mark.parametrize("why", ["no token", "port taken"])
def test_where_it_cannot_be_the_window_works(
    served: RunningSandbox, platform: Sandbox, tmp_path: Path, why: str
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        till = till_on(taken.getsockname()[1], tmp_path, served.base_url)
        env = {"WITHOUT_TOKEN": "1"} if why == "no token" else {}
        process: subprocess.Popen[str]
        with answering(till, env=env) as process:
            if why == "port taken":
                wait_until(lambda: "no HTTP on port" in log_text(), "the log's line")
            asked = Till(till.config).run("ask", CODE, env={"QT_QPA_PLATFORM": "offscreen"})
            assert (asked.code, asked.err) == (0, "")
            process.terminate()
            assert ended(process).code == 0
