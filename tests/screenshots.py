"""Pictures of the window in its states: ``python -m tests.screenshots FOLDER``.

``python -m tests.screenshots --readme`` makes the four of the README anew, in few colours.

Each look (language, scheme, scale) needs a process of its own, as Qt reads them once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from posmember.ui.beside.customer.window import CustomerWindow
    from posmember.ui.main_window import MainWindow
    from posmember.ui.view.screen import View

WECHAT = (
    "wechat-asks",
    "wechat-card",
    "wechat-odd",
    "wechat-failed",
    "wechat-not-found",
    "wechat-form",
    "wechat-review",
)
SETUP = (
    "setup-keys", "setup-wrong", "setup-store", "setup-scanner", "setup-language", "setup-check",
    "setup-check-failed", "setup-paper", "setup-session",
    "settings-platform", "settings-store", "settings-scanner", "settings-window",
    "settings-beside", "settings-hand_over", "settings-customer", "settings-updates",
    "settings-advanced", "settings-policy", "settings-pin", "settings-locked",
    "settings-wechat", "settings-wechat-key", "settings-supervisors", "settings-check",
    "settings-doctor",
    "support-versions", "support-settings", "support-check", "support-log", "support-replace",
)  # fmt: skip
CUSTOMER = ("customer-welcome", "customer-member", "customer-checking", "customer-join")
TYPED = ("typed-loaded", "typed-selected", "typed-code", "typed-details", "typed-card-details")
"""Where codes are typed into the till."""
BAD_INPUT = ("sixty letters", "emoji", "right to left", "a million", "unreadable", "nothing")
STATES = (
    "empty",
    "question",
    "loading",
    "late",
    "loaded",
    "selected",
    "details",
    "card-details",
    "odd-details",
    "grouped",
    "code",
    "code-blocked",
    "code-long",
    "partly",
    "failed",
    "nobody",
    "odd",
    "unknown",
    "help",
    *TYPED,
    *BAD_INPUT,
    *WECHAT,
    *SETUP,
    *CUSTOMER,
)
LOOKS = tuple(
    # name, language, scheme, scale, width, height: what a screen leaves beside its taskbar
    (f"{language}-{scheme}-{name}", language, scheme, scale, width, height)
    for name, scale, width, height in (
        ("compact", "1", 420, 698),
        ("1366x768", "1", 1366, 688),
        ("1024x768", "1", 1024, 688),
        ("1920x1080@150", "1.5", 1280, 656),
    )
    for language in ("zh", "en")
    for scheme in ("light", "dark")
)
README_PICTURES = {
    # name: language, scheme, state
    "loaded": ("zh", "light", "loaded"),
    "checking": ("zh", "light", "late"),
    "why": ("zh", "light", "details"),
    "english": ("en", "dark", "loaded"),
}
PICTURES = Path("resources/pictures")
_README_SIZE = ("1366", "688")
_COLOURS = 128
_THUMB, _ACROSS = (420, 230), 6


def main(folder: Path) -> int:
    """Make every picture; returns the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, language, scheme, scale, width, height in LOOKS:
        arguments = [name, language, scheme, str(width), str(height), *STATES]
        _take_apart(folder, scale, arguments)
    return 0


def readme(folder: Path) -> int:
    """Make the README's pictures; returns the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        for name, (language, scheme, state) in README_PICTURES.items():
            _take_apart(Path(place), "1", [name, language, scheme, *_README_SIZE, state])
            _reduce(Path(place) / f"{name}-{state}.png", folder / f"{name}.png")
    return 0


def _take_apart(folder: Path, scale: str, arguments: list[str]) -> None:
    """Take the pictures of one look, in a process of its own."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "QT_SCALE_FACTOR": scale}
    command = [sys.executable, "-m", "tests.screenshots", str(folder), *arguments]
    subprocess.run(command, env=environment, check=True)


def _reduce(path: Path, to: Path) -> None:
    """Write a picture in its commonest colours, which are most of what is there."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    pixels = Counter(memoryview(bytes(image.constBits())).cast("I"))
    colours = [colour for colour, _count in pixels.most_common(_COLOURS)]
    plain = Qt.ImageConversionFlag.ThresholdDither
    few = image.convertToFormat(QImage.Format.Format_Indexed8, colours, plain)
    # 0: as small as it gets. The types say bytes, which Qt does not take.
    assert few.save(str(to), "PNG", 0), to  # type: ignore[call-overload]


def _contact_sheet(paths: list[Path], to: Path) -> None:
    """Put small pictures of one look on one sheet."""
    from PySide6.QtCore import QRect, Qt
    from PySide6.QtGui import QImage, QPainter

    width, height = _THUMB
    rows = -(-len(paths) // _ACROSS)
    sheet = QImage(width * _ACROSS, height * rows, QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.gray)
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for number, path in enumerate(paths):
        across, down = number % _ACROSS, number // _ACROSS
        place = QRect(across * width + 2, down * height + 2, width - 4, height - 4)
        painter.drawImage(place, QImage(str(path)))
    painter.end()
    sheet.save(str(to))


def take(
    folder: Path,
    name: str,
    language: str,
    scheme: str,
    size: tuple[int, int],
    states: list[str],
) -> int:
    """Take the pictures of one look in this process; returns the exit code."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from posmember.settings.window_place import WindowPlace, WindowPlaces
    from posmember.ui.i18n import install_language
    from posmember.ui.main_window import MainWindow
    from posmember.ui.theme import apply_scheme, install_theme
    from posmember.ui.widgets.fitting import COMPACT_WIDTH

    app = QApplication([])
    install_theme(app)
    apply_scheme(app, scheme)
    install_language(app, language)
    paths = []
    for state in states:
        window = _customer(state) if state in CUSTOMER else _window(state)
        if size[0] == COMPACT_WIDTH and isinstance(window, MainWindow):
            place = WindowPlace(40, 40, *size, False, "")
            window.show_fitting(WindowPlaces(compact=place, is_compact=True))
        window.resize(*size)
        window.show()
        QTest.qWaitForWindowExposed(window)
        if isinstance(window, MainWindow):
            window.prepare()
            _enter(window, state)
        app.processEvents()
        path = folder / f"{name}-{state.replace(' ', '-')}.png"
        window.grab().save(str(path))
        paths.append(path)
        sys.stdout.write(f"{path}\n")
        window.close()
    _contact_sheet(paths, folder / f"{name}.png")
    return 0


