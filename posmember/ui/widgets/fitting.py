"""Keeps a window within the screen that it is on, whatever its size, form and scale are.

A window has two forms: the full one, and a compact one that stands above the till's own program
at an edge of a screen. Each has a place of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QObject, QRect, QSize, Signal
from PySide6.QtGui import QGuiApplication

from posmember.settings.window_place import WindowPlace, WindowPlaces

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QWidget

FRAME_HEIGHT = 40
"""What a title bar takes, at most."""
_FRAME_SIDE = 8
"""What a frame takes at its other sides, at most."""
COMPACT_WIDTH = 420
SHY = "_q_showWithoutActivating"
"""What Qt's platform windows go by for `WA_ShowWithoutActivating`, which it hands on only once."""
_COMPACT_LEAST = 560
_UNBOUNDED = 16777215
"""Qt's own greatest size of a widget."""


class Fitting(QObject):
    """Shows a window as large as is wanted, or maximised where there is no room for that.

    Sizes are in Qt's pixels, which the screen's scale is already taken out of.

    Args:
        window: owns this.
        wanted: the full window's size where the screen has room for it.
        least: its smallest size where the screen has room for that.
    """

    narrowed = Signal(bool)
    """What the window shows is to be laid out for the compact form, or for the full one."""

    def __init__(self, window: QWidget, wanted: tuple[int, int], least: tuple[int, int]) -> None:
        super().__init__(window)
        self._window = window
        self._wanted, self._least = QSize(*wanted), QSize(*least)
        self._screen: QScreen | None = None
        self._known = WindowPlaces()
        self._pages: set[QWidget] = set()
        self._is_wide = self._frame_changes = False
        window.setMinimumSize(self._least)
        window.resize(self._wanted)

    # --- what is asked -------------------------------------------------------------------------

    def is_compact(self) -> bool:
        """Return whether the window is in its compact form, also while a page widens it."""
        return self._known.is_compact

    def places(self) -> WindowPlaces:
        """Return where the window is, and where it was in its other form."""
        window = self._window
        if self._is_wide or window.isMinimized() or window.isFullScreen():
            return self._known
        maximised = window.isMaximized()
        normal = window.normalGeometry() if maximised else window.geometry()
        if normal.isEmpty():  # some window managers tell none of a maximised window
            normal = window.geometry()
        sides = normal.x(), normal.y(), normal.width(), normal.height()
        place = WindowPlace(*sides, maximised, window.screen().name())
        if self._known.is_compact:
            self._known = self._known._replace(compact=place)
        else:
            self._known = self._known._replace(full=place)
        return self._known

    # --- what comes in -------------------------------------------------------------------------

    def show(self, places: WindowPlaces | None = None) -> None:
        """Show the window for the first time, and have it follow its screen from then on.

        Args:
            places: where it was the last time, if that is known. In its compact form the window
                does not take the keyboard when it comes.
        """
        self._known = places or WindowPlaces()
        if self._known.is_compact:
            self._window.winId()  # it has a platform window from now on
            self._window.windowHandle().setProperty(SHY, True)
            self.narrowed.emit(True)
        tight = self._stand()
        self._window.showMaximized() if tight else self._window.show()
        handle = self._window.windowHandle()
        if handle is not None:
            self._follow(handle.screen())
            handle.screenChanged.connect(self._change_screen)

    def prepare(self) -> None:
        """Have a compact window stand above others, which its first paint does without."""
        if self._known.is_compact:
            _stand_above(self._window, above=True)

    def change_form(self) -> None:
        """Go from the full form to the compact one, or back; nothing on the window is lost."""
        before = self.places()
        self._is_wide = False
        compact = not before.is_compact
        self._known = before._replace(is_compact=compact)
        _stand_above(self._window, above=compact)
        self._free()
        self._change_to(compact=compact)
        if compact and self._pages:
            self._become_wide()

    def to_next_edge(self) -> None:
        """In the compact form, go to the next edge of a screen: right, then the next screen's left.

        In the full form nothing happens.
        """
        if not self._known.is_compact or self._is_wide:
            return
        screens = sorted(QGuiApplication.screens(), key=lambda each: each.geometry().x())
        edges = [(screen, at_right) for screen in screens for at_right in (False, True)]
        now = self._window.screen(), self._is_at_right()
        screen, at_right = edges[(edges.index(now) + 1) % len(edges)] if now in edges else edges[0]
        if self._is_at_edge(at_right=now[1]):
            self._dock(screen, at_right=at_right)
        else:
            self._dock(now[0], at_right=now[1])

    def widen(self, page: QWidget) -> None:
        """Give a page that needs it the full form's width, for as long as it is open."""
        self._pages.add(page)
        if self._known.is_compact and not self._is_wide:
            self._become_wide()

    def give_back(self, page: QWidget) -> None:
        """Know that a page that needed width is closed."""
        self._pages.discard(page)
        if self._is_wide and not self._pages:
            self._is_wide = False
            self._change_to(compact=True)

    def fit(self) -> None:
        """Bring the window back to the room that there is now."""
        window = self._window
        room = self._make_room(window.screen())
        if window.isMaximized() or window.isFullScreen() or window.isMinimized():
            return
        size = window.size().boundedTo(room)
        if self._known.is_compact and not self._is_wide:
            area = window.screen().availableGeometry()
            if not area.contains(window.frameGeometry()):
                window.setGeometry(within(QRect(window.geometry().topLeft(), size), area))
        elif window.size() != size:
            window.resize(size)
            window.showMaximized()

    # --- where it stands -----------------------------------------------------------------------

    def _change_to(self, *, compact: bool) -> None:
        """Take the place of a form, laid out for it before it is seen there."""
        from PySide6.QtCore import Qt

        window = self._window
        self._frame_changes = window.isMaximized()
        if self._frame_changes:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMaximized)
        self.narrowed.emit(compact)
        if self._stand():
            window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
        self._frame_changes = False

    def _become_wide(self) -> None:
        self.places()  # of before
        self._is_wide = True
        at_right = self._is_at_right()
        area, margins = self._window.screen().availableGeometry(), self._frame()
        now = self._window.geometry()
        size = QSize(self._least.width(), now.height()).expandedTo(self._least)
        size = size.boundedTo(self._make_room(self._window.screen()))
        x = area.right() + 1 - margins.right() - size.width() if at_right else now.x()
        self._free()
        self.narrowed.emit(False)
        self._window.setGeometry(within(QRect(x, now.y(), size.width(), size.height()), area))

    def _stand(self) -> bool:
        """Take the form's place; returns whether the screen is to be filled."""
        known = self._known
        place = known.compact if known.is_compact else known.full
        if not known.is_compact:
            return self._stand_where_it_was(place) if place is not None else self._stand_anew()
        if place is not None:
            self._stand_where_it_was(place._replace(width=COMPACT_WIDTH))
        else:
            self._dock(self._window.screen(), at_right=True)
        self._window.setMaximumWidth(COMPACT_WIDTH)
        return False

    def _stand_anew(self) -> bool:
        """Take the size that is wanted; returns whether the screen has no room for it."""
        size = self._wanted.boundedTo(self._make_room(self._window.screen()))
        if self._window.isVisible():  # nobody else finds a place for it
            area = self._window.screen().availableGeometry()
            place = QRect(self._window.geometry().topLeft(), size)
            self._window.setGeometry(within(place, area))
        else:
            self._window.resize(size)
        return size != self._wanted

    def _stand_where_it_was(self, place: WindowPlace) -> bool:
        """Take the place of the last time, on a screen that is there; whether it is to be filled.

        The screen may be gone, smaller, or of another scale: it lies within one that is there.
        """
        was = QRect(place.x, place.y, place.width, place.height)
        screen = _screen_of(place.screen, was)
        if screen is None:
            return self._stand_anew()
        if screen is not self._window.screen():
            self._window.setScreen(screen)
        room = self._make_room(screen)
        if self._known.is_compact and screen.availableGeometry().contains(was):
            room = room.expandedTo(was.size())  # whose frame had room there
        least = self._window.minimumSize()
        size = was.size().expandedTo(least).boundedTo(room)
        self._window.setGeometry(within(QRect(was.topLeft(), size), screen.availableGeometry()))
        return place.is_maximised or size != was.size().expandedTo(least)

    def _dock(self, screen: QScreen, *, at_right: bool) -> None:
        """Stand at an edge of a screen, as high as there is room for."""
        room = self._make_room(screen)
        area, frame = screen.availableGeometry(), self._frame()
        height = area.height() - frame.top() - frame.bottom()
        width = min(COMPACT_WIDTH, room.width())
        x = area.x() + frame.left()
        if at_right:
            x = area.x() + area.width() - frame.right() - width
        if screen is not self._window.screen() and not self._window.isVisible():
            self._window.setScreen(screen)
        self._window.setGeometry(x, area.y() + frame.top(), width, height)

    def _frame(self) -> QMargins:
        """What the frame takes at each side; a guess where that is not known yet."""
        if not self._window.isVisible() or self._frame_changes:
            return QMargins(_FRAME_SIDE, FRAME_HEIGHT, _FRAME_SIDE, _FRAME_SIDE)
        return self._window.windowHandle().frameMargins()

    def _is_at_right(self) -> bool:
        """Whether the window is nearer to its screen's right edge than to the left one."""
        area, now = self._window.screen().availableGeometry(), self._window.geometry()
        return now.center().x() > area.center().x()

    def _is_at_edge(self, *, at_right: bool) -> bool:
        area, now = self._window.screen().availableGeometry(), self._window.frameGeometry()
        return now.right() == area.right() if at_right else now.left() == area.left()

    def _free(self) -> None:
        """Let the window be of any width, as while it goes from one form to the other."""
        self._window.setMaximumWidth(_UNBOUNDED)

    def _make_room(self, screen: QScreen) -> QSize:
        """Let the window be as small as the screen needs; returns the size that it may have."""
        area = screen.availableSize()
        room = QSize(area.width(), area.height() - FRAME_HEIGHT)
        narrow = self._known.is_compact and not self._is_wide
        least = QSize(COMPACT_WIDTH, _COMPACT_LEAST) if narrow else self._least
        self._window.setMinimumSize(least.boundedTo(room))
        return room

    def _change_screen(self, screen: QScreen) -> None:
        self._follow(screen)
        self.fit()

    def _follow(self, screen: QScreen) -> None:
        if self._screen is not None:
            self._screen.availableGeometryChanged.disconnect(self.fit)
            self._screen.destroyed.disconnect(self._lose_screen)
        self._screen = screen
        screen.availableGeometryChanged.connect(self.fit)
        screen.destroyed.connect(self._lose_screen)

    def _lose_screen(self) -> None:
        """A screen was unplugged; Qt takes the window to another one, and tells so."""
        self._screen = None


