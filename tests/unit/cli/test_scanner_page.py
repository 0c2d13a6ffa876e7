"""`posmember scanner-page`: what it writes, prints and ends with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from posmember.cli.parser import run
from posmember.printing.scanner_page import page_html, page_svg
from posmember.report.outcomes import Exit


def test_the_default_is_a_page_beside_the_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["scanner-page"]) == Exit.FOUND
    written = tmp_path / "posmember-scanner-page.html"
    assert capsys.readouterr().out == f"{written}\n"
    assert written.read_text("utf-8") == page_html()


@pytest.mark.parametrize("name", ["page.svg", "PAGE.SVG"])
def test_the_suffix_chooses_the_kind(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    target.write_text("what was there before")
    assert run(["scanner-page", "--output", str(target)]) == Exit.FOUND
    assert target.read_text("utf-8") == page_svg()


def test_another_suffix_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "page.pdf"
    assert run(["scanner-page", "--output", str(target)]) == Exit.WRONG_USE
    assert "page.pdf" in capsys.readouterr().err
    assert not target.exists()


def test_a_file_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "missing" / "page.svg"
    assert run(["scanner-page", "--output", str(target)]) == Exit.OTHER
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert str(target) in err


def test_the_encoders_are_loaded_when_they_are_needed(tmp_path: Path) -> None:
    code = (
        "import sys, posmember.printing.scanner_page, posmember.cli.scanner_page\n"
        "from posmember.cli.parser import run\n"
        "assert 'zxingcpp' not in sys.modules\n"
        "run(['scanner-page'])\n"
        "assert 'zxingcpp' in sys.modules and 'PySide6' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=tmp_path)
