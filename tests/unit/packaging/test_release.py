"""`dev.py release`: the repository's commands, and keys that never lie in the checkout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from dev_run import ROOT, StepError
from release import main
from releases.keys import VARIABLE, load, make

Run = Callable[..., int]
SETUP = "posmember-1.1.0-user-setup.exe"
ADD = ("--version", "1.1.0", "--edition", "user")


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on a repository of the test's own."""
    monkeypatch.setenv(VARIABLE, "four words of a test")
    (tmp_path / SETUP).write_bytes(b"a setup")

    def run(*arguments: str | Path) -> int:
        places = ("--keys", str(tmp_path / "keys"), "--repository", str(tmp_path / "www"))
        return main([*places, *map(str, arguments)])

    assert run("init", "--root", tmp_path / "root.json") == 0
    return run


def last_line(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.splitlines()[-1]


def test_a_version_from_its_first_till_to_its_last(
    release: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release("add", tmp_path / SETUP, *ADD, "--percent", 5, "--least", "1.0.0") == 0
    assert last_line(capsys) == f"{SETUP}: 1.1.0 user, 5 %, from 1.0.0"
    assert release("change", SETUP, "--percent", 100, "--hours", "22:00-06:00") == 0
    told = f"{SETUP}: 1.1.0 user, 100 %, from 1.0.0, at 22:00-06:00"
    assert last_line(capsys) == told
    assert release("change", SETUP, "--goes-back") == 0
    assert last_line(capsys) == f"{told}, may be gone back to"
    assert release("refresh") == 0
    assert release("verify") == 0
    assert release("withdraw", SETUP) == 0
    assert last_line(capsys).startswith("timestamp 6: ")
    assert release("withdraw", SETUP) == 1


def test_the_same_keys_are_not_made_twice(release: Run, tmp_path: Path) -> None:
    root = (tmp_path / "root.json").read_bytes()
    assert release("init", "--root", tmp_path / "root.json") == 1
    assert release("init", "--root", tmp_path / "other.json") == 1
    assert (tmp_path / "root.json").read_bytes() == root
    assert not (tmp_path / "other.json").exists()


def test_a_key_that_is_lost_is_replaced(release: Run, tmp_path: Path) -> None:
    for name in ("root3", "targets2", "online"):
        (tmp_path / "keys" / f"{name}.pem").unlink()
        assert release("rotate", name) == 0
    assert release("add", tmp_path / SETUP, *ADD) == 0
    (tmp_path / "keys" / "root1.pem").unlink()
    (tmp_path / "keys" / "root2.pem").unlink()
    assert release("rotate", "root2") == 1


def test_a_file_that_is_not_what_was_signed_is_noticed(release: Run, tmp_path: Path) -> None:
    assert release("add", tmp_path / SETUP, *ADD) == 0
    (kept,) = (tmp_path / "www" / "targets").iterdir()
    kept.write_bytes(b"another")
    assert release("verify") == 1
    kept.unlink()
    assert release("verify") == 1


@pytest.mark.parametrize("name", ["timestamp", "1.snapshot", "1.targets", "1.root"])
def test_metadata_that_was_changed_is_noticed(release: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / "www" / "metadata" / f"{name}.json"
    path.write_bytes(path.read_bytes().replace(b'"version": 1', b'"version": 2'))
    assert release("verify") == 1
    path.write_bytes(b"{}")
    assert release("verify") == 1


def test_keys_are_sealed_and_their_owners_alone(release: Run, tmp_path: Path) -> None:
    paths = sorted((tmp_path / "keys").iterdir())
    assert len(paths) == 6
    for path in paths:
        assert path.stat().st_mode & 0o777 == 0o600
        assert b"ENCRYPTED PRIVATE KEY" in path.read_bytes()
    with pytest.raises(StepError, match="the passphrase is another one"):
        load(tmp_path / "keys", "root1", lambda _name: "another passphrase")
    with pytest.raises(StepError, match="at least 12 characters"):
        make(tmp_path / "keys", "root9", lambda _name: "short")
    with pytest.raises(StepError, match="two passphrases"):
        make(tmp_path / "keys", "root9", lambda name: f"a passphrase of {name}")


def test_keys_are_never_kept_in_the_checkout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "link").symlink_to(ROOT)
    for folder in (ROOT / "keys", tmp_path / "link" / "keys"):
        assert main(["--keys", str(folder), "--repository", str(tmp_path), "verify"]) == 1
        assert "never kept in the checkout" in capsys.readouterr().out
