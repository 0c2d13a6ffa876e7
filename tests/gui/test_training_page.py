"""The training page: its codes read back from what is printed, and each is what it says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtGui import QImage

from posmember.cli import parser
from posmember.cli.training import is_for_training
from posmember.cli.training_page import EXAMPLES, NOTES
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.printing.training_page import MOST_CODES, Example, training_page
from posmember.report.outcomes import Exit

pytestmark = pytest.mark.usefixtures("qapp")  # a process has one application

NOBODYS = {"商品条码", "付款码"}


def read_back(path: Path) -> dict[str, set[str]]:
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_Grayscale8)
    assert not image.isNull()
    view = memoryview(image.constBits())
    rows = view.cast("B", (image.height(), image.bytesPerLine()))
    found: dict[str, set[str]] = {}
    for code in zxingcpp.read_barcodes(rows):
        found.setdefault(code.text, set()).add(code.format.name)
    return found


def test_every_code_is_read_back_from_the_picture(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    assert parser.run(["training-page", str(path)]) == Exit.FOUND
    found = read_back(path)
    assert set(found) == {example.code for example in EXAMPLES}
    for example in EXAMPLES:
        long = example.name == "冯微信"
        assert len(found[example.code]) == (1 if long else 2), example.code


def test_as_pdf(tmp_path: Path) -> None:
    path = tmp_path / "page.PDF"
    assert parser.run(["training-page", str(path)]) == Exit.FOUND
    assert path.read_bytes().startswith(b"%PDF-")


def test_of_another_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.txt"
    assert parser.run(["training-page", str(path)]) == Exit.WRONG_USE
    assert not path.exists()
    assert ".pdf" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="a folder is not a file there")
def test_where_nothing_can_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert parser.run(["training-page", str(tmp_path / "no-folder" / "x.pdf")]) == Exit.OTHER
    assert "cannot write" in capsys.readouterr().err


def test_each_is_somebody_to_train_on() -> None:
    assert len(EXAMPLES) == MOST_CODES
    for example in EXAMPLES:
        known = is_for_training(Identifier(IdentifierKind.MEMBER_CODE, example.code))
        assert known is (example.name not in NOBODYS), example.name
    assert all(len(words) == 2 for words in NOTES)


def test_a_page_holds_so_many() -> None:
    one = Example("qm0000001", "x", ("x", "x"))
    with pytest.raises(ValueError, match="more codes"):
        training_page([one] * (MOST_CODES + 1), ())
