"""What could not be loaded, said once: a strip for a part, a page for everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from posmember.ui.messages import join_text
from posmember.ui.widgets.fitted_label import FittedLabel
from posmember.ui.widgets.join_code import JoinCode
from posmember.ui.widgets.labels import plain_label
from posmember.ui.widgets.marks import Mark, MarkWidget
from posmember.ui.wording.plain import joined

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from posmember.ui.view.screen import Nobody

_STRIP_HEIGHT = 44
_RETRY_HEIGHT = 36
_PAGE_WIDTH, _NARROW_PAGE = 480, 340
_BESIDE_CODE = 240
_WAY, _NARROW_WAY = 120, 104


class Problems(QFrame):
    """A strip: what is missing from a panel, and a button where asking again can help."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("problems")
        self.setFixedHeight(_STRIP_HEIGHT)
        self._what = FittedLabel(largest=16)
        self.retry = QPushButton(self.tr("重试 F5"))
        self.retry.setAccessibleName(self.tr("重试 {title}").format(title=title))
        self.retry.setFixedHeight(_RETRY_HEIGHT)
        mark = MarkWidget()
        mark.set_mark(Mark.TRIANGLE, "check")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 4, 2)
        layout.setSpacing(8)
        layout.addWidget(mark)
        layout.addWidget(self._what, 1)
        layout.addWidget(self.retry)
        mark.show()
        self.hide()

    def text(self) -> str:
        """Return what it says."""
        return self._what.text()

    def show_problems(self, problems: tuple[str, ...], *, retry: bool) -> None:
        """Say what is missing; `retry` is whether asking again can help."""
        self._what.set_text(joined(problems))
        self.retry.setVisible(retry)


