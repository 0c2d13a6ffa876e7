"""Stands for logind and for screen savers, on a message bus of a test's own."""

from __future__ import annotations

from typing import Any, Self

from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.low_level import HeaderFields, Message, MessageType
from jeepney.wrappers import DBusAddress, new_error, new_method_return, new_signal

NAME = "org.freedesktop.login1"
SESSION = f"{NAME}.Session"
OURS, OTHERS = f"/org/freedesktop/login1/session/{'_32'}", "/org/freedesktop/login1/session/_35"


class FakeLogind:
    """Answers what is asked of logind, and says what a test lets it say.

    Args:
        address: of the bus. knows: the names of this program's session; "pid" is by its process.
    """

    def __init__(self, address: str, knows: tuple[str, ...] = ("auto",)) -> None:
        self._bus: DBusConnection = open_dbus_connection(address)
        self._bus.send_and_get_reply(message_bus.RequestName(NAME))
        self._knows = knows
        self.asked: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_why: object) -> None:
        self._bus.close()

    def turn(self) -> None:
        """Answer what was asked meanwhile."""
        try:
            while True:
                message = self._bus.receive(timeout=0.01)
                if message.header.message_type is MessageType.method_call:
                    self._answer(message)
        except TimeoutError:
            return

    def lock(self, session: str = OURS, signal: str = "Lock") -> None:
        """Ask a session to lock its screen."""
        self._tell(session, SESSION, signal)

    def change(self, session: str = OURS, of: str = SESSION, **properties: bool) -> None:
        """Say that a session's properties are others now."""
        body: tuple[Any, ...] = (of, {name: ("b", value) for name, value in properties.items()}, [])
        self._tell(
            session, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", body
        )

    def save_screen(self, interface: str, *, active: bool) -> None:
        """Say, as a screen saver, that it is on or off."""
        self._tell("/org/gnome/ScreenSaver", interface, "ActiveChanged", "b", (active,))

    def _tell(
        self, path: str, interface: str, name: str, signature: str | None = None,
        body: tuple[Any, ...] = (),
    ) -> None:  # fmt: skip
        address = DBusAddress(path, interface=interface)
        self._bus.send(new_signal(address, name, signature, body))

    def _answer(self, message: Message) -> None:
        method = message.header.fields[HeaderFields.member]
        name = "pid" if method == "GetSessionByPID" else str(message.body[0])
        self.asked.append(name)
        if name in self._knows:
            self._bus.send(new_method_return(message, "o", (OURS,)))
        else:
            self._bus.send(new_error(message, f"{NAME}.NoSuchSession", "s", ("no session",)))
