"""Requests as bytes: nothing but the documented fields, signed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from posmember.api.qimai.signing import SignKeys, public_fields, token
from posmember.api.qimai.wire import Credentials, v2_body, v3_body

WHO = Credentials("d14c1559e87b747d577c834b275a4310", "ba67d4fa46", "open-key-of-nobody")
PARAMS = {"identifierNumber": "qm0000001", "type": "1"}
STAMP: dict[str, int] = {"timestamp": 1465185768, "nonce": 11886}


def v2(spelling: SignKeys = SignKeys.CAMEL) -> bytes:
    return v2_body(WHO, spelling, "communal.user.identity", PARAMS, **STAMP)


def signature(spelling: SignKeys) -> str:
    return token(
        WHO.open_key, public_fields(WHO.open_id, WHO.grant_code, **STAMP, spelling=spelling)
    )


@pytest.mark.parametrize("spelling", SignKeys)
def test_v2(spelling: SignKeys) -> None:
    assert json.loads(v2(spelling)) == {
        "OpenId": "d14c1559e87b747d577c834b275a4310",
        "GrantCode": "ba67d4fa46",
        "Timestamp": "1465185768",
        "Nonce": "11886",
        "Token": signature(spelling),
        "Action": "communal.user.identity",
        "Params": PARAMS,
    }


def test_v3() -> None:
    body = v3_body(WHO, {"user_id": "1", "needCycleCard": "0"}, **STAMP)
    assert json.loads(body) == {
        "openId": "d14c1559e87b747d577c834b275a4310",
        "grantCode": "ba67d4fa46",
        "timestamp": "1465185768",
        "nonce": "11886",
        "token": signature(SignKeys.CAMEL),
        "params": {"user_id": "1", "needCycleCard": "0"},
    }


def test_the_bytes_are_compact_utf8_and_always_the_same() -> None:
    body = v3_body(WHO, {"user_id": "会员"}, **STAMP)
    assert body == v3_body(WHO, {"user_id": "会员"}, **STAMP)
    assert '"params":{"user_id":"会员"}'.encode() in body
    assert b", " not in body


def test_the_open_key_is_never_sent() -> None:
    for body in (v2(), v3_body(WHO, PARAMS, **STAMP)):
        assert WHO.open_key.encode() not in body
    assert WHO.open_key not in repr(WHO)


@pytest.mark.parametrize("changed", [{"timestamp": 1}, {"nonce": 1}], ids=str)
def test_every_request_has_its_own_token(changed: dict[str, Any]) -> None:
    assert v3_body(WHO, {}, **STAMP) != v3_body(WHO, {}, **{**STAMP, **changed})
    first, second = (
        json.loads(v3_body(WHO, {}, **stamp))["token"] for stamp in (STAMP, {**STAMP, **changed})
    )
    assert first != second
