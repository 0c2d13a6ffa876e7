"""Answers as bytes: the envelope in every form, every refusal, every kind of junk."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from posmember.api.answers import MAX_DEPTH, request_id
from posmember.api.qimai.wire import read_answer
from posmember.errors import (
    ApiBusinessError,
    ApiError,
    ApiResponseError,
    ApiStatusError,
    MemberNotFoundError,
    RateLimitedError,
    SignatureRejectedError,
)


def answer(body: bytes | dict[str, Any], status: int = 200, **headers: str) -> object:
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return read_answer("identity", status, names, sent)


def error_of(body: bytes | dict[str, Any], status: int = 200, **headers: str) -> ApiError:
    with pytest.raises(ApiError) as caught:
        answer(body, status, **headers)
    assert caught.value.api == "identity"
    return caught.value


@pytest.mark.parametrize("code", [0, "0", " 0 "], ids=repr)
@pytest.mark.parametrize("status", [True, "true", "True", " TRUE ", 1, "1"], ids=repr)
def test_success(status: object, code: object) -> None:
    assert answer({"status": status, "code": code, "message": "", "data": [1]}) == [1]
    assert answer({"status": status, "code": code}) is None


@pytest.mark.parametrize("code", [1, "1", "", "00", -1, "0x", "110", "E0"], ids=repr)
@pytest.mark.parametrize("status", [True, "true", 1, "1"], ids=repr)
def test_another_code_is_a_refusal(status: object, code: object) -> None:
    error = error_of({"status": status, "code": code, "message": "不行", "data": {"a": 1}})
    assert type(error) is ApiBusinessError
    assert error.code == str(code).strip()
    assert error.platform_message == "不行"


@pytest.mark.parametrize("code", [0, "0", 500], ids=repr)
@pytest.mark.parametrize("status", [False, "false", "FALSE", 0, "0"], ids=repr)
def test_a_false_status_is_the_platforms_failure(status: object, code: object) -> None:
    error = error_of({"status": status, "code": code, "message": "会员信息不存在"})
    assert type(error) is ApiBusinessError


def test_a_false_status_without_a_code_is_the_platforms_failure() -> None:
    error = error_of({"status": False, "message": "系统错误"})
    assert type(error) is ApiBusinessError
    assert (error.code, error.platform_message) == ("", "系统错误")


@pytest.mark.parametrize("status", [None, "", "ok", 2, "2", -1, [], {}, [True], 1.5], ids=repr)
def test_a_status_that_is_none(status: object) -> None:
    error = error_of({"status": status, "code": 0, "data": 1})
    assert isinstance(error, ApiResponseError)
    assert error.path == "$.status"


@pytest.mark.parametrize("code", [None, True, False, [], {}, 0.0, 1.5], ids=repr)
def test_a_code_that_is_none(code: object) -> None:
    error = error_of({"status": True, "code": code, "data": 1})
    assert isinstance(error, ApiResponseError)
    assert error.path == "$.code"


def test_missing_keys() -> None:
    assert isinstance(error_of({"code": 0, "data": 1}), ApiResponseError)
    assert isinstance(error_of({"status": True, "data": 1}), ApiResponseError)


S, R, N, B = SignatureRejectedError, RateLimitedError, MemberNotFoundError, ApiBusinessError
REFUSALS: list[tuple[str, str, type[ApiError]]] = [
    ("110004", "", S),
    ("110007", "随便", S),
    ("1", "签名验证失败", S),
    ("1", "Token已失效", S),
    ("1", "令牌无效", S),
    ("1", "密钥错误", S),
    ("1", "未授权", S),
    ("1", "OpenId不存在", S),
    ("1", "grantCode不存在", S),
    ("1", "请求过于频繁", R),
    ("1", "已被限流", R),
    ("1", "系统繁忙", R),
    ("1", "会员信息不存在", N),
    ("40004", "查询的信息不存在", N),
    ("1", "门店不存在", B),
    ("1", "店铺不存在", B),
    ("1", "接口不存在", B),
    ("1", "方法不存在", B),
    ("1", "参数错误", B),
    ("1", "", B),
    ("1", "签名繁忙,会员不存在", S),
    ("1", "系统繁忙,会员不存在", R),
    ("110004", "系统繁忙", S),
    ("1100044", "", B),
]


@pytest.mark.parametrize(
    ("code", "message", "kind"), REFUSALS, ids=[f"{code} {words}" for code, words, _ in REFUSALS]
)
def test_refusal(code: str, message: str, kind: type[ApiError]) -> None:
    error = error_of({"status": True, "code": code, "message": message})
    assert type(error) is kind
    assert (error.code, error.platform_message) == (code, message)
    if isinstance(error, RateLimitedError):
        assert error.retry_after is None


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("会员13800000001不存在", "会员…不存在"),
        ("卡号 VIP880001 不存在", "卡号 VIP… 不存在"),
        ("编号12345与1234", "编号…与1234"),
        ("两\n行 \t字", "两 行 字"),
        ("字" * 200, "字" * 120),
        ("a\x1b[31m\x00b\x7f", "a[31mb"),
        ("好\ud800好", "好好"),
        (None, ""),
        (["x"], ""),
        (5, ""),
    ],
    ids=[
        *("phone number", "card number", "four digits stay", "white space", "long"),
        *("control characters", "lone surrogate", "null", "list", "number"),
    ],
)
def test_the_platforms_words(message: object, shown: str) -> None:
    error = error_of({"status": True, "code": 1, "message": message})
    assert error.platform_message == shown
    assert shown == "" or shown not in str(error)
    f"{error.platform_message}{error}{error.code}".encode()


def test_an_odd_code_is_kept_short_and_clean() -> None:
    error = error_of({"status": True, "code": "\ud800\x1b" + "9" * 100, "message": ""})
    assert error.code == "9" * 32
    str(error).encode()


@pytest.mark.parametrize(
    "status", [201, 204, 301, 302, 307, 308, 400, 401, 403, 404, 500, 502, 503, 504]
)
def test_http_status(status: int) -> None:
    error = error_of({"status": True, "code": 0, "data": 1}, status, x_request_id="r1")
    assert isinstance(error, ApiStatusError)
    assert (error.status, error.code, error.request_id) == (status, str(status), "r1")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("1", 1.0),
        (" 30 ", 30.0),
        ("0", 0.0),
        ("9" * 400, float("inf")),
        ("", None),
        ("1.5", None),
        ("-1", None),
        ("soon", None),
        ("²", None),
        ("Sat, 21 Nov 2026 06:03:22 GMT", None),
    ],
    ids=[
        *("a second", "spaces", "at once", "for ever", "empty", "fraction", "negative"),
        *("word", "superscript", "date"),
    ],
)
def test_http_429(header: str, seconds: float | None) -> None:
    error = error_of(b"<html>", 429, retry_after=header, trace_id="t1")
    assert isinstance(error, RateLimitedError)
    assert (error.retry_after, error.code, error.request_id) == (seconds, "429", "t1")


def test_http_429_without_retry_after() -> None:
    error = error_of(b"", 429)
    assert isinstance(error, RateLimitedError)
    assert error.retry_after is None


JUNK = {
    "empty": b"",
    "text": b"OK",
    "html": b"<!DOCTYPE html><html></html>",
    "truncated": b'{"status": true, "code": 0, "data": {"username": "',
    "two objects": b"{}{}",
    "invalid utf-8": b'{"status": true, "code": 0, "data": "\xff\xfe"}',
    "half a character": '{"data": "好'.encode()[:-1],
    "a list": b"[]",
    "null": b"null",
    "a number": b"0",
    "a string": b'"true"',
    "far too deep": b"[" * 100_000,
}


@pytest.mark.parametrize("body", list(JUNK.values()), ids=list(JUNK))
def test_junk(body: bytes) -> None:
    error = error_of(body, x_request_id="r1")
    assert isinstance(error, ApiResponseError)
    assert (error.path, error.request_id) == ("$", "r1")
    assert error.platform_message == ""


def nested(levels: int, *, as_objects: bool) -> bytes:
    """An envelope whose deepest container is on this level; the envelope itself is level 1."""
    inner = levels - 1
    opened, closed = ('{"a":', "}") if as_objects else ("[", "]")
    middle = "0" if as_objects else ""
    data = opened * inner + middle + closed * inner
    return f'{{"status":true,"code":0,"data":{data}}}'.encode()


@pytest.mark.parametrize("as_objects", [True, False], ids=["objects", "lists"])
def test_nesting(as_objects: bool) -> None:
    assert answer(nested(MAX_DEPTH, as_objects=as_objects))
    error = error_of(nested(MAX_DEPTH + 1, as_objects=as_objects))
    assert isinstance(error, ApiResponseError)
    assert error.path == "$"


def data_of(raw: str) -> object:
    return answer(f'{{"status":true,"code":0,"data":{raw}}}'.encode())


@pytest.mark.parametrize(
    ("raw", "data"),
    [
        ("12.30", Decimal("12.30")),
        ("0.1", Decimal("0.1")),
        ("1e5", Decimal("1E+5")),
        ("1e9999999999999999999", "1e9999999999999999999"),
        ("NaN", "NaN"),
        ("-Infinity", "-Infinity"),
        ('"\\ud800"', "\ud800"),
        ('{"a":1,"a":2}', {"a": 2}),
        ("9" * 30, int("9" * 30)),
    ],
    ids=[
        *("decimal", "no binary float", "exponent", "an impossible exponent", "NaN", "Infinity"),
        *("lone surrogate", "the last of two keys", "long integer"),
    ],
)
def test_odd_json(raw: str, data: object) -> None:
    found = data_of(raw)
    assert found == data
    assert type(found) is type(data)


def test_a_byte_order_mark_is_no_part_of_it() -> None:
    assert answer(b"\xef\xbb\xbf" + b'{"status":true,"code":0,"data":1}') == 1


def test_the_last_of_two_envelopes_keys_counts() -> None:
    assert answer(b'{"status":false,"status":true,"code":1,"code":0,"data":1}') == 1


TRACES: list[tuple[object, str]] = [
    ("a1b2", "a1b2"),
    (" a1b2\n", "a1b2"),
    (20261121140322, "20261121140322"),
    ("t" * 500, "t" * 64),
    ("a\x1b[31m\x00b\u202e\ud800", "a[31mb"),
    ("", ""),
    (None, ""),
    (True, ""),
    (1.5, ""),
    ([], ""),
    ({"id": 1}, ""),
]
SPELLINGS = ("traceId", "trace_id", "TraceId", "TRACEID", "trace-id", "requestId", "request_id")
REFUSED: dict[str, Any] = {"status": True, "code": "40001", "message": "参数错误"}


@pytest.mark.parametrize(("told", "rid"), TRACES, ids=[ascii(told)[:30] for told, _ in TRACES])
def test_the_answers_own_trace_id(told: object, rid: str) -> None:
    for name in SPELLINGS:
        assert error_of({**REFUSED, name: told}).request_id == rid


def test_a_trace_id_before_a_request_id_and_a_header_before_both() -> None:
    told = {**REFUSED, "requestId": "r", "traceId": "t"}
    assert error_of(told).request_id == "t"
    assert error_of({**told, "traceId": ""}).request_id == "r"
    assert error_of(told, x_request_id="h").request_id == "h"
    assert error_of(told, x_request_id="\x7f").request_id == "t"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, {"status": False, "code": 500, "message": "系统错误"}),
        (200, {"status": "ok", "code": 0}),
        (200, {"status": True, "code": None}),
        (429, {}),
        (500, {}),
        (403, {"message": "no"}),
    ],
)
def test_every_failure_holds_the_trace_id(status: int, body: dict[str, Any]) -> None:
    assert error_of({**body, "traceId": "t"}, status).request_id == "t"


@pytest.mark.parametrize(
    "body", [b"<html>", b"[1]", b"[" * 60_000, b'"t"', b'{"traceId":"' + b"x" * 70_000 + b'"}']
)
def test_a_page_of_a_gateway_has_no_trace_id(body: bytes) -> None:
    assert error_of(body, 502).request_id == ""


@pytest.mark.parametrize(
    ("headers", "rid"),
    [
        ({}, ""),
        ({"x-request-id": "a", "request-id": "b"}, "a"),
        ({"x-request-id": "", "eagleeye-traceid": "e"}, "e"),
        ({"x-request-id": "r" * 100}, "r" * 64),
    ],
    ids=["none", "the first", "an empty one is none", "a long one"],
)
def test_request_id(headers: dict[str, str], rid: str) -> None:
    assert request_id(headers) == rid


@pytest.mark.parametrize("code", ["Wang Xiaoming", "wang", "VIP880005", "13800000001", "a\nb"])
def test_a_code_that_may_be_anybodys_name_is_in_no_text_for_the_log(code: str) -> None:
    error = error_of({"status": False, "code": code, "message": "x"})
    assert str(error) == "refused"
    assert (
        str(error_of({"status": False, "code": 40004, "message": "x"})) == "refused with code 40004"
    )
