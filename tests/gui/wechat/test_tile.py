"""A card's face: its colour, its picture, words that can be read on either, and a name."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageReader, QImageWriter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posmember.ui.theme import apply_scheme, tokens
from posmember.ui.wechat import tile as card_tile
from posmember.ui.wechat.tile import CardTile, decode
from tests.gui.themed import give_theme
from tests.gui.wechat.samples import png

ENOUGH = 3.0
"""The least contrast of large words (WCAG 2.2, 1.4.3)."""
WORDS = "会员金卡甲乙丙丁"
WHITE, BLACK, GREEN = (255, 255, 255), (0, 0, 0), (28, 110, 90)


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    give_theme(qapp)
    yield
    apply_scheme(qapp, "light")


@pytest.fixture
def tile(qtbot: QtBot) -> CardTile:
    made = CardTile()
    qtbot.addWidget(made)
    made.resize(240, card_tile.HEIGHT)
    return made


def encoded(kind: str, color: str = "#1c6e5a", width: int = 40, height: int = 20) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    content, buffer = QByteArray(), QBuffer()
    buffer.setBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(kind.encode())).write(image)
    return bytes(content.data())


def colors(tile: CardTile) -> set[int]:
    """The colours of a tile, away from its round corners."""
    image = tile.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    inner = image.copy(image.rect().adjusted(12, 10, -12, -10))
    return set(memoryview(bytes(inner.constBits())).cast("I"))


def color_names(tile: CardTile) -> set[str]:
    return {QColor(color).name() for color in colors(tile)}


def background(tile: CardTile) -> QColor:
    """The colour of a tile of one colour, without its words."""
    color = tile._color.name() if tile._color.isValid() else ""
    tile.show_face(color, tile._encoded, "", "")
    (found,) = colors(tile)
    return QColor(found)


def luminance(color: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def words_contrast(tile: CardTile) -> float:
    """The contrast of the words: their middle is what is furthest from the background."""
    shown, below = colors(tile), background(tile)
    return max(contrast(below, QColor(color)) for color in shown)


# --- colours -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "color",
    [
        "#C89B4A", "#FFCC00", "#FFFF00", "#00FF00", "#00FFFF", "#FFFFFF", "#F5F5F5", "#808080",
        "#FF0000", "#0000FF", "#3B2E7E", "#1F7A5C", "#FF8000", "#777777", "#767676", "#000000",
    ],
)  # fmt: skip
def test_words_can_be_read_on_every_colour(tile: CardTile, color: str) -> None:
    tile.show_face(color, None, WORDS, WORDS)
    assert words_contrast(tile) >= ENOUGH
    assert background(tile) == QColor(color)


@pytest.mark.parametrize("color", ["", "red", "#FFF", "#GGGGGG", "#1234567", "FFCC000", "#FFCC0 "])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_no_colour_is_a_neutral_one(
    qapp: QApplication, tile: CardTile, color: str, scheme: str
) -> None:
    apply_scheme(qapp, scheme)
    tile.show_face(color, None, WORDS, "")
    assert words_contrast(tile) >= ENOUGH
    assert background(tile) == tokens(scheme).color("muted")


# --- pictures ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_lies_over_the_colour(tile: CardTile, kind: str) -> None:
    tile.show_face("#FF0000", encoded(kind, "#FFFFFF"), "", "")
    assert tile.has_picture()
    assert max(QColor(color).saturation() for color in colors(tile)) < 20, "no red is seen"


@pytest.mark.parametrize("color", [WHITE, BLACK, GREEN], ids=["white", "black", "green"])
def test_words_can_be_read_on_every_picture(tile: CardTile, color: tuple[int, int, int]) -> None:
    tile.show_face("", png(60, 30, color), WORDS, WORDS)
    assert words_contrast(tile) >= ENOUGH


def test_only_jpeg_and_png_are_decoded_whatever_they_are_said_to_be() -> None:
    assert not decode(encoded("PNG")).isNull()
    assert not decode(encoded("JPEG")).isNull()
    for kind in ("BMP", "PPM", "XPM"):
        other = encoded(kind)
        assert not QImage.fromData(other).isNull(), "Qt could"
        assert decode(other).isNull()


GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00"
    b"\x00\x02\x02D\x01\x00;"
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/>'


@pytest.mark.parametrize(
    "content", [GIF, SVG + b"</svg>", b"", b"\x00", b"<html></html>", b"\x89PNG\r\n\x1a\n"]
)
def test_anything_else_is_no_picture(tile: CardTile, content: bytes) -> None:
    tile.show_face("#1F7A5C", content, "金卡", "")
    assert not tile.has_picture()
    assert background(tile) == QColor("#1F7A5C")


@pytest.mark.qt_log_ignore("libpng", "JPEG", "in SOS", "Bogus")
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_broken_picture_breaks_nothing(tile: CardTile, kind: str) -> None:
    whole = encoded(kind)
    for end in range(1, len(whole), 7):
        tile.show_face("", whole[:end], "金卡", "")
        tile.grab()


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is so large, of some bytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    content = b"\x89PNG\r\n\x1a\n"
    for kind, data in ((b"IHDR", header), (b"IDAT", zlib.compress(b"\x00" * 1000)), (b"IEND", b"")):
        content += struct.pack(">I", len(data)) + kind + data
        content += struct.pack(">I", zlib.crc32(kind + data))
    return content


@pytest.mark.parametrize("size", [(60_000, 60_000), (4001, 4000), (1, 16_000_001)])
def test_a_picture_of_too_many_pixels_is_never_read(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    read: list[bool] = []

    class Watched(QImageReader):
        def read(self) -> QImage:
            read.append(True)
            return super().read()

    monkeypatch.setattr(card_tile, "QImageReader", Watched)
    assert decode(bomb(*size)).isNull()
    assert read == []
    assert not decode(encoded("PNG")).isNull()
    assert read == [True], "it watches what is read"


def test_a_picture_is_decoded_once(tile: CardTile, monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[bytes] = []

    def watched(content: bytes) -> QImage:
        times.append(content)
        return QImage()

    monkeypatch.setattr(card_tile, "decode", watched)
    picture = encoded("PNG")
    for level in ("金卡", "银卡"):
        tile.show_face("#FF0000", picture, level, "")
    assert len(times) == 1


def test_the_middle_of_a_picture_is_shown_in_its_own_proportions(tile: CardTile) -> None:
    wide = QImage(900, 92, QImage.Format.Format_RGB32)
    wide.fill(QColor("#000000"))
    for x in range(300):
        for y in range(92):
            wide.setPixelColor(x, y, QColor("#FF0000"))
            wide.setPixelColor(899 - x, y, QColor("#FF0000"))
    content, buffer = QByteArray(), QBuffer()
    buffer.setBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"PNG")).write(wide)
    tile.show_face("", bytes(content.data()), "", "")
    assert color_names(tile) == {"#000000"}


# --- what it says, and forgets -----------------------------------------------------------------


def test_it_has_a_name_for_those_who_do_not_see_it(tile: CardTile) -> None:
    tile.show_face("#C89B4A", None, "金卡会员", "普通卡")
    assert tile.accessibleName() == "金卡会员，普通卡"
    tile.show_face("#C89B4A", None, "金卡会员", "")
    assert tile.accessibleName() == "金卡会员"


def test_hostile_words_are_painted_as_they_are(tile: CardTile) -> None:
    tile.show_face("#000000", None, "<h1>金</h1>&amp;\n\x1b\x07" + "长" * 500, "<img src=x>" * 50)
    tile.grab()
    assert tile.accessibleName().startswith("<h1>金</h1>&amp;")


def test_nothing_of_a_card_is_left(tile: CardTile) -> None:
    tile.show_face("#FF0000", encoded("PNG"), "金卡会员", "普通卡")
    tile.forget()
    assert not tile.has_picture()
    assert (tile.accessibleName(), tile._encoded) == ("", None)
    assert color_names(tile) == {tokens("light").color("muted").name()}
