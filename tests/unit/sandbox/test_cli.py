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
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from posmember.sandbox import cli
from posmember.sandbox.account import (
    BRAND_ID,
    CARD_ID,
    GRANT_CODE,
    MCHID,
    MERCHANT_SERIAL,
    OPEN_ID,
    OPEN_KEY,
    PUBLIC_KEY_ID,
    RELAY_TOKEN,
    ROTATED_KEY_ID,
)
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
    assert args.wechat_keys is None


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
        (["--latency-ms", "9" * 5_000], "from 0 to 600000"),
        (["--clock-offset-s", "1e9"], "from 0 to 2000000000"),
        (["--clock-offset-s", "-2000000001"], "from 0 to 2000000000"),
        (["--sign-keys", "kebab"], "invalid choice"),
        (["--fault", "identity=wx_old"], "is for wechat_get, wechat_set alone"),
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


def test_the_list_of_cards_comes_after_the_members(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(parse("--list")) == 0
    lines = capsys.readouterr().out.splitlines()
    title = next(index for index, line in enumerate(lines) if line.startswith("WeChat brand card"))
    assert all(not line.startswith("qm") for line in lines[title:])
    first, *others = lines[title + 1 :]
    assert first.split()[:3] == ["VIP880001", "oSandbox_openid-000000000001", "金卡会员"]
    assert "every field" in first
    assert len(others) >= 15
    assert all(re.match(r"\S+ +oSandbox_openid-\d{12}  \S", line) for line in others)
    assert all(line.isprintable() for line in others)


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


@pytest.mark.skipif(sys.platform == "win32", reason="this signal cannot be sent there")
def test_it_writes_the_keys_for_a_till(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    with started("--wechat-keys", str(folder)) as (process, base_url):
        private = load_pem_private_key((folder / "apiclient_key.pem").read_bytes(), None)
        process.send_signal(signal.SIGTERM)
        assert process.stdout is not None
        out = process.stdout.read()
        assert process.wait(timeout=20) == 0
    assert isinstance(private, rsa.RSAPrivateKey)
    for path in folder.iterdir():
        assert sum(str(path) in line for line in out.splitlines()) == 1
    for text in (MCHID, MERCHANT_SERIAL, PUBLIC_KEY_ID, ROTATED_KEY_ID, BRAND_ID, CARD_ID):
        assert text in out
    assert f"{RELAY_TOKEN} (at {base_url}/relay)" in out


def test_a_folder_is_told_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [path.parent for path in cli._write_keys(Path("keys"))] == [tmp_path / "keys"] * 3


def test_without_the_option_it_tells_how_to_get_them(capsys: pytest.CaptureFixture[str]) -> None:
    cli._announce("http://127.0.0.1:1")
    out = capsys.readouterr().out
    assert "--wechat-keys FOLDER" in out
    assert RELAY_TOKEN not in out


def test_keys_that_cannot_be_written_are_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.touch()
    assert cli.run(parse("--wechat-keys", str(file))) == 6
    captured = capsys.readouterr()
    assert captured.err.startswith(f"posmember sandbox: cannot write keys to {file}: ")
    assert (captured.err.count("\n"), captured.out) == (1, "")


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("192.0.2.1", "Cannot assign requested address"),
        ("nobody.invalid", ""),
        ("a..b", "no name of a host"),
        ("\udcff", "no name of a host"),
        ("a\nb", ""),
    ],
)
def test_a_host_that_cannot_be_listened_on(
    host: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(parse("--host", host)) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("posmember sandbox: cannot listen on ")
    assert "while attempting" not in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""
    if sys.platform == "linux":
        assert reason in captured.err


def test_a_taken_port_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert cli.run(parse("--port", str(port))) == 2
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
    late = "{'cryptography', 'starlette', 'uvicorn'}"
    code = f"import sys, posmember.sandbox.cli; print(sorted({late} & set(sys.modules)))"
    process = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert process.stdout.strip() == "[]"
