"""The open key: the environment, the system's keyring, and what is no keyring at all."""

from __future__ import annotations

import logging

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import (
    InitError,
    KeyringError,
    KeyringLocked,
    NoKeyringError,
    PasswordSetError,
)

from posmember.errors import ConfigError, CredentialError, KeyringLockedError
from posmember.trust.credentials import (
    OPEN_KEY_VARIABLE,
    SERVICE,
    KeyringStore,
    environment_key,
    open_key,
)

SECRET = "a-secret-that-no-message-holds"


class Memory(KeyringBackend):
    """Keeps secrets in memory; its own module is no system's."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class SystemKeyring(Memory):
    """Stands for the Secret Service."""


SystemKeyring.__module__ = "keyring.backends.SecretService"


class Broken(SystemKeyring):
    """A system's keyring that fails."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self._error

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self._error

    def delete_password(self, service: str, username: str) -> None:
        raise self._error


Broken.__module__ = "keyring.backends.SecretService"


class Late(SystemKeyring):
    """On a bus that greets too late some times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def _greet(self) -> None:
        self.times -= 1
        if self.times >= 0:
            raise TimeoutError("Did not authenticate in 1.0 seconds")

    def get_password(self, service: str, username: str) -> str | None:
        self._greet()
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._greet()
        super().set_password(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        self._greet()
        super().delete_password(service, username)


Late.__module__ = "keyring.backends.SecretService"


class Chain(Memory):
    """Asks several, as keyring does where there is more than one."""

    def __init__(self, *backends: KeyringBackend) -> None:
        super().__init__()
        self.backends = list(backends)


def use(monkeypatch: pytest.MonkeyPatch, backend: KeyringBackend) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)


def test_stored_and_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = SystemKeyring()
    use(monkeypatch, backend)
    KeyringStore().set("an-id", SECRET)
    assert backend.kept == {(SERVICE, "an-id"): SECRET}
    assert KeyringStore().get("an-id") == SECRET
    assert KeyringStore().get("another-id") is None


def test_deleted_and_deleted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = SystemKeyring()
    use(monkeypatch, backend)
    KeyringStore().set("an-id", SECRET)
    KeyringStore().set("another-id", SECRET)
    KeyringStore().delete("an-id")
    assert backend.kept == {(SERVICE, "another-id"): SECRET}
    KeyringStore().delete("an-id")  # backends raise where there is none; that is no failure
    assert KeyringStore().get("an-id") is None


@pytest.mark.parametrize(
    "module",
    [
        "keyring.backends.SecretService",
        "keyring.backends.Windows",
        "keyring.backends.kwallet",
        "keyring.backends.libsecret",
        "keyring.backends.macOS",
    ],
)
def test_the_systems_own_are_trusted(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    backend = type("Keyring", (Memory,), {"__module__": module})()
    use(monkeypatch, backend)
    KeyringStore().set("an-id", SECRET)
    assert backend.kept


@pytest.mark.parametrize(
    "module", ["keyrings.alt.file", "keyring.backends.null", "keyring.backends.fail", "mine"]
)
def test_no_other_gets_the_secret(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    backend = type("PlaintextKeyring", (Memory,), {"__module__": module})()
    use(monkeypatch, backend)
    with pytest.raises(CredentialError, match="no system keyring"):
        KeyringStore().set("an-id", SECRET)
    with pytest.raises(CredentialError, match="no system keyring"):
        KeyringStore().get("an-id")
    with pytest.raises(CredentialError, match="no system keyring"):
        KeyringStore().delete("an-id")
    assert not backend.kept


def test_a_chain_is_asked_for_the_systems_own_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    file, system = Memory(), SystemKeyring()
    chain = Chain(file, system)
    use(monkeypatch, chain)
    KeyringStore().set("an-id", SECRET)
    assert system.kept
    assert not file.kept
    assert not chain.kept


def test_a_chain_without_a_system_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    file = Memory()
    use(monkeypatch, Chain(file))
    with pytest.raises(CredentialError, match="no system keyring"):
        KeyringStore().set("an-id", SECRET)
    assert not file.kept


@pytest.mark.parametrize(
    "error",
    [
        InitError(f"with {SECRET}"),
        KeyringLocked("locked"),
        PasswordSetError("no"),
        NoKeyringError("none"),
        KeyringError("else"),
        # What backends let through: of D-Bus, of its socket, of Windows' own calls.
        RuntimeError(f"no service for {SECRET}"),
        ConnectionResetError(104, "reset"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "kept by another program"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_its_failures_are_wrapped_and_say_no_secret(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    use(monkeypatch, Broken(error))
    with pytest.raises(CredentialError) as got:
        KeyringStore().get("an-id")
    with pytest.raises(CredentialError) as put:
        KeyringStore().set("an-id", SECRET)
    with pytest.raises(CredentialError) as deleted:
        KeyringStore().delete("an-id")
    for caught in (got, put, deleted):
        assert type(error).__name__ in str(caught.value)
        assert SECRET not in str(caught.value)
        assert caught.value.__cause__ is error


def dismissed(error: Exception) -> Exception:
    """As the library tells that nobody wanted to make a keyring: by another error's cause."""
    error.__cause__ = type("PromptDismissedException", (Exception,), {})(SECRET)
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (KeyringLocked("x"), KeyringLockedError),
        (type("LockedException", (Exception,), {})(SECRET), KeyringLockedError),
        (dismissed(InitError("x")), KeyringLockedError),
        (InitError("x"), CredentialError),
        (PasswordSetError("x"), CredentialError),
    ],
    ids=repr,
)
def test_one_that_nobody_unlocked_is_told_from_one_that_fails(
    monkeypatch: pytest.MonkeyPatch, error: Exception, kind: type[CredentialError]
) -> None:
    use(monkeypatch, Broken(error))
    with pytest.raises(CredentialError) as got:
        KeyringStore().get("an-id")
    with pytest.raises(CredentialError) as put:
        KeyringStore().set("an-id", SECRET)
    with pytest.raises(CredentialError) as deleted:
        KeyringStore().delete("an-id")
    assert {type(each.value) for each in (got, put, deleted)} == {kind}
    assert SECRET not in f"{got.value}{put.value}{deleted.value}"


