"""标签: as many as have room, and how many more there are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posmember.ui.messages import list_text
from posmember.ui.theme import TEXT_PX
from posmember.ui.widgets.labels import ElidedLabel, plain_label, show_silently

_LINES = 2
_LEAST_WIDTH = 64
_BESIDE = 6
_NOTHING = "—"


class LabelLines(QWidget):
    """Two lines; all of them in the tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: tuple[str, ...] = ()
        self._head = plain_label(self.tr("标签"))
        self._head.setObjectName("small")
        self._is_known = False
        self._lines = [ElidedLabel(told=False) for _line in range(_LINES)]
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        self._rows, self._first = rows, QHBoxLayout()
        self._first.setSpacing(_BESIDE)
        rows.addStretch(1)
        rows.addWidget(self._head)
        rows.addLayout(self._first)
        for line in self._lines:
            line.setMinimumWidth(_LEAST_WIDTH)
            line.setMinimumHeight(TEXT_PX)
        self._first.addWidget(self._lines[0], 1)
        rows.addWidget(self._lines[1])
        rows.addStretch(1)

    def set_narrow(self, *, narrow: bool) -> None:
        """Have the word in the first line, or above it."""
        self._rows.removeWidget(self._head)
        self._first.removeWidget(self._head)
        if narrow:
            self._first.insertWidget(0, self._head)
        else:
            self._rows.insertWidget(1, self._head)
        self._write()

    def show_labels(self, labels: tuple[str, ...]) -> None:
        """Show labels in the order they are given."""
        self._labels = labels
        show_silently(self, "\n".join(labels))
        self._is_known = True
        # A screen reader hears all of them behind the word, and the lines not once more.
        self._head.setAccessibleName(f"{self._head.text()} {list_text(labels) or _NOTHING}")
        self._write()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._write()

    def _write(self) -> None:
        """Fill the lines with whole labels; of the last one as much as has room."""
        left = list(self._labels)
        for number, line in enumerate(self._lines):
            last = number == len(self._lines) - 1
            room = self.width()
            if not number and self._first.count() > 1:
                room -= self._head.sizeHint().width() + _BESIDE
            line.set_text(self._take(left, room, last=last))
        if not self._labels:
            self._lines[0].set_text(_NOTHING if self._is_known else "")

    def _take(self, left: list[str], room: int, *, last: bool) -> str:
        """Take as many labels as one line has room for, and at least one."""
        metrics, taken = self.fontMetrics(), ""
        while left:
            more = f" +{len(left) - 1}" if last and len(left) > 1 else ""
            text = f"{taken} {left[0]}".strip()
            if taken and metrics.horizontalAdvance(text + more) > room:
                break
            taken = text
            left.pop(0)
        if not (last and left):
            return taken
        more = f" +{len(left)}"  # which is seen, however long the label before it is
        room -= metrics.horizontalAdvance(more)
        return metrics.elidedText(taken, Qt.TextElideMode.ElideRight, max(room, 0)) + more
