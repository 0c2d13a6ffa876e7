"""A page of the settings that keeps by itself what is typed there, and says what became of it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtWidgets import QWidget

from posmember.errors import PosMemberError
from posmember.ui.messages import breakable, support_code_text
from posmember.ui.settings.checking import BackgroundWork
from posmember.ui.theme import restyle
from posmember.ui.widgets.labels import plain_label
from posmember.ui.wording.wechat.errors import card_error_text


class WorkPage(QWidget):
    """Does one thing at a time beside the window; what became of it stands in `result`."""

    def __init__(self) -> None:
        super().__init__()
        self.work = BackgroundWork()
        self.result = plain_label(wrap=True)
        self.result.hide()

    def text(self) -> str:
        """Return what became of the last change, in words."""
        return self.result.text()

    async def aclose(self) -> None:
        """End what is under way."""
        await self.work.aclose()

    def start(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do something in place of what is under way; what goes wrong is said."""
        self.work.start(self._told(work), self._fail)

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Say what became of something; "" for nothing."""
        self.result.setObjectName("failure" if wrong else "helps")
        restyle(self.result)
        self.result.setText(breakable(words))
        self.result.setVisible(bool(words))

    def refusal(self, error: PosMemberError) -> str:
        """Return in words why something could not be done."""
        return card_error_text(error)

    async def _told(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await work()
        except PosMemberError as error:
            self.say(self.refusal(error), wrong=True)

    def _fail(self, code: str) -> None:
        self.say(self.tr("程序出错了，没有保存。") + support_code_text(code), wrong=True)
