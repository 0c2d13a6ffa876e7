"""Which signal of the window goes where, once all of its parts are there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from posmember.scanning.burst import Misread
    from posmember.settings.config import Settings
    from posmember.ui.capture.scan_filter import ScanFilter
    from posmember.ui.capture.scan_sources import ScanSources
    from posmember.ui.controller import Controller
    from posmember.ui.main_window import MainWindow
    from posmember.ui.opening.making_way import MakingWay
    from posmember.ui.opening.reload import Parts, Reload
    from posmember.ui.panels.secret_entry import SecretEntry
    from posmember.ui.privacy.forgetting import Forgetting
    from posmember.ui.scanner_check.setup import ScannerSetup
    from posmember.ui.setup.front import SetupFront
    from posmember.ui.till.connection import Connection
    from posmember.ui.wechat.cards import WechatCards
    from posmember.ui.wechat.desk import DeskOnDemand


def listen(
    keyboard: ScanFilter, window: MainWindow, controller: Controller, front: SetupFront
) -> ScanSources:
    """Let the controller have every scan, wherever it comes from, but for what set-up takes."""
    from posmember.ui.capture.scan_sources import ScanSources

    def scan(text: str, place: int) -> None:
        if not front.take_scan(text, place):
            controller.scan(text, place)

    def misread(misread: Misread) -> None:
        if not front.take_misread():
            controller.misread(misread)

    sources = ScanSources(keyboard, window)
    sources.scanned.connect(scan)
    sources.misread.connect(misread)
    sources.burst_began.connect(controller.wake)
    sources.burst_began.connect(window.begin_burst)
    sources.burst_began.connect(front.begin_burst)
    return sources


def forget_by_itself(window: MainWindow, keyboard: ScanFilter, sources: ScanSources) -> Forgetting:
    """Clear the window where nobody touches it; where the PC is locked, once that is started."""
    from posmember.ui.privacy.forgetting import Forgetting

    forgetting = Forgetting(window)
    forgetting.heed(keyboard.touched, sources.scanned, sources.misread)
    return forgetting


def identify(window: MainWindow, connection: Connection, controller: Controller) -> SecretEntry:
    """Let a member be identified by a secret (F11); what is asked is closed with all else."""
    from posmember.ui.panels.secret_entry import SecretEntry

    entry = SecretEntry(window, connection)
    entry.identified.connect(controller.look_up_identified)
    entry.refused.connect(window.messages.warn)
    window.secrets.add(entry)
    window.close_first(entry.close_sheet)
    window.cleared.connect(entry.close_sheet)
    window.identifier_entered.connect(entry.close_sheet)
    return entry


def check(window: MainWindow, sources: ScanSources, front: SetupFront) -> ScannerSetup:
    """The scanner check, whose proposals the first start takes while it is open."""
    from posmember.ui.scanner_check.setup import ScannerSetup

    check = ScannerSetup(window, sources, None)
    check.divert(front.take_proposal)
    front.check_asked.connect(check.toggle)
    return check


def make_way(window: MainWindow) -> MakingWay | None:
    """Let a setup program close the window, but not while a customer is served."""
    if sys.platform == "win32":
        from posmember.ui.opening.making_way import MakingWay

        def is_busy() -> bool:
            return window.wechat.is_sending() or window.holds_someone()

        return MakingWay(window, is_busy, window.close)
    return None


def set_up(
    window: MainWindow, parts: Parts, front: SetupFront, reload: Reload, settings: Settings | None
) -> None:
    """Begin by the settings, and go by others when they are kept."""
    from posmember.settings.config import ScannerSettings, WindowSettings
    from posmember.ui.beside.till_finder import TillFinder
    from posmember.ui.opening.connecting import file_to_write

    parts.sources.start(settings.scanner if settings else ScannerSettings())
    parts.forgetting.use(settings.window if settings else WindowSettings())
    parts.beside.use(settings)
    parts.scanner.keep_in(file_to_write(settings))
    parts.scanner.told.connect(parts.controller.tell)
    window.close_first(parts.scanner.close_sheet)
    window.close_first(front.close_one)
    window.closing.connect(front.keep_draft)
    window.answered.connect(front.answer)
    window.identifier_entered.connect(front.forget_question)
    window.support_asked.connect(front.open_support)
    front.told.connect(parts.controller.tell)
    front.kept.connect(reload.everything)
    front.wechat_changed.connect(reload.wechat)
    parts.forgetting.hold(front.is_behind_pin, front.opened)
    TillFinder(front, window)


def wechat(window: MainWindow, desk: DeskOnDemand) -> WechatCards:
    """Let the window's 微信会员卡 be asked for and changed."""
    from posmember.ui.wechat.cards import WechatCards

    cards = WechatCards(desk, window)
    front = window.wechat
    front.asked.connect(cards.ask)
    front.given.connect(cards.give)
    front.given_up.connect(cards.give_up)
    front.change_asked.connect(cards.begin_change)
    front.review_asked.connect(cards.review)
    front.edit_asked.connect(cards.edit_again)
    front.confirmed.connect(cards.confirm)
    front.change_closed.connect(cards.end_change)
    return cards
