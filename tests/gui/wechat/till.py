"""A window before a sandbox of its own, with a card on the screen that is changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from posmember.api.wechat import transport
from posmember.api.wechat.card import SET_API
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.wechat.card import CardSubject
from posmember.domain.wechat.change import CardChange
from posmember.lookup.desk import WechatDesk
from posmember.sandbox.app import Sandbox
from posmember.sandbox.faults import Api
from posmember.ui.view.wechat import CardStage, ChangeView
from tests.fakes.patience import no_patience_with
from tests.fakes.wechat_desk import FIRST, PIN, SUPERVISOR, patience_s, sandbox_desk
from tests.gui.wechat.driving import Counter, counter, on_qasync, until


class Till:
    """A window before a sandbox of its own, with a card on the screen."""

    def __init__(self, at: Counter, sandbox: Sandbox, path: Path) -> None:
        self.at, self.sandbox, self.path = at, sandbox, path

    async def ask(self, subject: CardSubject) -> None:
        found_by = None
        if subject.openid:
            found_by = Identifier(IdentifierKind.WECHAT_OPENID, subject.openid)
        await self.at.member(found_by=found_by, card_number=subject.code)
        self.at.window.wechat.asked.emit()
        await self.idle()
        assert self.at.wechat.stage is CardStage.LOADED

    async def idle(self) -> None:
        await until(lambda: not self.at.cards._tasks, "the end of what is under way")
        await self.at.painted()

    def review(self, change: CardChange) -> ChangeView:
        if self.at.wechat.change is None:
            self.at.window.wechat.change_asked.emit()
        self.at.window.wechat.review_asked.emit(change)
        return self.at.change

    async def confirm(self, pin: str = PIN, who: str = SUPERVISOR) -> ChangeView:
        self.at.window.wechat.confirmed.emit(who, pin)
        await self.idle()
        return self.at.change

    @property
    def patches(self) -> list[Any]:
        return [call.params for call in self.sandbox.calls if call.api is Api.WECHAT_SET]

    @property
    def notes(self) -> list[dict[str, Any]]:
        if not self.path.exists():
            return []
        return [json.loads(line) for line in self.path.read_text("utf-8").splitlines()]

    @property
    def steps(self) -> list[str]:
        return [line["step"] for line in self.notes]


def played(
    qapp: QApplication,
    tmp_path: Path,
    work: Any,
    *faults: str,
    subject: CardSubject = FIRST,
    desk: WechatDesk | None = None,
    later: str = "",
) -> None:
    """Do something with a card of the sandbox on the screen.

    Args:
        later: a fault of a change that `work` adds.
    """

    async def play() -> None:
        sandbox, path = Sandbox(faults=faults), tmp_path / "audit.jsonl"
        made = desk or sandbox_desk(sandbox, path, timeout_s=patience_s(*faults))
        async with counter(tmp_path, made=made) as at:
            till = Till(at, sandbox, path)
            await till.ask(subject)
            await work(till)

    with pytest.MonkeyPatch.context() as patch:
        if later == "timeout":
            no_patience_with(patch, transport, SET_API)
        on_qasync(qapp, play)
