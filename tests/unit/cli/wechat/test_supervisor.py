"""`posmember supervisor`: who may change cards; PINs are read, kept as hashes, never repeated."""

from __future__ import annotations

import getpass
from functools import partial

import pytest

from posmember.errors import CredentialError, PinRejectedError
from posmember.report.outcomes import Exit
from posmember.trust.supervisors import Permit, Supervisors
from tests.fakes.wechat import MemoryStore
from tests.fakes.wechat_desk import cheap_pins
from tests.unit.cli.wechat.card_commands import Run

PIN = "pin-of-nobody-24680"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_pins(monkeypatch)


@pytest.fixture(autouse=True)
def cashier(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody at the till, who is no administrator, whoever runs the tests."""
    as_cashier = partial(Supervisors, administrator=lambda: False)
    monkeypatch.setattr("posmember.cli.wechat.supervisor.Supervisors", as_cashier)


def is_pin(store: MemoryStore, who: str, pin: str) -> bool:
    try:
        return Supervisors(store).check(who, pin) == Permit(who)
    except PinRejectedError:
        return False


@pytest.mark.parametrize("stdin", [PIN, f"{PIN}\n", f" {PIN}\r\n", f"{PIN}\nmore\n"])
def test_a_pin_is_read_from_standard_input_and_kept_as_a_hash(
    run: Run, keyring: MemoryStore, stdin: str
) -> None:
    result = run("supervisor", "set", "1001", stdin=stdin)
    assert (result.code, result.err) == (Exit.FOUND, "")
    assert "密钥库" in result.out
    assert is_pin(keyring, "1001", PIN)
    assert PIN not in result.out
    assert not any(PIN in kept for kept in keyring.kept.values())


def test_at_a_terminal_it_is_asked_for_unseen(
    run: Run, keyring: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompts: list[str] = []

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        return PIN

    monkeypatch.setattr(getpass, "getpass", ask)
    assert run("supervisor", "set", "1001", stdin=None).code == Exit.FOUND
    assert prompts == ["主管密码 / PIN: "]
    assert is_pin(keyring, "1001", PIN)


def test_a_pin_is_no_argument(run: Run, keyring: MemoryStore) -> None:
    assert run("supervisor", "set", "1001", PIN).code == Exit.WRONG_USE
    assert keyring.kept == {}


@pytest.mark.parametrize(
    ("who", "pin"),
    [
        ("1001", ""),
        ("1001", "12345"),
        ("1001", "密码密码密码"),
        ("1001", "1" * 65),
        ("", PIN),
        ("主管", PIN),
        ("a b", PIN),
        ("1" * 21, PIN),
    ],
)
def test_what_is_not_of_the_form_is_wrong_use(
    run: Run, keyring: MemoryStore, who: str, pin: str
) -> None:
    result = run("supervisor", "set", who, stdin=pin)
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert "the staff number" in result.one_line() or "the PIN" in result.one_line()
    assert not pin or pin not in result.err
    assert keyring.kept == {}


def test_they_are_listed_by_number_alone(run: Run, keyring: MemoryStore) -> None:
    assert run("supervisor", "list") == run("supervisor", "list")
    assert run("supervisor", "list").out == ""
    run("supervisor", "set", "1002", stdin=PIN)
    run("supervisor", "set", "1001", "--by", "1002", stdin=f"{PIN}\n{PIN}")
    result = run("supervisor", "list")
    assert (result.code, result.out, result.err) == (Exit.FOUND, "1001\n1002\n", "")


def test_another_pin_takes_the_place_of_the_first(run: Run, keyring: MemoryStore) -> None:
    run("supervisor", "set", "1001", stdin=PIN)
    run("supervisor", "set", "1001", "--by", "1001", stdin=f"{PIN}\nanother-pin")
    assert not is_pin(keyring, "1001", PIN)
    assert is_pin(keyring, "1001", "another-pin")
    assert run("supervisor", "list").out == "1001\n"


def test_one_is_removed_and_the_others_stay(run: Run, keyring: MemoryStore) -> None:
    run("supervisor", "set", "1001", stdin=PIN)
    run("supervisor", "set", "1002", "--by", "1001", stdin=f"{PIN}\n{PIN}")
    result = run("supervisor", "remove", "1001", "--by", "1002", stdin=PIN)
    assert (result.code, result.err) == (Exit.FOUND, "")
    assert run("supervisor", "list").out == "1002\n"
    assert not is_pin(keyring, "1001", PIN)


def test_one_who_is_none_cannot_be_removed(run: Run) -> None:
    result = run("supervisor", "remove", "1001")
    assert (result.code, result.out) == (Exit.NOT_FOUND, "")
    assert "没有这位主管" in result.one_line()


@pytest.mark.parametrize("action", ["set", "remove"])
@pytest.mark.parametrize("who", ["1001", "1002"])
def test_after_the_first_one_nobody_does_it_alone(
    run: Run, keyring: MemoryStore, action: str, who: str
) -> None:
    run("supervisor", "set", "1001", stdin=PIN)
    before = dict(keyring.kept)
    result = run("supervisor", action, who, stdin="another-pin\nanother-pin")
    assert (result.code, result.out) == (Exit.KEYS_REFUSED, "")
    assert "--by" in result.one_line()
    assert keyring.kept == before


@pytest.mark.parametrize("action", ["set", "remove"])
def test_the_pin_of_who_allows_it_has_to_be_right(
    run: Run, keyring: MemoryStore, action: str
) -> None:
    run("supervisor", "set", "1001", stdin=PIN)
    for left in (4, 3, 2, 1):
        result = run("supervisor", action, "1001", "--by", "1001", stdin="wrong-one\nanother-pin")
        assert (result.code, result.out) == (Exit.KEYS_REFUSED, "")
        assert f"tries left: {left}" in result.one_line()
    assert is_pin(keyring, "1001", PIN)


def test_at_a_terminal_the_pin_of_who_allows_it_is_asked_for_first(
    run: Run, keyring: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("supervisor", "set", "1001", stdin=PIN)
    prompts: list[str] = []

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        return PIN if "1001" in prompt else "another-pin"

    monkeypatch.setattr(getpass, "getpass", ask)
    assert run("supervisor", "set", "1002", "--by", "1001", stdin=None).code == Exit.FOUND
    assert prompts == ["1001 的主管密码 / PIN of 1001: ", "主管密码 / PIN: "]
    assert is_pin(keyring, "1002", "another-pin")


@pytest.mark.parametrize("action", [("set", "1001"), ("remove", "1001"), ("list",)])
def test_a_keyring_that_fails_is_told(
    run: Run, keyring: MemoryStore, monkeypatch: pytest.MonkeyPatch, action: tuple[str, ...]
) -> None:
    def locked(*_what: str) -> str:
        raise CredentialError("the keyring gave nothing: KeyringLocked")

    monkeypatch.setattr(MemoryStore, "get", locked)
    result = run("supervisor", *action, stdin=PIN)
    assert (result.code, result.out) == (Exit.KEYS_REFUSED, "")
    assert "KeyringLocked" in result.one_line()
    assert PIN not in result.err


@pytest.mark.parametrize("arguments", [(), ("set",), ("remove",), ("list", "1001"), ("add", "1")])
def test_wrong_use_is_2_and_one_line(run: Run, arguments: tuple[str, ...]) -> None:
    result = run("supervisor", *arguments)
    assert (result.code, result.out) == (Exit.WRONG_USE, "")
    assert result.one_line()
