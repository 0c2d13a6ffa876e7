"""What `posmember doctor` tells of a till: the command prints it, the window shows it.

In Chinese and English, as a terminal and a support bundle have no language of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from posmember.domain.joining.spending import MinSpendUnit
from posmember.lookup.check import Finding, Outcome, Step
from posmember.settings.declared import POLICIES, SETTINGS
from posmember.trust.credentials import OPEN_KEY_VARIABLE, environment_key

if TYPE_CHECKING:
    from posmember.api.clock import PlatformClock
    from posmember.settings.config import Settings


@dataclass(frozen=True, slots=True)
class Words:
    """The same in Chinese and English."""

    zh: str
    en: str

    def both(self) -> str:
        """The two behind each other, on one line."""
        return f"{self.zh} / {self.en}"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing about a till.

    Args:
        what: it is. found: how it is; "" where `what` says all.
        is_good: else there is something to see to.
    """

    what: Words
    found: str | Words = ""
    is_good: bool = True

    @property
    def mark(self) -> str:
        """What stands before it."""
        return "✓" if self.is_good else "!"

    def both(self) -> str:
        """It in both languages, on one line, without its mark."""
        found = self.found.both() if isinstance(self.found, Words) else self.found
        return ": ".join(filter(None, (self.what.both(), found)))

    def spoken(self, *, chinese: bool) -> str:
        """It in one language, on one line, without its mark."""
        what, found = self.what, self.found
        if isinstance(found, Words):
            found = found.zh if chinese else found.en
        return ": ".join(filter(None, (what.zh if chinese else what.en, found)))


_KEY: Final = Words("密钥", "open key")
_CLOCK: Final = Words("时钟", "clock")
_GOOD_STEPS: Final = {
    Step.MEMBER_INFO: [(Words("会员查询权限", "may ask for members"), "member_info")],
    Step.IDENTITY: [(Words("会员识别权限", "may identify members"), "identity")],
    Step.GIFT_CARDS: [
        (Words("签名 V3", "signature V3"), "camel"),
        (Words("礼品卡权限", "may ask for gift cards"), "gift_cards"),
    ],
}


def settings_lines(settings: Settings) -> Iterator[Line]:
    """Where the settings are from, who has set what, and the store."""
    place = str(settings.path or settings.policy.place)
    yield Line(Words("配置", "configuration"), place)
    yield from _sources(settings)
    yield Line(Words("门店", "store"), _store(settings))
    unit = settings.platform.min_amount_use_unit
    yield Line(Words("券门槛单位", "unit of thresholds"), _unit(unit))


def key_line(*, is_typed: bool = False) -> Line:
    """Where the open key is from, which was read; or that it was typed, and is not kept."""
    if is_typed:
        return Line(_KEY, Words("刚输入的,没有保存", "typed, not kept"))
    return Line(_KEY, OPEN_KEY_VARIABLE if environment_key() else "keyring")


def year_lines(clock: PlatformClock) -> Iterator[Line]:
    """That this computer's time cannot be right, where it cannot: to be told before all else."""
    if clock.own_is_off():
        today = clock.own_now().date().isoformat()
        zh = f"电脑时间不对(显示 {today}),请先校准"
        yield Line(Words(zh, f"this computer's clock is wrong: {today}"), is_good=False)


def finding_lines(finding: Finding, settings: Settings) -> Iterator[Line]:
    """What a step of the check has found to be right, or to be noted; nothing where it failed."""
    if finding.error is not None or finding.outcome is Outcome.NOT_TRIED:
        return
    match finding.step:
        case Step.TLS:
            yield Line(Words("连接", "reachable"), settings.platform.base_url)
        case Step.CLOCK:
            yield _clock(finding)
        case Step.KEYS if finding.spelling is not None:
            yield Line(Words("签名 V2", "signature V2"), finding.spelling)
        case step:  # the name goes without saying, the store is told with its configuration
            for what, found in _GOOD_STEPS.get(step, ()):
                yield Line(what, found)


def _sources(settings: Settings) -> Iterator[Line]:
    """Who has set what: the policy, the file; the rest is as it is without either."""
    found: dict[str, list[str]] = {}
    for setting in (*SETTINGS, *POLICIES):
        if place := settings.source(setting):
            found.setdefault(place, []).append(setting.path)
    policy = settings.policy
    for place, paths in found.items():
        who = Words("总部策略", "policy") if place == policy.place else Words("文件", "file")
        yield Line(who, f"{place}: {', '.join(paths)}")
    for line in policy.ignored:
        yield Line(Words("总部策略里有一项没有采用", "a policy is not taken"), line, is_good=False)


def _store(settings: Settings) -> str | Words:
    store = settings.store
    told = " ".join(filter(None, (store.name, store.code, store.id)))
    missing = [name for name, value in (("code", store.code), ("id", store.id)) if not value]
    if not missing:
        return told
    names = ", ".join(missing)
    return Words(f"{told} (缺少: {names})".lstrip(), f"{told} (missing: {names})".lstrip())


def _unit(unit: MinSpendUnit) -> str | Words:
    """Nobody is looked up here, and only a member's coupons prove it: say what tells it."""
    if unit is not MinSpendUnit.AUTO:
        return str(unit)
    return Words(
        "auto (posmember lookup 会员码 --explain: UNIT_PROVEN 是已证实的,可写进配置)",
        "auto (posmember lookup CODE --explain: UNIT_PROVEN is what is proven,"
        " to be set as min_amount_use_unit)",
    )


def _clock(finding: Finding) -> Line:
    if finding.offset_s:
        return Line(_CLOCK, f"{finding.offset_s:+d} s")
    if finding.outcome is Outcome.GOOD:
        return Line(_CLOCK, Words("准确", "right"))
    found = Words("平台没有给出可信的时间", "the platform tells no time to believe")
    return Line(_CLOCK, found, is_good=False)
