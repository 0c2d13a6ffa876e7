"""查询、修改用户会员卡信息: WeChat Pay's brand membership cards (WeChat brand-card document)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, Protocol

from posmember.api.decode import Decoded, Node, Report
from posmember.api.wechat.gate import Gate
from posmember.api.wechat.wire import body, target
from posmember.domain.values import CHINA
from posmember.domain.wechat.card import (
    CardState,
    CardSubject,
    CardType,
    CardValidity,
    CommonEntry,
    CustomEntry,
    FormField,
    ValidityKind,
    WechatCard,
)
from posmember.domain.wechat.change import CardChange, NewValidity
from posmember.errors import ApiResponseError, OtherCardError

GET_API: Final = "wechat_card_get"
SET_API: Final = "wechat_card_set"

_TYPES: Final = {name.name: name for name in CardType}
_STATES: Final = {name.name: name for name in CardState}
_VALIDITIES: Final = {
    "FIX_TIME_RANGE": ValidityKind.FIXED_RANGE,
    "FIX_TERM": ValidityKind.FIXED_TERM,
    "PERMANENT": ValidityKind.PERMANENT,
}
_VALIDITY_WORDS: Final = {kind: word for word, kind in _VALIDITIES.items()}
_FORM_FIELDS: Final = {f"USER_FORM_FLAG_{name.name}": name for name in FormField}
_FORM_WORDS: Final = {name: word for word, name in _FORM_FIELDS.items()}

Json = dict[str, object]
Reveal = Callable[[str], str | None]
Conceal = Callable[[str], str]


class Caller(Protocol):
    """Makes a call and gives back the answer's object; `WechatTransport` is one."""

    async def call(
        self, api: str, method: str, path: str, content: bytes | None = None
    ) -> dict[str, object]:
        """See `posmember.api.wechat.transport.WechatTransport.call`."""


class WechatCards:
    """Both operations, from typed arguments to a decoded answer.

    Args:
        gate: knows how sensitive values travel.
        brand_id, template_id: of the chain.
    """

    def __init__(self, caller: Caller, gate: Gate, *, brand_id: str, template_id: str) -> None:
        self._caller = caller
        self._gate = gate
        self._brand_id = brand_id
        self._template_id = template_id

    async def get(self, subject: CardSubject) -> Decoded[WechatCard]:
        """查询用户会员卡信息.

        Args:
            subject: without an openid where the relay fills it in.

        Raises:
            OtherCardError: it is another card, another person's, template's or brand's.
            CardNotFoundError, and every other ApiError.
        """
        query = {"brand_id": self._brand_id, "card_id": self._template_id}
        if subject.openid:
            query["openid"] = subject.openid
        answer = await self._caller.call(GET_API, "GET", target(subject.code, query))
        found = decode(answer, self._gate.reveal)
        self._check_whose(found.value, subject)
        return found

    def _check_whose(self, card: WechatCard, subject: CardSubject) -> None:
        """Fail unless the answer names what was asked for.

        WeChat Pay's page of the query (doc/v3/partner/4015336980) has all four as required.
        """
        for name, told, asked in (
            ("user_card_code", card.code, subject.code),
            ("card_id", card.template_id, self._template_id),
            ("brand_id", card.brand_id, self._brand_id),
            ("openid", card.openid, subject.openid),
        ):
            if asked and not told:
                raise ApiResponseError("not said whose it is", path=f"$.{name}", api=GET_API)
            if asked and told != asked:
                raise OtherCardError(f"another {name}", api=GET_API)

    async def modify(self, subject: CardSubject, change: CardChange) -> None:
        """修改用户会员卡信息: send what a change names, and nothing else.

        The answer is the card, too; whoever wants to know what became of it asks anew.

        Args:
            change: without a problem, see `change_problems`.

        Raises:
            ApiError: as `get`; after an ApiConnectionError or ApiStatusError nobody knows
                whether it was done.
        """
        content: Json = {"brand_id": self._brand_id}
        if subject.openid:
            content["openid"] = subject.openid
        content |= encode(change, self._gate.conceal)
        path = target(subject.code, {"card_id": self._template_id})
        await self._caller.call(SET_API, "PATCH", path, body(content))


def decode(answer: Mapping[str, object], reveal: Reveal) -> Decoded[WechatCard]:
    """Read a card; what cannot be read or decrypted is unreadable, and the rest is there."""
    report = Report()
    node = Node(answer, "$", report)
    form = node.child("user_information")
    card = WechatCard(
        code=node.text("user_card_code"),
        template_id=node.text("card_id"),
        openid=node.text("openid"),
        color=node.text("card_color"),
        picture_url=node.text("card_picture_url"),
        brand_id=node.text("brand_id"),
        type=node.choice("card_type", _TYPES),
        phone=node.secret("phone_number", reveal),
        level=node.text("level"),
        validity=_validity(node.child("valid_date_information")),
        picked_up_at=node.time("pickup_time"),
        common_fields=tuple(
            CommonEntry(entry.choice("name", _FORM_FIELDS), entry.secret("value", reveal))
            for entry in form.children("common_field_list")
        ),
        custom_fields=tuple(
            CustomEntry(entry.text("name"), entry.secrets("user_chosen_values", reveal))
            for entry in form.children("custom_field_list")
        ),
        attach=node.text("attach"),
        state=node.choice("user_card_state", _STATES),
        invalid_reason=node.text("invalid_reason"),
        invalid_at=node.time("invalid_time"),
    )
    return report.decoded(card)


def _validity(node: Node) -> CardValidity:
    return CardValidity(
        node.choice("type", _VALIDITIES),
        node.time("available_begin_time"),
        node.time("available_end_time"),
        node.integer("available_day_after_receive"),
    )


def encode(change: CardChange, conceal: Conceal) -> Json:
    """What a change is on the wire; sensitive values concealed."""
    content: Json = {
        "card_color": change.color,
        "card_picture_url": change.picture_url,
        "phone_number": conceal(change.phone) if change.phone is not None else None,
        "level": change.level,
        "valid_date_information": _wire_validity(change.validity),
        "pickup_time": _wire_time(change.picked_up_at),
        "user_information": _wire_form(change, conceal),
        "attach": change.attach,
    }
    return _without_nothing(content)


def _wire_validity(validity: NewValidity | None) -> Json | None:
    if validity is None:
        return None
    content: Json = {"type": _VALIDITY_WORDS[validity.kind]}
    if validity.kind is ValidityKind.FIXED_RANGE:
        content["available_begin_time"] = _wire_time(validity.begin)
        content["available_end_time"] = _wire_time(validity.end)
    elif validity.kind is ValidityKind.FIXED_TERM:
        content["available_day_after_receive"] = validity.days
    return content


def _wire_form(change: CardChange, conceal: Conceal) -> Json | None:
    content: Json = {}
    if change.common_fields is not None:
        content["common_field_list"] = [
            {"name": _FORM_WORDS[name], "value": conceal(value)}
            for name, value in change.common_fields
        ]
    if change.custom_fields is not None:
        content["custom_field_list"] = [
            {"name": name, "user_chosen_values": [conceal(value) for value in values]}
            for name, values in change.custom_fields
        ]
    return content or None


def _wire_time(at: datetime | None) -> str | None:
    """RFC 3339 in +08:00, as the document's examples."""
    return None if at is None else at.astimezone(CHINA).isoformat(timespec="seconds")


def _without_nothing(content: Json) -> Json:
    return {key: value for key, value in content.items() if value is not None}
