"""What is said where a membership card could not be asked for or changed: what, and what next."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from posmember import errors
from posmember.resources import resource
from posmember.ui.wording.wechat.errors import card_error_text, clock_note
from tests.fakes.wechat_errors import ALONE, CASES, SIGNATURE, Case, all_classes

CHINESE = re.compile("[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"[{}]|None|wechat_card_get")
NOBODY_KNOWS = "不知道是否已经改好，请按 F10 重新查询。"
SILENT = ("unknown key", "untrusted", "old", "another card", "timeout", "connection", "failure",
          "redirect", "unreadable", "other", "page", "page of a failure")  # fmt: skip
"""Errors after which nobody knows whether a change was made."""


def test_no_class_is_forgotten() -> None:
    tested = {type(case.error) for case in CASES.values()}
    of_the_platform: set[type[errors.PosMemberError]] = {errors.MemberNotFoundError}
    of_the_platform |= {errors.OtherMemberError, errors.NotSetUpError, errors.KeyMissingError}
    of_the_platform |= {errors.SecretRejectedError}
    assert tested == all_classes() - of_the_platform
    assert tested >= ALONE


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_happened_and_the_next_step(case: Case) -> None:
    said = card_error_text(case.error)
    assert case.said in said
    assert case.step in said
    assert "\n" not in said
    assert not PLACEHOLDER.search(said)


def test_no_two_are_said_alike() -> None:
    said = [card_error_text(case.error) for name, case in CASES.items() if name != "redirect"]
    assert len({*said}) == len(said) - 1, "all but a wrong configuration, which is two cases"


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_message_for_the_log_is_not_for_the_cashier(case: Case) -> None:
    said = card_error_text(case.error)
    assert "a detail" not in said
    assert "No space left" not in said


@pytest.mark.parametrize("name", CASES)
def test_of_a_change_that_got_no_answer_nobody_knows(name: str) -> None:
    said = card_error_text(CASES[name].error, changing=True)
    assert said.startswith(NOBODY_KNOWS) is (name in SILENT)
    assert said.removeprefix(NOBODY_KNOWS) == card_error_text(CASES[name].error)


def test_the_platforms_code_and_words_follow_for_support() -> None:
    refused = errors.ApiBusinessError("x", code="PARAM_ERROR", platform_message="level\n超长")
    assert card_error_text(refused).endswith("（代码 PARAM_ERROR：level 超长）")
    assert card_error_text(CASES["not allowed"].error).endswith("（代码 NO_AUTH）")


def test_the_name_of_a_key_cannot_break_the_line() -> None:
    said = card_error_text(errors.UnknownKeyError("x", key_id="PUB\r\nKEY"))
    assert said.endswith("PUB KEY")


@pytest.mark.parametrize(
    ("offset_s", "words"),
    [
        (301, "电脑时间慢了 5 分钟，请校准"),
        (-3600, "电脑时间快了 60 分钟，请校准"),
    ],
)
def test_a_wrong_clock_is_said_with_what_went_well(offset_s: int, words: str) -> None:
    assert clock_note(offset_s) == words


@pytest.mark.parametrize(("wait_s", "minutes"), [(1, 1), (60, 1), (61, 2), (299, 5), (300, 5)])
def test_a_pause_is_never_said_too_short(wait_s: int, minutes: int) -> None:
    said = card_error_text(errors.PinRejectedError("x", wait_s=wait_s))
    assert f"请 {minutes} 分钟后再试" in said


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    translator = QTranslator()
    assert translator.load(str(resource("translations/posmember_en.qm")))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_it_is_there_in_english(case: Case) -> None:
    said = card_error_text(case.error, changing=True) + clock_note(400) + clock_note(-400)
    assert not CHINESE.search(said)
    assert not PLACEHOLDER.search(said)


def test_a_refused_signature_names_what_to_check() -> None:
    said = card_error_text(SIGNATURE)
    assert all(word in said for word in ("商户号", "证书序列号", "私钥"))
