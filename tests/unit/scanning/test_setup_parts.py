"""A set-up page's parts as a scanner types them: each burst gives its part back."""

from __future__ import annotations

import pytest

from posmember.scanning.burst import ScanSettings
from posmember.settings.pages import write_pages
from tests.fakes.keyboard import MS, Till, burst, stalling
from tests.fakes.provisions import CHEAP, NOW, PASSPHRASE, PROVISION

PARTS = write_pages(PROVISION, PASSPHRASE, NOW, cost=CHEAP)


@pytest.mark.parametrize("every", [1, 5, 20])
@pytest.mark.parametrize("end", ["\r", "\t", "\r\n"], ids=ascii)
def test_each_burst_is_its_part(every: int, end: str) -> None:
    strokes, at = [], 0.0
    for part in PARTS:
        strokes.append(burst(part + end, at, every * MS))
        at += 1 + len(part) * every * MS
    till = Till().play(*strokes)
    assert till.texts == list(PARTS)
    assert (till.field, till.misread) == ("", [])


def test_a_scanner_that_stands_still_in_the_middle() -> None:
    part = PARTS[0]
    till = Till().play(stalling(part + "\r", 0.0, {60: 0.3, 120: 0.45}))
    assert till.texts == [part]


def test_a_scanner_that_sends_no_end() -> None:
    till = Till(ScanSettings(enter_follows=False)).play(burst(PARTS[0], 0.0))
    assert till.texts == [PARTS[0]]
