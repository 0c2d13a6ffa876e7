"""All that `posmember doctor` looks at, beside the window: the connection, then WeChat Pay.

No widgets.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from posmember.errors import PosMemberError
from posmember.ui.settings.checking import check_connection
from posmember.ui.threads import in_a_daemon
from posmember.ui.till.failures import log_failure

if TYPE_CHECKING:
    from posmember.api.clock import PlatformClock
    from posmember.api.wechat.gate import Access
    from posmember.lookup.check import Finding
    from posmember.settings.config import Settings
    from posmember.ui.settings.last_check import LastCheck

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Examined:
    """What is looked at.

    Args:
        settings: as they are, or as they would be.
        ask_key: gives the open key; called in a thread, as it may wait for the keyring.
        ask_wechat: gives what WeChat Pay is asked with, or None; called in a thread, too.
        is_typed: whether the key was typed, and is not kept.
    """

    settings: Settings
    ask_key: Callable[[], str]
    ask_wechat: Callable[[], Access | None]
    is_typed: bool = False


async def examine(
    examined: Examined,
    last: LastCheck,
    tell: Callable[[Finding], None] = lambda _finding: None,
    tell_of_silence: Callable[[], None] = lambda: None,
) -> None:
    """Look at all of it; what comes of it is kept in `last`, which has begun.

    Args:
        tell: gets each finding of the connection when it is known.
        tell_of_silence: called once where the keyring has not answered for long.

    Raises:
        PosMemberError: there is no key, or nothing can be asked with these settings.
    """
    from posmember.lookup.doctor import finding_lines, key_line, settings_lines, year_lines

    settings = examined.settings
    last.lines += settings_lines(settings)
    clocks: list[PlatformClock] = []

    def connect(clock: PlatformClock) -> None:
        clocks.append(clock)
        last.lines += [key_line(is_typed=examined.is_typed), *year_lines(clock)]

    def find(finding: Finding) -> None:
        last.findings.append(finding)
        last.lines += finding_lines(finding, settings)
        tell(finding)

    await check_connection(settings, examined.ask_key, find, tell_of_silence, connect)
    witness = next((clock for clock in clocks if clock.calibrated), None)
    await _examine_wechat(examined, last, witness)


async def _examine_wechat(
    examined: Examined, last: LastCheck, witness: PlatformClock | None
) -> None:
    """Look at what is set up for WeChat Pay, if anything is: what fails is a line, too."""
    platform = examined.settings.platform
    try:
        access = await in_a_daemon(examined.ask_wechat)
        if access is None:
            return
        from posmember.lookup.doctor_wechat import ask_wechat, key_lines

        found = list(key_lines(access, datetime.now(UTC)))
        last.lines += found
        if all(line.is_good for line in found):
            last.lines.append(await ask_wechat(access, platform.timeout_s, platform.proxy, witness))
    except PosMemberError as error:
        from posmember.lookup.doctor import Line, Words
        from posmember.ui.wording.wechat.errors import card_error_text

        log_failure(_log, error, "the check of WeChat Pay")
        what = Words("微信会员卡", "WeChat cards")
        last.lines.append(Line(what, card_error_text(error), is_good=False))
