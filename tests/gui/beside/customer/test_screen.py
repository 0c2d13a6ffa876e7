"""The customer's screen: it follows the cashier's window at once, and keeps nothing of anybody."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posmember.lookup.sections import Section
from posmember.settings.config import CustomerSettings, Settings
from posmember.ui.beside.customer import screen as screen_module
from posmember.ui.beside.customer.content import Content, Page
from posmember.ui.beside.customer.place import ScreenChoice
from posmember.ui.beside.customer.screen import CustomerScreen
from posmember.ui.beside.customer.window import CustomerWindow, _flags
from posmember.ui.main_window import MainWindow
from posmember.ui.panels.failures import FailurePage
from posmember.ui.panels.watermark import Watermark
from posmember.ui.privacy.forgetting import Forgetting
from posmember.ui.view.screen import View
from tests.fakes.wechat_desk import ScriptedService
from tests.gui import bad_views, samples
from tests.gui.beside.customer.showing import ADDRESS, NOT_FOUND, codes_in, held, in_sight
from tests.gui.driving import SETTINGS, Run, answer, hint_text, member_info
from tests.gui.privacy.traces import pieces, python_traces, qt_traces
from tests.gui.wechat.driving import Counter, counter, on_qasync, until

pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")

WITH_SCREEN = replace(SETTINGS, customer=CustomerSettings("1", balance=True, join_qr=ADDRESS))

VIEWS: dict[str, Callable[[], View]] = {
    "loaded": samples.loaded_view,
    "loading": samples.loading_view,
    "failed": samples.failed_view,
    "odd": samples.odd_view,
    "partly": samples.partly_failed_view,
    "unknown": samples.unknown_view,
    "many": samples.many_view,
    "late": bad_views.late_view,
    "grouped": bad_views.grouped_view,
    "long code": bad_views.long_code_view,
    **bad_views.BAD,
}


@pytest.fixture(autouse=True)
def free_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the one screen that there is be the customer's."""
    monkeypatch.setattr(ScreenChoice, "_is_taken", lambda _choice, _screen: False)


@contextlib.asynccontextmanager
async def beside(
    window: MainWindow, settings: Settings | None = WITH_SCREEN
) -> AsyncIterator[CustomerScreen]:
    part = CustomerScreen(window)
    part.use(settings)
    try:
        yield part
    finally:
        await part.aclose()


def shown(part: CustomerScreen) -> CustomerWindow:
    assert part._shown is not None
    return part._shown


def played(
    qapp: QApplication, tmp_path: Path, work: Callable[[Counter, CustomerScreen], Awaitable[None]]
) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at, beside(at.window) as part:
            await until(lambda: part._join.is_there, "the code to join by")
            await work(at, part)

    on_qasync(qapp, play)


def not_found(run: Run) -> None:
    for section in Section:
        run.deliver(section, NOT_FOUND)


def test_it_follows_in_the_same_turn(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter, part: CustomerScreen) -> None:
        pages: list[tuple[int, Page]] = []
        at.window.rendered.connect(lambda: pages.append((at.view.run, shown(part).content().page)))
        assert shown(part).content().page is Page.WELCOME
        assert in_sight(shown(part)) == ["人民广场店", "欢迎光临"]
        run = await at.scan()
        assert pages[-1] == (1, Page.WAIT)
        run.answer_all("甲")
        await at.end(run)
        assert pages[-1] == (1, Page.MEMBER)
        at.window.forget()
        assert pages[-1] == (0, Page.WELCOME)
        assert in_sight(shown(part)) == ["人民广场店", "欢迎光临"]

    played(qapp, tmp_path, work)


