"""What is said about a scanned or typed code that needs a word."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from posmember.scanning.burst import Flaw
from posmember.scanning.identifier import Question
from posmember.ui.wording.values import identifier_kind_text, list_text

translate = QCoreApplication.translate


def double_text() -> str:
    """Say that the same code came twice."""
    return translate("Messages", "已忽略重复扫码")


def misread_text(flaw: Flaw) -> str:
    """Say why something scanned was no code, and what to do."""
    match flaw:
        case Flaw.UNFINISHED:
            return translate("Messages", "扫码不完整，请再扫一次")
        case Flaw.TOO_LONG:
            return translate("Messages", "内容太长，不是会员码，请重新扫码")
        case Flaw.ALT_CODES:
            return translate(
                "Messages", "扫码枪在用 ALT 方式发码，收不到内容；请在扫码枪上关掉（按 F9 检测）"
            )


def test_code_text() -> str:
    """Say that it was the scanner's test page that was scanned."""
    return translate("Messages", "这是扫码枪测试码；按 F9 检测扫码枪")


def caps_lock_text() -> str:
    """Say that the letters' case was put right."""
    return translate("Messages", "大写锁定开着，已还原大小写；请按 Caps Lock 关掉")


def other_case_text() -> str:
    """Say that somebody was found only in the other case of the letters."""
    return translate(
        "Messages", "换了字母大小写才查到；大写锁定（Caps Lock）开着的话，请按一下关掉"
    )


def others_text(others: tuple[str, ...]) -> str:
    """Name the codes that came in the same burst, masked."""
    text = translate("Messages", "一次扫到 {count} 个码，只查了一个；另有 {others}")
    return text.format(count=len(others) + 1, others=list_text(others))


def phone_off_text() -> str:
    """Say that head office does not let members be found by a phone number."""
    return translate("Messages", "总部规定不能用手机号查，请扫会员码")


def phone_masked_text() -> str:
    """Say what is kept back of a member who is found by a phone number."""
    return translate("Messages", "用手机号查不显示券码、卡号和储值；扫会员码就能看到")


def question_text(question: Question) -> str:
    """Ask which kind was meant."""
    text = translate("Messages", "选的是{chosen}，这个码却像{looks_like}。按哪种查？")
    return text.format(
        chosen=identifier_kind_text(question.chosen),
        looks_like=identifier_kind_text(question.looks_like),
    )


def question_answers(question: Question) -> tuple[str, str]:
    """Word the two answers, the likelier first."""
    first = translate("Messages", "按{kind}查（回车）")
    second = translate("Messages", "仍按{kind}查")
    return (
        first.format(kind=identifier_kind_text(question.looks_like)),
        second.format(kind=identifier_kind_text(question.chosen)),
    )
