"""What a scan may be while a till is set up: something to type, or a word. No widgets."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QCoreApplication

from posmember.domain.identifier import IdentifierKind
from posmember.scanning.cleaning import clean
from posmember.scanning.identifier import NEVER_KEPT, Problem, classify

translate = QCoreApplication.translate

_LEAST_KEY: Final = 10
"""Characters of the shortest id or key that is scanned; a shorter one is quickly typed."""
_DIGITS: Final = re.compile(r"[0-9]+")
_PERSONS: Final = (IdentifierKind.MOBILE, IdentifierKind.ALIPAY_USER_ID)


def not_looked_up_text() -> str:
    """Say that a scan was nobody's."""
    return translate("Settings", "没有查询：正在设置，设置完再扫会员码")


def no_key_text(scanned: str) -> str:
    """Say why a scanned text is no id or key of the platform's; "" where it may be one.

    A member's code looks like anything. What is digits alone, or short, is none of those.
    """
    text = clean(scanned)
    found = classify(text)
    if found.problem in NEVER_KEPT:
        return translate("Settings", "这是付款码或银行卡，没有查询也没有保存")
    if found.problem in (Problem.GOODS, Problem.URL):
        return translate("Settings", "这不是密钥的二维码，没有填入")
    is_person = any(each.kind in _PERSONS for each in found.identifiers[:1])
    if is_person or _DIGITS.fullmatch(text) or len(text) < _LEAST_KEY:
        return translate("Settings", "这像是会员码，没有查询也没有填入；是密钥的请手工输入")
    return ""


def no_store_text(scanned: str) -> str:
    """Say why a scanned text is no code of a store; "" where it may be one."""
    text = clean(scanned)
    found = classify(text)
    if found.problem in NEVER_KEPT:
        return translate("Settings", "这是付款码或银行卡，没有查询也没有保存")
    is_person = any(each.kind in _PERSONS for each in found.identifiers[:1])
    if is_person or found.problem in (Problem.GOODS, Problem.URL) or len(text) > _LEAST_KEY:
        return translate("Settings", "这不是门店编码，没有查询也没有填入")
    return ""
