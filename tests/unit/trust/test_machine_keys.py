"""The machine's keys: a store in one sealed file, with a stand-in for Windows' sealing."""

from __future__ import annotations

from pathlib import Path

import pytest

from posmember.errors import CredentialError
from posmember.trust import machine_keys
from posmember.trust.credentials import KeyringStore, delete_long, get_long, set_long
from posmember.trust.machine_keys import Dpapi, MachineKeys

SECRET = "an-open-key-that-nobody-sees-0001"


class Mirror:
    """Seals by turning around; what does not end in its mark was sealed elsewhere."""

    def seal(self, clear: bytes) -> bytes:
        """See `Sealer.seal`."""
        return clear[::-1] + b"sealed"

    def unseal(self, sealed: bytes) -> bytes:
        """See `Sealer.unseal`."""
        if not sealed.endswith(b"sealed"):
            raise OSError("sealed elsewhere")
        return sealed.removesuffix(b"sealed")[::-1]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys.sealed"


@pytest.fixture
def keys(file: Path) -> MachineKeys:
    return MachineKeys(file, Mirror())


def test_kept_for_whoever_asks_later(keys: MachineKeys, file: Path) -> None:
    assert keys.get("an-id") is None
    keys.set("an-id", SECRET)
    keys.set("another", "x")
    assert MachineKeys(file, Mirror()).get("an-id") == SECRET
    assert SECRET.encode() not in file.read_bytes()
    keys.delete("an-id")
    keys.delete("an-id")
    assert (keys.get("an-id"), keys.get("another")) == (None, "x")


def test_long_ones(keys: MachineKeys) -> None:
    set_long(keys, "wechat", "y" * 5000)
    assert get_long(keys, "wechat") == "y" * 5000
    delete_long(keys, "wechat")
    assert get_long(keys, "wechat") is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"from another machine", "OSError"),
        (Mirror().seal(b"{"), "JSONDecodeError"),
        (Mirror().seal(b"[1]"), "no keys"),
        (Mirror().seal(b'{"an-id": 1}'), "no keys"),
    ],
)
def test_a_file_that_is_none(keys: MachineKeys, file: Path, content: bytes, told: str) -> None:
    file.write_bytes(content)
    with pytest.raises(CredentialError, match=told):
        keys.get("an-id")


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(CredentialError, match="written"):
        MachineKeys(tmp_path / "nowhere" / "keys.sealed", Mirror()).set("an-id", SECRET)


def test_a_user_without_a_key_has_the_machines(
    keys: MachineKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {"mine": "my-own"}
    monkeypatch.setattr("posmember.trust.credentials._system_keyring", lambda: None)
    monkeypatch.setattr("posmember.trust.credentials._read", lambda _keyring, name: own.get(name))
    monkeypatch.setattr(machine_keys, "machine_keys", lambda: keys)
    keys.set("an-id", SECRET)
    keys.set("mine", "the-machines")
    store = KeyringStore()
    assert [store.get(name) for name in ("an-id", "mine", "nobodys")] == [SECRET, "my-own", None]


def test_there_is_no_such_thing_elsewhere() -> None:
    assert machine_keys.machine_keys() is None
    with pytest.raises(OSError, match="crypt32"):
        Dpapi()