def test_who_typed_a_phone_number_of_nobody_may_join_on_both_screens(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def work(at: Counter, part: CustomerScreen) -> None:
        before = len(at.runs)
        at.window.identifier_entered.emit("13900001111", None)
        await until(lambda: len(at.runs) > before, "the lookup")
        not_found(at.runs[-1])
        assert shown(part).content().page is Page.WAIT
        await at.end(at.runs[-1])
        assert shown(part).content().page is Page.JOIN
        assert in_sight(shown(part)) == ["扫码入会", "还不是会员？请用手机扫一扫"]
        assert codes_in(shown(part).grab().toImage()) == (ADDRESS,)
        (page,) = at.window.findChildren(FailurePage)
        assert page.text() == "这个手机号还不是会员，请顾客扫码入会"

    played(qapp, tmp_path, work)


@pytest.mark.parametrize(
    ("typed", "page"),
    [("1390000111", Page.WELCOME), ("qm99887766", Page.JOIN), ("6901234567892", Page.WELCOME)],
)
def test_what_is_a_mistake_is_not_offered_to_join(
    qapp: QApplication, tmp_path: Path, typed: str, page: Page
) -> None:
    async def work(at: Counter, part: CustomerScreen) -> None:
        run = await at.scan(typed)
        not_found(run)
        await at.end(run)
        assert shown(part).content().page is page

    played(qapp, tmp_path, work)


def test_its_own_code_is_not_looked_up(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter, part: CustomerScreen) -> None:
        at.controller.scan(ADDRESS)
        await at.painted()
        assert at.runs == []
        assert "入会二维码" in hint_text(at.window)
        await at.scan("qm0000001")

    played(qapp, tmp_path, work)


def phone() -> str:
    return "".join(map(str, (139, 6284, 1753)))


def name() -> str:
    return "".join(("欧阳", "明月"))


async def member(at: Counter) -> None:
    run = await at.scan("qm73")
    info = member_info("甲", name=name(), mobile=phone(), card_number="card-7788")
    run.deliver(Section.MEMBER, replace(answer(Section.MEMBER, "甲"), data=info))
    for section in (Section.IDENTITY, Section.GIFT_CARDS):
        run.deliver(section, answer(section, "甲"))
    await at.end(run)


async def esc(at: Counter) -> None:
    at.window.scan_field.setFocus()
    for _time in range(8):
        at.window._escape()


async def idle(at: Counter) -> None:
    forgetting = Forgetting(at.window, 90)
    forgetting._idle._since = (-1000.0, 0.0)
    forgetting._idle._tick()


async def lock(at: Counter) -> None:
    at.window.forget()


async def other_settings(at: Counter) -> None:
    at.controller.use(SETTINGS)


async def next_scan(at: Counter) -> None:
    await at.scan("code-B")


@pytest.mark.parametrize("clear", [esc, idle, lock, other_settings, next_scan])
def test_after_a_clear_it_holds_nothing(
    qapp: QApplication, tmp_path: Path, clear: Callable[[Counter], Awaitable[None]]
) -> None:
    QAccessible.setActive(True)

    async def work(at: Counter, part: CustomerScreen) -> None:
        await member(at)
        window = shown(part)
        assert "欧**月" in held(window)
        assert not any(
            piece in text for text in held(window) for piece in (*pieces(phone()), name())
        )
        await clear(at)
        assert not any("欧" in text or "甲" in text for text in held(window))
        assert qt_traces({"欧**月", "甲级"}) == []

    played(qapp, tmp_path, work)


def test_python_keeps_nothing_either(qapp: QApplication, tmp_path: Path) -> None:
    def masked() -> str:
        return "".join(("欧", "**", "月"))

    async def work(at: Counter, part: CustomerScreen) -> None:
        await member(at)
        assert shown(part).content().name == masked()
        at.window.forget()
        at.views.clear()
        at.runs.clear()
        at.window.numbers.forget_taken()
        assert python_traces(name) == []
        assert python_traces(phone) == []
        assert python_traces(masked) == []

    played(qapp, tmp_path, work)


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_no_view_shows_a_number_or_a_whole_name(
    qapp: QApplication, tmp_path: Path, view: Callable[[], View]
) -> None:
    QAccessible.setActive(True)

    async def work(at: Counter, part: CustomerScreen) -> None:
        made = view()
        at.window.render(made)
        person = made.profile.person
        numbers = [each.coupon.redemption_code for each in made.assessment.coupons]
        numbers += [each.card.card_number for each in made.assessment.gift_cards]
        if person is not None:
            numbers += [person.card_number, person.mobile[:7], person.mobile[-4:]]
        for text in held(shown(part)):
            assert not any(number and number in text for number in numbers)
            assert person is None or len(person.name) < 2 or person.name not in text
        at.window.render(View(samples.NOW))

    played(qapp, tmp_path, work)


def test_it_fills_the_screen_and_asks_for_no_keyboard(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter, part: CustomerScreen) -> None:
        window = shown(part)
        assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
        assert window.geometry() == window.screen().geometry()
        assert window.parent() is None

    played(qapp, tmp_path, work)


def test_what_each_system_needs_of_it() -> None:
    kinds = Qt.WindowType
    tool = kinds.Tool & ~kinds.Window
    for platform in ("windows", "xcb", "wayland", "offscreen"):
        flags = _flags(platform)
        assert flags & kinds.WindowDoesNotAcceptFocus
        assert flags & kinds.FramelessWindowHint
    assert _flags("windows") & tool, "no place in the taskbar"
    assert _flags("windows") & kinds.WindowStaysOnTopHint
    assert _flags("xcb") & kinds.X11BypassWindowManagerHint


@pytest.mark.parametrize("settings", [None, SETTINGS])
def test_without_a_screen_there_is_none(
    qapp: QApplication, tmp_path: Path, settings: Settings | None
) -> None:
    async def work(at: Counter, part: CustomerScreen) -> None:
        await member(at)
        window = shown(part)
        part.use(settings)
        assert part._shown is None
        assert not window.isVisible()
        assert window.content().page is Page.WELCOME
        at.window.forget()

    played(qapp, tmp_path, work)


def test_of_a_screen_that_is_not_there_a_word_is_said(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter, part: CustomerScreen) -> None:
        part.use(replace(SETTINGS, customer=CustomerSettings("7")))
        assert part._shown is None
        assert "顾客屏没有显示：没有「7」这块屏幕，或本窗口就在上面" in hint_text(at.window)

    played(qapp, tmp_path, work)


def test_of_a_picture_that_cannot_be_read_a_word_is_said(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def work(at: Counter, part: CustomerScreen) -> None:
        missing = CustomerSettings("1", join_qr=str(tmp_path / "missing.png"))
        part.use(replace(SETTINGS, customer=missing))
        await until(lambda: "入会二维码" in hint_text(at.window), "the word")
        run = await at.scan("qm99887766")
        not_found(run)
        await at.end(run)
        assert shown(part).content().page is Page.WELCOME

    played(qapp, tmp_path, work)


def test_a_member_on_the_screen_is_there_at_once(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter, part: CustomerScreen) -> None:
        part.use(SETTINGS)
        await member(at)
        part.use(WITH_SCREEN)
        assert shown(part).content().page is Page.MEMBER
        at.window.forget()

    played(qapp, tmp_path, work)


def test_training_is_written_over_it(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    async def play() -> None:
        async with counter(tmp_path, service=ScriptedService()) as at:
            at.window.training.show()
            async with beside(at.window) as part:
                (mark,) = shown(part).findChildren(Watermark)
                assert mark.isVisible()
                assert mark.geometry() == shown(part).rect()

    on_qasync(qapp, play)


def test_a_bug_leaves_nobody_there(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(at: Counter, part: CustomerScreen) -> None:
        await member(at)

        def fail(*_args: object, **_more: object) -> Content:
            raise RuntimeError

        monkeypatch.setattr(screen_module, "content_of", fail)
        with pytest.raises(RuntimeError):
            part._follow()
        assert shown(part).content().page is Page.WELCOME
        monkeypatch.undo()
        at.window.forget()

    played(qapp, tmp_path, work)
