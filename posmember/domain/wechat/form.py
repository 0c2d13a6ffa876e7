"""The form of a 微信会员卡, changed answer by answer, though the platform takes it list by list.

The document does not say what becomes of answers that a changed list leaves out. So a list is sent
whole: what was asked for, and every other answer as it is.
"""

from __future__ import annotations

from typing import TypeVar

from posmember.domain.wechat.card import FormField, WechatCard

K = TypeVar("K")
V = TypeVar("V")

CommonAnswers = tuple[tuple[FormField, str], ...]
"""Answers to the platform's own form."""
CustomAnswers = tuple[tuple[str, tuple[str, ...]], ...]
"""Answers to the merchant's questions, of which a person may have chosen several."""


def whole_common(card: WechatCard, asked: CommonAnswers) -> CommonAnswers:
    """What is asked for, with the card's other answers that can be sent again."""
    return _merged(_common_answers(card), asked)


def whole_custom(card: WechatCard, asked: CustomAnswers) -> CustomAnswers:
    """What is asked for, with the card's other answers that can be sent again."""
    return _merged(_custom_answers(card), asked)


def loses_common(card: WechatCard, asked: CommonAnswers) -> bool:
    """Whether the card has an answer that would be lost, as it cannot be read."""
    kept = {name for name, _ in whole_common(card, asked)}
    return any(entry.value and entry.name not in kept for entry in card.common_fields)


def loses_custom(card: WechatCard, asked: CustomAnswers) -> bool:
    """Whether the card has an answer that would be lost, as it cannot be read."""
    kept = {name for name, _ in whole_custom(card, asked)}
    return any(entry.values and entry.name not in kept for entry in card.custom_fields)


def _common_answers(card: WechatCard) -> CommonAnswers:
    return tuple(
        (entry.name, entry.value)
        for entry in card.common_fields
        if isinstance(entry.name, FormField) and isinstance(entry.value, str) and entry.value
    )


def _custom_answers(card: WechatCard) -> CustomAnswers:
    found = []
    for entry in card.custom_fields:
        values = tuple(value for value in entry.values if isinstance(value, str) and value)
        if entry.name and values and len(values) == len(entry.values):
            found.append((entry.name, values))
    return tuple(found)


def _merged(
    held: tuple[tuple[K, V], ...], asked: tuple[tuple[K, V], ...]
) -> tuple[tuple[K, V], ...]:
    """What is held in its order, with what was asked for in its place, or behind it."""
    return tuple({**dict(held), **dict(asked)}.items())
