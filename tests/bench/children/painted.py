"""Tells when all of an answer is painted.

Painted means: the controller has settled, every panel shows its loaded content, both lists have
painted since their rows came, and Qt has no layout or update left in its queue. That is told by
an event of the lowest priority: Qt hands it out after every layout request and every update
request that stands before it, also those that were added meanwhile.

What comes later is told apart as "at rest": a list may lay rows below the visible ones out in
later turns of the loop, and paint its scroll bar anew.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

from posmember.ui.controller import Controller
from posmember.ui.main_window import MainWindow
from posmember.ui.models.assets import AssetListModel
from posmember.ui.panels.base import Panel
from posmember.ui.widgets.rows.list_view import RowList

_LAST = -1000
_DRAINED = QEvent.Type(QEvent.registerEventType())
QUIET_S = 0.04
"""A window that painted nothing for so long is at rest."""


class PaintWatch(QObject):
    """Watches the window of a running program, whose lists are made already."""

    def __init__(self, window: MainWindow, controller: Controller) -> None:
        super().__init__()
        self._controller = controller
        self._window = window
        self._panels = window.findChildren(Panel)
        self._lists = window.findChildren(RowList)
        self._by_viewport = {view.viewport(): view for view in self._lists}
        self._unpainted: set[RowList] = set()
        self._waiting: list[asyncio.Future[float]] = []
        self._painted_again = asyncio.Event()
        self._last_paint_at = 0.0
        for view in self._lists:
            view.viewport().installEventFilter(self)
            view.model().modelReset.connect(lambda view=view: self._unpainted.add(view))
        window.installEventFilter(self)

    def next_answer(self) -> Coroutine[Any, Any, float]:
        """Watch from now on for the end of the next lookup.

        Returns:
            To be awaited: when all of it was painted, in seconds of `time.perf_counter`.
        """
        settled: asyncio.Future[float] = asyncio.get_running_loop().create_future()

        def settle() -> None:
            self._after_all_else(settled)

        self._controller.settled.connect(settle, Qt.ConnectionType.SingleShotConnection)
        return self._painted(settled)

    async def _painted(self, settled: asyncio.Future[float]) -> float:
        at = await settled
        while any(view.isVisible() for view in self._unpainted):
            drained: asyncio.Future[float] = asyncio.get_running_loop().create_future()
            self._after_all_else(drained)
            at = await drained
        if kinds := {panel.kind() for panel in self._panels} - {"loaded"}:
            raise RuntimeError(f"not every panel is loaded, but {sorted(kinds)}")
        return at

    async def at_rest(self) -> float:
        """Wait until the window paints no more; gives when its last paint ended."""
        while True:
            self._painted_again.clear()
            try:
                await asyncio.wait_for(self._painted_again.wait(), QUIET_S)
            except TimeoutError:
                return self._last_paint_at

    def all_rows(self) -> tuple[int, ...]:
        """Count what each list's rows stand for: coupons that are alike are one row."""
        models = [view.model() for view in self._lists]
        return tuple(
            sum(len(model.row(number).assets) for number in range(model.rowCount()))
            for model in models
            if isinstance(model, AssetListModel)
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest and watched is self._window:
            self._after_all_else(None)
        elif event.type() == QEvent.Type.Paint and watched in self._by_viewport:
            self._unpainted.discard(self._by_viewport[watched])
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() != _DRAINED:
            return super().event(event)
        self._last_paint_at = time.perf_counter()
        self._painted_again.set()
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(self._last_paint_at)
        return True

    def _after_all_else(self, future: asyncio.Future[float] | None) -> None:
        """Have the future done when Qt has nothing else in its queue."""
        if future is not None:
            self._waiting.append(future)
        QCoreApplication.postEvent(self, QEvent(_DRAINED), _LAST)
