"""Waiting for the keyring: said after a moment, and bounded."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from posmember.cli import keyring_wait
from posmember.cli.keyring_wait import READ_LIMIT_S, SAID_AFTER_S, WRITE_LIMIT_S, from_keyring
from posmember.errors import CredentialError, KeyringSilentError


@pytest.fixture
def never() -> Iterator[threading.Event]:
    """A keyring that answers when the test is over."""
    event = threading.Event()
    yield event
    event.set()
    for thread in threading.enumerate():
        if thread.name == "posmember-keyring":
            assert thread.daemon, "it must not keep the process alive"
            thread.join()


def test_what_comes_at_once_is_given_without_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert from_keyring(lambda: "key") == "key"
    assert capsys.readouterr() == ("", "")


def test_a_failure_is_the_callers() -> None:
    def locked() -> str:
        raise CredentialError("locked")

    with pytest.raises(CredentialError, match=r"^locked$"):
        from_keyring(locked)


def test_silence_is_said_and_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], never: threading.Event
) -> None:
    monkeypatch.setattr(keyring_wait, "SAID_AFTER_S", 0.02)
    with pytest.raises(KeyringSilentError, match=r"no answer in 0\.05 s"):
        from_keyring(never.wait, 0.05)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "正在等待系统密钥库解锁" in said.err


def test_an_answer_that_comes_late_is_an_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(keyring_wait, "SAID_AFTER_S", 0.0)
    assert from_keyring(lambda: threading.Event().wait(0.05)) is False
    assert "waiting for the keyring" in capsys.readouterr().err


def test_the_limits_are_what_a_person_can_bear() -> None:
    assert (SAID_AFTER_S, READ_LIMIT_S, WRITE_LIMIT_S) == (1, 10, 120)
