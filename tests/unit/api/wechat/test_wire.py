"""WeChat Pay's requests and answers as bytes: one table by function."""

from __future__ import annotations

import json

import httpx
import pytest

from posmember.api.wechat.wire import (
    CARDS_PATH,
    answer_text,
    authorization,
    body,
    read_answer,
    request_text,
    target,
)
from posmember.errors import (
    ApiBusinessError,
    ApiError,
    ApiResponseError,
    ApiStatusError,
    CardNotFoundError,
    NotAllowedError,
    RateLimitedError,
    SignatureRejectedError,
)
from tests.fakes.wechat import API, refusal

USER_CARDS = "/v3/brand/partner/card-member/user-cards/"

# --- requests ------------------------------------------------------------------------------------

CODES = [
    ("478515832665", "478515832665"),
    ("a/b", "a%2Fb"),
    ("/", "%2F"),
    ("../../x", "..%2F..%2Fx"),
    ("a?b=c", "a%3Fb%3Dc"),
    ("a#b", "a%23b"),
    ("%2e%2e", "%252e%252e"),
    ("%", "%25"),
    ("...", "..."),
    (".a", ".a"),
    ("a&b+c", "a%26b%2Bc"),
    ("a;b:c@d", "a%3Bb%3Ac%40d"),
    ("\\", "%5C"),
    ('"', "%22"),
    ("~a-b_c.d", "~a-b_c.d"),
]


@pytest.mark.parametrize(("code", "quoted"), CODES)
def test_nothing_of_a_code_is_more_than_one_part_of_the_path(code: str, quoted: str) -> None:
    made = target(code, {"brand_id": "1004"})
    assert made == f"{USER_CARDS}{quoted}?brand_id=1004"
    assert httpx.URL(f"https://wechat.invalid{made}").raw_path.decode() == made


@pytest.mark.parametrize("code", ["", ".", "..", " ", "a b", "a\n", "卡\r\n", "\x7f", "x" * 33])
def test_what_is_no_code_is_no_part_of_a_path(code: str) -> None:
    with pytest.raises(ValueError, match=r"^not a card's code$"):
        target(code, {"brand_id": "1004"})


def test_a_query_keeps_its_order_and_is_quoted() -> None:
    made = target("1", {"brand_id": "1004", "card_id": "a&b=c d/?#%+", "openid": "o_-~."})
    assert made == f"{USER_CARDS}1?brand_id=1004&card_id=a%26b%3Dc%20d%2F%3F%23%25%2B&openid=o_-~."
    assert CARDS_PATH == USER_CARDS


def test_a_body_is_short_and_its_chinese_is_utf8() -> None:
    assert body({"brand_id": "1004", "level": "钻石", "n": [1, {"a": "/"}]}) == (
        '{"brand_id":"1004","level":"钻石","n":[1,{"a":"/"}]}'.encode()
    )


def test_the_five_lines_of_a_request() -> None:
    made = request_text("PATCH", "/v3/x?card_id=1", 1795233600, "n0", "{好}".encode())
    assert made == "PATCH\n/v3/x?card_id=1\n1795233600\nn0\n{好}\n".encode()


def test_a_request_without_a_body_has_an_empty_fifth_line() -> None:
    assert request_text("GET", "/v3/x", 1, "n", b"") == b"GET\n/v3/x\n1\nn\n\n"


def test_the_three_lines_of_an_answer() -> None:
    assert answer_text("1795233600", "n0", b'{"a":1}') == b'1795233600\nn0\n{"a":1}\n'
    assert answer_text("1", "n", b"") == b"1\nn\n\n"
    assert answer_text("1", "n", b"\xff\r\n") == b"1\nn\n\xff\r\n\n"


def test_the_header_is_the_documented_one() -> None:
    assert authorization("1900000001", "5157F0", 1795233600, "n0", "c2ln+/==") == (
        'WECHATPAY2-SHA256-RSA2048 mchid="1900000001",nonce_str="n0",signature="c2ln+/==",'
        'timestamp="1795233600",serial_no="5157F0"'
    )


# --- answers -------------------------------------------------------------------------------------


def read(status: int, content: bytes = b"", *, trusted: bool = True, **headers: str) -> object:
    names = httpx.Headers({name.replace("_", "-"): value for name, value in headers.items()})
    return read_answer(API, status, names, content, trusted=trusted)


def error_of(
    status: int, content: object = b"", *, trusted: bool = True, **headers: str
) -> ApiError:
    sent = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(ApiError) as caught:
        read(status, sent, trusted=trusted, **headers)
    assert caught.value.api == API
    return caught.value


@pytest.mark.parametrize(
    ("status", "content", "expected"),
    [
        (200, b'{"a": 1}', {"a": 1}),
        (200, b"", {}),
        (200, b" \r\n", {}),
        (200, b"{}", {}),
        (204, b"", {}),
        (204, b"junk", {}),
    ],
)
def test_an_answer_with_and_without_a_body(status: int, content: bytes, expected: object) -> None:
    assert read(status, content) == expected


@pytest.mark.parametrize(
    "content",
    [b"<html>", b"[]", b"null", b'"x"', b"{", b"\xff", b"[" * 100_000, b'{"a":' * 70 + b"1" * 5000],
    ids=["html", "list", "null", "text", "cut", "not utf-8", "deep", "long number"],
)
def test_a_body_that_is_no_object(content: bytes) -> None:
    error = error_of(200, content, request_id="r-1")
    assert isinstance(error, ApiResponseError)
    assert (error.path, error.request_id) == ("$", "r-1")


