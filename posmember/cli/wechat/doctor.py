"""WeChat Pay's part of `posmember doctor`: its keys, and whether it takes them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from posmember.cli.exits import Exit, exit_code, fail
from posmember.cli.keyring_wait import from_keyring
from posmember.cli.wechat.words import explain_card
from posmember.errors import PosMemberError
from posmember.lookup.wechat_keys import noted_access
from posmember.trust.audit import audit_path
from posmember.trust.credentials import KeyringStore

if TYPE_CHECKING:
    from posmember.api.clock import PlatformClock
    from posmember.lookup.doctor import Line


def check_wechat(
    timeout_s: float,
    proxy: str,
    tell: Callable[[Line], None],
    witness: PlatformClock | None = None,
) -> Exit:
    """Check what is set up for WeChat Pay; where nothing is, the keyring is not asked.

    Args:
        timeout_s: the longest one call may take, in seconds.
        proxy: see `posmember.api.http.proxies.find_proxy`.
        tell: is told what is right.
        witness: the other platform's clock, where it has answered.

    Returns:
        `Exit.FOUND`, or what the line on standard error is about.
    """
    try:
        return _check(timeout_s, proxy, tell, witness)
    except PosMemberError as error:
        return fail(f"微信会员卡 / WeChat cards: {explain_card(error)}", exit_code(error))


def _check(
    timeout_s: float,
    proxy: str,
    tell: Callable[[Line], None],
    witness: PlatformClock | None,
) -> Exit:
    access = from_keyring(lambda: noted_access(KeyringStore(), audit_path()))
    if access is None:
        return Exit.FOUND
    # Only where there is a key: the cryptography takes its time.
    from posmember.lookup.doctor_wechat import ask_wechat, key_lines

    for line in key_lines(access, datetime.now(UTC)):
        if not line.is_good:
            return fail(line.both(), Exit.KEYS_REFUSED)
        tell(line)
    tell(asyncio.run(ask_wechat(access, timeout_s, proxy, witness)))
    return Exit.FOUND
