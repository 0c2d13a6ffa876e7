"""What could not be loaded, said once: a strip for a part, a page for everything."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from posmember.ui.widgets.fitted_label import FittedLabel
from posmember.ui.widgets.labels import plain_label
from posmember.ui.widgets.marks import Mark, MarkWidget
from posmember.ui.wording.plain import joined

_STRIP_HEIGHT = 44
_RETRY_HEIGHT = 36
_PAGE_WIDTH = 640


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
    """The page in the middle where nothing could be loaded: one sentence, at most one button."""

    retried = Signal()
    support_asked = Signal()
    """What support is told is to be shown."""

    def __init__(self) -> None:
        super().__init__()
        self._sentence = plain_label(wrap=True)
        self._sentence.setObjectName("sentence")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setMinimumWidth(min(_PAGE_WIDTH, 480))
        self._what = plain_label(muted=True)
        self._what.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._retry = QPushButton(self.tr("重试 F5"))
        self._retry.setMinimumSize(120, 44)
        self._retry.clicked.connect(self.retried)
        self._support = QPushButton(self.tr("技术支持 Shift+F1"))
        self._support.setMinimumSize(120, 44)
        self._support.clicked.connect(self.support_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(16)
        layout.addStretch(2)
        layout.addWidget(self._sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._what)
        layout.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._support, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def text(self) -> str:
        """Return the sentence."""
        return self._sentence.text()

    def show_failure(
        self, sentence: str, code: str, support_code: str, *, retry: bool, support: bool = False
    ) -> None:
        """Say what happened.

        Args:
            code: what was looked up, masked; "" for nothing to show.
            support_code: as the log has it, ready words, or "".
            retry: whether asking again can help. support: whether somebody else has to.
        """
        self._sentence.setText(sentence)
        self._what.setText("   ".join(text for text in (code, support_code) if text))
        self._what.setVisible(bool(self._what.text()))
        self._retry.setVisible(retry)
        self._support.setVisible(support and not retry)

    def forget(self) -> None:
        """Keep nothing of a lookup."""
        self.show_failure("", "", "", retry=False)


class EmptyPage(QWidget):
    """The page in the middle while nobody is looked up: what to do, and three ways in."""

    entered = Signal()
    """The cashier wants to type."""

    def __init__(self) -> None:
        super().__init__()
        line = plain_label(self.tr("请扫会员码"))
        line.setObjectName("invitation")
        ways = QHBoxLayout()
        ways.setSpacing(16)
        ways.addStretch(1)
        for word, meaning in (
            (self.tr("扫码"), self.tr("扫顾客手机上的会员码")),
            (self.tr("手机号"), self.tr("输入手机号，按回车")),
            (self.tr("卡号"), self.tr("输入会员卡号，按回车")),
        ):
            way = QPushButton(word)
            way.setMinimumSize(120, 48)
            way.setToolTip(meaning)
            way.setAccessibleDescription(meaning)
            way.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the scan field has the keyboard already
            way.clicked.connect(self.entered)
            ways.addWidget(way)
        ways.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setSpacing(24)
        layout.addStretch(2)
        layout.addWidget(line, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(ways)
        layout.addStretch(3)
