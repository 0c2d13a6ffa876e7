"""The controller: what there is to hear, and when, and the connection that wakes for a scan."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from posmember import errors
from posmember.errors import MemberNotFoundError
from posmember.lookup.sections import Failed, Section
from posmember.settings.config import WindowSettings
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.tones import Tone
from posmember.ui.tour import send_burst
from posmember.ui.view.screen import PanelKind
from tests.gui.driving import SETTINGS, answer, desk, on_qasync, until
from tests.gui.silent_tones import note_tones

MEMBER, ANOTHER, THIRD = "qm0000001", "qm0000002", "qm0000003"
PRODUCT, MOBILE = "6901234567892", "13800000001"
OPENID = "oABCdefGHIjklMNOpqrSTUvwx012"
URL = "https://weixin.qq.com/r/abc"
PAYMENT = "134567890123456789"
DOUBLE = "已忽略重复扫码"
MOBILE_CHOSEN = 2
"""The place of 手机号 among the identifier types."""


@pytest.fixture(autouse=True)
def tones(monkeypatch: pytest.MonkeyPatch) -> list[Tone]:
    return note_tones(monkeypatch)


# --- tones -------------------------------------------------------------------------------------


def test_found_sounds_with_the_members_answer_and_once(
    qapp: QApplication, tones: list[Tone]
) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan(MEMBER)
            run.deliver(Section.IDENTITY, answer(Section.IDENTITY, "A"))
            assert tones == []
            run.deliver(Section.MEMBER, answer(Section.MEMBER, "A"))
            assert tones == [Tone.FOUND], "before the rest has come"
            run.deliver(Section.GIFT_CARDS, Failed(errors.ApiTimeoutError("late"), 5))
            await at.end(run)
            at.window.refresh_requested.emit()
            await until(lambda: len(at.runs) == 2, "the refresh")
            at.runs[1].fail_all(errors.ApiTimeoutError("late"))
            await at.end(at.runs[1])
            assert tones == [Tone.FOUND]

    on_qasync(qapp, play)


@pytest.mark.parametrize(
    ("error", "tone"),
    [
        (MemberNotFoundError("nobody"), Tone.NOT_FOUND),
        (errors.ApiTimeoutError("late"), Tone.WRONG),
        (errors.RateLimitedError("busy"), Tone.WRONG),
    ],
    ids=["nobody", "late", "busy"],
)
def test_what_failed_sounds_at_its_end(
    qapp: QApplication, tones: list[Tone], error: errors.PosMemberError, tone: Tone
) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan(MEMBER)
            run.fail_all(error)
            await at.end(run)
            assert tones == [tone]

    on_qasync(qapp, play)


@pytest.mark.parametrize("text", [URL, PAYMENT, "王小明"])
@pytest.mark.parametrize("way", ["scanned", "typed"])
def test_a_wrong_code_sounds_at_once(
    qapp: QApplication, tones: list[Tone], text: str, way: str
) -> None:
    async def play() -> None:
        async with desk() as at:
            if way == "scanned":
                at.controller.scan(text)
            else:
                at.controller.look_up(text, None)
            assert tones == [Tone.WRONG]

    on_qasync(qapp, play)


def test_a_double_a_question_and_a_late_answer_make_no_sound(
    qapp: QApplication, tones: list[Tone]
) -> None:
    async def play() -> None:
        async with desk() as at:
            first = await at.scan(MEMBER)
            at.controller.scan(MEMBER)
            at.window._orders._kinds.setCurrentIndex(MOBILE_CHOSEN)
            at.controller.look_up(ANOTHER, at.window._orders.kind())
            first.answer_all("A")
            await at.rendered()
            assert tones == []

    on_qasync(qapp, play)


def test_none_at_all_where_they_are_off(qapp: QApplication, tones: list[Tone]) -> None:
    async def play() -> None:
        async with desk(settings=replace(SETTINGS, window=WindowSettings(sounds=False))) as at:
            await at.found("A")
            at.controller.scan(URL)
            assert tones == []

    on_qasync(qapp, play)


@pytest.mark.allow_log("posmember.ui.controller")
def test_a_bug_sounds_wrong(qapp: QApplication, tones: list[Tone]) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan(MEMBER)
            await at.end(run, RuntimeError("broken"))
            await until(lambda: bool(tones), "the tone")
            assert tones == [Tone.WRONG]

    on_qasync(qapp, play)


# --- the connection wakes ----------------------------------------------------------------------


def test_it_wakes_as_soon_as_there_is_one(qapp: QApplication) -> None:
    async def play() -> None:
        later: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        async with desk(backend=later) as at:
            at.controller.wake()
            assert at.backend.wakes == 0
            later.set_result(at.backend)
            await until(lambda: at.backend.wakes == 1, "the first waking")

    on_qasync(qapp, play)


def test_it_wakes_when_a_burst_begins_before_its_code_is_whole(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await until(lambda: at.backend.wakes == 1, "the first waking")
            scan_filter = ScanFilter()
            try:
                scan_filter.burst_began.connect(at.controller.wake)
                scan_filter.scanned.connect(at.controller.scan)
                send_burst(at.window.windowHandle(), MEMBER[:4])
                assert (at.backend.wakes, len(at.runs)) == (2, 0)
                send_burst(at.window.windowHandle(), MEMBER[4:] + "\r")
                assert at.backend.wakes == 2
                assert at.view.member_panel.kind is PanelKind.LOADING, "with the last key"
                assert at.window.scan_field.text() == MEMBER
                await until(lambda: bool(at.runs), "the lookup")
            finally:
                scan_filter.stop()

    on_qasync(qapp, play)


@pytest.mark.parametrize("how", ["failed", "cancelled"])
def test_without_a_connection_nothing_wakes(qapp: QApplication, how: str) -> None:
    async def play() -> None:
        none: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        async with desk(backend=none) as at:
            if how == "failed":
                none.set_exception(errors.CredentialError("none"))
            else:
                none.cancel()
            await asyncio.sleep(0)
            at.controller.wake()
            assert at.backend.wakes == 0

    on_qasync(qapp, play)
