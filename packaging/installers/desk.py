"""A till's desk over a fresh Debian: a screen, a hand at the scanner, a message bus, a keyring."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dev_run import StepError, execute_quietly

from installers import environment
from installers.debian import CASHIER, Debian
from installers.places import NAME
from installers.wine import screen

if TYPE_CHECKING:
    from tests.end2end.pictures import Picture
    from tests.end2end.screens import Window

MEMBER: Final = "qm0000001"
_GREEN_PIXELS: Final = 50
_ENDS_WITHIN_S: Final = 30.0
_BUS: Final = "unix:path=/home/cashier/bus"


class Desk:
    """What stands there, and who sits at it.

    Args:
        pictures: the folder of what was seen.
    """

    def __init__(self, debian: Debian, display: str, pictures: Path) -> None:
        from tests.end2end.screens import Screen

        self._debian = debian
        self._pictures = pictures
        self._screen = Screen(display)
        self._running = ExitStack()
        self.session = {
            "DISPLAY": display,
            "DBUS_SESSION_BUS_ADDRESS": _BUS,
            "XDG_CURRENT_DESKTOP": "GNOME",
        }

    def close(self) -> None:
        """End what runs, and leave the screen."""
        self._running.close()
        self._screen.close()

    def log_in(self) -> None:
        """Start the session's bus, and the keyring, unlocked as at any login."""
        bus = self._start("dbus-daemon", "--session", "--nofork", f"--address={_BUS}",
                          "--print-address")  # fmt: skip
        assert bus.stdout is not None
        if not bus.stdout.readline().strip():
            raise StepError("the message bus did not start")
        keyring = self._start(
            "gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock"
        )
        assert keyring.stdin is not None
        keyring.stdin.write("a-password")
        keyring.stdin.close()

    def serve(self) -> str:
        """Start the sandbox, beside the package whose end it has to survive; gives its address."""
        command: list[str | Path] = [environment.PYTHON, "-u", "-m", NAME, "sandbox", "--port", "0"]
        serving = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self._running.callback(serving.communicate)
        self._running.callback(serving.kill)
        assert serving.stdout is not None
        for line in serving.stdout:
            if "listening on " in line:
                return line.rpartition(" ")[2].strip()
        raise StepError("the sandbox did not start")

    @contextmanager
    def managed(self) -> Iterator[Desk]:
        """The same desk with another screen and a window manager, without which nobody types."""
        from tests.end2end.screens import window_manager

        with screen() as display, window_manager(display):
            made = Desk(self._debian, display, self._pictures)
            try:
                yield made
            finally:
                made.close()

    @contextmanager
    def till(self, title: str) -> Iterator[Callable[[], str]]:
        """Open a till's own program with one field, of this machine; gives what tells its text."""
        command = (sys.executable, "-m", "tests.end2end.plain_till", title)
        environment = {**os.environ, **self.session, "QT_QPA_PLATFORM": "xcb"}
        with subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:

            def ask() -> str:
                assert process.stdin is not None
                assert process.stdout is not None
                process.stdin.write("?\n")
                process.stdin.flush()
                return str(json.loads(process.stdout.readline()))

            try:
                assert process.stdout is not None
                process.stdout.readline()  # its window
                yield ask
            finally:
                process.kill()

    def bring_to_front(self, shown: Shown) -> None:
        """Give the program's window the keyboard, as a click on it does. Only where managed."""
        from posmember.ui.beside.typing.x11 import X11Desk
        from tests.end2end.waiting import wait_until

        desk = X11Desk(self.session["DISPLAY"])
        (own,) = [each for each in desk.windows() if each.handle == shown.window.handle]
        desk.bring_to_front(own)
        wait_until(lambda: desk.is_in_front(lambda found: found.handle == own.handle), "the window")
        desk.close()

    def _start(self, *words: str) -> subprocess.Popen[str]:
        process = self._debian.start(*words, settings=self.session)
        self._running.callback(process.kill)
        return process

    @contextmanager
    def window(self, *arguments: str, by: str = CASHIER, **settings: str) -> Iterator[Shown]:
        """Start the installed program's window; closed behind the block, as a person closes it."""
        started = self._debian.start(
            NAME, *arguments, user=by, settings={**self.session, **settings}
        )
        try:
            window = self._screen.window_of(started.pid)
            yield Shown(window, started, self._pictures)
            if started.poll() is None:
                self._screen.window_of(started.pid).ask_to_close()
                code = started.wait(_ENDS_WITHIN_S)
                assert code == 0, f"the window ended with {code}"
        except subprocess.TimeoutExpired as error:
            raise StepError("the window did not close") from error
        finally:
            started.kill()
            started.communicate()


class Shown:
    """An open window, and its process."""

    def __init__(self, window: Window, process: subprocess.Popen[str], pictures: Path) -> None:
        self.window = window
        self.process = process
        self._pictures = pictures

    def look_up(self, code: str = MEMBER) -> None:
        """Scan a member's code, and wait until something is told to be usable."""
        from tests.end2end.waiting import wait_until

        self.window.scan(code)
        wait_until(self._is_usable_seen, "a usable coupon in green")

    def _is_usable_seen(self) -> bool:
        from posmember.ui.theme import tokens

        told = tokens("light").color("usable")
        part = self.window.picture().part(0.29, 0.2, 0.73, 0.95)
        return part.count((told.red(), told.green(), told.blue())) > _GREEN_PIXELS

    def open_by(self, key: str) -> None:
        """Press a key, and wait until something else is in the window's middle."""
        from tests.end2end.waiting import wait_until

        before = self._middle()
        self.window.press(key)
        wait_until(lambda: self._middle() != before, f"what {key} opens")

    def _middle(self) -> Picture:
        return self.window.picture().part(0.3, 0.3, 0.7, 0.7)

    def keep(self, name: str) -> Path:
        """Keep a picture of it."""
        from PySide6.QtGui import QImage

        seen = self.window.picture()
        path = self._pictures / f"{name}.png"
        image = QImage(seen.data, seen.width, seen.height, QImage.Format.Format_RGB32)
        if not image.save(str(path)):
            raise StepError(f"no picture: {path}")
        return path


@contextmanager
def desk(debian: Debian, pictures: Path) -> Iterator[Desk]:
    """Set a desk up; all that runs there is ended behind the block. Raises StepError."""
    execute_quietly(["mkdir", "--parents", pictures])
    with screen() as display:
        made = Desk(debian, display, pictures)
        try:
            yield made
        finally:
            made.close()
