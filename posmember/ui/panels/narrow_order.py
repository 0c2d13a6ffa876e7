"""The order's line in rows, for the compact window: who and which order, then its numbers.

Discount and count have a row of their own, which is there while something of the order is being
typed or stands in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from posmember.ui.panels.order_numbers import OrderNumbers

_FINGER, _IN_A_ROW = 44, 40
_FOCUS = (QEvent.Type.FocusIn, QEvent.Type.FocusOut)
_ROWS, _AMOUNT = (2, 5, 9), 3
"""Where in the line each row ends: kinds, the amount, the count."""


class NarrowOrder(QObject):
    """Moves the line's widgets into rows, and back; none is made anew.

    Args:
        bar: owns them and this.
        rows: the first is the line.
        line: what stands in it, with how each stretches: scan field, kinds, types, then a label
            and a field each for amount, discount and count, and the store.
        numbers: of the order.
    """

    full_asked = Signal()
    """The full window is wanted back."""

    def __init__(
        self,
        bar: QWidget,
        rows: QBoxLayout,
        line: Sequence[tuple[QWidget, int]],
        numbers: OrderNumbers,
    ) -> None:
        super().__init__(bar)
        self._line, self._numbers = line, numbers
        self._is_narrow = False
        first = rows.children()[0]
        assert isinstance(first, QHBoxLayout)
        self._rows = [first, QHBoxLayout(), QHBoxLayout()]
        for row in self._rows[1:]:
            row.setSpacing(8)
            rows.addLayout(row)
        self._back = self._make_back()
        self._folded = [widget for widget, _stretch in line[slice(*_ROWS[1:])]]
        for field, _name in numbers.fields:
            field.installEventFilter(self)
        numbers.entering.connect(lambda: self._fold(entering=True))
        numbers.changed.connect(self._fold)

    def set_narrow(self, *, narrow: bool) -> None:
        """Have rows, or one line."""
        self._is_narrow = narrow
        for row in self._rows:
            while row.count():
                row.takeAt(0)
        if not narrow:
            for widget, stretch in self._line:
                self._rows[0].addWidget(widget, stretch)
        else:
            begin = 0
            for row, end in zip(self._rows, _ROWS, strict=True):
                for widget, stretch in self._line[begin:end]:
                    row.addWidget(widget, stretch)
                begin = end
            self._rows[0].addWidget(self._back)
            self._rows[1].insertStretch(1, 1)
            self._rows[2].insertStretch(2, 1)
        for widget, _stretch in self._line[_ROWS[0] : _ROWS[2]]:
            if not isinstance(widget, QLabel):
                widget.setFixedHeight(_IN_A_ROW if narrow else _FINGER)
        self._back.setVisible(narrow)
        self._name_amount()
        self._fold()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _FOCUS:
            self._fold()
        return False

    def _name_amount(self) -> None:
        """Name the amount in its field, as long as that is blank: its words have no room beside."""
        field, name = self._numbers.fields[0]
        label = self._line[_AMOUNT][0]
        assert isinstance(label, QLabel)
        label.setText("¥" if self._is_narrow else self._numbers.labels[field])
        field.setPlaceholderText(name if self._is_narrow else self._numbers.blank)

    def _make_back(self) -> QPushButton:
        bar = self.parent()
        assert isinstance(bar, QWidget)
        button = QPushButton(self.tr("完整"), bar)
        button.setAccessibleName(self.tr("换回完整窗口"))
        button.setToolTip(self.tr("换回完整窗口（Ctrl+M）"))
        button.setMinimumWidth(_FINGER)
        button.setFixedHeight(_FINGER)
        button.clicked.connect(self.full_asked)
        QWidget.setTabOrder(self._line[_ROWS[0] - 1][0], button)
        return button

    def _fold(self, *, entering: bool = False) -> None:
        """Show the last row where it has something to show."""
        focused = self._back.window().focusWidget()  # also while another program is in front
        fields = [field for field, _name in self._numbers.fields]
        in_use = entering or focused in fields or any(field.text() for field in fields[1:])
        for widget in self._folded:
            widget.setVisible(in_use or not self._is_narrow)