def _window(state: str) -> MainWindow:
    from PySide6.QtCore import QCoreApplication

    from posmember.ui.main_window import MainWindow

    words = "正在用明文 http 连接会员系统，请联系管理员改为 https"
    warning = QCoreApplication.translate("Controller", words) if state == "partly" else ""
    return MainWindow(store_name="人民广场店", warning=warning)


def _customer(state: str) -> CustomerWindow:
    """The customer's window in a state."""
    from posmember.ui.beside.customer.content import content_of
    from posmember.ui.beside.customer.join import read_join
    from posmember.ui.beside.customer.window import CustomerWindow
    from tests.gui import bad_views, samples
    from tests.gui.beside.customer.showing import ADDRESS, nobody_view

    made = CustomerWindow()
    made.show_store("人民广场店")
    made.show_code(read_join(ADDRESS).picture)
    views: dict[str, Callable[[], View]] = {
        "customer-member": samples.loaded_view,
        "customer-checking": bad_views.late_view,
        "customer-join": nobody_view,
    }
    if state in views:
        made.show_content(content_of(views[state](), shows_balance=True, can_join=True))
    return made


def _enter(window: MainWindow, state: str) -> None:
    """Bring a window into a state, with keys as a cashier would."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from posmember.ui.beside.customer.join import read_join
    from tests.gui import bad_views, samples
    from tests.gui.beside.customer.showing import ADDRESS, nobody_view
    from tests.gui.wechat import samples as wechat_samples

    views: dict[str, Callable[[], View]] = {
        **{name: partial(wechat_samples.wechat_view, name) for name in WECHAT},
        **bad_views.BAD,
        "question": bad_views.question_view,
        "late": bad_views.late_view,
        "grouped": bad_views.grouped_view,
        "code": samples.loaded_view,
        "code-blocked": samples.loaded_view,
        "code-long": bad_views.long_code_view,
        "loading": samples.loading_view,
        "loaded": samples.loaded_view,
        "selected": samples.loaded_view,
        "details": samples.loaded_view,
        "card-details": samples.loaded_view,
        "odd-details": samples.odd_view,
        "partly": samples.partly_failed_view,
        "failed": samples.failed_view,
        "nobody": nobody_view,
        "odd": samples.odd_view,
        "unknown": samples.unknown_view,
        "help": samples.loaded_view,
    }
    if state in SETUP:
        from tests.gui.setup.showing import show

        show(window, state)
        return
    window.offer_hand_over(offered=state in TYPED)
    state = state.removeprefix("typed-")
    if state not in views:
        return
    window.offer_joining(read_join(ADDRESS).picture)
    window.set_connection(state != "failed", 86)
    window.set_clock(state != "failed", 0)
    window.show_scanned(samples.FULL_PHONE if state == "partly" else "qm0000001")
    for _field in range(3):
        QTest.keyClick(window, Qt.Key.Key_F8)
        QTest.keyClicks(window.focusWidget(), ("58.00", "0", "3")[_field])
    QTest.keyClick(window, Qt.Key.Key_F2)
    window.render(views[state]())
    if state in ("selected", "odd", "grouped", *BAD_INPUT):
        QTest.keyClick(window, Qt.Key.Key_F6)
    if state.startswith("code"):
        assert window.codes is not None
        window.codes.late_enter.end()
        QTest.keyClick(window, Qt.Key.Key_F6)
        for _row in range(5 if state == "code-blocked" else 0):
            QTest.keyClick(window.focusWidget(), Qt.Key.Key_Down)
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    if state.endswith("details"):
        QTest.keyClick(window, Qt.Key.Key_F7 if state == "card-details" else Qt.Key.Key_F6)
        for _row in range({"details": 7, "card-details": 1}.get(state, 0)):
            QTest.keyClick(window.focusWidget(), Qt.Key.Key_Down)
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Right)
    if state == "grouped":
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Down)
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Right)
    if state == "help":
        QTest.keyClick(window, Qt.Key.Key_F1)


if __name__ == "__main__":
    target, *look = sys.argv[1:]
    if target == "--readme":
        sys.exit(readme(Path(look[0]) if look else PICTURES))
    if not look:
        sys.exit(main(Path(target)))
    label, lang, colours, wide, high, *wanted = look
    sys.exit(take(Path(target), label, lang, colours, (int(wide), int(high)), wanted))
