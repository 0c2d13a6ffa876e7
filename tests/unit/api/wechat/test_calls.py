"""Both operations on the wire: what is asked, what is sent, and what is never sent in clear."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import unquote

import pytest

from posmember.api.wechat.card import encode
from posmember.api.wechat.gate import Access
from posmember.domain.values import CHINA
from posmember.domain.wechat.card import CardSubject, FormField, ValidityKind
from posmember.domain.wechat.change import (
    MAX_SECRET_BYTES,
    CardChange,
    CardField,
    NewValidity,
    change_problems,
)
from posmember.errors import ApiResponseError, CardNotFoundError, OtherCardError
from tests.fakes.wechat import (
    BRAND,
    CODE,
    KEY_ID,
    NEXT_KEY_ID,
    OPENID,
    PHONE,
    SUBJECT,
    TEMPLATE,
    TOKEN,
    WHOSE,
    Till,
    answer,
    merchant_access,
    pair,
    public_key,
    refusal,
    relay_access,
    unsigned,
)

BEGIN = datetime(2020, 5, 20, 13, 29, 35, 120_000, tzinfo=CHINA)
END = datetime(2030, 5, 20, 13, 29, 35, tzinfo=CHINA)
WHOLE = CardChange(
    level="钻石会员",
    color="#FFFF00",
    picture_url="https://wxpaylogo.qpic.cn/wxpaylogo/xxxxx/0",
    phone=PHONE,
    validity=NewValidity(ValidityKind.FIXED_RANGE, BEGIN, END),
    picked_up_at=BEGIN,
    common_fields=((FormField.SEX, "女"), (FormField.NAME, "王小明")),
    custom_fields=(("喜欢的运动", ("游泳", "跑步")),),
    attach="自定义数据说明",
)
# The document's keys, typed from it; "<x>" stands for x concealed.
WIRE: dict[str, Any] = {
    "card_color": "#FFFF00",
    "card_picture_url": "https://wxpaylogo.qpic.cn/wxpaylogo/xxxxx/0",
    "phone_number": "<13800000001>",
    "level": "钻石会员",
    "valid_date_information": {
        "type": "FIX_TIME_RANGE",
        "available_begin_time": "2020-05-20T13:29:35+08:00",
        "available_end_time": "2030-05-20T13:29:35+08:00",
    },
    "pickup_time": "2020-05-20T13:29:35+08:00",
    "user_information": {
        "common_field_list": [
            {"name": "USER_FORM_FLAG_SEX", "value": "<女>"},
            {"name": "USER_FORM_FLAG_NAME", "value": "<王小明>"},
        ],
        "custom_field_list": [{"name": "喜欢的运动", "user_chosen_values": ["<游泳>", "<跑步>"]}],
    },
    "attach": "自定义数据说明",
}
FORM = WIRE["user_information"]
ON_THE_WIRE: dict[CardField, dict[str, Any]] = {
    CardField.LEVEL: {"level": WIRE["level"]},
    CardField.COLOR: {"card_color": WIRE["card_color"]},
    CardField.PICTURE_URL: {"card_picture_url": WIRE["card_picture_url"]},
    CardField.PHONE: {"phone_number": WIRE["phone_number"]},
    CardField.VALIDITY: {"valid_date_information": WIRE["valid_date_information"]},
    CardField.PICKED_UP_AT: {"pickup_time": WIRE["pickup_time"]},
    CardField.COMMON_FIELDS: {"user_information": {"common_field_list": FORM["common_field_list"]}},
    CardField.CUSTOM_FIELDS: {"user_information": {"custom_field_list": FORM["custom_field_list"]}},
    CardField.ATTACH: {"attach": WIRE["attach"]},
}


def concealed(value: str) -> str:
    return f"<{value}>"


# --- a change on the wire ------------------------------------------------------------------------


def test_every_documented_field() -> None:
    assert encode(WHOLE, concealed) == WIRE


def wire_of(*names: CardField) -> dict[str, Any]:
    """The body of a change of these fields."""
    content: dict[str, Any] = {}
    for name in names:
        for key, value in ON_THE_WIRE[name].items():
            content[key] = {**content.get(key, {}), **value} if isinstance(value, dict) else value
    return content


@pytest.mark.parametrize("name", CardField)
def test_only_what_is_named_is_sent(name: CardField) -> None:
    others = [other for other in CardField if other is not name]
    assert encode(WHOLE.without(others), concealed) == ON_THE_WIRE[name]
    assert encode(WHOLE.without([name]), concealed) == wire_of(*others)


def test_nothing_named_is_nothing_sent() -> None:
    assert encode(CardChange(), concealed) == {}


@pytest.mark.parametrize(
    ("validity", "sent"),
    [
        (NewValidity(ValidityKind.PERMANENT), {"type": "PERMANENT"}),
        (
            NewValidity(ValidityKind.FIXED_TERM, days=30),
            {"type": "FIX_TERM", "available_day_after_receive": 30},
        ),
        (
            NewValidity(ValidityKind.FIXED_RANGE, BEGIN, END),
            {
                "type": "FIX_TIME_RANGE",
                "available_begin_time": "2020-05-20T13:29:35+08:00",
                "available_end_time": "2030-05-20T13:29:35+08:00",
            },
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, NewValidity) else "",
)
def test_every_kind_of_validity_and_only_what_belongs_to_it(
    validity: NewValidity, sent: object
) -> None:
    more = NewValidity(
        validity.kind, validity.begin or END, validity.end or BEGIN, validity.days or 200
    )
    for asked in (validity, more):
        assert encode(CardChange(validity=asked), concealed) == {"valid_date_information": sent}


@pytest.mark.parametrize("name", FormField)
def test_every_field_of_the_platforms_form(name: FormField) -> None:
    found: Any = encode(CardChange(common_fields=((name, "x"),)), concealed)
    (row,) = found["user_information"]["common_field_list"]
    assert row == {"name": f"USER_FORM_FLAG_{name.value.upper()}", "value": "<x>"}


NEW_YORK = timezone(timedelta(hours=-5))


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2026, 11, 21, 4, 0, 5, tzinfo=UTC), "2026-11-21T12:00:05+08:00"),
        (datetime(2026, 11, 20, 23, 0, 5, tzinfo=NEW_YORK), "2026-11-21T12:00:05+08:00"),
        (datetime(2026, 11, 21, 12, 0, 5, 999_999, tzinfo=CHINA), "2026-11-21T12:00:05+08:00"),
        (datetime(2026, 12, 31, 16, tzinfo=UTC), "2027-01-01T00:00:00+08:00"),
    ],
    ids=str,
)
def test_a_time_is_sent_in_chinas_zone(at: datetime, text: str) -> None:
    assert encode(CardChange(picked_up_at=at), concealed) == {"pickup_time": text}


# --- the query -----------------------------------------------------------------------------------


def card(code: str = CODE) -> dict[str, object]:
    return {**WHOSE, "user_card_code": code, "level": "金卡"}


async def test_a_query_asks_as_the_document_does() -> None:
    till = Till(answer(card()))
    found = await till.cards.get(SUBJECT)
    assert (found.value.level, found.unreadable) == ("金卡", ())
    (request,) = till.requests
    assert (request.method, request.content) == ("GET", b"")
    assert request.url.raw_path.decode() == (
        "/v3/brand/partner/card-member/user-cards/478515832665"
        "?brand_id=1004&card_id=pbLatjvWOibDc5-TBnbUk1pD12o0&openid=obLatjnx9gnqzS4myYGmLZ7LgLBA"
    )


CARDS = "/v3/brand/partner/card-member/user-cards/"
HOSTILE = [
    *("a/b", "a?b", "a#b", "../a", "a/..", "%2e%2e", "%", "a%2Fb", "a&b=c", "a;b", "a:b@c"),
    *('"', "'", "\\", "+", "..."),
]


@pytest.mark.parametrize("code", HOSTILE)
@pytest.mark.parametrize("operation", ["query", "change"])
async def test_a_hostile_code_stays_one_part_of_the_path(operation: str, code: str) -> None:
    """As it is sent and as it is signed: a server that decodes the part has the code again."""
    till = Till(answer(card(code)))
    subject = CardSubject(code, OPENID)
    if operation == "query":
        assert (await till.cards.get(subject)).value.code == code
    else:
        await till.cards.modify(subject, CardChange(level="金卡"))
    (request,), (header,) = till.requests, till.signed
    target = request.url.raw_path.decode()
    path, _, query = target.partition("?")
    assert path.count("/") == CARDS.count("/")
    assert unquote(path.removeprefix(CARDS)) == code
    assert query.startswith("brand_id=" if operation == "query" else "card_id=")
    text = f"{request.method}\n{target}\n{header['timestamp']}\n{header['nonce']}\n".encode()
    assert header["signature"] == pair("merchant").sign(text + request.content + b"\n")


@pytest.mark.parametrize("code", ["", ".", "..", "a b", "a\n", "卡", "x" * 33])
async def test_nothing_is_asked_of_what_is_no_code(code: str) -> None:
    till, subject = Till(), CardSubject(code, OPENID)
    with pytest.raises(ValueError, match=r"^not a card's code$"):
        await till.cards.get(subject)
    with pytest.raises(ValueError, match=r"^not a card's code$"):
        await till.cards.modify(subject, CardChange(level="金卡"))
    assert till.requests == []


ACCESSES = pytest.mark.parametrize(
    "access", [merchant_access(), relay_access()], ids=["merchant", "relay"]
)


@ACCESSES
@pytest.mark.parametrize(
    ("name", "found"),
    [
        *(("user_card_code", code) for code in ("47851583266", "4785158326655", "X", CODE[::-1])),
        *(("openid", openid) for openid in (OPENID[:-1], OPENID.lower(), OPENID + "a", 7)),
        *(("card_id", template) for template in (TEMPLATE[:-1], TEMPLATE.upper(), "p1")),
        *(("brand_id", brand) for brand in (1005, "10040", "004")),
    ],
)
async def test_another_cards_answer_is_refused(access: Access, name: str, found: object) -> None:
    till = Till(answer({**card(), name: found}), access=access)
    with pytest.raises(OtherCardError, match=name) as caught:
        await till.cards.get(SUBJECT)
    assert caught.value.api == "wechat_card_get"
    assert not any(value in f"{caught.value!r}" for value in (CODE, OPENID, str(found)))


@ACCESSES
@pytest.mark.parametrize("name", WHOSE)
@pytest.mark.parametrize("found", ["", "  ", None, [], {}, [1], True])
async def test_an_answer_that_does_not_say_whose_it_is_is_refused(
    access: Access, name: str, found: object
) -> None:
    till = Till(answer({**card(), name: found}), access=access)
    with pytest.raises(ApiResponseError) as caught:
        await till.cards.get(SUBJECT)
    assert (caught.value.path, caught.value.api) == (f"$.{name}", "wechat_card_get")


@ACCESSES
async def test_a_brand_may_come_as_a_number(access: Access) -> None:
    till = Till(answer({**card(), "brand_id": int(BRAND)}), access=access)
    assert (await till.cards.get(SUBJECT)).value.brand_id == BRAND


@pytest.mark.parametrize("openid", [OPENID, "o-of-somebody", None])
async def test_an_openid_that_the_relay_fills_in_is_not_asked_for(openid: str | None) -> None:
    till = Till(answer({**card(), "openid": openid}), access=relay_access())
    assert (await till.cards.get(CardSubject(CODE, ""))).value.level == "金卡"


async def test_an_answer_without_a_body_is_no_card() -> None:
    with pytest.raises(ApiResponseError):
        await Till(answer(b"", 204)).cards.get(SUBJECT)


async def test_no_such_card() -> None:
    with pytest.raises(CardNotFoundError) as caught:
        await Till(unsigned(404, refusal("RESOURCE_NOT_EXISTS"))).cards.get(SUBJECT)
    assert caught.value.api == "wechat_card_get"


# --- the change ----------------------------------------------------------------------------------


def decrypted(value: Any, key: str) -> Any:
    """A body with its encrypted values as "<x>"."""
    match value:
        case dict():
            return {name: decrypted(item, key) for name, item in value.items()}
        case list():
            return [decrypted(item, key) for item in value]
        case str() if len(value) == 344:
            return f"<{pair(key).decrypt(value)}>"
    return value


@pytest.mark.parametrize(("key_id", "key"), [(KEY_ID, "platform"), (NEXT_KEY_ID, "next")])
async def test_a_change_is_sent_encrypted_for_the_key_it_names(key_id: str, key: str) -> None:
    access = merchant_access(public_keys={key_id: public_key(key)})
    till = Till(answer(card(), key=key, key_id=key_id), access=access)
    await till.cards.modify(SUBJECT, WHOLE)
    (request,) = till.requests
    assert request.method == "PATCH"
    assert request.headers["wechatpay-serial"] == key_id
    assert request.url.raw_path.decode() == (
        "/v3/brand/partner/card-member/user-cards/478515832665?card_id=pbLatjvWOibDc5-TBnbUk1pD12o0"
    )
    sent = json.loads(request.content)
    assert decrypted(sent, key) == {"brand_id": "1004", "openid": OPENID, **WIRE}


async def test_sensitive_values_are_never_in_clear_in_a_body() -> None:
    till = Till(answer(card()))
    await till.cards.modify(SUBJECT, WHOLE)
    content = till.requests[0].content.decode()
    for value in (PHONE, "女", "王小明", "游泳", "跑步"):
        assert value not in content
        assert json.dumps(value).strip('"') not in content
    assert "喜欢的运动" in content


@pytest.mark.parametrize("value", ["好" * 71, "好" * 71 + "x", "x" * MAX_SECRET_BYTES])
async def test_the_longest_answers_to_a_form_can_be_encrypted(value: str) -> None:
    change = CardChange(
        common_fields=((FormField.ADDRESS, value),), custom_fields=(("住址", (value, value)),)
    )
    assert change_problems(change) == ()
    till = Till(answer(card()))
    await till.cards.modify(SUBJECT, change)
    form = decrypted(json.loads(till.requests[0].content), "platform")["user_information"]
    assert form["common_field_list"][0]["value"] == f"<{value}>"
    assert form["custom_field_list"][0]["user_chosen_values"] == [f"<{value}>"] * 2


@pytest.mark.usefixtures("delays")
async def test_a_retried_change_is_the_same_change() -> None:
    till = Till(answer(refusal("RATELIMIT_EXCEEDED"), 429), answer(card()))
    await till.cards.modify(SUBJECT, WHOLE)
    first, second = (request.content for request in till.requests)
    assert first == second


async def test_a_refused_change_names_its_operation() -> None:
    with pytest.raises(CardNotFoundError) as caught:
        await Till(answer(refusal("NOT_FOUND"), 404)).cards.modify(SUBJECT, WHOLE)
    assert caught.value.api == "wechat_card_set"


# --- by a relay ----------------------------------------------------------------------------------


async def test_a_relay_is_asked_in_clear_and_without_the_openid_that_it_knows() -> None:
    said = {**card(), "phone_number": PHONE, "openid": OPENID}
    till = Till(unsigned(200, said), unsigned(200, said), access=relay_access())
    found = await till.cards.get(CardSubject(CODE, ""))
    await till.cards.modify(CardSubject(CODE, ""), WHOLE)
    assert (found.value.phone, found.value.openid) == (PHONE, OPENID)
    get, patch = till.requests
    assert get.url.query == b"brand_id=1004&card_id=pbLatjvWOibDc5-TBnbUk1pD12o0"
    assert json.loads(patch.content) == {
        "brand_id": "1004",
        **json.loads(json.dumps(WIRE).replace("<", "").replace(">", "")),
    }
    for request in till.requests:
        assert request.headers["authorization"] == f"Bearer {TOKEN}"


async def test_a_relay_that_does_not_know_the_openid_is_told() -> None:
    till = Till(unsigned(200, card()), unsigned(200, card()), access=relay_access())
    await till.cards.get(SUBJECT)
    await till.cards.modify(SUBJECT, CardChange(level="金卡"))
    get, patch = till.requests
    assert get.url.params["openid"] == OPENID
    assert json.loads(patch.content)["openid"] == OPENID
