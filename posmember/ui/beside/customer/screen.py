"""The customer's screen beside the till: it follows the cashier's window in the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from posmember.settings.config import CustomerSettings
from posmember.ui.beside.customer.content import WELCOME, content_of
from posmember.ui.beside.customer.join import Join, JoinReader
from posmember.ui.beside.customer.place import ScreenChoice

if TYPE_CHECKING:
    from posmember.settings.config import Settings
    from posmember.ui.beside.customer.window import CustomerWindow
    from posmember.ui.main_window import MainWindow


class CustomerScreen(QObject):
    """Shows the customer what is theirs to see, and the code to join by on both screens.

    It is a keeper of secrets, too: a scan of that code is for a phone, and looks nobody up.

    Args:
        window: the cashier's; owns this.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._settings, self._store = CustomerSettings(), ""
        self._join = Join()
        self._reader = JoinReader(self._take_join, self._say_unreadable)
        self._choice = ScreenChoice(window)
        self._shown: CustomerWindow | None = None
        self._choice.changed.connect(self._move)
        window.rendered.connect(self._follow)
        window.secrets.add(self)

    # --- the settings --------------------------------------------------------------------------

    def use(self, settings: Settings | None) -> None:
        """Go by these settings from now on; None is that there are none."""
        self._settings = settings.customer if settings is not None else CustomerSettings()
        self._store = settings.store.name if settings is not None else ""
        self._reader.use(self._settings.join_qr)
        self._choice.use(self._settings.screen)
        self._show_all()
        if self._settings.screen and self._choice.screen is None:
            self._window.messages.warn(
                self.tr("顾客屏没有显示：没有「{screen}」这块屏幕，或本窗口就在上面").format(
                    screen=self._settings.screen
                )
            )

    async def aclose(self) -> None:
        """End: the screen is empty."""
        self._window.rendered.disconnect(self._follow)
        self._choice.stop()
        self._reader.stop()
        self._close()

    # --- scans ---------------------------------------------------------------------------------

    def begin_burst(self) -> None:
        """Know that a scanner has begun to type; nothing is kept of that."""

    def take_scan(self, text: str, _place: int) -> bool:
        """Take a scan that is the code to join by; returns whether it was."""
        is_own = bool(text) and text.strip() in self._join.texts
        if is_own:
            self._window.messages.warn(self.tr("这是入会二维码，请顾客用手机扫；没有查询"))
        return is_own

    def keeps_keys(self) -> bool:
        """Return that what is struck in no field is no secret."""
        return False

    # --- what is shown -------------------------------------------------------------------------

    def _follow(self) -> None:
        view = self._window.view()
        if view is not None and view.nobody is not None:
            self._reader.look_again()
        if self._shown is None:
            return
        content = WELCOME
        try:
            if view is not None:
                content = content_of(
                    view, shows_balance=self._settings.balance, can_join=self._join.is_there
                )
        finally:  # also where a bug ends it: who was there before is not left there
            self._shown.show_content(content)

    def _move(self) -> None:
        """Stand on the customer's screen, or nowhere: never on the cashier's."""
        screen = self._choice.screen
        if screen is None:
            self._close()
            return
        if self._shown is None:
            self._shown = self._make()
            self._show_all()
        self._shown.show_on(screen)

    def _make(self) -> CustomerWindow:
        from posmember.ui.beside.customer.window import CustomerWindow

        made = CustomerWindow()
        if self._window.training.is_on:
            from posmember.ui.panels.watermark import Watermark

            Watermark(made, self._window.training.mark())
        return made

    def _close(self) -> None:
        shown, self._shown = self._shown, None
        if shown is not None:
            shown.show_content(WELCOME)
            shown.hide()
            shown.deleteLater()

    def _show_all(self) -> None:
        if self._shown is not None:
            self._shown.show_store(self._store)
            self._shown.show_code(self._join.picture)
        self._follow()

    def _take_join(self, join: Join) -> None:
        self._join = join
        self._window.offer_joining(join.picture)
        self._show_all()

    def _say_unreadable(self) -> None:
        self._window.messages.warn(self.tr("入会二维码的图片读不了，请检查设置里的「入会二维码」"))
