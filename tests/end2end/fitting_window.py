"""The window in a process of its own, which tells what of it is in sight; see test_fitting.py."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from posmember.ui.i18n import install_language
from posmember.ui.main_window import MainWindow
from posmember.ui.theme import STYLE_ARGUMENTS, install_theme
from tests.gui import samples
from tests.gui.wechat.samples import wechat_view

if TYPE_CHECKING:
    from posmember.ui.view.screen import View


def essentials(window: MainWindow) -> dict[str, QWidget]:
    """What a cashier cannot do without."""
    types = {
        f"type {n}": button
        for n, button in enumerate(window._orders._types.findChildren(QPushButton))
    }
    fields = {f"number {n}": field for n, (field, _) in enumerate(window.numbers.fields)}
    assert window._coupons.row_list is not None
    assert window._gift_cards.row_list is not None
    return {
        "scan field": window.scan_field,
        "kinds": window._orders._kinds,
        "person": window._body.person,
        "messages": window._body.say,
        "coupons": window._coupons.row_list,
        "gift cards": window._gift_cards.row_list,
        "status": window._status,
        **types,
        **fields,
    }


def is_whole(widget: QWidget) -> bool:
    """Whether all of a widget is in sight, and all words of its labels have room in it."""
    wrapped = [each for each in widget.findChildren(QLabel) if each.isVisible() and each.wordWrap()]
    has_room = all(each.height() >= each.heightForWidth(each.width()) for each in wrapped)
    return has_room and widget.visibleRegion().boundingRect() == widget.rect()


def seen(window: MainWindow, view: View) -> dict[str, Any]:
    """Show a view, and tell how large the window is and what is cut off."""
    window.render(view)
    for _turn in range(5):
        QApplication.processEvents()
    frame, room = window.frameGeometry(), window.screen().availableGeometry()
    cut = [
        name for name, widget in essentials(window).items()
        if widget.isVisible() and not is_whole(widget)
    ]  # fmt: skip
    buttons = [each for each in window.findChildren(QPushButton) if each.isVisible()]
    cut += [each.text() for each in buttons if each.width() < each.minimumSizeHint().width()]
    return {
        "size": [frame.width(), frame.height()],
        "room": [room.width(), room.height()],
        "page": window.page.size().toTuple(),
        "area": window._area.maximumViewportSize().toTuple(),
        "cut": cut,
        "list": essentials(window)["gift cards"].height(),
    }


def main(language: str) -> None:
    app = QApplication([sys.argv[0], *STYLE_ARGUMENTS])
    install_theme(app, styled=True)
    install_language(app, language)
    window = MainWindow(store_name="人民广场店", warning="正在用明文 http 连接平台")
    window.show_fitting()
    window.prepare()
    views = {
        "loaded": samples.loaded_view(),
        "odd": samples.odd_view(),
        "partly": samples.partly_failed_view(),
        "card": wechat_view("wechat-card"),
    }
    told = {name: seen(window, view) for name, view in views.items()}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
