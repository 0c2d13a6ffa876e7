"""A keyring that is not there yet, empty, or silent: nobody is asked, and nothing hangs on it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from posmember.sandbox.account import OPEN_KEY
from posmember.sandbox.app import Sandbox
from posmember.ui import threads
from tests.end2end.keyrings import heard, keyring_daemon, private_bus
from tests.end2end.program import WAITS_FOR_KEYRING, Till, ended
from tests.end2end.waiting import wait_until

if sys.platform != "linux":
    pytest.skip("the Secret Service is Linux's", allow_module_level=True)

from tests.end2end.first_start import shows_till
from tests.end2end.screens import Screen, Window
from tests.end2end.written import keyring_files, log_text

CODE = "qm0000001"
ONLY_LOOKS = {"DBus.Properties.Get"}
"""Asking whether there is a collection."""


@pytest.fixture
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with private_bus(tmp_path_factory.mktemp("bus")) as environment:
        yield environment


@pytest.fixture
def keyless(till: Till) -> Till:
    """The till with nothing in its environment: its key has to come from the keyring."""
    # The library closes its bus when it is collected, and Python warns of that.
    command = (sys.executable, "-W", "error", "-W", "ignore::ResourceWarning", "-m", "posmember")
    return Till(till.config, open_key="", command=command)


@contextmanager
def opened(
    till: Till, bus: dict[str, str], screen: Screen
) -> Iterator[tuple[Window, subprocess.Popen[str]]]:
    on_screen = {"DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": ""}
    with till.started("window", env={**bus, **on_screen}) as process:
        yield screen.window_of(process.pid), process


def close(window: Window, process: subprocess.Popen[str]) -> None:
    window.ask_to_close()
    result = ended(process)
    assert (result.code, result.out, result.err) == (0, "", "")


# --- no keyring has been made yet ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("lookup", CODE), 5),
        (("doctor",), 5),
        (("wechat-setup", "show"), 3),
        (("wechat-setup", "remove"), 0),
        (("wechat-card", "get", CODE, "--openid", "o" * 28), 5),
        (("supervisor", "list"), 0),
        (("supervisor", "remove", "1001"), 3),
    ],
    ids=str,
)
def test_reading_makes_none(
    bus: dict[str, str], keyless: Till, arguments: tuple[str, ...], code: int
) -> None:
    with keyring_daemon(bus, unlocked=False), heard(bus) as calls:
        assert keyless.run(*arguments, env=bus).code == code
    assert set(calls) == ONLY_LOOKS
    assert keyring_files() == {}


def test_the_window_makes_none(
    bus: dict[str, str], keyless: Till, platform: Sandbox, screen: Screen
) -> None:
    with (
        keyring_daemon(bus, unlocked=False),
        heard(bus) as calls,
        opened(keyless, bus, screen) as (window, process),
    ):
        wait_until(lambda: log_text().count("KeyMissingError") == 1, "that there is no key")
        window.scan(CODE)  # while the key is asked for: it is nobody's
        wait_until(lambda: log_text().count("KeyMissingError") == 2, "no key at the scan")
        window.press("F5")
        wait_until(lambda: log_text().count("KeyMissingError") == 3, "no key at F5")
        window.press("F10")
        close(window, process)
    assert set(calls) == ONLY_LOOKS
    assert keyring_files() == {}
    assert not platform.calls


def test_with_the_key_in_the_environment_no_keyring_is_asked_anything(
    bus: dict[str, str], till: Till, platform: Sandbox, screen: Screen
) -> None:
    with keyring_daemon(bus, unlocked=True):
        with heard(bus) as calls, opened(till, bus, screen) as (window, process):
            window.scan(CODE)
            wait_until(lambda: len(platform.calls) >= 3, "the member")
            window.scan("qm0000002")
            wait_until(lambda: len(platform.calls) >= 6, "the next one")
            close(window, process)
        assert calls == []


# --- filled later --------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["F5", "the next scan"])
def test_a_key_that_is_kept_later_needs_no_restart(
    bus: dict[str, str], keyless: Till, platform: Sandbox, screen: Screen, way: str
) -> None:
    with keyring_daemon(bus, unlocked=True), opened(keyless, bus, screen) as (window, process):
        scan_in_vain(window, "no open key is stored")
        assert keyless.run("set-open-key", stdin=OPEN_KEY, env=bus).code == 0
        wait_until(lambda: not shows_till(window), "that the key is asked for")
        if way == "F5":
            window.press("F5")
        else:
            window.scan("qm0000002")  # while the key is asked for: it is nobody's
        wait_until(lambda: shows_till(window), "that nobody is asked for the key any more")
        window.scan("qm0000003")
        wait_until(lambda: any_call(platform, "qm0000003"), "the member")
        assert not any_call(platform, "qm0000002")
        close(window, process)


def scan_in_vain(window: Window, words: str) -> None:
    """Scan behind the start's own try: one of both alone is told where they come together."""
    wait_until(lambda: words in log_text(), f"at the start: {words}")
    told = log_text().count(words)
    window.scan(CODE)
    wait_until(lambda: log_text().count(words) > told, f"at the scan: {words}")


