"""The Debian packages that the window and the tests need, and how they get there."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from dev_run import execute_quietly, say


@dataclass(frozen=True, slots=True)
class Group:
    """Debian packages, and what they are needed for."""

    why: str
    packages: tuple[str, ...]


WINDOW = Group(
    "Qt's window on X11, OpenGL and fonts with Chinese characters",
    (
        "fonts-wqy-microhei",
        "libdbus-1-3",
        "libegl1",
        "libfontconfig1",
        "libgl1",
        "libglib2.0-0",
        "libx11-xcb1",
        "libxcb-cursor0",
        "libxcb-icccm4",
        "libxcb-image0",
        "libxcb-keysyms1",
        "libxcb-randr0",
        "libxcb-render-util0",
        "libxcb-shape0",
        "libxcb-sync1",
        "libxcb-xfixes0",
        "libxcb-xkb1",
        "libxkbcommon-x11-0",
    ),
)
SCREEN = Group("the tests' own virtual screen", ("xvfb",))
KEYRING = Group("the test against a real keyring (Secret Service)", ("dbus", "gnome-keyring"))

INPUT_METHODS = Group(
    "scans under Chinese input methods",
    ("dbus", "fcitx5", "fcitx5-modules", "fcitx5-pinyin", "ibus", "ibus-libpinyin"),
)
PEERS = Group("the programs that the tests talk to", ("openssl", "util-linux"))
DESK = Group("the tests' own desktop, with its frames", ("openbox", "util-linux", "x11-utils"))

DEB_BUILD = Group(
    "making the Debian package", ("appstream", "binutils", "desktop-file-utils", "dpkg-dev")
)
DEB_LIFE = Group("living through the package's life in a fresh Debian", ("debootstrap",))

WINDOWS_BUILD = Group(
    "Windows' installers, and their trial",
    (
        "gcc-mingw-w64-x86-64-win32",
        "libxtst6",
        "msitools",
        "nsis",
        "openssl",
        "osslsigncode",
        "wine",
        "wine64",
        "wixl",
        "xvfb",
    ),
)


def provide(groups: Sequence[Group]) -> int:
    """Install what is missing (as root on a Debian-like system), else say what is missing and why.

    Returns 0 also where packages stay missing: what needs them will say so itself. Raises StepError
    when an installation fails.
    """
    if shutil.which("dpkg-query") is None:
        return 0  # not a Debian-like system: these names mean nothing here
    present = installed_of([name for group in groups for name in group.packages])
    missing = {
        group: lacking
        for group in groups
        if (lacking := [name for name in group.packages if name not in present])
    }
    if not missing:
        return 0
    names = [name for lacking in missing.values() for name in lacking]
    if is_root() and shutil.which("apt-get"):
        install(names)
        return 0
    for group, lacking in missing.items():
        say(f"missing for {group.why}: {' '.join(lacking)}")
    say(f"to install them: sudo apt-get install --no-install-recommends {' '.join(names)}")
    return 0


def installed_of(names: Sequence[str]) -> set[str]:
    """Return those of the packages that are installed.

    Debian 13 and Ubuntu 24.04 renamed some libraries for 64-bit time: libglib2.0-0t64 counts as
    libglib2.0-0.
    """
    command = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n"]
    command += [spelling for name in names for spelling in (name, f"{name}t64")]
    # Its exit code only says that some name is unknown, which is what is asked.
    shown = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    rows = (line.split() for line in shown.splitlines())
    return {row[0].removesuffix("t64") for row in rows if row[1:] == ["installed"]}


def is_root() -> bool:
    """Tell whether packages can be installed without asking for a password."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def install(names: Sequence[str]) -> None:
    """Install Debian packages. Raises StepError with apt's output when that fails."""
    say(f"installing Debian packages: {' '.join(names)}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    execute_quietly(["apt-get", "update", "-q"], env=env)
    execute_quietly(["apt-get", "install", "-q", "-y", "--no-install-recommends", *names], env=env)
