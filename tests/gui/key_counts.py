"""How many keys the five flows of a cashier take: ``python -m tests.gui.key_counts``.

Each is struck at the platform window, as a keyboard does, and what it is for has to come true.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from posmember.domain.money import Money
from posmember.ui import tour
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.main_window import MainWindow
from posmember.ui.theme import install_theme
from posmember.ui.view.screen import View
from tests.gui import samples

Key = Qt.Key
PERSON_MS = 120
SUGGESTED = "880000000001"
PHONE = "13800000001"
NEXT_CODE = "qm0000002"
_CONTROL, _NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


class Hand:
    """A cashier's hand on the keyboard of a window; counts what it strikes.

    Args:
        window: shown, and with the keyboard.
    """

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.count = 0
        self.looked_up: list[str] = []
        self._scans = ScanFilter(parent=window)
        self._scans.scanned.connect(lambda code, _place: self.looked_up.append(code))
        window.identifier_entered.connect(lambda code, _kind: self.looked_up.append(code))

    def strike(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
        """Strike keys that stand for something, such as F6 or Ctrl+C."""
        for key in keys:
            QTest.keyClick(self.window.windowHandle(), key, modifier)
            self.count += 1
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Strike a key a letter, at a person's pace; a CR is Enter."""
        for letter in text:
            tour.send_burst(self.window.windowHandle(), letter, every_ms=PERSON_MS)
            self.count += 1

    def scan(self, code: str) -> None:
        """Have the scanner type: no key of the cashier's."""
        tour.send_burst(self.window.windowHandle(), f"{code}\r")

    def done(self) -> None:
        """Take the hand away."""
        self._scans.stop()


@dataclass(frozen=True)
class Flow:
    """One thing that a cashier does many times a day.

    Args:
        keys: how many it takes.
        begin: where the window is when it begins. do: what the hand does. is_done: whether it
            came true.
    """

    name: str
    keys: int
    do: Callable[[Hand], None]
    is_done: Callable[[Hand], bool]
    begin: Callable[[Hand], None] = lambda _hand: None


def _take_suggested(hand: Hand) -> None:
    hand.strike(Key.Key_C, modifier=_CONTROL)


def _type_phone(hand: Hand) -> None:
    hand.type(f"{PHONE}\r")


def _ask_why(hand: Hand) -> None:
    hand.strike(Key.Key_F6, Key.Key_Right)


def _ask_why_last(hand: Hand) -> None:
    hand.strike(Key.Key_F6, Key.Key_End, Key.Key_Right)


def _change_amount(hand: Hand) -> None:
    hand.strike(Key.Key_F8)
    hand.type("58\r")


def _enter_list(hand: Hand) -> None:
    hand.strike(Key.Key_F6)


def _details_are_open(hand: Hand) -> bool:
    details = hand.window._sheets.details
    return details is not None and details.isVisible()


def _amount_is_taken(hand: Hand) -> bool:
    at_scan = hand.window.scan_field.hasFocus()
    return hand.window.order().amount == Money(5800) and at_scan


FLOWS = (
    Flow(
        "取推荐券的码 / take the suggested code",
        1,
        _take_suggested,
        lambda _hand: QGuiApplication.clipboard().text() == SUGGESTED,
    ),
    Flow(
        "列表里报手机号 / a phone typed while a list has the keyboard",
        12,
        _type_phone,
        lambda hand: hand.looked_up == [PHONE],
        _enter_list,
    ),
    Flow("为什么 / why, the first coupon", 2, _ask_why, _details_are_open),
    Flow("为什么不能用 / why not, the last coupon", 3, _ask_why_last, _details_are_open),
    Flow("改金额 / the amount changed", 4, _change_amount, _amount_is_taken),
    Flow(
        "下一位顾客 / the next customer",
        0,
        lambda hand: hand.scan(NEXT_CODE),
        lambda hand: hand.looked_up == [NEXT_CODE],
        _enter_list,
    ),
)


def counted(flow: Flow, view: View | None = None) -> tuple[int, bool]:
    """Do a flow in a window of its own; returns the number of keys, and whether it came true."""
    window = MainWindow(store_name="人民广场店")
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    window.render(view if view is not None else samples.loaded_view())
    hand = Hand(window)
    QGuiApplication.clipboard().clear()
    try:
        flow.begin(hand)
        hand.count = 0
        flow.do(hand)
        QApplication.processEvents()
        return hand.count, flow.is_done(hand)
    finally:
        hand.done()
        window.close()
        window.deleteLater()


def main() -> int:
    """Print the table; returns the exit code: 1 where a flow does not come true."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    install_theme(app)
    failed = False
    for flow in FLOWS:
        keys, came_true = counted(flow)
        failed |= not came_true
        sys.stdout.write(f"{keys:>3}  {flow.name}{'' if came_true else '  NOT DONE'}\n")
    return int(failed)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main())
