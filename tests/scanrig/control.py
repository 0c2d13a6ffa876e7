"""The positive control: does the input method really compose for Qt programs on this desktop?

Without it, a dead input method would make every test with one pass.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtWidgets import QApplication, QLineEdit

from tests.scanrig.desktop import Desktop
from tests.scanrig.keyboard import Keyboard, Move
from tests.scanrig.program import started

TYPED = "nihao "
_EVERY_MS = 20
_ANSWERS_WITHIN_S = 3.0
_ATTEMPTS = 3
"""A field gets its input context in the background: the first keys may come too early for it."""


class DeadInputMethodError(Exception):
    """The input method does not do what it is there for: no result with it means anything."""


def has_chinese(text: str) -> bool:
    """Return whether there is a Chinese character in a text."""
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def check_input_method(on: Desktop, keyboard: Keyboard) -> str:
    """Type pinyin into a plain field of a program without a scan filter.

    Returns:
        What arrived: Chinese, or, in English mode and without an input method, what was typed.

    Raises:
        DeadInputMethodError: something else arrived.
    """
    texts: list[str] = []
    for _ in range(_ATTEMPTS):
        text = _typed_into_a_field(on, keyboard)
        if has_chinese(text) if on.ime.is_chinese else text == TYPED:
            return text
        texts.append(text)
    raise DeadInputMethodError(f"{on.ime.value}: {TYPED!r} gave {texts}")


def _typed_into_a_field(on: Desktop, keyboard: Keyboard) -> str:
    with started(on, "tests.scanrig.control") as field:
        assert field.stdout is not None
        assert field.stdin is not None
        assert field.stdout.readline() == "ready\n", "the control's field did not open"
        type_pinyin(keyboard)
        field.stdin.write("end\n")
        field.stdin.flush()
        return field.stdout.readline().removesuffix("\n")


def type_pinyin(keyboard: Keyboard) -> None:
    """Strike the control's keys, slowly enough for any input method."""
    moves: list[Move] = []
    for number, char in enumerate(TYPED):
        code, at_ms = keyboard.key(char).code, number * _EVERY_MS
        moves += [Move(at_ms, code, down=True), Move(at_ms + _EVERY_MS // 2, code, down=False)]
    keyboard.play(moves)


def main() -> int:
    """Show a plain field; when told to end, print its text once it has one."""
    app = QApplication(sys.argv)
    field = QLineEdit()
    field.show()
    field.activateWindow()
    while not (field.hasFocus() and field.isActiveWindow()):
        app.processEvents()
        time.sleep(0.005)
        field.activateWindow()
    _process_for(app, 0.3)  # its input context is made meanwhile
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    until = time.monotonic() + _ANSWERS_WITHIN_S
    while time.monotonic() < until and len(field.text()) not in (2, len(TYPED)):
        app.processEvents()
        time.sleep(0.005)
    _process_for(app, 0.1)
    sys.stdout.write(field.text() + "\n")
    sys.stdout.flush()
    return 0


def _process_for(app: QApplication, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        app.processEvents()
        time.sleep(0.005)


if __name__ == "__main__":
    sys.exit(main())
