"""The system asks for the keyring's password, by its own real window, and nobody gives it.

What was to be done is not done, and not by halves; that is said, and nobody is asked again before
somebody asks for it.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from posmember.sandbox.account import OPEN_KEY
from posmember.sandbox.app import Sandbox
from posmember.sandbox.server import RunningSandbox
from tests.end2end.keyrings import PASSWORD, PROMPTER, heard, keyring_daemon, private_bus
from tests.end2end.program import Result, Till, ended
from tests.end2end.waiting import wait_until

if sys.platform != "linux":
    pytest.skip("the Secret Service is Linux's", allow_module_level=True)

from tests.end2end.first_start import FirstStart, play_steps, shows_till, steady, wait_for_start
from tests.end2end.screens import Screen, Window
from tests.end2end.test_window import failure_seen
from tests.end2end.written import keyring_files, log_text

CODE = "qm0000001"
ASKS = "Prompt.Prompt"
QUIET_S = 3.0
"""So long nobody asks again by themselves."""


@pytest.fixture
def bus(tmp_path_factory: pytest.TempPathFactory, screen: Screen) -> Iterator[dict[str, str]]:
    with private_bus(tmp_path_factory.mktemp("bus"), asks_on=screen.name) as environment:
        yield environment


@pytest.fixture
def keyless(till: Till) -> Till:
    """The till with nothing in its environment: its key has to come from the keyring."""
    # The library closes its bus when it is collected, and Python warns of that.
    command = (sys.executable, "-W", "error", "-W", "ignore::ResourceWarning", "-m", "posmember")
    return Till(till.config, open_key="", command=command)


@contextmanager
def locked_keyring(bus: dict[str, str], till: Till) -> Iterator[None]:
    """A keyring that holds the key, and that only its password opens."""
    with keyring_daemon(bus, unlocked=True):
        assert till.run("set-open-key", stdin=OPEN_KEY, env=bus).code == 0
    with keyring_daemon(bus, unlocked=False):
        yield


@contextmanager
def opened(
    till: Till, bus: dict[str, str], screen: Screen
) -> Iterator[tuple[Window, subprocess.Popen[str]]]:
    on_screen = {"DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": ""}
    with till.started("window", env={**bus, **on_screen}) as process:
        yield screen.window_of(process.pid), process


def dismiss(screen: Screen) -> None:
    screen.window_of_program(PROMPTER).press("Escape")
    wait_until(lambda: not screen.shows(PROMPTER), "that it is dismissed")


def unlock(screen: Screen) -> None:
    prompt = screen.window_of_program(PROMPTER)
    prompt.type(PASSWORD)
    prompt.press("Return")
    wait_until(lambda: not screen.shows(PROMPTER), "that it is unlocked")


def stays_quiet(screen: Screen) -> None:
    until = time.monotonic() + QUIET_S
    while time.monotonic() < until:
        assert not screen.shows(PROMPTER), "it asks again, and nobody wanted it to"
        time.sleep(0.05)


def dismissed(
    till: Till, bus: dict[str, str], screen: Screen, *arguments: str, stdin: str = ""
) -> Result:
    """Run a command, and dismiss the one window that asks."""
    with till.started(*arguments, env=bus, stdin=stdin) as process:
        dismiss(screen)
        return ended(process)


def times_locked() -> int:
    """How often the log says that the keyring stayed locked."""
    return log_text().count("KeyringLockedError")


COMMANDS = {
    "reading": ("lookup", CODE),
    "checking": ("doctor",),
    "storing": ("set-open-key",),
    "deleting all": ("setup", "--remove", "--yes"),
    "deleting WeChat Pay's": ("wechat-setup", "remove"),
    "reading supervisors": ("supervisor", "list"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_so_once_and_changes_nothing(
    bus: dict[str, str], keyless: Till, platform: Sandbox, screen: Screen, name: str
) -> None:
    stdin = "another-key" if name == "storing" else ""
    with locked_keyring(bus, keyless):
        before = keyless.config.read_bytes(), keyring_files()
        with heard(bus) as calls:
            result = dismissed(keyless, bus, screen, *COMMANDS[name], stdin=stdin)
        assert calls.count(ASKS) == 1
        assert result.code == 5
        assert "没有解锁" in result.err
        assert "KeyringLocked" in result.err
        assert "Traceback" not in result.err
        assert (keyless.config.read_bytes(), keyring_files()) == before
        assert not platform.calls
        with keyless.started("lookup", CODE, env=bus) as process:
            unlock(screen)
            assert ended(process).code == 0


def test_a_keyring_that_nobody_wants_to_make(
    bus: dict[str, str], keyless: Till, screen: Screen
) -> None:
    with keyring_daemon(bus, unlocked=False):
        result = dismissed(keyless, bus, screen, "set-open-key", stdin=OPEN_KEY)
    assert result.code == 5
    assert "没有解锁" in result.err
    assert keyring_files() == {}


def test_the_window_asks_again_at_a_scan_and_at_f5_and_by_itself_never(
    bus: dict[str, str], keyless: Till, platform: Sandbox, screen: Screen
) -> None:
    with (
        locked_keyring(bus, keyless),
        heard(bus) as calls,
        opened(keyless, bus, screen) as (window, process),
    ):
        dismiss(screen)
        wait_until(lambda: times_locked() == 1, "that it stayed locked")
        stays_quiet(screen)
        window.scan(CODE)
        dismiss(screen)
        wait_until(lambda: times_locked() > 1, "the same at the scan")
        stays_quiet(screen)
        window.press("F5")
        unlock(screen)
        wait_until(lambda: len(platform.calls) >= 3, "the member")
        window.ask_to_close()
        result = ended(process)
        assert (result.code, result.out, result.err) == (0, "", "")
    assert calls.count(ASKS) == 3


def test_the_end_of_the_first_start_is_not_half_done(
    bus: dict[str, str],
    platform: Sandbox,
    served: RunningSandbox,
    screen: Screen,
    tmp_path: Path,
) -> None:
    with keyring_daemon(bus, unlocked=True):
        pass  # there is one, and it is locked
    till = Till(tmp_path / "config.toml", open_key="", command=keyless_command())
    with (
        keyring_daemon(bus, unlocked=False),
        heard(bus) as calls,
        opened(till, bus, screen) as (window, process),
    ):
        start = FirstStart(window, platform, served.base_url, till.config)
        *before, finish, first_scan = start.steps()
        wait_for_start(window)
        play_steps(window, before, lambda *_told: None)
        finish.do()
        dismiss(screen)
        wait_until(lambda: failure_seen(window), "that it is not kept, and 这次开机先用")
        stays_quiet(screen)
        assert not till.config.exists()
        window = screen.window_of(process.pid)  # which has the keyboard again
        window.press("Tab", shift=True)  # from 这次开机先用 back to 完成
        window.press("Return")
        unlock(screen)
        wait_until(till.config.exists, "the configuration")
        wait_until(lambda: shows_till(window), "the till")
        window = screen.window_of(process.pid)
        steady(window)
        window.scan(CODE)
        wait_until(first_scan.done, first_scan.words)
        window.ask_to_close()
        result = ended(process)
        assert (result.code, result.out, result.err) == (0, "", "")
    assert calls.count(ASKS) == 2
    with keyring_daemon(bus, unlocked=True):
        assert till.run("lookup", CODE, env=bus).code == 0


def keyless_command() -> tuple[str, ...]:
    return (sys.executable, "-W", "error", "-W", "ignore::ResourceWarning", "-m", "posmember")
