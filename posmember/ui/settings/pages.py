"""The pages of the settings: each made when it is first opened; one that fails says so."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedLayout, QWidget
from PySide6.QtWidgets import QVBoxLayout as Rows

from posmember.ui.messages import support_code_text
from posmember.ui.till.failures import log_bug
from posmember.ui.widgets.in_window import BUTTON_HEIGHT, ScrolledPage
from posmember.ui.widgets.labels import plain_label

_log = logging.getLogger(__name__)

_WIDTH, _SPACE = 152, 16
_BY_TAB, _BY_CLICK = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus


class TakesScans(Protocol):
    """A page that a scan may be for."""

    def take_scan(self, text: str) -> str:
        """Take a scan; returns a word where it is for nothing here, or ""."""


@dataclass(frozen=True, slots=True)
class PageMaker:
    """A page that can be opened.

    Args:
        name: how it is known here. title: what people read.
        make: makes it, when it is first opened.
    """

    name: str
    title: str
    make: Callable[[], QWidget]


class FailedPage(QWidget):
    """Stands in the place of a page that could not be made."""

    def __init__(self, support_code: str) -> None:
        super().__init__()
        words = self.tr("这一页打不开，其他页照常能用，请把问题编号告诉技术支持。")
        label = plain_label(f"{words}{support_code_text(support_code)}", wrap=True)
        label.setObjectName("failure")
        layout = Rows(self)
        layout.addWidget(label)
        layout.addStretch(1)

    def take_scan(self, _text: str) -> str:
        """Take no scan."""
        return self.tr("没有查询：正在设置，设置完再扫会员码")


class Pages(QWidget):
    """Titles on the left, the chosen page on the right."""

    turned = Signal(str)
    """Another page is shown: its name."""

    def __init__(self, makers: list[PageMaker]) -> None:
        super().__init__()
        self._makers = {maker.name: maker for maker in makers}
        self._made: dict[str, QWidget] = {}
        self._holders: dict[str, QWidget] = {}
        self._tabs: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        column = QWidget()
        titles, self._stack = Rows(column), QStackedLayout()
        titles.setContentsMargins(0, 0, 0, 0)
        titles.setSpacing(4)
        for maker in makers:
            tab = QPushButton(maker.title)
            tab.setObjectName("tab")
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.setFixedSize(_WIDTH, BUTTON_HEIGHT)
            # Not clicked: among such buttons the arrow keys choose.
            tab.toggled.connect(lambda on, name=maker.name: self.turn_to(name) if on else None)
            self._group.addButton(tab)
            self._tabs[maker.name] = tab
            titles.addWidget(tab)
        titles.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        beside = ScrolledPage(column, self.tr("各页"))
        bar = beside.verticalScrollBar().sizeHint().width()
        beside.setFixedWidth(_WIDTH + bar)  # of which a window with room for all sees nothing
        row.setSpacing(max(0, _SPACE - bar))
        row.addWidget(beside)
        row.addLayout(self._stack, 1)
        self.shown = ""
        """The name of the page that is shown; "" while none is."""

    def turn_to(self, name: str) -> QWidget:
        """Show a page, made now where it is opened for the first time; returns it."""
        page = self._made.get(name) or self._make(name)
        self._tabs[name].setChecked(True)
        for each, tab in self._tabs.items():
            # Qt itself sees to this only once one of them has the keyboard.
            tab.setFocusPolicy(_BY_TAB if each == name else _BY_CLICK)
        self._stack.setCurrentWidget(self._holders[name])
        if name != self.shown:
            self.shown = name
            self.turned.emit(name)
        return page

    def page(self, name: str) -> QWidget | None:
        """Return a page, if it was opened."""
        return self._made.get(name)

    def made(self) -> Iterator[tuple[str, QWidget]]:
        """Return the pages that were opened."""
        yield from self._made.items()

    def enter_titles(self) -> None:
        """Bring the keyboard to the titles."""
        if self.shown:
            self._tabs[self.shown].setFocus()

    def take_scan(self, text: str) -> str:
        """Take a scan for the page that is shown; returns a word, or ""."""
        page = self._made.get(self.shown)
        return "" if page is None else cast("TakesScans", page).take_scan(text)

    def _make(self, name: str) -> QWidget:
        maker = self._makers[name]
        try:
            page = maker.make()
        except Exception as error:  # noqa: BLE001 - logged; the other pages go on
            page = FailedPage(log_bug(_log, error, f"the settings' page {name}"))
        self._made[name] = page
        self._holders[name] = ScrolledPage(page, maker.title)
        self._stack.addWidget(self._holders[name])
        self._come_behind_titles(page)
        return page

    def _come_behind_titles(self, page: QWidget) -> None:
        """Let Tab go from the titles into a page, whose widgets Qt puts behind all there are."""
        inside, each = [page], page.nextInFocusChain()
        while each is not None and page.isAncestorOf(each):
            inside.append(each)
            each = each.nextInFocusChain()
        before: QWidget = list(self._tabs.values())[-1]
        for each in inside:
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None:
                QWidget.setTabOrder(before, each)
                before = each
