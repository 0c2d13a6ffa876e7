"""The controller: doubles, several codes of one burst, words beside a lookup."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from posmember import errors
from posmember.errors import MemberNotFoundError
from posmember.scanning.test_code import TEST_CODE
from posmember.ui.till import terms
from posmember.ui.till.intake import DOUBLE_S, Intake
from posmember.ui.tones import Tone
from posmember.ui.view.screen import Hint, PanelKind, Severity
from tests.gui.driving import Desk, Run, desk, hint_text, on_qasync, shows, until
from tests.gui.silent_tones import note_tones

MEMBER, ANOTHER, THIRD = "qm0000001", "qm0000002", "qm0000003"
PRODUCT, MOBILE = "6901234567892", "13800000001"
OPENID = "oABCdefGHIjklMNOpqrSTUvwx012"
URL = "https://weixin.qq.com/r/abc"
PAYMENT = "134567890123456789"
DOUBLE = "已忽略重复扫码"
MOBILE_CHOSEN = 2
"""The place of 手机号 among the identifier types."""


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    still = Clock()
    monkeypatch.setattr(terms, "Intake", partial(Intake, clock=still))
    return still


@pytest.fixture(autouse=True)
def tones(monkeypatch: pytest.MonkeyPatch) -> list[Tone]:
    return note_tones(monkeypatch)


async def unknown(at: Desk, run: Run) -> None:
    """Answer that there is no such member."""
    run.fail_all(MemberNotFoundError("nobody"))
    await at.end(run)


def values(run: Run) -> set[str]:
    """What is looked up, without the other case of its letters."""
    asked = [identifier.value for identifier in run.request.identifiers]
    return {value for value in asked if value != asked[0].swapcase()} | {asked[0]}


# --- doubles -----------------------------------------------------------------------------------


def test_the_same_code_in_flight_is_one_lookup(qapp: QApplication, clock: Clock) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan(MEMBER)
            clock.now_s += 60
            at.controller.scan(MEMBER)
            assert DOUBLE in hint_text(at.window)
            assert at.view.member_panel.kind is PanelKind.LOADING
            run.answer_all("A")
            await at.end(run)
            assert shows(at.window, "A级")
            assert (len(at.runs), run.cancelled) == (1, False)

    on_qasync(qapp, play)


@pytest.mark.parametrize(("after_s", "lookups"), [(DOUBLE_S - 0.01, 1), (DOUBLE_S, 2)])
def test_the_same_code_after_the_answer(
    qapp: QApplication, clock: Clock, after_s: float, lookups: int
) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan(MEMBER)
            run.answer_all("A")
            await at.end(run)
            clock.now_s += after_s
            at.controller.scan(MEMBER)
            if lookups == 1:
                assert DOUBLE in hint_text(at.window)
                assert shows(at.window, "A级"), "the member stays"
                assert not at.controller._lookups.running
            else:
                await until(lambda: len(at.runs) == 2, "the second lookup")
                assert DOUBLE not in hint_text(at.window)
            assert len(at.runs) == lookups

    on_qasync(qapp, play)


def test_during_a_refresh_the_time_alone_counts(qapp: QApplication, clock: Clock) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            clock.now_s += DOUBLE_S
            at.window.refresh_requested.emit()
            await until(lambda: len(at.runs) == 2, "the refresh")
            await at.scan("code-A")
            assert len(at.runs) == 3

    on_qasync(qapp, play)


def test_another_code_goes_at_once_and_cancels_the_first(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            first = await at.scan(MEMBER)
            second = await at.scan(ANOTHER)
            await until(lambda: first.cancelled, "the first to be cancelled")
            assert values(second) == {ANOTHER}
            assert DOUBLE not in hint_text(at.window)
            third = await at.scan(MEMBER)
            assert values(third) == {MEMBER}, "it is no double: the last one was another"

    on_qasync(qapp, play)


def test_after_escape_the_same_code_is_looked_up(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            at.window._escape()
            await at.scan("code-A")
            assert len(at.runs) == 2

    on_qasync(qapp, play)


def test_what_is_typed_is_no_double(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            at.controller.look_up("code-A", None)
            await until(lambda: len(at.runs) == 2, "the lookup")
            at.controller.scan("code-A")
            assert DOUBLE in hint_text(at.window), "but a scan of what was typed just now is"

    on_qasync(qapp, play)


# --- several codes in one burst ----------------------------------------------------------------


def test_a_product_barcode_before_the_members(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            at.controller.scan(PRODUCT, 1)
            at.controller.scan(MEMBER, 2)
            await until(lambda: bool(at.runs), "the lookup")
            run = at.runs[-1]
            assert values(run) == {MEMBER}
            assert at.window.scan_field.text() == MEMBER
            assert hint_text(at.window) == "一次扫到 2 个码，只查了一个；另有 69*********92"
            run.answer_all("A")
            await at.end(run)
            assert shows(at.window, "A级")
            assert "69*********92" in hint_text(at.window), "and it stays said"
            assert not shows(at.window, PRODUCT)

    on_qasync(qapp, play)


def test_the_first_unknown_the_next_is_tried(qapp: QApplication, tones: list[Tone]) -> None:
    async def play() -> None:
        async with desk() as at:
            settled: list[int] = []
            at.controller.settled.connect(lambda: settled.append(len(at.runs)))
            first = await at.scan(MEMBER)
            at.controller.scan(ANOTHER, 2)
            at.controller.scan(THIRD, 3)
            assert hint_text(at.window).endswith("另有 qm*****02、qm*****03")
            await unknown(at, first)
            await until(lambda: len(at.runs) == 2, "the second")
            assert (tones, settled) == ([], []), "not yet"
            assert at.view.member_panel.kind is PanelKind.LOADING
            assert values(at.runs[1]) == {ANOTHER}
            at.runs[1].answer_all("A")
            await at.end(at.runs[1])
            assert shows(at.window, "A级")
            assert hint_text(at.window).endswith("另有 qm*****01、qm*****03")
            assert (tones, settled) == ([Tone.FOUND], [2])

    on_qasync(qapp, play)


def test_none_of_them_known(qapp: QApplication, tones: list[Tone]) -> None:
    async def play() -> None:
        async with desk() as at:
            first = await at.scan(MEMBER)
            at.controller.scan(URL, 2)
            at.controller.scan(ANOTHER, 3)
            await unknown(at, first)
            await until(lambda: len(at.runs) == 2, "the other")
            await unknown(at, at.runs[1])
            assert "没有找到这位会员" in hint_text(at.window)
            assert not at.controller._lookups.running
            assert tones == [Tone.NOT_FOUND]
            assert len(at.runs) == 2

    on_qasync(qapp, play)


def test_an_answer_before_the_second_code(qapp: QApplication, tones: list[Tone]) -> None:
    """A platform can be faster than a scanner."""

    async def play() -> None:
        async with desk() as at:
            await unknown(at, await at.scan(MEMBER))
            assert "没有找到" in hint_text(at.window)
            at.controller.scan(ANOTHER, 2)
            await until(lambda: len(at.runs) == 2, "the second code's lookup")
            assert values(at.runs[1]) == {ANOTHER}
            at.runs[1].answer_all("B")
            await at.end(at.runs[1])
            assert shows(at.window, "B级")
            assert tones == [Tone.NOT_FOUND, Tone.FOUND]

    on_qasync(qapp, play)


@pytest.mark.parametrize("error", [errors.ApiTimeoutError("late"), errors.RateLimitedError("busy")])
def test_another_failure_tries_no_other_code(
    qapp: QApplication, tones: list[Tone], error: errors.PosMemberError
) -> None:
    async def play() -> None:
        async with desk() as at:
            first = await at.scan(MEMBER)
            at.controller.scan(ANOTHER, 2)
            first.fail_all(error)
            await at.end(first)
            assert (len(at.runs), tones) == (1, [Tone.WRONG])

    on_qasync(qapp, play)


def test_a_scan_meanwhile_is_not_disturbed_by_the_next_code(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            first = await at.scan(MEMBER)
            at.controller.scan(ANOTHER, 2)
            first.fail_all(MemberNotFoundError("nobody"))
            first.end()
            at.controller.scan(THIRD)
            await until(lambda: any(values(run) == {THIRD} for run in at.runs), "the new scan")
            at.runs[-1].answer_all("A")
            await at.end(at.runs[-1])
            assert shows(at.window, "A级")
            assert values(at.runs[-1]) == {THIRD}

    on_qasync(qapp, play)


def test_a_payment_code_before_the_members(qapp: QApplication, tones: list[Tone]) -> None:
    async def play() -> None:
        async with desk() as at:
            at.controller.scan(PAYMENT, 1)
            assert "付款码" in hint_text(at.window)
            at.controller.scan(MEMBER, 2)
            await until(lambda: bool(at.runs), "the lookup")
            assert values(at.runs[0]) == {MEMBER}
            assert not shows(at.window, PAYMENT[:6])
            assert tones == [Tone.WRONG]

    on_qasync(qapp, play)


# --- words beside a lookup ---------------------------------------------------------------------


def test_caps_lock_is_said_and_stays_said_through_a_refresh(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan(OPENID.swapcase())
            assert run.request.identifiers[0].value == OPENID
            run.answer_all("A")
            await at.end(run)
            assert "大写锁定开着" in hint_text(at.window)
            assert hint_text(at.window).startswith("注意：")
            at.window.refresh_requested.emit()
            await until(lambda: len(at.runs) == 2, "the refresh")
            at.runs[1].answer_all("A")
            await at.end(at.runs[1])
            assert "大写锁定开着" in hint_text(at.window)
            await at.found("B")
            assert "大写锁定开着" not in hint_text(at.window)

    on_qasync(qapp, play)


def test_a_failure_is_said_before_a_note(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            run = await at.scan(OPENID.swapcase())
            run.fail_all(errors.ApiTimeoutError("late"))
            await at.end(run)
            assert "太久没有回应" in hint_text(at.window)
            assert "大写锁定" not in hint_text(at.window)

    on_qasync(qapp, play)


def test_the_test_code_is_said_and_the_member_stays(qapp: QApplication, tones: list[Tone]) -> None:
    async def play() -> None:
        async with desk() as at:
            await at.found("A")
            tones.clear()
            at.controller.scan(TEST_CODE)
            assert "这是扫码枪测试码" in hint_text(at.window)
            assert shows(at.window, "A级")
            assert (len(at.runs), tones) == (1, [])
            at.controller.look_up(TEST_CODE, None)
            await asyncio.sleep(0)
            assert not at.controller._lookups.running

    on_qasync(qapp, play)


def test_what_is_told_is_seen_at_once(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            at.controller.scan(TEST_CODE)
            at.controller.tell(Hint(Severity.INFO, "扫码枪设置已保存"))
            assert hint_text(at.window) == "扫码枪设置已保存"
            await at.found("A")
            assert "扫码枪设置已保存" not in hint_text(at.window)
            at.controller.tell(Hint(Severity.INFO, "扫码枪设置已保存"))
            assert hint_text(at.window) == "扫码枪设置已保存"
            assert shows(at.window, "A级")

    on_qasync(qapp, play)
