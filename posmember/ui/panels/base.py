"""What every panel has: a title, its own state, and a way to ask again for what failed.

Only the empty page is made before the first paint; the others when they are first needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from posmember.ui.widgets.labels import own_label

if TYPE_CHECKING:
    from posmember.lookup.sections import Section
    from posmember.ui.panels.failures import Failure, Problems
    from posmember.ui.view.screen import PanelState, View

MARGIN = 10


class Panel(QFrame):
    """One part of the window. Subclasses make and fill the page that shows its content.

    Args:
        title: what the panel shows.
        empty: what its empty page says.
    """

    retry_requested = Signal(object)
    """A `Section` that failed, once for each that this panel needs."""

    section_names: tuple[str, ...] = ()
    """The values of the sections this panel is made of."""

    def __init__(self, title: str, empty: str) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._title = title
        self._kind = "empty"
        self._state: PanelState | None = None
        self._failed: tuple[Section, ...] = ()
        self._problems: Problems | None = None
        self._loading: QWidget | None = None
        self._failure: Failure | None = None
        self._content: QWidget | None = None
        self._build(title, empty)

    def prepare(self) -> None:
        """Make what the first paint does not need."""
        if self._content is None:
            self._content = self._make_content()
            self._pages.addWidget(self._content)

    def show_view(self, view: View) -> None:
        """Show this panel's part of a view; what is unchanged is left alone."""
        state = self._state_of(view)
        self._remember_failed(view)
        if state is not self._state:
            self._state = state
            self._show_state(state)
        if self._kind == "loaded":
            self._show_content(view)
        else:
            self._forget_content()

    def kind(self) -> str:
        """Return the state that is shown: a value of `PanelKind`."""
        return self._kind

    def _state_of(self, view: View) -> PanelState:
        raise NotImplementedError

    def _make_content(self) -> QWidget:
        raise NotImplementedError

    def _show_content(self, view: View) -> None:
        raise NotImplementedError

    def _forget_content(self) -> None:
        """Forget what the content page showed; it is not in sight."""

    def _build(self, title: str, empty: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN - 2, MARGIN, MARGIN)
        layout.setSpacing(6)
        self._header = QHBoxLayout()
        heading = own_label(title)
        heading.setObjectName("panelTitle")
        self._header.addWidget(heading)
        self._header.addStretch(1)
        self._time = own_label(muted=True)
        self._header.addWidget(self._time)
        layout.addLayout(self._header)
        self._rows = layout
        self._pages = QStackedLayout()
        layout.addLayout(self._pages, 1)  # first: it shows its first page at once, wherever that is
        self._empty = page_label(empty)
        self._pages.addWidget(self._empty)

    def _show_state(self, state: PanelState) -> None:
        self.prepare()
        self._kind = state.kind.value
        self._time.setText(self._time_text(state))
        self._show_problems(state)
        self._pages.setCurrentWidget(self._page(state))
        self.setAccessibleDescription("；".join(state.problems))

    def _time_text(self, state: PanelState) -> str:
        from posmember.ui.messages import clock_text

        return clock_text(state.at) if state.at is not None else ""

    def _page(self, state: PanelState) -> QWidget:
        if self._kind == "loaded" and self._content is not None:
            return self._content
        if self._kind == "loading":
            if self._loading is None:
                self._loading = page_label(self.tr("正在查询…"))
                self._pages.addWidget(self._loading)
            return self._loading
        if self._kind == "failed":
            if self._failure is None:
                from posmember.ui.panels.failures import Failure

                self._failure = Failure(self._title)
                self._failure.retry.clicked.connect(self._retry)
                self._pages.addWidget(self._failure)
            self._failure.show_problems(state.problems, retry=bool(self._failed))
            return self._failure
        return self._empty

    def _show_problems(self, state: PanelState) -> None:
        """Say above the content which part of it is missing."""
        missing = state.problems if self._kind == "loaded" else ()
        if missing and self._problems is None:
            from posmember.ui.panels.failures import Problems

            self._problems = Problems(self._title)
            self._problems.retry.clicked.connect(self._retry)
            self._rows.insertWidget(self._rows.count() - 1, self._problems)
        if self._problems is not None:
            self._problems.show_problems(missing, retry=bool(self._failed))
            self._problems.setVisible(bool(missing))

    def _remember_failed(self, view: View) -> None:
        from posmember.lookup.sections import Failed

        self._failed = tuple(
            section
            for section, state in view.sections.items()
            if section.value in self.section_names and isinstance(state, Failed)
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
