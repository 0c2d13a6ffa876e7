"""The checks of the package's life, room by room."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from dev_run import StepError, execute_quietly

from installers import offers, own_root, second
from installers.debian import CASHIER, Done
from installers.life import CONFIG, HERE, POLICY, Life, full, install
from installers.places import BUILD, NAME, version

Check = tuple[str, Callable[[], None]]
PASSPHRASE: Final = "K7MX-4PQR-T9WD"
OFFERS: Final = "deb"
_LEAST_CODE: Final = 8
_MARK: Final = "# edited by hand"
_START: Final = "/etc/xdg/autostart/posmember.desktop"
_ENTRY: Final = "/usr/share/applications/posmember.desktop"
_LIMIT_S: Final = 30.0


class Room:
    """Checks that go together."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.debian = life.debian
        self.desk = life.desk

    def checks(self) -> Iterator[Check]:
        raise NotImplementedError

    def versions(self) -> list[str]:
        """The versions that lie side by side."""
        return sorted(path.name for path in self.debian.path(f"{HERE}/versions").iterdir())


class Installed(Room):
    """From nothing to a program that starts."""

    def checks(self) -> Iterator[Check]:
        yield "a package for another processor is refused", self.refused
        yield "installed by apt, with all it needs", self.installed
        yield "no library is missing", self.complete
        yield "none of the system's own libraries is in it", self.lean
        yield "its files belong to root, and nobody else writes there", self.owned
        yield "--version, as a cashier", self.version
        yield "--smoke without a screen", self.smoke_offscreen
        yield "--smoke on a screen", self.smoke

    def refused(self) -> None:
        tree = BUILD / "deb-foreign"
        execute_quietly(["rm", "-rf", tree])
        (tree / "DEBIAN").mkdir(parents=True)
        text = f"Package: {NAME}\nVersion: 1\nArchitecture: i386\nMaintainer: x\nDescription: x\n"
        (tree / "DEBIAN" / "control").write_text(text, encoding="ascii")
        execute_quietly(["dpkg-deb", "--build", tree, BUILD / "foreign.deb"])
        done = self.debian.ask("dpkg", "--install", self.debian.put(BUILD / "foreign.deb"))
        assert done.code, done.out
        assert "does not match system" in done.out, done.out

    def installed(self) -> None:
        install(self.life, self.life.first)
        assert self.debian.run("dpkg", "--audit") == ""

    def complete(self) -> None:
        script = (
            f"find {HERE}/current/ -type f -name '*.so*' -exec env "
            f"LD_LIBRARY_PATH={HERE}/current/_internal ldd {{}} + | grep 'not found'"
        )
        found = self.debian.ask("sh", "-c", script).out
        assert not found.strip(), found

    def lean(self) -> None:
        inside = {path.name for path in self.debian.path(f"{HERE}/program").rglob("*.so*")}
        theirs = {name for name in inside if self._of_debian(name)}
        assert not theirs, sorted(theirs)
        assert not any(
            name.startswith(("libssl", "libcrypto", "libX11", "libglib")) for name in inside
        )

    def _of_debian(self, name: str) -> bool:
        return self.debian.path(f"/usr/lib/x86_64-linux-gnu/{name}").exists()

    def owned(self) -> None:
        script = f"find {HERE} /etc/xdg/{NAME} \\( ! -user root -o -perm /022 \\) ! -type l"
        found = self.debian.run("sh", "-c", script)
        assert not found, found
        done = self.debian.ask("touch", f"{HERE}/current/x", user=CASHIER)
        assert done.code, "a cashier can write there"

    def version(self) -> None:
        assert self.life.told_version() == f"{NAME} {version()}", self.life.told_version()

    def smoke_offscreen(self) -> None:
        self._smoke({"QT_QPA_PLATFORM": "offscreen"})

    def smoke(self) -> None:
        self._smoke(self.desk.session)

    def _smoke(self, settings: dict[str, str]) -> None:
        done = self.debian.ask(NAME, "--smoke", user=CASHIER, settings=settings)
        assert done.code == 0, done.out
        assert done.out.endswith(": ok\n"), done.out


