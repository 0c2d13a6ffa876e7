"""The chain's code to join by: a picture's file, or an address, read beside the window."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from posmember.printing.barcodes import QR_QUIET_ZONE, Modules, qr_modules, read_codes
from posmember.settings.beside import is_join_address
from posmember.settings.files import read_file
from posmember.ui.threads import in_a_daemon
from posmember.ui.wechat.tile import decode

if TYPE_CHECKING:
    import asyncio

_log = logging.getLogger(__name__)

_MOST_SIDE = 1024
"""Pixels that are kept: no screen shows it larger."""


@dataclass(frozen=True, slots=True)
class Join:
    """The code to join by.

    Args:
        picture: it, with a light margin where it is made here; null where there is none.
        texts: what a scanner reads in it.
    """

    picture: QImage = field(default_factory=QImage)
    texts: frozenset[str] = frozenset()

    @property
    def is_there(self) -> bool:
        """Whether there is one."""
        return not self.picture.isNull()


class JoinReader:
    """Reads it in a thread: a share of the network may keep its reader waiting for ever.

    Args:
        told: is called with it in the window's thread, also when there is none any more.
        failed: is called once where a setting names none that can be read.
    """

    def __init__(self, told: Callable[[Join], None], failed: Callable[[], None]) -> None:
        self._told, self._failed = told, failed
        self._setting = ""
        self._reading: asyncio.Future[Join] | None = None
        self._join = Join()

    def use(self, setting: str) -> None:
        """Read what a setting names: a picture's file, or an address; "" names none."""
        same, self._setting = setting == self._setting, setting
        if same and self._reading is not None:
            return
        if not same:
            self._give(Join())
        self._read(is_first=True)

    def look_again(self) -> None:
        """Read once more what could not be read: the network may have come up since."""
        if self._reading is None and not self._join.is_there:
            self._read(is_first=False)

    def stop(self) -> None:
        """Wait for nothing any more."""
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.cancel()

    def _read(self, *, is_first: bool) -> None:
        self.stop()
        setting = self._setting
        if not setting:
            self._give(Join())
            return
        self._reading = reading = in_a_daemon(lambda: read_join(setting))
        reading.add_done_callback(lambda done: self._end(done, is_first=is_first))

    def _end(self, done: asyncio.Future[Join], *, is_first: bool) -> None:
        if done is not self._reading:
            return  # of a setting before
        self._reading = None
        error = done.exception()
        if error is not None:
            _log.info("the code to join by cannot be read: %s", type(error).__name__)
        join = Join() if error is not None else done.result()
        self._give(join)
        if is_first and not join.is_there:
            self._failed()

    def _give(self, join: Join) -> None:
        if join.is_there or self._join.is_there:
            self._join = join
            self._told(join)


def read_join(setting: str) -> Join:
    """Read the code to join by; it may take as long as the file does.

    Args:
        setting: a PNG's or JPEG's file of at most 1 MiB, or an https address.

    Returns:
        Without a picture where the file holds none, or one of too many pixels.

    Raises:
        OSError: the file cannot be read. ValueError: the address has no room in a code.
    """
    if is_join_address(setting):
        return Join(_drawn(qr_modules(setting)), frozenset((setting,)))
    picture = decode(read_file(Path(setting).expanduser()))
    if picture.isNull():
        return Join()
    whole = picture.convertToFormat(QImage.Format.Format_ARGB32)
    texts = frozenset(read_codes(*_gray(whole)))
    if max(whole.width(), whole.height()) > _MOST_SIDE:
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode
        whole = whole.scaled(_MOST_SIDE, _MOST_SIDE, keep, smooth.SmoothTransformation)
    return Join(whole, texts)


def _drawn(modules: Modules) -> QImage:
    """A code as a picture: a pixel for each unit, and the light margin that readers ask for."""
    margin = QR_QUIET_ZONE
    side = len(modules) + 2 * margin
    light = b"\xff"
    blank = light * side
    rows = [
        light * margin + bytes(0 if unit else 255 for unit in row) + light * margin
        for row in modules
    ]
    whole = b"".join([*[blank] * margin, *rows, *[blank] * margin])
    return QImage(whole, side, side, side, QImage.Format.Format_Grayscale8).copy()


def _gray(picture: QImage) -> tuple[bytes, int]:
    """A picture's pixels on white, a byte each, and how many there are in a row."""
    plain = QImage(picture.size(), QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)
    with QPainter(plain) as painter:
        painter.drawImage(0, 0, picture)
    gray = plain.convertToFormat(QImage.Format.Format_Grayscale8)
    width, line = gray.width(), gray.bytesPerLine()
    pixels = bytes(gray.constBits())
    return b"".join(pixels[at : at + width] for at in range(0, len(pixels), line)), width
