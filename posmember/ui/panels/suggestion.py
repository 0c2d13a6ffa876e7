"""The one coupon to suggest, its code, and what is nearly usable beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from posmember.ui.messages import nearly_text, suggestion_text
from posmember.ui.models.card import spelled
from posmember.ui.widgets.fitted_label import FittedLabel
from posmember.ui.widgets.hand_over_button import HandOverButton
from posmember.ui.widgets.labels import plain_label
from posmember.ui.wording.plain import tooltip

if TYPE_CHECKING:
    from posmember.domain.rules.assessment import Assessment, Suggestion
    from posmember.ui.view.screen import View

_BUTTON_HEIGHT, _NARROW_BUTTON = 36, 32
_LONGEST_CODE, _CODE_EDGE = 16, 6
_TIGHT_CODE, _TIGHT_EDGE = 9, 4
"""In the compact window, where a third button stands beside it."""


class SuggestionLine(QWidget):
    """Says which coupon to use, or what it takes."""

    copy_requested = Signal(str)
    code_requested = Signal()
    """The code is wanted large."""
    hand_over_requested = Signal(str)
    """The code is to be typed into the till."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Assessment, Suggestion | None] | None = None
        self._takes_key, self._is_offered = True, False
        self._code = self._copied = ""
        self._star = plain_label("★")
        self._star.setObjectName("star")
        self._text, self._nearly = FittedLabel(bold=True), FittedLabel(largest=16)
        self._code_label = plain_label()
        self._large, self._copy = QPushButton(), QPushButton()
        self._hand_over = HandOverButton()
        for button in (self._large, self._copy):
            button.setFixedHeight(_BUTTON_HEIGHT)
        self._large.clicked.connect(self.code_requested)
        self._copy.clicked.connect(lambda: self.copy_requested.emit(self._code))
        self._hand_over.asked.connect(self.hand_over_requested)
        self._text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._nearly.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        note = self.tr("只推荐一张，能否叠加以收银系统为准")
        self.setToolTip(tooltip(note))
        self.setAccessibleDescription(note)
        self._lay_out()
        self.set_narrow(narrow=False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def set_narrow(self, *, narrow: bool) -> None:
        """Have it in rows, for the compact window, or in one line."""
        self._is_narrow = narrow
        self._below.removeWidget(self._hand_over)
        for row in self._rows:
            row.setSpacing(8 if narrow else 12)
            while row.count():
                row.takeAt(0)
        first, second, third = self._rows if narrow else (self._rows[0],) * 3
        first.addWidget(self._star)
        first.addWidget(self._text, int(narrow))
        second.addWidget(self._code_label)
        second.addWidget(self._large)
        second.addWidget(self._copy)
        if narrow:  # beside both lower rows: it is as high as a finger wants it, and they are not
            self._below.addWidget(self._hand_over)
        else:
            second.addWidget(self._hand_over)
        second.addStretch(1)
        for button in (self._large, self._copy):
            button.setFixedHeight(_NARROW_BUTTON if narrow else _BUTTON_HEIGHT)
        third.addWidget(self._nearly, int(narrow))
        self._show_code()

    def offer_hand_over(self, *, offered: bool) -> None:
        """Let its code be typed into the till, or not."""
        self._is_offered = offered
        self._hand_over.offer(offered=offered)
        self._show_code()

    def text(self) -> str:
        """Return what is suggested, or ""."""
        return self._text.text()

    def is_usable(self) -> bool:
        """Return whether it is one to use now, not one that would become usable."""
        return self._star.isVisibleTo(self)

    def show_view(self, view: View) -> bool:
        """Show a view's suggestion; returns whether it is another one."""
        if self._shown is not None and view.assessment is self._shown[0]:
            return False
        self._shown = view.assessment, view.nearly
        before = self.text()
        suggestion = view.assessment.suggestion
        usable = suggestion is not None and suggestion.remedy is None
        self._text.set_text(suggestion_text(suggestion, view.now) if suggestion else "")
        self._nearly.set_text(nearly_text(view.nearly, view.now) if view.nearly else "")
        self._star.setVisible(usable)
        self._code = suggestion.coupon.redemption_code if suggestion and usable else ""
        self._show_code()
        return self.text() not in ("", before)

    def show_copied(self, code: str) -> None:
        """Know which code is on the clipboard."""
        self._copied = code
        self._show_code()

    def show_key(self, *, takes: bool) -> None:
        """Say whether Enter and Ctrl+C are this one's."""
        if takes is not self._takes_key:
            self._takes_key = takes
            self._show_code()

    def forget(self) -> None:
        """Keep nothing of a member."""
        self._shown = None
        self._code = self._copied = ""
        self._text.set_text("")
        self._nearly.set_text("")
        self._star.hide()
        self._show_code()

    def _show_code(self) -> None:
        code = self._code
        is_tight = self._is_narrow and self._is_offered
        longest, edge = (_TIGHT_CODE, _TIGHT_EDGE) if is_tight else (_LONGEST_CODE, _CODE_EDGE)
        is_long = len(code) > longest
        self._code_label.setText(f"{code[:edge]}…{code[-edge:]}" if is_long else code)
        self._code_label.setAccessibleName(self.tr("核销码") if code else "")
        self._code_label.setVisible(bool(code))
        self._copy.setVisible(bool(code))
        self._large.setVisible(bool(code))
        tells_enter = self._takes_key and not is_tight
        self._large.setText(self.tr("出码 Enter") if tells_enter else self.tr("出码"))
        large = self.tr("放大核销码 {code}").format(code=spelled(code)) if code else ""
        self._large.setAccessibleName(large)
        if code and code == self._copied:
            words = self.tr("已复制")
        else:
            tells = self._takes_key and not self._is_narrow
            words = self.tr("复制 Ctrl+C") if tells else self.tr("复制")
        self._copy.setText(words)
        told = self.tr("复制核销码 {code}").format(code=spelled(code)) if code else ""
        self._copy.setAccessibleName(told)
        typed = self.tr("把核销码 {code} 输进收银系统").format(code=spelled(code)) if code else ""
        self._hand_over.set_code(code, typed)

    def _lay_out(self) -> None:
        """Have three rows, of which the full window uses the first; a place beside the others."""
        self._rows = [QHBoxLayout(), QHBoxLayout(), QHBoxLayout()]
        all_rows, lower = QVBoxLayout(self), QVBoxLayout()
        all_rows.setContentsMargins(12, 0, 12, 0)
        self._below = QHBoxLayout()
        self._below.setSpacing(8)
        all_rows.addLayout(self._rows[0])
        all_rows.addLayout(self._below)
        self._below.addLayout(lower, 1)
        for row in self._rows[1:]:
            lower.addLayout(row)
        for rows in (all_rows, lower):
            rows.setSpacing(0)
