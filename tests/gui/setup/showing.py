"""Screens of set-up as they look in a state, over a window without a loop."""

from __future__ import annotations

from collections.abc import Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any

from posmember.api.qimai.signing import SignKeys
from posmember.domain.context import Store
from posmember.domain.values import CHINA
from posmember.errors import ApiBusinessError, ApiConnectionError, ConfigError, ConnectionProblem
from posmember.lookup.check import Finding, Outcome, Step
from posmember.lookup.doctor import Line, Words, finding_lines, settings_lines
from posmember.lookup.support import support_entries
from posmember.settings.config import PlatformSettings, Settings
from posmember.settings.file_now import FileNow
from posmember.settings.policy import NO_POLICY, Policy
from posmember.settings.setting import Page
from posmember.ui.main_window import MainWindow
from posmember.ui.settings.place import SetupPlace
from posmember.ui.settings.screen import CHECK, SUPERVISORS, WECHAT, SettingsScreen
from posmember.ui.settings.session_keys import SessionKeys
from posmember.ui.setup.session_screen import SessionScreen
from posmember.ui.setup.support_screen import SupportScreen
from posmember.ui.setup.support_source import SupportSource
from posmember.ui.setup.wizard import Wizard
from posmember.ui.widgets.in_window import InWindow
from tests.fakes.wechat import MemoryStore

WIZARD = ("setup-keys", "setup-wrong", "setup-store", "setup-scanner", "setup-language",
          "setup-check", "setup-check-failed", "setup-paper")  # fmt: skip
SETTINGS = (
    *(f"settings-{page.value}" for page in Page),
    "settings-advanced", "settings-policy", "settings-pin", "settings-locked",
    "settings-wechat", "settings-wechat-key", "settings-supervisors", "settings-check",
    "settings-doctor",
)  # fmt: skip
SUPPORT = ("support-versions", "support-settings", "support-check", "support-log",
           "support-replace")  # fmt: skip
SCREENS = (*WIZARD, *SETTINGS, "setup-session", *SUPPORT)

GIVEN: dict[str, object] = {
    "platform.open_id": "0123456789abcdef0123456789abcdef",
    "platform.grant_code": "an-invented-grant-code",
    "store.code": "1001",
    "store.id": "88001",
    "store.name": "人民广场店",
}
MADE = datetime(2026, 11, 20, 12, 0, tzinfo=CHINA)
MANAGED = Policy(
    "/etc/posmember/policy.toml",
    {**{path: GIVEN[path] for path in ("platform.open_id", "platform.grant_code")}},
)


def place(policy: Policy = NO_POLICY, given: dict[str, object] | None = None) -> SetupPlace:
    file = FileNow(Path("/nowhere/config.toml"), b"", given if given is not None else GIVEN)
    nowhere = Path("/nowhere")
    return SetupPlace(
        lambda: file, MemoryStore(), policy, (nowhere / "draft.json",), nowhere / "audit.jsonl"
    )


def good(step: Step) -> Finding:
    spelling = SignKeys.CAMEL if step is Step.KEYS else None
    return Finding(step, Outcome.GOOD, spelling=spelling)


def show(window: MainWindow, state: str) -> InWindow:
    """Bring a window into a state of set-up."""
    if state == "setup-session":
        session = SessionScreen(window, place(), SessionKeys())
        session.open_screen()
        return session
    if state in SUPPORT:
        return _support(window, state)
    return _wizard(window, state) if state in WIZARD else _settings(window, state)


def _wizard(window: MainWindow, state: str) -> Wizard:
    wizard = Wizard(window, place(given={}), SessionKeys())
    wizard.check.start = lambda: None  # type: ignore[method-assign]
    wizard.open_wizard()
    keys = wizard.forms[0]
    assert keys.key is not None
    if state == "setup-wrong":
        texts = ("0123456789abcdef0123456789abcdef", "中文", "a key with blanks")
        for row, text in zip(keys._rows[:3], texts, strict=True):
            row.editor.setText(text)  # type: ignore[attr-defined]
            row.editor.textEdited.emit(text)  # type: ignore[attr-defined]
        wizard.say(wizard.take_scan("qm0000001"), wrong=True)
        keys.find_problems()
        keys.unfold(on=True)
    if state == "setup-paper":
        wizard._open_paper()
    steps: dict[str, int] = {"setup-store": 1, "setup-scanner": 2, "setup-language": 3}
    if state in steps:
        wizard._turn_to(steps[state])
    if state.startswith("setup-check"):
        wizard._turn_to(4)
        for finding in _findings(state):
            wizard.check.list.show_finding(finding)
        wizard.check.again.setText(wizard.check.tr("再检查一次"))
    return wizard