def fitting_of(window: QWidget) -> Fitting | None:
    """Return what keeps a window to its screen, if anything does."""
    from PySide6.QtCore import Qt

    found = window.findChild(Fitting, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, Fitting) else None


def widen(window: QWidget, page: QWidget) -> None:
    """Give a page of a window the room that it needs, for as long as it is open."""
    fitting = fitting_of(window)
    if fitting is not None:
        fitting.widen(page)


def give_back(window: QWidget, page: QWidget) -> None:
    """Know that a page that needed room is closed."""
    fitting = fitting_of(window)
    if fitting is not None:
        fitting.give_back(page)


def within(place: QRect, area: QRect) -> QRect:
    """Move a place, which has room in an area, into it; its title bar is in sight, too."""
    if area.contains(place):
        return place
    x = max(area.left(), min(place.x(), area.left() + area.width() - place.width()))
    top = area.top() + FRAME_HEIGHT
    y = max(top, min(place.y(), area.top() + area.height() - place.height()))
    return QRect(x, y, place.width(), place.height())


def _stand_above(window: QWidget, *, above: bool) -> None:
    """Have a window stand above others and never take the keyboard when it comes, or neither.

    `QWidget.setWindowFlags` would make the native window anew: hidden for a moment, without the
    keyboard, and with another handle than what listens to it was given. The platform window's own
    flags are changed in place: by a message to the window manager on X11, by SetWindowPos with
    HWND_TOPMOST on Windows. On Wayland no program can stand above others.
    """
    from PySide6.QtCore import Qt  # whose enums the first paint has no time for

    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, above)
    on_top, flags = Qt.WindowType.WindowStaysOnTopHint, window.windowFlags()
    window.overrideWindowFlags(flags | on_top if above else flags & ~on_top)
    handle = window.windowHandle()
    handle.setProperty(SHY, above)
    handle.setFlag(on_top, above)


def _screen_of(name: str, was: QRect) -> QScreen | None:
    """The screen of that name, if the window was on it; else the one with most of the place."""
    screens = QGuiApplication.screens()
    seen = {screen: _area(screen.geometry().intersected(was)) for screen in screens}
    named = next((screen for screen in screens if screen.name() == name and seen[screen]), None)
    most = max(screens, key=lambda screen: seen[screen], default=None)
    if named is not None or (most is not None and seen[most]):
        return named or most
    return QGuiApplication.primaryScreen()


def _area(part: QRect) -> int:
    return 0 if part.isEmpty() else part.width() * part.height()
