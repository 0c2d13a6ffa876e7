"""In no painted frame stands what a later frame takes back, however late the answers come."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import permutations

import pytest
from PySide6.QtWidgets import QApplication

from posmember.api import retries
from posmember.sandbox.app import Sandbox
from posmember.sandbox.server import RunningSandbox
from posmember.ui.panels.waiting import TICKS_MS
from posmember.ui.theme import install_theme
from posmember.ui.till import session, telling
from posmember.ui.view.screen import View
from posmember.ui.widgets.rows import list_view
from tests.end2end.frame_law import stories, taken_back, unmoved
from tests.end2end.frame_record import Frame, ListSeen, Recorder, RowSeen, SaySeen
from tests.end2end.frames import (
    Act,
    choose_delivery,
    recorded,
    refresh,
    scan_another,
    settled_and_painted,
    type_amount,
)
from tests.end2end.program import LIMIT_S, SOURCE
from tests.gui.driving import Desk, on_qasync, until

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

USUAL = "qm0000001"
ALIKE = "qm0000030"
# Of whom identity, the list or member-info tell something of their own.
MEMBERS = (
    *(f"qm{number:07d}" for number in (*range(1, 4), *range(9, 35), *range(38, 50))),
    *("qm0000036", "100036", "13800000039", "13800000004", "13800000038", "VIP880005"),
    *("2088000000000006", "oSandbox_openid-000000000007", "qm404empty"),
)


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "FIRST_DELAY_S", 0.001)
    monkeypatch.setattr(retries, "MAX_RETRY_AFTER_S", 0.0)


@pytest.fixture
def look(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    install_theme(qapp)
    monkeypatch.setattr(list_view, "reduced_motion", lambda: False)


@pytest.fixture
def may_come(served: RunningSandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """What is late waits for this before, so that what stands until then is painted anyway.

    However late it is, a busy machine may be later with a frame.
    """
    event = threading.Event()

    async def sleep(seconds: float) -> None:
        if seconds:
            await asyncio.to_thread(event.wait, LIMIT_S)
        await asyncio.sleep(seconds)

    monkeypatch.setattr(served.sandbox, "_sleep", sleep)
    yield event
    event.set()


def once_painted(
    may_come: threading.Event,
    is_told: Callable[[list[Frame]], object],
    then: Act | None = None,
) -> Act:
    """Let what is late come once frames tell something, and something is done then."""

    async def act(at: Desk, recorder: Recorder) -> None:
        if then is not None:
            await then(at, recorder)
        await until(lambda: bool(is_told(recorder.frames)), "a frame before what is late")
        may_come.set()

    return act


def watch(
    qapp: QApplication,
    served: RunningSandbox,
    code: str = USUAL,
    *faults: str,
    act: Act | None = None,
    timeout_s: float = 8,
) -> list[Frame]:
    for fault in faults:
        served.sandbox.add_fault(fault)
    return on_qasync(qapp, lambda: recorded(served.base_url, code, act, timeout_s=timeout_s))


def checking(frames: list[Frame]) -> list[Frame]:
    """Frames with coupons whose verdicts are not known."""
    return [f for f in frames if f.coupons.rows and not any(r.verdict for r in f.coupons.rows)]


def says_it_checks(frames: list[Frame]) -> bool:
    return any("正在核对账号状态…" in frame.say.words for frame in checking(frames))


@pytest.mark.usefixtures("look", "platform")
@pytest.mark.parametrize("late_ms", [300, 2000])
def test_a_late_identity(
    qapp: QApplication, served: RunningSandbox, may_come: threading.Event, late_ms: int
) -> None:
    act = once_painted(may_come, says_it_checks)
    frames = watch(qapp, served, USUAL, f"identity=slow{late_ms}", act=act)
    assert taken_back(frames) == []
    assert unmoved(frames) == []
    late = checking(frames)
    assert len(late[0].coupons.rows) == 10
    assert says_it_checks(frames)
    known = next(frame for frame in frames if any(row.verdict for row in frame.coupons.rows))
    assert late[0].ms < known.ms
    assert known.ms >= late_ms
    assert all(row.flashes for row in known.coupons.rows), "what changed flashes"


@pytest.mark.usefixtures("look", "platform")
@pytest.mark.parametrize(
    "faults",
    [
        ("identity=slow80", "identity=http502"),
        ("identity=slow80", "identity=refused"),
        ("identity=slow80", "identity=not_found"),
        ("identity=timeout",),
        ("gift_cards=slow120",),
        ("gift_cards=slow80", "gift_cards=http502"),
        ("gift_cards=slow80", "identity=slow160", "gift_cards=refused"),
        ("identity=slow80", "identity=http502", "gift_cards=slow160", "gift_cards=http502"),
        ("member_info=slow160",),
        ("member_info=slow160", "member_info=http502"),
        ("member_info=http502", "identity=slow160"),
        ("identity=slow80", "identity=wrong_types"),
        ("member_info=wrong_types", "identity=slow80", "gift_cards=slow160"),
    ],
    ids=" ".join,
)
def test_late_and_failed_parts(
    qapp: QApplication, served: RunningSandbox, faults: tuple[str, ...]
) -> None:
    timeout_s = 0.4 if "identity=timeout" in faults else 8
    frames = watch(qapp, served, USUAL, *faults, timeout_s=timeout_s)
    assert taken_back(frames) == []
    assert unmoved(frames) == []


@pytest.mark.usefixtures("look", "platform")
@pytest.mark.parametrize("order", list(permutations(("member_info", "identity", "gift_cards"))))
@pytest.mark.parametrize("code", [USUAL, "qm0000003", "qm0000020"])
def test_every_order_of_arrival(
    qapp: QApplication, served: RunningSandbox, order: tuple[str, ...], code: str
) -> None:
    late = [f"{api}=slow{place * 70}" for place, api in enumerate(order) if place]
    frames = watch(qapp, served, code, *late)
    assert taken_back(frames) == []
    assert unmoved(frames) == []


@pytest.mark.usefixtures("look", "platform")
@pytest.mark.parametrize("code", MEMBERS)
def test_every_member_with_late_parts(
    qapp: QApplication, served: RunningSandbox, code: str
) -> None:
    for late in (("identity=slow60", "gift_cards=slow120"), ("gift_cards=slow60",)):
        served.sandbox.clear_faults()
        frames = watch(qapp, served, code, *late)
        assert taken_back(frames) == []
        assert unmoved(frames) == []


def suggests(frames: list[Frame]) -> bool:
    return any("★" in frame.say.words for frame in frames)


@pytest.mark.usefixtures("look", "platform")
def test_gift_cards_that_are_late_take_no_suggestion_away(
    qapp: QApplication, served: RunningSandbox, may_come: threading.Event
) -> None:
    """However long they take: later than what is waited for would be said."""
    act = once_painted(may_come, suggests)
    frames = watch(qapp, served, USUAL, f"gift_cards=slow{TICKS_MS + 200}", act=act)
    assert taken_back(frames) == []
    assert suggests(frames)
    assert frames[-1].gift_cards.rows


@pytest.mark.usefixtures("look", "platform")
@pytest.mark.parametrize("act", [choose_delivery, type_amount])
def test_another_order_while_identity_is_late(
    qapp: QApplication, served: RunningSandbox, may_come: threading.Event, act: Act
) -> None:
    act = once_painted(may_come, checking, act)
    frames = watch(qapp, served, USUAL, "identity=slow600", act=act)
    assert taken_back(frames) == []
    assert len(stories(frames)) > 1
    assert checking(stories(frames)[0])


@pytest.mark.usefixtures("look", "platform")
@pytest.mark.parametrize(
    "late", [("identity=slow120",), ("member_info=slow120",), ("gift_cards=slow120",)]
)
def test_a_refresh_with_late_parts_changes_nothing(
    qapp: QApplication, served: RunningSandbox, late: tuple[str, ...]
) -> None:
    async def act(at: Desk, recorder: object) -> None:
        await refresh_late(at, recorder, served.sandbox, late)

    frames = watch(qapp, served, USUAL, act=act)
    assert taken_back(frames) == []
    before, after = stories(frames)[0][-1], frames[-1]
    assert (before.coupons, before.gift_cards) == (after.coupons, after.gift_cards)


async def refresh_late(
    at: Desk, recorder: object, sandbox: Sandbox, faults: tuple[str, ...]
) -> None:
    await settled_and_painted(at, recorder)  # type: ignore[arg-type]
    sandbox.clear_faults()
    for fault in faults:
        sandbox.add_fault(fault)
    await refresh(at, recorder)  # type: ignore[arg-type]


@pytest.mark.usefixtures("look", "platform")
def test_a_refresh_after_a_failed_identity_moves_no_row(
    qapp: QApplication, served: RunningSandbox, may_come: threading.Event
) -> None:
    async def act(at: Desk, recorder: object) -> None:
        await refresh_late(at, recorder, served.sandbox, ("identity=slow600",))

    def checks_again(frames: list[Frame]) -> list[Frame]:
        return checking(stories(frames)[1]) if len(stories(frames)) > 1 else []

    again_painted = once_painted(may_come, checks_again, act)
    frames = watch(qapp, served, USUAL, "identity=http502", act=again_painted)
    assert taken_back(frames) == []
    first, again = stories(frames)
    assert checking(again)
    assert order_of(first[-1]) == order_of(again[0]) == order_of(again[-1])


def order_of(frame: Frame) -> list[str]:
    return [code for row in frame.coupons.rows for code in row.codes]


@pytest.mark.usefixtures("look", "platform")
def test_a_scan_while_another_member_is_being_checked(
    qapp: QApplication, served: RunningSandbox, may_come: threading.Event
) -> None:
    act = once_painted(may_come, checking, scan_another)
    frames = watch(qapp, served, USUAL, "identity=slow600", act=act)
    assert taken_back(frames) == []
    first, second = stories(frames)
    mine = {code for frame in first for code in order_of(frame)}
    others = {code for frame in second for code in order_of(frame)}
    assert mine
    assert others
    assert not mine & others


# --- the recorder and the law themselves -------------------------------------------------------


@pytest.mark.usefixtures("look", "platform")
def test_a_verdict_that_was_only_likely_is_found(
    qapp: QApplication,
    served: RunningSandbox,
    may_come: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What this file would say of a program that tells what is likely before it is known."""
    for module in (telling, session):
        monkeypatch.setattr(module, "is_late", lambda _sections, _section: False)
    monkeypatch.setattr(View, "checks_coupons", property(lambda _self: False))
    monkeypatch.setattr(View, "checks_gift_cards", property(lambda _self: False))
    act = once_painted(may_come, tells_verdicts)
    frames = watch(qapp, served, "qm0000003", "identity=slow600", act=act)
    assert any("verdict '需确认' became '不可用'" in what for what in taken_back(frames))


