"""A till set up for a sandbox in this process, and its commands about cards."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from posmember.domain.wechat.card import CardSubject
from posmember.sandbox.app import Sandbox
from posmember.sandbox.faults import Api
from posmember.trust import audit
from tests.end2end.program import Result
from tests.end2end.wechat_schema import check_card_answer
from tests.fakes.wechat_desk import FIRST, PIN, SUPERVISOR, sandbox_subject

PERSONAL = (FIRST.code, FIRST.openid, "13800000001", "王小明", "1990-03-14", "沙箱路", "羽毛球")
STUBBORN, VOID, ODD, HOSTILE = (sandbox_subject(number) for number in (14, 6, 9, 10))

Run = Callable[..., Result]
SetUp = Callable[..., Sandbox]


def get(run: Run, subject: CardSubject = FIRST, *options: str) -> Result:
    """Ask for a card."""
    return run("wechat-card", "get", subject.code, "--openid", subject.openid, *options)


def change(run: Run, *options: str, subject: CardSubject = FIRST, pin: str = PIN) -> Result:
    """Change a card as the supervisor."""
    given = ("--openid", subject.openid, "--supervisor", SUPERVISOR)
    return run("wechat-card", "set", subject.code, *given, *options, stdin=f"{pin}\n")


def answer_of(result: Result, *, changed: bool = False) -> Any:
    answer = json.loads(result.out)
    check_card_answer(answer, changed=changed)
    return answer


def steps() -> list[str]:
    path: Path = audit.audit_path()
    if not path.exists():
        return []
    return [json.loads(line)["step"] for line in path.read_text("utf-8").splitlines()]


def patches(sandbox: Sandbox) -> list[Any]:
    return [call.params for call in sandbox.calls if call.api is Api.WECHAT_SET]
