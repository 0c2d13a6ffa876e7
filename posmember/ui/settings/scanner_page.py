"""The scanner's settings: a scan proves that they fit; else the check finds out which do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from posmember.scanning.findings import ProposedSettings
from posmember.settings import declared
from posmember.settings.policy import Policy
from posmember.settings.setting import Page
from posmember.ui.settings.form_page import FormPage
from posmember.ui.widgets.in_window import wide_button
from posmember.ui.widgets.labels import plain_label, scaled_font

_SETTINGS = tuple(each for each in declared.SETTINGS if each.page is Page.SCANNER)


class ScannerPage(FormPage):
    """What is known of the scanner, and a way to find it out."""

    check_asked = Signal()
    """The scanner check is wanted."""

    def __init__(self, policy: Policy) -> None:
        super().__init__(_SETTINGS, policy)
        self.told = plain_label(self.tr("请随便扫一个码试试；扫不出来就按 F9 检测。"), wrap=True)
        self.told.setFont(scaled_font(self.font(), 1.15, bold=True))
        check = wide_button(self.tr("检测扫码枪 F9"))
        check.clicked.connect(self.check_asked)
        row = QHBoxLayout()
        row.addWidget(check)
        row.addStretch(1)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, self.told)
        layout.insertLayout(1, row)

    def take_scan(self, text: str) -> str:
        """Take any scan as a proof; nothing of it is kept."""
        self.told.setText(self.tr("收到了一个码，扫码枪能用。没有查询，也没有保存。"))
        return ""

    def propose(self, proposed: ProposedSettings) -> None:
        """Put in what the check found out."""
        self.put(
            {
                declared.PREFIX.path: proposed.prefix,
                declared.SUFFIX.path: proposed.suffix,
                declared.ENTER_FOLLOWS.path: proposed.enter_follows,
                declared.MAX_GAP.path: proposed.max_gap_ms,
            }
        )
        self.told.setText(self.tr("检测好了，设置已填在下面。"))
