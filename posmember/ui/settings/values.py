"""Between what a person types and what a file holds. No widgets."""

from __future__ import annotations

from typing import Any, Final

from posmember.settings.kinds import Number, Text, Whole
from posmember.settings.setting import REQUIRED, Setting, written
from posmember.trust.pasted import pasted

Value = str | bool | int | float

_LONGEST: Final = 10**1000
"""There is a number that Python does not write out in digits."""


def value_of_text(setting: Setting[Any], typed: str) -> Value | None:
    """What a file would hold for a typed text; None is that the default counts.

    What is no number, where one is wanted, stays the text that it is, for `Setting.read` to refuse.
    """
    text = typed if _keeps_blanks(setting) else pasted(typed)
    if not text and setting.default is not REQUIRED:
        return None
    if isinstance(setting.kind, Number | Whole):
        return _number(text)
    return text


def text_of_value(value: object) -> str:
    """How a value of a file is typed; "" for None."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int) and abs(value) > _LONGEST:
        return hex(value)
    return "" if value is None else str(value)


def preset_text(setting: Setting[Any]) -> str:
    """What counts where nothing is typed, as it would be typed; "" where that is nothing."""
    return "" if setting.default is REQUIRED else text_of_value(written(setting.default))


def preset_value(setting: Setting[Any]) -> object:
    """What a file would hold for the default; None where there is none."""
    nothing = setting.default is REQUIRED or setting.default is None
    return None if nothing else written(setting.default)


def _keeps_blanks(setting: Setting[Any]) -> bool:
    """Whether every character counts, such as of what a scanner puts before its codes."""
    return isinstance(setting.kind, Text) and not setting.kind.strip


def _number(text: str) -> Value:
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() and "." not in text else number
