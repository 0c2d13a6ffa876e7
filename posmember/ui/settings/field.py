"""One setting on a page, by the widget of its kind."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from posmember.settings.declared import CUSTOMER_SCREEN, STORE_NAME
from posmember.settings.kinds import MAX_TEXT, Choice, Flag, Number, Whole
from posmember.settings.setting import Setting
from posmember.ui.messages import in_lines
from posmember.ui.settings.row import FormRow
from posmember.ui.settings.screens import screens_text
from posmember.ui.settings.values import (
    Value,
    preset_text,
    preset_value,
    text_of_value,
    value_of_text,
)
from posmember.ui.widgets.chinese_field import ChineseField
from posmember.ui.widgets.fields import ChoiceBox, PlainLineEdit
from posmember.ui.widgets.tick_box import TickBox
from posmember.ui.wording.settings import choice_text, said, setting_problem_text


class SettingField(FormRow):
    """Shows what a file holds of one setting, and what a person makes of it.

    Args:
        managed: whether the machine's policy sets it, so that nobody can change it here.
    """

    def __init__(self, setting: Setting[Any], *, managed: bool = False) -> None:
        self.setting, self.managed = setting, managed
        self._loaded: object = None
        editor = _make_editor(setting)
        super().__init__(said(setting.name), editor, unit=_unit(setting))
        self.explain(self.tr("由总部管理") if managed else _help(setting))
        editor.setEnabled(not managed)
        if isinstance(editor, QCheckBox):
            editor.toggled.connect(self._edit)
        elif isinstance(editor, ChoiceBox):
            editor.currentIndexChanged.connect(self._edit)
        elif isinstance(editor, QLineEdit):
            editor.textEdited.connect(self._edit)

    def load(self, value: object) -> None:
        """Show a value as a file or a policy holds it; None is that the default counts."""
        self._loaded = value
        self._show(value)
        self.say_problem(self.problem() if value is not None else "")

    def value(self) -> Value | None:
        """Return what a file is to hold; None is that the default counts."""
        editor = self.editor
        if isinstance(editor, QLineEdit):
            return value_of_text(self.setting, editor.text())
        if isinstance(editor, QCheckBox):
            value: Value = editor.isChecked()
        else:
            assert isinstance(editor, ChoiceBox)
            if editor.currentIndex() < 0:  # what the file holds is none of them
                return str(self._loaded)
            value = _choices(self.setting)[editor.currentIndex()]
        # What stands in the file stays there, also where it says what goes without saying.
        return None if self._loaded is None and value == preset_value(self.setting) else value

    def is_changed(self) -> bool:
        """Return whether it is other than it was loaded."""
        value, loaded = self.value(), self._loaded
        if self.managed or value == loaded:
            return False
        # An id without quotes is the number that it is, until somebody types another one.
        is_number = isinstance(loaded, int) and not isinstance(loaded, bool)
        same = is_number and value == text_of_value(loaded)
        both_blank = value in (None, "") and loaded in (None, "")
        return not same and not both_blank

    def put(self, value: Value) -> None:
        """Put in a value as a file holds it, as if it was typed."""
        if not self.managed:
            self._show(value)
            self._edit()

    def problem(self) -> str:
        """Return what is wrong with it, in words; "" where nothing is."""
        value = self.value()
        return "" if self.managed or value is None else setting_problem_text(self.setting, value)

    def missing(self) -> str:
        """Return what is wrong with it where it may not be blank; "" where nothing is."""
        return "" if self.managed else setting_problem_text(self.setting, self.value() or "")

    def forget(self) -> None:
        """Keep nothing, nor what undo would bring back."""
        self._loaded = None
        self._show(None)
        self.say_problem("")

    def _show(self, value: object) -> None:
        shown = preset_value(self.setting) if value is None else value
        editor = self.editor
        editor.blockSignals(True)
        if isinstance(editor, QCheckBox):
            editor.setChecked(shown is True)
        elif isinstance(editor, ChoiceBox):
            choices = _choices(self.setting)
            editor.setCurrentIndex(choices.index(str(shown)) if str(shown) in choices else -1)
        elif isinstance(editor, QLineEdit):
            editor.setText(text_of_value(value))
        editor.blockSignals(False)

    def _edit(self) -> None:
        self.say_problem(self.problem())
        self.edited.emit()


def _make_editor(setting: Setting[Any]) -> QWidget:
    if isinstance(setting.kind, Flag):
        return TickBox(said(setting.help))
    if isinstance(setting.kind, Choice):
        choice = ChoiceBox()
        choice.addItems([choice_text(value) for value in _choices(setting)])
        return choice
    field = ChineseField() if setting is STORE_NAME else PlainLineEdit()
    field.setMaxLength(MAX_TEXT)
    field.setPlaceholderText(preset_text(setting))
    return field


def _help(setting: Setting[Any]) -> str:
    if setting is CUSTOMER_SCREEN:
        return in_lines(said(setting.help), screens_text())
    return "" if isinstance(setting.kind, Flag) else said(setting.help)


def _unit(setting: Setting[Any]) -> str:
    return setting.kind.unit if isinstance(setting.kind, Number | Whole) else ""


def _choices(setting: Setting[Any]) -> list[str]:
    assert isinstance(setting.kind, Choice)
    of: type[StrEnum] = setting.kind.of
    return [each.value for each in of]
