"""What is said while answers are awaited: nothing, then how far it is, then how long it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

if TYPE_CHECKING:
    from posmember.lookup.sections import SectionState
    from posmember.ui.view.screen import View

TICKS_MS, SLOW_MS = 800, 3000
_SECOND_MS = 1000


class Waiting(QObject):
    """Words that grow with the time that a lookup takes."""

    changed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._view: View | None = None
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tell)

    def show_view(self, view: View) -> None:
        """Take note of what a view still waits for."""
        before, self._view = self._view, view
        if before is None or before.run != view.run:
            self._since.start()
        self._tell()

    def _tell(self) -> None:
        view = self._view
        if view is None or not _is_waiting(view):
            self._timer.stop()
            self.changed.emit("")
            return
        elapsed = self._since.elapsed()
        self.changed.emit(self._text(view, elapsed))
        next_at = next((at for at in (TICKS_MS, SLOW_MS) if at > elapsed), 0)
        self._timer.start(next_at - elapsed if next_at else _SECOND_MS - elapsed % _SECOND_MS)

    def _text(self, view: View, elapsed: int) -> str:
        if view.member_panel.kind.value != "loading":
            if view.checks_coupons:
                return self.tr("正在核对账号状态…")
            return self.tr("正在查询礼品卡…") if elapsed >= TICKS_MS else ""
        if elapsed >= SLOW_MS:
            text = self.tr("会员系统较慢，已等 {seconds} 秒 · Esc 取消")
            return text.format(seconds=elapsed // _SECOND_MS)
        return self._ticks(view) if elapsed >= TICKS_MS else ""

    def _ticks(self, view: View) -> str:
        names = (self.tr("会员"), self.tr("账号"), self.tr("礼品卡"))
        states = zip(names, view.sections.values(), strict=True)
        return " · ".join(f"{name} {_tick(state)}" for name, state in states)


def _is_waiting(view: View) -> bool:
    kind = view.member_panel.kind.value
    return kind == "loading" or (kind == "loaded" and view.checks_gift_cards)


def _tick(state: SectionState) -> str:
    from posmember.lookup.sections import Loaded, Loading

    if isinstance(state, Loaded):
        return "✓"
    return "…" if isinstance(state, Loading) else "—"
