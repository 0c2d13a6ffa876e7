"""The middle of the window: rows B, C and D, or one page in the place of D."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from posmember.ui.panels.assets_area import AssetsArea
from posmember.ui.panels.person_row import PersonRow
from posmember.ui.panels.say_row import SayRow
from posmember.ui.panels.spoken import Spoken
from posmember.ui.panels.waiting import Waiting

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from posmember.ui.panels.base import Panel
    from posmember.ui.panels.failures import EmptyPage, FailurePage
    from posmember.ui.view.screen import View

SPACE = 8


class Body(QWidget):
    """Shows a view. Nobody: what to do. All failed: one page. Else rows, each in its place."""

    entry_asked = Signal()
    """The cashier wants to type who it is."""
    retry_requested = Signal(object)
    """A `Section` to ask for again; see `Panel`."""
    support_asked = Signal()
    """What support is told is to be shown."""
    told = Signal(str)
    """Found or not, how many are usable, what was copied: for those who do not see it."""

    def __init__(self) -> None:
        super().__init__()
        self.person, self.say, self.assets = PersonRow(), SayRow(), AssetsArea()
        self._empty: EmptyPage | None = None
        self._failure: FailurePage | None = None
        self._kind, self._is_narrow = "", False
        self._spoken = Spoken()
        self._waiting = Waiting(self)
        self._waiting.changed.connect(self.say.show_waiting)
        rows = self._rows = QVBoxLayout(self)
        rows.setContentsMargins(0, SPACE // 2, 0, 0)
        rows.setSpacing(SPACE)
        rows.addWidget(self.person)
        rows.addWidget(self.say)
        self._pages = QStackedLayout()
        rows.addLayout(self._pages, 1)
        self._pages.addWidget(self.assets)

    def set_narrow(self, *, narrow: bool) -> None:
        """Lay it out for the compact window, or for the full one."""
        self._is_narrow = narrow
        self._rows.setSpacing(SPACE // 2 if narrow else SPACE)
        self.person.set_narrow(narrow=narrow)
        self._show_person()
        self.say.set_narrow(narrow=narrow)
        self.assets.set_narrow(narrow=narrow)
        if self._failure is not None and self._empty is not None:
            self._failure.set_narrow(narrow=narrow)
            self._empty.set_narrow(narrow=narrow)

    def panels(self) -> tuple[Panel, ...]:
        """Return them in reading order."""
        return (self.person, *self.assets.panels())

    def prepare(self) -> None:
        """Make what the first paint does not need."""
        from posmember.ui.panels.failures import EmptyPage, FailurePage

        for panel in self.panels():
            panel.retry_requested.connect(self.retry_requested)
        # In reading order: so goes the Tab key.
        self.person.prepare()
        self.say.prepare()
        self.assets.prepare()
        self._failure = FailurePage()
        self._failure.retried.connect(self._retry_all)
        self._failure.support_asked.connect(self.support_asked)
        self._empty = EmptyPage()
        self._empty.entered.connect(self.entry_asked)
        self._pages.addWidget(self._failure)
        self._pages.addWidget(self._empty)
        if self._is_narrow:
            self.set_narrow(narrow=True)
        if not self._kind:
            self._pages.setCurrentWidget(self._empty)

    def show_view(self, view: View, looked_up: str) -> None:
        """Show a view; each part leaves alone what is unchanged.

        Args:
            looked_up: what the scan field shows, masked where it is a phone number.
        """
        kind = view.member_panel.kind.value
        before, self._kind = self._kind, kind
        self._show_person()
        self.person.show_view(view)
        self.assets.show_view(view)
        page: QWidget | None = {"empty": self._empty, "failed": self._failure}.get(kind)
        if kind == "failed":
            self._show_failure(view, looked_up)
        elif self._failure is not None and before == "failed":
            self._failure.forget()
        self._pages.setCurrentWidget(page or self.assets)
        self._tell(view, before)
        self.say.show_view(view)  # behind: who it is is heard before what to use
        self._waiting.show_view(view)

    def offer_joining(self, code: QImage) -> None:
        """Show a code to join by wherever nobody is found; see `FailurePage`."""
        if self._failure is not None:
            self._failure.offer_joining(code)

    def _show_person(self) -> None:
        """Leave its room in the compact window to a code to join by: nobody is there to be told."""
        self.person.setHidden(self._is_narrow and self._kind == "failed")

    def says(self, text: str) -> bool:
        """Return whether a page or a strip says this already."""
        said = [problem for panel in self.panels() for problem in panel.problems()]
        return any(text in problem for problem in said)

    def _show_failure(self, view: View, looked_up: str) -> None:
        from posmember.lookup.sections import Failed
        from posmember.ui.messages import (
            helps_to_ask_again,
            joined,
            needs_support,
            support_code_text,
        )

        assert self._failure is not None
        failed = [state.error for state in view.sections.values() if isinstance(state, Failed)]
        support_code = view.hint.support_code if view.hint is not None else ""
        sentence = joined(view.member_panel.problems)
        self._failure.show_failure(
            sentence,
            _masked(looked_up),
            support_code_text(support_code),
            retry=any(map(helps_to_ask_again, failed)),
            support=any(map(needs_support, failed)),
            nobody=view.nobody,
        )

    def _retry_all(self) -> None:
        from posmember.lookup.sections import Section

        self.retry_requested.emit(Section.MEMBER)

    def _tell(self, view: View, before: str) -> None:
        words = self._spoken.of(view)
        if self._kind == "failed" and before != "failed" and self._failure is not None:
            words = self._failure.text()
        if words:
            self.told.emit(words)


def page_of(orders: QWidget, warning: QWidget, body: Body, status: QWidget) -> QWidget:
    """Lay the window's rows out, the body taking all the room that the others leave."""
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(SPACE, SPACE, SPACE, 0)
    layout.setSpacing(SPACE // 2)
    layout.addWidget(orders)
    layout.addWidget(warning)
    layout.addWidget(body, 1)
    layout.addWidget(status)
    return page


def _masked(text: str) -> str:
    from posmember.domain.masking import MASK, mask_code

    return text if MASK in text else mask_code(text)
