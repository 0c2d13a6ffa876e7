"""Reads a call of the two operations: path, query and body, refused wherever the document says so.

Lengths and formats are of the API documents (WeChat Pay). The document's own example of a change
gives the days of a FIX_TERM with a FIX_TIME_RANGE, so what a type does not need is checked and
left aside, not refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import parse_qs, unquote

from posmember.sandbox.wechat.errors import PATH, QUERY, param_error
from posmember.sandbox.wechat.fields import Fields, is_supported
from posmember.sandbox.wechat.records import CardValue, Sensitive

MAX_CODE, MAX_ID, MAX_OPENID = 32, 32, 128
MAX_LEVEL, MAX_COLOR, MAX_PICTURE_URL, MAX_ATTACH = 10, 7, 256, 256
FORM_FIELDS: Final = tuple(
    f"USER_FORM_FLAG_{name}" for name in ("SEX", "NAME", "BIRTHDAY", "ADDRESS", "EMAIL", "CITY")
)

_MAX_CIPHERTEXT: Final = 1024
_MAX_QUESTION: Final = 256
"""Neither is documented."""
_CODE: Final = re.compile(r"[!-~]{1,32}")
_COLOR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_PICTURE_URL: Final = re.compile(r"https?://[!-~]+")
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_BODY: Final = (
    *("brand_id", "openid", "card_color", "card_picture_url", "phone_number", "level"),
    *("valid_date_information", "pickup_time", "user_information", "attach"),
)
_BEGIN, _END, _DAYS = (
    "available_begin_time",
    "available_end_time",
    "available_day_after_receive",
)
_COMMON, _CUSTOM = "common_field_list", "custom_field_list"

Unseal = Callable[[str], str]
"""Makes a sensitive value, as sent, readable. Raises ValueError, or a WechatError of its own."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose card a call is about; `openid` is "" where a relay has to find it."""

    code: str = field(repr=False)
    brand_id: str
    card_id: str
    openid: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BodyRules:
    """What decides about a change besides the document.

    Args:
        unseal: of sensitive values.
        own_pictures: the address under which the sandbox itself serves pictures to this client;
            "" if it must be https.
        openid_required: False for the relay.
    """

    unseal: Unseal
    own_pictures: str = ""
    openid_required: bool = True


def read_code(raw: bytes) -> str:
    """The ``user_card_code`` of a path's last part, as received; WechatError if it is none."""
    code = unquote(raw.decode("latin-1"))
    if not _CODE.fullmatch(code):
        issue = f"应为1到{MAX_CODE}位数字、英文或半角标点"
        raise param_error("user_card_code", issue, PATH)
    return code


def read_query(raw: bytes) -> Mapping[str, list[str]]:
    """The values of a query by their names."""
    return parse_qs(raw.decode("latin-1"), keep_blank_values=True)


def query_value(query: Mapping[str, list[str]], name: str, most: int) -> str:
    """The one value of a required query parameter, of at most so many characters."""
    values = query.get(name, [])
    if not values or not values[0]:
        raise param_error(name, "缺少必填参数", QUERY)
    if len(values) > 1 or len(values[0]) > most or not is_supported(values[0]):
        raise param_error(name, f"应为1到{most}个字符", QUERY)
    return values[0]


def read_question(
    code: str, query: Mapping[str, list[str]], *, openid_required: bool = True
) -> Subject:
    """What a GET asks for."""
    openid = ""
    if openid_required or "openid" in query:
        openid = query_value(query, "openid", MAX_OPENID)
    return Subject(
        code,
        query_value(query, "brand_id", MAX_ID),
        query_value(query, "card_id", MAX_ID),
        openid,
    )


def read_json(body: bytes) -> object:
    """The decoded body; WechatError if it is no JSON in UTF-8."""
    try:
        return json.loads(body.decode())
    except (ValueError, RecursionError):
        raise param_error("/", "请求内容不是JSON") from None


