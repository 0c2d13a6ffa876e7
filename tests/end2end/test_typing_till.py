"""Codes typed into a real window by XTEST, with other windows coming in between."""

from __future__ import annotations

import sys

import pytest

if sys.platform != "linux":
    pytest.skip("there is an X server on Linux alone", allow_module_level=True)

from tests.end2end import typing_till
from tests.scanrig.desktop import Ime, available


def test_nothing_goes_to_another_window_and_nothing_is_lost() -> None:
    ime = Ime.NONE if available(Ime.IBUS_ZH) else Ime.IBUS_ZH
    reason = available(ime)
    if reason:
        pytest.skip(reason)
    cases = typing_till.run(6, seed=1, shares=((ime, 1.0),))
    assert not [case for case in cases if case.what in ("wrong window", "lost")], typing_till.table(
        cases
    )
    assert "right" in {case.what for case in cases}
