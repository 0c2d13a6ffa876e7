"""The first stage of the window's life: painted, and ready to scan, before it can look up."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from posmember.ui.capture.scan_filter import ScanFilter

if TYPE_CHECKING:
    from posmember.domain.identifier import IdentifierKind
    from posmember.scanning.burst import Misread
    from posmember.ui.controller import Controller
    from posmember.ui.main_window import MainWindow

LATER = ("asyncio", "qasync", "posmember.settings.config", "posmember.ui.controller")
"""What the first paint does not need; the first answer waits until it is there."""


class Opening(QObject):
    """The first stage: keeps what is scanned or typed before anything can look it up.

    Ends the Qt loop when all is imported, or when that failed.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._left = list(LATER)
        self._scan_filter: ScanFilter | None = None
        self.failure: Exception | None = None
        """Why what comes later cannot be imported."""
        self.entered: tuple[str, IdentifierKind | None] | None = None
        self.scanned: str | None = None
        self.misread: Misread | None = None
        window.installEventFilter(self)
        window.identifier_entered.connect(self._keep_entered)

    def watch_keys(self) -> None:
        """Start to take scans; the window has to be shown, as only then it has a handle."""
        self._scan_filter = ScanFilter(parent=self)
        self._scan_filter.scanned.connect(self._keep_scanned)
        self._scan_filter.misread.connect(self._keep_misread)
        self._scan_filter.burst_began.connect(self._window.begin_burst)

    def hand_over(self, controller: Controller) -> ScanFilter:
        """Let the controller have the scans from now on, and the last one from before.

        Returns:
            The keyboard's filter, which no longer tells this of its scans.
        """
        assert self._scan_filter is not None
        self._scan_filter.scanned.disconnect(self._keep_scanned)
        self._scan_filter.misread.disconnect(self._keep_misread)
        self._scan_filter.burst_began.disconnect(self._window.begin_burst)
        self._window.identifier_entered.disconnect(self._keep_entered)
        if self.scanned is not None:
            controller.scan(self.scanned)
        elif self.entered is not None:
            controller.look_up(*self.entered)
        elif self.misread is not None:
            controller.misread(self.misread)
        self.scanned = self.entered = self.misread = None
        return self._scan_filter

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._import_next)
        return False

    def _import_next(self) -> None:
        if not self._left:
            QApplication.exit()
            return
        try:
            importlib.import_module(self._left.pop(0))
        except Exception as error:  # noqa: BLE001 - raised by whoever waits for the end of this stage
            self.failure = error
            QApplication.exit()
            return
        QTimer.singleShot(0, self._import_next)

    def _keep_entered(self, text: str, kind: IdentifierKind | None) -> None:
        self.entered, self.scanned, self.misread = (text, kind), None, None

    def _keep_scanned(self, text: str, place: int) -> None:
        if place == 1:  # of several codes in one burst the first, as nothing is known of any
            self.scanned, self.entered, self.misread = text, None, None

    def _keep_misread(self, misread: Misread) -> None:
        if misread.place == 1:
            self.misread, self.scanned, self.entered = misread, None, None
