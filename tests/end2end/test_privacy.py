"""The window as a process: what other programs, and the disk, get to know of a member."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("there is an X server on Linux alone", allow_module_level=True)

from posmember.sandbox.app import Sandbox
from posmember.sandbox.server import RunningSandbox
from tests.end2end.program import LIMIT_S, SOURCE, Till, ended
from tests.end2end.screens import Screen
from tests.end2end.test_window import CODE, any_call, close_and_check, opened, usable_seen
from tests.end2end.waiting import wait_until
from tests.end2end.written import LOG_NAME, files_under

PHONE, NAME, CARD, COUPON = "13800000001", "王小明", "VIP880001", "8600000100"


def clipboard_of(screen: Screen) -> dict[str, Any]:
    """Read the clipboard as any other program of this screen does."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.end2end.clipboard_reader"],
        cwd=SOURCE,
        env={**os.environ, "DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb"},
        stdout=subprocess.PIPE, encoding="utf-8", timeout=LIMIT_S, check=True,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def copied(screen: Screen) -> bool:
    return bool(clipboard_of(screen)["text"])


@pytest.mark.parametrize("how", ["closed", "SIGTERM"])
def test_a_clipboard_manager_is_told_and_the_end_takes_it_off(
    till: Till, platform: Sandbox, screen: Screen, how: str
) -> None:
    with opened(till, screen) as (window, process):
        window.scan(CODE)
        wait_until(lambda: usable_seen(window), "the member")
        window.press("F6")
        window.press("c", control=True)
        wait_until(lambda: copied(screen), "the code on the clipboard")
        told = clipboard_of(screen)
        assert told["text"].isalnum()
        assert told["hint"] == "secret"
        assert told["primary"] == ""
        if how == "closed":
            close_and_check(window, process)
        else:
            process.send_signal(signal.SIGTERM)
            assert ended(process).code == 0
    assert clipboard_of(screen)["formats"] == []


def test_nobody_touches_it_and_it_is_cleared(till: Till, platform: Sandbox, screen: Screen) -> None:
    till.config.write_text(till.config.read_text("utf-8") + "[window]\nclear_after_s = 10\n")
    with opened(till, screen) as (window, process):
        window.scan(CODE)
        wait_until(lambda: usable_seen(window), "the member")
        wait_until(lambda: not usable_seen(window), "the window cleared")
        calls = len(platform.calls)
        window.scan(CODE)
        wait_until(lambda: usable_seen(window), "the same member again")
        assert len(platform.calls) > calls
        close_and_check(window, process)


def test_nothing_of_a_member_is_left_in_the_program(served: RunningSandbox) -> None:
    """Of the client, the connection and the sections neither: all of Python is looked through."""
    codes, needles = (CODE, PHONE), (PHONE, CARD)
    done = subprocess.run(
        [sys.executable, "-m", "tests.end2end.forgetful_window", served.base_url,
         *(code[::-1] for code in codes), "--", *(needle[::-1] for needle in needles)],
        cwd=SOURCE, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE, encoding="utf-8", timeout=LIMIT_S, check=True,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert told == {"shown": True, "qt": [], "python": []}


def test_nothing_of_a_member_is_on_the_disk(
    till: Till, platform: Sandbox, screen: Screen, isolated: Path, tmp_path: Path
) -> None:
    with opened(till, screen) as (window, process):
        for text in (CODE, PHONE, CARD):
            window.scan(text)
            wait_until(partial(any_call, platform, text), "the lookup")
            wait_until(lambda: usable_seen(window), "the member")
        window.press("F6")
        window.press("c", control=True)
        wait_until(lambda: copied(screen), "the code on the clipboard")
        window.press("F2")
        window.type(PHONE)
        window.press("Return")
        close_and_check(window, process)
    files = files_under(isolated, tmp_path)
    assert any(path.name == LOG_NAME for path in files)
    for path, content in files.items():
        for secret in (PHONE, NAME, CARD, COUPON, CODE):
            for coding in ("utf-8", "utf-16-le", "gb18030"):
                assert secret.encode(coding) not in content, f"{secret} in {path.name}"
