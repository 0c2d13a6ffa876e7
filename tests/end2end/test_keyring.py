"""The open key in a real keyring: kept, read, and what is said where it cannot be."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from posmember.sandbox.account import OPEN_KEY
from posmember.sandbox.app import Sandbox
from tests.end2end.keyrings import keyring_daemon, private_bus
from tests.end2end.program import Till
from tests.end2end.written import home_files

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the Secret Service is Linux's")


@pytest.fixture
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with private_bus(tmp_path_factory.mktemp("bus")) as environment:
        yield environment


@pytest.fixture
def keyless(till: Till) -> Till:
    """The till with nothing in its environment: its key has to come from the keyring."""
    # The library closes its bus when it is collected, and Python warns of that.
    command = (sys.executable, "-W", "error", "-W", "ignore::ResourceWarning", "-m", "posmember")
    return Till(till.config, open_key="", command=command)


def test_kept_then_read_by_lookup_and_doctor(bus: dict[str, str], keyless: Till) -> None:
    with keyring_daemon(bus, unlocked=True):
        before = keyless.run("lookup", "qm0000001", env=bus)
        assert before.code == 5
        assert "no open key is stored" in before.one_line()
        kept = keyless.run("set-open-key", stdin=f"{OPEN_KEY}\n", env=bus)
        assert (kept.code, kept.err) == (0, "")
        assert "密钥库" in kept.out
        assert OPEN_KEY not in kept.out
        found = keyless.run("lookup", "qm0000001", env=bus)
        assert (found.code, found.err) == (0, "")
        checked = keyless.run("doctor", env=bus)
        assert (checked.code, checked.err) == (0, "")
        assert "✓ 密钥 / open key: keyring" in checked.out
    assert OPEN_KEY not in keyless.config.read_text("utf-8")


def test_it_outlives_the_session(bus: dict[str, str], keyless: Till) -> None:
    with keyring_daemon(bus, unlocked=True):
        assert keyless.run("set-open-key", stdin=OPEN_KEY, env=bus).code == 0
    with keyring_daemon(bus, unlocked=True):
        assert keyless.run("lookup", "qm0000001", env=bus).code == 0


def test_a_locked_keyring(bus: dict[str, str], keyless: Till, platform: Sandbox) -> None:
    with keyring_daemon(bus, unlocked=True):
        assert keyless.run("set-open-key", stdin=OPEN_KEY, env=bus).code == 0
    with keyring_daemon(bus, unlocked=False):
        for arguments in (("lookup", "qm0000001"), ("set-open-key",)):
            result = keyless.run(*arguments, stdin=OPEN_KEY, env=bus)
            assert (result.code, result.out) == (5, "")
            assert "没有解锁" in result.one_line()
            assert OPEN_KEY not in result.err
    assert not platform.calls


@pytest.mark.parametrize("backend", ["found by itself", "keyring.backends.SecretService.Keyring"])
def test_no_keyring_at_all(bus: dict[str, str], keyless: Till, backend: str) -> None:
    bus["PYTHON_KEYRING_BACKEND"] = "" if " " in backend else backend
    for arguments in (("lookup", "qm0000001"), ("set-open-key",)):
        result = keyless.run(*arguments, stdin=OPEN_KEY, env=bus)
        assert (result.code, result.out) == (5, "")
        assert "posmember set-open-key" in result.one_line()
    assert not any(OPEN_KEY.encode() in content for content in home_files().values())


def test_no_message_bus(keyless: Till, tmp_path: Path) -> None:
    nowhere = {
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path / 'none'}",
        "PYTHON_KEYRING_BACKEND": "",
    }
    result = keyless.run("set-open-key", stdin=OPEN_KEY, env=nowhere)
    assert result.code == 5
    assert result.one_line()
    assert not any(OPEN_KEY.encode() in content for content in home_files().values())
