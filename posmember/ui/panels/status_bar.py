"""The bottom line: the network, when it was asked, the last support code, and the main keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posmember.ui.widgets.labels import own_label
from posmember.ui.widgets.marks import Mark, MarkWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QLabel

    from posmember.ui.view.screen import View

HEIGHT = 24
_SPACE = 8
_SLOW_MS = 2000
_WRONG_CLOCK_S = 30
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


class StatusBar(QWidget):
    """What a cashier reads out to support, and the keys they need most.

    `watermark` is the place for what the whole window is, such as 培训模式; it is empty until
    somebody writes there.
    """

    connection_shown = Signal(object, object)
    """What is said of the connection, as `set_connection` is told."""
    help_asked = Signal()
    """The keys' words were pressed, as by a finger."""

    def __init__(self) -> None:
        super().__init__()
        self._is_narrow = False
        self._light, self._connection = MarkWidget(), own_label()
        self._clock_mark, self._clock = MarkWidget(), own_label()
        self._asked_at, self._countdown = own_label(muted=True), own_label(muted=True)
        self._countdown.hide()
        self._news = own_label(muted=True)
        self._news.hide()
        self.watermark = own_label()
        self.watermark.setObjectName("failure")
        self._code = own_label()
        self._keys = own_label(self.tr("F2 扫码  F8 金额  F1 帮助"), muted=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(4, 0, 4, 0)
        rows.setSpacing(0)
        self._rows = [QHBoxLayout(), QHBoxLayout()]
        for row in self._rows:
            row.setSpacing(_SPACE)
            rows.addLayout(row)
        self._arrange()
        self.setMinimumHeight(HEIGHT)
        self.set_connection(None, None)
        self.set_clock(None, 0)

    def set_narrow(self, *, narrow: bool) -> None:
        """Have it in rows, of which only the first is always there, or in one line."""
        self._is_narrow = narrow
        self._keys.setText(self.tr("F1 帮助") if narrow else self.tr("F2 扫码  F8 金额  F1 帮助"))
        self._arrange()
        self.setMinimumHeight(0 if narrow else HEIGHT)
        self._leave_out()
        self._make_room()

    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        super().mouseReleaseEvent(event)
        if self._keys.isVisible() and self._keys.geometry().contains(event.position().toPoint()):
            self.help_asked.emit()

    def minimumSizeHint(self) -> QSize:
        """Return what is needed but for the keys, which F1 tells, too, and for news."""
        room = sum(_width(each) for each in (self._keys, self._news) if not each.isHidden())
        return super().minimumSizeHint() - QSize(room, 0)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._make_room()

    def set_connection(self, ok: bool | None, ms: int | None) -> None:
        """Show whether the platform answers; None is not known yet. `ms`: its last answer."""
        self.connection_shown.emit(ok, ms)
        if ok is None:
            self._light.hide()
            self._connection.setText("")
            return
        if not ok:
            look, text = (Mark.TRIANGLE, "error"), self.tr("网络断开")
        elif ms is not None and ms >= _SLOW_MS:
            look = (Mark.TRIANGLE, "check")
            text = self.tr("网络慢 {seconds} 秒").format(seconds=f"{ms / 1000:.1f}")
        else:
            look, text = (Mark.DISC, "accent"), self.tr("网络正常")
        self._light.set_mark(*look)
        self._light.show()
        self._connection.setText(text)
        self._make_room()

    def set_clock(self, corrected: bool | None, offset_s: int) -> None:
        """Say how far this computer's clock is off; nothing where it is right, or not known.

        Args:
            offset_s: seconds that it is behind (+) or ahead (-).
        """
        text = ""
        if corrected and abs(offset_s) >= _WRONG_CLOCK_S:
            text = self._off_text(offset_s)
        elif corrected is False:
            text = self.tr("电脑时间没能核对")
        self._clock.setText(text)
        self._clock_mark.set_mark(Mark.TRIANGLE, "check")
        self._clock_mark.setVisible(bool(text))
        self._make_room()

    def show_view(self, view: View) -> None:
        """Say when the member on the screen was asked for, and under which number a failure is."""
        from posmember.ui.messages import clock_text, support_code_text

        at, text = view.member_panel.at, ""
        if view.refreshing:
            text = self.tr("正在刷新…")
        elif at is not None:
            text = self.tr("{clock} 查询").format(clock=clock_text(at)[:5])
        self._asked_at.setText(text)
        code = view.hint.support_code if view.hint is not None else ""
        self._code.setText(support_code_text(code))
        self._make_room()

    def set_seconds_left(self, seconds: int | None) -> None:
        """Say in how many seconds the screen is cleared; None is that nothing is counted.

        Only the words change from second to second: no layout, nothing for a screen reader.
        """
        label = self._countdown
        if seconds is None:
            label.hide()
            label.setText("")
            self._make_room()
            return
        words = self.tr("{count} 秒后清屏").format(count=seconds)
        label.setText(f"· {words}" if self._asked_at.text() else words)
        # Wider only where words have become longer, as behind a time or from 99 to 100.
        if label.isHidden() or label.sizeHint().width() > label.width():
            label.setAccessibleName(self.tr("没有人操作会自动清屏"))
            label.setFixedSize(label.sizeHint())
            label.show()
            self._make_room()

    def set_news(self, text: str) -> None:
        """Say something that can wait, such as that there is a new version; "" for nothing."""
        self._news.setText(text)
        self._news.setVisible(bool(text))
        self._make_room()

    def texts(self) -> tuple[str, str, str]:
        """Return what is said of the connection, the clock and the support code."""
        return self._connection.text(), self._clock.text(), self._code.text()

    def _arrange(self) -> None:
        for row in self._rows:
            while row.count():
                row.takeAt(0)
        first, second = self._rows if self._is_narrow else (self._rows[0],) * 2
        for widget in (self._light, self._connection):
            first.addWidget(widget)
        second.addWidget(self._clock_mark)
        second.addWidget(self._clock, int(self._is_narrow))
        self._clock.setWordWrap(self._is_narrow)
        first.addSpacing(_SPACE)
        first.addWidget(self._asked_at)
        first.addWidget(self._countdown)
        first.addWidget(self._news)
        first.addStretch(1)
        second.addWidget(self.watermark)
        if not self._is_narrow:
            first.addStretch(1)
        first.addWidget(self._code)
        first.addSpacing(_SPACE)
        first.addWidget(self._keys)

    def _rare(self) -> tuple[QLabel, ...]:
        """What mostly says nothing, and then takes no row of its own."""
        return self._clock, self.watermark, self._code

    def _leave_out(self) -> None:
        """In the compact window, have no row for what says nothing; a code goes before the time."""
        for part in self._rare():
            part.setVisible(bool(part.text()) or not self._is_narrow)
        self._asked_at.setHidden(self._is_narrow and bool(self._code.text()))

    def _make_room(self) -> None:
        """Show news, then the keys, where there is room for them beside what is said."""
        if self._is_narrow:
            self._leave_out()
        if not self.isVisible():
            return
        for row in self._rows:
            # Of what was written, shown or hidden just now, a row knows only later. Not where the
            # size is asked for: this has the page laid out, which asks for it again, for ever.
            row.invalidate()
        left = self.width() - self.minimumSizeHint().width()
        # In the compact window they are only said where they are asked about.
        has_news = bool(self._news.text()) and not self._is_narrow and _width(self._news) <= left
        self._news.setVisible(has_news)
        left -= _width(self._news) if has_news else 0
        self._keys.setHidden(_width(self._keys) > left)

    def _off_text(self, offset_s: int) -> str:
        if offset_s > 0:
            text = self.tr("电脑慢了 {how_long}，请告诉管理员")
        else:
            text = self.tr("电脑快了 {how_long}，请告诉管理员")
        return text.format(how_long=self._how_long(abs(offset_s)))

    def _how_long(self, seconds: int) -> str:
        if seconds < _MINUTE:
            return self.tr("{count} 秒").format(count=seconds)
        if seconds < 2 * _HOUR:
            return self.tr("{count} 分钟").format(count=round(seconds / _MINUTE))
        if seconds < 2 * _DAY:
            return self.tr("{count} 小时").format(count=round(seconds / _HOUR))
        return self.tr("{count} 天").format(count=round(seconds / _DAY))


def _width(label: QWidget) -> int:
    """What a label takes, with the space beside it."""
    return label.sizeHint().width() + _SPACE