def any_call(platform: Sandbox, code: str) -> bool:
    return any(call.params.get("identifierNumber") == code for call in list(platform.calls))


def test_a_service_that_starts_later_needs_no_restart(
    bus: dict[str, str], keyless: Till, platform: Sandbox, screen: Screen
) -> None:
    """The library looks for keyrings once, and there was none."""
    bus["PYTHON_KEYRING_BACKEND"] = ""
    with keyring_daemon(bus, unlocked=True):
        assert keyless.run("set-open-key", stdin=OPEN_KEY, env=bus).code == 0
    with opened(keyless, bus, screen) as (window, process):
        scan_in_vain(window, "no system keyring")
        with keyring_daemon(bus, unlocked=True):
            window.scan("qm0000002")
            wait_until(lambda: len(platform.calls) >= 3, "the member")
        close(window, process)


def test_a_keyring_that_is_unlocked_later_needs_no_restart(
    bus: dict[str, str], keyless: Till, platform: Sandbox, screen: Screen
) -> None:
    with keyring_daemon(bus, unlocked=True):
        assert keyless.run("set-open-key", stdin=OPEN_KEY, env=bus).code == 0
    with opened(keyless, bus, screen) as (window, process):
        with keyring_daemon(bus, unlocked=False):
            scan_in_vain(window, "KeyringLockedError")
        with keyring_daemon(bus, unlocked=True):
            window.press("F5")
            wait_until(lambda: len(platform.calls) >= 3, "the member")
        close(window, process)


# --- silent --------------------------------------------------------------------------------------


@contextmanager
def silent_keyring(bus: dict[str, str], till: Till) -> Iterator[Callable[[], None]]:
    """A keyring with the key, silent until the function that this gives is called."""
    with keyring_daemon(bus, unlocked=True) as daemon:
        assert till.run("set-open-key", stdin=OPEN_KEY, env=bus).code == 0
        daemon.send_signal(signal.SIGSTOP)
        yield lambda: daemon.send_signal(signal.SIGCONT)


def test_a_silent_keyring_is_waited_for_some_seconds_and_that_is_said(
    bus: dict[str, str], keyless: Till, platform: Sandbox
) -> None:
    with silent_keyring(bus, keyless):
        began_at = time.monotonic()
        with (
            keyless.started("lookup", CODE, env=bus) as looking,
            keyless.started("doctor", env=bus) as checking,
        ):
            assert looking.stderr is not None
            assert WAITS_FOR_KEYRING in looking.stderr.readline()
            assert looking.poll() is None, "it is said while it waits"
            results = [ended(looking), ended(checking)]
        # How long at most, and after how long it is said, is told in test_keyring_wait.py.
        assert time.monotonic() - began_at > 9
    for result in results:
        assert result.code == 5
        assert result.one_line().startswith("posmember: 系统密钥库没有回应")
    assert results[1].waited
    assert not platform.calls


def test_the_window_says_so_and_goes_on_when_it_answers(
    bus: dict[str, str], keyless: Till, platform: Sandbox, screen: Screen
) -> None:
    with (
        silent_keyring(bus, keyless) as answer,
        opened(keyless, bus, screen) as (window, process),
    ):
        window.scan(CODE)
        wait_until(lambda: "KeyringSilentError" in log_text(), "the word")
        assert not platform.calls
        answer()
        wait_until(lambda: len(platform.calls) >= 3, "the member, without another scan")
        close(window, process)


def test_the_window_closes_though_the_keyring_is_silent(
    bus: dict[str, str], keyless: Till, screen: Screen
) -> None:
    with silent_keyring(bus, keyless), opened(keyless, bus, screen) as (window, process):
        window.scan(CODE)
        close(window, process)  # and it is silent until after that
    assert threads._ENDS_WITHIN_S < 5
