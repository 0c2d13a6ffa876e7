"""The life of the setup program for one user, under wine: set up at once, and updated by itself."""

from __future__ import annotations

from typing import Final

from installers import offers, second
from installers.life_windows import BROKEN, OLD, SHIP, Life, until
from installers.places import NAME

OFFERED: Final = second.later(BROKEN)
"""What the repository offers."""
OFFERS: Final = "windows"
_FETCHES_WITHIN_S: Final = 300.0


class UserLife(Life):
    """No administrator, from first to last."""

    def install(self) -> None:
        """A silent installation that sets the till up, secrets and all."""
        given = (rf"/CONFIG={SHIP}\till.toml", rf"/PASSPHRASE={SHIP}\passphrase.txt")
        self.table.equal("silent installation", self.setup(OLD, "/AUTOSTART=1", *given), 0)
        self.is_installed(OLD)

    def update(self) -> None:
        """The frozen program asks a repository, verifies, fetches, and hands over to setup."""
        with offers.served(OFFERS) as web:
            self._ask_at(web.url)
            with offers.changed(OFFERS):
                code, said = self.cli("update", "--check")
                refused = code != 0 and "not signed as it has to be" in said
                self.table.check("a changed repository is not believed", refused, said)
            code, said = self.cli("update", "--check")
            self.table.check("a new version is told of", code == 0 and OFFERED in said, said)
            self.table.equal("it is fetched, and setup started", self._install_update(), 0)
            until(lambda: self.version() == OFFERED, 200)
        self.table.check("and it is the new one", self.is_whole(OFFERED))
        until(self.is_painted, 120)
        self.table.equal("which is open again; closed by a setup", self.setup(OFFERED), 0)
        until(lambda: not self.is_painted(), 30)
        self.table.equal("nothing besides", self.rest(), [])

    def _install_update(self) -> int:
        """Not to the end of what it prints: the program that setup opens again holds that open."""
        command = (rf"{self.edition.at}\app\{NAME}-cli.exe", "update", "--install")
        with self.wine.start(*command) as process:
            return process.wait(_FETCHES_WITHIN_S)

    def _ask_at(self, url: str) -> None:
        path = self.wine.path(self.edition.settings) / "config.toml"
        text = path.read_text(encoding="utf-8")
        path.write_text(f'{text}\n[updates]\nurl = "{url}"\n', encoding="utf-8")
