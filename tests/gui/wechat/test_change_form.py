"""The form of a change: blank is unchanged, what is entered is read, nothing is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from posmember.domain.values import CHINA, PlatformTime, Unreadable
from posmember.domain.wechat.card import CardValidity, ValidityKind, WechatCard
from posmember.domain.wechat.change import (
    CardChange,
    CardField,
    Fault,
    NewValidity,
    change_problems,
    needed_change,
)
from posmember.ui.wechat.change_form import ChangeForm
from tests.gui.wechat.samples import CARD, HOSTILE

KINDS = {
    None: 0,
    ValidityKind.FIXED_RANGE: 1,
    ValidityKind.FIXED_TERM: 2,
    ValidityKind.PERMANENT: 3,
}
BEGIN = datetime(2026, 1, 1, tzinfo=CHINA)
END = datetime(2026, 12, 31, 23, 59, 59, tzinfo=CHINA)
RANGED = replace(
    CARD,
    validity=CardValidity(ValidityKind.FIXED_RANGE, PlatformTime(BEGIN), PlatformTime(END)),
)


@pytest.fixture
def form(qtbot: QtBot) -> ChangeForm:
    made = ChangeForm()
    qtbot.addWidget(made)
    made.start(RANGED)
    with qtbot.waitExposed(made):
        made.show()
    return made


def enter(form: ChangeForm, name: CardField, text: str) -> None:
    form._fields[name].setText(text)


def choose(form: ChangeForm, kind: ValidityKind | None, *texts: str) -> None:
    """Choose a validity, and fill in the fields that are in sight then."""
    form._validity._kind.setCurrentIndex(KINDS[kind])
    shown = [field for field in form._validity.findChildren(QLineEdit) if field.isVisible()]
    assert len(shown) >= len(texts)
    for field, text in zip(shown, texts, strict=False):
        field.setText(text)


def in_sight(form: ChangeForm) -> str:
    labels = [label for label in form.findChildren(QLabel) if label.isVisible()]
    return "\n".join(label.text().replace("\u200b", "") for label in labels)


# --- what is read ------------------------------------------------------------------------------


def test_blank_fields_change_nothing(form: ChangeForm) -> None:
    assert form.change() == CardChange()
    for field in form._fields.values():
        field.setText("   ")
    assert form.change() == CardChange()
    assert form.change().named() == ()


TEXTS = {
    CardField.LEVEL: "钻石会员",
    CardField.COLOR: "#FFCC00",
    CardField.PICTURE_URL: "https://p.invalid/1.png",
    CardField.PHONE: "13912345678",
    CardField.ATTACH: "新的备注",
}


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_entered_is_what_is_asked_for_and_nothing_else(
    form: ChangeForm, name: CardField
) -> None:
    enter(form, name, f"  {TEXTS[name]} ")
    change = form.change()
    assert change.named() == (name,)
    assert getattr(change, name) == TEXTS[name]
    assert change_problems(change) == ()


def test_no_text_of_a_card_is_forgotten() -> None:
    assert {*TEXTS} == {*CardField} - {
        CardField.VALIDITY,
        CardField.PICKED_UP_AT,
        CardField.COMMON_FIELDS,
        CardField.CUSTOM_FIELDS,
    }


R = ValidityKind.FIXED_RANGE
VALIDITIES: list[tuple[ValidityKind | None, tuple[str, ...], NewValidity | None]] = [
    (None, (), None),
    (ValidityKind.PERMANENT, (), NewValidity(ValidityKind.PERMANENT)),
    (ValidityKind.FIXED_TERM, ("30",), NewValidity(ValidityKind.FIXED_TERM, days=30)),
    (ValidityKind.FIXED_TERM, (" 365 ",), NewValidity(ValidityKind.FIXED_TERM, days=365)),
    (R, ("2026-01-01", "2026-12-31"), NewValidity(R, BEGIN, END)),
    (R, (" 2026-1-1", "2026-12-31 "), NewValidity(R, BEGIN, END)),
    (R, ("2026-12-31", "2026-12-31"), NewValidity(R, END.replace(hour=0, minute=0, second=0), END)),
]


@pytest.mark.parametrize(("kind", "texts", "read"), VALIDITIES)
def test_a_validity_is_read(
    form: ChangeForm, kind: ValidityKind | None, texts: tuple[str, ...], read: NewValidity | None
) -> None:
    choose(form, kind, *texts)
    assert form.change().validity == read
    assert change_problems(form.change()) == ()


WRONG: list[tuple[ValidityKind, tuple[str, ...], Fault]] = [
    (ValidityKind.FIXED_TERM, ("",), Fault.DAYS),
    (ValidityKind.FIXED_TERM, ("0",), Fault.DAYS),
    (ValidityKind.FIXED_TERM, ("-1",), Fault.DAYS),
    (ValidityKind.FIXED_TERM, ("1.5",), Fault.DAYS),
    (ValidityKind.FIXED_TERM, ("三十",), Fault.DAYS),
    (ValidityKind.FIXED_TERM, ("٣٠",), Fault.DAYS),
    (ValidityKind.FIXED_TERM, ("9" * 300,), Fault.DAYS),
    (R, ("", "2026-12-31"), Fault.RANGE_INCOMPLETE),
    (R, ("2026-01-01", "明年"), Fault.RANGE_INCOMPLETE),
    (R, ("2026-02-30", "2026-12-31"), Fault.RANGE_INCOMPLETE),
    (R, ("2026/01/01", "2026-12-31"), Fault.RANGE_INCOMPLETE),
    (R, ("2027-01-01", "2026-12-31"), Fault.END_BEFORE_BEGIN),
]


@pytest.mark.parametrize(("kind", "texts", "fault"), WRONG)
def test_what_cannot_be_read_is_a_problem_and_no_silence(
    form: ChangeForm, kind: ValidityKind, texts: tuple[str, ...], fault: Fault
) -> None:
    choose(form, kind, *texts)
    (problem,) = change_problems(form.change())
    assert (problem.field, problem.fault) == (CardField.VALIDITY, fault)


def test_the_cards_own_days_are_there_to_be_mended(form: ChangeForm) -> None:
    choose(form, ValidityKind.FIXED_RANGE)
    assert needed_change(RANGED, form.change()) == CardChange()
    choose(form, ValidityKind.FIXED_RANGE, "2026-01-01", "2027-01-31")
    read = form.change().validity
    assert read is not None
    assert read.end == datetime(2027, 1, 31, 23, 59, 59, tzinfo=CHINA)


@pytest.mark.parametrize(
    "validity",
    [
        CardValidity(),
        CardValidity(ValidityKind.PERMANENT),
        CardValidity(Unreadable("?"), Unreadable("?"), Unreadable("?"), Unreadable("?")),
    ],
)
def test_a_card_without_days_has_none_to_mend(form: ChangeForm, validity: CardValidity) -> None:
    form.start(replace(CARD, validity=validity))
    choose(form, ValidityKind.FIXED_RANGE)
    assert form.change().validity == NewValidity(ValidityKind.FIXED_RANGE)


TIMES = [
    ("2026-01-31 18:05", datetime(2026, 1, 31, 18, 5, tzinfo=CHINA)),
    (" 2026-01-31 18:05:09 ", datetime(2026, 1, 31, 18, 5, 9, tzinfo=CHINA)),
    ("2026-01-31", datetime(2026, 1, 31, tzinfo=CHINA)),
    ("", None),
    ("  ", None),
]


@pytest.mark.parametrize(("text", "read"), TIMES)
def test_a_time_of_pickup_is_read(form: ChangeForm, text: str, read: datetime | None) -> None:
    form._picked_up.setText(text)
    assert form.change() == CardChange(picked_up_at=read)
    assert change_problems(form.change()) == ()


@pytest.mark.parametrize("text", ["昨天", "2026-02-30", "2026-01-31 25:00", "1769853900"])
def test_what_is_no_time_of_pickup_is_a_problem_and_no_silence(form: ChangeForm, text: str) -> None:
    form._picked_up.setText(text)
    (problem,) = change_problems(form.change())
    assert (problem.field, problem.fault) == (CardField.PICKED_UP_AT, Fault.MOMENT)
    form.show_problems({problem.field: "时间不对"})
    assert "时间不对" in in_sight(form)
    assert form._picked_up.property("problem") is True


# --- what is shown -----------------------------------------------------------------------------


@pytest.mark.parametrize("phone", ["8613912345678", " +86 139-1234-5678", "\u202d13912345678"])
def test_a_phone_is_read_as_for_a_lookup(form: ChangeForm, phone: str) -> None:
    form._fields[CardField.PHONE].setText(phone)
    assert form.change().phone == "13912345678"
    form._fields[CardField.PHONE].setText(" 139 ")
    assert form.change().phone == "139"


def test_it_says_what_the_card_is_now_and_masks_the_phone(form: ChangeForm) -> None:
    said = in_sight(form)
    assert "现在：金卡会员" in said
    assert "现在：2026-01-01 至 2026-12-31" in said
    assert "现在：138****0001" in said
    assert "13800000001" not in said


def test_what_a_card_has_not_is_said(form: ChangeForm) -> None:
    form.start(WechatCard())
    assert in_sight(form).count("现在：（无）") == 6, "the form's answers are folded"


def test_hostile_texts_are_plain(form: ChangeForm) -> None:
    form.start(HOSTILE)
    assert "现在：<b>金</b>&amp;" in in_sight(form)
    labels = form.findChildren(QLabel)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_only_the_fields_of_a_kind_are_in_sight(form: ChangeForm) -> None:
    for kind, count in (
        (None, 0),
        (ValidityKind.FIXED_RANGE, 2),
        (ValidityKind.FIXED_TERM, 1),
        (ValidityKind.PERMANENT, 0),
    ):
        choose(form, kind)
        fields = form._validity.findChildren(QLineEdit)
        assert sum(field.isVisible() for field in fields) == count


def test_a_problem_is_at_its_field_and_goes_away(form: ChangeForm) -> None:
    form.show_problems({CardField.COLOR: "颜色要写成 #RRGGBB", CardField.VALIDITY: "天数"})
    assert "颜色要写成 #RRGGBB" in in_sight(form)
    assert "天数" in in_sight(form)
    assert form._fields[CardField.COLOR].property("problem") is True
    assert form._fields[CardField.LEVEL].property("problem") is False
    form.show_problems({})
    assert "颜色要写成" not in in_sight(form)
    assert form._fields[CardField.COLOR].property("problem") is False


@pytest.mark.parametrize("name", [CardField.COLOR, CardField.VALIDITY])
def test_the_keyboard_goes_to_the_first_field_that_is_wrong(
    form: ChangeForm, qtbot: QtBot, name: CardField
) -> None:
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    form.first().setFocus()
    choose(form, ValidityKind.FIXED_TERM, "x")
    form.show_problems({name: "不对"})
    at = QApplication.focusWidget()
    assert at is not None
    if name is CardField.COLOR:
        assert at is form._fields[CardField.COLOR]
    else:
        assert form._validity.isAncestorOf(at)


# --- what is forgotten -------------------------------------------------------------------------


def everything(form: ChangeForm) -> list[str]:
    """All that is in a field or a label but the fields' own names."""
    held = [field.text() for field in form.findChildren(QLineEdit)]
    held += [label.text() for label in (*form._now.values(), *form._problems.values())]
    return [text for text in held if text]


def test_nothing_is_kept_not_even_for_undo(form: ChangeForm) -> None:
    for name, text in TEXTS.items():
        enter(form, name, text)
        form._fields[name].insert("x")
    choose(form, ValidityKind.FIXED_RANGE, "2026-01-01", "2026-12-31")
    form.show_problems({CardField.COLOR: "不对"})
    form.forget()
    for field in form.findChildren(QLineEdit):
        for _ in range(5):
            field.undo()
    assert everything(form) == []
    assert form.findChildren(QComboBox)[0].currentIndex() == 0


def test_the_next_card_begins_with_nothing_entered(form: ChangeForm) -> None:
    form._fields[CardField.PHONE].insert("13912345678")
    choose(form, ValidityKind.PERMANENT)
    form.start(CARD)
    assert form.change() == CardChange()
    form._fields[CardField.PHONE].undo()
    assert form.change() == CardChange()
