"""Who opens the first start and the settings, and whose scans are while they are open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow

from posmember.errors import CredentialError, KeyMissingError, KeyringSilentError, NotSetUpError
from posmember.settings.declared import SettingsAccess
from posmember.ui.messages import error_text
from posmember.ui.settings.last_check import LastCheck
from posmember.ui.settings.scanned import not_looked_up_text
from posmember.ui.till.connection import Connection
from posmember.ui.view.screen import Hint, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from posmember.scanning.findings import ProposedSettings
    from posmember.ui.settings.place import SetupPlace
    from posmember.ui.settings.screen import SettingsScreen
    from posmember.ui.settings.session_keys import SessionKeys
    from posmember.ui.setup.session_screen import SessionScreen
    from posmember.ui.setup.support_screen import SupportScreen
    from posmember.ui.setup.support_source import SupportSource
    from posmember.ui.setup.wizard import Wizard

    Screen = Wizard | SettingsScreen | SessionScreen | SupportScreen

KEYS, SUPPORT_KEYS = "Ctrl+,", "Shift+F1"


class SetupFront(QObject):
    """None of its screens is made before it is needed.

    Args:
        window: owns this.
        place: gives where the till is set up, when it is needed first; None where that is not to
            be changed here.
        keys: open keys of this session alone.
        connection: tells whether there is anything to set up.
        support: gives what support is told from, when it is asked for first, by the check that
            ran last in this window, and what gives the place.
    """

    told = Signal(object)
    """A `Hint`."""
    kept = Signal(object)
    """Other settings, or another key, are kept: the window is to go by them, and say this `Hint`.
    None: it has been said."""
    wechat_changed = Signal()
    """Other keys of WeChat Pay are kept, or none."""
    check_asked = Signal()
    """The scanner check is wanted."""
    opening = Signal()
    """A screen is about to take the window's place: what asks for a secret there is to close."""
    opened = Signal()
    """It has."""

    def __init__(
        self,
        window: QMainWindow,
        place: Callable[[], SetupPlace] | None,
        keys: SessionKeys,
        connection: Connection,
        support: Callable[[LastCheck, Callable[[], SetupPlace | None]], SupportSource],
    ) -> None:
        super().__init__(window)
        self._window, self._make_place, self._keys = window, place, keys
        self._place: SetupPlace | None = None
        self._make_source, self._last = support, LastCheck()
        self._connection = connection
        self._wizard: Wizard | None = None
        self._settings: SettingsScreen | None = None
        self._session: SessionScreen | None = None
        self._support: SupportScreen | None = None
        self._come_back: Callable[[], None] | None = None
        self._offered = self._asks = False
        self._began_here = self._takes = False
        QShortcut(QKeySequence(KEYS), window, self.open)
        QShortcut(QKeySequence(SUPPORT_KEYS), window, self.open_support)
        connection.watch(self._look)
        connection.watch_silence(self._offer_session)

    def open(self) -> None:
        """Open what there is to set up: all of it, the key alone, or the settings."""
        if self._open_screen() is not None:
            return
        place = self._known_place()
        if place is None:
            self._tell(Severity.WARNING, self.tr("这里不能改设置"))
            return
        failure = self._connection.failure
        if isinstance(failure, NotSetUpError | KeyMissingError):
            self._begin(place, only_key=isinstance(failure, KeyMissingError))
            return
        settings = self._make_settings(place)
        self.opening.emit()
        settings.open_settings(is_key_at_hand=self._connection.ready)
        self.opened.emit()

    def open_support(self) -> None:
        """Show what support is told, whatever is open: that comes back behind it."""
        screen = self._open_screen()
        if screen is not None and screen is self._support:
            return
        come_back = self._open_session if screen is self._session else self.open
        self.close_one()
        self._come_back = come_back if screen is not None else None
        support = self._made_support()
        self.opening.emit()
        support.open_screen()
        self.opened.emit()

    def close_one(self) -> bool:
        """Empty what is secret on the page that is open, else close it; False for nothing open."""
        from posmember.ui.settings.row import empty_secrets

        screen = self._open_screen()
        if screen is None:
            return False
        if empty_secrets(screen):
            screen.say(self.tr("没保存的密码已清空，再按一次 Esc 关闭"))
        elif screen is self._wizard:
            self._wizard.close_wizard()
        elif screen is self._settings:
            self._settings.close_settings()
        elif screen is self._support:
            self._support.close_screen()
        elif self._session is not None:
            self._session.close_screen()
        return True

    def is_open(self) -> bool:
        """Return whether the window's place is taken."""
        return self._open_screen() is not None

    def is_behind_pin(self) -> bool:
        """Return whether the settings are open that a supervisor lets somebody into."""
        settings, place = self._settings, self._place
        is_open = settings is not None and settings.is_open()
        return is_open and place is not None and place.access is SettingsAccess.PIN

    def keep_draft(self) -> None:
        """Keep what was typed and not finished: the window closes."""
        if self._wizard is not None:
            self._wizard.keep_draft()

    def take_proposal(self, proposed: ProposedSettings) -> bool:
        """Take what the scanner check found out, if it is kept with the rest; returns whether."""
        screens = (self._wizard, self._settings)
        return any(each is not None and each.take_proposal(proposed) for each in screens)

    # --- scans ----------------------------------------------------------------------------------

    def begin_burst(self) -> None:
        """Know that a scanner has begun to type."""
        self._began_here = self.is_open()

    def take_scan(self, text: str, place: int) -> bool:
        """Take a scan while something is set up, or if its burst began then.

        Args:
            place: its place among the codes of its burst, from 1.

        Returns:
            Whether it is taken, or refused with a word: it is not to be looked up then.
        """
        screen = self._open_screen()
        if place == 1:
            self._takes, self._began_here = self._began_here or screen is not None, False
            self._asks = False
        if screen is not None:
            words = screen.take_scan(text)
            screen.say(words, wrong=True)
            if words and self._waits_for_key():
                self._connection.ask()  # somebody may have kept the key meanwhile
            return True
        if self._takes:
            self._tell(Severity.WARNING, not_looked_up_text())
        return self._takes

    def take_misread(self) -> bool:
        """Take something scanned that is no code; returns whether it is to be said nowhere else."""
        screen = self._open_screen()
        if screen is not None:
            screen.say(self.tr("没扫完整，请再扫一次"), wrong=True)
        return screen is not None

    # --- what the connection tells --------------------------------------------------------------

    def answer(self, _place: int) -> None:
        """Take the answer to whether a key is to be typed for this session."""
        if self._asks:
            self._open_session()

    def forget_question(self, *_what: object) -> None:
        """Know that something else is asked, or looked up."""
        self._asks = False

    async def aclose(self) -> None:
        """End what is under way, and keep what was typed: the system may have asked for the end."""
        self.keep_draft()
        for screen in (self._wizard, self._settings, self._support):
            if screen is not None:
                await screen.aclose()

    def _look(self) -> None:
        """The connection is there, or not: begin to set the till up where that is why."""
        failure = self._connection.failure
        if self._connection.ready:
            session = self._session
            is_session = session is not None and session.is_open()
            if self._asks or is_session or self._waits_for_key():
                self._asks = False
                if is_session and session is not None:
                    session.close_screen()
                if self._wizard is not None and self._wizard.is_open():
                    self._wizard.put_away()
                self._tell(Severity.INFO, self.tr("密钥读到了，可以扫码"))
        elif isinstance(failure, NotSetUpError | KeyMissingError):
            place = None if self._offered or self.is_open() else self._known_place()
            if place is not None:
                self._offered = True  # once: whoever closes it opens it by hand
                self._begin(place, only_key=isinstance(failure, KeyMissingError))
        elif isinstance(failure, CredentialError):
            self._offer_session()

    def _offer_session(self) -> None:
        """Offer to type the key for this session, as the keyring does not give it."""
        if self._make_place is None or self.is_open():
            return
        error = self._connection.silence or self._connection.failure
        known = error if isinstance(error, CredentialError) else KeyringSilentError("no answer")
        self._asks = True
        hint = Hint(Severity.WARNING, error_text(known).text, answers=(self.tr("这次开机先用"),))
        self.told.emit(hint)

    def _open_session(self) -> None:
        place = self._known_place()
        if place is not None and not self._connection.ready:
            self._asks = False
            self.opening.emit()
            self._make_session(place).open_screen()

    def _waits_for_key(self) -> bool:
        """Whether the key alone is asked for, which others may keep from outside as well."""
        wizard = self._wizard
        return wizard is not None and wizard.is_open() and wizard.only_key and not wizard.is_busy()

    def _known_place(self) -> SetupPlace | None:
        if self._place is None and self._make_place is not None:
            self._place = replace(self._make_place(), last_check=self._last)
        return self._place

    def _begin(self, place: SetupPlace, *, only_key: bool) -> None:
        if not only_key and place.access is SettingsAccess.LOCKED:
            self._tell(Severity.ERROR, self.tr("这台电脑还没有设置；设置由总部管理，请联系管理员"))
            return
        from posmember.ui.setup.wizard import Wizard

        if self._wizard is None or self._wizard.only_key != only_key:
            self._wizard = Wizard(self._window, place, self._keys, only_key=only_key)
            self._wizard.finished.connect(self._finish)
            self._wizard.left.connect(self._leave)
            self._wizard.check_asked.connect(self.check_asked)
        self.opening.emit()
        self._wizard.open_wizard()

    # --- what became of it ----------------------------------------------------------------------

    def _finish(self) -> None:
        self.kept.emit(Hint(Severity.INFO, self.tr("设置好了，请扫会员码")))

    def _leave(self) -> None:
        self._tell(Severity.WARNING, self.tr("还没有设置好，填的内容还在，按 Ctrl+, 继续"))

    def _leave_settings(self, is_unfinished: bool) -> None:
        if is_unfinished:
            self._tell(Severity.WARNING, self.tr("有改动没有保存，按 Ctrl+, 继续"))

    def _leave_support(self) -> None:
        come_back, self._come_back = self._come_back, None
        if come_back is not None:
            come_back()
        elif not self._connection.ready:
            self._look()  # what begins a set-up may have come meanwhile

    def _tell(self, severity: Severity, text: str) -> None:
        self.told.emit(Hint(severity, text))

    def _open_screen(self) -> Screen | None:
        screens = (self._wizard, self._settings, self._session, self._support)
        return next((each for each in screens if each is not None and each.is_open()), None)

    def _make_settings(self, place: SetupPlace) -> SettingsScreen:
        if self._settings is None:
            from posmember.ui.settings.screen import SettingsScreen

            self._settings = SettingsScreen(self._window, place, self._keys)
            self._settings.kept.connect(lambda: self.kept.emit(None))
            self._settings.wechat_changed.connect(self.wechat_changed)
            self._settings.check_asked.connect(self.check_asked)
            self._settings.left.connect(self._leave_settings)
        return self._settings

    def _make_session(self, place: SetupPlace) -> SessionScreen:
        if self._session is None:
            from posmember.ui.setup.session_screen import SessionScreen

            self._session = SessionScreen(self._window, place, self._keys)
            self._session.given.connect(lambda: self.kept.emit(None))
        return self._session

    def _made_support(self) -> SupportScreen:
        if self._support is None:
            from posmember.ui.setup.support_screen import SupportScreen

            self._support = SupportScreen(
                self._window, self._make_source(self._last, self._known_place)
            )
            self._support.left.connect(self._leave_support)
        return self._support
