"""What this program copies: marked so that nobody keeps it, and gone from the clipboard again soon.

Clipboard histories and clouds leave out what is marked; one that does not know the marks keeps it,
which nobody can help. On X11 only the clipboard is written to, never the primary selection.
"""

from __future__ import annotations

import atexit
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication
from shiboken6 import isValid

KEPT_MS: Final = 60_000
"""Time to paste it into the till's own program."""

_NO: Final = bytes(4)
_WINDOWS: Final = {
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    "CanIncludeInClipboardHistory": _NO,
    "CanUploadToCloudClipboard": _NO,
    "Clipboard Viewer Ignore": b"1",
}
"""By "Clipboard Formats" of Microsoft's reference, numbers as DWORDs; the last one is older."""


def marks(platform: str) -> dict[str, bytes]:
    """Return the formats that mark a text as nobody's to keep.

    Args:
        platform: Qt's name of it; Qt registers the quoted name on Windows as it stands, and hands
            the bytes over as they are.
    """
    if platform == "windows":
        return {f'application/x-qt-windows-mime;value="{n}"': data for n, data in _WINDOWS.items()}
    return {"x-kde-passwordManagerHint": b"secret"}


class Clipboard(QObject):
    """The clipboard, for what this program copies. There is one; see `clipboard`."""

    forgotten = Signal()
    """What was copied here is not on the clipboard any more."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ours: QMimeData | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_MS)
        self._timer.timeout.connect(self.forget)
        # Qt's own clipboard lets go of what lies there only when Python is over, and crashes then.
        atexit.register(self._end)

    def copy(self, text: str) -> None:
        """Put a text there."""
        if self._ours is not None:
            self.forgotten.emit()  # this one takes its place
        data = QMimeData()
        data.setText(text)
        for name, mark in marks(QGuiApplication.platformName()).items():
            data.setData(name, QByteArray(mark))
        self._ours = data
        QGuiApplication.clipboard().setMimeData(data)
        self._timer.start()

    def forget(self) -> None:
        """Take it off again, unless somebody has copied something else since.

        Whose it is is known without asking for the text: its owner might not answer for seconds.
        """
        if self._take_off():
            self.forgotten.emit()

    def _take_off(self) -> bool:
        """Returns whether something had been copied here."""
        ours, self._ours = self._ours, None
        self._timer.stop()
        there = QGuiApplication.clipboard()
        if ours is not None and isValid(ours) and there.mimeData() is ours:
            there.clear()
        return ours is not None

    def _end(self) -> None:
        """Leave nothing of Python's there."""
        if isValid(self):
            self._take_off()

    def forget_selection(self) -> None:
        """Empty the primary selection of X11 where it is what somebody selected in this program."""
        there = QGuiApplication.clipboard()
        if there.supportsSelection() and there.ownsSelection():
            there.clear(QClipboard.Mode.Selection)


def clipboard() -> Clipboard:
    """Return the program's clipboard; it lives as long as the application."""
    application = QGuiApplication.instance()
    assert application is not None, "a clipboard comes with the application"
    made = application.findChild(Clipboard)
    return made if made is not None else Clipboard(application)
