"""A till set up by a file: real processes, a real keyring, real HTTP; from nothing to a lookup."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY, STORES
from posmember.sandbox.app import Sandbox
from posmember.sandbox.server import RunningSandbox
from posmember.settings.declared import BASE_URL, STORE_CODE
from posmember.settings.declared import GRANT_CODE as GRANT_CODE_SETTING
from posmember.settings.declared import OPEN_ID as OPEN_ID_SETTING
from posmember.settings.provisioning import Provision, Secrets, write_provision
from tests.end2end.keyrings import keyring_daemon, private_bus
from tests.end2end.program import LIMIT_S, Till
from tests.fakes.printed import codes_of_picture
from tests.fakes.provisions import CHEAP, PASSPHRASE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the Secret Service is Linux's")


@pytest.fixture
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with private_bus(tmp_path_factory.mktemp("bus")) as environment:
        yield environment


@pytest.fixture
def nothing(tmp_path: Path) -> Till:
    """A PC on which nothing is set up yet."""
    # The library closes its bus when it is collected, and Python warns of that.
    command = (sys.executable, "-W", "error", "-W", "ignore::ResourceWarning", "-m", "posmember")
    return Till(tmp_path / "new" / "posmember" / "config.toml", open_key="", command=command)


@pytest.fixture
def file(platform: Sandbox, served: RunningSandbox, tmp_path: Path) -> Path:
    settings = {
        OPEN_ID_SETTING: OPEN_ID,
        GRANT_CODE_SETTING: GRANT_CODE,
        BASE_URL: served.base_url,
        STORE_CODE: STORES[0].code,
    }
    target = tmp_path / "till.toml"
    provision = Provision(settings, Secrets(OPEN_ID, OPEN_KEY))
    target.write_bytes(write_provision(provision, PASSPHRASE, cost=CHEAP))
    return target


def test_from_nothing_to_a_lookup_and_back(bus: dict[str, str], nothing: Till, file: Path) -> None:
    with keyring_daemon(bus, unlocked=True):
        assert nothing.run("lookup", "qm0000001", env=bus).code == 2
        done = nothing.run("setup", "--from", str(file), stdin=PASSPHRASE, env=bus)
        assert (done.code, done.err) == (0, "")
        assert done.out.splitlines()[-1] == "✓ 装好了 / set up"
        assert OPEN_KEY not in done.out + nothing.config.read_text("utf-8")
        assert nothing.run("lookup", "qm0000001", env=bus).code == 0
        with_variable = {**bus, "POSMEMBER_PASSPHRASE": PASSPHRASE}
        again = nothing.run("setup", "--from", str(file), env=with_variable)
        assert again.out.splitlines()[-1] == "✓ 没有要改的 / nothing to do"
        removed = nothing.run("setup", "--remove", "--yes", env=bus)
        assert (removed.code, removed.err) == (0, "")
        assert not nothing.config.exists()
        assert nothing.run("lookup", "qm0000001", env=bus).code == 2


def test_what_one_till_exports_sets_another_up(
    bus: dict[str, str], nothing: Till, file: Path, tmp_path: Path
) -> None:
    exported, passphrase = tmp_path / "for-all.toml", tmp_path / "passphrase"
    passphrase.write_text("correct horse battery staple")
    sealed_with = ("--passphrase-file", str(passphrase))
    with keyring_daemon(bus, unlocked=True):
        assert nothing.run("setup", "--from", str(file), stdin=PASSPHRASE, env=bus).code == 0
        done = nothing.run("setup", "--export", str(exported), *sealed_with, env=bus)
        assert (done.code, done.err) == (0, "")
    other = Till(tmp_path / "other.toml", open_key="", command=nothing.command)
    with keyring_daemon(bus, unlocked=True):
        assert nothing.run("setup", "--remove", "--yes", env=bus).code == 0
        assert other.run("setup", "--from", str(exported), *sealed_with, env=bus).code == 0
        assert other.run("lookup", "qm0000001", env=bus).code == 0


@pytest.mark.parametrize("running", [True, False], ids=["locked", "no keyring"])
def test_without_a_keyring_nothing_is_half_done(
    bus: dict[str, str], nothing: Till, file: Path, *, running: bool
) -> None:
    arguments = ("setup", "--from", str(file))
    if running:
        with keyring_daemon(bus, unlocked=False):
            result = nothing.run(*arguments, stdin=PASSPHRASE, env=bus)
    else:
        result = nothing.run(*arguments, stdin=PASSPHRASE, env=bus)
    assert result.code == 5
    assert "什么都没有改" in result.one_line()
    assert not nothing.config.parent.exists()
    with keyring_daemon(bus, unlocked=True):
        assert nothing.run(*arguments, stdin=PASSPHRASE, env=bus).code == 0


def test_settings_alone_need_no_keyring(bus: dict[str, str], nothing: Till, file: Path) -> None:
    options = ("setup", "--from", str(file), "--no-secrets")
    assert nothing.run(*options, stdin=PASSPHRASE, env=bus).code == 0
    key = {**bus, "POSMEMBER_OPEN_KEY": OPEN_KEY}
    assert nothing.run("lookup", "qm0000001", env=key).code == 0


def test_a_keyring_that_hangs_while_it_is_asked(
    bus: dict[str, str], nothing: Till, file: Path
) -> None:
    with keyring_daemon(bus, unlocked=True) as daemon:
        assert nothing.run("setup", "--from", str(file), stdin=PASSPHRASE, env=bus).code == 0
        nothing.config.unlink()
        daemon.send_signal(signal.SIGSTOP)
        result = nothing.run("setup", "--from", str(file), stdin=PASSPHRASE, env=bus)
        assert result.code == 5
        assert result.waited
        assert "密钥库没有回应，什么都没有改" in result.err
        assert not nothing.config.exists()
        daemon.send_signal(signal.SIGCONT)
        assert nothing.run("setup", "--from", str(file), stdin=PASSPHRASE, env=bus).code == 0


def test_a_page_and_its_passphrase_on_the_terminal_alone(till: Till, tmp_path: Path) -> None:
    """Standard output goes to a file, as in a script; the terminal shows the passphrase."""
    page = tmp_path / "page.png"
    master, slave = pty.openpty()
    try:
        done = subprocess.run(
            [*till.command, "setup", "--export-qr", str(page)],
            env=till.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=slave,
            check=True,
            timeout=LIMIT_S,
        )
        shown = os.read(master, 10_000).decode()
    finally:
        os.close(slave)
        os.close(master)
    passphrase = shown.split()[-1]
    assert len(passphrase) == len("XXXX-XXXX-XXXX")
    out = done.stdout.decode()
    assert passphrase not in out
    assert "✓ 时间 / time: 会员系统的 / the platform's" in out
    codes = codes_of_picture(page.read_bytes())
    assert f"✓ 二维码 / codes: {len(codes)}" in out
