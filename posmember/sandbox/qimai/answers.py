"""Answers an accepted call: member-info, identity and gift-card list, as bytes of JSON.

Answers are kept once rendered: the same question costs no second rendering.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from posmember.sandbox.account import PASSWORD
from posmember.sandbox.faults import Api
from posmember.sandbox.members.enrol import inner_card_number
from posmember.sandbox.qimai import parameters
from posmember.sandbox.qimai.envelope import (
    NOT_FOUND_CODE,
    SIGN_IN_CODE,
    Gateway,
    RefusalError,
    success,
)
from posmember.sandbox.qimai.parameters import Params
from posmember.sandbox.records import Identifiers, Json, MemberRecord

GATEWAYS: Final[Mapping[Api, Gateway]] = {
    Api.MEMBER_INFO: Gateway.V2,
    Api.IDENTITY: Gateway.V2,
    Api.GIFT_CARDS: Gateway.V3,
}
EMPTY_LIST_CODE: Final = "qm404empty"
NULL_CODE: Final = "qm404null"
_EMPTY_ANSWERS: Final[Mapping[str, Json]] = {EMPTY_LIST_CODE: [], NULL_CODE: None}
"""Identifiers of nobody that get success with empty data instead of a refusal."""

_RECEIVED_IDS: Final[Mapping[str, Callable[[Identifiers], str]]] = {
    "2": lambda ids: ids.mobile,
    "3": lambda ids: ids.card_number,
    "4": lambda ids: ids.alipay_user_id,
    "5": lambda ids: ids.wechat_openid,
    "6": lambda ids: ids.wechat_unionid,
}
"""member-info, type 2 to 6: which identifier each one compares."""


class Answers:
    """The members, and what each operation says of them."""

    def __init__(self, members: Iterable[MemberRecord]) -> None:
        self._by_user_id: dict[str, MemberRecord] = {}
        self._by_code: dict[str, MemberRecord] = {}
        self._by_identifier: dict[tuple[str, str], MemberRecord] = {}
        self._rendered: dict[tuple[str, ...], bytes] = {}
        for member in members:
            self._enter(member)
        self._answerers: Mapping[Api, Callable[[Params], bytes]] = {
            Api.MEMBER_INFO: self._member_info,
            Api.IDENTITY: self._identity,
            Api.GIFT_CARDS: self._gift_cards,
        }

    def answer(self, api: Api, params: Params) -> bytes:
        """The answer of one operation; RefusalError if the platform refuses the request."""
        return self._answerers[api](params)

    def _enter(self, member: MemberRecord) -> None:
        user_id = str(member.user_id)
        self._by_user_id[user_id] = member
        if member.ids.code:
            self._by_code[member.ids.code] = member
        if member.ids.by_id:
            self._by_identifier["1", user_id] = member
        if member.ids.by_code and member.ids.code:
            self._by_identifier["1", member.ids.code] = member
        for kind, read in _RECEIVED_IDS.items():
            if value := read(member.ids):
                self._by_identifier[kind, value] = member

    def _member_info(self, params: Params) -> bytes:
        kind = parameters.one_of(params, "type", ("1", *_RECEIVED_IDS))
        identifier = parameters.required_text(params, "identifierNumber")
        parameters.check_order(params)
        parameters.store(params, "multiMark")
        if identifier in _EMPTY_ANSWERS:
            return success(Gateway.V2, _EMPTY_ANSWERS[identifier])
        member = self._by_identifier.get((kind, identifier))
        if member is None:
            raise _no_such_member()
        return self._render(("info", str(member.user_id)), Gateway.V2, lambda: member.info)

    def _identity(self, params: Params) -> bytes:
        kind = parameters.one_of(params, "type", ("1", "2", "3", "4"))
        with_rule = parameters.flag(params, "point_rules")
        store = parameters.store(params, "multi_store_sn")
        store_number = store.number if store else 0
        if kind == "3" and (code := parameters.text(params, "user_code")) in _EMPTY_ANSWERS:
            return success(Gateway.V2, _EMPTY_ANSWERS[code])
        member = self._identify(kind, params)
        if member.user is None:
            raise _no_such_member()
        key = ("identity", str(member.user_id), str(with_rule), str(store_number))
        return self._render(
            key, Gateway.V2, lambda: _identity_data(member, with_rule, store_number)
        )

    def _identify(self, kind: str, params: Params) -> MemberRecord:
        if kind == "1":
            member = self._by_identifier.get(("2", parameters.required_text(params, "mobile")))
            secret = parameters.required_text(params, "password")
            return _checked(member, PASSWORD, secret)
        if kind == "2":
            number = parameters.required_text(params, "card_number")
            member = self._by_identifier.get(("3", number))
            secret = parameters.required_text(params, "card_password")
            return _checked(member, inner_card_number(number), secret)
        if kind == "3":
            member = self._by_code.get(parameters.required_text(params, "user_code"))
        else:
            member = self._by_user_id.get(parameters.required_text(params, "user_id"))
        if member is None:
            raise _no_such_member()
        return member

    def _gift_cards(self, params: Params) -> bytes:
        user_id = parameters.required_text(params, "user_id")
        with_recycled = parameters.flag(params, "needCycleCard")
        member = self._by_user_id.get(user_id)
        if member is None:
            return success(Gateway.V3, [])
        key = ("cards", user_id, str(with_recycled))
        return self._render(key, Gateway.V3, lambda: _card_list(member, with_recycled))

    def _render(self, key: tuple[str, ...], gateway: Gateway, data: Callable[[], Json]) -> bytes:
        rendered = self._rendered.get(key)
        if rendered is None:
            rendered = self._rendered[key] = success(gateway, data())
        return rendered


def _identity_data(member: MemberRecord, with_rule: bool, store_number: int) -> Json:
    user: dict[str, Json] = {**(member.user or {}), "multi_store_id": store_number}
    if with_rule:
        user |= member.points_rule
    return {"user_info": user}


def _checked(member: MemberRecord | None, right: str, secret: str) -> MemberRecord:
    """The member, if the secret is right; one refusal for a wrong account and a wrong secret."""
    if member is None or not hmac.compare_digest(secret.encode(), right.encode()):
        raise RefusalError(SIGN_IN_CODE, "账号或密码错误")
    return member


def _card_list(member: MemberRecord, with_recycled: bool) -> Json:
    return [
        card.listing
        for card in member.cards
        if card.listing is not None and (with_recycled or not card.recycled)
    ]


def _no_such_member() -> RefusalError:
    return RefusalError(NOT_FOUND_CODE, "会员信息不存在")
