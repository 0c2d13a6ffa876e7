"""A desktop portal in a process of its own: tells its settings, and each change it is given.

``python -m tests.end2end.fake_portal SETTINGS``: JSON of
``{namespace: {key: [signature, value]}}``.
A line on standard input is ``[namespace, key, signature, value]``. ``silent`` never answers.
"""

from __future__ import annotations

import json
import sys
import threading

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import (
    DBusConnection,
    Proxy,
    open_dbus_connection,
)

NAME = "org.freedesktop.portal.Desktop"
SETTINGS = DBusAddress(
    "/org/freedesktop/portal/desktop", interface="org.freedesktop.portal.Settings"
)


def main(settings: str) -> None:
    bus = open_dbus_connection()
    Proxy(message_bus, bus).RequestName(NAME)
    threading.Thread(target=_change, args=(bus,), daemon=True).start()
    sys.stdout.write("there\n")
    sys.stdout.flush()
    while True:
        asked = bus.receive()
        is_call = asked.header.message_type is MessageType.method_call
        if not is_call or asked.header.fields.get(HeaderFields.member) != "ReadAll":
            continue
        sys.stdout.write("asked\n")
        sys.stdout.flush()
        if settings != "silent":
            bus.send(new_method_return(asked, "a{sa{sv}}", (_variants(json.loads(settings)),)))


def _variants(told: dict[str, dict[str, list[object]]]) -> dict[str, dict[str, tuple[object, ...]]]:
    return {
        namespace: {key: tuple(value) for key, value in each.items()}
        for namespace, each in told.items()
    }


def _change(bus: DBusConnection) -> None:
    for line in sys.stdin:
        namespace, key, signature, value = json.loads(line)
        body = (namespace, key, (signature, value))
        bus.send(new_signal(SETTINGS, "SettingChanged", "ssv", body))


if __name__ == "__main__":
    main(*sys.argv[1:])
