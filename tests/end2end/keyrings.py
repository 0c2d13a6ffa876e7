"""A real Secret Service of a test's own: GNOME's keyring daemon on a private message bus."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tests.end2end.waiting import wait_until

PASSWORD = "winterberry"
"""Of the keyring, as a person types it where the system asks for it."""
PROMPTER = "gcr-prompter"
_PROMPTERS = (f"/usr/libexec/{PROMPTER}", f"/usr/lib/gcr/{PROMPTER}")
NEEDED = ("dbus-daemon", "dbus-monitor", "dbus-send", "gnome-keyring-daemon")
_SYSTEM_KEYRING = "keyring.backends.SecretService.Keyring"


def require() -> None:
    """Fail, saying what to install, where the daemons are missing."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    assert not missing, f"missing: {', '.join(missing)}; install dbus and gnome-keyring"


@contextmanager
def private_bus(folder: Path, *, asks_on: str = "") -> Iterator[dict[str, str]]:
    """Start a message bus for one test; gives the environment of its clients.

    Only this bus can start services for them, and it knows none, or one: GNOME's own window that
    asks for a keyring's password.

    Args:
        asks_on: the X screen on which it asks; "" is that nobody is ever asked.
    """
    require()
    (folder / "services").mkdir(parents=True)
    if asks_on:
        _let_ask(folder / "services", asks_on)
    # A socket's path has 107 characters at most, and a test's own folder takes nearly all of them.
    short = tempfile.TemporaryDirectory(prefix="bus-")
    config = folder / "bus.conf"
    config.write_text(
        "<busconfig><type>session</type><auth>EXTERNAL</auth>"
        f"<listen>unix:dir={short.name}</listen><servicedir>{folder / 'services'}</servicedir>"
        '<policy context="default"><allow send_destination="*" eavesdrop="true"/>'
        '<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>'
    )
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"]
    said = folder / "said"
    with (
        short,
        said.open("wb") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8") as bus,
    ):
        try:
            assert bus.stdout is not None
            address = bus.stdout.readline().strip()
            assert address, f"the message bus did not start: {said.read_text('utf-8')}"
            yield {
                "DBUS_SESSION_BUS_ADDRESS": address,
                "DISPLAY": "",
                "PYTHON_KEYRING_BACKEND": _SYSTEM_KEYRING,
            }
        finally:
            bus.terminate()


def _let_ask(services: Path, screen: str) -> None:
    """Have the bus start the system's own prompter when the keyring wants to ask somebody."""
    prompter = next((path for path in _PROMPTERS if Path(path).exists()), None)
    assert prompter is not None, f"missing: {PROMPTER}; install gcr"
    variables = f"DISPLAY={screen} GDK_BACKEND=x11 NO_AT_BRIDGE=1 LC_ALL=C.UTF-8"
    (services / "prompter.service").write_text(
        "[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\n"
        f"Exec=/usr/bin/env {variables} {prompter}\n"
    )


@contextmanager
def keyring_daemon(bus: Mapping[str, str], *, unlocked: bool) -> Iterator[subprocess.Popen[str]]:
    """Run the keyring in the test's own home: unlocked with its `PASSWORD`, or not at all.

    Not unlocked, and in a home where it never was, it has no collection to keep anything in.
    """
    options = ["--unlock"] if unlocked else []
    with subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--components=secrets", *options],
        env={**os.environ, **bus},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as daemon:
        try:
            assert daemon.stdin is not None
            daemon.stdin.write(PASSWORD if unlocked else "")
            daemon.stdin.close()
            wait_until(lambda: daemon.poll() is not None or _serves(bus), "the keyring daemon")
            assert daemon.poll() is None, "the keyring daemon ended"
            yield daemon
        finally:
            daemon.send_signal(signal.SIGCONT)  # where a test has stopped it
            daemon.terminate()


@contextmanager
def heard(bus: Mapping[str, str]) -> Iterator[list[str]]:
    """Note what the Secret Service is asked on a bus: ``interface.member``, in order.

    The list is whole when the context is left.
    """
    calls: list[str] = []
    with subprocess.Popen(
        ["dbus-monitor", "--session", "type=method_call,destination=org.freedesktop.secrets"],
        env={**os.environ, **bus},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as monitor:
        assert monitor.stdout is not None
        try:
            _wait_for_a_call(bus, monitor.stdout)
            yield calls
            _call(bus, _LAST)
            for line in monitor.stdout:
                if _LAST in line:
                    break
                found = _CALL.search(line)
                if found is not None and found[2] != _FIRST:
                    calls.append(f"{found[1]}.{found[2]}")
        finally:
            monitor.terminate()


_FIRST, _LAST = "TheTestBegins", "TheTestEnds"
_CALL = re.compile(r"interface=org\.freedesktop\.(?:Secret\.)?([\w.]+); member=(\w+)")


def _wait_for_a_call(bus: Mapping[str, str], out: IO[str]) -> None:
    """Wait until the monitor hears: calls made before that are not in what it tells."""
    heard_one = threading.Event()

    def listen() -> None:
        while _FIRST not in out.readline():
            pass
        heard_one.set()

    listener = threading.Thread(target=listen)
    listener.start()

    def is_heard() -> bool:
        _call(bus, _FIRST)
        return heard_one.wait(0.1)

    wait_until(is_heard, "the monitor of the bus")
    listener.join()


def _call(bus: Mapping[str, str], member: str) -> None:
    to = ("--session", "--type=method_call", "--dest=org.freedesktop.secrets")
    subprocess.run(
        ["dbus-send", *to, "/", f"org.freedesktop.Secret.{member}"],
        env={**os.environ, **bus},
        check=False,
    )


def _serves(bus: Mapping[str, str]) -> bool:
    """Whether somebody on the bus owns the Secret Service's name, asked as any client would."""
    asked = subprocess.run(
        [
            "dbus-send", "--session", "--print-reply=literal", "--dest=org.freedesktop.DBus", "/",
            "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets",
        ],
        env={**os.environ, **bus},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )  # fmt: skip
    return "boolean true" in asked.stdout
