"""A message bus that is listened to by Qt's own loop, and never waited for.

QtDBus stops the whole of Python for as long as a bus takes to greet, in whichever thread it is
asked. Here a bus that takes the connection and never says a word is one that is silent.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_log = logging.getLogger(__name__)

_AT_ONCE: Final = 1 << 16
"""Bytes read in one turn of the loop, at most."""
_BUS: Final = "org.freedesktop.DBus"
_NO_BUS: Final = (ImportError, OSError, LookupError, RuntimeError, StopIteration, ValueError)
"""What an address that leads nowhere raises, whatever is wrong with it."""
_SYSTEM_BUS: Final = "unix:path=/run/dbus/system_bus_socket"

Then = Callable[[tuple[Any, ...] | None], None]
"""Gets the body of an answer; None for a refusal."""


class Bus(QObject):
    """One connection. Whatever goes wrong closes it for good, and is told to the log alone.

    Args:
        address: such as ``unix:path=/run/dbus/system_bus_socket``; the first that can be used.
    """

    heard = Signal(str, str, str, object)
    """A signal: the path it is of, its interface, its name, its body."""

    def __init__(self, address: str, parent: QObject) -> None:
        super().__init__(parent)
        self._address = address
        self._socket: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        self._asked: dict[int, Then] = {}
        self._serial = 0
        self._unsent: list[bytes] = []

    @property
    def is_open(self) -> bool:
        """Whether it is listened to; the bus may have been silent up to now."""
        return self._socket is not None

    def open(self) -> None:
        """Begin; where there is no bus nothing happens."""
        try:
            from jeepney.auth import Authenticator
            from jeepney.bus import get_bus
            from jeepney.low_level import Parser

            place = get_bus(self._address)
            made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        except _NO_BUS as error:
            _log.debug("no message bus: %s", type(error).__name__)
            return
        self._socket = made
        self._login, self._parser = Authenticator(), Parser()
        made.setblocking(False)
        try:
            made.connect(place)
            self._send(self._login.data_to_send())
        except OSError as error:
            self._give_up(error)
            return
        self._notifier = QSocketNotifier(made.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self.call("/org/freedesktop/DBus", _BUS, _BUS, "Hello")

    def close(self) -> None:
        """Listen no more; calling it again does nothing."""
        notifier, self._notifier = self._notifier, None
        if notifier is not None:
            notifier.setEnabled(False)
            notifier.deleteLater()
        made, self._socket = self._socket, None
        if made is not None:
            made.close()
        self._asked.clear()
        self._unsent.clear()

    def listen(self, **rule: str) -> None:
        """Hear the signals that a rule is about; its words are those of D-Bus."""
        words = ",".join(f"{name}='{value}'" for name, value in {"type": "signal", **rule}.items())
        self.call("/org/freedesktop/DBus", _BUS, _BUS, "AddMatch", "s", (words,))

    def call(
        self,
        path: str,
        interface: str,
        service: str,
        method: str,
        signature: str | None = None,
        body: tuple[Any, ...] = (),
        then: Then | None = None,
    ) -> None:
        """Call a method; `then` is called when it is answered, perhaps never."""
        if not self.is_open:
            return
        from jeepney.wrappers import DBusAddress, new_method_call

        message = new_method_call(DBusAddress(path, service, interface), method, signature, body)
        self._serial += 1
        if then is not None:
            self._asked[self._serial] = then
        data = message.serialise(serial=self._serial)
        if not self._login.authenticated:
            self._unsent.append(data)
            return
        try:
            self._send(data)
        except OSError as error:
            self._give_up(error)

    def _send(self, data: bytes | None) -> None:
        """Send it whole. Raises OSError where so little fills the buffer: nobody reads it then."""
        if data and self._socket is not None and self._socket.send(data) < len(data):
            raise BlockingIOError("the message bus does not read")

    def _read(self, *_what: object) -> None:
        if self._socket is None:
            return
        try:
            data = self._socket.recv(_AT_ONCE)
            if not data:
                raise ConnectionResetError("the message bus has closed")
            self._feed(data)
        except BlockingIOError:
            return
        except Exception as error:  # noqa: BLE001 - what a bus sends may be anything
            self._give_up(error)

    def _feed(self, data: bytes) -> None:
        if not self._login.authenticated:
            self._login.feed(data)
            self._send(self._login.data_to_send() or self._last_words())
            return
        self._parser.add_data(data)
        while self.is_open and (message := self._parser.get_next_message()) is not None:
            self._take(message)

    def _last_words(self) -> bytes | None:
        """What ends the login, and all that waited for it."""
        if not self._login.authenticated:
            return None
        unsent, self._unsent = self._unsent, []
        return b"".join((b"BEGIN\r\n", *unsent))

    def _take(self, message: Any) -> None:
        from jeepney.low_level import HeaderFields, MessageType

        fields = message.header.fields
        kind = message.header.message_type
        if kind is MessageType.signal:
            names = (HeaderFields.path, HeaderFields.interface, HeaderFields.member)
            path, interface, member = (str(fields.get(name, "")) for name in names)
            self.heard.emit(path, interface, member, tuple(message.body))
            return
        then = self._asked.pop(fields.get(HeaderFields.reply_serial, 0), None)
        if then is not None:
            then(tuple(message.body) if kind is MessageType.method_return else None)

    def _give_up(self, error: Exception) -> None:
        # Its words may hold an address or what the bus sent.
        _log.info("the message bus is not listened to: %s", type(error).__name__)
        self.close()


def system_bus() -> str:
    """Return the address of the machine's bus."""
    return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or _SYSTEM_BUS


def session_bus() -> str:
    """Return the address of the user's bus; "" where none is known."""
    told = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return told or (f"unix:path={runtime}/bus" if runtime else "")
