"""A start that failed, in the window's words: it can then only be closed.

Anything may be missing here: what failed may be the import of any part of the program. So this
uses what the first paint has brought, and little else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from posmember.ui.main_window import MainWindow

translate = QCoreApplication.translate


def say_it_failed(window: MainWindow | None, error: Exception) -> QWidget:
    """Log what failed, and say so under the log's 问题编号.

    Args:
        window: the cashier's window; None where it could not be made.

    Returns:
        What says it: the window, or one of its own.
    """
    text = _words(error, _log(error))
    if window is not None:
        window.introduce("", text)
        window.show()
        return window
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QLabel

    alone = QLabel(text)
    alone.setTextFormat(Qt.TextFormat.PlainText)
    alone.setMargin(40)
    alone.setWindowTitle(translate("Opening", "会员查询"))
    alone.show()
    return alone


def _words(error: Exception, code: str) -> str:
    text = translate(
        "Opening",
        "程序没能启动，不能查询。请关闭后重新打开，仍不行请告诉技术支持：问题编号 {code}（{kind}）",
    )
    return text.format(code=code, kind=type(error).__name__)


def _log(error: Exception) -> str:
    """Log it; returns its 问题编号, which is also given where there can be no log."""
    try:
        from posmember.log.uncaught import log_uncaught
    except ImportError:
        import secrets

        return secrets.token_hex(2).upper()
    return log_uncaught(error)
