"""An order that another program, or a second start, hands to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from posmember.link.requests import Refusal, RequestError
from posmember.report.question import RefusedError, check_text, identifiers_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from posmember.link.requests import Handed
    from posmember.settings.config import Settings
    from posmember.ui.beside.front.window import FrontWindow
    from posmember.ui.controller import Controller
    from posmember.ui.main_window import MainWindow

_AMOUNT, _DISCOUNT, _ITEMS = range(3)
"""The places of the order's fields."""


class Orders:
    """Takes orders from outside.

    Args:
        front: shows the window then.
        is_set_up: whether a page of the set-up lies in the window's place just now.
    """

    def __init__(
        self,
        window: MainWindow,
        controller: Controller,
        front: FrontWindow,
        is_set_up: Callable[[], bool],
    ) -> None:
        self._window, self._controller, self._front = window, controller, front
        self._is_set_up = is_set_up
        self._settings: Settings | None = None

    def use(self, settings: Settings | None) -> None:
        """Go by these settings from now on."""
        self._settings = settings

    def take(self, handed: Handed, token: str = "") -> None:
        """Take an order, and look up who is named; the one of before is gone.

        Raises:
            RequestError: a secret is being asked for, the window is being set up, or the code is
                none; then nothing of the order is taken, and of a code the window says why.
        """
        window = self._window
        if window.secrets.keeps_keys():
            raise RequestError(Refusal.NOT_TAKEN, "窗口正在输密码 / the window asks for a secret")
        if self._is_set_up():  # where a scan is not looked up, either
            raise RequestError(Refusal.NOT_TAKEN, "窗口正在设置 / the window is being set up")
        refused = self._why_not(handed)
        if handed.identifier:
            window.forget()
        if refused:
            self._controller.look_up(handed.identifier, handed.kind)  # which says why
        else:
            self._take_order(handed)
        if handed.quiet:
            self._front.show_quietly()
            QApplication.alert(window)  # its place in the taskbar
        else:
            self._front.bring_up(token=token)
        if refused:
            raise RequestError(Refusal.NOT_TAKEN, refused)

    def _take_order(self, handed: Handed) -> None:
        numbers = {}
        for place, amount in ((_AMOUNT, handed.amount), (_DISCOUNT, handed.discount)):
            if amount is not None:
                numbers[place] = amount.text()
        if handed.items is not None:
            numbers[_ITEMS] = str(handed.items)
        # With nobody on the screen they are the next one's, who comes at once.
        self._window.take_order(handed.order_type.value if handed.order_type else None, numbers)
        if handed.identifier:
            self._controller.look_up(handed.identifier, handed.kind)

    def _why_not(self, handed: Handed) -> str:
        if not handed.identifier:
            return ""
        try:
            check_text(handed.identifier, handed.kind)
            if self._settings is not None:
                identifiers_of(handed.identifier, handed.kind, self._settings)
        except RefusedError as error:
            return str(error)
        return ""
