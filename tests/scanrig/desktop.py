"""A desktop that nobody sees: an X server, a window manager, a session bus, a Chinese input method.

All of it ends with the process that started it, also when that is killed: each program has asked
the kernel to be killed at its parent's death, and whatever those start leaves with them.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tests.end2end.waiting import wait_until

_MARK = "SCANRIG_ID"
_SIZE = "1280x800x24"
_FOREIGN = ("WAYLAND_DISPLAY", "XAUTHORITY", "IBUS_ADDRESS", "QT_IM_MODULES", "SESSION_MANAGER")
"""What would lead to the desktop of whoever runs this."""
_PINYIN_OF_IBUS = Path("/usr/share/ibus/component/libpinyin.xml")
_PINYIN_OF_FCITX = Path("/usr/share/fcitx5/inputmethod/pinyin.conf")
_FCITX_FOR_IBUS_CLIENTS = Path("/usr/share/fcitx5/addon/ibusfrontend.conf")
"""Qt's own plugin speaks to ibus; fcitx5 answers in its place."""
_WAIT_S = 5.0


class Ime(StrEnum):
    """An input method, in its Chinese or its English mode."""

    NONE = "none"
    IBUS_ZH = "ibus-zh"
    IBUS_EN = "ibus-en"
    FCITX_ZH = "fcitx5-zh"
    FCITX_EN = "fcitx5-en"

    @property
    def framework(self) -> str:
        """Return "ibus", "fcitx5", or "" for none."""
        return "" if self is Ime.NONE else self.value.partition("-")[0]

    @property
    def is_chinese(self) -> bool:
        """Return whether letters become Chinese."""
        return self.value.endswith("-zh")


def available(ime: Ime, *, manager: bool = True) -> str:
    """Tell why there can be no such desktop here; "" where there can.

    Args:
        ime: the input method that it is to have.
        manager: whether it is to have a window manager.
    """
    needed = {"Xvfb": "xvfb", "setpriv": "util-linux"}
    if manager:
        needed["openbox"] = "openbox"
    if ime.framework:
        needed["dbus-daemon"] = "dbus"
    if ime.framework == "ibus":
        needed |= {"ibus-daemon": "ibus", str(_PINYIN_OF_IBUS): "ibus-libpinyin"}
    if ime.framework == "fcitx5":
        needed |= {
            "fcitx5": "fcitx5",
            str(_PINYIN_OF_FCITX): "fcitx5-pinyin",
            str(_FCITX_FOR_IBUS_CLIENTS): "fcitx5-modules",
        }
    missing = [package for name, package in needed.items() if not _is_there(name)]
    return f"missing Debian packages: {' '.join(missing)}" if missing else ""


def _is_there(name: str) -> bool:
    return Path(name).exists() if name.startswith("/") else shutil.which(name) is not None


@dataclass(frozen=True, slots=True)
class Desktop:
    """A desktop that is on.

    Args:
        environment: for the programs on it.
    """

    ime: Ime
    environment: Mapping[str, str] = field(repr=False)

    @property
    def display(self) -> str:
        """Return its name as in DISPLAY."""
        return self.environment["DISPLAY"]


@contextmanager
def desktop(ime: Ime = Ime.NONE, *, manager: bool = True) -> Iterator[Desktop]:
    """Start a desktop; everything on it is ended behind the block.

    Raises:
        AssertionError: something is missing, or did not start.
    """
    reason = available(ime, manager=manager)
    assert not reason, reason
    with tempfile.TemporaryDirectory(prefix="scanrig-", ignore_cleanup_errors=True) as folder:
        starting = _Starting(Path(folder))
        try:
            starting.screen()
            if manager:
                starting.manager()
            if ime.framework:
                starting.bus()
                starting.ibus(ime) if ime.framework == "ibus" else starting.fcitx(ime)
            yield Desktop(ime, starting.environment)
        finally:
            starting.end()


def end_with_us(*command: str, by: str = "KILL") -> list[str]:
    """Return a command that the kernel ends with the process that starts it.

    Args:
        by: the signal; TERM for one that has something to put away first. It may not come to it.
    """
    return ["setpriv", "--pdeathsig", by, "--", *command]


