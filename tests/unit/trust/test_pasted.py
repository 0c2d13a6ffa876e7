"""Keys as people paste them: whole, or none."""

from __future__ import annotations

import pytest

from posmember.trust.pasted import pasted, pasted_key

KEY = "sandbox-open-key-not-a-secret-0123456789"
QUOTES = [
    *("''", '""', "``", "´´", "“”", "„“", "‟”", "‘’", "‚‘", "‛’", "«»", "»«", "‹›", "「」", "『』"),
    *("｢｣", "〝〞", "〝〟", "＂＂", "＇＇", "｀｀", "′′", "″″", "‴‴", "ʼʼ", "❝❞", "❛❜", "❮❯"),
]


@pytest.mark.parametrize("quotes", QUOTES)
def test_quotes_around_it_are_no_part_of_it(quotes: str) -> None:
    before, after = quotes[0], quotes[1]
    for text in (
        f"{before}{KEY}{after}",
        f" {before} {KEY}{after}\r\n",
        f"{before * 2}{KEY}{after}",
    ):
        assert pasted_key(text) == KEY


@pytest.mark.parametrize(
    "mark",
    [
        *("\ufe0f", "\ufe0e", "\u034f", "\u3164", "\u115f", "\uffa0", "\u200b", "\u200d", "\u2060"),
        *("\ufeff", "\u00ad", "\u202e", "\u2066", "\u061c", "\u180e", "\U000e0100", "\U000e0041"),
    ],
    ids=ascii,
)
def test_an_unseen_mark_is_no_part_of_it(mark: str) -> None:
    for text in (
        f"{mark}{KEY}",
        f"{KEY}{mark}",
        f"{KEY[:9]}{mark}{KEY[9:]}",
        f"“{mark}{KEY}”{mark}",
    ):
        assert pasted_key(text) == KEY
    assert pasted(mark) == ""


@pytest.mark.parametrize(
    "text",
    [
        *(f"{KEY[:9]} {KEY[9:]}", f"{KEY[:9]}\n{KEY[9:]}", f"{KEY[:9]}\u2028{KEY[9:]}", "密钥"),
        *("k\0e\0y\0", f"{KEY}\x1b[0m", "\udcff\udcfek", f"\ufffe{KEY}", "k" * 1001, "a«b", 'a"b'),
    ],
    ids=ascii,
)
def test_what_is_no_key_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="only letters"):
        pasted_key(text)
