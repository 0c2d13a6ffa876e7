"""Reads one JSON object of a request, as strictly as WeChat Pay documents it.

A wrong, missing or unknown field is refused with ``PARAM_ERROR``, which names it by its JSON
pointer. null counts as not given (general rules of APIv3: such a key may be left out).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from posmember.sandbox.wechat.errors import WechatError, param_error

_TIME: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_NO_TIME: Final = "应为带时区的RFC3339时间"


class Fields:
    """The fields of one object.

    Args:
        value: the decoded JSON.
        pointer: where it is in the body; "" is the body itself.
        known: the names that it may have.

    Raises:
        WechatError: it is no object, or has other names.
    """

    def __init__(self, value: object, pointer: str, known: Iterable[str]) -> None:
        self._pointer = pointer
        if not isinstance(value, dict):
            raise param_error(pointer or "/", "应为JSON对象")
        for name in value.keys() - frozenset(known):
            raise param_error(self.pointer(printable(name)), "未知的字段")
        self._given = {name: item for name, item in value.items() if item is not None}

    def pointer(self, name: str) -> str:
        """Where a field of this object is."""
        return f"{self._pointer}/{name}"

    def wrong(self, name: str, issue: str) -> WechatError:
        """The refusal of one field."""
        return param_error(self.pointer(name), issue)

    def has(self, name: str) -> bool:
        """Whether the field is given."""
        return name in self._given

    def secret(self, name: str, most: int) -> str:
        """A required text of 1 to `most` characters, of any characters."""
        if not self.has(name):
            raise self.wrong(name, "缺少必填参数")
        value = self._given[name]
        if not isinstance(value, str):
            raise self.wrong(name, "应为字符串")
        if not 1 <= len(value) <= most:
            raise self.wrong(name, f"长度应为1到{most}个字符")
        return value

    def text(self, name: str, most: int) -> str:
        """A required text of 1 to `most` characters that WeChat Pay takes."""
        value = self.secret(name, most)
        if not is_supported(value):
            raise self.wrong(name, "仅支持UTF-8中一至三字节编码的字符")
        return value

    def matching(self, name: str, most: int, form: re.Pattern[str], issue: str) -> str:
        """`text` of a form."""
        value = self.text(name, most)
        if not form.fullmatch(value):
            raise self.wrong(name, issue)
        return value

    def one_of(self, name: str, words: Iterable[str]) -> str:
        """`text` that is one of these words."""
        value = self.text(name, 64)
        if value not in words:
            raise self.wrong(name, "不是有效的枚举值")
        return value

    def time(self, name: str) -> str:
        """`text` that is a time of RFC 3339 with its zone."""
        value = self.matching(name, 64, _TIME, _NO_TIME)
        try:
            datetime.fromisoformat(value)
        except ValueError:
            raise self.wrong(name, _NO_TIME) from None
        return value

    def positive(self, name: str) -> int:
        """A required whole number of at least 1."""
        value = self._given.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.wrong(name, "应为正整数")
        return value

    def child(self, name: str, known: Iterable[str]) -> Fields:
        """An object in a field."""
        return Fields(self._given.get(name), self.pointer(name), known)

    def entries(self, name: str) -> Fields:
        """A list in a field, as an object whose names are "0", "1" and so on."""
        value = self._given.get(name)
        if not isinstance(value, list) or None in value:
            raise self.wrong(name, "应为没有null的数组")
        numbered = {str(index): item for index, item in enumerate(value)}
        return Fields(numbered, self.pointer(name), numbered)

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)


def is_supported(text: str) -> bool:
    """Whether WeChat Pay takes the characters: those of one to three bytes of UTF-8."""
    return all(character < "\ud800" or "\udfff" < character <= "\uffff" for character in text)


def printable(name: str) -> str:
    """A name that somebody sent, so that an answer can repeat it."""
    return name[:64].encode("ascii", "backslashreplace").decode()
