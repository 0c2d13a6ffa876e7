"""Identify with a secret in the window: opened by F11, and who is identified is looked up."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from posmember.lookup.identify import Secret
from posmember.ui.panels.secret_sheet import SecretSheet
from posmember.ui.till.connection import Connection
from posmember.ui.till.identifying import Identifying
from posmember.ui.till.reception import LookUp
from posmember.ui.view.screen import Hint


class SecretEntry(QObject):
    """The sheet, and what becomes of what is typed there; one of the window's secret keepers.

    Args:
        window: owns this, and the sheet.
        connection: to the platform.
    """

    identified = Signal(object)
    """A `LookUp` of who was identified."""
    refused = Signal(str)
    """A scan was nobody's, and why, in words: the sheet is closed already."""

    def __init__(self, window: QWidget, connection: Connection) -> None:
        super().__init__(window)
        self._window = window
        self._sheet: SecretSheet | None = None
        self._began_at_secret = self._is_refusing = False
        self._identifying = Identifying(connection, self)
        self._identifying.identified.connect(self._show)
        self._identifying.failed.connect(self._fail)
        self._identifying.waits.connect(self._wait)
        key = QShortcut(QKeySequence("F11"), window, self.ask)
        key.setAutoRepeat(False)

    def ask(self) -> None:
        """Open the sheet; where it is open, go from account to card, or back."""
        if self._sheet is not None and self._sheet.is_open():
            self._sheet.change_kind()
            return
        if self._sheet is None:
            self._sheet = SecretSheet(self._window)
            self._sheet.submitted.connect(self._identify)
            self._sheet.closed.connect(self._identifying.cancel)
        self._sheet.open_sheet()

    def close_sheet(self) -> bool:
        """Close the sheet, and ask about nobody any more; returns whether it was open."""
        if self._sheet is None or not self._sheet.is_open():
            return False
        self._sheet.close_sheet()
        return True

    async def aclose(self) -> None:
        """End what is under way."""
        self.close_sheet()
        await self._identifying.aclose()

    # --- as a keeper of secrets -----------------------------------------------------------------

    def begin_burst(self) -> None:
        """Know that a scanner has begun to type."""
        self._began_at_secret = self._sheet is not None and self._sheet.asks_secret()

    def take_scan(self, text: str, place: int) -> bool:
        """Take a scan while a secret is asked for, or if its burst began then.

        While the platform is being asked, a scan is the next customer's: it goes on, and nobody
        is asked about any more.
        """
        if place == 1:
            self._is_refusing, self._began_at_secret = self._began_at_secret, False
        if self._sheet is not None and self._sheet.asks_secret():
            self._is_refusing = True
            self._sheet.take_scan(text)
        elif self._is_refusing and not self.is_waiting():
            self.refused.emit(self.tr("没有查询：扫码时正在输入密码，请再扫一次"))
        elif not self._is_refusing:
            self.close_sheet()
        return self._is_refusing

    def keeps_keys(self) -> bool:
        """Return whether what is struck in no field may be a part of a secret."""
        return self._sheet is not None and self._sheet.is_open()

    def is_waiting(self) -> bool:
        """Return whether the platform is being asked."""
        return self.keeps_keys() and self._sheet is not None and not self._sheet.asks_secret()

    # --- what becomes of it ---------------------------------------------------------------------

    def _identify(self, secret: Secret) -> None:
        self._identifying.start(secret)

    def _show(self, found: LookUp) -> None:
        self.close_sheet()
        self.identified.emit(found)

    def _fail(self, hint: Hint) -> None:
        if self._sheet is not None:
            self._sheet.show_failure(hint)

    def _wait(self, hint: Hint) -> None:
        if self._sheet is not None:
            self._sheet.show_waiting(hint.text)
