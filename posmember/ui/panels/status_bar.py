"""The bottom line: the connection, the clock, the last support code, and where help is."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from posmember.ui.widgets.labels import own_label
from posmember.ui.widgets.marks import Mark, MarkWidget


class StatusBar(QWidget):
    """What a cashier reads out to support, and the keys they need most."""

    def __init__(self) -> None:
        super().__init__()
        self._light, self._connection = MarkWidget(), own_label()
        self._clock_mark, self._clock = MarkWidget(), own_label()
        self._code = own_label()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 0, 2, 0)
        layout.setSpacing(6)
        for widget in (self._light, self._connection, self._clock_mark, self._clock):
            layout.addWidget(widget)
        layout.insertSpacing(2, 16)
        layout.addStretch(1)
        layout.addWidget(self._code)
        layout.addSpacing(16)
        layout.addWidget(own_label(self.tr("F1 按键帮助"), muted=True))
        self.set_connection(None, None)
        self.set_clock(None, 0)

    def set_connection(self, ok: bool | None, ms: int | None) -> None:
        """Show whether the platform answers; None is not known yet. `ms`: its last answer."""
        if ok is None:
            self._light.hide()
            self._connection.setText(self.tr("还没连接平台"))
            return
        if ok:
            look, text = (Mark.DISC, "accent"), self.tr("已连接")
        else:
            look, text = (Mark.TRIANGLE, "error"), self.tr("连接断开")
        if ok and ms is not None:
            text = self.tr("已连接 {ms} 毫秒").format(ms=ms)
        self._light.set_mark(*look)
        self._light.show()
        self._connection.setText(text)

    def set_clock(self, corrected: bool | None, offset_s: int) -> None:
        """Show whether the time follows the platform's clock; None is not known yet.

        Args:
            offset_s: how far this computer's clock is off, in seconds.
        """
        if corrected is None:
            self._clock_mark.hide()
            self._clock.setText(self.tr("时间待校准"))
            return
        if not corrected:
            look, text = (Mark.TRIANGLE, "check"), self.tr("时间未校准")
        elif offset_s:
            look = (Mark.DISC, "accent")
            text = self.tr("时间已校准（本机差 {seconds} 秒）").format(seconds=abs(offset_s))
        else:
            look, text = (Mark.DISC, "accent"), self.tr("时间已校准")
        self._clock_mark.set_mark(*look)
        self._clock_mark.show()
        self._clock.setText(text)

    def set_support_code(self, code: str) -> None:
        """Show the number that the log holds too, or nothing for ""."""
        from posmember.ui.messages import support_code_text

        self._code.setText(support_code_text(code))

    def texts(self) -> tuple[str, str, str]:
        """Return what is said of the connection, the clock and the support code."""
        return self._connection.text(), self._clock.text(), self._code.text()
