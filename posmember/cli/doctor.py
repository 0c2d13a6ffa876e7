"""``posmember doctor``: configuration, keyring, clock, reachability, signature, in words."""

from __future__ import annotations

import argparse
import asyncio

from posmember.api.clock import PlatformClock
from posmember.api.qimai.signing import SignKeys
from posmember.cli.exits import exit_code, explain, fail
from posmember.cli.keyring_wait import from_keyring
from posmember.cli.lines import say
from posmember.cli.wechat.doctor import check_wechat
from posmember.errors import ConfigError, PosMemberError
from posmember.lookup.backend import Backend
from posmember.lookup.check import check_platform
from posmember.lookup.doctor import (
    Line,
    Words,
    finding_lines,
    key_line,
    settings_lines,
    year_lines,
)
from posmember.settings import config
from posmember.settings.config import Settings
from posmember.settings.edit import save_sign_keys, sign_keys_by_hand
from posmember.trust.credentials import KeyringStore, open_key


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command takes no options."""


def run(_args: argparse.Namespace) -> int:
    """Run the checks in order, until one fails; returns the exit code."""
    try:
        settings = config.load()
        _tell(*settings_lines(settings))
        key = from_keyring(lambda: open_key(settings.platform.open_id, KeyringStore()))
        _tell(key_line())
        clock = asyncio.run(_check_platform(settings, key))
        platform = settings.platform
        return check_wechat(platform.timeout_s, platform.proxy, _tell, clock)
    except PosMemberError as error:
        return fail(explain(error), exit_code(error))


async def _check_platform(settings: Settings, key: str) -> PlatformClock:
    """Check the platform; returns its clock. Raises what the first step that fails failed with."""
    backend = Backend(settings, key)
    configured = settings.platform.v2_sign_keys
    try:
        _tell(*year_lines(backend.clock))
        found = check_platform(
            backend.platform, backend.clock, configured, has_store=settings.store.code is not None
        )
        async for finding in found:
            if finding.error is not None:
                raise finding.error
            _tell(*finding_lines(finding, settings))
            if finding.spelling is not None and finding.spelling is not configured:
                _save(settings, finding.spelling)
        return backend.clock
    finally:
        await backend.aclose()


def _save(settings: Settings, spelling: SignKeys) -> None:
    by_hand = f"请在配置里写 / please set: {sign_keys_by_hand(settings.path, spelling)}"
    if settings.path is None:
        say(f"! {by_hand}")
        return
    try:
        save_sign_keys(settings.path, spelling)
    except ConfigError as error:
        say(f"! {by_hand} ({error})")
        return
    _tell(Line(Words("已保存", "saved"), f"platform.v2_sign_keys = {spelling}"))


def _tell(*lines: Line) -> None:
    say(*(f"{line.mark} {line.both()}" for line in lines))
