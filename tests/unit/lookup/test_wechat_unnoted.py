"""A card's change whose end could not be noted: what became of it is told all the same."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from posmember.domain.wechat.change import CardChange, CardField
from posmember.errors import (
    AnswerUntrustedError,
    ApiBusinessError,
    ApiConnectionError,
    ApiError,
    ApiStatusError,
)
from posmember.lookup.wechat import Changed, WechatService
from posmember.trust.audit import AuditLog
from posmember.trust.supervisors import Permit
from tests.fakes.network import ScriptedNetwork, Step
from tests.fakes.wechat import (
    CODE,
    OPENID,
    SUBJECT,
    WHOSE,
    answer,
    merchant_access,
    refusal,
    unsigned,
)

CHANGE = CardChange(level="金卡", attach="说明")
PERMIT = Permit("1001")


def service_over(*steps: Step) -> WechatService:
    return WechatService(merchant_access(), 5, ScriptedNetwork(*steps))


def card(level: str = "金卡", *, key: str = "platform") -> httpx.Response:
    """A card as the platform answers now."""
    told = {**WHOSE, "level": level, "attach": "说明"}
    return answer(told, at=time.time(), key=key)


def block(path: Path) -> None:
    """Let nothing be noted from now on; so far it was that the change was asked for."""
    (line,) = path.read_text("utf-8").splitlines()
    assert json.loads(line)["step"] == "asked"
    path.unlink()
    path.mkdir()


def then_blocked(path: Path, step: httpx.Response | Exception) -> Step:
    """A step during which the audit log is lost."""

    async def play(_request: httpx.Request) -> httpx.Response:
        block(path)
        if isinstance(step, Exception):
            raise step
        return step

    return play


def is_why(unnoted: str) -> bool:
    """Whether it says why, with no value of the change; who tells it does so on one line."""
    assert not any(value in unnoted for value in (CODE, OPENID, "金卡", "说明"))
    return unnoted.startswith("the audit log cannot be written: ")


@pytest.mark.parametrize(
    ("level", "otherwise"), [("金卡", ()), ("银卡", (CardField.LEVEL,))], ids=["done", "otherwise"]
)
async def test_a_change_that_was_made_is_told_with_the_card(
    audit: AuditLog,
    path: Path,
    level: str,
    otherwise: tuple[CardField, ...],
) -> None:
    service = service_over(then_blocked(path, card()), card(level))
    changed = await service.change(SUBJECT, CHANGE, PERMIT, audit)
    assert changed.card is not None
    assert (changed.card.value.level, changed.otherwise) == (level, otherwise)
    assert is_why(changed.unnoted)


@pytest.mark.parametrize("failure", [unsigned(500), httpx.ReadTimeout("x")], ids=["500", "timeout"])
async def test_a_change_that_was_not_read_back_either_is_still_one(
    audit: AuditLog,
    path: Path,
    failure: httpx.Response | Exception,
) -> None:
    service = service_over(card(), then_blocked(path, failure))
    changed = await service.change(SUBJECT, CHANGE, PERMIT, audit)
    assert changed == Changed(None, (), changed.unnoted)
    assert is_why(changed.unnoted)


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (lambda: answer(refusal("PARAM_ERROR"), 400, at=time.time()), ApiBusinessError),
        (lambda: unsigned(404, refusal("NOT_FOUND")), AnswerUntrustedError),
        (lambda: unsigned(500), ApiStatusError),
        (lambda: httpx.ReadError("x"), ApiConnectionError),
        (lambda: card(key="stranger"), AnswerUntrustedError),
    ],
    ids=["refused", "a page", "unknown", "cut", "forged"],
)
async def test_the_platforms_error_stands(
    audit: AuditLog,
    path: Path,
    failure: Callable[[], httpx.Response | Exception],
    kind: type[ApiError],
) -> None:
    service = service_over(then_blocked(path, failure()))
    with pytest.raises(ApiError) as caught:
        await service.change(SUBJECT, CHANGE, PERMIT, audit)
    assert type(caught.value) is kind
    assert is_why(caught.value.unnoted)
