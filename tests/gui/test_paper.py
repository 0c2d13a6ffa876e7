"""The printed pages, read back as a scanner reads them: from the picture, and key by key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage
from pytestqt.qtbot import QtBot

from posmember.printing.setup_page import CODES_ON_A_PAGE, setup_pages
from posmember.printing.sheet import FONTS, Code, Line, sheet_svg
from posmember.settings.pages import PageCollector, Taken, read_pages, write_pages
from posmember.settings.provisioning import Provision, Secrets
from posmember.ui.paper import sheet_png, sheets_pdf
from tests.fakes.printed import codes_of_pdf, codes_of_picture
from tests.fakes.provisions import CHEAP, NOW, PASSPHRASE, PROVISION
from tests.fakes.wechat import pair
from tests.gui.capture.counter import Counter, focus

pytestmark = pytest.mark.usefixtures("qapp")

UNTIL = NOW + timedelta(days=7)
PARTS = write_pages(PROVISION, PASSPHRASE, NOW, cost=CHEAP)


def long_parts() -> tuple[str, ...]:
    """A till with a key of WeChat Pay: several pages."""
    wechat = json.dumps({"private_key": pair("merchant").private_pem.decode()})
    secrets = Secrets("an-id", PROVISION.secrets.open_key, wechat)
    return write_pages(Provision(PROVISION.settings, secrets), PASSPHRASE, NOW, cost=CHEAP)


def read(parts: list[str]) -> Provision:
    collector = PageCollector()
    assert {collector.take(part, NOW) for part in parts} == {Taken.NEW}
    return read_pages(collector.whole(), PASSPHRASE, NOW)


def test_a_picture_is_read_back() -> None:
    (sheet,) = setup_pages(PARTS, UNTIL)
    found = codes_of_picture(sheet_png(sheet))
    assert sorted(found) == sorted(PARTS)
    assert read(found).secrets == PROVISION.secrets


def test_a_pdf_of_several_pages_is_read_back() -> None:
    parts = long_parts()
    sheets = setup_pages(parts, UNTIL)
    assert len(sheets) == -(-len(parts) // CODES_ON_A_PAGE) > 1
    pages = codes_of_pdf(sheets_pdf(sheets))
    assert [len(page) for page in pages[:-1]] == [CODES_ON_A_PAGE] * (len(sheets) - 1)
    found = [code for page in pages for code in page]
    assert sorted(found) == sorted(parts)
    assert read(found).settings == PROVISION.settings


def test_its_size_is_a4() -> None:
    (sheet,) = setup_pages(PARTS, UNTIL)
    image = QImage.fromData(sheet_png(sheet))
    assert (image.width(), image.height()) == (2480, 3508)
    assert round(image.dotsPerMeterX() * 0.0254) == 300
    assert re.search(rb"/MediaBox \[0 0 595(\.0*)? 842(\.0*)?\]", sheets_pdf([sheet]))


def test_nothing_is_off_the_page_or_over_a_code() -> None:
    font = QFont(list(FONTS))
    for sheet in setup_pages(long_parts(), UNTIL):
        codes = [part for part in sheet.parts if isinstance(part, Code)]
        for line in (part for part in sheet.parts if isinstance(part, Line)):
            font.setPixelSize(100)
            width = QFontMetricsF(font).horizontalAdvance(line.words) / 100 * line.size
            assert line.x >= 15
            assert line.x + width <= 195, line.words
            for code in codes:
                side = len(code.modules) * code.unit
                beside = line.x + width < code.x - 3.2 or line.x > code.x + side + 3.2
                assert beside or line.y < code.y - 3.2 or line.y - line.size > code.y + side
        assert all(code.y + len(code.modules) * code.height <= 285 for code in codes)
        assert all(code.unit >= 0.75 for code in codes), "an old scanner reads 0.5 mm"


def test_what_it_says_and_what_it_does_not() -> None:
    (sheet,) = setup_pages(PARTS, UNTIL)
    words = "\n".join(part.words for part in sheet.parts if isinstance(part, Line))
    assert "有效期至 2026-12-06 12:00，过期作废" in words
    assert [f"{n} / {len(PARTS)}" in words for n in range(1, len(PARTS) + 1)] == [True] * len(PARTS)
    for step in ("1. ", "2. ", "3. "):
        assert f"\n{step}" in words
    svg = sheet_svg(sheet)
    for secret in (PASSPHRASE, "an-id", "a-code", "platform.invalid"):
        assert secret not in words
        assert secret not in svg


@pytest.fixture
def counter(qtbot: QtBot) -> Iterator[Counter]:
    window = Counter()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    focus(qtbot, window.field)
    scan_filter = window.watch()
    yield window
    scan_filter.stop()


@pytest.mark.parametrize("caps_lock", [False, True])
def test_typed_by_a_scanner_into_the_window(counter: Counter, *, caps_lock: bool) -> None:
    """Each part is one burst, which gives exactly the part back; no field keeps any of it."""
    counter.field.setText("58.00")
    for part in PARTS:
        counter.strike(part.lower() if caps_lock else part, Qt.Key.Key_Return)
        counter.now_ms += 1_500
    assert counter.field.text() == "58.00"
    assert [scan.upper() for scan in counter.scans] == list(PARTS)
    assert read(counter.scans).secrets == PROVISION.secrets
