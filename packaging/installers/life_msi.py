"""The life of the Windows Installer package, under wine."""

from __future__ import annotations

from pathlib import Path

from installers.life_windows import MARKER, NEW, OLD, SHIP, Life, user
from installers.places import NAME

_LIMIT_S = 600.0


class PackageLife(Life):
    """What msiexec makes of it."""

    def msiexec(self, action: str, version: str, *properties: str) -> int:
        """Let Windows Installer do something silently; returns the low byte of its exit code."""
        package = rf"{SHIP}\{NAME}-{version}.msi"
        command = ("msiexec", action, package, "/qn", *properties)
        code, _said = self.wine.ask(*command, within_s=_LIMIT_S)
        return code

    def menu(self) -> Path:
        """The Start menu's entry: of all users on Windows; wine knows a user's own alone."""
        return next((place for place in (super().menu(), self._own_menu) if place.exists()), Path())

    @property
    def _own_menu(self) -> Path:
        return self.wine.path(user(self.wine).menu) / f"{NAME}.lnk"

    def install(self) -> None:
        """From nothing, with settings and the start with Windows."""
        wanted = ("AUTOSTART=1", rf"CONFIG={SHIP}\till.toml", rf"PASSPHRASE={SHIP}\passphrase.txt")
        self.table.equal("silent installation", self.msiexec("/i", OLD, *wanted), 0)
        self.table.check("the program is there", self.is_whole(OLD))
        self.table.check("the Start menu's entry", self.menu().is_file())
        self.table.equal("the start with Windows", NAME in self.autostart(), True)
        kept = self.wine.path(self.edition.settings)
        self.table.check("settings and sealed keys", (kept / "keys.sealed").is_file())
        self.table.equal("the setup program steps back", self.setup(NEW), 11)

    def upgrade(self) -> None:
        """With the window open."""
        with self.window() as program:
            self.table.equal("an upgrade while it runs", self.msiexec("/i", NEW), 0)
            program.wait(30)
            self.table.equal("closed it first", program.poll(), 0)
        self.table.check("and it is the new one", self.is_whole(NEW))
        gone = not (self.home / "app" / f"{OLD}.txt").exists()
        self.table.check("a file of the old one is gone", gone)
        self.table.equal("it starts with Windows still", NAME in self.autostart(), True)
        self.table.check("a downgrade is refused", self.msiexec("/i", OLD) != 0)
        self.table.check("which changed nothing", self.is_whole(NEW))

    def remove(self) -> None:
        """All but settings."""
        self.table.equal("removed", self.msiexec("/x", NEW), 0)
        self.table.check("the program is gone", not (self.home / "app" / MARKER).exists())
        self.table.check("the Start menu's entry", not self.menu().is_file())
        self.table.equal("the start with Windows", self.autostart(), "")
        kept = self.wine.path(self.edition.settings)
        self.table.check("settings stay", (kept / "config.toml").is_file())

    def refusals(self) -> None:
        """Settings that are none. What was written is taken back by Windows alone, not by wine."""
        code = self.msiexec("/i", OLD, rf"CONFIG={SHIP}\wrong.toml")
        self.table.check("settings that are none", code != 0)
        self.table.equal("no Start menu's entry", self.menu().is_file(), False)