class _Starting:
    """The programs of one desktop, and the environment that grows with them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mark = uuid.uuid4().hex
        self._started: list[subprocess.Popen[str]] = []
        home, runtime = folder / "home", folder / "run"
        home.mkdir()
        runtime.mkdir(mode=0o700)
        kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
        self.environment = kept | {
            _MARK: self._mark,
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_CACHE_HOME": str(home / ".cache"),
            "XDG_DATA_HOME": str(home / ".local" / "share"),
            "XDG_STATE_HOME": str(home / ".local" / "state"),
            "XDG_RUNTIME_DIR": str(runtime),
            "LC_ALL": "C.UTF-8",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={runtime}/none",
            "GSETTINGS_BACKEND": "keyfile",
            "NO_AT_BRIDGE": "1",
            "QT_QPA_PLATFORM": "xcb",
            "QT_IM_MODULE": "compose",
            "XMODIFIERS": "@im=none",
        }

    def screen(self) -> None:
        server = self._start(
            *("Xvfb", "-displayfd", "1", "-screen", "0", _SIZE, "-nolisten", "tcp", "-noreset"),
            tells=True,
        )
        self.environment["DISPLAY"] = f":{_first_line(server, 'the X server')}"

    def manager(self) -> None:
        self._start("openbox", "--sm-disable")
        self._wait(("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"), "#", "the window manager")

    def bus(self) -> None:
        daemon = self._start(
            "dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1", tells=True
        )
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = _first_line(daemon, "the session bus")
        self.environment |= {"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=ibus"}

    def ibus(self, ime: Ime) -> None:
        self._write(
            ".config/glib-2.0/settings/keyfile",
            "[desktop/ibus/general]",
            "preload-engines=['libpinyin']",
            "engines-order=['libpinyin']",
            "[com/github/libpinyin/ibus-libpinyin/libpinyin]",
            f"init-chinese={str(ime.is_chinese).lower()}",
            "dynamic-adjust=false",  # nothing is learnt from what is typed here
            "remember-every-input=false",
        )
        self._start("ibus-daemon", "--xim", "--panel=disable")
        self._wait(("ibus", "list-engine"), "libpinyin", "ibus")
        self._wait(("sh", "-c", "ibus engine libpinyin; ibus engine"), "libpinyin", "libpinyin")

    def fcitx(self, ime: Ime) -> None:
        name = "pinyin" if ime.is_chinese else "keyboard-us"
        self._write(
            ".config/fcitx5/profile",
            *("[Groups/0]", "Name=Default", "Default Layout=us", f"DefaultIM={name}"),
            *("[Groups/0/Items/0]", "Name=keyboard-us", "Layout="),
            *("[Groups/0/Items/1]", "Name=pinyin", "Layout=", "[GroupOrder]", "0=Default"),
        )
        active = str(ime.is_chinese)
        self._write(
            ".config/fcitx5/config",
            *("[Behavior]", f"ActiveByDefault={active}", "ShareInputState=All"),
        )
        self._start("fcitx5", "--disable=wayland,waylandim,cloudpinyin")
        self._wait(("fcitx5-remote",), "", "fcitx5")
        select = f"fcitx5-remote -s {name}; fcitx5-remote -n"
        self._wait(("sh", "-c", select), name, f"fcitx5's {name}")

    def end(self) -> None:
        """End everything, the last started first; then what those had started."""
        for process in reversed(self._started):
            process.terminate()
            try:
                process.wait(_WAIT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()
        for number in _marked(self._mark):
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)

    def _start(self, *command: str, tells: bool = False) -> subprocess.Popen[str]:
        """Start a program; with `tells`, what it prints is read from it, else it is logged."""
        with (self._folder / f"{command[0]}.log").open("wb") as log:
            process = subprocess.Popen(
                end_with_us(*command),
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE if tells else log,
                stderr=log,
                encoding="utf-8",
                start_new_session=True,  # Ctrl+C is the rig's, which then ends all in order
            )
        self._started.append(process)
        return process

    def _write(self, place: str, *lines: str) -> None:
        path = self._folder / "home" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _wait(self, command: tuple[str, ...], answer: str, what: str) -> None:
        def is_on() -> bool:
            asked = subprocess.run(
                command, env=self.environment, capture_output=True, text=True, check=False
            )
            return asked.returncode == 0 and answer in asked.stdout

        wait_until(is_on, what)


def _first_line(process: subprocess.Popen[str], what: str) -> str:
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    assert line, f"{what} did not start"
    return line


def _marked(mark: str) -> list[int]:
    """Find the processes of one desktop by their environment."""
    wanted = f"{_MARK}={mark}".encode()
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError):
                if wanted in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
    return found
