"""The local socket of a running window: what it answers, and what it does not put up with."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("sockets with a path, and signals", allow_module_level=True)

from posmember.report.outcomes import Exit
from posmember.sandbox.app import Sandbox
from posmember.sandbox.server import RunningSandbox
from tests.end2end.conftest import Command
from tests.end2end.links import (
    OFFSCREEN,
    Raw,
    answering,
    conversation,
    hello,
    the_place,
    till_with,
)
from tests.end2end.program import Result, Till, ended
from tests.end2end.waiting import wait_until
from tests.end2end.written import log_text

CODE = "qm0000001"
PERSONAL = ("王小明", "王*明", "13800000001", "0001", "VIP880001", "8600000100", "100001")


def asking(identifier: str = CODE, **more: Any) -> dict[str, Any]:
    return {"protocol": 1, "do": "ask", "identifier": identifier, **more}


@pytest.fixture
def full(served: RunningSandbox, platform: Sandbox, tmp_path: Path) -> Till:
    return till_with(served, tmp_path, "full")


@pytest.fixture
def window(full: Till) -> Iterator[subprocess.Popen[str]]:
    with answering(full) as process:
        yield process


def closed(process: subprocess.Popen[str]) -> Result:
    process.terminate()
    return ended(process)


def alike(report: dict[str, Any]) -> dict[str, Any]:
    """A report without what differs between two moments."""
    for section in report["sections"].values():
        section["ms"] = None
    report["query"]["at"] = None
    return report


PAYMENT = b'{"protocol":1,"do":"look_up","quiet":true,"identifier":"134567890123456789"}\n'
QUESTIONS = (
    (CODE,),
    ("13800000001", "--order-type=delivery", "--amount=58", "--items=3", "--reveal"),
    ("qm0000034", "--amount=20", "--discount=10", "--explain"),
    (CODE, "--store=1002", "--at=2026-12-24T12:00"),
    ("qm9999999",),
    ("1380000000",),
    ("134567890123456789",),
)


def test_ask_is_lookup(
    full: Till, window: subprocess.Popen[str], command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POSMEMBER_CONFIG", str(full.config))
    for question in QUESTIONS:
        asked, looked_up = command("ask", *question), command("lookup", *question, "--json")
        assert (asked.code, asked.err) == (looked_up.code, looked_up.err), question
        if looked_up.out:
            assert alike(json.loads(asked.out)) == alike(json.loads(looked_up.out)), question
        else:
            assert not asked.out
    log = log_text()
    assert not [text for text in PERSONAL if len(text) > 4 and text in log]


def test_the_socket_is_its_users_alone(window: subprocess.Popen[str]) -> None:
    where = the_place()
    assert stat.S_IMODE(Path(where.folder).stat().st_mode) == 0o700
    assert stat.S_IMODE(Path(where.server).stat().st_mode) == 0o600
    assert Path(where.lock).stat().st_uid == os.getuid()
    assert closed(window) == Result(0, "", "")
    assert not list(Path(where.folder).iterdir())


def test_hostile_clients(full: Till, window: subprocess.Popen[str]) -> None:
    """Each of them gets a word, or is left; and the next one is answered as ever."""
    started = time.monotonic()
    half = Raw()
    half.send(b'{"protocol": 1, "do": "hel')
    for data, why in (
        (b'{"do": "hello", "id": 7}\n', "UNKNOWN_PROTOCOL"),
        (b'{"protocol": 99, "do": "hello"}\n', "UNKNOWN_PROTOCOL"),
        (b'{"protocol": 1, "do": "launch"}\n', "UNKNOWN_REQUEST"),
        (b'{"protocol": 1, "do": ["ask"]}\n', "UNKNOWN_REQUEST"),
        (b'{"protocol": 1, "do": "ask", "identifier": 5}\n', "WRONG_VALUE"),
        (b'{"protocol": 1, "do": "ask", "identifier": "\\ud800"}\n', "WRONG_VALUE"),
        (b'{"protocol": 1, "do": "look_up", "amount": -1}\n', "WRONG_VALUE"),
        (
            b'{"protocol": 1, "do": "look_up", "quiet": true, "identifier": "\\u0007"}\n',
            "NOT_TAKEN",
        ),
        (PAYMENT, "NOT_TAKEN"),
        (b"no json\n", "UNREADABLE"),
        (b"\xff\xfe{\x00}\x00\n", "UNREADABLE"),
        (b"[" * 60_000 + b"\n", "UNREADABLE"),
        (b"NaN\n", "UNREADABLE"),
        (b"x" * 70_000, "TOO_LONG"),
        (b"x" * 1_000_000 + b"\n", "TOO_LONG"),
    ):
        with Raw() as client:
            try:
                client.send(data)
            except (BrokenPipeError, ConnectionResetError):
                assert len(data) > 65_536
            answer = client.line()
            assert answer.get("error") == why or (len(data) > 65_536 and not answer), data[:40]
        with conversation() as client:
            known = client.ask({**hello(), "id": "a", "of a later version": [1]})
            assert (known["ok"], known["id"], known["protocols"]) == (True, "a", [1])
    with conversation() as client:  # as a scanner's, they are no part of the code
        assert client.ask(asking("\x02qm0000001\x1d"))["exit"] == 0
    assert half.line()["error"] == "TOO_SLOW"
    assert time.monotonic() - started > 4
    half.socket.close()
    assert closed(window) == Result(0, "", "")


def test_200_clients_at_once(platform: Sandbox, window: subprocess.Popen[str]) -> None:
    clients = [Raw() for _ in range(200)]
    for number, client in enumerate(clients):
        client.send(json.dumps({**hello(), "id": number}).encode() + b"\n")
    assert [client.line()["id"] for client in clients] == list(range(200))
    for client in clients[:40]:
        client.send(json.dumps(asking()).encode() + b"\n")
    assert {client.line()["exit"] for client in clients[:40]} == {0}
    for client in clients:
        client.socket.close()
    assert closed(window) == Result(0, "", "")


def test_a_client_that_never_reads(window: subprocess.Popen[str]) -> None:
    deaf = Raw()
    asks = json.dumps(asking("qm0001000", explain=True)).encode() + b"\n"
    deaf.socket.settimeout(1)
    deaf.send(asks * 8)
    with conversation() as client:
        assert client.ask(hello())["ok"]

    def is_left() -> bool:
        with conversation() as client:
            client.ask(hello())
        return not Path(f"/proc/{window.pid}").exists() or sockets_of(window.pid) <= 1

    wait_until(is_left, "the deaf client to be left")
    deaf.socket.close()
    assert closed(window) == Result(0, "", "")


def sockets_of(pid: int) -> int:
    """How many connections of the socket's clients a window has besides the one that is asking."""
    listed = Path("/proc/net/unix").read_text(encoding="utf-8").splitlines()
    ours = [line.split() for line in listed if line.endswith(the_place().server)]
    return sum(1 for fields in ours if fields[5] == "03") - 1  # SS_CONNECTED


