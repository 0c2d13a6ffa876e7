"""Scans many times in a process of its own, and prints how much memory it grew: bytes a key."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from posmember.ui.capture.scan_filter import ScanFilter

CODE = "qm0000001\r"
_NONE = Qt.KeyboardModifier.NoModifier


def main(scans: int) -> None:
    """Scan; then so many times again, and measure those."""
    app = QApplication([])
    field = QLineEdit()
    field.show()
    field.activateWindow()
    app.processEvents()
    seen: list[int] = []
    scan_filter = ScanFilter()
    scan_filter.scanned.connect(lambda _text, place: seen.append(place))
    now_ms = scan(field, scans, 1_000_000)
    before = resident_bytes()
    scan(field, scans, now_ms)
    assert len(seen) == 2 * scans
    sys.stdout.write(f"{(resident_bytes() - before) / (scans * len(CODE))}\n")


def scan(field: QLineEdit, scans: int, now_ms: int) -> int:
    """Strike the keys; returns the time of the last one."""
    handle = field.windowHandle()
    for _ in range(scans):
        now_ms += 1000
        for char in CODE:
            now_ms += 4
            key = Qt.Key.Key_Return.value if char == "\r" else ord(char.upper())
            for kind, late_ms in ((QEvent.Type.KeyPress, 0), (QEvent.Type.KeyRelease, 2)):
                event = QKeyEvent(kind, key, _NONE, 9, 9, 0, char)
                event.setTimestamp(now_ms + late_ms)
                QApplication.sendEvent(handle, event)
    return now_ms


def resident_bytes() -> int:
    """Return how much memory this process has."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    (line,) = (line for line in lines if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    main(int(sys.argv[1]))
