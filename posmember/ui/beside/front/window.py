"""Brings this window up from behind other programs, and gives the keyboard back to them."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from posmember.ui.beside.front.desktop import NoDesktop
from posmember.ui.widgets.fitting import SHY

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

    from posmember.settings.config import Settings
    from posmember.ui.beside.front.desktop import Desktop
    from posmember.ui.main_window import MainWindow

_AGAIN_MS: Final = 40
_TRIES: Final = 12
"""A window that is only just shown is refused the keyboard; half a second is enough for any."""
_SHEET: Final = "sheet"
"""What the style sheet calls all that lies over the window."""
_WAYLAND_TOKEN: Final = "XDG_ACTIVATION_TOKEN"


class FrontWindow(QObject):
    """The window, and the one of another program that was in front before it.

    Going back leaves the window where it is, as large as it is: the other one comes to lie over it,
    or, where it stands beside it or the window is always on top, both stay in sight. Only where the
    other one has gone, or cannot be known, the window is minimised, and the desktop chooses.

    Args:
        window: owns this.
    """

    def __init__(self, window: MainWindow, desktop: Desktop | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._desktop: Desktop = NoDesktop()
        self._before = 0
        self._tries, self._waits, self._at = 0, 0, 0
        self._insisting = QTimer(self)
        self._insisting.setInterval(_AGAIN_MS)
        self._insisting.timeout.connect(self._insist)
        if desktop is not None:
            self.look_at(desktop)

    def use(self, settings: Settings | None) -> None:
        """No setting changes it."""

    def look_at(self, desktop: Desktop) -> None:
        """Ask this desktop from now on: before, none is asked."""
        self._desktop = desktop
        desktop.watch(self._note)
        self.remember()

    async def aclose(self) -> None:
        """Look at the desktop no more."""
        self._insisting.stop()
        self._desktop.close()

    def remember(self) -> None:
        """Remember which window is in front now, where that is another program's."""
        self._note(self._desktop.front())

    def is_in_front(self) -> bool:
        """Return whether this program has the keyboard."""
        front = self._desktop.front()
        if front is None:
            return QApplication.activeWindow() is not None
        return front in _own_windows()

    def toggle(self, at: int = 0, token: str = "") -> None:
        """Bring the window up, or go back where it has the keyboard; as of `bring_up`."""
        window = self._window
        if window.isVisible() and not window.isMinimized() and self.is_in_front():
            self.go_back(at)
        else:
            self.bring_up(at, token)

    def bring_up(self, at: int = 0, token: str = "") -> None:
        """Show the window before all others, with the keyboard in the scan field.

        What is open in the window stays, and keeps the keyboard.

        Args:
            at: when the key was struck that asks for it, as the desktop counts; 0 is now.
            token: by which Wayland lets a window come up; "" is none.
        """
        self._waits = _TRIES
        self._come_up(at, token)

    def show_quietly(self) -> None:
        """Show the window where it is hidden; the keyboard stays where it is."""
        if self._window.isVisible():
            return
        window, handle = self._window, self._window.windowHandle()
        quietly = Qt.WidgetAttribute.WA_ShowWithoutActivating
        before = window.testAttribute(quietly), handle.property(SHY)  # a compact window's stay
        # Qt hands the attribute on when it makes a native window, and this one is made already.
        window.setAttribute(quietly, on=True)
        handle.setProperty(SHY, True)
        window.show()
        window.setAttribute(quietly, on=before[0])
        handle.setProperty(SHY, before[1])

    def go_back(self, at: int = 0) -> None:
        """Give the keyboard back to the window that was in front before; `at` as of `bring_up`."""
        self._insisting.stop()
        before = self._before
        if before and before not in _own_windows() and self._desktop.is_there(before):
            self._desktop.activate(before, at)
        else:
            self._window.showMinimized()

    def _come_up(self, at: int, token: str) -> None:
        if self._waits and self._is_just_hidden():
            self._waits -= 1
            QTimer.singleShot(_AGAIN_MS, self, partial(self._come_up, at, token))
            return
        self.remember()
        self._uncover()
        if token:
            os.environ[_WAYLAND_TOKEN] = token  # Qt takes it from there, and away
        self._window.raise_()
        self._window.activateWindow()
        if not _keeps_keyboard(self._window):
            self._window.scan_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._window.scan_field.selectAll()
        self._tries, self._at = _TRIES, at
        self._insist()

    def _is_just_hidden(self) -> bool:
        """Whether Qt does not know yet that a hidden window has lost the keyboard.

        It waits a moment for another of its windows to get it. Shown within that, the window would
        have the keyboard, and Qt not know it.
        """
        handle = _handle_of(self._window)
        is_known = handle is None or QApplication.focusWindow() != handle
        return not self._window.isVisible() and not is_known

    def _uncover(self) -> None:
        window = self._window
        if window.isMinimized():
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        if not window.isVisible():
            window.show()

    def _insist(self) -> None:
        """Ask for the keyboard until it is there; a person who goes elsewhere meanwhile may."""
        handle = _handle_of(self._window)
        self._tries -= 1
        if handle is None or self._tries < 0 or self._desktop.front() in _own_windows():
            self._insisting.stop()
            return
        if handle.isExposed():
            self._desktop.activate(int(handle.winId()), self._at)
        self._insisting.start()

    def _note(self, window: int | None) -> None:
        if window and window not in _own_windows():
            if window != self._before:
                self._insisting.stop()
            self._before = window


def _keeps_keyboard(window: MainWindow) -> bool:
    """Whether something is open that is to be answered first: a secret, a sheet, a question."""
    if window.secrets.keeps_keys() or not window.scan_field.isVisibleTo(window):
        return True
    view = window.view()
    asks = view is not None and view.hint is not None and bool(view.hint.answers)
    focus = window.focusWidget()
    return (asks and isinstance(focus, QPushButton)) or _is_in_sheet(focus)


def _is_in_sheet(widget: QWidget | None) -> bool:
    while widget is not None:
        if widget.objectName() == _SHEET:
            return True
        widget = widget.parentWidget()
    return False


def _own_windows() -> set[int]:
    handles = map(_handle_of, QApplication.topLevelWidgets())
    return {int(handle.winId()) for handle in handles if handle is not None}


def _handle_of(widget: QWidget) -> QWindow | None:
    return widget.windowHandle()