def test_an_object_that_is_nested_too_deep() -> None:
    error = error_of(200, b'{"a":' * 65 + b"{}" + b"}" * 65)
    assert isinstance(error, ApiResponseError)
    assert str(error) == "nested too deep"


REFUSALS: list[tuple[int, str, type[ApiError]]] = [
    (400, "PARAM_ERROR", ApiBusinessError),
    (400, "INVALID_REQUEST", ApiBusinessError),
    (400, "SOMETHING_NEW", ApiBusinessError),
    (400, "", ApiBusinessError),
    (401, "SIGN_ERROR", SignatureRejectedError),
    (401, "", SignatureRejectedError),
    (403, "NO_AUTH", NotAllowedError),
    (403, "", NotAllowedError),
    (404, "NOT_FOUND", CardNotFoundError),
    (404, "RESOURCE_NOT_EXISTS", CardNotFoundError),
    (404, "", CardNotFoundError),
    (400, "RESOURCE_NOT_EXISTS", CardNotFoundError),
    (400, "NO_AUTH", NotAllowedError),
    (400, "SIGN_ERROR", SignatureRejectedError),
    (404, "PARAM_ERROR", ApiBusinessError),
    (409, "", ApiBusinessError),
    (499, "", ApiBusinessError),
    (429, "RATELIMIT_EXCEEDED", RateLimitedError),
    (429, "PARAM_ERROR", RateLimitedError),
    (429, "", RateLimitedError),
    (500, "SYSTEM_ERROR", ApiStatusError),
    (500, "NO_AUTH", ApiStatusError),
    (502, "", ApiStatusError),
    (503, "", ApiStatusError),
    (599, "", ApiStatusError),
    (100, "", ApiStatusError),
    (201, "", ApiStatusError),
    (202, "", ApiStatusError),
    (302, "", ApiStatusError),
    (304, "", ApiStatusError),
]


@pytest.mark.parametrize("trusted", [True, False], ids=["trusted", "untrusted"])
@pytest.mark.parametrize(("status", "code", "kind"), REFUSALS)
def test_every_refusal_has_its_error(
    status: int, code: str, kind: type[ApiError], trusted: bool
) -> None:
    error = error_of(status, refusal(code), trusted=trusted, request_id="r-2")
    if not code and not trusted and 400 <= status < 500 and status != 429:
        kind = ApiStatusError  # a page of what stands between, which knows nothing
    assert type(error) is kind
    assert (error.code, error.request_id) == (code or str(status), "r-2")
    if isinstance(error, ApiStatusError):
        assert error.status == status


def test_words_are_the_platforms_only_if_the_answer_is() -> None:
    said = refusal("PARAM_ERROR", "card_id 不存在")
    assert error_of(400, said).platform_message == "card_id 不存在"
    assert error_of(400, said, trusted=False).platform_message == ""
    assert error_of(429, said).platform_message == "card_id 不存在"
    assert error_of(429, said, trusted=False).platform_message == ""


def test_words_are_short_and_hold_no_number_of_a_person() -> None:
    words = error_of(400, refusal("PARAM_ERROR", "用户 13800000001 无卡\n" + "长" * 300))
    assert "138" not in words.platform_message
    assert "\n" not in words.platform_message
    assert len(words.platform_message) == 120


def test_no_words_are_in_an_errors_own_text() -> None:
    error = error_of(400, refusal("PARAM_ERROR", "机密"))
    assert str(error) == "refused with HTTP 400 PARAM_ERROR"
    assert str(error_of(404)) == "refused with HTTP 404"


@pytest.mark.parametrize("trusted", [True, False], ids=["trusted", "untrusted"])
@pytest.mark.parametrize(
    "code",
    [
        "param_error",
        "PARAM ERROR",
        "PARAM_ERROR\n",
        "_PARAM",
        "9_PARAM",
        "A" * 65,
        "参数",
        "<script>",
        13800000001,
        None,
        True,
        ["PARAM_ERROR"],
        {"code": "PARAM_ERROR"},
    ],
)
def test_a_code_of_another_form_is_none(code: object, trusted: bool) -> None:
    error = error_of(400, {"code": code, "message": "x"}, trusted=trusted)
    assert type(error) is (ApiBusinessError if trusted else ApiStatusError)
    assert error.code == "400"


def test_the_longest_code_is_kept() -> None:
    assert error_of(400, {"code": "A" * 64}).code == "A" * 64


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"[]", b"null", b"7", b'{"message": 7}', b"\xff\xfe", b"[" * 100_000],
    ids=["nothing", "html", "list", "null", "number", "odd", "not utf-8", "deep"],
)
def test_a_refusal_without_a_readable_body_is_told_by_its_status(content: bytes) -> None:
    error = error_of(403, content)
    assert type(error) is NotAllowedError
    assert (error.code, error.platform_message) == ("403", "")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("1", 1.0), ("0", 0.0), (" 2 ", 2.0), ("", None), ("soon", None), ("-1", None), ("1.5", None)],
)
def test_how_long_a_limit_asks_to_wait(header: str, seconds: float | None) -> None:
    error = error_of(429, retry_after=header)
    assert isinstance(error, RateLimitedError)
    assert error.retry_after == seconds


def test_a_limit_that_does_not_say_how_long() -> None:
    error = error_of(429)
    assert isinstance(error, RateLimitedError)
    assert error.retry_after is None
