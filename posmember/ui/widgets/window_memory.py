"""Remembers where the window is, whenever it has come to rest, and when it is closed."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from posmember.settings.window_place import WindowPlaces, write_places

if TYPE_CHECKING:
    from collections.abc import Callable
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
        places: gives where the window is now.
    """

    def __init__(
        self,
        window: QWidget,
        path: Path,
        known: WindowPlaces | None,
        places: Callable[[], WindowPlaces],
    ) -> None:
        super().__init__(window)
        self._known, self._places = known, places
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
        places = self._places()
        if places not in (self._known, WindowPlaces()):
            self._known = places
            self._writer.write(places)

    def keep_last(self) -> None:
        """The same before the program ends, which waits a moment for the disk."""
        self._rest.stop()
        self.keep()
        self._writer.finish(_LAST_WRITE_S)

    def _moved(self, *_how: object) -> None:
        self._rest.start()


class _Writer:
    """Writes in a thread, one place at a time; of several that wait the last one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._next: WindowPlaces | None = None
        self._thread: threading.Thread | None = None

    def write(self, places: WindowPlaces) -> None:
        with self._lock:
            self._next = places
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
                places, self._next = self._next, None
                if places is None:
                    self._thread = None
                    return
            try:
                write_places(self._path, places)
            except OSError as error:
                _log.debug("the window's place is not kept: %s", type(error).__name__)
