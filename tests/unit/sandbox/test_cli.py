"""The command: options, the list, and the real process from its first line to its end."""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from posmember.sandbox import cli
from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY
from tests.unit.sandbox.caller import Caller

PROGRAM = """
import argparse, sys
from posmember.sandbox import cli
parser = argparse.ArgumentParser()
cli.add_arguments(parser)
sys.exit(cli.run(parser.parse_args()))
"""
WITHOUT_UVICORN = "import sys; sys.modules['uvicorn'] = None\n" + PROGRAM
ADDRESS = re.compile(r"sandbox platform listening on (http://127\.0\.0\.1:\d+)\n")


def environment() -> dict[str, str]:
    """Ours, in which a child finds the package wherever it is started."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def parse(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)
    return parser.parse_args(arguments)


def test_defaults() -> None:
    args = parse()
    assert (args.host, args.port, args.latency_ms, args.fault) == ("127.0.0.1", 0, 0, [])
    assert (args.sign_keys, args.clock_offset_s, args.list) == ("camel", 0, False)


def test_options() -> None:
    args = parse(
        *("--port", "8620", "--latency-ms", "80", "--sign-keys", "either"),
        *("--fault", "all=cut:1", "--fault", "identity=slow50", "--clock-offset-s", "-400"),
    )
    assert (args.port, args.latency_ms, args.sign_keys) == (8620, 80, "either")
    assert (args.fault, args.clock_offset_s) == (["all=cut:1", "identity=slow50"], -400)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--fault", "all=oops"], "no kind 'oops'; kinds: httpNNN"),
        (["--port", "65536"], "from 0 to 65535"),
        (["--port", "-1"], "from 0 to 65535"),
        (["--latency-ms", "1.5"], "from 0 to 600000"),
        (["--sign-keys", "kebab"], "invalid choice"),
    ],
)
def test_wrong_options_are_explained(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        parse(*arguments)
    assert words in capsys.readouterr().err


def test_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(parse("--list")) == 0
    lines = capsys.readouterr().out.splitlines()
    first = next(line for line in lines if line.startswith("qm0000001"))
    assert first.split()[1:3] == ["13800000001", "王小明"]
    assert "10 coupons" in first
    assert sum(line.startswith(("qm", "- ")) for line in lines) >= 24


def test_the_list_on_a_console_without_chinese() -> None:
    process = subprocess.run(
        [sys.executable, "-c", PROGRAM, "--list"],
        env={**environment(), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
        timeout=30,
    )
    assert b"qm0000001    13800000001  ???" in process.stdout


@contextmanager
def started(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-W", "error", "-c", PROGRAM, *arguments]
    with subprocess.Popen(
        command,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            found = ADDRESS.fullmatch(line)
            assert found, line
            yield process, found[1]
        finally:
            process.kill()


async def meet_the_fault(base_url: str) -> None:
    async with httpx.AsyncClient(base_url=base_url, trust_env=False) as client:
        caller = Caller(client, time.time())
        with pytest.raises(httpx.RemoteProtocolError):
            await caller.call("identity")
        assert (await caller.call("identity")).json()["code"] == "0"


@pytest.mark.skipif(sys.platform == "win32", reason="these signals cannot be sent there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_told_to_end(number: signal.Signals) -> None:
    with started("--fault", "all=cut:1") as (process, base_url):
        asyncio.run(meet_the_fault(base_url))
        process.send_signal(number)
        assert process.stdout is not None
        assert process.stderr is not None
        out, err = process.stdout.read(), process.stderr.read()
        assert (process.wait(timeout=20), err) == (0, "")
    assert base_url in out
    assert all(text in out for text in (OPEN_ID, GRANT_CODE, f"POSMEMBER_OPEN_KEY={OPEN_KEY}"))


def test_a_taken_port_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert cli.run(parse("--port", str(port))) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith(f"posmember sandbox: cannot listen on 127.0.0.1 port {port}: ")
    assert captured.err.count("\n") == 1
    assert captured.out == ""


def test_without_the_extra_one_line_says_what_to_do() -> None:
    process = subprocess.run(
        [sys.executable, "-c", WITHOUT_UVICORN],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert process.returncode == 2
    assert process.stderr == (
        "posmember sandbox: uvicorn is missing: install posmember with its extra 'sandbox'\n"
    )


def test_the_command_line_loads_no_server_before_it_needs_one() -> None:
    code = "import sys, posmember.sandbox.cli; print({'starlette', 'uvicorn'} & set(sys.modules))"
    process = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert process.stdout.strip() == "set()"
