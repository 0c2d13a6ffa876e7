"""The first start, in the window's place: a few short pages, by keyboard and scanner alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow, QStackedLayout, QWidget

from posmember.errors import ConfigError, CredentialError, KeyringSilentError
from posmember.lookup.check import Step
from posmember.settings import declared
from posmember.settings.declared import OPEN_ID, SettingsAccess
from posmember.settings.edit import FileChangedError
from posmember.settings.pages import is_page_part
from posmember.settings.provision_errors import ProvisionError, ProvisionProblem
from posmember.settings.provisioning import Provision
from posmember.settings.setting import Setting
from posmember.trust.credentials import open_key
from posmember.ui.messages import error_text, support_code_text
from posmember.ui.settings.check_page import CheckPage
from posmember.ui.settings.checking import BackgroundWork
from posmember.ui.settings.examining import Examined
from posmember.ui.settings.form_page import FormPage
from posmember.ui.settings.keeper import Keeper
from posmember.ui.settings.place import SetupPlace, key_not_kept_text, not_kept_text
from posmember.ui.settings.scanned import not_looked_up_text
from posmember.ui.settings.scanner_page import ScannerPage
from posmember.ui.settings.session_keys import SessionKeys
from posmember.ui.settings.values import Value
from posmember.ui.setup.draft import Draft
from posmember.ui.setup.paper_page import PaperPage
from posmember.ui.widgets.in_window import InWindow, ScrolledPage, wide_button
from posmember.ui.wording.provisions import provision_error_text

if TYPE_CHECKING:
    from posmember.scanning.findings import ProposedSettings

_KEYS = (
    declared.OPEN_ID, declared.GRANT_CODE, declared.BASE_URL, declared.INSECURE, declared.PROXY,
)  # fmt: skip
_STORE = (declared.STORE_CODE, declared.STORE_ID, declared.STORE_NAME)
_WINDOW = (declared.LANGUAGE, declared.SOUNDS)


class Wizard(InWindow):
    """Keys, store, scanner, language and sounds, then the check; or head office's printed page.

    Args:
        keys: open keys of this session alone.
        only_key: whether all is set up but the key.
    """

    finished = Signal()
    """All is kept: the window is to go by it."""
    left = Signal()
    """It is closed, and not finished."""
    check_asked = Signal()
    """The scanner check is wanted."""

    def __init__(
        self, window: QMainWindow, place: SetupPlace, keys: SessionKeys, *, only_key: bool = False
    ) -> None:
        super().__init__(window, "")
        self.place, self._keys, self.only_key = place, keys, only_key
        self._keeper, self._draft = Keeper(place, keys), Draft(place.drafts)
        self._work = BackgroundWork()
        self._more: dict[Setting[Any], Value] = {}
        self._wechat = ""
        self._until: datetime | None = None
        self._lost = ""
        """What is to be given anew when it is open again, in words."""
        self._make_pages()
        self._make_buttons()

    # --- open and closed -----------------------------------------------------------------------

    def open_wizard(self) -> None:
        """Open it where it was left, with what was typed then."""
        if self.is_open():
            return
        self.open_page()
        wrong = self._load()
        self._turn_to(self._at)
        self.say(wrong or self._lost, wrong=True)
        self._lost = ""

    def close_wizard(self) -> None:
        """Close it for now; what was typed stays, but for what is secret."""
        if self.is_open():
            self.put_away()
            self.left.emit()

    def put_away(self) -> None:
        """Close it without a word: it is not needed any more, or not now."""
        self._stop()
        self.keep_draft()
        self._forget_secrets()
        self.close_page()

    def keep_draft(self) -> None:
        """Keep what was typed also over a restart, but for what is secret."""
        if self.is_open() and not self.only_key:
            typed = {path: value for form in self.forms for path, value in form.values().items()}
            if "@" in str(typed.get(declared.PROXY.path, "")):
                del typed[declared.PROXY.path]  # with a password
            self._draft.take(typed)

    def take_scan(self, text: str) -> str:
        """Take a scan; returns a word where it is for nothing here, or ""."""
        if is_page_part(text) and not self.only_key:
            if not self._is_on_paper():
                self._open_paper()
            return self.paper.take_scan(text)
        page = self.paper if self._is_on_paper() else self._pages[self._at]
        if not isinstance(page, FormPage | PaperPage):
            return not_looked_up_text()
        words = page.take_scan(text)
        now = self._pages[self._at]  # perhaps the scan was all that this one wanted
        if isinstance(now, FormPage):
            now.expect_enter()
        return words

    def take_proposal(self, proposed: ProposedSettings) -> bool:
        """Take what the scanner check found out, where the wizard is open; returns whether."""
        if not self.is_open() or self.only_key:
            return False
        self.scanner.propose(proposed)
        return True

    def is_busy(self) -> bool:
        """Return whether it is keeping what was typed."""
        return self._work.running

    async def aclose(self) -> None:
        """End what is under way."""
        await self._work.aclose()
        await self.check.aclose()
        await self.paper.aclose()

    # --- from page to page -----------------------------------------------------------------------

    def go_on(self) -> None:
        """Turn to the next page, where this one is right; keep all behind the last."""
        if self._is_on_paper():
            return
        page = self._pages[self._at]
        if isinstance(page, FormPage) and page.find_problems():
            return
        self.keep_draft()
        if page is self.check:
            self._keep()
        else:
            self._turn_to(self._at + 1)

    def go_back(self) -> None:
        """Turn to the page before."""
        if self._is_on_paper():
            self._turn_to(self._at)
        elif self._at:
            self._turn_to(self._at - 1)

    def _turn_to(self, place: int) -> None:
        self._stop()
        self.say("")
        self._at = place
        page = self._pages[place]
        self._stack.setCurrentIndex(place)
        self._show_title(self._titles[place], place)
        self._back.setVisible(place > 0)
        self._to_paper.setVisible(place == 0 and not self.only_key)
        self._session.hide()
        self._next.setText(self.tr("完成") if page is self.check else self.tr("下一步"))
        self._next.show()
        if page is self.check:
            self._next.setFocus()
            self.check.start()
        elif page is self.scanner:
            self._next.setFocus()  # a scan is all that is wanted
        elif isinstance(page, FormPage):
            page.enter()

    def _open_paper(self) -> None:
        self._stop()
        self.say("")
        self._stack.setCurrentIndex(len(self._pages))
        self._show_title(self.tr("用总部给的二维码纸"), None)
        self._back.show()
        for button in (self._to_paper, self._next, self._session):
            button.hide()
        self.setFocus()

    def _is_on_paper(self) -> bool:
        return self._stack.currentIndex() == len(self._pages)

    def _show_title(self, title: str, place: int | None) -> None:
        text = self.tr("第一次使用：{title}").format(title=title)
        if place is not None:
            of = self.tr("第 {place} 步，共 {count} 步")
            text = f"{of.format(place=place + 1, count=len(self._pages))} · {title}"
        self.title.setText(text)
        self.setAccessibleName(text)

    def _stop(self) -> None:
        """End what a page does in the background."""
        self._work.cancel()
        self.check.stop()
        self.paper.forget()

    # --- what was typed --------------------------------------------------------------------------

    def _load(self) -> str:
        """Read the file, show what it says, and what was typed here before beside it.

        Returns:
            Why it cannot be read, or "".
        """
        typed = self._draft.values if self._keeper.file is None else None
        try:
            self._keeper.read()
        except ConfigError as error:
            return error_text(error).text
        if typed is None:  # it was open before: all that was typed still stands there
            return ""
        for form in self.forms:
            form.load(self._keeper.given)
            form.put(typed)
        return ""

    def _take_provision(self, provision: Provision) -> None:
        """Put in what a printed page held, and go on with what it does not say."""
        policy = self.place.policy
        if policy.sets(OPEN_ID) and policy.value(OPEN_ID) != provision.secrets.open_id:
            self._refuse_page(ProvisionProblem.POLICY_MERCHANT)
            return
        values = {setting.path: value for setting, value in provision.settings.items()}
        shown = {setting for form in self.forms for setting in form.fields}
        self._more = {
            setting: value for setting, value in provision.settings.items() if setting not in shown
        }
        self._wechat, self._until = provision.secrets.wechat, provision.until
        for form in self.forms:
            form.put(values)
        if self._key_form.key is not None and provision.secrets.open_key:
            self._key_form.key.put_text(provision.secrets.open_key)
        self._turn_to(0)
        if not self._key_form.find_problems():
            self._turn_to(1)
        self.say(self.tr("二维码纸已读入，请填这家店的编码"))

    def _refuse_page(self, problem: ProvisionProblem) -> None:
        self.say(provision_error_text(ProvisionError(problem)), wrong=True)

    def _changes(self) -> dict[Setting[Any], Value | None]:
        changes: dict[Setting[Any], Value | None] = dict(self._more)
        for form in self.forms:
            changes |= form.changes()
        if self.place.access is SettingsAccess.LOCKED:
            return {}  # the key alone is kept
        before = self._keeper.given.get(declared.SIGN_KEYS.path, declared.SIGN_KEYS.preset)
        if self.check.spelling not in (None, before):
            changes[declared.SIGN_KEYS] = str(self.check.spelling)
        return changes

    def _typed_key(self) -> str:
        return self._key_form.key.key() if self._key_form.key is not None else ""

    def _prepare_check(self) -> Examined:
        """What is typed is what is checked, before it is kept. Raises ConfigError."""
        settings, key = self._keeper.settings_with(self._changes()), self._typed_key()
        ask = partial(open_key, settings.platform.open_id, self.place.store)
        return Examined(settings, lambda: key or ask(), self.place.noted_wechat, bool(key))

    def _forget_secrets(self) -> None:
        """Keep no key, nor anything of a printed page, as its keys came with the rest."""
        if self._until is not None or self._wechat:
            self._lost = self.tr("纸上的密钥没有留下，请再扫一次二维码纸")
        if self._key_form.has_secret() or self._lost:
            self._at = 0  # where it is asked for
        self._key_form.forget()
        self._more, self._wechat, self._until = {}, "", None

    # --- keeping -------------------------------------------------------------------------------

    def _keep(self, *, for_session: bool = False) -> None:
        if self._work.running and not for_session:
            return
        if self._is_too_late():
            self._refuse_page(ProvisionProblem.EXPIRED)
            return
        self.check.stop()
        self._session.hide()
        self.say(self.tr("正在保存…"))
        self._work.start(self._kept(for_session=for_session), self._fail)

    def _is_too_late(self) -> bool:
        """Whether a printed page is no longer good by the platform's time, where that is known."""
        clock = self.check.list.found.get(Step.CLOCK)
        offset = timedelta(seconds=clock.offset_s if clock is not None else 0)
        return self._until is not None and datetime.now(UTC) + offset >= self._until

    async def _kept(self, *, for_session: bool) -> None:
        try:
            await self._keeper.keep(
                self._changes(),
                self._typed_key(),
                wechat=self._wechat,
                for_session=for_session,
                tell_of_silence=self._wait_for_keyring,
            )
        except CredentialError as error:
            self.say(key_not_kept_text(error), wrong=True)
            self._offer_session()
        except FileChangedError:
            self._read_again()
        except ConfigError as error:
            self.say(not_kept_text(error), wrong=True)
        else:
            self._finish()

    def _read_again(self) -> None:
        """Somebody else has written the file meanwhile: what is typed here is for that one."""
        try:
            self._keeper.read()
        except ConfigError as error:
            self.say(not_kept_text(error), wrong=True)
        else:
            words = self.tr("没有保存：别的程序刚改过配置文件。填的内容还在，请核对后再按「完成」")
            self.say(words, wrong=True)

    def _finish(self) -> None:
        self._draft.forget()
        self._wechat, self._until = "", None
        self._forget_secrets()
        self._at, self._keeper.file = 0, None
        self.close_page()
        self.finished.emit()

    def _wait_for_keyring(self) -> None:
        self.say(error_text(KeyringSilentError("no answer yet")).text)
        self._offer_session()

    def _offer_session(self) -> None:
        self._session.setVisible(bool(self._typed_key()))
        if self._session.isVisibleTo(self):
            self._session.setFocus()

    def _fail(self, code: str) -> None:
        self.say(self.tr("程序出错了，没有保存。") + support_code_text(code), wrong=True)

    # --- how it is built -----------------------------------------------------------------------

    def _make_pages(self) -> None:
        policy, with_key = self.place.policy, not self.place.has_environment_key
        self._key_form = FormPage(() if self.only_key else _KEYS, policy, with_key=with_key)
        self.store, self.scanner = FormPage(_STORE, policy), ScannerPage(policy)
        self.language = FormPage(_WINDOW, policy)
        self.check, self.paper = CheckPage(self._prepare_check, self.place.last_check), PaperPage()
        self.scanner.check_asked.connect(self.check_asked)
        self.paper.opened.connect(self._take_provision)
        pages: list[tuple[QWidget, str]] = [(self._key_form, self.tr("会员系统密钥"))]
        if not self.only_key:
            pages += [
                (self.store, self.tr("这家门店")),
                (self.scanner, self.tr("扫码枪")),
                (self.language, self.tr("语言和提示音")),
            ]
        pages.append((self.check, self.tr("检查连接")))
        self._pages, self._titles = [page for page, _ in pages], [title for _, title in pages]
        self.forms = [page for page in self._pages if isinstance(page, FormPage)]
        self._at = 0
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack, 1)
        for page, title in (*pages, (self.paper, self.tr("用总部给的二维码纸"))):
            self._stack.addWidget(ScrolledPage(page, title))
        for form in self.forms:
            form.done.connect(self.go_on)

    def _make_buttons(self) -> None:
        self._back, self._next = wide_button(self.tr("上一步")), wide_button(self.tr("下一步"))
        self._to_paper = wide_button(self.tr("用总部给的二维码纸"))
        self._session = wide_button(self.tr("这次开机先用，不保存密钥"))
        leave = wide_button(self.tr("以后再设 Esc"))
        self._back.clicked.connect(lambda _on=False: self.go_back())
        self._next.clicked.connect(lambda _on=False: self.go_on())
        self._to_paper.clicked.connect(lambda _on=False: self._open_paper())
        self._session.clicked.connect(lambda _on=False: self._keep(for_session=True))
        leave.clicked.connect(lambda _on=False: self.close_wizard())
        self.add_buttons(self._next, self._session, self._back, self._to_paper, leave)
