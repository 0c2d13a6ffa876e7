"""WeChat Pay's part of `posmember doctor`: its keys, and whether it takes them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from posmember.api.clock import PlatformClock
from posmember.cli.exits import fail
from posmember.cli.keyring_wait import from_keyring
from posmember.cli.wechat.words import explain_card
from posmember.domain.wechat.card import CardSubject
from posmember.errors import (
    ApiBusinessError,
    PosMemberError,
    RateLimitedError,
    SignatureRejectedError,
)
from posmember.lookup.desk import KEYRING_NAME, NOTE_NAME
from posmember.report.outcomes import Exit, exit_code
from posmember.trust.audit import audit_path
from posmember.trust.credentials import KeyringStore, get_long

_NOBODY = CardSubject("posmember-doctor", "posmember-doctor")
"""Nobody's card: its refusal has to be signed, as the request's signature had to hold."""


def check_wechat(
    timeout_s: float,
    proxy: str,
    tell: Callable[[str, str], None],
    witness: PlatformClock | None = None,
) -> Exit:
    """Check what is set up for WeChat Pay; where nothing is, the keyring is not asked.

    Args:
        timeout_s: the longest one call may take, in seconds.
        proxy: see `posmember.api.http.proxies.find_proxy`.
        tell: is told what is right: what it is, and how it was found.
        witness: the other platform's clock, where it has answered.

    Returns:
        `Exit.FOUND`, or what the line on standard error is about.
    """
    if not audit_path().with_name(NOTE_NAME).exists():
        return Exit.FOUND
    try:
        return _check(timeout_s, proxy, tell, witness)
    except PosMemberError as error:
        return fail(f"微信会员卡 / WeChat cards: {explain_card(error)}", exit_code(error))


def _check(
    timeout_s: float,
    proxy: str,
    tell: Callable[[str, str], None],
    witness: PlatformClock | None,
) -> Exit:
    text = from_keyring(lambda: get_long(KeyringStore(), KEYRING_NAME))
    if text is None:
        return Exit.FOUND
    # Only where there is a key: the cryptography takes its time.
    from posmember.api.wechat.access import from_text
    from posmember.api.wechat.gate import MerchantAccess
    from posmember.api.wechat.keys import key_faults
    from posmember.lookup.wechat import WechatService

    access = from_text(text)
    if isinstance(access, MerchantAccess):
        faults = list(key_faults(access, datetime.now(UTC)))
        if faults:
            words = (
                "微信会员卡的密钥不对,请重新导入 / WeChat Pay's keys are wrong, import them again"
            )
            return fail(f"{words}: {'; '.join(faults)}", Exit.KEYS_REFUSED)
        tell("微信支付密钥 / WeChat Pay's keys", ", ".join(access.public_keys))

    async def ask() -> None:
        service = WechatService(access, timeout_s, proxy=proxy)
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

    asyncio.run(ask())
    tell("微信支付 / WeChat Pay", access.base_url)
    return Exit.FOUND
