"""Settings as fields: what is typed, what a file holds of it, and what is wrong with it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from posmember.errors import ConfigError
from posmember.settings import declared
from posmember.settings.declared import SETTINGS
from posmember.settings.kinds import Number, Whole
from posmember.settings.setting import REQUIRED, Setting
from posmember.ui.settings.field import SettingField
from posmember.ui.settings.key_row import KeyRow
from posmember.ui.settings.scanned import no_key_text, no_store_text
from posmember.ui.settings.values import text_of_value, value_of_text
from posmember.ui.wording.settings import setting_problem_text

IDS = [setting.path for setting in SETTINGS]
CHINESE = re.compile("[\u4e00-\u9fff]")
WRONG: dict[str, object] = {
    "platform.open_id": "中文", "platform.grant_code": "a b", "platform.timeout_s": "soon",
    "platform.proxy": "ftp://x", "scanner.max_gap_ms": 3.5, "scanner.url_pattern": "(",
    "scanner.serial_baud": 1, "window.sounds": 1, "window.language": "fr",
    "platform.v2_sign_keys": "x", "platform.min_amount_use_unit": 7,
    "platform.allow_insecure_http": "yes",
}  # fmt: skip


@pytest.mark.parametrize("setting", SETTINGS, ids=IDS)
def test_what_is_shown_is_what_is_kept(qtbot: QtBot, setting: Setting[Any]) -> None:
    field = SettingField(setting)
    qtbot.addWidget(field)
    field.load(None)
    assert not field.is_changed()
    if setting.default is not REQUIRED:
        assert field.value() is None
    assert field.said() == ""
    assert field.editor.accessibleName()


def test_a_number_that_is_too_long_to_be_written_out(qtbot: QtBot) -> None:
    field = SettingField(declared.STORE_ID)
    qtbot.addWidget(field)
    field.load(16**6000)
    assert isinstance(field.editor, QLineEdit)
    assert field.editor.text().startswith("0x1000")
    assert field.is_changed()


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_shown_and_told(qtbot: QtBot, value: float) -> None:
    field = SettingField(declared.TIMEOUT)
    qtbot.addWidget(field)
    field.load(value)
    assert isinstance(field.editor, QLineEdit)
    assert field.editor.text() == str(value)
    assert field.said()


@pytest.mark.parametrize("text", ["  ", '""', "\ufeff"])
def test_a_key_that_is_blank_is_missing(qtbot: QtBot, text: str) -> None:
    row = KeyRow()
    qtbot.addWidget(row)
    row.put_text(text)
    assert row.missing()
    row.put_text("a-key")
    assert not row.missing()


@pytest.mark.parametrize("setting", SETTINGS, ids=IDS)
def test_what_a_file_holds_is_unchanged_until_somebody_changes_it(
    qtbot: QtBot, setting: Setting[Any]
) -> None:
    samples: dict[type, object] = {bool: True, str: "1001", float: 8, int: 40}
    field = SettingField(setting)
    qtbot.addWidget(field)
    for value in (samples[str], 12345, samples[bool], 7.5, "camel", "zh", ""):
        try:
            setting.read(value)
        except ConfigError:
            continue
        field.load(value)
        assert not field.is_changed(), value


@pytest.mark.parametrize("path", WRONG)
def test_what_is_wrong_is_said_in_words(qtbot: QtBot, path: str) -> None:
    setting = declared.BY_PATH[path]
    words = setting_problem_text(setting, WRONG[path])
    assert CHINESE.search(words)
    assert path not in words
    field = SettingField(setting)
    qtbot.addWidget(field)
    field.load(WRONG[path])
    editor = field.editor
    if isinstance(editor, QLineEdit):
        assert field.said() == words
        assert editor.accessibleDescription() == words
        assert editor.property("problem") is True
    else:
        assert isinstance(editor, QCheckBox) or field.value() == str(WRONG[path])


@given(value=st.floats(0.5, 60))
def test_numbers_come_back_as_they_were(value: float) -> None:
    typed = text_of_value(value)
    assert value_of_text(declared.TIMEOUT, typed) == value


@given(text=st.text(max_size=40))
def test_no_typed_text_breaks_anything(text: str) -> None:
    for setting in SETTINGS:
        value = value_of_text(setting, text)
        if value is None:
            continue
        if isinstance(setting.kind, Number | Whole):
            assert isinstance(value, str | int | float)
        assert isinstance(setting_problem_text(setting, value), str)


@pytest.mark.parametrize(
    "pasted", ["a-key", " a-key\n", "“a-key”", "\ufeffa-key", "a-\u200bkey", "'a-key'\t"]
)
def test_a_pasted_key_is_freed_of_what_came_along(qtbot: QtBot, pasted: str) -> None:
    row = KeyRow()
    qtbot.addWidget(row)
    row.put_text(pasted)
    assert row.key() == "a-key"
    assert row.problem() == ""
    assert row.field.echoMode() is QLineEdit.EchoMode.Password
    row.forget()
    row.field.undo()
    assert row.text() == ""


MEMBERS = (
    "qm0000001", "13800000001", "900000000000000000000021", "2088123412341234",
    "6901234567892", "134567890123456789", "https://x.example/abc",
)  # fmt: skip


@pytest.mark.parametrize("code", MEMBERS)
def test_no_members_code_is_taken_for_a_key(code: str) -> None:
    assert CHINESE.search(no_key_text(code))


def test_a_key_is(qtbot: QtBot) -> None:
    assert no_key_text("sandbox-open-key-not-a-secret-0123456789abcdefghij") == ""
    assert no_key_text("0123456789abcdef0123456789abcdef") == ""


def test_a_stores_code_is_short() -> None:
    assert no_store_text("1001") == ""
    for code in ("13800000001", "900000000000000000000021", "134567890123456789", "6901234567892"):
        assert CHINESE.search(no_store_text(code))