def tells_verdicts(frames: list[Frame]) -> bool:
    return any(row.verdict for frame in frames for row in frame.coupons.rows)


def row(code: str, top: int, verdict: str = "可用", why: str = "") -> RowSeen:
    return RowSeen((code,), verdict, top, "¥1", "券", "", (why,), "", False, False)


def shown(*rows: RowSeen, said: str = "") -> Frame:
    return Frame(coupons=ListSeen(rows), say=SaySeen((said,) if said else ()))


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [
        (shown(row("a", 0, "")), shown(row("a", 0)), 0),
        (shown(row("a", 0)), shown(row("a", 0, "")), 1),
        (shown(row("a", 0)), shown(row("a", 0, "不可用")), 1),
        (shown(row("a", 0, why="x")), shown(row("a", 0, why="y")), 1),
        (shown(row("a", 0, ""), row("b", 52, "")), shown(row("b", 0), row("a", 52)), 2),
        (shown(row("a", 0, "")), shown(row("a", 0), row("b", 52)), 0),
        (shown(row("a", 0)), shown(), 1),
        (shown(said="推荐"), shown(), 1),
        (Frame(say=SaySeen(("正在核对",), waits=True)), shown(), 0),
        (shown(said="出错：x"), Frame(coupons=ListSeen(words=("没有查到：x",))), 0),
        (shown(said="推荐"), replace(shown(), begins="scan"), 0),
        (Frame(person=(("name", "…"),)), Frame(person=(("name", "王*明"),)), 0),
        (Frame(person=(("name", "未留姓名"),)), Frame(person=(("name", "王*明"),)), 1),
    ],
)
def test_what_the_law_takes_for_taken_back(before: Frame, after: Frame, wrong: int) -> None:
    assert len(taken_back([before, after])) == wrong


def test_the_command_prints_the_record() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.end2end.frames", "--identity", "3"],
        cwd=SOURCE, capture_output=True, encoding="utf-8", check=False, timeout=LIMIT_S,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "正在核对账号状态…" in done.stdout
    assert "taken back: 0" in done.stdout