def read_change(
    code: str, query: Mapping[str, list[str]], content: object, rules: BodyRules
) -> tuple[Subject, Mapping[str, CardValue]]:
    """What a PATCH is about, and the fields of the card that it sets.

    Returns:
        The subject, and by field of the answer what it is to be; ``user_information`` has only
        the lists that were given.
    """
    body = Fields(content, "", _BODY)
    openid = ""
    if rules.openid_required or body.has("openid"):
        openid = body.text("openid", MAX_OPENID)
    card_id = query_value(query, "card_id", MAX_ID)
    subject = Subject(code, body.text("brand_id", MAX_ID), card_id, openid)
    readers: Mapping[str, Callable[[], CardValue]] = {
        "card_color": lambda: body.matching("card_color", MAX_COLOR, _COLOR, "应为#RRGGBB"),
        "card_picture_url": lambda: _picture_url(body, rules.own_pictures),
        "phone_number": lambda: _phone(body, rules.unseal),
        "level": lambda: body.text("level", MAX_LEVEL),
        "valid_date_information": lambda: _validity(body),
        "pickup_time": lambda: body.time("pickup_time"),
        "user_information": lambda: _form(body, rules.unseal),
        "attach": lambda: body.text("attach", MAX_ATTACH),
    }
    return subject, {name: read() for name, read in readers.items() if body.has(name)}


def _picture_url(body: Fields, own_pictures: str) -> str:
    url = body.text("card_picture_url", MAX_PICTURE_URL)
    is_own = bool(own_pictures) and url.startswith(own_pictures)
    if not (_PICTURE_URL.fullmatch(url) and (is_own or url.startswith("https://"))):
        raise body.wrong("card_picture_url", "应为https地址")
    return url


def _validity(body: Fields) -> CardValue:
    given = body.child("valid_date_information", ("type", _BEGIN, _END, _DAYS))
    kind = given.one_of("type", ("FIX_TIME_RANGE", "FIX_TERM", "PERMANENT"))
    needed = {"FIX_TIME_RANGE": (_BEGIN, _END), "FIX_TERM": (_DAYS,)}.get(kind, ())
    told: dict[str, CardValue] = {}
    for name in (_BEGIN, _END):
        if given.has(name) or name in needed:
            told[name] = given.time(name)
    if given.has(_DAYS) or _DAYS in needed:
        told[_DAYS] = given.positive(_DAYS)
    if _BEGIN in told and _END in told:
        begin, end = (datetime.fromisoformat(given.time(name)) for name in (_BEGIN, _END))
        if begin >= end:
            raise given.wrong(_END, "应晚于开始时间")
    return {"type": kind, **{name: told[name] for name in needed}}


def _phone(body: Fields, unseal: Unseal) -> Sensitive:
    phone = _unsealed(body, "phone_number", unseal)
    if not _MOBILE.fullmatch(phone.text):
        raise body.wrong("phone_number", "应为中国大陆手机号")
    return phone


def _form(body: Fields, unseal: Unseal) -> CardValue:
    given = body.child("user_information", (_COMMON, _CUSTOM))
    form: dict[str, CardValue] = {}
    if given.has(_COMMON):
        entries = given.entries(_COMMON)
        form[_COMMON] = _once(
            given,
            _COMMON,
            [_common(entries.child(index, ("name", "value")), unseal) for index in entries],
        )
    if given.has(_CUSTOM):
        entries = given.entries(_CUSTOM)
        form[_CUSTOM] = _once(
            given,
            _CUSTOM,
            [
                _custom(entries.child(index, ("name", "user_chosen_values")), unseal)
                for index in entries
            ],
        )
    return form


def _once(given: Fields, name: str, answers: list[Mapping[str, CardValue]]) -> CardValue:
    """The answers, each to another question: of two to one nobody says which counts."""
    if len({answer["name"] for answer in answers}) < len(answers):
        raise given.wrong(name, "字段名称不能重复")
    return answers


def _common(entry: Fields, unseal: Unseal) -> Mapping[str, CardValue]:
    name = entry.one_of("name", FORM_FIELDS)
    return {"name": name, "value": _unsealed(entry, "value", unseal)}


def _custom(entry: Fields, unseal: Unseal) -> Mapping[str, CardValue]:
    name = entry.text("name", _MAX_QUESTION)
    chosen = entry.entries("user_chosen_values")
    values = [_unsealed(chosen, index, unseal) for index in chosen]
    if not values:
        raise entry.wrong("user_chosen_values", "不能为空")
    return {"name": name, "user_chosen_values": values}


def _unsealed(entry: Fields, name: str, unseal: Unseal) -> Sensitive:
    sent = entry.secret(name, _MAX_CIPHERTEXT)
    try:
        value = unseal(sent)
    except ValueError:
        raise entry.wrong(name, "敏感信息解密失败") from None
    if not value:
        raise entry.wrong(name, "不能为空")
    return Sensitive(value)
