"""The program's window as a process that tells of itself; see test_native.py.

``python -m tests.end2end.beside_window SETTINGS``: JSON of ``[beside]`` and ``serial_port``. A line
on standard input is a command, and is answered with the state of the window, as JSON. It ends with
its standard input.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from posmember import app
from posmember.settings.beside import parse_hotkey
from posmember.settings.config import BesideSettings, PlatformSettings, ScannerSettings, Settings

if TYPE_CHECKING:
    from posmember.ui.controller import Controller
    from posmember.ui.main_window import MainWindow

_NOWHERE = "https://127.0.0.1:9"


def settings_of(told: dict[str, Any]) -> Settings:
    beside = BesideSettings(
        hotkey=parse_hotkey(told.get("hotkey", "Ctrl+Alt+H")),
        close_to_tray=told.get("close_to_tray", False),
    )
    made = Settings(PlatformSettings("an-id", "a-code", base_url=_NOWHERE, timeout_s=0.5))
    scanner = ScannerSettings(serial_port=told.get("serial_port", ""))
    return replace(made, beside=beside, scanner=scanner)


def state(window: MainWindow) -> dict[str, Any]:
    view, field = window.view(), window.scan_field
    return {
        "window": int(window.winId()),
        "text": field.text(),
        "selected": field.selectedText(),
        "field": QApplication.focusWidget() is field,
        "focus": type(QApplication.focusWidget()).__name__,
        "visible": window.isVisible(),
        "minimised": window.isMinimized(),
        "active": window.isActiveWindow(),
        "place": [window.x(), window.y()],
        "run": view.run if view is not None else 0,
        "hint": view.hint.text if view is not None and view.hint is not None else "",
        "keys": window._sheets._more_keys(),
    }


def do(window: MainWindow, controller: Controller, command: str) -> None:
    match command.split():
        case ["type", text]:
            window.scan_field.setText(text)
        case ["amount"]:
            window.numbers.enter()
        case ["secret"]:
            _press_f11(window)
        case ["close"]:
            window.close()


def _press_f11(window: MainWindow) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F11)


async def serve(window: MainWindow, controller: Controller) -> None:
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str] = asyncio.Queue()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line.strip())
        loop.call_soon_threadsafe(lines.put_nowait, "end")

    threading.Thread(target=read, daemon=True).start()
    while (command := await lines.get()) != "end":
        do(window, controller, command)
        sys.stdout.write(json.dumps(state(window)) + "\n")
        sys.stdout.flush()


def main(told: str) -> int:
    settings = settings_of(json.loads(told))
    loaded: Any = (settings, lambda: "an-open-key-of-16", lambda: None)
    return app.run(lambda: loaded, script=partial(serve))


if __name__ == "__main__":
    code = main(*sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)
