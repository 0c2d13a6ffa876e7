"""A start that fails: said in the window under the log's number, and 1 when that is closed."""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from posmember import app as program
from posmember.cli.demo import settings_for
from posmember.errors import CredentialError
from posmember.sandbox.account import OPEN_KEY
from posmember.ui.main_window import MainWindow
from posmember.ui.opening import first_stage
from tests.gui.driving import hint_text

pytestmark = pytest.mark.usefixtures("one_application")
LOGGER = "posmember.log"
WORDS = re.compile(r"程序没能启动.*问题编号 ([0-9A-F]{4})（(\w+)）")


def no_connection() -> program.Loaded:
    return settings_for("https://platform.example"), lambda: OPEN_KEY, lambda: None


def said_by(widget: QWidget) -> re.Match[str] | None:
    labels = [widget] if isinstance(widget, QLabel) else widget.findChildren(QLabel)
    found = (WORDS.search(label.text()) for label in labels if label.isVisible())
    return next(filter(None, found), None)


def close_when_said(qapp: QApplication, said: list[tuple[QWidget, str, str]]) -> None:
    """As soon as a window says that the start failed, note what it says, and close it."""
    timer = QTimer(qapp)

    def look() -> None:
        for widget in QApplication.topLevelWidgets():
            found = said_by(widget) if widget.isVisible() else None
            if found is not None:
                timer.stop()
                said.append((widget, found[1], found[2]))
                widget.close()

    timer.timeout.connect(look)
    timer.start(5)


def fail(*_given: object, **_more: object) -> None:
    raise ZeroDivisionError("broken")


def first_stage_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_stage, "LATER", ("asyncio", "no_such_package"))


def asyncio_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = builtins.__import__

    def without_qasync(name: str, *rest: object) -> object:
        if name == "qasync":
            raise ModuleNotFoundError("No module named 'qasync'")
        return plain(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without_qasync)


def patched(name: str) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda monkeypatch: monkeypatch.setattr(name, fail)


CAUSES: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], str]] = {
    "a package is missing": (first_stage_fails, "ModuleNotFoundError"),
    "watching keys": (patched("posmember.ui.opening.first_stage.ScanFilter"), "ZeroDivisionError"),
    "the loop": (asyncio_fails, "ModuleNotFoundError"),
    "connecting": (patched("posmember.ui.opening.connecting.connecting"), "ZeroDivisionError"),
    "the controller": (patched("posmember.ui.controller.Controller"), "ZeroDivisionError"),
    "the window's parts": (
        lambda monkeypatch: monkeypatch.setattr(MainWindow, "prepare", fail),
        "ZeroDivisionError",
    ),
    "listening": (patched("posmember.ui.opening.wiring.listen"), "ZeroDivisionError"),
}


@pytest.mark.allow_log(LOGGER)
@pytest.mark.parametrize("cause", CAUSES)
def test_it_is_said_in_the_window_and_logged_under_its_number(
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    cause: str,
) -> None:
    break_it, kind = CAUSES[cause]
    said: list[tuple[QWidget, str, str]] = []
    close_when_said(qapp, said)
    with monkeypatch.context() as broken:
        break_it(broken)
        assert program.run(no_connection) == 1
    ((window, code, told_kind),) = said
    assert isinstance(window, MainWindow)
    assert told_kind == kind
    assert f"{code}: a bug" in caplog.text


@pytest.mark.allow_log(LOGGER)
def test_a_configuration_that_fails_otherwise_than_by_being_wrong(
    qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    said: list[tuple[QWidget, str, str]] = []
    close_when_said(qapp, said)

    def load() -> program.Loaded:
        raise OSError("the disk is gone")

    assert program.run(load) == 1
    assert said[0][2] == "OSError"
    assert "the disk is gone" in caplog.text


@pytest.mark.allow_log(LOGGER)
@pytest.mark.parametrize("part", ["MainWindow", "install_language"])
def test_where_there_is_no_window_another_says_it(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    said: list[tuple[QWidget, str, str]] = []
    close_when_said(qapp, said)
    monkeypatch.setattr(program, part, fail)
    assert program.run(no_connection) == 1
    assert isinstance(said[0][0], QLabel)


def test_it_is_said_though_there_can_be_no_log(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = builtins.__import__

    def without_log(name: str, *rest: object) -> object:
        if name == "posmember.log.uncaught":
            raise ModuleNotFoundError("No module named 'platformdirs'")
        return plain(name, *rest)  # type: ignore[arg-type]

    said: list[tuple[QWidget, str, str]] = []
    close_when_said(qapp, said)
    first_stage_fails(monkeypatch)
    monkeypatch.setattr(builtins, "__import__", without_log)
    assert program.run(no_connection) == 1
    assert len(said) == 1


@pytest.mark.allow_log("posmember.ui.controller")
def test_a_connection_that_cannot_be_made_is_said_at_once(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("posmember.lookup.backend.Backend", fail)
    said: list[str] = []
    timer = QTimer(qapp)

    def look() -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, MainWindow) and "程序出错了" in hint_text(window):
                timer.stop()
                said.append(hint_text(window))
                window.close()

    timer.timeout.connect(look)
    timer.start(5)
    assert program.run(no_connection) == 1
    assert len(said) == 1


def test_no_key_is_no_bug(qapp: QApplication) -> None:
    def no_key() -> str:
        raise CredentialError("none")

    async def script(*_parts: object) -> None:
        """Closes at once."""

    settings = settings_for("https://platform.example")
    assert program.run(lambda: (settings, no_key, lambda: None), script=script) == 0


def test_a_failure_after_the_window_was_closed_is_not_said_in_it(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(*_parts: object) -> None:
        raise KeyError("the script")

    with pytest.raises(KeyError, match="the script"):
        program.run(no_connection, script=script)
    assert not any(widget.isVisible() for widget in QApplication.topLevelWidgets())
