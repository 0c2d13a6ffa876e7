"""The one coupon to suggest, below the member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout

from posmember.ui.messages import suggestion_text
from posmember.ui.widgets.labels import plain_label, scaled_font

if TYPE_CHECKING:
    from posmember.domain.rules.assessment import Assessment
    from posmember.ui.view.screen import View


class SuggestionBox(QFrame):
    """Says which coupon to use, or what it takes; hidden where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("suggestion")
        self._assessment: Assessment | None = None
        self._text = plain_label(wrap=True)
        self._text.setFont(scaled_font(self.font(), 1.05, bold=True))
        note = self.tr("只推荐一张，能否叠加以收银系统为准")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(2)
        layout.addWidget(self._text)
        layout.addWidget(plain_label(note, muted=True, wrap=True))
        self.hide()

    def text(self) -> str:
        """Return what is suggested, or ""."""
        return self._text.text()

    def show_view(self, view: View) -> None:
        """Show a view's suggestion."""
        if view.assessment is self._assessment:
            return
        self._assessment = view.assessment
        suggestion = view.assessment.suggestion
        text = suggestion_text(suggestion, view.now) if suggestion is not None else ""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
