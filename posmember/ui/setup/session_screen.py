"""Where the keyring does not open: the open key typed for this session, kept in memory alone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow

from posmember.errors import ConfigError
from posmember.ui.messages import error_text
from posmember.ui.settings.form_page import FormPage
from posmember.ui.settings.keeper import Keeper
from posmember.ui.settings.place import SetupPlace
from posmember.ui.settings.session_keys import SessionKeys
from posmember.ui.widgets.in_window import InWindow, wide_button
from posmember.ui.widgets.labels import plain_label


class SessionScreen(InWindow):
    """One masked field; nothing is written anywhere.

    Args:
        keys: where the key is kept, until the program ends.
    """

    given = Signal()
    """There is a key: the window is to go by it."""

    def __init__(self, window: QMainWindow, place: SetupPlace, keys: SessionKeys) -> None:
        super().__init__(window, "")
        self.title.setText(self.tr("密钥只在这次开机用"))
        self.setAccessibleName(self.title.text())
        self._keeper, self._keys = Keeper(place, keys), keys
        self.form = FormPage((), with_key=True, in_keyring=False)
        words = self.tr("系统密钥库打不开时，先输入密钥就能用；只记到关掉程序，不保存。")
        self.body.addWidget(plain_label(words, wrap=True))
        self.body.addWidget(self.form, 1)
        leave, self._use = wide_button(self.tr("取消 Esc")), wide_button(self.tr("先用这把密钥"))
        leave.clicked.connect(lambda _on=False: self.close_screen())
        self._use.clicked.connect(lambda _on=False: self._give())
        self.form.done.connect(self._give)
        self.add_buttons(self._use, leave)

    def open_screen(self) -> None:
        """Ask for the key."""
        self.open_page()
        self.form.enter()

    def close_screen(self) -> None:
        """Close it, and keep nothing of what was typed."""
        self.form.forget()
        self.close_page()

    def take_scan(self, text: str) -> str:
        """Take the key as a QR code; returns a word where it is none, or ""."""
        return self.form.take_scan(text)

    def _give(self) -> None:
        if self.form.find_problems() or self.form.key is None:
            return
        try:
            self._keeper.read()
            open_id = self._keeper.settings_with({}).platform.open_id
        except ConfigError as error:
            self.say(error_text(error).text, wrong=True)
            return
        self._keys.keep(open_id, self.form.key.key())
        self.close_screen()
        self.given.emit()
