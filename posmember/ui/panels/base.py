"""What every panel has: its own state, bars while it is asked for, and a strip where it failed.

Nothing but the frame is made before the first paint; the pages when they are first needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from posmember.ui.theme import restyle
from posmember.ui.widgets.labels import own_label

if TYPE_CHECKING:
    from posmember.lookup.sections import Section
    from posmember.ui.panels.failures import Problems
    from posmember.ui.view.screen import PanelState, View


class Panel(QFrame):
    """One part of the window. Subclasses make and fill the page that shows its content.

    While there is nothing to show of anybody it is not seen at all, but keeps its place.

    Args:
        title: what the panel shows.
    """

    retry_requested = Signal(object)
    """A `Section` that failed, once for each that this panel needs."""

    section_names: tuple[str, ...] = ()
    """The values of the sections this panel is made of."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._title = title
        self._kind = "empty"
        self._state: PanelState | None = None
        self._said_elsewhere: frozenset[str] = frozenset()
        self._failed: tuple[Section, ...] = ()
        self._strip: Problems | None = None
        self._bars: QWidget | None = None
        self._content: QWidget | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._pages = QStackedLayout()
        self._rows.addLayout(self._pages, 1)  # first: it shows its first page at once
        self._blank = QWidget()
        self._pages.addWidget(self._blank)

    def prepare(self) -> None:
        """Make what the first paint does not need."""
        if self._content is None:
            self._content = self._make_content()
            self._bars = self._make_bars()
            self._pages.addWidget(self._content)
            self._pages.addWidget(self._bars)

    def show_view(self, view: View, said_elsewhere: frozenset[str] = frozenset()) -> None:
        """Show this panel's part of a view; what is unchanged is left alone.

        Args:
            said_elsewhere: problems that another panel says already.
        """
        self.prepare()
        state = self._state_of(view)
        self._remember_failed(view)
        if state is not self._state or said_elsewhere != self._said_elsewhere:
            self._state, self._said_elsewhere = state, said_elsewhere
            self._show_state(state)
        if self._kind == "loaded":
            self._show_content(view)
        else:
            self._forget_content()

    def title(self) -> str:
        """Return what the panel shows, in a word."""
        return self._title

    def kind(self) -> str:
        """Return the state that is shown: a value of `PanelKind`."""
        return self._kind

    def problems(self) -> tuple[str, ...]:
        """Return what this panel says is missing."""
        return self._state.problems if self._state is not None else ()

    def _state_of(self, view: View) -> PanelState:
        raise NotImplementedError

    def _make_content(self) -> QWidget:
        raise NotImplementedError

    def _make_bars(self) -> QWidget:
        raise NotImplementedError

    def _show_content(self, view: View) -> None:
        raise NotImplementedError

    def _last_in_reach(self) -> QWidget | None:
        """What Tab comes to before the strip."""
        return None

    def _forget_content(self) -> None:
        """Forget what the content page showed; it is not in sight."""

    def _show_state(self, state: PanelState) -> None:
        self._kind = state.kind.value
        self._show_problems(state)
        page = {"loaded": self._content, "loading": self._bars}.get(self._kind) or self._blank
        self._pages.setCurrentWidget(page)
        failed = self._kind == "failed" and self._strip is not None
        name = "panel" if failed or self._kind in ("loaded", "loading") else ""
        up = QVBoxLayout.Direction.BottomToTop
        self._rows.setDirection(up if failed else QVBoxLayout.Direction.TopToBottom)
        if name != self.objectName():
            self.setObjectName(name)
            restyle(self)

    def _show_problems(self, state: PanelState) -> None:
        """Say in a strip what of this panel is missing, unless that is said already."""
        missing = tuple(text for text in state.problems if text not in self._said_elsewhere)
        if missing and self._strip is None:
            from posmember.ui.panels.failures import Problems

            self._strip = Problems(self._title)
            self._strip.retry.clicked.connect(self._retry)
            self._rows.addWidget(self._strip)
            last = self._last_in_reach()
            if last is not None:
                QWidget.setTabOrder(last, self._strip.retry)
        if self._strip is not None:
            self._strip.show_problems(missing, retry=bool(self._failed))
            self._strip.setVisible(bool(missing))

    def _remember_failed(self, view: View) -> None:
        """Remember what it may help to ask for again."""
        from posmember.lookup.sections import Failed
        from posmember.ui.messages import helps_to_ask_again

        self._failed = tuple(
            section
            for section, state in view.sections.items()
            if section.value in self.section_names
            and isinstance(state, Failed)
            and helps_to_ask_again(state.error)
        )

    def _retry(self) -> None:
        for section in self._failed:
            self.retry_requested.emit(section)


def page_label(text: str) -> QLabel:
    """Make a page that is one muted text in its middle."""
    label = own_label(text, wrap=True)
    label.setObjectName("page")
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
