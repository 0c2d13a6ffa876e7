"""The code to join by: what is read of a setting, and what a bad file or a slow share does."""

from __future__ import annotations

import os
import struct
import sys
import threading
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from posmember.errors import ConfigError
from posmember.settings.declared import JOIN_QR
from posmember.ui.beside.customer import join as join_module
from posmember.ui.beside.customer.join import Join, JoinReader, read_join
from tests.gui.beside.customer.showing import ADDRESS, codes_in
from tests.gui.driving import on_qasync, until


def large(join: Join, times: int = 8) -> QImage:
    size = join.picture.size() * times
    return join.picture.scaled(size, mode=Qt.TransformationMode.FastTransformation)


def save(path: Path, side: int = 0) -> Path:
    """Save the code of the address as a picture, of the kind that its name says."""
    made = large(read_join(ADDRESS))
    if side:
        made = made.scaled(QSize(side, side), mode=Qt.TransformationMode.FastTransformation)
    assert made.save(str(path))
    return path


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says to have so many pixels."""

    def part(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"")


def test_an_address_is_drawn(qapp: QApplication) -> None:
    join = read_join(ADDRESS)
    assert join.texts == {ADDRESS}
    assert codes_in(large(join)) == (ADDRESS,)
    assert QColor(join.picture.pixel(0, 0)) == QColor("white"), "a light margin"


@pytest.mark.parametrize("name", ["code.png", "code.jpg"])
def test_a_picture_is_read(qapp: QApplication, tmp_path: Path, name: str) -> None:
    join = read_join(str(save(tmp_path / name)))
    assert join.texts == {ADDRESS}
    assert codes_in(join.picture) == (ADDRESS,)


def test_a_large_picture_is_kept_small(qapp: QApplication, tmp_path: Path) -> None:
    join = read_join(str(save(tmp_path / "large.png", side=3000)))
    assert join.picture.size() == QSize(1024, 1024)
    assert codes_in(join.picture) == (ADDRESS,)


def test_a_picture_on_no_ground_is_read(qapp: QApplication, tmp_path: Path) -> None:
    made = large(read_join(ADDRESS), 4).convertToFormat(QImage.Format.Format_ARGB32)
    light = QColor("white").rgb()
    for x in range(made.width()):
        for y in range(made.height()):
            if made.pixel(x, y) == light:
                made.setPixelColor(x, y, QColor(0, 0, 0, 0))
    made.save(str(tmp_path / "clear.png"))
    assert read_join(str(tmp_path / "clear.png")).texts == {ADDRESS}


def test_a_picture_that_no_scanner_reads_is_shown_all_the_same(
    qapp: QApplication, tmp_path: Path
) -> None:
    """WeChat's round codes are no QR codes."""
    plain = QImage(300, 300, QImage.Format.Format_RGB32)
    plain.fill(QColor("#22aa44"))
    plain.save(str(tmp_path / "round.png"))
    join = read_join(str(tmp_path / "round.png"))
    assert join.is_there
    assert join.texts == frozenset()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        b"\x89PNG\r\n\x1a\n",
        bomb(30_000, 30_000),
        bomb(2**31 - 1, 2**31 - 1),
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,",
    ],
    ids=["empty", "text", "cut", "many pixels", "too many for a number", "svg", "gif"],
)
def test_what_is_no_picture_of_ours_is_none(
    qapp: QApplication, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "file.png").write_bytes(content)
    assert not read_join(str(tmp_path / "file.png")).is_there


def test_a_file_without_end_is_not_read(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "long.png").write_bytes(bytes(1024 * 1024 + 1))
    with pytest.raises(OSError, match="longer"):
        read_join(str(tmp_path / "long.png"))


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in its folders")
def test_a_pipe_holds_nobody_up(qapp: QApplication, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(OSError):  # noqa: PT011 - whichever: it is no file
        read_join(str(tmp_path / "pipe.png"))


@pytest.mark.parametrize(
    "text", ["", "code.png", r"C:\posmember\code.png", r"\\share\code.jpg", "/srv/码.png", ADDRESS]
)
def test_what_the_setting_may_hold(text: str) -> None:
    assert JOIN_QR.read(text) == text


@pytest.mark.parametrize(
    "text",
    ["http://join.example.com", "ftp://a.example/x", "https://", "https://a.example/" + 250 * "x",
     "https://user@a.example", "https://a.example/two words", "https://a.example:x"],
)  # fmt: skip
def test_what_it_may_not(text: str) -> None:
    with pytest.raises(ConfigError, match=r"^customer\.join_qr"):
        JOIN_QR.read(text)


class Told:
    """What a reader told."""

    def __init__(self) -> None:
        self.joins: list[Join] = []
        self.failures = 0
        self.reader = JoinReader(self.joins.append, self.fail)

    def fail(self) -> None:
        self.failures += 1

    @property
    def is_there(self) -> bool:
        return bool(self.joins) and self.joins[-1].is_there


def read_as(monkeypatch: pytest.MonkeyPatch, read: Callable[[str], Join]) -> None:
    monkeypatch.setattr(join_module, "read_join", read)


def test_a_share_that_never_answers_holds_nobody_up(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, asked = threading.Event(), []

    def read(setting: str) -> Join:
        asked.append(setting)
        if setting == "slow":
            goes_on.wait(10)
        return read_join(ADDRESS)

    read_as(monkeypatch, read)

    async def play() -> None:
        told = Told()
        for _time in range(5):
            told.reader.use("slow")
        await until(lambda: asked == ["slow"], "one thread, however often it is kept")
        assert not told.joins
        told.reader.use("quick")
        await until(lambda: told.is_there, "the other one")
        goes_on.set()
        told.reader.use("")
        assert not told.is_there
        told.reader.stop()

    try:
        on_qasync(qapp, play)
    finally:
        goes_on.set()
    assert asked == ["slow", "quick"]


def test_what_could_not_be_read_is_looked_for_again(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = False

    def read(_setting: str) -> Join:
        if not there:
            raise FileNotFoundError
        return read_join(ADDRESS)

    read_as(monkeypatch, read)

    async def play() -> None:
        nonlocal there
        told = Told()
        told.reader.use("code.png")
        await until(lambda: told.failures == 1, "the word")
        told.reader.look_again()
        await until(lambda: told.reader._reading is None, "the second time")
        assert told.failures == 1, "it is said once"
        there = True
        told.reader.look_again()
        await until(lambda: told.is_there, "the code")
        told.reader.look_again()
        assert told.reader._reading is None, "it is there"
        told.reader.stop()

    on_qasync(qapp, play)


def test_a_setting_of_before_is_not_heard_any_more(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()

    def read(_setting: str) -> Join:
        goes_on.wait(10)
        return read_join(ADDRESS)

    read_as(monkeypatch, read)

    async def play() -> None:
        told = Told()
        told.reader.use("before")
        reading = told.reader._reading
        assert reading is not None
        told.reader.stop()
        goes_on.set()
        await until(reading.done, "its end")
        assert told.joins == []

    on_qasync(qapp, play)
