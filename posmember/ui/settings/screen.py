"""The settings, in the window's place: read, changed page by page, kept together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow, QPushButton, QStackedLayout, QWidget

from posmember.errors import ConfigError, CredentialError, KeyringSilentError
from posmember.settings.declared import OPEN_ID, SETTINGS, SIGN_KEYS, SettingsAccess
from posmember.settings.edit import FileChangedError
from posmember.settings.setting import Page, Setting
from posmember.trust.credentials import open_key
from posmember.ui.messages import error_text, support_code_text
from posmember.ui.settings.checking import BackgroundWork
from posmember.ui.settings.examining import Examined
from posmember.ui.settings.form_page import FormPage
from posmember.ui.settings.keeper import Keeper
from posmember.ui.settings.pages import PageMaker, Pages
from posmember.ui.settings.pin_page import PinPage
from posmember.ui.settings.place import SetupPlace, key_not_kept_text, not_kept_text
from posmember.ui.settings.scanned import not_looked_up_text
from posmember.ui.settings.scanner_page import ScannerPage
from posmember.ui.settings.session_keys import SessionKeys
from posmember.ui.settings.values import Value
from posmember.ui.widgets.in_window import InWindow, wide_button
from posmember.ui.wording.settings import page_text, said

if TYPE_CHECKING:
    from posmember.api.qimai.signing import SignKeys
    from posmember.scanning.findings import ProposedSettings

CHECK, WECHAT, SUPERVISORS = "check", "wechat", "supervisors"
_SAVED_THERE = (WECHAT, SUPERVISORS)
"""Pages with a button of their own for what is typed there."""


class SettingsScreen(InWindow):
    """What a policy sets is shown and cannot be changed; secrets are never shown.

    Args:
        keys: open keys of this session alone.
    """

    kept = Signal()
    """Settings or a key were kept: the window is to go by them."""
    wechat_changed = Signal()
    """Other keys of WeChat Pay are kept, or none."""
    check_asked = Signal()
    """The scanner check is wanted."""
    left = Signal(bool)
    """It is closed; whether something that was changed is not kept."""

    def __init__(self, window: QMainWindow, place: SetupPlace, keys: SessionKeys) -> None:
        super().__init__(window, "")
        self.title.setText(self.tr("设置"))
        self.setAccessibleName(self.tr("设置"))
        self.place, self._keys = place, keys
        self._keeper = Keeper(place, keys)
        self._work = BackgroundWork()
        self._spelling: str | None = None
        self._is_key_at_hand, self._wanted = True, ""
        self.pages = Pages(self._makers())
        self.pages.turned.connect(self._turn)
        self._pin: PinPage | None = None
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack, 1)  # before its pages: it shows the first one at once
        self._stack.addWidget(self.pages)
        self.save, self.again = wide_button(self.tr("保存")), wide_button(self.tr("重新读取"))
        self.session = wide_button(self.tr("这次开机先用，不保存密钥"))
        self.leave = wide_button(self.tr("关闭"))
        for button, slot in (
            (self.leave, self.close_settings),
            (self.again, self._read_again),
            (self.session, partial(self._keep, for_session=True)),
            (self.save, self._keep),
        ):
            button.clicked.connect(lambda _on=False, slot=slot: slot())
        self.add_buttons(self.save, self.session, self.again, self.leave)
        self.again.hide()
        self.session.hide()

    # --- open and closed -----------------------------------------------------------------------

    def open_settings(self, name: str = "", *, is_key_at_hand: bool = True) -> None:
        """Open them, after a supervisor's PIN where the policy asks for one.

        Args:
            name: of the page; "" for the one of before.
            is_key_at_hand: whether the open key was read; else one may be typed for this session.
        """
        self._is_key_at_hand = is_key_at_hand
        self.open_page()
        self._wanted = name or self._wanted
        if self.place.access is SettingsAccess.PIN:
            self._ask_pin()
        else:
            self._enter()

    def close_settings(self) -> None:
        """Close them; what was typed stays, but for secrets."""
        if not self.is_open():
            return
        self._work.cancel()
        for _name, page in self.pages.made():
            for forget in ("forget", "stop"):
                getattr(page, forget, lambda: None)()
        if self._pin is not None:
            self._pin.forget()
        self._offer()
        self._wanted, self.pages.shown = self.pages.shown, ""
        self.close_page()
        self.left.emit(bool(self.changes()))

    def changes(self) -> dict[Setting[Any], Value | None]:
        """Return what was changed and not kept, of all pages; and what the check found out."""
        changes: dict[Setting[Any], Value | None] = {}
        if self._spelling is not None:
            changes[SIGN_KEYS] = self._spelling
        for form in self._forms():
            changes |= form.changes()
        return changes

    def take_proposal(self, proposed: ProposedSettings) -> bool:
        """Take what the scanner check found out, to be kept with the rest; returns whether."""
        page = self.pages.page(Page.SCANNER.value)
        if not self.is_open() or self.asks_pin() or not isinstance(page, ScannerPage):
            return False
        page.propose(proposed)
        return True

    def take_scan(self, text: str) -> str:
        """Take a scan; returns a word where it is for nothing here, or ""."""
        if self._pin is not None and self.asks_pin():
            return self._pin.take_scan(text)
        return self.pages.take_scan(text) if self.pages.shown else not_looked_up_text()

    def asks_pin(self) -> bool:
        """Return whether a supervisor is asked for, and nobody was let in yet."""
        return self._pin is not None and self._stack.currentWidget() is self._pin

    async def aclose(self) -> None:
        """End what is under way."""
        await self._work.aclose()
        for _name, page in self.pages.made():
            if aclose := getattr(page, "aclose", None):
                await aclose()
        if self._pin is not None:
            await self._pin.aclose()

    # --- how far it is ---------------------------------------------------------------------------

    def _ask_pin(self) -> None:
        if self._pin is None:
            self._pin = PinPage(lambda: self.place.supervisors)
            self._pin.passed.connect(self._enter)
            self._stack.addWidget(self._pin)
        for button in (self.save, self.again, self.session):  # theirs alone who are let in
            button.hide()
        self._stack.setCurrentWidget(self._pin)
        self._pin.setFocus()

    def _enter(self) -> None:
        self._stack.setCurrentWidget(self.pages)
        is_locked = self.place.access is SettingsAccess.LOCKED
        self.save.setVisible(not is_locked)
        self._offer()
        if is_locked:
            self.say(self.tr("设置由总部管理，这里只能检查连接。"))
        if not self.changes():
            self._has_read()
        page = self.pages.turn_to(self._wanted or self._first())
        if isinstance(page, FormPage):
            page.enter()
        else:
            page.setFocus()

    def _first(self) -> str:
        return CHECK if self.place.access is SettingsAccess.LOCKED else Page.PLATFORM.value

    def _has_read(self) -> bool:
        """Read the file, and show it; what cannot be read is said. Returns whether it was."""
        try:
            self._keeper.read()
        except ConfigError as error:
            self.say(error_text(error).text, wrong=True)
            self.save.setEnabled(False)
            return False
        self.save.setEnabled(True)
        for form in self._forms():
            self._load(form)
        return True

    def _read_again(self) -> None:
        """Read what somebody else has written, and keep what was typed here beside it."""
        changes = {setting.path: value for setting, value in self.changes().items()}
        if not self._has_read():
            return
        for form in self._forms():
            form.put({path: "" if value is None else value for path, value in changes.items()})
        self._offer()
        self.say(self.tr("已重新读取，您改的内容还在，请核对后保存"))

    def _load(self, form: FormPage) -> None:
        form.load(self._keeper.given)
        if form.key is not None:
            form.key.show_kept(is_kept=True)

    # --- keeping -------------------------------------------------------------------------------

    def _keep(self, *, for_session: bool = False) -> None:
        if self._work.running and not for_session:
            return
        self._offer()
        for name, form in self._named_forms():
            if (form.changes() or form.has_secret()) and form.find_problems():
                self.pages.turn_to(name)
                form.find_problems()
                self.say(self.tr("还有没填对的，请看红字"), wrong=True)
                return
        key = self._typed_key()
        if not self.changes() and not key:
            self.say(self.tr("没有改动"))
            return
        self.say(self.tr("正在保存…"))
        self._work.start(self._kept(key, for_session=for_session), self._fail)

    async def _kept(self, key: str, *, for_session: bool) -> None:
        changes = self.changes()
        try:
            await self._keeper.keep(
                changes, key, for_session=for_session, tell_of_silence=self._wait_for_keyring
            )
        except CredentialError as error:
            self.say(key_not_kept_text(error), wrong=True)
            self._offer(self.session)
        except ConfigError as error:
            self.say(not_kept_text(error), wrong=True)
            if isinstance(error, FileChangedError):
                self._offer(self.again)
        else:
            self._after_keeping(changes, key)

    def _after_keeping(self, changes: dict[Setting[Any], Value | None], key: str) -> None:
        self._spelling = None
        self._is_key_at_hand = self._is_key_at_hand or bool(key)
        for form in self._forms():
            form.forget()
            self._load(form)
        later = [said(setting.name) for setting in changes if setting.restart]
        if later:
            text = self.tr("已保存；{names}下次启动时生效")
            self.say(text.format(names="、".join(later)))
        else:
            self.say(self.tr("已保存，马上生效"))
        self._offer()
        self.kept.emit()

    def _wait_for_keyring(self) -> None:
        self.say(error_text(KeyringSilentError("no answer yet")).text)
        self._offer(self.session)

    def _fail(self, code: str) -> None:
        self.say(self.tr("程序出错了，没有保存。") + support_code_text(code), wrong=True)

    def _offer(self, *buttons: QPushButton) -> None:
        """Show what can be done beside saving, and no more."""
        for button in (self.again, self.session):
            if button not in buttons and button.hasFocus():
                self.save.setFocus()
            button.setVisible(button in buttons)
        self.session.setVisible(self.session in buttons or self._wants_key())

    def _wants_key(self) -> bool:
        is_settings = self._stack.currentWidget() is self.pages and not self.save.isHidden()
        return is_settings and not self._is_key_at_hand

    def _typed_key(self) -> str:
        keys = (form.key.key() for form in self._forms() if form.key is not None)
        return next(filter(None, keys), "")

    # --- its pages -----------------------------------------------------------------------------

    def _makers(self) -> list[PageMaker]:
        check = PageMaker(CHECK, self.tr("检查连接"), self._make_check)
        if self.place.access is SettingsAccess.LOCKED:
            return [check]
        forms = [
            PageMaker(page.value, page_text(page), partial(self._make_form, page)) for page in Page
        ]
        return [
            *forms,
            PageMaker(WECHAT, self.tr("微信会员卡"), self._make_wechat),
            PageMaker(SUPERVISORS, self.tr("主管"), self._make_supervisors),
            check,
        ]

    def _make_form(self, page: Page) -> QWidget:
        if page is Page.SCANNER:
            return self._make_scanner()
        settings = [setting for setting in SETTINGS if setting.page is page]
        with_key = OPEN_ID in settings and not self.place.has_environment_key
        form = FormPage(settings, self.place.policy, with_key=with_key)
        self._load(form)
        form.done.connect(self.save.setFocus)
        return form

    def _make_scanner(self) -> QWidget:
        form = ScannerPage(self.place.policy)
        self._load(form)
        form.done.connect(self.save.setFocus)
        form.check_asked.connect(self.check_asked)
        return form

    def _make_check(self) -> QWidget:
        from posmember.ui.settings.check_page import CheckPage

        page = CheckPage(self._prepare_check, self.place.last_check)
        page.over.connect(lambda: self._take_spelling(page.spelling))
        return page

    def _take_spelling(self, found: SignKeys | None) -> None:
        """Have the spelling that the platform takes kept with the rest, where it is another one."""
        before = self._keeper.given.get(SIGN_KEYS.path, SIGN_KEYS.preset)
        self._spelling = str(found) if found not in (None, before) else None
        if self._spelling is not None and not self.save.isHidden():
            self.say(self.tr("找到了能用的签名写法，请按「保存」"))
            self.save.setFocus()

    def _make_wechat(self) -> QWidget:
        from posmember.ui.settings.wechat_page import WechatPage

        page = WechatPage(self.place.store, self.place.audit_path)
        page.changed.connect(self.wechat_changed)
        return page

    def _make_supervisors(self) -> QWidget:
        from posmember.ui.settings.supervisors_page import SupervisorsPage

        return SupervisorsPage(lambda: self.place.supervisors)

    def _prepare_check(self) -> Examined:
        """What is typed is what is checked, before it is kept. Raises ConfigError."""
        settings, typed = self._keeper.settings_with(self.changes()), self._typed_key()
        open_id = settings.platform.open_id

        def ask_key() -> str:
            ask = partial(open_key, open_id, self.place.store)
            return typed or self._keys.key_or(open_id, ask)

        is_typed = bool(typed) or self._keys.holds(open_id)
        return Examined(settings, ask_key, self.place.noted_wechat, is_typed)

    def _turn(self, name: str) -> None:
        page = self.pages.page(name)
        if name in _SAVED_THERE:
            self.save.hide()
        elif self.place.access is not SettingsAccess.LOCKED:
            self.save.show()
        self.session.setVisible(self._wants_key())
        if begin := getattr(page, "open_page", None):
            begin()

    def _forms(self) -> list[FormPage]:
        return [form for _name, form in self._named_forms()]

    def _named_forms(self) -> list[tuple[str, FormPage]]:
        return [(name, page) for name, page in self.pages.made() if isinstance(page, FormPage)]