def test_a_bus_that_is_late_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Late(9)
    use(monkeypatch, backend)
    store = KeyringStore()
    store.set("a", SECRET)
    backend.times = 9
    assert store.get("a") == SECRET
    backend.times = 9
    store.delete("a")
    assert backend.kept == {}


def test_a_bus_that_never_greets_is_not_asked_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Late(99)
    use(monkeypatch, backend)
    with pytest.raises(CredentialError, match="TimeoutError"):
        KeyringStore().get("a")
    assert backend.times == 89


def test_a_setting_that_names_no_backend(monkeypatch: pytest.MonkeyPatch) -> None:
    def get_keyring() -> KeyringBackend:
        raise ModuleNotFoundError("No module named 'keyrings'")

    monkeypatch.setattr(keyring, "get_keyring", get_keyring)
    with pytest.raises(CredentialError, match="ModuleNotFoundError"):
        KeyringStore().get("an-id")


def test_a_service_that_came_after_the_first_look_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The library looks once, and keeps what it finds: nothing."""
    backend = SystemKeyring()
    tried: list[str] = []

    def load_keyring(name: str) -> KeyringBackend:
        tried.append(name)
        if "libsecret" not in name:
            raise RuntimeError("not here")
        return backend

    use(monkeypatch, fail.Keyring())  # type: ignore[no-untyped-call]
    monkeypatch.setattr("keyring.core.load_keyring", load_keyring)
    KeyringStore().set("an-id", SECRET)
    assert backend.kept == {(SERVICE, "an-id"): SECRET}
    assert len(tried) == 2


def test_where_no_service_came_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def load_keyring(_name: str) -> KeyringBackend:
        raise RuntimeError("not here")

    use(monkeypatch, fail.Keyring())  # type: ignore[no-untyped-call]
    monkeypatch.setattr("keyring.core.load_keyring", load_keyring)
    with pytest.raises(CredentialError, match="no system keyring"):
        KeyringStore().get("an-id")


def test_what_is_surely_empty_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Broken(AssertionError("read"))
    use(monkeypatch, backend)
    monkeypatch.setattr("posmember.trust.credentials.surely_without", lambda *_where: True)
    assert KeyringStore().get("an-id") is None
    KeyringStore().delete("an-id")


class Shelf:
    """A credential store of the test's own."""

    def __init__(self, **secrets: str | None) -> None:
        self._secrets = secrets

    def get(self, name: str) -> str | None:
        return self._secrets.get(name)

    def set(self, name: str, secret: str) -> None:
        raise AssertionError((name, secret))

    def delete(self, name: str) -> None:
        raise AssertionError(name)


class Locked(Shelf):
    def get(self, name: str) -> str | None:
        raise CredentialError("locked")


def test_the_environment_comes_first() -> None:
    assert open_key("me", Locked(), {OPEN_KEY_VARIABLE: f" {SECRET}\n"}) == SECRET


@pytest.mark.parametrize(
    "environ", [{}, {OPEN_KEY_VARIABLE: ""}, {OPEN_KEY_VARIABLE: " \n"}, {OPEN_KEY_VARIABLE: '""'}]
)
def test_then_the_store(environ: dict[str, str]) -> None:
    assert open_key("me", Shelf(me=SECRET), environ) == SECRET


@pytest.mark.parametrize("around", ['"{}"', "'{}'", "\ufeff{}\u200b", " “{}”\r\n", "\u2060' {} '"])
def test_what_came_along_is_no_part_of_it(around: str) -> None:
    text = around.format(SECRET)
    assert open_key("me", Locked(), {OPEN_KEY_VARIABLE: text}) == SECRET
    assert open_key("me", Shelf(me=text), {}) == SECRET, "kept by an earlier version"
    assert environment_key({OPEN_KEY_VARIABLE: text}) == SECRET


@pytest.mark.parametrize("text", [f"{SECRET} {SECRET}", "密钥", f"{SECRET}\udcff", f"\x00{SECRET}"])
def test_what_is_no_key_is_never_used(text: str) -> None:
    with pytest.raises(ConfigError, match=OPEN_KEY_VARIABLE) as wrong:
        open_key("me", Shelf(me=SECRET), {OPEN_KEY_VARIABLE: text})
    assert SECRET not in str(wrong.value)
    with pytest.raises(CredentialError, match="no open key") as stored:
        open_key("me", Shelf(me=text), {})
    assert SECRET not in str(stored.value)


@pytest.mark.parametrize("kept", [None, ""])
def test_nowhere(kept: str | None) -> None:
    with pytest.raises(CredentialError, match="no open key is stored"):
        open_key("me", Shelf(me=kept), {})


def test_a_locked_store_is_not_the_same_as_an_empty_one() -> None:
    with pytest.raises(CredentialError, match="locked"):
        open_key("me", Locked(), {})


def test_nothing_of_it_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    use(monkeypatch, SystemKeyring())
    KeyringStore().set("an-id", SECRET)
    open_key("an-id", KeyringStore(), {})
    assert SECRET not in caplog.text
