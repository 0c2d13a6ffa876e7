"""What the window says of a text of the wrong length: numbers, and the text masked."""

from __future__ import annotations

import pytest

from posmember.domain.identifier import IdentifierKind
from posmember.scanning.identifier import Problem, classify
from posmember.ui import messages

K = IdentifierKind


@pytest.mark.parametrize(
    ("text", "chosen", "words"),
    [
        ("138000089", K.MOBILE, "只收到 9 位（13*****89），手机号应为 11 位"),
        ("138000000089", K.MOBILE, "收到了 12 位（13********89），手机号应为 11 位"),
        ("2088123", K.ALIPAY_USER_ID, "只收到 7 位（*******），支付宝用户ID应为 16 位"),
        ("", K.MOBILE, "请扫会员码，或输入手机号、卡号后按回车"),
    ],
)
def test_the_words(text: str, chosen: IdentifierKind, words: str) -> None:
    found = classify(text, chosen)
    assert found.problem is not None
    assert messages.identifier_problem_text(found.problem, found) == words


def test_without_numbers_the_problem_alone_is_said() -> None:
    assert messages.identifier_problem_text(Problem.TOO_SHORT) == "内容不完整，请重新扫码"
