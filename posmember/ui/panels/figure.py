"""One column of the person's row: a word, a large figure, and a line below it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from posmember.ui.widgets.labels import ElidedLabel, plain_label, show_silently

_LEAST_NOTE = 104


class Figure(QWidget):
    """A figure with its word above it. A screen reader hears both as one, and once.

    Args:
        word: what it is.
    """

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word = word
        head = ElidedLabel(word, told=False)
        head.setObjectName("small")
        self._value = plain_label()
        self._value.setObjectName("figure")
        self.note = ElidedLabel()
        self.note.setMinimumWidth(_LEAST_NOTE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addStretch(1)
        self._rows, self._head = layout, QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(head)
        layout.addLayout(self._head)
        layout.addWidget(self._value)
        layout.addWidget(self.note)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def set_narrow(self, *, narrow: bool) -> None:
        """Have the line below it beside its word, or below it."""
        self._rows.removeWidget(self.note)
        self._head.removeWidget(self.note)
        if narrow:
            self._head.addWidget(self.note, 1)
        else:
            self._rows.insertWidget(self._rows.count() - 1, self.note)

    def value(self) -> str:
        """Return the figure as it is written."""
        return self._value.text()

    def waits(self) -> bool:
        """Return whether it is not known yet if the figure can be spent."""
        return not self._value.isEnabled()

    def show_value(
        self,
        value: str,
        note: str = "",
        more: str = "",
        *,
        check: bool = False,
        waits: bool = False,
    ) -> None:
        """Show a figure.

        Args:
            note: the line below it.
            more: what the tooltip says besides.
            check: whether the line below is something to check.
            waits: whether it is not known yet if it can be spent; it is then written faintly.
        """
        self._value.setEnabled(not waits)
        self._value.setText(value)
        self._value.setAccessibleName(f"{self._word} {value}" if value else "")
        self._value.setAccessibleDescription(more if value else "")
        self.note.set_text(note)
        self.note.set_color("check" if check else "muted" if waits else "")
        show_silently(self, "\n".join(text for text in (note, more) if text))
