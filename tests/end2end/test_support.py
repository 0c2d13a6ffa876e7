"""``posmember support``: shown first, then saved; what fails is told in it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from posmember.report.outcomes import Exit
from tests.end2end.conftest import Command
from tests.end2end.program import Till


def test_it_is_shown(command: Command, till: Till) -> None:
    result = command("support")
    assert (result.code, result.err) == (Exit.FOUND, "")
    for part in ("versions.txt", "settings.txt", "check.txt", "log.txt"):
        assert f"=== {part}\n" in result.out
    assert "gift_cards good\n" in result.out
    assert till.open_key not in result.out


def test_it_is_saved(command: Command, till: Till, tmp_path: Path) -> None:
    path = tmp_path / "support.zip"
    result = command("support", "--save", str(path), "--no-check")
    assert (result.code, result.out) == (Exit.FOUND, f"{path}\n")
    with zipfile.ZipFile(path) as bundle:
        assert till.open_key.encode() not in b"".join(map(bundle.read, bundle.namelist()))
        assert bundle.read("check.txt") == b"none\n"


def test_what_is_wrong_is_told_in_it(command: Command, till: Till, tmp_path: Path) -> None:
    till.config.write_text("[platform]\n", encoding="utf-8")
    result = command("support")
    assert result.code == Exit.FOUND
    assert "platform.open_id is missing" in result.out


def test_a_file_that_cannot_be_written(command: Command, tmp_path: Path) -> None:
    result = command("support", "--no-check", "--save", str(tmp_path / "none" / "s.zip"))
    assert result.code == Exit.OTHER
    assert "写不了文件" in result.one_line()
