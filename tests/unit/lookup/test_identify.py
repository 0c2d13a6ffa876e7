"""Who a member is by account and password, or by card and inner number."""

from __future__ import annotations

import gc
import logging

import pytest

from posmember.api.decode import Decoded
from posmember.domain.identifier import AccountLogin, Identifier, IdentifierKind, PhysicalCard
from posmember.domain.member import Identity
from posmember.errors import (
    ApiBusinessError,
    ApiError,
    ApiResponseError,
    ApiTimeoutError,
    MemberNotFoundError,
    OtherMemberError,
    SecretProblem,
    SecretRejectedError,
)
from posmember.lookup.identify import Secret, identify
from posmember.lookup.service import MemberLookup
from posmember.sandbox.account import PASSWORD
from posmember.sandbox.app import Sandbox
from tests.fakes.sandbox_client import SandboxClient

SECRET = "s3cr-et-Pw!77"
LOGIN = AccountLogin("13800000001", SECRET)


class Platform(MemberLookup):
    """Gives one answer of identity."""

    def __init__(self, answer: Identity | ApiError) -> None:
        self._answer = answer

    async def identity(self, _subject: object) -> Decoded[Identity]:
        if isinstance(self._answer, ApiError):
            raise self._answer
        return Decoded(self._answer)

    async def member_info(self, *_asked: object, **_order: object) -> object:
        raise AssertionError("not asked here")

    gift_cards = member_info


async def asked(secret: Secret, answer: Identity | ApiError) -> Identifier:
    return (await identify(Platform(answer), secret)).identifier  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "secret",
    [AccountLogin("13800000001", PASSWORD), PhysicalCard("VIP880001", "INNER880001")],
    ids=["account", "card"],
)
async def test_the_sandbox_identifies(secret: Secret) -> None:
    async with SandboxClient(Sandbox()) as client:
        found = await identify(client.platform, secret)
    assert found.identifier == Identifier(IdentifierKind.USER_ID, "100001")
    assert found.whose.user_id == "100001"
    assert found.whose.mobile == "13800000001"


@pytest.mark.parametrize(
    "secret",
    [
        AccountLogin("13800000001", SECRET),
        AccountLogin("13999999999", PASSWORD),
        PhysicalCard("VIP880001", SECRET),
        PhysicalCard("VIP889999", "INNER889999"),
    ],
)
async def test_the_sandbox_does_not(secret: Secret, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with SandboxClient(Sandbox()) as client:
        with pytest.raises(SecretRejectedError) as raised:
            await identify(client.platform, secret)
    assert raised.value.problem is SecretProblem.WRONG
    assert raised.value.__context__ is None, "no frames that hold the secret"
    assert raised.value.__cause__ is None
    assert SECRET not in caplog.text + repr(raised.value)


async def test_another_ones_answer_is_not_taken() -> None:
    with pytest.raises(OtherMemberError):
        await asked(LOGIN, Identity(user_id="7", mobile="13900000009"))
    by_id = await asked(LOGIN, Identity(user_id="7", mobile="+86 138****0001"))
    assert by_id.value == "7"


@pytest.mark.parametrize("user_id", ["", "0", "null", "-5", "10***01"])
async def test_nobody_is_named(user_id: str) -> None:
    with pytest.raises(ApiResponseError):
        await asked(LOGIN, Identity(user_id=user_id))


@pytest.mark.parametrize(
    ("words", "problem"),
    [("密码错误次数过多，账号已锁定", "locked"), ("账号已冻结", "frozen"), ("密码错误", "wrong")],
)
async def test_why_not(words: str, problem: str) -> None:
    with pytest.raises(SecretRejectedError) as raised:
        await asked(LOGIN, ApiBusinessError("x", code="9", platform_message=words, request_id="r"))
    assert (raised.value.problem.value, raised.value.code, raised.value.request_id) == (
        problem, "9", "r",
    )  # fmt: skip


async def test_what_is_about_something_else_stays_what_it_is() -> None:
    for error in (ApiTimeoutError("late"), ApiBusinessError("x", platform_message="系统维护中")):
        with pytest.raises(type(error)) as raised:
            await asked(LOGIN, error)
        assert raised.value is error


@pytest.mark.parametrize("repeated", [SECRET, LOGIN.mobile])
async def test_a_refusal_that_repeats_what_was_asked_by_loses_its_words(repeated: str) -> None:
    error = ApiBusinessError("x", platform_message=f"参数{repeated}非法")
    with pytest.raises(ApiBusinessError) as raised:
        await asked(LOGIN, error)
    assert raised.value.platform_message == ""


async def test_nothing_keeps_the_secret() -> None:
    made = "".join(["kept", "-by-", "nobody"])

    async def once() -> None:
        with pytest.raises(SecretRejectedError):
            await asked(AccountLogin("13800000001", made), MemberNotFoundError("x"))

    await once()
    gc.collect()
    holders = [one for one in gc.get_objects() if isinstance(one, AccountLogin)]
    assert not any(one.password == made for one in holders)