class FailurePage(QWidget):
    """The page in the middle where nothing could be loaded: one sentence, at most one button.

    Where nobody was found, and the chain has a code to join by, that stands beside it.
    """

    retried = Signal()
    support_asked = Signal()
    """What support is told is to be shown."""

    def __init__(self) -> None:
        super().__init__()
        self._said = ""
        self._area: QScrollArea | None = None
        self._nobody: Nobody | None = None
        self._sentence = plain_label(wrap=True)
        self._sentence.setObjectName("sentence")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._what = plain_label(muted=True)
        self._what.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._retry = QPushButton(self.tr("重试 F5"))
        self._retry.setMinimumSize(120, 44)
        self._retry.clicked.connect(self.retried)
        self._support = QPushButton(self.tr("技术支持 Shift+F1"))
        self._support.setMinimumSize(120, 44)
        self._support.hide()  # at most one of the two stands there
        self._support.clicked.connect(self.support_asked)
        self._join = JoinCode(Qt.AlignmentFlag.AlignRight)
        self._join.hide()
        self._is_narrow = False
        self._sight = QTimer(self)  # once it is laid out
        self._sight.setSingleShot(True)
        self._sight.setInterval(0)
        self._sight.timeout.connect(self._bring_in_sight)
        words = self._words = QVBoxLayout()
        words.setSpacing(16)
        words.addStretch(2)
        words.addWidget(self._sentence)
        words.addWidget(self._what)
        words.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignHCenter)
        words.addWidget(self._support, 0, Qt.AlignmentFlag.AlignHCenter)
        words.addStretch(3)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(16, 8, 16, 8)
        self._rows.setSpacing(24)
        self._rows.addWidget(self._join, 1)
        self._rows.addLayout(words, 1)
        self._show_sentence()

    def set_narrow(self, *, narrow: bool) -> None:
        """Have room in the compact window, or in the full one."""
        self._is_narrow = narrow
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._rows.setDirection(below if narrow else beside)
        self._join.stand(Qt.AlignmentFlag.AlignHCenter if narrow else Qt.AlignmentFlag.AlignRight)
        self._words.setSpacing(6 if narrow else 16)
        _bring_together(self._rows, 6 if narrow else 24, 2 if narrow else 8)
        self._show_sentence()

    def text(self) -> str:
        """Return the sentence."""
        return self._sentence.text()

    def offer_joining(self, code: QImage) -> None:
        """Show a code to join by wherever nobody is found; a null one is none."""
        self._join.show_picture(code)
        self._show_sentence()

    def show_failure(
        self,
        sentence: str,
        code: str,
        support_code: str,
        *,
        retry: bool,
        support: bool = False,
        nobody: Nobody | None = None,
    ) -> None:
        """Say what happened.

        Args:
            code: what was looked up, masked; "" for nothing to show.
            support_code: as the log has it, ready words, or "".
            retry: whether asking again can help. support: whether somebody else has to.
            nobody: by what nobody was found; None where they may be a member.
        """
        self._said, self._nobody = sentence, nobody
        self._what.setText("   ".join(text for text in (code, support_code) if text))
        self._what.setVisible(bool(self._what.text()))
        self._retry.setVisible(retry)
        self._support.setVisible(support and not retry)
        self._show_sentence()

    def forget(self) -> None:
        """Keep nothing of a lookup."""
        self.show_failure("", "", "", retry=False)

    def _show_sentence(self) -> None:
        joins = self._nobody is not None and self._join.has_picture()
        self._sentence.setText(
            join_text(self._nobody, self._said) if joins and self._nobody else self._said
        )
        full = _BESIDE_CODE if joins else _PAGE_WIDTH
        self._sentence.setMinimumWidth(_NARROW_PAGE if self._is_narrow else full)
        self._join.setVisible(joins)
        if joins:
            self._sight.start()

    def _bring_in_sight(self) -> None:
        """On the smallest screens the page scrolls: the code and the words are what is wanted."""
        area = self._area = self._area or self._find_area()
        page = area.widget() if area is not None else None
        if area is None or page is None or not self._join.isVisible():
            return
        code = self._join.square().translated(self._join.mapTo(page, QPoint()))
        words = self._sentence.rect().translated(self._sentence.mapTo(page, QPoint()))
        for part in (code.united(words), code):  # where not both have room: the code
            middle = part.center()
            area.ensureVisible(middle.x(), middle.y(), part.width() // 2, part.height() // 2)

    def _find_area(self) -> QScrollArea | None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:  # it has more room, or less
            above.verticalScrollBar().rangeChanged.connect(self._sight.start)
            above.horizontalScrollBar().rangeChanged.connect(self._sight.start)
        return above


class EmptyPage(QWidget):
    """The page in the middle while nobody is looked up: what to do, and three ways in."""

    entered = Signal()
    """The cashier wants to type."""

    def __init__(self) -> None:
        super().__init__()
        line = plain_label(self.tr("请扫会员码"))
        line.setObjectName("invitation")
        ways = self._ways = QHBoxLayout()
        ways.setSpacing(16)
        self._buttons: list[QPushButton] = []
        ways.addStretch(1)
        for word, meaning in (
            (self.tr("扫码"), self.tr("扫顾客手机上的会员码")),
            (self.tr("手机号"), self.tr("输入手机号，按回车")),
            (self.tr("卡号"), self.tr("输入会员卡号，按回车")),
        ):
            way = QPushButton(word)
            self._buttons.append(way)
            way.setMinimumSize(_WAY, 48)
            way.setToolTip(meaning)
            way.setAccessibleDescription(meaning)
            way.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the scan field has the keyboard already
            way.clicked.connect(self.entered)
            ways.addWidget(way)
        ways.addStretch(1)
        layout = QVBoxLayout(self)
        self._around = layout.contentsMargins().top()
        layout.setSpacing(24)
        layout.addStretch(2)
        layout.addWidget(line, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(ways)
        layout.addStretch(3)

    def set_narrow(self, *, narrow: bool) -> None:
        """Have room in the compact window, or in the full one."""
        self._ways.setSpacing(8 if narrow else 16)
        _bring_together(self.layout(), 8 if narrow else 24, 2 if narrow else self._around)
        for button in self._buttons:
            button.setMinimumWidth(_NARROW_WAY if narrow else _WAY)


def _bring_together(layout: QLayout | None, spacing: int, around: int) -> None:
    assert layout is not None
    layout.setSpacing(spacing)
    sides = layout.contentsMargins()
    layout.setContentsMargins(sides.left(), around, sides.right(), around)
