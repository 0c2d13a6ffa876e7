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


CODE = "qm0000001"


@pytest.mark.parametrize(
    "sent",
    [
        *(
            f"]{kind}{CODE}"
            for kind in ("A0", "C0", "C1", "C2", "E0", "E4", "I1", "Q1", "Q3", "d2", "e0", "zA")
        ),
        f"]c1{CODE}",
        f"]Q1]C1{CODE}",
        f"］Ｃ１{CODE}",
        f"\x02]C1{CODE}\x03",
        f"\x02]C1\x1d{CODE}\x1d\r\n",
        f"\x00\x01\x1b{CODE}\x04\x7f",
        f"\x1d{CODE}",
        f"{CODE}\x1e\x04",
        "qm\x1d0000\x1d001",
        f"\t{CODE}\t",
        f"\ufeff\u200b\u200c\u200d\u2060]C1{CODE}\u034f\ufe0f",
        " ] C 1 qm0000001",
    ],
    ids=[
        *("Code 39", "Code 128", "GS1-128", "FNC1 second", "EAN-13", "EAN-8", "ITF", "QR"),
        *("GS1 QR", "GS1 DataMatrix", "DataBar", "Aztec", "Caps Lock", "twice", "full-width"),
        *("STX and ETX", "STX, FNC1, CR and LF", "other control characters", "FNC1 first"),
        *("RS and EOT", "FNC1 between fields", "tabs", "zero-width", "spaced"),
    ],
)
def test_what_a_scanner_puts_around_a_code_goes(sent: str) -> None:
    assert clean(sent) == CODE


@pytest.mark.parametrize(
    "code",
    ["qm]C1001", "qm001]C1", "]", "]C", "]11", "]CG", "[C1qm001", "~1qm001~1", "^1qm001", "%qm%"],
    ids=[
        *("inside", "at the end", "bracket alone", "no modifier", "no letter", "no modifier G"),
        *("opening bracket", "a printing program's FNC1", "another's", "percent"),
    ],
)
def test_a_code_keeps_its_own_signs(code: str) -> None:
    assert clean(code) == code


@pytest.mark.parametrize("blank", "\u2800\u3164\uffa0\u115f\u180b\ufe0f\u200d")
def test_no_blank_that_is_a_letter_or_a_sign_stays(blank: str) -> None:
    assert clean(f"{blank}qm{blank}0000001{blank}") == "qm0000001"
