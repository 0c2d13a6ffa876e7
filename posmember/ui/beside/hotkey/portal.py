"""A key that is heard everywhere under Wayland: asked of the desktop's portal.

By the XDG desktop portal's reference: "Global Shortcuts" and "Request", and by the shortcuts
specification of freedesktop.org. The desktop may ask a person first, and may give another key.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject

from posmember.settings.beside import Hotkey
from posmember.ui.beside.hotkey.grab import Problem
from posmember.ui.message_bus import Bus, session_bus

_NAME: Final = "org.freedesktop.portal.Desktop"
_PATH: Final = "/org/freedesktop/portal/desktop"
_SHORTCUTS: Final = "org.freedesktop.portal.GlobalShortcuts"
_REQUEST: Final = "org.freedesktop.portal.Request"
_SESSION: Final = "org.freedesktop.portal.Session"
_ID: Final = "bring-up"
_NAMES: Final = {"Ctrl": "CTRL", "Alt": "ALT", "Shift": "SHIFT", "Win": "LOGO"}
_DONE: Final = 0

Results = dict[str, tuple[str, Any]]


class PortalGrab(QObject):
    """Hears a key by a session with the portal, over the user's message bus.

    Args:
        description: what the key does, for the person who is asked.
    """

    def __init__(self, parent: QObject, description: str) -> None:
        super().__init__(parent)
        self._description = description
        self._bus: Bus | None = None
        self._session = ""
        self._waits: dict[str, Callable[[int, Results], None]] = {}
        self._hotkey = Hotkey((), "")
        self._pressed: Callable[[int, str], None] = _nothing
        self._said: Callable[[], None] = _nothing
        self.problem: Problem | None = None

    def take(
        self, hotkey: Hotkey, pressed: Callable[[int, str], None], said: Callable[[], None]
    ) -> None:
        self.release()
        self._hotkey, self._pressed, self._said = hotkey, pressed, said
        self.problem = None
        self._bus = Bus(session_bus(), self)
        self._bus.heard.connect(self._hear)
        self._bus.open()
        if not self._bus.is_open:
            self._fail(Problem.NOT_HERE)
            return
        self._bus.listen(sender=_NAME, interface=_REQUEST, member="Response")
        self._bus.listen(sender=_NAME, interface=_SHORTCUTS, member="Activated")
        self._bus.listen(sender=_NAME, interface=_SESSION, member="Closed")
        options = {"session_handle_token": ("s", _token())}
        self._ask("CreateSession", "", (), options, self._bind)

    def release(self) -> None:
        """Leave the bus, and with that the session."""
        bus, self._bus = self._bus, None
        self._session = ""
        self._waits.clear()
        if bus is not None:
            bus.close()
            bus.deleteLater()

    def _bind(self, _code: int, results: Results) -> None:
        self._session = str(results.get("session_handle", ("s", ""))[1])
        shortcut = {
            "description": ("s", self._description),
            "preferred_trigger": ("s", trigger_of(self._hotkey)),
        }
        body = (self._session, [(_ID, shortcut)], "")
        self._ask("BindShortcuts", "oa(sa{sv})s", body, {}, self._know)

    def _know(self, _code: int, _results: Results) -> None:
        self._said()

    def _ask(
        self,
        method: str,
        signature: str,
        body: tuple[Any, ...],
        options: Results,
        then: Callable[[int, Results], None],
    ) -> None:
        """Ask for what is answered later, under a token of this program's."""
        if self._bus is None:
            return
        token = _token()
        self._waits[token] = then

        def hear_at_once(answer: tuple[Any, ...] | None) -> None:
            if answer is None:  # no portal, or one without this
                self._fail(Problem.NOT_HERE)

        whole = (*body, {**options, "handle_token": ("s", token)})
        self._bus.call(_PATH, _SHORTCUTS, _NAME, method, f"{signature}a{{sv}}", whole, hear_at_once)

    def _hear(self, path: str, interface: str, member: str, body: tuple[Any, ...]) -> None:
        if (interface, member) == (_REQUEST, "Response"):
            then = self._waits.pop(path.rpartition("/")[2], None)
            if then is not None and body[0] == _DONE:
                then(body[0], body[1])
            elif then is not None:
                self._fail(Problem.REFUSED)
        elif not self._session:
            return
        elif (interface, member) == (_SESSION, "Closed") and path == self._session:
            self._fail(Problem.REFUSED)
        elif (interface, member) == (_SHORTCUTS, "Activated") and body[:2] == (self._session, _ID):
            self._pressed(0, str(body[3].get("activation_token", ("s", ""))[1]))

    def _fail(self, problem: Problem) -> None:
        self.release()
        self.problem = problem
        self._said()


def trigger_of(hotkey: Hotkey) -> str:
    """Return a hotkey as the shortcuts specification spells it: CTRL+ALT+h."""
    key = hotkey.key.lower() if len(hotkey.key) == 1 or hotkey.key == "Space" else hotkey.key
    return "+".join((*(_NAMES[name] for name in hotkey.modifiers), key))


def _token() -> str:
    return f"posmember_{secrets.token_hex(8)}"


def _nothing(*_what: object) -> None:
    """No key is waited for."""
