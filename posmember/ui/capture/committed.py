"""Text that is written without keys: by hand, by voice, with a keyboard on the screen.

It comes as what an input method commits, also to a widget that has none. Such commits are of two
kinds. Letters, digits and signs are somebody's writing, and reach the widget as typed keys do: so
what is written in no field goes to the scan field. Words, and whatever comes while an input method
may still owe an answer to keys that it was let have, are late, and nobody's.
"""

from __future__ import annotations

import unicodedata
from time import monotonic
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QWidget

from posmember.ui.capture.key_events import type_into

LATE_FOR_S: Final = 3.0
"""So long behind the last sign of life of a field that writes Chinese, a commit may be its answer:
measured on a busy PC it took more than a second."""

_SENTENCE_ENDS = "。，、；：！？…,;:!?"
"""Voice keyboards put them behind what was said."""
_INVISIBLE = ("Cc", "Cf")


class CommittedText:
    """Hands on what was written without keys."""

    def __init__(self) -> None:
        self._chinese_at = -LATE_FOR_S
        self._is_own = False

    @property
    def is_handing_on(self) -> bool:
        """Whether the commit that is seen now is sent from here."""
        return self._is_own

    def note_chinese(self) -> None:
        """Know that a field which writes Chinese has the keyboard now."""
        self._chinese_at = monotonic()

    def hand_on(self, widget: QWidget, event: QInputMethodEvent) -> None:
        """Hand on what was committed to a widget that has no input method; drop what is late."""
        written = _plain(event.commitString())
        if not written or monotonic() - self._chinese_at < LATE_FOR_S:
            return
        text = written.rstrip("\r\n")
        if text and widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            self._write(widget, text)
        elif text:
            _strike(widget, text)
        if written != text:
            type_into(widget, "\r")

    def _write(self, field: QWidget, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        self._is_own = True
        try:
            QCoreApplication.sendEvent(field, event)
        finally:
            self._is_own = False


def _plain(text: str) -> str:
    """The text in plain forms; "" where it holds anything but letters, digits and signs of codes.

    A line feed at its end stays: it is an Enter.
    """
    written = unicodedata.normalize("NFKC", text)
    ends = "\r" if written.endswith(("\r", "\n")) else ""
    seen = "".join(c for c in written if unicodedata.category(c) not in _INVISIBLE).strip()
    if any(c.isascii() and c.isalnum() for c in seen):
        seen = seen.rstrip(_SENTENCE_ENDS)
    is_plain = all(c.isascii() or unicodedata.category(c)[0] in "PSZ" for c in seen)
    return seen + ends if is_plain else ""


def _strike(widget: QWidget, text: str) -> None:
    """Strike the keys of a text where no field is; a space would press a button there."""
    for char in text:
        if char.isascii() and not char.isspace():
            type_into(widget, char)
