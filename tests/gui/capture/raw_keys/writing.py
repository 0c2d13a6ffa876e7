"""A field that writes Chinese, and keys as the keyboard sends them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from posmember.scanning.burst import ScanSettings
from posmember.scanning.layout import LEFT_SHIFT, char_of
from posmember.ui.capture.input_method import let_write_chinese
from posmember.ui.capture.put_back import remember
from posmember.ui.capture.raw_keys.capture import NativeCapture
from posmember.ui.capture.raw_keys.keys import RawKey
from posmember.ui.capture.scan_filter import ScanFilter

CODE = "qm0000001"
FAST_S, SLOW_S = 0.004, 0.12


def _key_of(char: str) -> tuple[int, bool]:
    for code in range(0x3A):
        for shift in (False, True):
            given = char_of(code, shift=shift, caps_lock=False, num_lock=True, control=False)
            if given == char:
                return code, shift
    raise AssertionError(f"no key gives {char!r}")


KEYS = {chr(n): _key_of(chr(n)) for n in range(0x20, 0x7F)} | {"\r": _key_of("\r")}


class Unwatched(NativeCapture):
    """Has its keys from the test: offscreen there are none to watch."""

    def reads(self) -> bool:
        return self._writing() is not None


class Till(QWidget):
    """A field that writes Chinese, another one, and keys as the keyboard sends them.

    Args:
        settings: how a burst is told.
    """

    def __init__(self, settings: ScanSettings | None = None) -> None:
        super().__init__()
        self.note, self.other = QLineEdit("备注"), QLineEdit()
        let_write_chinese(self.note)
        layout = QVBoxLayout(self)
        for field in (self.note, self.other):
            layout.addWidget(field)
        self.note.setCursorPosition(1)
        self.writing: QWidget | None = self.note
        self.capture = Unwatched(lambda: self.writing, remember, settings, self)
        self.filter = ScanFilter(settings, self)
        self.filter.leave_to(self.capture)
        self.scans: list[tuple[str, int]] = []
        self.begun = 0
        self.now_s = 1000.0
        self.capture.scanned.connect(lambda text, place: self.scans.append((text, place)))
        self.capture.burst_began.connect(self._count)

    def _count(self) -> None:
        self.begun += 1

    def send(
        self, code: int, *, pressed: bool = True, shift: bool = False, repeated: bool = False
    ) -> bool:
        """Send one event of a key; return whether it was swallowed."""
        return self.capture.take(
            RawKey(code, False, pressed, repeated, round(self.now_s, 3), shift=shift)
        )

    def strike(self, char: str, every_s: float = FAST_S) -> bool:
        """Strike and let go of a key, with a Shift of its own; return whether it was swallowed."""
        code, shift = KEYS[char]
        self.now_s += every_s
        if shift:
            self.send(LEFT_SHIFT)
        swallowed = self.send(code, shift=shift)
        self.now_s += every_s / 4
        assert self.send(code, pressed=False, shift=shift) is swallowed
        if shift:
            self.send(LEFT_SHIFT, pressed=False, shift=True)
        return swallowed

    def type(self, text: str, every_s: float = FAST_S) -> str:
        """Strike some keys; return those that were swallowed."""
        return "".join(char for char in text if self.strike(char, every_s))

    # --- the input method -----------------------------------------------------------------------

    def compose(self, preedit: str, commit: str = "") -> None:
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QCoreApplication.sendEvent(self.note, event)

    def forward(self, char: str, at_s: float) -> None:
        """Send a key on that the input method had and did not want; its time is the key's own."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, ord(char.upper()), Qt.KeyboardModifier.NoModifier, char)
            event.setTimestamp(round(at_s * 1000))
            QCoreApplication.sendEvent(self.windowHandle(), event)

    def focus(self, field: QWidget) -> None:
        """Give a field the keyboard."""
        field.setFocus()
        assert QApplication.focusWidget() is field
        self.writing = field if field is self.note else None
