"""What the scanner check says: every finding in words of its own, with nothing left to fill in."""

from __future__ import annotations

import pytest

from posmember.scanning.findings import (
    Finding,
    FindingCode,
    ProposedSettings,
    Suffix,
)
from posmember.ui.wording.scanner import finding_text, proposed_texts

PARAMS: dict[FindingCode, dict[str, str | int]] = {
    FindingCode.INPUT_METHOD: {"sign": "swapped"},
    FindingCode.OTHER_LAYOUT: {"layout": "qwertz"},
    FindingCode.SUFFIX: {"suffix": "tab"},
}


@pytest.mark.parametrize("code", FindingCode)
def test_every_finding_has_words_of_its_own(code: FindingCode) -> None:
    usual: dict[str, str | int] = {
        "count": 7, "text": "~", "names": "F9", "median_ms": 7, "longest_ms": 9, "hold_ms": 7,
    }  # fmt: skip
    words = finding_text(Finding(code, params={**usual, **PARAMS.get(code, {})}))
    others = {finding_text(Finding(each, params={**usual, **PARAMS.get(each, {})}))
              for each in FindingCode if each is not code}  # fmt: skip
    assert "{" not in words
    assert words not in others


@pytest.mark.parametrize(
    ("code", "param", "values"),
    [
        (FindingCode.INPUT_METHOD, "sign", ["composed", "swapped", "letters_missing"]),
        (FindingCode.OTHER_LAYOUT, "layout", ["azerty", "qwertz", "other"]),
        (FindingCode.SUFFIX, "suffix", list(Suffix)),
    ],
)
def test_every_kind_of_a_finding_has_words(
    code: FindingCode, param: str, values: list[str]
) -> None:
    words = {finding_text(Finding(code, params={param: value})) for value in values}
    assert len(words) == len(values)


def test_proposed_settings_in_words() -> None:
    proposed = ProposedSettings("\x02~", enter_follows=False, max_gap_ms=60, suffix="#")
    assert [value for _, value in proposed_texts(proposed)] == ["STX ~", "#", "停顿一下", "60 毫秒"]
    usual = ProposedSettings("", enter_follows=True, max_gap_ms=35)
    assert [value for _, value in proposed_texts(usual)][:2] == ["没有", "没有"]