def _findings(state: str) -> list[Finding]:
    if state == "setup-check":
        noted = Finding(Step.CLOCK, Outcome.NOTE, offset_s=720)
        return [noted if step is Step.CLOCK else good(step) for step in Step]
    refused = ApiBusinessError("no", code="40300", platform_message="无权限")
    failed = {
        Step.STORE: Finding(Step.STORE, Outcome.FAILED, refused),
        Step.GIFT_CARDS: Finding(Step.GIFT_CARDS, Outcome.FAILED, refused),
        Step.CLOCK: Finding(
            Step.CLOCK, Outcome.FAILED,
            ApiConnectionError("x", problem=ConnectionProblem.CLOCK),
        ),
        Step.IDENTITY: Finding(Step.IDENTITY, Outcome.NOT_TRIED),
    }  # fmt: skip
    return [failed.get(step, good(step)) for step in Step]


def _settings(window: MainWindow, state: str) -> SettingsScreen:
    policies: dict[str, dict[str, Any]] = {
        "settings-policy": dict(MANAGED.raw),
        "settings-pin": {"policy.settings": "pin"},
        "settings-locked": {"policy.settings": "locked"},
    }
    raw = policies.get(state, {})
    screen = SettingsScreen(
        window, place(Policy("a policy", raw) if raw else NO_POLICY), SessionKeys()
    )
    names = {
        "settings-wechat": WECHAT, "settings-wechat-key": WECHAT,
        "settings-supervisors": SUPERVISORS, "settings-check": CHECK, "settings-doctor": CHECK,
        "settings-advanced": Page.PLATFORM.value, "settings-policy": Page.PLATFORM.value,
        "settings-pin": "", "settings-locked": "",
    }  # fmt: skip
    screen.pages.turned.disconnect()
    screen.open_settings(names.get(state, state.removeprefix("settings-")))
    if state == "settings-advanced":
        form = screen.pages.page(Page.PLATFORM.value)
        form.unfold(on=True)  # type: ignore[union-attr]
        form._rows[-1].put("no proxy at all")  # type: ignore[union-attr]
    if state == "settings-wechat-key":
        screen.pages.page(WECHAT).kind.setCurrentIndex(2)  # type: ignore[union-attr]
    if state == "settings-doctor":
        _examined(screen.pages.page(CHECK))
    if state == "settings-supervisors":
        screen.pages.page(SUPERVISORS).names.setText("现在的主管：1001、2048")  # type: ignore[union-attr]
    return screen


def _examined(page: Any) -> None:
    """Show a check that is over, with all that a doctor tells of it."""
    findings = _findings("setup-check")
    lines = [line for each in findings for line in finding_lines(each, _till())]
    keys = Line(Words("微信支付密钥", "WeChat Pay's keys"), "PUB_KEY_ID_" + "0" * 28)
    page._last.lines += [*settings_lines(_till()), *lines, keys]
    for finding in findings:
        page.list.show_finding(finding)
    page.fold.setChecked(True)
    page.again.setText(page.tr("再检查一次"))


def _support(window: MainWindow, state: str) -> SupportScreen:
    support = SupportScreen(window, SupportSource(_no_configuration, SessionKeys()))
    support._start = _forget_work  # type: ignore[method-assign]
    support.open_screen()
    entries = support_entries(_till(), "", _findings("setup-check"), MADE, MADE)
    log = "".join(f"2026-11-20 12:00:00 INFO posmember: line {number}\n" for number in range(60))
    support._show({**entries, "log.txt": log})
    part = state.removeprefix("support-")
    support.pages.turn_to(f"{part}.txt" if part != "replace" else "log.txt")
    support.pages.enter_titles()
    if part == "replace":
        support._ask_to_replace(Path("/nowhere/posmember-support-20261120-120000.zip"))
    return support


def _no_configuration() -> Any:
    raise ConfigError("no configuration file")


def _forget_work(work: Coroutine[Any, Any, None]) -> None:
    work.close()


def _till() -> Settings:
    return Settings(
        PlatformSettings(str(GIVEN["platform.open_id"]), str(GIVEN["platform.grant_code"])),
        Store("1001", "88001", "人民广场店"),
        path=Path("/nowhere/config.toml"),
        given=frozenset(GIVEN),
    )
