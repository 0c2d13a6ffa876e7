"""Fields that a scanner's keys may reach: none of them gives keys to an input method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import Qt
    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QInputMethodEvent, QKeyEvent

    from posmember.domain.money import Money
    from posmember.scanning.entry import EntryProblem

LONGEST_TEXT = 5000


class MarkedLineEdit(QLineEdit):
    """A line edit whose copies are marked as nobody's to keep: they may be a phone number."""

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        from PySide6.QtGui import QKeySequence

        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self._cut()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent, /) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QAction

        menu = self.createStandardContextMenu()
        for name, copy in (("edit-copy", self._copy), ("edit-cut", self._cut)):
            action = menu.findChild(QAction, name)
            if action is not None:
                action.triggered.disconnect()
                action.triggered.connect(copy)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def empty(self) -> None:
        """Hold nothing: no text, nothing to undo, nothing that an input method has half written."""
        from PySide6.QtGui import QInputMethodEvent

        self.setText("")
        self.inputMethodEvent(QInputMethodEvent())

    def _copy(self) -> None:
        from posmember.ui.clipboard import clipboard

        if self.selectedText() and self.echoMode() is QLineEdit.EchoMode.Normal:
            clipboard().copy(self.selectedText())

    def _cut(self) -> None:
        self._copy()
        if not self.isReadOnly() and self.echoMode() is QLineEdit.EchoMode.Normal:
            self.del_()


class PlainLineEdit(MarkedLineEdit):
    """A line edit that takes keys as they come.

    A Chinese input method turns the letters of a scanned code into words; answering that
    input methods are off here is the one measure that holds at every scanning speed.
    """

    def inputMethodQuery(self, query: Qt.InputMethodQuery, argument: Any = None, /) -> Any:
        from PySide6.QtCore import Qt

        if query == Qt.InputMethodQuery.ImEnabled:
            return False
        return super().inputMethodQuery(query)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        from PySide6.QtGui import QKeySequence

        from posmember.ui.capture.key_events import ENTER_KEYS

        if event.matches(QKeySequence.StandardKey.Copy) and not self.hasSelectedText():
            # Nothing to copy here: let the window copy the selected redemption code.
            event.ignore()
            return
        super().keyPressEvent(event)
        if event.key() in ENTER_KEYS:
            event.accept()  # it has ended what is typed here, and is for nobody above


class ScanField(PlainLineEdit):
    """Where codes are scanned or typed. A phone number is shown masked once it was looked up.

    The number itself stays in memory while its mask is shown, so that Enter looks it up again.
    """

    submitted = Signal(str)
    """The text as typed (never the mask); emitted on Enter, also when it is blank."""

    def __init__(self) -> None:
        super().__init__()
        self._unmasked = self._looked_up = ""
        self._is_typed = self._is_typing = False
        self.setMaxLength(LONGEST_TEXT)
        self.setObjectName("scan")
        self.returnPressed.connect(self.submit)
        self.textEdited.connect(self._edited)
        self.textChanged.connect(self._change)

    def is_looked_up(self) -> bool:
        """Return whether its text was looked up as it stands there, or there is none."""
        text = self.text()
        return not text.strip() or (text == self._looked_up and not self._is_typed)

    def entered(self) -> str:
        """Return what was entered, unmasked."""
        return self._unmasked or self.text()

    def show_scanned(self, text: str) -> None:
        """Show a scanned text, selected, masked when it is a phone number."""
        self._unmasked = ""
        self.setText(text)
        self.looked_up()

    def looked_up(self) -> None:
        """Select the text, so that typing replaces it; mask it when it is a phone number."""
        from posmember.domain.masking import mask_phone

        text = self.text().strip()
        if not self._unmasked and _is_phone(text):
            self._unmasked = text
            self.setText(mask_phone(text))
        self._looked_up, self._is_typed = self.text(), False
        self.selectAll()

    def forget(self) -> None:
        """Forget the text, also what undo would bring back."""
        self._unmasked = self._looked_up = ""
        self.empty()

    def inputMethodEvent(self, event: QInputMethodEvent, /) -> None:
        """Take what was written without keys; behind a mask nothing can be written."""
        from posmember.ui.capture.committed import without_end

        text = event.commitString()
        if self._unmasked and text:
            self.selectAll()
        if without_end(text) != text:
            event.setCommitString(
                without_end(text), event.replacementStart(), event.replacementLength()
            )
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        from PySide6.QtGui import QKeySequence

        from posmember.ui.capture.key_events import ENTER_KEYS

        if event.isAutoRepeat() and event.key() in ENTER_KEYS:
            return  # held down, it is struck once
        if event.text() == "/" and len(self.selectedText()) == len(self.text()):
            event.ignore()  # no code begins with it: the window filters its lists by words
            return
        if event.matches(QKeySequence.StandardKey.Copy) and self._is_selected_by_itself():
            event.ignore()  # nobody has selected it: the window copies the code to be used
            return
        super().keyPressEvent(event)

    def take_key(self, event: QKeyEvent) -> None:
        """Take a key that was struck elsewhere: behind what was looked up another text begins."""
        if self._unmasked or self.is_looked_up():
            self.selectAll()
        self.keyPressEvent(event)

    def remember(self) -> Callable[[], None]:
        """Return what puts everything back as it is now."""
        text, unmasked, cursor = self.text(), self._unmasked, self.cursorPosition()
        start, length = self.selectionStart(), self.selectionLength()

        def put_back() -> None:
            self.setText(text)
            self._unmasked = unmasked
            self.setCursorPosition(cursor)
            if start >= 0:
                self.setSelection(start, length)

        return put_back

    def _is_selected_by_itself(self) -> bool:
        """Whether it is selected whole because it was looked up: so that typing replaces it."""
        return self.is_looked_up() and self.selectedText() == self.text()

    def submit(self) -> None:
        """Have what is entered looked up, as Enter does."""
        self.submitted.emit(self.entered())
        self.selectAll()

    def _change(self, _text: str) -> None:
        """Know whether it is typed; what puts a scan's first keys back out types nothing."""
        self._is_typed, self._is_typing = self._is_typing, False

    def _edited(self, text: str) -> None:
        """Drop a mask that was edited: what is left of it is no number."""
        self._is_typing = True
        if self._unmasked:
            self._unmasked = ""
            if "*" in text:
                self.setText("")


