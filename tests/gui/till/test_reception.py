"""Scanned, typed, answered: whether it is looked up, asked about or turned away."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.scanning.burst import Flaw, Misread
from posmember.scanning.identifier import Problem, classify
from posmember.scanning.test_code import TEST_CODE
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
    ],
)
@pytest.mark.parametrize("typed", [False, True])
def test_a_misread_is_said_and_takes_the_member_away(
    reception: Reception, flaw: Flaw, words: str, typed: bool
) -> None:
    reception.scan(MEMBER, None, in_flight=False)
    decision = reception.misread(Misread(flaw, typed=typed))
    assert decision == Say(Hint(Severity.WARNING, words), keeps_text=typed, wrong=True)
    again = reception.scan(MEMBER, None, in_flight=False)
    assert looked_up(again) == AUTOMATIC, "the same code again is no double"


def test_a_misread_behind_a_whole_code_leaves_that_one(reception: Reception) -> None:
    reception.scan(MEMBER, None, in_flight=False)
    decision = reception.misread(Misread(Flaw.UNFINISHED, 2))
    assert isinstance(decision, Say)
    assert (decision.keeps_member, decision.keeps_text, decision.wrong) == (True, True, True)
    assert said(reception.scan(MEMBER, None, in_flight=False)) == DOUBLE


def test_a_misread_takes_the_question_away(reception: Reception) -> None:
    reception.scan(MOBILE, K.USER_ID, in_flight=False)
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


@pytest.mark.parametrize("way", ["scanned", "typed"])
@pytest.mark.parametrize("case", TURNED_AWAY, ids=lambda case: f"{case.problem} {case.kind}")
def test_what_is_turned_away(reception: Reception, case: Case, way: str) -> None:
    if way == "scanned":
        decision: Decision = reception.scan(case.text, case.kind, in_flight=False)
    else:
        decision = reception.type(case.text, case.kind)
    assert isinstance(decision, Say)
    found = classify(case.text, case.kind)
    assert decision.hint.severity is Severity.WARNING
    assert decision.hint.text == identifier_problem_text(case.problem, found)
    assert decision.hint.answers == ()
    assert (decision.wrong, decision.keeps_member) == (True, False)
    assert (decision.keeps_text, decision.asks_about) == (case.keeps_text, "")


def test_the_words_for_a_payment_code(reception: Reception) -> None:
    assert said(reception.scan(PAYMENT, None, in_flight=False)) == "这是付款码，请让顾客打开会员码"
    assert PAYMENT[:4] not in repr(vars(reception))


@pytest.mark.parametrize("kind", [None, K.MEMBER_CODE])
def test_a_code_is_looked_up(reception: Reception, kind: IdentifierKind | None) -> None:
    expected = LookUp(classify(MEMBER, kind).identifiers)
    assert reception.scan(MEMBER, kind, in_flight=False) == expected
    assert reception.type(ANOTHER, kind) == LookUp(classify(ANOTHER, kind).identifiers)
    assert reception.note() is None


def test_caps_lock_is_said(reception: Reception) -> None:
    decision = reception.scan(OPENID.swapcase(), None, in_flight=False)
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
            decision = reception.scan(text, None, in_flight=True)
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
        reception.scan(MEMBER, None, in_flight=False)
    else:
        reception.type(MEMBER, None)
    decision = reception.scan(MEMBER, None, in_flight=True)
    assert isinstance(decision, Say)
    assert said(decision) == DOUBLE
    assert (decision.keeps_member, decision.keeps_text, decision.wrong) == (True, True, False)


def test_what_is_typed_is_never_a_double(reception: Reception) -> None:
    reception.scan(MEMBER, None, in_flight=False)
    assert looked_up(reception.type(MEMBER, None)) == AUTOMATIC


def test_after_clearing_it_is_none(reception: Reception) -> None:
    reception.scan(MEMBER, None, in_flight=False)
    reception.forget()
    assert looked_up(reception.scan(MEMBER, None, in_flight=False)) == AUTOMATIC


# --- several codes -----------------------------------------------------------------------------


def test_the_rest_of_a_burst_is_named_and_masked(reception: Reception) -> None:
    reception.scan(MEMBER, None, in_flight=False)
    assert reception.scan_another(ANOTHER) is None
    note = reception.note()
    assert note is not None
    assert note.severity is Severity.INFO
    assert note.text == "一次扫到 2 个码，只查了一个；另有 qm*****02"


def test_a_product_barcode_gives_way(reception: Reception) -> None:
    reception.scan(PRODUCT, None, in_flight=False)
    decision = reception.scan_another(MEMBER)
    assert looked_up(decision) == AUTOMATIC
    assert "69*********92" in said(decision)
    assert PRODUCT not in said(decision)


def test_so_does_what_is_turned_away(reception: Reception) -> None:
    for first in (URL, PAYMENT):
        assert isinstance(reception.scan(first, None, in_flight=False), Say)
        assert looked_up(reception.scan_another(MEMBER)) == AUTOMATIC


def test_nobody_found_the_next_is_tried_and_the_rest_named(reception: Reception) -> None:
    reception.scan(MEMBER, None, in_flight=False)
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


@pytest.mark.parametrize("way", ["scanned", "typed"])
@pytest.mark.parametrize(("text", "chosen", "looks_like", "words"), ASKED)
def test_kind_and_type_disagree(
    reception: Reception,
    text: str,
    chosen: IdentifierKind,
    looks_like: IdentifierKind,
    words: str,
    way: str,
) -> None:
    def ask() -> Decision:
        if way == "scanned":
            return reception.scan(text, chosen, in_flight=False)
        return reception.type(text, chosen)

    decision = ask()
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
    ask()
    assert looked_up(reception.answer(1)) == (Identifier(chosen, text),)


@pytest.mark.parametrize("way", ["scanned", "typed"])
def test_enter_says_yes(reception: Reception, way: str) -> None:
    if way == "scanned":
        asked = reception.scan(MEMBER, K.MOBILE, in_flight=False)
    else:
        asked = reception.type(MEMBER, K.MOBILE)
    assert isinstance(asked, Say)
    assert looked_up(reception.type(asked.asks_about, K.MOBILE)) == AUTOMATIC
    assert reception.answer(1) is None, "it was answered"
    double = reception.scan(MEMBER, K.MOBILE, in_flight=True)
    assert said(double) == DOUBLE, "nor is it asked again while it is looked up"


def test_enter_on_something_else_is_no_answer(reception: Reception) -> None:
    reception.scan(MEMBER, K.MOBILE, in_flight=False)
    assert said(reception.type(ANOTHER, K.MOBILE)).startswith("选的是手机号")
    assert looked_up(reception.answer(0)) == classify(ANOTHER).identifiers


def test_the_next_scan_simply_goes_on(reception: Reception) -> None:
    reception.scan(MEMBER, K.MOBILE, in_flight=False)
    decision = reception.scan(MOBILE, K.MOBILE, in_flight=False)
    assert looked_up(decision) == (Identifier(K.MOBILE, MOBILE),)
    assert reception.answer(0) is None


def test_the_same_code_again_is_asked_again(reception: Reception) -> None:
    """Nothing was looked up, so there is no double; the answers have to stay in sight."""
    first = reception.scan(MEMBER, K.MOBILE, in_flight=False)
    assert reception.scan(MEMBER, K.MOBILE, in_flight=False) == first
    assert looked_up(reception.answer(0)) == AUTOMATIC


def test_an_answer_to_nothing_is_none(reception: Reception) -> None:
    assert reception.answer(0) is None
    reception.scan(MEMBER, K.MOBILE, in_flight=False)
    reception.forget()
    assert reception.answer(1) is None


def test_a_code_of_the_same_burst_that_raises_no_question_is_taken(reception: Reception) -> None:
    reception.scan(MEMBER, K.MOBILE, in_flight=False)
    assert looked_up(reception.scan_another(MOBILE)) == (Identifier(K.MOBILE, MOBILE),)
    assert reception.answer(0) is None


def test_what_is_said_and_asked_has_no_code_in_its_repr(reception: Reception) -> None:
    decision = reception.scan(MOBILE, K.USER_ID, in_flight=False)
    assert MOBILE not in repr(decision)
