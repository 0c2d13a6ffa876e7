"""`posmember set-open-key`: asked for or read, kept, and never repeated."""

from __future__ import annotations

import argparse
import codecs
import getpass
import io
import sys
from pathlib import Path

import pytest

from posmember.cli import set_open_key
from posmember.cli.parser import run as command
from posmember.errors import CredentialError
from posmember.report.outcomes import Exit

KEY = "an-open-key-that-nobody-sees"


class Keyring:
    """Stands for the system's keyring, and remembers what it was given."""

    kept: list[tuple[str, str]]
    failing = False

    def set(self, name: str, secret: str) -> None:
        if self.failing:
            raise CredentialError("the keyring took nothing: KeyringLocked")
        self.kept.append((name, secret))


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, str]]:
    path = tmp_path / "c.toml"
    path.write_text('[platform]\nopen_id = "an-id"\ngrant_code = "a-code"\n')
    monkeypatch.setenv("POSMEMBER_CONFIG", str(path))
    monkeypatch.setattr(set_open_key, "KeyringStore", Keyring)
    monkeypatch.setattr(Keyring, "kept", [], raising=False)
    return Keyring.kept


def run() -> int:
    return set_open_key.run(argparse.Namespace())


def give(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    give_bytes(monkeypatch, text.encode())


def give_bytes(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


@pytest.mark.parametrize("text", [KEY, f"{KEY}\n", f"  {KEY} \r\n", f"{KEY}\nmore\n"])
def test_read_from_standard_input(
    kept: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    text: str,
) -> None:
    give(monkeypatch, text)
    assert run() == Exit.FOUND
    assert kept == [("an-id", KEY)]
    captured = capsys.readouterr()
    assert KEY not in captured.out
    assert captured.err == ""


@pytest.mark.parametrize(
    "content",
    [
        codecs.BOM_UTF8 + KEY.encode(),
        KEY.encode("utf-16"),
        codecs.BOM_UTF16_LE + f'"{KEY}"\r\n'.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + f"{KEY}\r\n".encode("utf-16-be"),
        f'"{KEY}"\n'.encode(),
        f" '{KEY}' \n".encode(),
        f"“{KEY}”".encode(),
        f"\"'{KEY}'\"".encode(),
        f"「{KEY}」".encode(),
        f"\u200b{KEY[:5]}\u200d{KEY[5:]}\u2060\ufeff\n".encode(),
        f"\u3000{KEY}\u00a0".encode(),
    ],
    ids=ascii,
)
def test_what_came_along_is_not_kept(
    kept: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    give_bytes(monkeypatch, content)
    assert command(["set-open-key"]) == Exit.FOUND
    assert kept == [("an-id", KEY)]


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\xfa",
        KEY.encode() + b"\xff",
        "密钥".encode("gbk"),
        KEY.encode("utf-16-le"),
        KEY.encode("utf-32"),
        "密钥".encode(),
        f"key: {KEY}".encode(),
        f'"{KEY}"x'.encode(),
        f"{KEY}\x1b[A".encode(),
        f"{KEY}\u3000{KEY}".encode(),
        b"x" * 1_001,
        b"x" * 100_000,
        b'""',
        codecs.BOM_UTF8,
    ],
    ids=lambda content: f"{len(content)} {content[:30]!r}",
)
def test_what_is_no_key_is_wrong_use_and_never_kept(
    kept: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
) -> None:
    give_bytes(monkeypatch, content)
    assert command(["set-open-key"]) == Exit.WRONG_USE
    assert kept == []
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert KEY not in captured.err


def test_asked_for_at_a_terminal(
    kept: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    prompts: list[str] = []

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        return f" {KEY} "

    give(monkeypatch, "")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(getpass, "getpass", ask)
    assert run() == Exit.FOUND
    assert kept == [("an-id", KEY)]
    assert prompts == ["开放密钥 / open key: "]


@pytest.mark.parametrize("text", ["", "\n", "   \n"])
def test_nothing_given(
    kept: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    text: str,
) -> None:
    give(monkeypatch, text)
    assert run() == Exit.WRONG_USE
    assert kept == []
    assert capsys.readouterr().err.count("\n") == 1


def test_a_keyring_that_fails(
    kept: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(Keyring, "failing", True)
    give(monkeypatch, KEY)
    assert run() == Exit.KEYS_REFUSED
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "KeyringLocked" in captured.err
    assert KEY not in captured.err


def test_without_a_configuration_nothing_is_asked(
    kept: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("POSMEMBER_CONFIG", str(tmp_path / "none.toml"))
    give(monkeypatch, KEY)
    assert run() == Exit.WRONG_USE
    assert kept == []
    assert sys.stdin.read() == KEY


def test_the_key_is_no_argument() -> None:
    parser = argparse.ArgumentParser(exit_on_error=False)
    set_open_key.add_arguments(parser)
    assert parser.parse_known_args([KEY])[1] == [KEY]