class Used(Room):
    """The first use of what was installed."""

    def checks(self) -> Iterator[Check]:
        yield "the window for training", self.trained
        yield "the demo, its sandbox a process of its own", self.demo
        yield "set up by a file, with a keyring, to a member in the window", self.set_up
        yield "a code is typed into the till's own window (python-xlib)", self.typed
        yield "set up for all users, the key from the environment", self.for_all
        yield "a root certificate of the system's counts", self.trust
        yield "head office's policy is read", self.policy

    def trained(self) -> None:
        with self.desk.window("--training") as shown:
            shown.look_up()
            shown.keep("training")

    def demo(self) -> None:
        done = self.debian.ask(
            NAME, "demo", user=CASHIER, settings={"QT_QPA_PLATFORM": "offscreen"}
        )
        assert done.code == 0, done.out

    def set_up(self) -> None:
        self.desk.log_in()
        file = self._provisioning(self.desk.serve())
        done = self.debian.ask(
            *(NAME, "setup", "--from", file),
            user=CASHIER,
            settings={**self.desk.session, "POSMEMBER_PASSPHRASE": PASSPHRASE},
        )
        assert done.code == 0, done.out
        asked = self.debian.ask(
            NAME, "lookup", "qm0000001", user=CASHIER, settings=self.desk.session
        )
        assert asked.code == 0, asked.out
        with self.desk.window() as shown:
            shown.look_up()
            shown.keep("installed")

    def _provisioning(self, address: str) -> str:
        from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY, STORES
        from posmember.settings import declared
        from posmember.settings.provisioning import Provision, Secrets, write_provision

        settings = {
            declared.OPEN_ID: OPEN_ID,
            declared.GRANT_CODE: GRANT_CODE,
            declared.BASE_URL: address,
            declared.STORE_CODE: STORES[0].code,
        }
        made = BUILD / "till.toml"
        made.write_bytes(
            write_provision(Provision(settings, Secrets(OPEN_ID, OPEN_KEY)), PASSPHRASE)
        )
        return self.debian.put(made)

    def typed(self) -> None:
        from tests.end2end.waiting import wait_until

        config = self.debian.path(f"/home/{CASHIER}/.config/{NAME}/config.toml")
        before = config.read_text(encoding="utf-8")
        program = Path(sys.executable).name  # that of `till`
        told = f'\n[hand_over]\nprogram = "{program}"\ntitle = "a till"\n'
        config.write_text(before + told, encoding="utf-8")
        try:
            with self.desk.managed() as desk, desk.window() as shown:
                shown.look_up()
                with desk.till("a till") as text:
                    desk.bring_to_front(shown)
                    shown.window.press("Return", control=True)
                    wait_until(lambda: len(text()) >= _LEAST_CODE, "a code in the till's field")
                shown.keep("typed")
        finally:
            config.write_text(before, encoding="utf-8")

    def for_all(self) -> None:
        from posmember.sandbox.account import OPEN_KEY

        done = self.debian.ask(
            *(NAME, "setup", "--from", "/srv/till.toml", "--machine", "--no-secrets"),
            settings={"POSMEMBER_PASSPHRASE": PASSPHRASE},
        )
        assert done.code == 0, done.out
        path = self.debian.path(CONFIG)
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{_MARK}\n", encoding="utf-8")
        self.debian.run("useradd", "--create-home", "second")
        asked = self.debian.ask(
            NAME, "lookup", "qm0000001", user="second", settings={"POSMEMBER_OPEN_KEY": OPEN_KEY}
        )
        assert asked.code == 0, asked.out

    def trust(self) -> None:
        root = self.debian.path("/usr/local/share/ca-certificates/chain.crt")
        root.parent.mkdir(parents=True, exist_ok=True)
        with own_root.serving(root) as address:
            config = self.debian.path("/srv/https.toml")
            account = 'open_id = "an-id"\ngrant_code = "a-code"\n'
            config.write_text(f'[platform]\n{account}base_url = "{address}"\n', encoding="ascii")
            settings = {"POSMEMBER_CONFIG": "/srv/https.toml", "POSMEMBER_OPEN_KEY": "a-key"}
            before, after = (
                self._told(settings, first) for first in ("true", "update-ca-certificates")
            )
        assert "不受信任" in before, before
        assert "证书" not in after, after

    def _told(self, settings: dict[str, str], first: str) -> str:
        """What a lookup says, after something else was run."""
        self.debian.run(first)
        return self.debian.ask(NAME, "lookup", "qm0000001", user=CASHIER, settings=settings).out

    def policy(self) -> None:
        path = self.debian.path(POLICY)
        path.write_text('[policy]\nphone_lookup = "off"\n', encoding="ascii")
        asked = self.debian.ask(
            NAME, "lookup", "13800000001", user=CASHIER, settings=self.desk.session
        )
        assert asked.code == 2, asked.out


