"""A fresh Debian in a folder: what it needs of this machine is mounted into it, and nothing else.

All mounts are of the process that makes them (`alone`), so that none outlives it.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dev_run import StepError, execute_quietly, say

from installers.places import BUILD

RELEASE: Final = "bookworm"
CASHIER: Final = "cashier"
_BASE: Final = BUILD / f"{RELEASE}.tar"
_FETCHED: Final = BUILD / "apt-archives"
_PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_NEW_MOUNTS: Final = 0x00020000  # CLONE_NEWNS
_LONGEST_S: Final = 600.0


@dataclass(frozen=True, slots=True)
class Done:
    """A program that has ended: its exit code, and all that it printed."""

    code: int
    out: str


class Debian:
    """A system of one's own; make it with `fresh`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def command(
        self, words: Sequence[str], user: str, settings: Mapping[str, str]
    ) -> tuple[str, ...]:
        """What runs a program in it as one of its users, with nothing of this environment."""
        home = "/root" if user == "root" else f"/home/{user}"
        given = {
            "HOME": home, "PATH": _PATH, "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive",
            **settings,
        }  # fmt: skip
        named = [f"{name}={value}" for name, value in given.items()]
        enter = ("chroot", f"--userspec={user}", str(self.folder))
        return (*enter, "/usr/bin/env", "-i", *named, *words)

    def start(
        self, *words: str, user: str = CASHIER, settings: Mapping[str, str] | None = None
    ) -> subprocess.Popen[str]:
        """Start a program in it; its process is the program's own."""
        return subprocess.Popen(
            self.command(words, user, settings or {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )

    def ask(
        self,
        *words: str,
        user: str = "root",
        settings: Mapping[str, str] | None = None,
        stdin: str = "",
    ) -> Done:
        """Run a program in it to its end. Raises StepError where it does not end."""
        with self.start(*words, user=user, settings=settings) as process:
            try:
                printed, _nothing = process.communicate(stdin, timeout=_LONGEST_S)
            except subprocess.TimeoutExpired as error:
                process.kill()
                raise StepError(f"no end: {' '.join(words)}") from error
        return Done(process.returncode, printed)

    def run(self, *words: str, user: str = "root") -> str:
        """Run a program in it; returns what it printed. Raises StepError where it fails."""
        done = self.ask(*words, user=user)
        if done.code:
            raise StepError(f"{done.out.rstrip()}\nfailed ({done.code}): {' '.join(words)}")
        return done.out

    def path(self, place: str) -> Path:
        """Where a place of it, such as ``/etc/xdg``, is here."""
        return self.folder / place.lstrip("/")

    def put(self, source: Path) -> str:
        """Copy a file to its ``/srv``; returns where it is there."""
        shutil.copyfile(source, self.path("/srv") / source.name)
        return f"/srv/{source.name}"

    @contextmanager
    def mounted(self, place: str, *options: str) -> Iterator[None]:
        """Mount a file system in memory at a place of it."""
        target = self.path(place)
        target.mkdir(parents=True, exist_ok=True)
        execute_quietly(["mount", "-t", "tmpfs", *options, "tmpfs", target])
        try:
            yield
        finally:
            execute_quietly(["umount", "--lazy", target])


def alone() -> None:
    """Give this process mounts of its own. Raises StepError without the rights to."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_MOUNTS):
        raise StepError(f"mounts of one's own need root: {os.strerror(ctypes.get_errno())}")
    execute_quietly(["mount", "--make-rprivate", "/"])


def base() -> Path:
    """Make the least Debian there is, once; returns it as an archive. Raises StepError."""
    if not _BASE.is_file():
        say(f"fetching Debian {RELEASE}")
        folder = BUILD / "debootstrap"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        execute_quietly(["debootstrap", "--variant=minbase", RELEASE, folder])
        half = _BASE.with_suffix(".half")
        execute_quietly(["tar", "--create", f"--file={half}", f"--directory={folder}", "."])
        half.rename(_BASE)
        shutil.rmtree(folder)
    return _BASE


@contextmanager
def fresh(folder: Path) -> Iterator[Debian]:
    """A new Debian with one user; what still runs in it is ended behind the block."""
    archive = base()
    _remove(folder)
    folder.mkdir(parents=True)
    execute_quietly(["tar", "--extract", f"--file={archive}", f"--directory={folder}"])
    made = Debian(folder)
    try:
        _mount(made)
        shutil.copyfile("/etc/resolv.conf", made.path("/etc/resolv.conf"))
        made.path("/etc/hosts").write_text("127.0.0.1 localhost\n", encoding="ascii")
        made.run("apt-get", "update", "-q")
        made.run("useradd", "--create-home", CASHIER)
        yield made
    finally:
        _end_all(folder)
        for place in ("proc", "dev", "tmp/.X11-unix", "var/cache/apt/archives"):
            subprocess.run(
                ["umount", "--lazy", folder / place], check=False, stderr=subprocess.DEVNULL
            )
        _remove(folder)


def _mount(debian: Debian) -> None:
    screens, archives = debian.path("/tmp/.X11-unix"), debian.path("/var/cache/apt/archives")
    _FETCHED.mkdir(parents=True, exist_ok=True)
    for place in (screens, archives):
        place.mkdir(parents=True, exist_ok=True)
    execute_quietly(["mount", "-t", "proc", "proc", debian.path("/proc")])
    execute_quietly(["mount", "--rbind", "/dev", debian.path("/dev")])
    execute_quietly(["mount", "--bind", "/tmp/.X11-unix", screens])
    execute_quietly(["mount", "--bind", _FETCHED, archives])


def _remove(folder: Path) -> None:
    """Remove a Debian; never through a mount, which is this machine's own. Raises StepError."""
    mounted = [line.split()[1] for line in Path("/proc/self/mounts").read_text().splitlines()]
    if any(Path(place).is_relative_to(folder) for place in mounted):
        raise StepError(f"still mounted: below {folder}")
    shutil.rmtree(folder, ignore_errors=True)


def _end_all(folder: Path) -> None:
    """End what was started in there, such as a message bus."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ProcessLookupError):
            if (process / "root").readlink() == folder:
                os.kill(int(process.name), signal.SIGKILL)
