"""The life of the Windows setup programs, under wine: from installation to removal, disturbed."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dev_run import StepError

from installers import pictures, second, signing, till, windows_setup
from installers.checks import Table
from installers.disks import full_disk, pinned
from installers.places import BUILD, NAME, version
from installers.wine import Wine

OLD: Final = version()
NEW: Final = second.later(OLD)
BROKEN: Final = second.later(NEW)
SHIP: Final = r"C:\ship"
MARKER: Final = f"{NAME}-trial.txt"
"""The file that is another one in each version."""
_UNINSTALL: Final = rf"Software\Microsoft\Windows\CurrentVersion\Uninstall\{NAME}"
_RUN: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
_LIMIT_S: Final = 400.0
_IDLE: Final = 10
"""Hundredths of a second of work in two seconds that are none."""
_COLOURS: Final = 50
"""More of them than an empty screen shows."""
_GREEN_PIXELS: Final = 50
_NEEDED: Final = Path("_internal", "PySide6", "Qt6Widgets.dll")


@dataclass(frozen=True, slots=True)
class Edition:
    """Where an edition of the setup program puts things.

    Args:
        per_user: whether it is the one that needs no administrator.
        folder, settings, menu: of the program, below the prefix' C:.
    """

    per_user: bool
    folder: str
    settings: str
    menu: str

    @property
    def hive(self) -> str:
        return "HKCU" if self.per_user else "HKLM"

    @property
    def at(self) -> str:
        return "C:\\" + self.folder.replace("/", "\\")


def machine() -> Edition:
    """The one for all users."""
    menu = "ProgramData/Microsoft/Windows/Start Menu/Programs"
    return Edition(False, f"Program Files/{NAME}", f"ProgramData/{NAME}", menu)


def user(wine: Wine) -> Edition:
    """The one for a user."""
    (home,) = [each for each in wine.path("users").iterdir() if each.name != "Public"]
    local = f"users/{home.name}/AppData/Local"
    menu = f"users/{home.name}/AppData/Roaming/Microsoft/Windows/Start Menu/Programs"
    return Edition(True, f"{local}/Programs/{NAME}", f"{local}/{NAME}", menu)


class Life:
    """One edition's life.

    Args:
        files: of a till, as `till.platform` writes them, at `SHIP`.
    """

    def __init__(self, wine: Wine, table: Table, edition: Edition, memory: Path) -> None:
        self.wine, self.table, self.edition, self.memory = wine, table, edition, memory
        self.home = wine.path(edition.folder)

    # --- what is asked ---------------------------------------------------------------------------

    def setup(self, version: str, *options: str) -> int:
        """Run a setup program silently; returns its exit code."""
        code, _said = self.wine.ask(self.program(version), "/S", *options, within_s=_LIMIT_S)
        return code

    def program(self, version: str) -> str:
        kind = windows_setup.Kind(version, per_user=self.edition.per_user)
        return f"{SHIP}\\{kind.file_name}"

    def cli(self, *arguments: str) -> tuple[int, str]:
        return self.wine.ask(
            rf"{self.edition.at}\app\{NAME}-cli.exe", *arguments, within_s=_LIMIT_S
        )

    def value(self, key: str, name: str) -> str:
        """A registry's value; "" where there is none."""
        code, said = self.wine.ask("reg", "query", rf"{self.edition.hive}\{key}", "/v", name)
        line = next((each for each in said.splitlines() if name in each), "")
        return line.split("    ")[-1].strip() if code == 0 and line else ""

    def autostart(self) -> str:
        """What is started with Windows."""
        return self.value(_RUN, NAME)

    def version(self) -> str:
        """What the Apps list says."""
        return self.value(_UNINSTALL, "DisplayVersion")

    def installed(self) -> str:
        """Which version's files are there; "" for none."""
        marker = self.home / "app" / MARKER
        return marker.read_text(encoding="ascii").strip() if marker.is_file() else ""

    def rest(self) -> list[str]:
        """What besides the program lies in its folder."""
        if not self.home.is_dir():
            return []
        return sorted({each.name for each in self.home.iterdir()} - {"app", "uninstall.exe"})

    def is_whole(self, version: str) -> bool:
        return self.installed() == version and (self.home / "app" / _NEEDED).is_file()

    # --- its life --------------------------------------------------------------------------------

    def install(self) -> None:
        """From nothing, with settings."""
        check = self.table.equal
        code = self.setup(OLD, rf"/CONFIG={SHIP}\wrong.toml")
        check("settings that are none are refused before anything is there", code, 7)
        self.table.check("and nothing stays", not self.home.exists())
        given = self.wine.path("ship/config.toml")
        code = self.setup(OLD, "/AUTOSTART=1", rf"/CONFIG={SHIP}\{given.name}")
        check("silent installation", code, 0)
        self.is_installed(OLD)
        kept = self.wine.path(self.edition.settings) / "config.toml"
        self.table.check("the machine's settings", kept.read_bytes() == given.read_bytes())
        for path in (*(self.home / "app").glob("*.exe"), self.home / "uninstall.exe"):
            self.table.check(f"{path.name} is signed", signing.is_signed(path))
        # What wine makes of Windows' rights: its others are everybody but administrators.
        others = [path.stat().st_mode & 0o6 for path in (kept.parent, kept)]
        self.table.equal("which others read, and do not write", others, [0o4, 0o4])

    def is_installed(self, version: str) -> None:
        """What every silent installation with /AUTOSTART=1 leaves."""
        self.table.check("the program is there", self.is_whole(version))
        self.table.equal("nothing besides", self.rest(), [])
        self.table.equal("the Apps list's version", self.version(), version)
        self.table.check("the Start menu's entry", self.menu().is_file())
        self.table.check("the start with Windows", NAME in self.autostart())
        self.says(version)

    def says(self, version: str) -> None:
        """The program itself knows which it is."""
        code, said = self.cli("--version")
        self.table.check("--version", code == 0 and f"{NAME} {version}" in said, said)

    def provide(self) -> None:
        """Settings and secrets by a provisioning file; no key in clear anywhere."""
        wrong = self.setup(OLD, rf"/CONFIG={SHIP}\till.toml", rf"/PASSPHRASE={SHIP}\config.toml")
        self.table.equal("a wrong passphrase", wrong, 7)
        options = (rf"/CONFIG={SHIP}\till.toml", rf"/PASSPHRASE={SHIP}\passphrase.txt")
        self.table.equal("a provisioning file", self.setup(OLD, *options), 0)

    def look_up(self, platform: till.Platform) -> None:
        """A member, by the command line and in the window, with no key but what setup kept."""
        code, said = self.cli("lookup", till.MEMBER)
        self.table.check("a member on the command line", code == 0, said[-300:])
        kept = [
            each
            for each in self.wine.drive.rglob("*")
            if each.suffix in (".toml", ".sealed", ".log")
        ]
        found = [each for each in kept if platform.open_key.encode() in each.read_bytes()]
        self.table.equal("the key is nowhere in clear", found, [])
        with self.window():
            hand = pictures.Hand(self.wine.environment["DISPLAY"])
            hand.type(till.MEMBER)
            until(self._is_usable_seen, 60)
            self.table.check("a member in the window, with what is usable in green", True)
            time.sleep(3)  # for the picture alone: the last section
            name = "user" if self.edition.per_user else "machine"
            pictures.take_picture(self.memory, BUILD / "pictures" / f"windows-{name}.png")

    def running(self) -> None:
        """Closed by setup in the orderly way; refused where it does not close."""
        with self.window() as program:
            begun = time.monotonic()
            self.table.equal("an upgrade while it runs", self.setup(NEW), 0)
            took = time.monotonic() - begun
            self.table.check(f"closed it first ({took:.0f} s)", _ended(program, 30))
            self.table.equal("by itself, with", program.poll(), 0)
        self.table.check("and it is the new one", self.is_whole(NEW))
        self.says(NEW)
        self.table.equal("the Apps list's version", self.version(), NEW)
        self.table.check(
            "a file of the old one is gone", not (self.home / "app" / f"{OLD}.txt").exists()
        )
        self.table.equal("nothing besides", self.rest(), [])
        self.table.check("it starts with Windows still", NAME in self.autostart())

    def frozen(self) -> None:
        """A program that hangs is not replaced under a cashier's hands."""
        before = self.installed()
        with self.window() as program:
            os.kill(program.pid, 19)  # stopped: it hears nothing
            try:
                self.table.equal("one that does not close", self.setup(NEW), 5)
            finally:
                os.kill(program.pid, 18)
        self.table.check("is as it was", self.is_whole(before))
        self.table.equal("nothing besides", self.rest(), [])

    def refusals(self) -> None:
        """What setup does not do."""
        self.table.equal("a downgrade", self.setup(OLD), 4)
        self.table.check("changed nothing", self.is_whole(NEW))
        self.table.equal("a version that does not start", self.setup(BROKEN), 10)
        self.table.check("changed nothing", self.is_whole(NEW))
        self.table.equal("nor in the Apps list", self.version(), NEW)
        self.table.equal("nothing besides", self.rest(), [])
        self.table.equal("a downgrade with /FORCE", self.setup(OLD, "/FORCE", "/AUTOSTART=0"), 0)
        self.table.check("is done", self.is_whole(OLD))
        self.table.equal("without the start with Windows", self.autostart(), "")

    def twice(self) -> None:
        """Two at once: one does it, the other says so."""
        first = self.wine.start(self.program(NEW), "/S")
        with first:
            until(lambda: (self.home / "app.new").exists(), 120)
            self.table.equal("a second setup", self.setup(NEW), 3)
            first.communicate(timeout=_LIMIT_S)
        self.table.equal("the first", first.returncode, 0)
        self.table.check("has done it", self.is_whole(NEW))

    def killed(self) -> None:
        """Its power lost at several moments; the next one puts it right."""
        new, old = self.home / "app.new", self.home / "app.old"
        moments: dict[str, Callable[[], bool]] = {
            "while it writes": lambda: (new / "_internal").is_dir(),
            "when all is written": lambda: (new / MARKER).is_file(),
            "about the swap": lambda: old.exists() or not new.exists(),
        }
        reached = self.setup(OLD, "/FORCE")
        self.table.equal("back to the old one", reached, 0)
        for moment, is_there in moments.items():
            process = self.wine.start(self.program(NEW), "/S")
            with process:
                if moment == "about the swap":
                    until(lambda: (new / MARKER).is_file(), 200)
                until(is_there, 200)
                process.kill()
            self.wine.end()
            version = self.installed()
            self.table.check(
                f"killed {moment}: a whole version", version in (OLD, NEW) or old.exists()
            )
            self.table.equal("the next one", self.setup(NEW), 0)
            self.table.check("is whole", self.is_whole(NEW) and self.rest() == [], self.rest())
            self.setup(OLD, "/FORCE")

    def half_swapped(self) -> None:
        """Every state that the swap may be left in."""
        app, old, new = (self.home / name for name in ("app", "app.old", "app.new"))
        app.rename(old)
        self.table.equal("app.old alone, then a broken one", self.setup(BROKEN), 10)
        self.table.check("the old one is back", self.installed() != "" and self.rest() == [])
        shutil.copytree(app, old, copy_function=os.link)
        new.mkdir()
        (new / "half.txt").touch()
        self.table.equal("app, app.old and app.new", self.setup(NEW), 0)
        self.table.check("are put right", self.is_whole(NEW) and self.rest() == [], self.rest())

    def places(self) -> None:
        """Where it cannot write, or cannot replace."""
        self.table.equal(
            "a place that cannot be written", self.setup(NEW, r"/D=Z:\proc\posmember"), 6
        )
        with full_disk(self.wine, "size=30m") as folder:
            self.table.equal("a disk that is too small", self.setup(NEW, r"/D=F:\posmember"), 6)
            self.table.equal("nothing stays there", list(folder.iterdir()), [])
        with full_disk(self.wine, "nr_inodes=40") as folder:
            self.table.equal("a disk that fills up", self.setup(NEW, r"/D=F:\posmember"), 6)
            self.table.equal("nothing stays there", list(folder.iterdir()), [])
        with pinned(self.home / "app"):
            self.table.equal("a folder in use", self.setup(NEW), 8)
        self.table.check("is as it was", self.is_whole(NEW) and self.rest() == [], self.rest())

    def remove(self) -> None:
        """Everything but settings; those, too, where it is said."""
        settings = self.wine.path(self.edition.settings)
        settings.mkdir(exist_ok=True)
        (settings / "config.toml").touch()
        uninstaller = rf"{self.edition.at}\uninstall.exe"
        where = f"_?={self.edition.at}"
        with self.window() as program:
            code, _said = self.wine.ask(uninstaller, "/S", where, within_s=_LIMIT_S)
            self.table.equal("removed while it runs", code, 0)
            self.table.check("which was closed first", _ended(program, 30))
        # Told to stay where it is ("_?="), it cannot remove itself.
        left = [each.name for each in self.home.iterdir()] if self.home.exists() else []
        self.table.check("the program is gone", set(left) <= {"uninstall.exe"}, left)
        self.table.check("the Start menu's entry", not self.menu().exists())
        self.table.equal("the Apps list's", self.version(), "")
        self.table.equal("the start with Windows", self.autostart(), "")
        self.table.check("settings stay", (settings / "config.toml").is_file())
        self.setup(NEW)
        code, _said = self.wine.ask(uninstaller, "/S", "/PURGE", where, within_s=_LIMIT_S)
        self.table.equal("removed with /PURGE", code, 0)
        self.table.check("and the settings", not settings.exists())

    # --- help ------------------------------------------------------------------------------------

    @contextmanager
    def window(self) -> Iterator[subprocess.Popen[str]]:
        """The program with its window, painted; ended behind the block."""
        with self.wine.start(rf"{self.edition.at}\app\{NAME}.exe") as program:
            try:
                until(self.is_painted, 120)
                _until_idle(program.pid, 120)  # its second stage is over: no other sign is seen
                yield program
            finally:
                program.kill()
                until(lambda: not self.is_painted(), 30)

    def _colours(self) -> int:
        return pictures.shows_colours(self.memory)

    def is_painted(self) -> bool:
        """Whether a window is on the screen."""
        return self._colours() > _COLOURS

    def _is_usable_seen(self) -> bool:
        """Green is for usable coupons and cards alone."""
        from posmember.ui.theme import tokens

        told = tokens("light").color("usable")
        colour = (told.red(), told.green(), told.blue())
        return pictures.shows(self.memory, colour) > _GREEN_PIXELS

    def menu(self) -> Path:
        """The Start menu's entry."""
        return self.wine.path(self.edition.menu) / f"{NAME}.lnk"