class Upgraded(Room):
    """Another version comes, and goes."""

    def checks(self) -> Iterator[Check]:
        yield (
            "upgraded while it runs: the open window goes on, the next is the new one",
            self.while_run,
        )
        yield "a repository of updates is asked, and one that somebody changed is not", self.asked
        yield "the version before goes when nobody runs it", self.gone
        yield "an edited configuration is kept", self.kept
        yield "an older version is refused, unless it is asked for", self.downgraded
        yield "a version that does not start is refused, and the old one stays", self.broken
        yield "no room for a second version: the old one stays", self.no_room

    def while_run(self) -> None:
        with self.desk.window() as shown:
            before = self.versions()
            install(self.life, self.life.later)
            assert self.life.told_version() == f"{NAME} {second.later(version())}"
            assert set(before) < set(self.versions()), self.versions()
            shown.look_up()
            shown.open_by("F9")  # a part that is imported only now
            shown.keep("after-upgrade")
            assert shown.process.poll() is None, "the window ended"
            shown.process.send_signal(signal.SIGTERM)
            code = shown.process.wait(_LIMIT_S)
            assert code in (0, 143), code

    def asked(self) -> None:
        """By python-tuf, as it is frozen, and the root that this version was built with."""
        with offers.served(OFFERS) as web:
            account = 'open_id = "an-id"\ngrant_code = "a-code"\n'
            told = f'[platform]\n{account}[updates]\nurl = "{web.url}"\n'
            self.debian.path("/srv/updates.toml").write_text(told, encoding="ascii")
            with offers.changed(OFFERS):
                refused = self._update()
            found = self._update()
        assert refused.code, refused.out
        assert "签名不对" in refused.out, refused.out
        assert found.code == 0, found.out
        assert second.later(second.later(version())) in found.out, found.out

    def _update(self) -> Done:
        settings = {"POSMEMBER_CONFIG": "/srv/updates.toml"}
        return self.debian.ask(NAME, "update", "--check", user=CASHIER, settings=settings)

    def gone(self) -> None:
        install(self.life, self.life.later, "--reinstall")
        assert len(self.versions()) == 1, self.versions()

    def kept(self) -> None:
        text = self.debian.path(CONFIG).read_text(encoding="utf-8")
        assert _MARK in text, text
        assert "open_id" in text, text

    def downgraded(self) -> None:
        done = self.debian.ask("apt-get", "install", "-q", "-y", self.life.first)
        assert done.code, done.out
        assert self.life.told_version() == f"{NAME} {second.later(version())}"
        install(self.life, self.life.first, "--allow-downgrades")
        assert self.life.told_version() == f"{NAME} {version()}"
        self.kept()

    def broken(self) -> None:
        done = self.debian.ask("apt-get", "install", "-q", "-y", self.life.broken)
        assert done.code, done.out
        assert "仍用原来的版本" in done.out, done.out
        assert self.life.told_version() == f"{NAME} {version()}"
        install(self.life, self.life.later, "--allow-downgrades")
        assert self.life.told_version() == f"{NAME} {second.later(version())}"

    def no_room(self) -> None:
        self.debian.run("dpkg", "--remove", NAME)
        with full(self.life):
            self.debian.run("dpkg", "--install", self.life.first)
            done = self.debian.ask("dpkg", "--install", self.life.later)
            assert done.code, "it found room"
            assert "No space left" in done.out, done.out
            assert self.life.told_version() == f"{NAME} {version()}"
            self.debian.run("dpkg", "--remove", NAME)
        install(self.life, self.life.later)
        self.kept()


class Removed(Room):
    """It goes, and what people set up stays until it is asked for."""

    def checks(self) -> Iterator[Check]:
        yield (
            "removed: a running one is closed, the program gone, the configuration kept",
            self.removed,
        )
        yield "installed again: as it was set up", self.again
        yield "purged: only head office's policy and what users have stays", self.purged

    def removed(self) -> None:
        start = self.debian.path(_START)
        start.parent.mkdir(parents=True, exist_ok=True)
        start.symlink_to(_ENTRY)
        with self.desk.window() as shown:
            self.debian.run("apt-get", "remove", "-q", "-y", NAME)
            code = shown.process.wait(_LIMIT_S)
            assert code in (0, 143), f"it ended with {code}"
        assert not self.debian.path(HERE).exists(), "not all is gone"
        assert not self.debian.path(f"/usr/bin/{NAME}").is_symlink()
        assert _MARK in self.debian.path(CONFIG).read_text(encoding="utf-8")

    def again(self) -> None:
        install(self.life, self.life.first)
        asked = self.debian.ask(
            NAME, "lookup", "qm0000001", user=CASHIER, settings=self.desk.session
        )
        assert asked.code == 0, asked.out

    def purged(self) -> None:
        self.debian.run("apt-get", "purge", "-q", "-y", NAME)
        for place in (HERE, f"/etc/xdg/{NAME}", f"/usr/share/{NAME}"):
            assert not self.debian.path(place).exists(), place
        assert not self.debian.path(_START).is_symlink()
        assert self.debian.path(POLICY).is_file()
        assert self.debian.path(f"/home/{CASHIER}/.config/{NAME}/config.toml").is_file()


class Refused(Room):
    """Places where it cannot be."""

    def checks(self) -> Iterator[Check]:
        yield "no room for the first version", self.no_room
        yield "a place that cannot be written", self.read_only
        yield "installed after all that", self.installed

    def no_room(self) -> None:
        with self.debian.mounted("/opt", "-o", "size=20m"):
            done = self.debian.ask("dpkg", "--install", self.life.first)
            assert done.code, "it found room"
            assert "No space left" in done.out, done.out
            self._left_nothing()

    def read_only(self) -> None:
        with self.debian.mounted("/opt", "-o", "ro"):
            done = self.debian.ask("dpkg", "--install", self.life.first)
            assert done.code, "it was written"
            assert "Read-only file system" in done.out, done.out
            self._left_nothing()

    def _left_nothing(self) -> None:
        told = self.debian.ask("dpkg-query", "--show", "--showformat=${db:Status-Status}", NAME)
        assert told.out in ("", "not-installed", "config-files") or told.code, told.out

    def installed(self) -> None:
        try:
            install(self.life, self.life.first)
        except StepError:
            self.debian.run("apt-get", "install", "-q", "-y", "--fix-broken")
            raise
        assert self.life.told_version() == f"{NAME} {version()}"
