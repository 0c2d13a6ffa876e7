"""The form's answers in a change: folded, blank is unchanged, masked, and nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from posmember.domain.values import Unreadable
from posmember.domain.wechat.card import CommonEntry, CustomEntry, FormField, WechatCard
from posmember.domain.wechat.change import CardChange, CardField
from posmember.sandbox.wechat.limit import CallLimit
from posmember.ui.view.wechat import ChangeStage
from posmember.ui.wechat.change_form import ChangeForm
from posmember.ui.widgets.chinese_field import ChineseField
from tests.fakes.wechat_desk import sandbox_subject, unlimited
from tests.gui.wechat.driving import MOST_TABS, Counter, focused, played_with_a_card
from tests.gui.wechat.samples import CARD, HOSTILE
from tests.gui.wechat.till import Till, played

FILLED = replace(
    CARD,
    common_fields=(CommonEntry(FormField.NAME, "王小明"), CommonEntry(FormField.CITY, "上海")),
    custom_fields=(CustomEntry("喜欢的运动", ("羽毛球", "游泳")), CustomEntry("口味", ("少糖",))),
)
ODD = sandbox_subject(9)


@pytest.fixture
def form(qtbot: QtBot) -> ChangeForm:
    made = ChangeForm()
    qtbot.addWidget(made)
    made.start(FILLED)
    with qtbot.waitExposed(made):
        made.show()
    return made


def unfold(form: ChangeForm) -> None:
    form._answers._heading.setChecked(True)


def field_of(form: ChangeForm, name: str) -> QLineEdit:
    """The field in sight that is called so."""
    (found,) = [
        field for field in form.findChildren(QLineEdit)
        if field.accessibleName() == name and field.isVisible()
    ]  # fmt: skip
    return found


def in_sight(form: ChangeForm) -> str:
    labels = [label for label in form.findChildren(QLabel) if label.isVisible()]
    return "\n".join(label.text().replace("\u200b", "") for label in labels)


def test_it_is_folded_until_it_is_wanted(form: ChangeForm) -> None:
    assert "姓名" not in in_sight(form)
    heading = form._answers._heading
    assert heading.text() == "开卡资料"
    heading.click()
    for title in ("性别", "姓名", "生日", "地址", "邮箱", "城市", "喜欢的运动", "口味", "其他问题"):
        assert title in in_sight(form)
    heading.click()
    assert "姓名" not in in_sight(form)


def test_it_says_what_the_card_has_masked(form: ChangeForm) -> None:
    unfold(form)
    said = in_sight(form)
    assert "现在：王*明" in said
    assert "现在：****、****" in said
    for secret in ("王小明", "上海", "羽毛球", "少糖"):
        assert secret not in said


def test_blank_answers_change_nothing(form: ChangeForm) -> None:
    unfold(form)
    for field in form._answers.findChildren(QLineEdit):
        field.setText("  ")
    assert form.change() == CardChange()


def test_what_is_entered_is_asked_for_and_nothing_else(form: ChangeForm) -> None:
    unfold(form)
    field_of(form, "邮箱").setText(" a@b.invalid ")
    field_of(form, "性别").setText("女")
    assert form.change() == CardChange(
        common_fields=((FormField.SEX, "女"), (FormField.EMAIL, "a@b.invalid"))
    )


def test_questions_are_answered_by_one_or_several(form: ChangeForm) -> None:
    unfold(form)
    field_of(form, "喜欢的运动").setText("足球；网球;跑步 ；")
    field_of(form, "口味").setText("多糖")
    question, answer = form._answers._more.fields
    question.setText("宠物")
    answer.setText("猫;狗")
    assert form.change().custom_fields == (
        ("喜欢的运动", ("足球", "网球", "跑步")),
        ("口味", ("多糖",)),
        ("宠物", ("猫", "狗")),
    )


@pytest.mark.parametrize("texts", [("宠物", ""), ("", "猫")])
def test_half_of_a_new_question_is_a_problem_and_no_silence(
    form: ChangeForm, texts: Sequence[str]
) -> None:
    for field, text in zip(form._answers._more.fields, texts, strict=True):
        field.setText(text)
    assert form.change().custom_fields is not None


def test_chinese_is_written_where_answers_are(form: ChangeForm) -> None:
    unfold(form)
    chinese = {
        field.accessibleName() for field in form._answers.findChildren(ChineseField)
        if field.isVisible()
    }  # fmt: skip
    assert {"性别", "姓名", "地址", "城市", "喜欢的运动", "口味"} < chinese
    assert not {"生日", "邮箱"} & chinese


def test_a_problem_unfolds_it_and_has_the_keyboard(form: ChangeForm, qtbot: QtBot) -> None:
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    form._answers._common[FormField.CITY].field.setText("长" * 200)
    form.show_problems({CardField.COMMON_FIELDS: "最多 71 个字"})
    assert "最多 71 个字" in in_sight(form)
    assert QApplication.focusWidget() is field_of(form, "城市")
    form.show_problems({})
    assert "最多 71 个字" not in in_sight(form)


def test_a_problem_of_nothing_entered_is_at_the_heading(form: ChangeForm, qtbot: QtBot) -> None:
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    form.show_problems({CardField.CUSTOM_FIELDS: "读不出来"})
    assert QApplication.focusWidget() is form._answers._heading


def test_hostile_questions_are_plain_and_on_one_line(form: ChangeForm) -> None:
    form.start(HOSTILE)
    unfold(form)
    labels = form._answers.findChildren(QLabel)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert not any("\n" in label.text() for label in labels)


def test_answers_that_cannot_be_read_are_said(form: ChangeForm) -> None:
    odd = (CommonEntry(FormField.CITY, Unreadable("")),)
    form.start(replace(FILLED, common_fields=odd, custom_fields=()))
    unfold(form)
    assert "现在：无法解密" in in_sight(form)
    assert "喜欢的运动" not in in_sight(form)


def test_nothing_is_kept_not_even_for_undo(form: ChangeForm) -> None:
    unfold(form)
    fields = form._answers.findChildren(QLineEdit)
    for field in fields:
        field.insert("秘密")
    form.forget()
    for field in fields:
        for _ in range(5):
            field.undo()
        assert field.text() == ""
        assert field.accessibleName() not in ("喜欢的运动", "口味")
    unfold(form)
    assert not any(text in in_sight(form) for text in ("现在", "喜欢的运动", "口味"))
    form.start(WechatCard())
    assert form.change() == CardChange()


# --- in the window -------------------------------------------------------------------------------


@pytest.fixture
def no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CallLimit, "allows", unlimited)


@pytest.mark.usefixtures("quick_pins", "no_limit")
def test_the_form_is_changed_answer_by_answer_and_sent_whole(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def work(till: Till) -> None:
        change = CardChange(
            common_fields=((FormField.CITY, "北京"),), custom_fields=(("口味", ("少糖", "去冰")),)
        )
        review = till.review(change)
        assert [(line.name, line.before, line.after) for line in review.lines] == [
            ("城市", "****", "****"),
            ("口味", "（无）", "****、****"),
        ]
        done = await till.confirm()
        assert (done.stage, done.message) == (ChangeStage.DONE, "已修改，读回核对一致")
        card = till.at.wechat.card
        assert card is not None
        answers = {entry.name: entry.value for entry in card.common_fields}
        assert (answers[FormField.CITY], answers[FormField.NAME]) == ("北京", "王小明")
        assert [entry.name for entry in card.custom_fields] == ["常去门店", "喜欢的运动", "口味"]
        assert till.notes[0]["fields"] == ["common_fields", "custom_fields"]

    played(qapp, tmp_path, work)


@pytest.mark.usefixtures("quick_pins", "no_limit")
def test_a_form_of_which_a_part_cannot_be_read_is_not_changed(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def work(till: Till) -> None:
        change = till.review(CardChange(common_fields=((FormField.SEX, "女"),)))
        assert change.stage is ChangeStage.EDIT
        ((name, words),) = change.problems
        assert name is CardField.COMMON_FIELDS
        assert "改了会丢失" in words

    played(qapp, tmp_path, work, subject=ODD)


def test_on_a_small_screen_nothing_is_cut_and_the_keyboard_is_in_sight(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def work(at: Counter) -> None:
        at.window.resize(960, 560)
        at.window.wechat.change_asked.emit()
        form = at.sheet._form
        unfold(form)
        await at.painted()
        page = at.sheet.findChildren(QScrollArea)[0]
        assert page.horizontalScrollBar().maximum() == 0, "all of its width is in sight"
        last = form._answers._more.fields[-1]
        for _ in range(MOST_TABS):
            at.press(Qt.Key.Key_Tab)
            await at.painted()
            here = focused()
            assert here is not None
            seen = here.visibleRegion().boundingRect()
            assert seen.size() == here.size(), here.accessibleName()
            if here is last:
                return
        raise AssertionError("no way to the last field")

    played_with_a_card(qapp, tmp_path, work)
