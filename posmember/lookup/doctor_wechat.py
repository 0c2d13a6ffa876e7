"""WeChat Pay's part of what a doctor tells: its keys, and whether it takes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from posmember.api.wechat.gate import Access, MerchantAccess
from posmember.api.wechat.keys import key_faults
from posmember.domain.wechat.card import CardSubject
from posmember.errors import ApiBusinessError, RateLimitedError, SignatureRejectedError
from posmember.lookup import wechat
from posmember.lookup.doctor import Line, Words

if TYPE_CHECKING:
    from posmember.api.clock import PlatformClock

_NOBODY = CardSubject("posmember-doctor", "posmember-doctor")
"""Nobody's card: its refusal has to be signed, as the request's signature had to hold."""


def key_lines(access: Access, now: datetime) -> Iterator[Line]:
    """What is to be said of the merchant's keys; one that is not good where they are wrong.

    Args:
        now: aware; certificates are valid for a time.
    """
    if not isinstance(access, MerchantAccess):
        return
    if faults := "; ".join(key_faults(access, now)):
        zh = "微信会员卡的密钥不对,请重新导入"
        what = Words(zh, "WeChat Pay's keys are wrong, import them again")
        yield Line(what, faults, is_good=False)
        return
    yield Line(Words("微信支付密钥", "WeChat Pay's keys"), ", ".join(access.public_keys))


async def ask_wechat(
    access: Access, timeout_s: float, proxy: str, witness: PlatformClock | None = None
) -> Line:
    """Ask WeChat Pay, or the relay, for nobody's card; returns what is right.

    Args:
        timeout_s: the longest one call may take, in seconds.
        proxy: see `posmember.api.http.proxies.find_proxy`.
        witness: the other platform's clock, where it has answered.

    Raises:
        PosMemberError: it cannot be asked, or takes the keys not.
    """
    service = wechat.WechatService(access, timeout_s, proxy=proxy)
    if witness is not None:
        service.believe(witness)
    try:
        await service.get(_NOBODY)
    except (SignatureRejectedError, RateLimitedError):
        raise
    except ApiBusinessError as error:
        if not error.platform_message:
            raise  # words are taken only of what is signed: a page that stands between
    finally:
        await service.aclose()
    return Line(Words("微信支付", "WeChat Pay"), access.base_url)
