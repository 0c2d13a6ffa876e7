"""The suggestion in words a cashier can say aloud."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from posmember.domain.coupon import Coupon
from posmember.domain.rules.assessment import Suggestion
from posmember.ui.wording.plain import one_line
from posmember.ui.wording.remedies import remedy_text
from posmember.ui.wording.times import from_then_text
from posmember.ui.wording.values import (
    category_text,
    money_text,
    order_type_text,
    saving_text,
)

translate = QCoreApplication.translate

_LONGEST_TITLE = 24


def suggestion_text(suggestion: Suggestion, now: datetime) -> str:
    """Say which one coupon to use, or what it takes; a saving is always an estimate.

    A free-delivery coupon that is usable, too, is named behind it.
    """
    if suggestion.remedy is not None:
        return nearly_text(suggestion, now)
    text = translate("Messages", "推荐 {title}").format(title=_short_title(suggestion.coupon))
    if suggestion.saving is not None:
        text = f"{text}  {saving_text(suggestion.saving, at_most=suggestion.at_most)}"
    if suggestion.beside is not None:
        beside = translate("Messages", "另有 {title}").format(title=_short_title(suggestion.beside))
        text = f"{text}  {beside}"
    return text


def nearly_text(suggestion: Suggestion, now: datetime) -> str:
    """Say what becomes usable by the least, and what it would save."""
    title, remedy = _short_title(suggestion.coupon), suggestion.remedy
    assert remedy is not None, "what is nearly usable needs a change"
    if remedy.gap is not None:
        text = translate("Messages", "再加 {gap} 可用 {title}")
        said = text.format(gap=money_text(remedy.gap), title=title)
    elif remedy.order_type is not None:
        text = translate("Messages", "改为{order_type}可用 {title}")
        said = text.format(order_type=order_type_text(remedy.order_type), title=title)
    elif remedy.at is not None:
        text = translate("Messages", "{title} {when}")
        said = text.format(title=title, when=from_then_text(remedy.at, now))
    else:
        text = translate("Messages", "{what}：{title}")
        said = text.format(what=remedy_text(remedy, now), title=title)
    if suggestion.saving is None:
        return said
    text = translate("Messages", "{said}（{saving}）")
    saving = saving_text(suggestion.saving, at_most=suggestion.at_most)
    return text.format(said=said, saving=saving)


def _short_title(coupon: Coupon) -> str:
    title = one_line(coupon.title) or category_text(None)
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"