def test_a_client_that_goes_cancels_its_lookup(
    platform: Sandbox, window: subprocess.Popen[str]
) -> None:
    platform.latency_ms = 5_000
    with Raw() as client:
        client.send(json.dumps(asking()).encode() + b"\n")
        wait_until(lambda: bool(platform.calls), "the call")
    platform.latency_ms = 0
    assert closed(window) == Result(0, "", "")


def test_off_says_how_to_switch_it_on(
    served: RunningSandbox, platform: Sandbox, tmp_path: Path
) -> None:
    off = till_with(served, tmp_path, "")
    result = off.run("ask", CODE, env=OFFSCREEN)
    assert result.code == Exit.OTHER
    assert "[beside]" in result.one_line()
    with answering(off), conversation() as client:
        assert client.ask(hello())["programs"] == "off"
        assert client.ask(asking())["error"] == "OFF"
        assert client.ask({"protocol": 1, "do": "subscribe"})["error"] == "OFF"
        handed = client.ask({"protocol": 1, "do": "look_up", "identifier": CODE, "quiet": True})
        assert handed["ok"]
        wait_until(lambda: bool(platform.calls), "the lookup on the screen")


def test_masked_tells_of_nobody(served: RunningSandbox, platform: Sandbox, tmp_path: Path) -> None:
    masked = till_with(served, tmp_path, "masked")
    with answering(masked), conversation() as client:
        told = client.ask(asking("13800000001", amount="58", reveal=True, explain=True))
        report = told["report"]
        assert report["warnings"][0] == {"code": "PROGRAMS_MASKED"}
        assert {each["verdict"] for each in report["coupons"]} > {"usable"}
        assert client.ask({"protocol": 1, "do": "subscribe"})["screen"]["state"] == "nobody"
        client.ask({"protocol": 1, "do": "look_up", "identifier": CODE, "quiet": True})
        events = [json.dumps(told, ensure_ascii=False)]
        while True:
            event = client.next()
            events.append(json.dumps(event, ensure_ascii=False))
            if event["state"] == "found" and event["coupons"] and event["gift_cards"]:
                break
        text = "".join(events)
        assert not [personal for personal in PERSONAL if personal in text]
        nobody = client.ask(asking("qm9999999"))
        assert (nobody["exit"], nobody["words"]) == (Exit.NOT_FOUND, "")


def test_a_subscription(full: Till, window: subprocess.Popen[str]) -> None:
    with conversation() as client:
        client.ask({"protocol": 1, "do": "subscribe", "id": 1})
        order = {"amount": 58.00, "order_type": "delivery", "quiet": True}
        with conversation() as other:
            other.ask({"protocol": 1, "do": "look_up", "identifier": CODE, **order})
        event = client.next()
        while not (event["coupons"] and event["gift_cards"] and event["code"]):
            event = client.next()
        assert event["member"]["name"] == "王*明"
        assert event["coupons"]["usable"] == 3
        assert event["code"] == "860000010001"
        while event["verdict"] != "usable":
            event = client.next()
        with conversation() as other:
            other.ask({"protocol": 1, "do": "look_up", "identifier": "qm9999999", "quiet": True})
        while event["state"] != "failed":
            event = client.next()
        assert event["member"] is None
        assert client.ask({"protocol": 1, "do": "bye"})["ok"]


def test_ask_starts_the_window(full: Till, platform: Sandbox) -> None:
    try:
        result = full.run("ask", CODE, env=OFFSCREEN)
        assert (result.code, result.err) == (0, "")
        assert json.loads(result.out)["member"]["name"] == "王*明"
        with conversation() as client:
            assert client.ask(hello())["ok"]
    finally:
        pid = int(Path(the_place().holder).read_text(encoding="utf-8").split()[0])
        os.kill(pid, signal.SIGTERM)
        wait_until(lambda: not Path(the_place().lock).exists(), "the end of it")
