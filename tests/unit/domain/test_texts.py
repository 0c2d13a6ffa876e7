"""Texts of the platform: what nobody sees of them goes, what belongs to a name stays."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from posmember.domain.texts import (
    INVISIBLE,
    clean_code,
    clean_text,
    one_line,
    visible,
    without_marks,
)

MARKS = {
    **{"zero width space": "\u200b", "zero width non-joiner": "\u200c", "joiner": "\u200d"},
    **{"word joiner": "\u2060", "byte order mark": "\ufeff", "soft hyphen": "\xad"},
    **{"Mongolian": "\u180e", "grapheme joiner": "\u034f", "variation": "\ufe0f"},
    **{"tag": "\U000e0041", "musical": "\U0001d173", "shorthand": "\U0001bca0"},
    **{"left to right": "\u200e", "right to left": "\u200f", "Arabic": "\u061c"},
    **{"override": "\u202e", "isolate": "\u2066", "pop": "\u2069", "pop direction": "\u202c"},
    **{"escape": "\x1b", "bell": "\x07", "null": "\0", "delete": "\x7f", "CSI": "\x9b"},
    **{"OSC": "\x9d", "APC": "\x9f", "surrogate": "\ud800", "no character": "\uffff"},
    **{"Hangul filler": "\u3164", "half-width filler": "\uffa0", "annotation": "\ufff9"},
    "Braille blank": "\u2800",
}  # fmt: skip
LINE_ENDS = ("\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
KEPT = (
    "王小明",
    "欧阳·娜娜",
    "𠮷野家",
    "\ue863 is a rare character of GB 18030",
    "\U0002ebf0 is younger than Python's tables",
    "Zoë Müller-O'Neil",
    "葛\U000e0100城",  # the form of a name
    "神\ufe00",
    "👩‍👩‍👧‍👦 family",
    "👩🏽‍💻",
    "❤️‍🔥",
    "🏳️‍🌈",
    "☀️ ☀︎ ©️ 1️⃣",
    "🇨🇳",
    "12.8折",
)


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
def test_what_nobody_sees_goes(mark: str) -> None:
    for text in (f"{mark}王{mark}小{mark}明{mark}", f"王{mark * 5}小明"):
        assert clean_text(text) == one_line(text) == clean_code(text) == "王小明"


@pytest.mark.parametrize("text", KEPT)
def test_what_belongs_to_a_name_stays(text: str) -> None:
    assert visible(text) == clean_text(text) == one_line(text) == text


@pytest.mark.parametrize("end", LINE_ENDS)
def test_no_line_end_makes_a_second_line(end: str) -> None:
    forged = f"满30减10{end}● 可用  券 免单"
    assert clean_text(forged) == "满30减10\n● 可用  券 免单"
    assert one_line(forged) == "满30减10 ● 可用 券 免单"
    assert clean_code(f"8600{end}0001") == "86000001"


def test_a_joiner_joins_pictures_alone() -> None:
    assert visible("王\u200d👩") == "王👩"
    assert visible("👩\u200d") == "👩"
    assert visible("👩\u200d王\ufe0f") == "👩王"
    assert visible("👩\u200b\u200d👧") == "👩👧"


def test_a_key_is_without_marks_and_what_is_another_encodings_stays() -> None:
    marks = "\u200b\ufe0f\u034f\u3164\u00ad\u2060\ufeff\u202e\u115f\uffa0\U000e0020"
    assert without_marks("".join(f"{mark}k" for mark in marks)) == "k" * len(marks)
    for other in ("k\0e\0", "\udcff", "\ufffe", "a\x1b", "a\u2028b", "密 k"):
        assert without_marks(other) == other


def test_a_code_is_plain() -> None:
    assert clean_code(" 8600 0001\u3000") == "8600 0001"
    assert clean_code("8600\u2003\xa00001") == "8600  0001"
    assert clean_code("👩\u200d👧☀\ufe0f葛\U000e0100") == "👩👧☀葛"


@pytest.mark.parametrize("clean", [visible, clean_text, clean_code, one_line])
def test_cleaning_what_is_clean_changes_nothing(clean: object) -> None:
    assert callable(clean)
    for text in (*KEPT, *MARKS.values(), "a\u200b\u200d\r\n\x85 b", "👩\u200d\u200d👧"):
        once = clean(text)
        assert clean(once) == once


def test_every_character_of_a_kind_is_known() -> None:
    """Of each category that steers or hides, whatever Unicode's next version adds to Python."""
    allowed = {"\t", "\n"}
    for number in range(sys.maxunicode + 1):
        char = chr(number)
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in allowed:
            assert INVISIBLE.fullmatch(char), f"U+{number:04X}"
