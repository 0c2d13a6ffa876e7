"""Whether a Linux desktop asks for less motion: asked over its message bus, in a thread.

Qt's own hints know nothing of it there. The desktop portal speaks for GNOME, KDE and others, and
tells each change. No Qt here: a bus that never answers stops nobody but this thread.
"""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection

_NAME: Final = "org.freedesktop.portal.Desktop"
_PATH: Final = "/org/freedesktop/portal/desktop"
_SETTINGS: Final = "org.freedesktop.portal.Settings"
_BEGINS_AFTER_S: Final = 2.0
_CONNECTS_WITHIN_S: Final = 2.0
_ANSWERS_WITHIN_S: Final = 10.0
_log = logging.getLogger(__name__)

_ASKS: Final[Mapping[tuple[str, str], Callable[[Any], bool]]] = {
    ("org.freedesktop.appearance", "reduced-motion"): lambda value: int(value) == 1,
    ("org.gnome.desktop.interface", "enable-animations"): lambda value: value is False,
    ("org.kde.kdeglobals.KDE", "AnimationDurationFactor"): lambda value: float(value) == 0.0,
}
"""What a desktop may set, and when that asks for less."""


class DesktopMotion:
    """Asks once, and then listens, until it is stopped.

    Args:
        after_s: seconds to wait before: what it imports is not to slow the first lookup down.
    """

    def __init__(self, after_s: float = _BEGINS_AFTER_S) -> None:
        self._after_s = after_s
        self._asked: dict[tuple[str, str], bool] = {}
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._stopped = threading.Event()

    def is_reduced(self) -> bool:
        """Whether any setting that is known by now asks for less motion."""
        return any(self._asked.values())

    def start(self) -> None:
        """Begin to ask; returns at once."""
        threading.Thread(target=self._run, name="posmember-motion", daemon=True).start()

    def stop(self) -> None:
        """Ask and listen no more; the thread ends by itself."""
        with self._lock:
            self._stopped.set()
            if self._socket is not None:
                # Not closed: the thread may be about to read from it, and closes it itself.
                _shut_down(self._socket)

    def note(self, namespace: str, key: str, value: object) -> None:
        """Take note of one setting; what it may mean is unknown of most."""
        asks = _ASKS.get((namespace, key))
        if asks is None:
            return
        try:
            self._asked[namespace, key] = asks(value)
        except (TypeError, ValueError):
            self._asked.pop((namespace, key), None)

    def _run(self) -> None:
        if self._stopped.wait(self._after_s):
            return
        try:
            self._ask_and_listen()
        except Exception as error:  # noqa: BLE001 - whatever a bus does: the window does without
            if not self._stopped.is_set():
                _log.debug("the desktop tells nothing of motion: %s", type(error).__name__)

    def _ask_and_listen(self) -> None:
        from jeepney.bus import get_bus
        from jeepney.io.blocking import DBusConnection, prep_socket

        connected = prep_socket(get_bus("SESSION"), timeout=_CONNECTS_WITHIN_S)
        with connected:
            with self._lock:
                self._socket = connected
                if self._stopped.is_set():
                    return
            with DBusConnection(connected) as bus:
                self._listen(bus)

    def _listen(self, bus: DBusConnection) -> None:
        from jeepney import (
            DBusAddress,
            HeaderFields,
            MatchRule,
            MessageType,
            message_bus,
            new_method_call,
        )
        from jeepney.io.blocking import Proxy

        # Before the question: what changes meanwhile comes behind the answer.
        told = {"type": "signal", "interface": _SETTINGS, "member": "SettingChanged"}
        rule = MatchRule(**told, sender=_NAME)
        Proxy(message_bus, bus).AddMatch(rule, _timeout=_ANSWERS_WITHIN_S)
        settings = DBusAddress(_PATH, bus_name=_NAME, interface=_SETTINGS)
        namespaces = sorted({namespace for namespace, _key in _ASKS})
        asked = new_method_call(settings, "ReadAll", "as", (namespaces,))
        # A signal names its sender by another name than the one that it is asked by.
        with bus.filter(MatchRule(**told), bufsize=100) as changes:
            answer = bus.send_and_get_reply(asked, timeout=_ANSWERS_WITHIN_S)
            if answer.header.message_type is MessageType.method_return:
                self._note_all(answer.body[0])
            while True:
                change = bus.recv_until_filtered(changes)
                if change.header.fields.get(HeaderFields.signature) == "ssv":
                    namespace, key, (_signature, value) = change.body
                    self.note(namespace, key, value)

    def _note_all(self, told: Mapping[str, Mapping[str, tuple[str, object]]]) -> None:
        for namespace, settings in told.items():
            for key, (_signature, value) in settings.items():
                self.note(namespace, key, value)


def _shut_down(connected: socket.socket) -> None:
    try:
        connected.shutdown(socket.SHUT_RDWR)
    except OSError:  # the bus was quicker
        return
