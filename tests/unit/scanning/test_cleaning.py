"""One cleaning for every way in."""

from __future__ import annotations

import pytest

from posmember.scanning.cleaning import clean


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("qm0000001", "qm0000001"),
        ("qm0000001\r\n", "qm0000001"),
        (" 138 0000 0001 ", "13800000001"),
        ("\ufeffqm0000001", "qm0000001"),
        ("qm\u200b0000001\u00ad", "qm0000001"),
        ("qm0000001\u3000\u00a0", "qm0000001"),
        ("a\u2028b\u2029c", "abc"),
        ("\u202equm", "qum"),
        ("\x02qm0000001\x03", "qm0000001"),
        ("ｑｍ００００００１", "qm0000001"),
        ("+8613800000001", "13800000001"),
        ("138-0000-0001", "13800000001"),
        ("+86-138-0000-0001", "13800000001"),
        ("+86 138 0000 0001", "13800000001"),
        ("+86138-0000-0001", "13800000001"),
        ("8613800000001", "8613800000001"),
        ("+8610", "+8610"),
        ("+8613800000001x", "+8613800000001x"),
        ("VIP-880-001", "VIP-880-001"),
        ("2024-0001", "2024-0001"),
        ("]C1qm0000001", "qm0000001"),
        ("]Q313800000001", "13800000001"),
        ("-123", "-123"),
        ("123-", "123-"),
        ("oAb-_1", "oAb-_1"),
        ("会员", "会员"),
        ("①", "1"),
        ("", ""),
        (" \t\r\n", ""),
    ],
    ids=[
        *("plain", "terminator", "spaces", "byte order mark", "zero width", "wide spaces"),
        *("line separators", "direction mark", "control characters", "full-width"),
        *("prefix", "groups", "prefix and groups", "prefix and spaces", "prefix, then groups"),
        *("no plus", "no phone number", "phone and more", "letters keep their dashes"),
        *("a card's dashes", "AIM identifier", "AIM identifier of a QR code"),
        *("leading dash", "trailing dash", "an openid's dashes", "Chinese", "circled"),
        *("empty", "white space"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
