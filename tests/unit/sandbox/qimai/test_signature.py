"""The verifier: the published example, every refusal, replays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from posmember.sandbox.qimai.signature import (
    KeySpelling,
    NonceMemory,
    PublicFields,
    Rejection,
    Verifier,
    expected_token,
    signed_text,
)

# The platform's published example: public test values of no real account.
OPEN_KEY = "LyvrkvkxRkG2R6aM55bXpPwjYAbkEXTbVnKwfDYvVHjNwNFAmx"
EXAMPLE = PublicFields(
    open_id="d14c1559e87b747d577c834b275a4310",
    grant_code="ba67d4fa46",
    timestamp="1465185768",
    nonce="11886",
    token="cFw0t9IuvL9jVo9qAzk0qMcw5BM%3D",
)
CAMEL = (KeySpelling.CAMEL,)


def verifier(at: float = 1465185768) -> Verifier:
    return Verifier(EXAMPLE.open_id, EXAMPLE.grant_code, OPEN_KEY, lambda: at)


def test_published_example_has_this_token() -> None:
    assert expected_token(OPEN_KEY, EXAMPLE, KeySpelling.CAMEL) == EXAMPLE.token


def test_published_example_is_accepted() -> None:
    assert verifier().check(EXAMPLE, CAMEL) is None


@pytest.mark.parametrize(
    ("spelling", "text"),
    [
        (KeySpelling.CAMEL, "grantCode=g&nonce=7&openId=o%26%20%2F&timestamp=9"),
        (KeySpelling.PASCAL, "GrantCode=g&Nonce=7&OpenId=o%26%20%2F&Timestamp=9"),
    ],
)
def test_signed_text_is_sorted_and_encoded(spelling: KeySpelling, text: str) -> None:
    assert signed_text(PublicFields("o& /", "g", "9", "7", ""), spelling) == text


def test_spelling_decides() -> None:
    pascal = replace(EXAMPLE, token=expected_token(OPEN_KEY, EXAMPLE, KeySpelling.PASCAL))
    refused = Rejection("110004", "签名验证失败")
    assert verifier().check(pascal, CAMEL) == refused
    assert verifier().check(pascal, (KeySpelling.PASCAL,)) is None
    assert verifier().check(pascal, tuple(KeySpelling)) is None
    assert verifier().check(EXAMPLE, (KeySpelling.PASCAL,)) == refused


@pytest.mark.parametrize("seconds", [-300, 300])
def test_clock_may_be_five_minutes_off(seconds: int) -> None:
    assert verifier(1465185768 + seconds).check(EXAMPLE, CAMEL) is None


@pytest.mark.parametrize("seconds", [-301, 301])
def test_clock_may_not_be_further_off(seconds: int) -> None:
    rejection = verifier(1465185768 + seconds).check(EXAMPLE, CAMEL)
    assert rejection == Rejection("110004", "时间戳已过期")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"open_id": ""}, "公共参数缺失"),
        ({"grant_code": ""}, "公共参数缺失"),
        ({"token": ""}, "公共参数缺失"),
        ({"timestamp": ""}, "公共参数错误"),
        ({"timestamp": "1465185768.5"}, "公共参数错误"),
        ({"nonce": ""}, "公共参数错误"),
        ({"nonce": "0"}, "公共参数错误"),
        ({"nonce": "-5"}, "公共参数错误"),
        ({"nonce": "１"}, "公共参数错误"),
        ({"nonce": "9" * 21}, "公共参数错误"),
        ({"open_id": "somebody"}, "openId无效"),
        ({"grant_code": "else"}, "grantCode无效"),
        ({"nonce": "11887"}, "签名验证失败"),
        ({"timestamp": "1465185769"}, "签名验证失败"),
        ({"token": "cFw0t9IuvL9jVo9qAzk0qMcw5BM="}, "签名验证失败"),
        ({"token": "cFw0t9IuvL9jVo9qAzk0qMcw5BM%3d"}, "签名验证失败"),
        ({"token": "签名"}, "签名验证失败"),
    ],
)
def test_refusals(changes: dict[str, str], message: str) -> None:
    rejection = verifier().check(replace(EXAMPLE, **changes), CAMEL)
    assert rejection == Rejection("110004", message)


def test_replay_is_refused() -> None:
    one = verifier()
    assert one.check(EXAMPLE, CAMEL) is None
    assert one.check(EXAMPLE, CAMEL) == Rejection("110007", "重复请求")


def test_a_refused_request_does_not_use_up_its_nonce() -> None:
    one = verifier()
    assert one.check(replace(EXAMPLE, token="guess"), CAMEL) is not None
    assert one.check(EXAMPLE, CAMEL) is None


def test_nonces_are_forgotten_when_their_timestamp_cannot_pass_any_more() -> None:
    memory = NonceMemory()
    assert memory.use("1", at=0)
    assert not memory.use("1", at=600)
    assert memory.use("1", at=601)


def test_memory_of_nonces_is_bounded() -> None:
    memory = NonceMemory(capacity=3)
    assert all(memory.use(str(number), at=0) for number in range(10))
    assert len(memory) == 3
    assert not memory.use("9", at=0)


@pytest.mark.parametrize(
    ("spelling", "body"),
    [
        (KeySpelling.PASCAL, {"OpenId": "o", "GrantCode": "g", "Timestamp": 9, "Nonce": 7}),
        (KeySpelling.CAMEL, {"openId": " o ", "grantCode": "g", "timestamp": "9", "nonce": "7"}),
    ],
)
def test_fields_are_read_as_text_or_number(spelling: KeySpelling, body: dict[str, object]) -> None:
    assert PublicFields.from_body(body, spelling) == PublicFields("o", "g", "9", "7", "")


@pytest.mark.parametrize("value", [None, True, 1.5, [], {}])
def test_other_types_count_as_missing(value: object) -> None:
    assert PublicFields.from_body({"openId": value}, KeySpelling.CAMEL).open_id == ""
