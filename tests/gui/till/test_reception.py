"""Scanned, typed, answered: whether it is looked up, asked about or turned away."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.scanning.burst import Flaw, Misread
from posmember.scanning.identifier import Problem, classify
from posmember.scanning.test_code import TEST_CODE
from posmember.settings.declared import PhoneLookup
from posmember.ui.messages import identifier_problem_text
from posmember.ui.till.intake import Intake
from posmember.ui.till.reception import Decision, LookUp, Reception, Say
from posmember.ui.view.screen import Hint, Severity

K = IdentifierKind
MEMBER, ANOTHER, PRODUCT = "qm0000001", "qm0000002", "6901234567892"
MOBILE = "13800000001"
PAYMENT = "134567890123456789"
URL = "https://weixin.qq.com/r/abc"
OPENID = "oABCdefGHIjklMNOpqrSTUvwx012"
AUTOMATIC = classify(MEMBER).identifiers
DOUBLE, TEST, CAPS_LOCK = "已忽略重复扫码", "这是扫码枪测试码", "大写锁定"


@pytest.fixture
def reception() -> Reception:
    return Reception(Intake(clock=lambda: 100.0))


def said(decision: Decision | None) -> str:
    hint = decision.hint if isinstance(decision, Say) else decision.note if decision else None
    return hint.text if hint else ""


def looked_up(decision: Decision | None) -> tuple[Identifier, ...] | None:
    return decision.identifiers if isinstance(decision, LookUp) else None


# --- no code at all ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flaw", "words"),
    [
        (Flaw.UNFINISHED, "扫码不完整，请再扫一次"),
        (Flaw.TOO_LONG, "内容太长，不是会员码，请重新扫码"),
        (Flaw.ALT_CODES, "扫码枪在用 ALT 方式发码，收不到内容；请在扫码枪上关掉（按 F9 检测）"),
    ],
)
@pytest.mark.parametrize("typed", [False, True])
def test_a_misread_is_said_and_takes_the_member_away(
    reception: Reception, flaw: Flaw, words: str, typed: bool
) -> None:
    reception.scan(MEMBER, in_flight=False)
    decision = reception.misread(Misread(flaw, typed=typed))
    assert decision == Say(Hint(Severity.WARNING, words), keeps_text=typed, wrong=True)
    again = reception.scan(MEMBER, in_flight=False)
    assert looked_up(again) == AUTOMATIC, "the same code again is no double"


def test_a_misread_behind_a_whole_code_leaves_that_one(reception: Reception) -> None:
    reception.scan(MEMBER, in_flight=False)
    decision = reception.misread(Misread(Flaw.UNFINISHED, 2))
    assert isinstance(decision, Say)
    assert (decision.keeps_member, decision.keeps_text, decision.wrong) == (True, True, True)
    assert said(reception.scan(MEMBER, in_flight=False)) == DOUBLE


def test_a_misread_takes_the_question_away(reception: Reception) -> None:
    reception.type(MOBILE, K.USER_ID)
    reception.misread(Misread(Flaw.UNFINISHED))
    assert reception.answer(0) is None


# --- one code ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """A code that is turned away, and what of it and the screen stays."""

    text: str
    problem: Problem
    kind: IdentifierKind | None = None
    keeps_text: bool = True


TURNED_AWAY = [
    Case("", Problem.EMPTY),
    Case(URL, Problem.URL),
    Case("x" * 129, Problem.TOO_LONG),
    Case("王小明", Problem.NOT_A_CODE),
    Case(PAYMENT, Problem.PAYMENT_CODE, keeps_text=False),
    Case("1380000000", Problem.TOO_SHORT, K.MOBILE),
    Case("138000000011", Problem.TOO_LONG, K.MOBILE),
]


@pytest.mark.parametrize(
    ("case", "way"),
    [(case, "typed") for case in TURNED_AWAY]
    + [(case, "scanned") for case in TURNED_AWAY if case.kind is None],
    ids=lambda value: f"{value.problem} {value.kind}" if isinstance(value, Case) else value,
)
def test_what_is_turned_away(reception: Reception, case: Case, way: str) -> None:
    kind = case.kind if way == "typed" else None
    decision: Decision
    if way == "scanned":
        decision = reception.scan(case.text, in_flight=False)
    else:
        decision = reception.type(case.text, kind)
    assert isinstance(decision, Say)
    found = classify(case.text, kind)
    assert decision.hint.severity is Severity.WARNING
    assert decision.hint.text == identifier_problem_text(case.problem, found)
    assert decision.hint.answers == ()
    assert (decision.wrong, decision.keeps_member) == (True, False)
    assert (decision.keeps_text, decision.asks_about) == (case.keeps_text, "")


def test_the_words_for_a_payment_code(reception: Reception) -> None:
    assert said(reception.scan(PAYMENT, in_flight=False)) == "这是付款码，请让顾客打开会员码"
    assert PAYMENT[:4] not in repr(vars(reception))


@pytest.mark.parametrize("kind", [None, K.MEMBER_CODE])
def test_a_code_is_looked_up(reception: Reception, kind: IdentifierKind | None) -> None:
    assert reception.scan(MEMBER, in_flight=False) == LookUp(AUTOMATIC)
    assert reception.type(ANOTHER, kind) == LookUp(classify(ANOTHER, kind).identifiers)
    assert reception.note() is None


def test_caps_lock_is_said(reception: Reception) -> None:
    decision = reception.scan(OPENID.swapcase(), in_flight=False)
    assert isinstance(decision, LookUp)
    assert decision.identifiers[0] == Identifier(K.WECHAT_OPENID, OPENID)
    assert CAPS_LOCK in said(decision)


@pytest.mark.parametrize("text", [TEST_CODE, TEST_CODE.swapcase(), f"]C1{TEST_CODE}"])
@pytest.mark.parametrize("way", ["scanned", "scanned twice", "typed"])
def test_the_test_code_is_never_looked_up(reception: Reception, text: str, way: str) -> None:
    for _ in range(2 if way == "scanned twice" else 1):
        if way == "typed":
            decision: Decision = reception.type(text, None)
        else:
            decision = reception.scan(text, in_flight=True)
        assert isinstance(decision, Say)
        assert TEST in said(decision)
        assert "F9" in said(decision)
        assert (decision.keeps_member, decision.wrong) == (True, False)
        assert decision.hint.severity is Severity.INFO
    assert reception.scan_another(text) is None


# --- doubles -----------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["scanned", "typed"])
def test_a_double_is_only_said(reception: Reception, first: str) -> None:
    if first == "scanned":
        reception.scan(MEMBER, in_flight=False)
    else:
        reception.type(MEMBER, None)
    decision = reception.scan(MEMBER, in_flight=True)
    assert isinstance(decision, Say)
    assert said(decision) == DOUBLE
    assert (decision.keeps_member, decision.keeps_text, decision.wrong) == (True, True, False)


def test_what_is_typed_is_never_a_double(reception: Reception) -> None:
    reception.scan(MEMBER, in_flight=False)
    assert looked_up(reception.type(MEMBER, None)) == AUTOMATIC


def test_after_clearing_it_is_none(reception: Reception) -> None:
    reception.scan(MEMBER, in_flight=False)
    reception.forget()
    assert looked_up(reception.scan(MEMBER, in_flight=False)) == AUTOMATIC


# --- several codes -----------------------------------------------------------------------------


def test_the_rest_of_a_burst_is_named_and_masked(reception: Reception) -> None:
    reception.scan(MEMBER, in_flight=False)
    assert reception.scan_another(ANOTHER) is None
    note = reception.note()
    assert note is not None
    assert note.severity is Severity.INFO
    assert note.text == "一次扫到 2 个码，只查了一个；另有 qm*****02"


def test_a_product_barcode_gives_way(reception: Reception) -> None:
    reception.scan(PRODUCT, in_flight=False)
    decision = reception.scan_another(MEMBER)
    assert looked_up(decision) == AUTOMATIC
    assert "69*********92" in said(decision)
    assert PRODUCT not in said(decision)


def test_so_does_what_is_turned_away(reception: Reception) -> None:
    for first in (URL, PAYMENT):
        assert isinstance(reception.scan(first, in_flight=False), Say)
        assert looked_up(reception.scan_another(MEMBER)) == AUTOMATIC


def test_nobody_found_the_next_is_tried_and_the_rest_named(reception: Reception) -> None:
    reception.scan(MEMBER, in_flight=False)
    reception.scan_another(ANOTHER)
    decision = reception.after_nobody()
    assert looked_up(decision) == classify(ANOTHER).identifiers
    assert "qm*****01" in said(decision)
    assert reception.after_nobody() is None


# --- the question ------------------------------------------------------------------------------

ASKED = [
    (MEMBER, K.MOBILE, K.MEMBER_CODE, "选的是手机号，这个码却像会员码。按哪种查？"),
    (MOBILE, K.USER_ID, K.MOBILE, "选的是会员ID，这个码却像手机号。按哪种查？"),
    (OPENID, K.MEMBER_CODE, K.WECHAT_OPENID, "选的是会员码，这个码却像微信 openid。按哪种查？"),
    ("2088000000000001", K.CARD_NUMBER, K.ALIPAY_USER_ID, "选的是会员卡号，这个码却像支付宝"),
]


@pytest.mark.parametrize(("text", "chosen", "looks_like", "words"), ASKED)
def test_kind_and_type_disagree(
    reception: Reception,
    text: str,
    chosen: IdentifierKind,
    looks_like: IdentifierKind,
    words: str,
) -> None:
    decision = reception.type(text, chosen)
    assert isinstance(decision, Say)
    assert said(decision).startswith(words)
    first, second = decision.hint.answers
    assert "回车" in first
    assert first != second
    assert (decision.wrong, decision.keeps_member) == (False, False)
    assert decision.asks_about == text
    yes = looked_up(reception.answer(0))
    assert yes == classify(text).identifiers
    assert yes[0].kind is looks_like
    assert reception.answer(0) is None, "answered"
    reception.forget()
    reception.type(text, chosen)
    assert looked_up(reception.answer(1)) == (Identifier(chosen, text),)


def test_enter_says_yes(reception: Reception) -> None:
    asked = reception.type(MEMBER, K.MOBILE)
    assert isinstance(asked, Say)
    assert looked_up(reception.type(asked.asks_about, K.MOBILE)) == AUTOMATIC
    assert reception.answer(1) is None, "it was answered"
    double = reception.scan(MEMBER, in_flight=True)
    assert said(double) == DOUBLE, "nor is it asked again while it is looked up"


def test_enter_on_something_else_is_no_answer(reception: Reception) -> None:
    reception.type(MEMBER, K.MOBILE)
    assert said(reception.type(ANOTHER, K.MOBILE)).startswith("选的是手机号")
    assert looked_up(reception.answer(0)) == classify(ANOTHER).identifiers


def test_the_next_scan_simply_goes_on(reception: Reception) -> None:
    reception.type(MEMBER, K.MOBILE)
    decision = reception.scan(MOBILE, in_flight=False)
    assert looked_up(decision) == classify(MOBILE).identifiers
    assert reception.answer(0) is None


def test_a_scan_of_the_code_that_is_asked_about_is_no_double(reception: Reception) -> None:
    """Nothing was looked up, and of a scan nothing is asked: it is what it looks like."""
    reception.type(MEMBER, K.MOBILE)
    assert looked_up(reception.scan(MEMBER, in_flight=False)) == AUTOMATIC
    assert reception.answer(0) is None


def test_an_answer_to_nothing_is_none(reception: Reception) -> None:
    assert reception.answer(0) is None
    reception.type(MEMBER, K.MOBILE)
    reception.forget()
    assert reception.answer(1) is None


def test_what_is_said_and_asked_has_no_code_in_its_repr(reception: Reception) -> None:
    decision = reception.type(MOBILE, K.USER_ID)
    assert MOBILE not in repr(decision)


# --- whose order it is -------------------------------------------------------------------------


def continues(decision: Decision | None) -> bool:
    assert isinstance(decision, LookUp)
    return decision.continues


def test_only_another_code_of_a_burst_that_is_looked_up_goes_on_with_it(
    reception: Reception,
) -> None:
    assert not continues(reception.scan(PRODUCT, in_flight=False))
    assert continues(reception.scan_another(MEMBER))
    assert not continues(reception.scan(ANOTHER, in_flight=False)), "another burst"
    assert not continues(reception.type(MEMBER, None))
    reception.type(MEMBER, K.MOBILE)
    assert not continues(reception.answer(1)), "the question's code was not looked up"


@pytest.mark.parametrize("first", [TEST_CODE, MEMBER, URL, PAYMENT])
def test_a_code_behind_one_that_is_not_looked_up_goes_on_with_nothing(
    reception: Reception, first: str
) -> None:
    """Nor with the customer of an earlier burst."""
    reception.scan(MEMBER, in_flight=False)
    assert isinstance(reception.scan(first, in_flight=True), Say)
    decision = reception.scan_another(ANOTHER) or reception.scan_another(PRODUCT)
    assert decision is None or not continues(decision)


def test_what_is_tried_where_nobody_was_found_goes_on(reception: Reception) -> None:
    reception.scan(MEMBER, in_flight=False)
    reception.scan_another(ANOTHER)
    reception.scan(TEST_CODE, in_flight=True)
    assert continues(reception.after_nobody())


def test_a_burst_whose_first_code_somebody_else_took(reception: Reception) -> None:
    reception.scan(PRODUCT, in_flight=False)
    reception.begin_burst()
    assert not continues(reception.scan_another(MEMBER))


# --- what the policy says of phone numbers -------------------------------------------------------


@pytest.mark.parametrize("kind", [None, K.MOBILE, K.CARD_NUMBER])
def test_where_they_are_off_none_is_looked_up_or_kept(kind: IdentifierKind | None) -> None:
    reception = Reception(Intake(clock=lambda: 100.0), PhoneLookup.OFF)
    decision = reception.type(MOBILE, kind)
    assert looked_up(decision) is None
    assert said(decision) == "总部规定不能用手机号查，请扫会员码"
    assert isinstance(decision, Say)
    assert not decision.keeps_text
    assert reception.answer(0) is None, "nor by the answer to a question about it"
    assert looked_up(reception.scan(MEMBER, in_flight=False)) == AUTOMATIC


def test_where_they_are_off_a_scanned_one_is_none_either() -> None:
    reception = Reception(Intake(clock=lambda: 100.0), PhoneLookup.OFF)
    assert looked_up(reception.scan(MOBILE, in_flight=False)) is None


def test_where_they_are_masked_that_is_said() -> None:
    reception = Reception(Intake(clock=lambda: 100.0), PhoneLookup.MASKED)
    decision = reception.type(MOBILE, None)
    assert looked_up(decision) == classify(MOBILE).identifiers
    assert said(decision) == "用手机号查不显示券码、卡号和储值；扫会员码就能看到"
    assert said(reception.scan(MEMBER, in_flight=False)) == ""
