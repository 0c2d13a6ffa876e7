"""The window as a process on a screen of its own: real keys in, pixels out, every way to end."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from posmember.sandbox.account import OPEN_KEY
from posmember.sandbox.app import Sandbox
from posmember.sandbox.faults import Api
from tests.end2end.pictures import Picture
from tests.end2end.program import Till, ended, write_config
from tests.end2end.waiting import wait_until

if sys.platform != "linux":
    pytest.skip("there is an X server on Linux alone", allow_module_level=True)

from tests.end2end.screens import Screen, Window, virtual_screen
from tests.end2end.written import log_text

CODE = "qm0000001"
CALLS = {Api.MEMBER_INFO, Api.IDENTITY, Api.GIFT_CARDS}
"""What a lookup asks for."""
COLUMNS = {"person": (0.0, 0.29), "coupons": (0.29, 0.73), "gift cards": (0.73, 1.0)}
TOP, BOTTOM = 0.2, 0.95
ORDER = (0.0, 0.0, 0.7, 0.14)


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with virtual_screen() as name:
        screen = Screen(name)
        yield screen
        screen.close()


@contextmanager
def opened(till: Till, screen: Screen) -> Iterator[tuple[Window, subprocess.Popen[str]]]:
    on_screen = {"DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": ""}
    with till.started("window", env=on_screen) as process:
        yield screen.window_of(process.pid), process


def column(picture: Picture, name: str) -> Picture:
    left, right = COLUMNS[name]
    return picture.part(left, TOP, right, BOTTOM)


def usable_seen(window: Window) -> bool:
    """Whether something is told to be usable: green means nothing else."""
    return column(window.picture(), "coupons").count_of("usable") > 50


def failure_seen(window: Window) -> bool:
    """Whether something is said in red."""
    return window.picture().count_of("error") > 20


def close_and_check(window: Window, process: subprocess.Popen[str]) -> None:
    window.ask_to_close()
    result = ended(process)
    assert (result.code, result.out, result.err) == (0, "", "")


def test_a_scan_is_looked_up_and_shown(till: Till, platform: Sandbox, screen: Screen) -> None:
    with opened(till, screen) as (window, process):
        assert not usable_seen(window)
        window.scan(CODE)
        wait_until(lambda: usable_seen(window), "a usable coupon in green")
        # Gift cards are asked for by what member-info tells, which is shown as soon.
        wait_until(lambda: calls_of(platform) == CALLS, "all of it to be asked for")
        codes = {call.params.get("identifierNumber") for call in platform.calls} - {None}
        assert codes == {CODE}
        close_and_check(window, process)
    text = log_text()
    assert CODE not in text
    assert OPEN_KEY not in text


AMOUNT = (0.6, 0.008, 0.7, 0.068)
"""The part of the window that shows the amount."""


def test_a_scan_while_the_amount_has_the_keyboard_takes_it_out(
    till: Till, platform: Sandbox, screen: Screen
) -> None:
    with opened(till, screen) as (window, process):
        window.scan(CODE)
        wait_until(lambda: usable_seen(window), "the first member")
        unmarked = window.picture().part(*AMOUNT)
        window.press("F8")
        wait_until(lambda: window.picture().part(*AMOUNT) != unmarked, "the keyboard")
        blank = window.picture().part(*AMOUNT)
        window.type("64")
        wait_until(lambda: len(platform.calls) >= 6, "the refresh for the amount")
        window.scan("qm0000002")
        wait_until(lambda: any_call(platform, "qm0000002"), "the second lookup")
        wait_until(lambda: not usable_seen(window), "the second member, who has no coupon")
        # The cursor blinks: the field is blank again when a picture of it says so.
        wait_until(lambda: window.picture().part(*AMOUNT) == blank, "the amount gone")
        window.scan(CODE)
        wait_until(lambda: usable_seen(window), "the first member again")
        close_and_check(window, process)
    assert not any_call(platform, "64")


def calls_of(platform: Sandbox) -> set[Api]:
    return {call.api for call in list(platform.calls)}


def any_call(platform: Sandbox, code: str) -> bool:
    return any(call.params.get("identifierNumber") == code for call in list(platform.calls))


def test_capitals_and_typing_by_hand(till: Till, platform: Sandbox, screen: Screen) -> None:
    with opened(till, screen) as (window, process):
        window.scan("VIP880005")
        wait_until(lambda: any_call(platform, "VIP880005"), "the scanned card number")
        window.press("F2")
        window.type(CODE)
        window.press("Return")
        wait_until(lambda: any_call(platform, CODE), "the typed code")
        wait_until(lambda: usable_seen(window), "the member")
        close_and_check(window, process)


@pytest.mark.parametrize("how", ["asked by the window manager", "SIGTERM", "SIGINT"])
def test_closing_in_mid_lookup(till: Till, platform: Sandbox, screen: Screen, how: str) -> None:
    platform.latency_ms = 20_000
    with opened(till, screen) as (window, process):
        window.scan(CODE)
        wait_until(lambda: bool(platform.calls), "the first call")
        if how.startswith("SIG"):
            process.send_signal(signal.Signals[how])
        else:
            window.ask_to_close()
        result = ended(process)
    assert (result.code, result.out, result.err) == (0, "", "")


def test_a_payment_code_goes_nowhere(till: Till, platform: Sandbox, screen: Screen) -> None:
    code = "134567890123456789"
    with opened(till, screen) as (window, process):
        before = window.picture()
        window.scan(code)
        wait_until(
            lambda: window.picture().part(0, 0.1, 1, 0.25) != before.part(0, 0.1, 1, 0.25),
            "the word",
        )
        close_and_check(window, process)
    assert not platform.calls
    assert code not in log_text()


def test_without_a_configuration_the_window_says_so(
    till: Till, platform: Sandbox, screen: Screen, closed_port: str
) -> None:
    write_config(till.config, closed_port, platform="colour = 1")
    with opened(till, screen) as (window, process):
        wait_until(lambda: failure_seen(window), "the error's mark")
        close_and_check(window, process)
    assert "platform.colour is no key" in log_text()
    assert not platform.calls
