"""筛选: words that rows of a list have to hold. Behind a button until it is wanted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from posmember.ui.capture.key_events import ENTER_KEYS
from posmember.ui.widgets.chinese_field import ChineseField

_WIDTH = 168
_HEIGHT = 32
_LONGEST = 60


class _Field(ChineseField):
    left = Signal(bool)
    """The keyboard is to go on: to the list (True), or away from it, with no words (False)."""

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in ENTER_KEYS or event.key() == Qt.Key.Key_Down:
            self.left.emit(True)
            return
        super().keyPressEvent(event)


class SeekField(QWidget):
    """A button; pressed, a field in its place.

    Args:
        of: what is sought among.
    """

    sought = Signal(str)
    """The words, as they are typed."""
    done = Signal()
    """The keyboard is to go to the list."""

    def __init__(self, of: str) -> None:
        super().__init__()
        self._button = QPushButton(self.tr("按 / 筛选"))
        self._button.setObjectName("tab")
        self._button.setFixedHeight(_HEIGHT)
        self._button.setAccessibleName(self.tr("筛选{what}").format(what=of))
        self._button.clicked.connect(self.open_field)
        self._field = _Field()
        self._field.setMaxLength(_LONGEST)
        self._field.setFixedSize(_WIDTH, _HEIGHT)
        self._field.setPlaceholderText(self.tr("输入几个字"))
        self._field.setAccessibleName(self.tr("筛选{what}").format(what=of))
        self._field.setClearButtonEnabled(False)
        self._field.textChanged.connect(self.sought)
        self._field.left.connect(self._leave)
        self._field.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._button)
        row.addWidget(self._field)

    def set_roomy(self, *, roomy: bool) -> None:
        """Show the button, or where there is no room for it, only listen to its key."""
        self._button.setVisible(roomy and self._field.isHidden())

    def open_field(self) -> None:
        """Take the keyboard."""
        self._button.hide()
        self._field.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def close_field(self) -> bool:
        """Seek nothing any more; returns whether anything was sought."""
        self._field.empty()
        if self._field.isHidden():
            return False
        self._field.hide()
        self._button.show()
        return True

    def words(self) -> str:
        """Return what is sought."""
        return self._field.text()

    def _leave(self, _to_list: bool) -> None:
        if not self.words():
            self.close_field()
        self.done.emit()
