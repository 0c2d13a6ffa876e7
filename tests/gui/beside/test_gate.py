"""Who may ask over HTTP: property of the gate, whatever the headers."""

from __future__ import annotations

from http import HTTPStatus

from hypothesis import given
from hypothesis import strategies as st

from posmember.ui.beside.http.gate import Gate

TOKEN = "EXAMPLE_token"
GATE = Gate(8765, TOKEN, ("https://pos.example.com",))
HOST = (b"Host", b"127.0.0.1:8765")
BEARER = (b"Authorization", b"Bearer " + TOKEN.encode())
JSON = (b"Content-Type", b"application/json; charset=utf-8")
ORIGIN = (b"Origin", b"https://pos.example.com")


def status(*headers: tuple[bytes, bytes], method: bytes = b"POST") -> HTTPStatus:
    return GATE.check(method, b"/v1/lookup", headers)[0]


def test_who_is_let_in() -> None:
    assert status(HOST, BEARER, JSON) is HTTPStatus.OK
    assert status((b"host", b"LOCALHOST:8765"), BEARER, JSON) is HTTPStatus.OK
    assert status(HOST, BEARER, JSON, ORIGIN) is HTTPStatus.OK
    assert status(HOST, ORIGIN, method=b"OPTIONS") is HTTPStatus.NO_CONTENT
    assert status(HOST, method=b"OPTIONS") is HTTPStatus.METHOD_NOT_ALLOWED


def test_each_twice_is_none() -> None:
    for header, why in (
        (HOST, HTTPStatus.MISDIRECTED_REQUEST),
        (BEARER, HTTPStatus.UNAUTHORIZED),
        (ORIGIN, HTTPStatus.FORBIDDEN),
        (JSON, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    ):
        assert status(HOST, BEARER, JSON, ORIGIN, header) is why


def test_without_a_token_nobody() -> None:
    gate = Gate(8765, "")
    headers = [HOST, (b"Authorization", b"Bearer "), JSON]
    assert gate.check(b"POST", b"/v1/lookup", headers)[0] is HTTPStatus.UNAUTHORIZED


@given(st.binary(max_size=40), st.sampled_from([b"Origin", b"Host", b"Authorization"]))
def test_another_value_never_is(value: bytes, name: bytes) -> None:
    usual = {b"Host": HOST[1], b"Authorization": BEARER[1], b"Origin": ORIGIN[1]}
    if value.strip().lower() in {usual[name].lower(), b"localhost:8765"}:
        return
    headers = [*({**usual, name: value}).items(), JSON]
    answer, more = GATE.check(b"POST", b"/v1/lookup", headers)
    assert answer is not HTTPStatus.OK
    allowed = dict(more).get("Access-Control-Allow-Origin")
    assert allowed in (None, "https://pos.example.com")