# --- versions, and waiting for them -------------------------------------------------------------


def variant(payload: Path, version: str) -> Path:
    """A frozen program as another version: the same but for a file, and one of its own."""
    folder = BUILD / "variants" / version / NAME
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(payload, folder, copy_function=os.link)
    (folder / MARKER).write_text(f"{version}\n", encoding="ascii")
    (folder / f"{version}.txt").touch()
    if version == BROKEN:
        (folder / _NEEDED).unlink()
    return folder


def until(is_so: Callable[[], bool], within_s: float) -> None:
    latest = time.monotonic() + within_s
    while not is_so():
        if time.monotonic() > latest:
            raise StepError("what was waited for did not come")
        time.sleep(0.02)


def _until_idle(pid: int, within_s: float) -> None:
    """Wait until a process does next to nothing for a while."""

    def used() -> int:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])  # hundredths of a second, its own and the system's

    latest = time.monotonic() + within_s
    before = -_IDLE
    while (now := used()) - before >= _IDLE:
        if time.monotonic() > latest:
            raise StepError("the program does not come to rest")
        before = now
        time.sleep(2)


def _ended(program: subprocess.Popen[str], within_s: float) -> bool:
    try:
        program.wait(within_s)
    except subprocess.TimeoutExpired:
        return False
    return True
