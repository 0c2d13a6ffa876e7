"""Keys, tokens, nonces and a member's values: in no repr, no exception and no log record."""

from __future__ import annotations

import logging
from collections.abc import Awaitable

import httpx
import pytest

from posmember.api.http.client import HttpClient
from posmember.api.wechat.access import from_text, to_text
from posmember.api.wechat.gate import Access
from posmember.domain.wechat.card import FormField
from posmember.domain.wechat.change import CardChange
from posmember.errors import ApiError
from tests.fakes.network import Step
from tests.fakes.wechat import (
    CODE,
    OPENID,
    PHONE,
    SUBJECT,
    TOKEN,
    WHOSE,
    Till,
    answer,
    merchant_access,
    pair,
    private_key,
    refusal,
    relay_access,
    unsigned,
)

NAME, SPORT, ATTACH = "王小明", "游泳", "自定义数据说明"
CHANGE = CardChange(
    phone=PHONE,
    common_fields=((FormField.NAME, NAME),),
    custom_fields=(("喜欢的运动", (SPORT,)),),
    attach=ATTACH,
)
PERSONAL = (PHONE, NAME, SPORT, ATTACH, CODE, OPENID)
KEY_LINES = tuple(private_key("merchant").pem().splitlines()[1:-1])


def card(gate: str) -> dict[str, object]:
    """An answer that holds everything that is to stay hidden."""
    conceal = (lambda value: value) if gate == "relay" else pair("merchant").encrypt
    return {
        **WHOSE,
        "phone_number": conceal(PHONE),
        "user_information": {
            "common_field_list": [{"name": "USER_FORM_FLAG_NAME", "value": conceal(NAME)}],
            "custom_field_list": [{"name": "运动", "user_chosen_values": [conceal(SPORT)]}],
        },
        "attach": ATTACH,
    }


def steps(gate: str) -> dict[str, list[Step]]:
    words = refusal("PARAM_ERROR", f"{PHONE} {CODE} {OPENID}")
    return {
        "found": [answer(card(gate))],
        "another card": [answer({**card(gate), "user_card_code": "1"})],
        "undecryptable": [answer({**card(gate), "phone_number": PHONE})],
        "refused": [answer(words, 400)],
        "not signed": [unsigned(400, words)],
        "refused unread": [answer(card(gate), key="stranger")],
        "unknown key": [answer(card(gate), key="stranger", key_id="K1")],
        "signature refused": [unsigned(401, words)],
        "limited": [unsigned(429, words, retry_after="60")],
        "failed": [unsigned(500, words)],
        "junk": [answer(f"{PHONE} {CODE} {OPENID} {TOKEN}".encode())],
        "cut": [httpx.ReadError(f"{PHONE} {CODE}")] * 3,
        "tried again": [unsigned(429, words), answer(card(gate))],
    }


OUTCOMES = tuple(steps("merchant"))
pytestmark = pytest.mark.usefixtures("delays")


@pytest.fixture(autouse=True)
def loud(caplog: pytest.LogCaptureFixture) -> None:
    """Every record there is; httpx, which logs addresses, is muted as `log` does it."""
    caplog.set_level(logging.WARNING, logger="httpx")
    caplog.set_level(logging.DEBUG)


def secrets_of(till: Till) -> list[str]:
    """What must not be found anywhere after calls of a till."""
    sent = [value for request in till.requests for value in request.headers.values()]
    hidden = [value for value in sent if "Bearer" in value or "WECHATPAY2" in value]
    assert hidden
    nonces = [header["nonce"] for header in till.signed] if "WECHATPAY2" in hidden[0] else []
    signatures = [header.split('signature="')[-1].split('"')[0] for header in hidden]
    return [*hidden, *nonces, *signatures, TOKEN, *KEY_LINES, *PERSONAL]


def told_by(error: ApiError) -> str:
    """All that an exception says."""
    return " ".join([str(error), repr(error), *(str(value) for value in vars(error).values())])


async def outcome_of(call: Awaitable[object]) -> str:
    """What a call gives back, or what its error says."""
    try:
        return repr(await call)
    except ApiError as error:
        return told_by(error)


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("gate", ["merchant", "relay"])
@pytest.mark.parametrize("operation", ["query", "change"])
async def test_no_outcome_leaves_a_trace(
    operation: str, gate: str, outcome: str, caplog: pytest.LogCaptureFixture
) -> None:
    access: Access = merchant_access() if gate == "merchant" else relay_access()
    till = Till(*steps(gate)[outcome], access=access)
    if operation == "query":
        said = await outcome_of(till.cards.get(SUBJECT))
    else:
        said = await outcome_of(till.cards.modify(SUBJECT, CHANGE))
    await till.transport.aclose()
    assert f"wechat_card_{'get' if operation == 'query' else 'set'}" in said + caplog.text
    for secret in secrets_of(till):
        assert secret not in said
        assert secret not in caplog.text


async def test_the_log_does_say_what_was_called_and_how_it_went(
    caplog: pytest.LogCaptureFixture,
) -> None:
    await Till(answer(card("merchant"), headers={"Request-ID": "08F-17"})).cards.get(SUBJECT)
    assert "wechat_card_get: HTTP 200 in " in caplog.text
    assert "08F-17" in caplog.text


def test_no_repr_shows_a_secret() -> None:
    for access in (merchant_access(), relay_access()):
        till = Till(access=access)
        things = (access, till.gate, till.transport, till.cards, SUBJECT, CHANGE, private_key("x"))
        for secret in (TOKEN, *KEY_LINES, *PERSONAL):
            assert secret not in "".join(map(repr, things))


def test_a_kept_access_shows_its_secrets_to_no_repr() -> None:
    for access in (merchant_access(), relay_access()):
        shown = repr(from_text(to_text(access)))
        assert not any(secret in shown for secret in (TOKEN, *KEY_LINES))


def test_a_client_shows_no_header() -> None:
    client = HttpClient(
        "https://wechat.invalid", timeout_s=1, headers={"Authorization": f"Bearer {TOKEN}"}
    )
    assert TOKEN not in repr(client)
