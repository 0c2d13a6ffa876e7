"""A member identified by a secret, in the real window, with real keys, before a real server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from posmember.sandbox.account import PASSWORD
from posmember.sandbox.app import Sandbox
from posmember.sandbox.faults import Api
from tests.end2end.program import Till, ended
from tests.end2end.waiting import wait_until

if sys.platform != "linux":
    pytest.skip("there is an X server on Linux alone", allow_module_level=True)

from tests.end2end.screens import Screen, Window
from tests.end2end.test_window import failure_seen, usable_seen
from tests.end2end.written import home_files

PHONE = "13800000001"
CARD, INNER = "VIP880001", "INNER880001"
PERSON = (0.0, 0.08, 0.29, 0.2)


@contextmanager
def opened(
    till: Till, screen: Screen, platform: Sandbox
) -> Iterator[tuple[Window, subprocess.Popen[str]]]:
    """A window that is ready for every key: somebody without a coupon was looked up in it."""
    env = {"DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": ""}
    with till.started("window", env=env) as process:
        window = screen.window_of(process.pid)
        blank = window.picture().part(*PERSON)
        window.scan("qm0000002")
        wait_until(lambda: len(platform.calls) >= 3, "the lookup")
        wait_until(lambda: window.picture().part(*PERSON) != blank, "somebody")
        platform.calls.clear()
        yield window, process


def open_sheet(window: Window) -> None:
    before = window.picture()
    window.press("F11")
    accents = before.count_of("accent")
    wait_until(lambda: window.picture().count_of("accent") > accents + 500, "the sheet")


def asked(platform: Sandbox, api: Api) -> list[dict[str, object]]:
    return [dict(call.params) for call in list(platform.calls) if call.api is api]


def written_of_the_till() -> str:
    return b"".join(home_files().values()).decode("utf-8", "replace")


def test_by_account_and_password(till: Till, platform: Sandbox, screen: Screen) -> None:
    with opened(till, screen, platform) as (window, process):
        open_sheet(window)
        window.type(PHONE)
        window.press("Return")
        window.type("Wrong-1")
        window.press("Return")
        wait_until(lambda: len(asked(platform, Api.IDENTITY)) == 1, "the first try")
        assert asked(platform, Api.MEMBER_INFO) == []
        wait_until(lambda: failure_seen(window), "the word on it, and the field for another try")
        window.type(PASSWORD)
        window.press("Return")
        wait_until(lambda: usable_seen(window), "the member")
        window.ask_to_close()
        result = ended(process)
    assert (result.code, result.out, result.err) == (0, "", "")
    tries = [(each["type"], each.get("password")) for each in asked(platform, Api.IDENTITY)]
    assert tries[:2] == [("1", "Wrong-1"), ("1", PASSWORD)]
    assert [each["identifierNumber"] for each in asked(platform, Api.MEMBER_INFO)] == ["100001"]
    written = written_of_the_till()
    assert "Wrong-1" not in written
    assert PASSWORD not in written
    assert PHONE not in written


def test_by_a_card_reader(till: Till, platform: Sandbox, screen: Screen) -> None:
    with opened(till, screen, platform) as (window, process):
        open_sheet(window)
        window.scan("qm0000002")  # nobody's, while a password is asked for
        window.press("F11")
        window.scan(CARD)
        window.scan(INNER)
        wait_until(lambda: usable_seen(window), "the member")
        window.scan("qm0000003")
        wait_until(lambda: len(asked(platform, Api.MEMBER_INFO)) == 2, "the next customer")
        window.ask_to_close()
        result = ended(process)
    assert (result.code, result.out, result.err) == (0, "", "")
    first = asked(platform, Api.IDENTITY)[0]
    assert (first["type"], first["card_number"], first["card_password"]) == ("2", CARD, INNER)
    codes = [each["identifierNumber"] for each in asked(platform, Api.MEMBER_INFO)]
    assert codes == ["100001", "qm0000003"]
    assert INNER not in written_of_the_till()
