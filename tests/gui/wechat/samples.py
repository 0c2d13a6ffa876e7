"""Views with a 微信会员卡 in every stage; the people and cards are invented."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import datetime

from posmember.domain.values import CHINA, PlatformTime, Unreadable
from posmember.domain.wechat.card import (
    CardState,
    CardType,
    CardValidity,
    CommonEntry,
    CustomEntry,
    FormField,
    ValidityKind,
    WechatCard,
)
from posmember.domain.wechat.change import CardField
from posmember.ui.view.screen import View
from posmember.ui.view.wechat import (
    CardStage,
    ChangeLine,
    ChangeStage,
    ChangeView,
    WechatView,
)
from tests.gui import samples

AT = datetime(2026, 11, 21, 14, 3, 30, tzinfo=CHINA)
NEXT_YEAR = PlatformTime(datetime(2027, 11, 20, 23, 59, 59, tzinfo=CHINA))

CARD = WechatCard(
    code="900000000000000000000001",
    template_id="pSandbox_card-template-00001",
    openid="oSandbox_openid-000000000001",
    color="#C89B4A",
    picture_url="https://img.sandbox.invalid/card.png",
    brand_id="99001",
    type=CardType.NORMAL,
    phone="13800000001",
    level="金卡会员",
    validity=CardValidity(ValidityKind.FIXED_RANGE, PlatformTime(AT), NEXT_YEAR),
    picked_up_at=PlatformTime(AT),
    common_fields=(
        CommonEntry(FormField.NAME, "王小明"),
        CommonEntry(FormField.BIRTHDAY, "1990-01-02"),
        CommonEntry(FormField.CITY, "上海"),
    ),
    custom_fields=(CustomEntry("喜欢的茶", ("乌龙茶", "茉莉绿茶")),),
    attach="老客",
    state=CardState.EFFECTIVE,
)

HOSTILE = replace(
    CARD,
    color="red; background: url(x)",
    level="<b>金</b>&amp;" + "长" * 20,
    phone=Unreadable(""),
    validity=CardValidity(Unreadable("NEW_KIND")),
    state=CardState.INVALID,
    invalid_reason="<img src=x onerror=alert(1)> " + "原因" * 30,
    invalid_at=Unreadable("gestern"),
    common_fields=(CommonEntry(Unreadable("USER_FORM_FLAG_NEW"), "x"),),
    custom_fields=(CustomEntry("<i>问</i>" * 8, ("<u>答</u>",)),),
    attach="x" * 256,
)


def png(width: int, height: int, color: tuple[int, int, int] = (28, 110, 90)) -> bytes:
    """Make a PNG of one colour."""
    rows = (b"\x00" + bytes(color) * width) * height
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


CHANGE = ChangeView(
    ChangeStage.REVIEW,
    (
        ChangeLine("等级", "金卡会员", "钻石会员"),
        ChangeLine("手机号", "138****0001", "139****0002"),
        ChangeLine("有效期", "2026-11-21 14:03 至 2027-11-20", "永久有效"),
    ),
)

WECHAT_VIEWS = {
    "wechat-asks": WechatView(CardStage.ASKS_OPENID),
    "wechat-card": WechatView(CardStage.LOADED, card=CARD, at=AT, picture=png(716, 320)),
    "wechat-odd": WechatView(
        CardStage.LOADED, card=HOSTILE, at=AT, notes=("有 3 项无法识别", "卡图片取不到")
    ),
    "wechat-failed": WechatView(
        CardStage.FAILED,
        "微信支付不认本机的密钥，请管理员核对商户号、证书序列号和私钥，用中转服务的核对令牌"
        "（平台代码 SIGN_ERROR：签名错误）",
        "7F3A",
    ),
    "wechat-not-found": WechatView(
        CardStage.ASKS_CODE, "微信支付查不到这张卡，请核对卡号，并确认 openid 是这位顾客的"
    ),
    "wechat-form": WechatView(
        CardStage.LOADED,
        card=CARD,
        at=AT,
        change=ChangeView(problems=((CardField.COLOR, "颜色要写成 #RRGGBB，例如 #FFCC00"),)),
    ),
    "wechat-review": WechatView(CardStage.LOADED, card=CARD, at=AT, change=CHANGE),
}


def wechat_view(name: str) -> View:
    """Return the loaded member's view with a card in one of the stages."""
    return replace(samples.loaded_view(), wechat=WECHAT_VIEWS[name])
