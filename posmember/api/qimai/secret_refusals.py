"""What the refusal of an account with its password, or of a card, means: by its sentence.

The documents name no code for it. A wrong account and a wrong password are one: the platform says
no more, nor should the till.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from posmember.api.qimai.refusal_words import SIMPLIFIED
from posmember.errors import (
    ApiBusinessError,
    MemberNotFoundError,
    RateLimitedError,
    SecretProblem,
    SignatureRejectedError,
)

_LOCKED: Final = re.compile(
    "锁定|锁住|[已被]锁|次数[^,，]{0,4}(?:过多|太多|超|上限|用完|用尽|不足)|(?:超过|超出|达到)[^,，]{0,6}次数"
    r"|(?:错误|失败|连续)[^,，]{0,4}(?:[0-9]+|多)次|(?:分钟|小时)[之以]?后|明[日天]再"
    r"|\blocked\b|too many|attempts?\b"
)
_OF_TRIES: Final = re.compile(r"锁|密码|登录|\battempts?\b|\blocked\b|\bpassword\b")
"""Of what is said to be too much: tries of a secret, not calls."""
_FROZEN: Final = re.compile(
    "冻结|禁用|停用|挂失|注销|作废|封禁|封号|黑名单"
    r"|\b(?:frozen|disabled|suspended|deactivated|banned|blocked)\b"
)
_SECRET: Final = (
    "(?:密码|口令|卡密|账号|账户|卡号|用户名|手机号码?|登录名?"
    r"|\b(?:password|account|username|mobile|phone|card)(?: (?:number|no|id))?)"
)
_NOT_RIGHT: Final = (
    "(?:错误|不正确|有误|不对|不符|不匹配|不一致|无效|失败|未通过|不通过"
    r"|\b(?:incorrect|wrong|invalid|mismatch(?:ed)?|failed|not match)\b)"
)
_WRONG: Final = re.compile(
    f"{_SECRET}[^,，。;；]{{0,12}}{_NOT_RIGHT}|(?:错误|无效)的{_SECRET}"
    rf"|\b(?:incorrect|wrong|invalid) {_SECRET}"
)


def secret_problem(refusal: ApiBusinessError) -> SecretProblem | None:
    """Why nobody was identified; None where the refusal is about something else.

    Args:
        refusal: of identity, asked by account or card.
    """
    words = unicodedata.normalize("NFKC", refusal.platform_message).lower().translate(SIMPLIFIED)
    is_of_tries = isinstance(refusal, RateLimitedError) and _OF_TRIES.search(words)
    if isinstance(refusal, SignatureRejectedError | RateLimitedError) and not is_of_tries:
        return None
    if _LOCKED.search(words):
        return SecretProblem.LOCKED
    if _FROZEN.search(words):
        return SecretProblem.FROZEN
    if isinstance(refusal, MemberNotFoundError) or _WRONG.search(words):
        return SecretProblem.WRONG
    return None
