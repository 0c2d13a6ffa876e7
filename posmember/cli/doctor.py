"""``posmember doctor``: configuration, keyring, clock, reachability, signature, in words."""

from __future__ import annotations

import argparse
import asyncio

from posmember.api.clock import PlatformClock
from posmember.api.qimai.signing import SignKeys
from posmember.cli.exits import fail
from posmember.cli.keyring_wait import from_keyring
from posmember.cli.lines import say
from posmember.cli.wechat.doctor import check_wechat
from posmember.domain.joining.spending import MinSpendUnit
from posmember.errors import ConfigError, PosMemberError
from posmember.lookup.backend import Backend
from posmember.lookup.check import Finding, Outcome, Step, check_platform
from posmember.report.outcomes import exit_code, explain
from posmember.settings import config
from posmember.settings.config import Settings
from posmember.settings.declared import POLICIES, SETTINGS
from posmember.settings.edit import save_sign_keys, sign_keys_by_hand
from posmember.trust.credentials import OPEN_KEY_VARIABLE, KeyringStore, environment_key, open_key


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command takes no options."""


def run(_args: argparse.Namespace) -> int:
    """Run the checks in order, until one fails; returns the exit code."""
    try:
        settings = config.load()
        _good("配置 / configuration", str(settings.path or settings.policy.place))
        _tell_where_from(settings)
        _good("门店 / store", _store(settings))
        unit = settings.platform.min_amount_use_unit
        _good("券门槛单位 / unit of thresholds", _unit(unit))
        key = from_keyring(lambda: open_key(settings.platform.open_id, KeyringStore()))
        _good("密钥 / open key", OPEN_KEY_VARIABLE if environment_key() else "keyring")
        clock = asyncio.run(_check_platform(settings, key))
        platform = settings.platform
        return check_wechat(platform.timeout_s, platform.proxy, _good, clock)
    except PosMemberError as error:
        return fail(explain(error), exit_code(error))


async def _check_platform(settings: Settings, key: str) -> PlatformClock:
    """Check the platform; returns its clock. Raises what the first step that fails failed with."""
    backend = Backend(settings, key)
    configured = settings.platform.v2_sign_keys
    try:
        _tell_of_a_year_that_cannot_be(backend.clock)
        found = check_platform(
            backend.platform, backend.clock, configured, has_store=settings.store.code is not None
        )
        async for finding in found:
            if finding.error is not None:
                raise finding.error
            if finding.outcome is not Outcome.NOT_TRIED:
                _tell(finding, settings, backend.clock)
        return backend.clock
    finally:
        await backend.aclose()


def _tell(finding: Finding, settings: Settings, clock: PlatformClock) -> None:
    match finding.step:
        case Step.TLS:
            _good("连接 / reachable", settings.platform.base_url)
        case Step.CLOCK:
            _tell_of_the_clock(clock)
        case Step.KEYS if finding.spelling is not None:
            _good("签名 V2 / signature V2", finding.spelling)
            if finding.spelling is not settings.platform.v2_sign_keys:
                _save(settings, finding.spelling)
        case Step.MEMBER_INFO:
            _good("会员查询权限 / may ask for members", "member_info")
        case Step.IDENTITY:
            _good("会员识别权限 / may identify members", "identity")
        case Step.GIFT_CARDS:
            _good("签名 V3 / signature V3", "camel")
            _good("礼品卡权限 / may ask for gift cards", "gift_cards")
        case _:  # the name goes without saying, the store was told with its configuration
            pass


def _tell_where_from(settings: Settings) -> None:
    """Say who has set what: the policy, the file; the rest is as it is without either."""
    found: dict[str, list[str]] = {}
    for setting in (*SETTINGS, *POLICIES):
        if place := settings.source(setting):
            found.setdefault(place, []).append(setting.path)
    policy = settings.policy
    for place, paths in found.items():
        who = "总部策略 / policy" if place == policy.place else "文件 / file"
        _good(f"{who} {place}", ", ".join(paths))
    for line in policy.ignored:
        _note(f"总部策略里有一项没有采用 / a policy is not taken: {line}")


def _unit(unit: MinSpendUnit) -> str:
    """Nobody is looked up here, and only a member's coupons prove it: say what tells it."""
    if unit is not MinSpendUnit.AUTO:
        return unit
    return (
        "auto (posmember lookup 会员码 --explain: UNIT_PROVEN 是已证实的,可写进配置"
        " / is what is proven, to be set as min_amount_use_unit)"
    )


def _tell_of_a_year_that_cannot_be(clock: PlatformClock) -> None:
    """At once: it may be why nothing else goes well."""
    if clock.own_is_off():
        today = clock.own_now().date().isoformat()
        _note(f"电脑时间不对(显示 {today}),请先校准 / this computer's clock is wrong: {today}")


def _tell_of_the_clock(clock: PlatformClock) -> None:
    if clock.offset_s:
        _good("时钟 / clock", f"{clock.offset_s:+d} s")
    elif clock.calibrated:
        _good("时钟 / clock", "准确 / right")
    else:
        _note("时钟 / clock: 平台没有给出可信的时间 / the platform tells no time to believe")


def _save(settings: Settings, spelling: SignKeys) -> None:
    by_hand = f"请在配置里写 / please set: {sign_keys_by_hand(settings.path, spelling)}"
    if settings.path is None:
        _note(by_hand)
        return
    try:
        save_sign_keys(settings.path, spelling)
    except ConfigError as error:
        _note(f"{by_hand} ({error})")
        return
    _good("已保存 / saved", f"platform.v2_sign_keys = {spelling}")


def _store(settings: Settings) -> str:
    store = settings.store
    told = " ".join(filter(None, (store.name, store.code, store.id)))
    missing = [name for name, value in (("code", store.code), ("id", store.id)) if not value]
    return f"{told} (缺少 / missing: {', '.join(missing)})" if missing else told


def _good(what: str, found: str) -> None:
    say(f"✓ {what}: {found}")


def _note(words: str) -> None:
    say(f"! {words}")
