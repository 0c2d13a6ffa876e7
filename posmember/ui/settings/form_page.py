"""A page of settings, made from their declarations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from posmember.api.address import check_base_url
from posmember.errors import ConfigError
from posmember.settings import declared
from posmember.settings.policy import NO_POLICY, Policy
from posmember.settings.setting import REQUIRED, Setting
from posmember.trust.pasted import pasted
from posmember.ui.capture.late_enter import LateEnter
from posmember.ui.settings.field import SettingField
from posmember.ui.settings.key_row import KeyRow
from posmember.ui.settings.row import FormRow
from posmember.ui.settings.scanned import no_key_text, no_store_text, not_looked_up_text
from posmember.ui.settings.values import Value

_KEYS = (declared.OPEN_ID, declared.GRANT_CODE)
_STORE = (declared.STORE_CODE, declared.STORE_ID)


class FormPage(QWidget):
    """One row a setting; those for IT alone are folded.

    Args:
        settings: what stands on it, in this order.
        policy: the machine's; what it sets is shown and cannot be changed.
        with_key: whether the open key is asked for behind the ids. in_keyring: see `KeyRow`.
    """

    edited = Signal()
    """A person has changed something."""
    done = Signal()
    """Enter in the last row."""

    def __init__(
        self,
        settings: Sequence[Setting[Any]],
        policy: Policy = NO_POLICY,
        *,
        with_key: bool = False,
        in_keyring: bool = True,
    ) -> None:
        super().__init__()
        self._policy = policy
        self.fields = {each: SettingField(each, managed=policy.sets(each)) for each in settings}
        self.key = KeyRow(in_keyring=in_keyring) if with_key else None
        self._fold = QPushButton(self.tr("▸ 高级"))
        self._rows: list[FormRow] = []
        self._late_enter = LateEnter(self)
        self._lay_out()

    # --- what it holds -------------------------------------------------------------------------

    def load(self, given: Mapping[str, object]) -> None:
        """Show what a file gives, by the settings' paths; the policy's own beats it."""
        for setting, field in self.fields.items():
            field.load(self._policy.raw.get(setting.path, given.get(setting.path)))

    def put(self, values: Mapping[str, Value]) -> None:
        """Put values in as if they were typed, by the settings' paths."""
        for setting, field in self.fields.items():
            if setting.path in values:
                field.put(values[setting.path])

    def values(self) -> dict[str, Value]:
        """Return what is there, by the settings' paths, but for defaults and what is blank."""
        found = {setting.path: field.value() for setting, field in self.fields.items()}
        return {path: value for path, value in found.items() if value not in (None, "")}

    def changes(self) -> dict[Setting[Any], Value | None]:
        """Return what is other than it was loaded."""
        return {
            setting: field.value() for setting, field in self.fields.items() if field.is_changed()
        }

    def find_problems(self) -> bool:
        """Say what is wrong in each row, and go to the first; returns whether anything is."""
        wrong = [row for row in self._rows if self._say_problem(row)]
        if wrong:
            if wrong[0] in self._folded():
                self.unfold(on=True)
            wrong[0].setFocus()
        return bool(wrong)

    def has_secret(self) -> bool:
        """Return whether something secret was typed and not kept."""
        return self.key is not None and bool(self.key.text())

    def forget(self) -> None:
        """Keep nothing of a secret."""
        if self.key is not None:
            self.key.forget()

    # --- the keyboard and the scanner ------------------------------------------------------------

    def enter(self) -> None:
        """Go to the first row that has to be filled in; else to the first."""
        usable = [row for row in self._rows if row.editor.isEnabled()]
        needed = (row for row in usable if self._is_needed(row))
        row = next(needed, None) or next(iter(usable), None)
        if row is not None:
            row.setFocus()

    def take_scan(self, text: str) -> str:
        """Put a scanned text where a code is wanted; returns a word where it is none, or ""."""
        row = self._wanting()
        if row is None:
            return not_looked_up_text()
        is_store = isinstance(row, SettingField) and row.setting in _STORE
        refused = no_store_text(text) if is_store else no_key_text(text)
        if refused:
            return refused
        if isinstance(row, KeyRow):
            row.put_text(text)
        elif isinstance(row, SettingField):
            row.put(pasted(text))
        self._go_on(row)
        self.expect_enter()
        return ""

    def expect_enter(self) -> None:
        """Know that a scanner's Enter may still come: it is not to leave this page."""
        self._late_enter.expect()

    def unfold(self, *, on: bool) -> None:
        """Show the settings for IT alone, or fold them."""
        self._fold.setChecked(on)

    # --- how it is built -----------------------------------------------------------------------

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(12)
        plain = [field for each, field in self.fields.items() if not each.by_hand]
        self._rows = [*plain, *([self.key] if self.key is not None else []), *self._folded()]
        for row in self._rows:
            row.edited.connect(self.edited)
            row.entered.connect(lambda row=row: self._enter(row))
        for row in self._rows:
            if row not in self._folded():
                layout.addWidget(row)
        self._fold.setObjectName("tab")
        self._fold.setCheckable(True)
        self._fold.setFixedHeight(44)
        self._fold.setAccessibleName(self.tr("高级"))
        self._fold.toggled.connect(self._show_folded)
        layout.addWidget(self._fold)
        for row in self._folded():
            layout.addWidget(row)
        layout.addStretch(1)
        self._fold.setVisible(bool(self._folded()))
        self._show_folded(on=False)

    def _folded(self) -> list[SettingField]:
        return [field for each, field in self.fields.items() if each.by_hand]

    def _show_folded(self, on: bool) -> None:
        self._fold.setText(self.tr("▾ 高级") if on else self.tr("▸ 高级"))
        for row in self._folded():
            row.setVisible(on)

    def _enter(self, row: FormRow) -> None:
        """Take a person's Enter; a scanner's may come late, and is none."""
        if not self._late_enter.may_come():
            self._go_on(row)

    def _go_on(self, row: FormRow) -> None:
        """Go to the row behind, or tell that this was the last one."""
        behind = self._rows[self._rows.index(row) + 1 :]
        for each in behind:
            if each.isVisibleTo(self) and each.editor.isEnabled():
                each.setFocus()
                return
        self.done.emit()

    def _wanting(self) -> FormRow | None:
        """The row that a scanned code is for: the one with the keyboard, else the first blank."""
        wanting = list(self._wanting_rows())
        focused = next((row for row in wanting if row.editor.hasFocus()), None)
        return focused or next((row for row in wanting if self._is_blank(row)), None)

    def _wanting_rows(self) -> Iterator[FormRow]:
        for row in self._rows:
            is_code = isinstance(row, SettingField) and row.setting in (*_KEYS, *_STORE)
            if row.editor.isEnabled() and (is_code or row is self.key):
                yield row

    def _is_needed(self, row: FormRow) -> bool:
        if isinstance(row, KeyRow):
            return bool(row.missing())
        assert isinstance(row, SettingField)
        return row.setting.default is REQUIRED and bool(row.missing())

    def _is_blank(self, row: FormRow) -> bool:
        if isinstance(row, SettingField):
            return row.value() is None or row.value() == ""
        return isinstance(row, KeyRow) and not row.text()

    def _say_problem(self, row: FormRow) -> str:
        words = self._problem_of(row)
        row.say_problem(words)
        return words

    def _problem_of(self, row: FormRow) -> str:
        if isinstance(row, KeyRow):
            ids = [str(self.fields[each].value() or "") for each in _KEYS if each in self.fields]
            return row.problem(*ids) or row.missing()
        assert isinstance(row, SettingField)
        setting = row.setting
        if setting.default is REQUIRED and row.missing():
            return row.missing()
        other = self.fields.get(declared.OPEN_ID) if setting is declared.GRANT_CODE else None
        if other is not None and other.value() == row.value():
            return self.tr("和 OpenId 一样，像是贴错了")
        return row.problem() or self._problem_of_address(row)

    def _problem_of_address(self, row: SettingField) -> str:
        if row.setting is not declared.BASE_URL or row.managed:
            return ""
        insecure = self.fields.get(declared.INSECURE)
        allowed = insecure is not None and insecure.value() is True
        try:
            check_base_url(
                str(row.value() or declared.DEFAULT_BASE_URL), allow_insecure_http=allowed
            )
        except ConfigError:
            return self.tr("要写 https 开头的网址；内网中转用 http 的要勾选「允许明文 http」")
        return ""