class EntryField(PlainLineEdit):
    """An order field: blank means not entered; what cannot be read is marked, and named."""

    problem_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(LONGEST_TEXT)
        self.setObjectName("entry")
        self.problem: EntryProblem | None = None
        self._before = ""
        self.textChanged.connect(self.check)

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        super().focusInEvent(event)
        self._before = self.text()

    def take_back(self) -> None:
        """Let it hold what it did when it took the keyboard."""
        self.setText(self._before)

    def put(self, text: str) -> None:
        """Let it hold a text that is not typed: there is nothing of before to take back."""
        self.setText(text)
        self._before = text

    def _read(self, text: str) -> Money | int | EntryProblem | None:
        raise NotImplementedError

    def _value(self) -> Money | int | None:
        """Return what was entered, or None where it is blank or cannot be read."""
        from posmember.scanning.entry import EntryProblem

        read = self._read(self.text())
        return None if isinstance(read, EntryProblem) else read

    def check(self) -> None:
        """Read the text again, and mark the field if it cannot be read."""
        from posmember.scanning.entry import EntryProblem
        from posmember.ui.theme import restyle

        read = self._read(self.text())
        problem = read if isinstance(read, EntryProblem) else None
        if problem is self.problem:
            return
        self.problem = problem
        self.setProperty("problem", problem is not None)
        restyle(self)
        self.problem_changed.emit()


class MoneyField(EntryField):
    """A field for an amount in 元."""

    def _read(self, text: str) -> Money | EntryProblem | None:
        from posmember.scanning.entry import read_amount

        return read_amount(text)

    def amount(self) -> Money | None:
        """Return the amount, or None where there is none that can be read."""
        from posmember.domain.money import Money

        value = self._value()
        return value if isinstance(value, Money) else None


class CountField(EntryField):
    """A field for a number of items."""

    def _read(self, text: str) -> int | EntryProblem | None:
        from posmember.scanning.entry import read_count

        return read_count(text)

    def count(self) -> int | None:
        """Return the count, or None where there is none that can be read."""
        value = self._value()
        return value if isinstance(value, int) else None


class ChoiceBox(QComboBox):
    """A choice of a few. Letters and digits are not searched for in it, but left to the window."""

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if is_letter_or_digit(event):
            event.ignore()
            return
        super().keyPressEvent(event)


def is_letter_or_digit(event: QKeyEvent) -> bool:
    """Whether a key gives a letter or a digit, as those of a code are."""
    from PySide6.QtCore import Qt

    shifted = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    text = normalize("NFKC", event.text())  # a keyboard on the screen may give full-width ones
    plain = event.modifiers() | shifted == shifted
    return plain and len(text) == 1 and text.isascii() and text.isalnum()


def _is_phone(text: str) -> bool:
    """Whether a text is a mainland mobile number, also with +86 or separators."""
    digits = "".join(char for char in text if char.isascii() and char.isdigit())
    plain = all(char in "+- ()" or (char.isascii() and char.isdigit()) for char in text)
    number = digits.removeprefix("86") if len(digits) == 13 else digits
    return plain and len(number) == 11 and number[0] == "1" and number[1] in "3456789"
