"""Text that is written without keys: by hand, by voice, with a keyboard on the screen.

It comes as what an input method commits, also to a widget that has none. Such commits are of two
kinds. Letters, digits and signs are somebody's writing, and reach the widget as typed keys do: so
what is written in no field goes to the scan field. Words are late, and nobody's; so is what an
input method was given as keys, or had shown as being composed, in a field that writes Chinese.
"""

from __future__ import annotations

import math
import re
import unicodedata
from time import monotonic
from typing import Final, Protocol

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from posmember.ui.capture.key_events import type_into

LATE_FOR_S: Final = 3.0
"""So long behind the last sign of life of a field that writes Chinese, a commit may be its answer:
measured on a busy PC it took more than a second."""

SENTENCE_ENDS: Final = "。，、！？…"
"""Voice keyboards put them behind what was said; no code ends so."""
_NO_ENDS = re.compile(f"[^{SENTENCE_ENDS}]+")
_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_UNSEEN = ("Cc", "Cf")
_BACKSPACE: Final = "\b"


class GivenKeys(Protocol):
    """Knows which keys the input method was let have."""

    def given(self, within_s: float, *, of_burst: bool) -> str:
        """Return what they typed; of the last burst alone, or of everybody."""


class CommittedText:
    """Hands on what was written without keys."""

    def __init__(self) -> None:
        self._chinese_at = -LATE_FOR_S
        self._composed, self._given_up_at = "", math.inf
        self._is_own = False

    @property
    def is_handing_on(self) -> bool:
        """Whether the commit that is seen now is sent from here."""
        return self._is_own

    def note_chinese(self, event: QInputMethodEvent | None = None) -> None:
        """Know that a field which writes Chinese has the keyboard now, and what it gets."""
        self._chinese_at = monotonic()
        if event is None:
            return
        composing = _letters(event.preeditString())
        if composing or event.commitString():
            self._composed, self._given_up_at = composing, math.inf
        elif self._given_up_at == math.inf:
            self._given_up_at = monotonic()

    def hand_on(self, widget: QWidget, event: QInputMethodEvent, keys: GivenKeys) -> None:
        """Hand on what was committed to a widget that has no input method; drop what is late.

        A line end is an Enter, and never joins what stands before and behind it.
        """
        start, length = event.replacementStart(), event.replacementLength()
        *lines, last = _LINE_ENDS.split(event.commitString())
        for line in lines:
            self._write(widget, line, start, length, keys)
            type_into(widget, "\r")
            widget, start, length = QApplication.focusWidget() or widget, 0, 0
        self._write(widget, last, start, length, keys)

    def _write(self, widget: QWidget, line: str, start: int, length: int, keys: GivenKeys) -> None:
        text = _written(line)
        if (line and not text) or (text and self._is_late(text, keys)):
            return
        if widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            if text or length:
                self._send(widget, text, start, length)
            return
        if start + length == 0:
            _strike(widget, _BACKSPACE * length)
        _strike(widget, _phone_in(text) or without_end(text))

    def _is_late(self, text: str, keys: GivenKeys) -> bool:
        """Whether it is what a field that writes Chinese was to get."""
        now = monotonic()
        if now - self._chinese_at >= LATE_FOR_S:
            return False
        letters, given = _letters(text), keys.given(LATE_FOR_S, of_burst=False)
        if not letters:
            return any(unicodedata.category(char)[0] in "PS" for char in given)
        if letters in _letters(keys.given(LATE_FOR_S, of_burst=True)):
            return True
        if letters.isdigit():  # an input method does not keep digits back
            return False
        is_composed = letters == self._composed and now - self._given_up_at < LATE_FOR_S
        return is_composed or _letters(given).endswith(letters)

    def _send(self, field: QWidget, text: str, start: int, length: int) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text, start, length)
        self._is_own = True
        try:
            QCoreApplication.sendEvent(field, event)
        finally:
            self._is_own = False


def _written(line: str) -> str:
    """A line in plain forms; "" where it holds words, but for those around a phone number."""
    plain = _NO_ENDS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), line)
    spaced = plain.replace("\t", " ")
    seen = "".join(c for c in spaced if unicodedata.category(c) not in _UNSEEN).strip()
    is_plain = all(c.isascii() or unicodedata.category(c)[0] in "PSZ" for c in seen)
    return seen if is_plain or _phone_in(seen) else ""


def _phone_in(text: str) -> str:
    """The phone number in a text, whatever stands around it; "" where there is none."""
    # Its patterns take milliseconds to compile: not before the first paint.
    from posmember.scanning.cleaning import visible
    from posmember.scanning.phone import written_mobile

    return written_mobile(visible(text))


def without_end(text: str) -> str:
    """What was said without the end of the sentence; a sign alone stays, as a point does."""
    return text.rstrip(SENTENCE_ENDS) or text


def _letters(text: str) -> str:
    """Letters and digits of codes, in one case: an input method may write the others itself."""
    return "".join(char for char in text.lower() if char.isascii() and char.isalnum())


def _strike(widget: QWidget, text: str) -> None:
    """Strike the keys of a text where no field is; a space would press a button there."""
    for char in text:
        if char.isascii() and not char.isspace():
            type_into(widget, char)
