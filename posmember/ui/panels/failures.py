"""What a panel says of its parts that could not be loaded, and how to ask for them again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from posmember.ui.widgets.labels import plain_label


class Failure(QWidget):
    """The page of a panel that failed: why, and a button to ask again."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._why = plain_label(wrap=True)
        self._why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._why.setObjectName("failure")
        self.retry = QPushButton(self.tr("重试"))
        self.retry.setAccessibleName(self.tr("重试 {title}").format(title=title))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch(1)
        layout.addWidget(self._why)
        layout.addWidget(self.retry, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def show_problems(self, problems: tuple[str, ...], *, retry: bool) -> None:
        self._why.setText("\n".join(problems))
        self.retry.setVisible(retry)


class Problems(QFrame):
    """A strip above a panel's content: what is missing from it, and a button to ask again."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("problems")
        self._what = plain_label(wrap=True)
        self.retry = QPushButton(self.tr("重试"))
        self.retry.setAccessibleName(self.tr("重试 {title}").format(title=title))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 4, 4)
        layout.addWidget(self._what, 1)
        layout.addWidget(self.retry)

    def show_problems(self, problems: tuple[str, ...], *, retry: bool) -> None:
        self._what.setText("\n".join(problems))
        self.retry.setVisible(retry)
