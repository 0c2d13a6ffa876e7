"""What a cashier is told of a code that was typed into the till, or was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from posmember.ui.beside.typing.desk import Why

if TYPE_CHECKING:
    from posmember.ui.beside.typing.typist import Outcome

translate = QCoreApplication.translate


def outcome_text(outcome: Outcome) -> str:
    """Say what became of it: all is typed, or why not, and how much of the code is."""
    if outcome.why is None and outcome.has_moved:
        return translate("HandOver", "已输进收银系统；它换了窗口，请看一眼")
    if outcome.why is None:
        return translate("HandOver", "已输进收银系统")
    why = reason_text(outcome.why)
    if not outcome.keys:
        return translate("HandOver", "没有输入：{why}").format(why=why)
    if outcome.typed == outcome.of:
        return translate("HandOver", "码输完了，后面的键没有按：{why}").format(why=why)
    return translate("HandOver", "没输完：{why}，已输 {typed}/{of} 位").format(
        why=why, typed=outcome.typed, of=outcome.of
    )


def refusal_text(why: Why) -> str:
    """Say that nothing was typed, and why."""
    return translate("HandOver", "没有输入：{why}").format(why=reason_text(why))


def asked_text(sentence: str) -> str:
    """Ask whether a code that has to be checked is to be typed.

    Args:
        sentence: what has to be checked.
    """
    words = translate("HandOver", "需确认：{why}。仍要输入，再按一次")
    return words.format(why=sentence.rstrip("。.;；"))


def reason_text(why: Why) -> str:
    """Say why nothing, or not all, was typed; part of a sentence."""
    match why:
        case Why.WAYLAND:
            return translate("HandOver", "这个桌面（Wayland）不让别的程序输入，请扫码或复制")
        case Why.NO_DESK:
            return translate("HandOver", "这台电脑不能往别的程序里输入，请扫码或复制")
        case Why.UNTYPABLE:
            return translate("HandOver", "码里有键盘打不出的字，请扫码或复制")
        case Why.NO_WINDOW:
            return translate("HandOver", "没找到收银系统的窗口，打开它再按 Ctrl+Enter")
        case Why.COVERED:
            return translate("HandOver", "收银系统开着提示窗口，关掉它再按 Ctrl+Enter")
        case Why.ELEVATED:
            return translate("HandOver", "收银系统以管理员身份运行，请扫码或复制")
        case _:
            return _reason_on_the_way(why)


def _reason_on_the_way(why: Why) -> str:
    match why:
        case Why.HELD:
            return translate("HandOver", "有键一直按着")
        case Why.NOT_FRONT:
            return translate("HandOver", "收银系统的窗口没有到前面来")
        case Why.OTHER_FRONT:
            return translate("HandOver", "前面换成了别的窗口")
        case Why.SILENT:
            return translate("HandOver", "收银系统没有反应")
        case Why.FORGOTTEN:
            return translate("HandOver", "这位会员已不在屏幕上")
        case _:
            return translate("HandOver", "系统没有接受按键")
