"""From nothing to the first scan, by keys and scanner alone.

``python -m tests.end2end.first_start FOLDER``: the program in its own process on a screen of its
own, with a real keyring of its own; prints each step and takes a picture after it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY, STORES
from posmember.sandbox.app import Sandbox
from posmember.sandbox.server import RunningSandbox
from tests.end2end.keyrings import keyring_daemon, private_bus
from tests.end2end.pictures import Picture
from tests.end2end.program import COMMAND, LIMIT_S, SOURCE
from tests.end2end.screens import Screen, Window, virtual_screen, window_manager
from tests.end2end.waiting import wait_until

CODE = "qm0000001"
_TAKES_UP_MS = 400
"""So long it takes at least to lay down the keyboard and take up the scanner."""
_AT_REST = 25
"""So many pictures, some 20 ms apart, of which the last ones show nothing new."""
_RESOURCES = ("-W", "ignore::ResourceWarning")
"""The keyring's library closes its bus when it is collected, and Python warns of that."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a person does.

    Args:
        words: what it is. keys: how many keys are struck by hand; scans come on top.
        done: whether what follows of it is there.
    """

    words: str
    do: Callable[[], None]
    keys: int = 0
    scans: int = 0
    done: Callable[[], bool] = lambda: True


class FirstStart:
    """Plays a person who has the keys, as QR codes or on paper, and a scanner.

    Args:
        window: of the program. platform, base_url: what it is to reach.
        config: where its configuration is to be.
    """

    def __init__(self, window: Window, platform: Sandbox, base_url: str, config: Path) -> None:
        self._window, self._platform, self._config = window, platform, config
        self._base_url = base_url

    def steps(self) -> list[Step]:
        """Return everything, in order."""
        shop = STORES[0]
        return [
            self._press("到「高级」", "Tab", "Tab", "Tab", "space"),
            self._type("会员系统地址", self._base_url, before=("Tab",)),
            self._scan("扫 OpenId 的二维码", OPEN_ID),
            self._scan("扫授权码的二维码", GRANT_CODE),
            self._scan("扫密钥的二维码", OPEN_KEY),
            self._press("下一步", "Tab", "Tab", "Tab", "Return"),
            self._type("门店编码", shop.code),
            self._type("门店编号", str(shop.number), before=("Return",)),
            self._press("下一步", "Return", "Return"),
            self._scan("试扫一个会员码（不查询）", CODE),
            self._press("下一步", "Return"),
            self._press("语言和提示音不改，下一步", "Return", "Return"),
            Step("等连接检查", lambda: None, done=self._is_checked),
            Step("完成", self._finish, keys=1, done=self._is_finished),
            Step("扫第一个会员码", lambda: self._window.scan(CODE), scans=1, done=self._is_asked),
        ]

    def _press(self, words: str, *keys: str) -> Step:
        def do() -> None:
            for key in keys:
                self._window.press(key)

        return Step(words, do, keys=len(keys))

    def _type(self, words: str, text: str, before: tuple[str, ...] = ()) -> Step:
        def do() -> None:
            for key in before:
                self._window.press(key)
            self._window.type(text)

        return Step(words, do, keys=len(before) + len(text))

    def _scan(self, words: str, code: str) -> Step:
        def do() -> None:
            self._window.pause(_TAKES_UP_MS)  # or what was typed last would be a part of it
            self._window.scan(code)

        return Step(words, do, scans=1)

    def _finish(self) -> None:
        assert not self._is_asked(), "no member is looked up before all is set up"
        self._window.press("Return")

    def _is_finished(self) -> bool:
        """Whether it is kept, and the till is back: the page before it drops what is scanned."""
        return self._config.exists() and shows_till(self._window)

    def _is_checked(self) -> bool:
        return {call.api.value for call in list(self._platform.calls)} >= {
            "member_info", "identity", "gift_cards",
        }  # fmt: skip

    def _is_asked(self) -> bool:
        calls = list(self._platform.calls)
        return any(call.params.get("identifierNumber") == CODE for call in calls)


def play(
    window: Window, start: FirstStart, told: Callable[[int, Step, Picture], None]
) -> tuple[int, int]:
    """Play all steps; returns how many keys were struck by hand, and how many codes scanned."""
    wait_for_start(window)
    return play_steps(window, start.steps(), told)


def play_steps(
    window: Window, steps: list[Step], told: Callable[[int, Step, Picture], None]
) -> tuple[int, int]:
    """Play some steps; returns as `play`."""
    steady(window)
    keys = scans = 0
    for number, step in enumerate(steps, 1):
        before = window.picture()
        step.do()
        wait_until(step.done, step.words)
        if step.keys or step.scans:
            wait_until(lambda before=before: window.picture() != before, f"{step.words}: a change")  # type: ignore[misc]
        keys, scans = keys + step.keys, scans + step.scans
        told(number, step, steady(window))
    return keys, scans


def wait_for_start(window: Window) -> None:
    """Wait for the first start: before it is there, the window is at rest as well."""
    wait_until(lambda: not shows_till(window) and _shows_a_page(window), "the first start")


def _shows_a_page(window: Window) -> bool:
    """Whether something lies in the window's place, with its border: not one still blank."""
    picture = window.picture()
    return picture.count_of("panel") > 100_000 and picture.count_of("accent") > 3_000


