"""The controller: every failure has its words and a code that the log holds; no trace stays."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime

import pytest
from PySide6.QtWidgets import QApplication

from posmember import errors
from posmember.domain.values import CHINA
from posmember.lookup.sections import Failed, Section
from posmember.settings.config import PlatformSettings, Settings
from posmember.ui.messages import error_text
from posmember.ui.view.screen import PanelKind, Severity
from tests.fakes.wechat_errors import ALONE, all_classes
from tests.gui.driving import (
    SETTINGS,
    answer,
    desk,
    hint_text,
    is_loading,
    on_qasync,
    other_tasks,
    shows,
    until,
)

LOGGER = "posmember.ui.controller"
FAILURES: dict[str, errors.PosMemberError] = {
    "connection": errors.ApiConnectionError("ConnectError", api="member_info"),
    "clock": errors.ApiConnectionError(
        "clock, certificate_not_yet_valid",
        problem=errors.ConnectionProblem.CLOCK,
        own_time=datetime(1970, 1, 1, 8, 3, tzinfo=CHINA),
        api="member_info",
    ),
    "login": errors.ApiConnectionError("login (HTTP 302)", problem=errors.ConnectionProblem.LOGIN),
    "timeout": errors.ApiTimeoutError("late", api="member_info"),
    "HTTP 500": errors.ApiStatusError("HTTP 500", status=500, api="member_info", request_id="r-1"),
    "HTTP 401": errors.ApiStatusError("HTTP 401", status=401, api="member_info"),
    "HTTP 302": errors.ApiStatusError("HTTP 302", status=302, api="member_info"),
    "HTTP 404": errors.ApiStatusError("HTTP 404", status=404, api="member_info"),
    "business": errors.ApiBusinessError("no", code="40300", platform_message="未开通"),
    "signature": errors.SignatureRejectedError("no", code="110004"),
    "another": errors.OtherMemberError("another person's answer", api="member"),
    "rate": errors.RateLimitedError("busy", retry_after=3.0),
    "response": errors.ApiResponseError("html", path="$", api="member_info"),
    "api": errors.ApiError("odd"),
    "config": errors.ConfigError("c.toml: platform.open_id is missing"),
    "credential": errors.CredentialError("no open key is stored"),
    "not set up": errors.NotSetUpError("no configuration file"),
    "no key": errors.KeyMissingError("no open key is stored"),
    "locked keyring": errors.KeyringLockedError("the keyring gave nothing: KeyringLocked"),
    "silent keyring": errors.KeyringSilentError("no answer in 3 s"),
}


@pytest.fixture(autouse=True)
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, logger="posmember")
    return caplog


def test_no_class_is_forgotten() -> None:
    """Those of membership cards and secrets have tests of their own: no lookup brings them."""
    tested = {type(error) for error in FAILURES.values()} | {errors.MemberNotFoundError}
    assert tested == all_classes() - {errors.PosMemberError, errors.SecretRejectedError} - ALONE


@pytest.mark.parametrize("name", FAILURES)
def test_every_failure_has_its_words_and_a_code_that_the_log_holds(
    qapp: QApplication, name: str, log: pytest.LogCaptureFixture
) -> None:
    error = FAILURES[name]

    async def play() -> None:
        async with desk() as at:
            run = await at.scan()
            run.fail_all(error)
            await at.end(run)
            hint = at.view.hint
            assert hint is not None
            assert (hint.severity, hint.text) == (
                error_text(error).severity,
                error_text(error).text,
            )
            assert hint.text in hint_text(at.window)
            assert shows(at.window, f"问题编号 {hint.support_code}")
            assert f"{hint.support_code}: {type(error).__name__}" in log.text
            assert str(error) in log.text
            panels = (at.view.member_panel, at.view.coupons_panel, at.view.gift_cards_panel)
            assert {panel.kind for panel in panels} == {PanelKind.FAILED}
            assert all(panel.problems for panel in panels)

    on_qasync(qapp, play)


def test_nobody_found_is_a_word_and_no_code(
    qapp: QApplication, log: pytest.LogCaptureFixture
) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan()
            run.fail_all(errors.MemberNotFoundError("nobody", code="40004"))
            await at.end(run)
            assert at.view.hint is not None
            assert at.view.hint.severity is Severity.WARNING
            assert at.view.hint.support_code == ""
            assert "没有找到这位会员" in hint_text(at.window)

    on_qasync(qapp, play)


def test_the_member_call_has_the_last_word(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan()
            run.deliver(Section.IDENTITY, Failed(errors.ApiTimeoutError("late"), 5))
            run.deliver(Section.MEMBER, Failed(errors.RateLimitedError("busy"), 5))
            run.deliver(Section.GIFT_CARDS, Failed(errors.ApiTimeoutError("late"), 5))
            await at.end(run)
            assert "会员系统正忙" in hint_text(at.window)

    on_qasync(qapp, play)


@pytest.mark.parametrize("lost", [Section.IDENTITY, Section.GIFT_CARDS])
def test_a_part_that_failed_leaves_the_others(qapp: QApplication, lost: Section) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan()
            for section in Section:
                failed = Failed(errors.ApiTimeoutError("late"), 5)
                run.deliver(section, failed if section is lost else answer(section, "A"))
            await at.end(run)
            assert shows(at.window, "A级")
            assert shows(at.window, "A的券")
            assert shows(at.window, "A的卡") is (lost is Section.IDENTITY)
            assert "太久没有回应" in hint_text(at.window)

    on_qasync(qapp, play)


# --- no connection to begin with ---------------------------------------------------------------


@pytest.mark.parametrize("name", ["config", "credential"])
def test_a_backend_that_fails_is_said_at_once_and_again_at_a_scan(
    qapp: QApplication, name: str
) -> None:
    error = FAILURES[name]
    words = error_text(error).text

    async def play() -> None:
        failed: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        failed.set_exception(error)
        async with desk(backend=failed, settings=None) as at:
            await until(lambda: bool(at.views), "the word")
            assert words in hint_text(at.window)
            assert at.view.hint is not None
            first_code = at.view.hint.support_code
            at.controller.scan("code-A")
            await until(lambda: not at.controller._lookups.running, "the lookup to end")
            await at.rendered()
            assert words in hint_text(at.window)
            assert at.view.hint.support_code not in ("", first_code)
            assert at.view.member_panel.kind is PanelKind.FAILED
            at.window.refresh_requested.emit()
            await until(lambda: not at.controller._lookups.running, "the refresh to end")
            await at.rendered()
            assert words in hint_text(at.window)

    on_qasync(qapp, play)


def test_a_scan_waits_for_a_backend_that_is_not_there_yet(qapp: QApplication) -> None:
    async def play() -> None:
        later: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        async with desk(backend=later) as at:
            at.controller.scan("code-A")
            at.controller.scan("code-B")
            assert at.view.member_panel.kind is PanelKind.LOADING
            later.set_result(at.backend)
            await until(lambda: bool(at.runs), "the lookup")
            assert at.runs[0].request.identifiers[0].value == "code-B"
            at.runs[0].answer_all("B")
            await at.end(at.runs[0])
            assert shows(at.window, "B级")
            assert len(at.runs) == 1

    on_qasync(qapp, play)


def test_plain_http_stays_on_the_screen(qapp: QApplication) -> None:
    address = "http://proxy.example"
    platform = PlatformSettings("an-id", "a-code", base_url=address, allow_insecure_http=True)

    async def play() -> None:
        async with desk(settings=Settings(platform, SETTINGS.store)) as at:
            assert shows(at.window, "明文")
            await at.found("A")
            assert shows(at.window, "明文")
            at.window._escape()
            assert shows(at.window, "明文")
            assert at.window._orders._store.accessibleName() == "门店 人民广场店"

    on_qasync(qapp, play)


# --- bugs --------------------------------------------------------------------------------------


@pytest.mark.allow_log(LOGGER)
@pytest.mark.parametrize("when", ["at once", "after a section", "in a refresh"])
def test_a_bug_shows_one_notice_with_a_code_and_the_next_scan_works(
    qapp: QApplication, log: pytest.LogCaptureFixture, when: str
) -> None:
    async def play() -> None:
        async with desk() as at:
            settled = 0

            def count() -> None:
                nonlocal settled
                settled += 1

            run = await (at.found("A") if when == "in a refresh" else at.scan())
            if when == "in a refresh":
                at.window.refresh_requested.emit()
                await until(lambda: len(at.runs) == 2, "the refresh")
                run = at.runs[1]
            if when == "after a section":
                run.deliver(Section.MEMBER, answer(Section.MEMBER, "A"))
            at.controller.settled.connect(count)
            await at.end(run, RuntimeError("13800000001 broke it"))
            await until(lambda: at.view.hint is not None, "the notice")
            hint = at.view.hint
            assert hint is not None
            assert hint.severity is Severity.ERROR
            assert "程序出错了" in hint_text(at.window)
            assert f"{hint.support_code}: a lookup ended in a bug" in log.text
            assert "RuntimeError" in log.text
            assert not at.view.refreshing
            assert not is_loading(at.window), "for ever"
            assert shows(at.window, "A级") is (when != "at once")
            assert settled == 1
            assert len([one for one in log.records if one.levelno >= logging.WARNING]) == 1
            await at.found("B")
            assert shows(at.window, "B级")
            assert at.view.hint is None

    on_qasync(qapp, play)


@pytest.mark.allow_log(LOGGER)
def test_a_bug_of_a_lookup_that_is_gone_is_logged_and_disturbs_nobody(
    qapp: QApplication, log: pytest.LogCaptureFixture
) -> None:
    async def play() -> None:
        async with desk() as at:
            first = await at.scan("code-A")
            first.end(RuntimeError("broken"))
            at.controller.scan("code-B")
            await until(lambda: len(at.runs) == 2, "the second lookup")
            at.runs[1].answer_all("B")
            await at.end(at.runs[1])
            assert shows(at.window, "B级")
            assert at.view.hint is None

    on_qasync(qapp, play)


@pytest.mark.allow_log(LOGGER)
def test_a_backend_with_a_bug_is_a_notice_at_the_scan(qapp: QApplication) -> None:
    async def play() -> None:
        failed: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        failed.set_exception(RuntimeError("no backend"))
        async with desk(backend=failed) as at:
            at.controller.scan("code-A")
            await until(lambda: at.view.hint is not None, "the notice")
            assert "程序出错了" in hint_text(at.window)

    on_qasync(qapp, play)


# --- the end -----------------------------------------------------------------------------------


@pytest.mark.parametrize("when", ["idle", "in mid-lookup", "in a refresh", "with a timer", "found"])
def test_shutdown_leaves_no_task_and_closes_the_connection(qapp: QApplication, when: str) -> None:
    async def play() -> None:
        async with desk() as at:
            if when == "in mid-lookup":
                await at.scan()
            elif when != "idle":
                await at.found("A")
            if when == "in a refresh":
                at.window.refresh_requested.emit()
                await until(lambda: len(at.runs) == 2, "the refresh")
            if when == "with a timer":
                at.window._orders._amount.setText("58")
            await at.controller.shutdown()
            assert at.backend.closed
            assert other_tasks() == set()
            assert not at.controller._refreshing.waits
            assert all(run.cancelled or run.ended.done() for run in at.runs)

    on_qasync(qapp, play)


def test_shutdown_before_there_is_a_connection(qapp: QApplication) -> None:
    async def play() -> None:
        later: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        async with desk(backend=later) as at:
            at.controller.scan("code-A")
            await at.controller.shutdown()
            assert later.cancelled()
            assert other_tasks() == set()

    on_qasync(qapp, play)


def test_shutdown_of_a_backend_that_failed(qapp: QApplication) -> None:
    async def play() -> None:
        failed: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        failed.set_exception(errors.CredentialError("none"))
        async with desk(backend=failed) as at:
            await until(lambda: bool(at.views), "the word")
            await at.controller.shutdown()
            assert other_tasks() == set()

    on_qasync(qapp, play)
