"""`posmember sandbox`, `posmember demo`, wrong use, as processes of their own."""

from __future__ import annotations

import re
import signal
import sys

import pytest

from posmember import __version__
from posmember.cli.demo import TOUR
from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY
from tests.end2end.conftest import Command
from tests.end2end.pictures import Picture
from tests.end2end.program import Till, ended, write_config

LISTENING = re.compile(r"sandbox platform listening on (http://127\.0\.0\.1:(\d+))\n")


@pytest.mark.skipif(sys.platform == "win32", reason="these signals cannot be sent there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_sandbox_serves_until_a_signal(
    till: Till, number: signal.Signals, command: Command
) -> None:
    with till.started("sandbox", "--fault", "identity=refused:1") as process:
        assert process.stdout is not None
        found = LISTENING.fullmatch(process.stdout.readline())
        assert found
        write_config(till.config, found[1])
        first, second = command("lookup", "qm0000001"), command("lookup", "qm0000001")
        process.send_signal(number)
        result = ended(process)
    assert (first.code, second.code, second.err) == (0, 0, "")
    assert first.one_line().startswith("posmember: identity: ")
    assert (result.code, result.err) == (0, "")
    assert all(text in result.out for text in (OPEN_ID, GRANT_CODE, OPEN_KEY))


def test_the_sandbox_on_a_port_of_ones_choice(till: Till, closed_port: str) -> None:
    port = closed_port.rpartition(":")[2]
    result = till.run("sandbox", "--port", port)
    assert result.code == 2  # the fixture holds the port
    assert f"port {port}" in result.one_line()


def test_the_list_of_members(command: Command) -> None:
    result = command("sandbox", "--list")
    assert (result.code, result.err) == (0, "")
    listed = result.out.splitlines()
    assert any(line.startswith("qm0000001    13800000001  王小明") for line in listed)
    assert all(any(line.startswith(code) for line in listed) for code in TOUR if code[:3] == "qm0")
    assert any(line.startswith("VIP880001 ") for line in listed), "a membership card"


def test_a_wrong_fault_is_2(command: Command) -> None:
    result = command("sandbox", "--fault", "all=oops")
    assert (result.code, result.out) == (2, "")
    assert "no kind 'oops'" in result.one_line()


def test_the_demo_where_nobody_can_look(till: Till) -> None:
    offscreen = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    result = till.run("demo", "--fault", "gift_cards=http500:1", env=offscreen)
    assert (result.code, result.err) == (0, "")
    first, *lines = result.out.splitlines()
    assert "离屏" in first
    names = [*TOUR, "F10"]
    assert [line.partition(": ")[0] for line in lines] == names
    pictures = [Picture.load(line.partition(": ")[2]) for line in lines]
    assert all(picture.colours() > 50 for picture in pictures)
    assert len({picture.data for picture in pictures}) == len(names), "each shows something else"


def test_the_demo_says_what_is_wrong_with_a_fault(till: Till) -> None:
    result = till.run("demo", "--fault", "all=oops", env={"QT_QPA_PLATFORM": "offscreen"})
    assert (result.code, result.out) == (2, "")
    assert "no kind 'oops'" in result.one_line()


def test_the_version(command: Command) -> None:
    result = command("--version")
    assert (result.code, result.out) == (0, f"posmember {__version__}\n")


@pytest.mark.parametrize(
    "name",
    [
        "window", "demo", "lookup", "sandbox", "doctor", "set-open-key", "wechat-setup",
        "wechat-card", "supervisor",
    ],
)  # fmt: skip
def test_every_command_explains_itself(command: Command, name: str) -> None:
    result = command(name, "--help")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"usage: posmember {name}")
    assert name in command("--help").out


@pytest.mark.parametrize("arguments", [["look"], ["--colour"], ["window", "--language", "fr"]])
def test_wrong_use_is_2_and_one_line(command: Command, arguments: list[str]) -> None:
    result = command(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.one_line().startswith("posmember")
