"""Remembers where the window is, whenever it has come to rest, and when it is closed."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from posmember.settings.window_place import WindowPlace, write_place

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

REST_MS = 1000
"""How long a window has to stand still."""
_LAST_WRITE_S = 1.0
_log = logging.getLogger(__name__)


class WindowMemory(QObject):
    """Writes a window's place to a file, beside the window: a slow disk holds nobody up.

    Where it cannot be written, the window simply starts as for the first time.

    Args:
        window: shown already; owns this.
        path: of the file.
        known: what the file says.
    """

    def __init__(self, window: QWidget, path: Path, known: WindowPlace | None) -> None:
        super().__init__(window)
        self._window, self._path = window, path
        self._known = known
        self._writer = _Writer(path)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.keep)
        handle = window.windowHandle()
        assert handle is not None, "only a window that is shown has a place"
        for changed in (
            handle.xChanged,
            handle.yChanged,
            handle.widthChanged,
            handle.heightChanged,
            handle.windowStateChanged,
            handle.screenChanged,
        ):
            changed.connect(self._moved)
        self._moved()  # perhaps before anybody listened

    def keep(self) -> None:
        """Remember where the window is now, if that is somewhere else."""
        place = self._place()
        if place is not None and place != self._known:
            self._known = place
            self._writer.write(place)

    def keep_last(self) -> None:
        """The same before the program ends, which waits a moment for the disk."""
        self._rest.stop()
        self.keep()
        self._writer.finish(_LAST_WRITE_S)

    def _moved(self, *_how: object) -> None:
        self._rest.start()

    def _place(self) -> WindowPlace | None:
        window = self._window
        if window.isMinimized() or window.isFullScreen():
            return None
        maximised = window.isMaximized()
        normal = window.normalGeometry() if maximised else window.geometry()
        if normal.isEmpty():  # some window managers tell none of a maximised window
            normal = window.geometry()
        sides = normal.x(), normal.y(), normal.width(), normal.height()
        return WindowPlace(*sides, maximised, window.screen().name())


class _Writer:
    """Writes in a thread, one place at a time; of several that wait the last one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._next: WindowPlace | None = None
        self._thread: threading.Thread | None = None

    def write(self, place: WindowPlace) -> None:
        with self._lock:
            self._next = place
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name="posmember-window-place", daemon=True
                )
                self._thread.start()

    def finish(self, within_s: float) -> None:
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join(within_s)

    def _run(self) -> None:
        while True:
            with self._lock:
                place, self._next = self._next, None
                if place is None:
                    self._thread = None
                    return
            try:
                write_place(self._path, place)
            except OSError as error:
                _log.debug("the window's place is not kept: %s", type(error).__name__)
