"""What a refusal of an account or a card means, by its sentence."""

from __future__ import annotations

import pytest

from posmember.api.qimai.refusals import refusal_kind
from posmember.api.qimai.secret_refusals import secret_problem
from posmember.errors import SecretProblem

WRONG = (
    "账号或密码错误",
    "密码错误",
    "手机号或密码不正确",
    "用戶名或密碼錯誤",
    "账号不存在",
    "卡号或密码错误",
    "卡号错误",
    "内部卡号错误",
    "实体卡不存在",
    "实体卡内部卡号不匹配",
    "卡号与内部卡号不符",
    "卡密错误",
    "该会员不存在",
    "incorrect password",
    "Wrong account or password",
    "password is not match",
)
LOCKED = (
    "密码错误次数过多，账号已锁定",
    "登录失败次数过多，请30分钟后再试",
    "账号被锁定",
    "卡已锁定",
    "密码连续错误5次，账号已冻结2小时",
    "帳號已鎖定",
    "too many attempts, account locked",
)
FROZEN = ("账号已冻结", "该账号已被冻结，请联系客服", "卡已挂失", "账户已注销", "account frozen")
OTHER = (
    "签名错误",
    "操作频繁，请稍后再试",
    "系统繁忙",
    "接口方法错误",
    "参数type错误",
    "",
    "服务异常",
)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        *((words, SecretProblem.WRONG) for words in WRONG),
        *((words, SecretProblem.LOCKED) for words in LOCKED),
        *((words, SecretProblem.FROZEN) for words in FROZEN),
        *((words, None) for words in OTHER),
    ],
)
def test_a_refusal(words: str, problem: SecretProblem | None) -> None:
    refusal = refusal_kind(True, "1", words)("refused", platform_message=words)
    assert secret_problem(refusal) is problem
