"""A locked PC and a user switch on Linux: logind tells both, a screen saver the first alone.

Both are listened to at all times: not every desktop tells logind of its lock, and what both tell is
one clear more of what is clear already.
"""

from __future__ import annotations

import os
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from posmember.ui.message_bus import Bus, session_bus, system_bus

_LOGIND: Final = "org.freedesktop.login1"
_MANAGER_PATH: Final = "/org/freedesktop/login1"
_MANAGER: Final = f"{_LOGIND}.Manager"
_SESSION: Final = f"{_LOGIND}.Session"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_SAVERS: Final = tuple(
    f"org.{desktop}.ScreenSaver" for desktop in ("freedesktop", "gnome", "mate", "cinnamon")
)
_TELLS: Final = {"LockedHint": True, "Active": False}
"""What a session's property has to be for it to be left alone."""


class LinuxSessionLock(QObject):
    """Listens to the buses of the machine and of the user, where there are any."""

    locked = Signal()
    """The PC was locked, or somebody else's session is in front."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._session = ""
        self._system, self._user = Bus(system_bus(), self), Bus(session_bus(), self)
        self._system.heard.connect(self._hear_logind)
        self._user.heard.connect(self._hear_saver)

    def start(self) -> None:
        """Begin to listen. Returns at once, whatever the buses do."""
        self._user.open()
        for saver in _SAVERS:
            self._user.listen(interface=saver, member="ActiveChanged")
        self._system.open()
        told = os.environ.get("XDG_SESSION_ID", "")
        self._ask_for_session(*filter(None, (told, "auto")))

    def stop(self) -> None:
        """Listen no more."""
        self._user.close()
        self._system.close()

    def _ask_for_session(self, *names: str) -> None:
        """Ask which session is this program's: by name, by what logind makes of it, by process."""
        body: tuple[Any, ...] = names[:1] or (os.getpid(),)
        method, signature = ("GetSession", "s") if names else ("GetSessionByPID", "u")

        def take(answer: tuple[Any, ...] | None) -> None:
            if answer is not None:
                self._listen_to(str(answer[0]))
            elif names:
                self._ask_for_session(*names[1:])

        self._system.call(_MANAGER_PATH, _MANAGER, _LOGIND, method, signature, body, take)

    def _listen_to(self, session: str) -> None:
        self._session = session
        self._system.listen(sender=_LOGIND, path=session, interface=_SESSION, member="Lock")
        self._system.listen(
            sender=_LOGIND, path=session, interface=_PROPERTIES, member="PropertiesChanged"
        )

    def _hear_logind(self, path: str, interface: str, member: str, body: tuple[Any, ...]) -> None:
        if path != self._session or not path:
            return
        if (interface, member) == (_SESSION, "Lock"):
            self.locked.emit()
        elif member == "PropertiesChanged" and body[0] == _SESSION:
            now = {name: value for name, (_signature, value) in body[1].items()}
            if any(now.get(name) is value for name, value in _TELLS.items()):
                self.locked.emit()

    def _hear_saver(self, _path: str, interface: str, member: str, body: tuple[Any, ...]) -> None:
        if interface in _SAVERS and member == "ActiveChanged" and body[:1] == (True,):
            self.locked.emit()
