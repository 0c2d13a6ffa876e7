"""The scanner check in the window: opened by F9, and what it proposes is used and kept."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from posmember.errors import ConfigError
from posmember.scanning.findings import ProposedSettings
from posmember.settings.edit import save_scanner
from posmember.ui.capture.scan_sources import ScanSources, scan_settings
from posmember.ui.scanner_check.sheet import ScannerCheckSheet
from posmember.ui.view.screen import Hint, Severity

_log = logging.getLogger(__name__)


class ScannerSetup(QObject):
    """Opens the sheet, and takes its proposal.

    Args:
        window: what the sheet lies over; owns this.
        sources: what hears the scanner.
        path: the configuration file; None where there is none to write to.
    """

    told = Signal(object)
    """A `Hint`: what became of the proposal."""

    def __init__(self, window: QWidget, sources: ScanSources, path: Path | None) -> None:
        super().__init__(window)
        self._window = window
        self._sources = sources
        self._path = path
        self._sheet: ScannerCheckSheet | None = None
        self._divert: Callable[[ProposedSettings], bool] = lambda _proposed: False
        QShortcut(QKeySequence("F9"), window, self.toggle)

    def keep_in(self, path: Path | None) -> None:
        """Keep proposals in another file from now on; None where there is none to write to."""
        self._path = path

    def divert(self, take: Callable[[ProposedSettings], bool]) -> None:
        """Let somebody else keep what is proposed: `take` returns whether it does."""
        self._divert = take

    def toggle(self) -> None:
        """Open the check, or close it."""
        if self._sheet is None:
            self._sheet = ScannerCheckSheet(self._window)
            self._sheet.proposal_accepted.connect(self._accept)
            self._sources.leave_while(self._sheet.is_open)
        self._sheet.toggle()

    def close_sheet(self) -> bool:
        """Close the check; returns whether it was open."""
        if self._sheet is None or not self._sheet.is_open():
            return False
        self._sheet.close_sheet()
        return True

    def _accept(self, proposed: ProposedSettings) -> None:
        self._sources.use(scan_settings(proposed))
        if self._divert(proposed):
            self.close_sheet()
            return
        kept = self._path is not None and _kept(self._path, proposed)
        self.close_sheet()
        if kept:
            self.told.emit(Hint(Severity.INFO, self.tr("扫码枪设置已保存")))
        else:
            text = self.tr("扫码枪设置已生效，但配置文件不能写，重新打开后要再设一次")
            self.told.emit(Hint(Severity.WARNING, text))


def _kept(path: Path, proposed: ProposedSettings) -> bool:
    """Write a proposal into the configuration; returns whether that went well."""
    try:
        save_scanner(
            path,
            prefix=proposed.prefix,
            suffix=proposed.suffix,
            enter_follows=proposed.enter_follows,
            max_gap_ms=proposed.max_gap_ms,
        )
    except ConfigError as error:
        _log.info("the scanner's settings are not kept: %s", error)
        return False
    return True