def shows_till(window: Window) -> bool:
    """Whether the window shows its own page, not one in its place."""
    return window.picture().count_of("window") > 100_000


def steady(window: Window) -> Picture:
    """Wait until the window has come to rest, but for a cursor that blinks; returns its picture.

    Longer than a key takes: the server strikes them one after the other, by itself.
    """
    seen: list[Picture] = []

    def is_steady() -> bool:
        seen.append(window.picture())
        latest = seen[-_AT_REST:]
        return len(latest) == _AT_REST and sum(one not in latest[:-5] for one in latest[-5:]) == 0

    wait_until(is_steady, "a window at rest")
    return seen[-1]


@contextmanager
def new_till(screen: Screen, folder: Path) -> Iterator[tuple[Window, subprocess.Popen[str], Path]]:
    """A till on which nothing is set up, with a keyring that is unlocked; gives its configuration.

    Its home is the environment's.
    """
    config = folder / "config.toml"
    with private_bus(folder / "bus") as bus, keyring_daemon(bus, unlocked=True):
        environment = {
            **os.environ, **bus, "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1",
            "POSMEMBER_CONFIG": str(config), "DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb",
            "WAYLAND_DISPLAY": "",
        }  # fmt: skip
        environment = {name: value for name, value in environment.items() if value}
        command = [*COMMAND[:-2], *_RESOURCES, *COMMAND[-2:], "window"]
        with subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, encoding="utf-8",
        ) as process:  # fmt: skip
            try:
                yield screen.window_of(process.pid), process, config
            finally:
                process.kill()


def save(picture: Picture, path: Path) -> None:
    """Write a picture as PNG."""
    image = QImage(picture.data, picture.width, picture.height, QImage.Format.Format_RGB32)
    image.save(str(path))


def main(folder: Path) -> int:
    """Play it, print the steps and make the pictures; returns the exit code."""
    folder.mkdir(parents=True, exist_ok=True)

    def tell(number: int, step: Step, picture: Picture) -> None:
        path = folder / f"{number:02}.png"
        save(picture, path)
        sys.stdout.write(
            f"{number:2}  {step.words}: {step.keys} keys, {step.scans} scans  {path}\n"
        )

    with (
        tempfile.TemporaryDirectory(prefix="posmember-first-start-") as home,
        virtual_screen() as name,
        window_manager(name),
        RunningSandbox() as running,
    ):
        for variable in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            os.environ[variable] = home
        screen = Screen(name)
        with new_till(screen, Path(home)) as (window, process, config):
            start = FirstStart(window, running.sandbox, running.base_url, config)
            keys, scans = play(window, start, tell)
            window.ask_to_close()
            process.wait(LIMIT_S)
        screen.close()
    sys.stdout.write(f"{keys} keys by hand, {scans} scans\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
